"""The grid of an official document after GB/T 9704-2012, and the parts that stand on it.

A4; 37 mm above and 28 mm left of a type area of 156 × 225 mm that holds 22 lines of 28 characters: 15.79 pt
type, 29.62 pt from line to line. (3号 is 16 pt, of which 28 are wider than 156 mm.) Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dispatch_app.reports.breaking import Line
from dispatch_app.reports.fonts import Role
from dispatch_app.reports.moments import date_text
from dispatch_app.reports.paper import GREY, MM, RED, Page, Paper, Style

LEFT = 28 * MM
TOP = 37 * MM
WIDTH = 156 * MM
HEIGHT = 225 * MM
RIGHT = LEFT + WIDTH
BOTTOM = TOP + HEIGHT
ROWS = 22
CHARACTERS = 28
EM = WIDTH / CHARACTERS
PITCH = (HEIGHT - EM) / (ROWS - 1)

BODY = Style(Role.BODY, EM)
HEADING = Style(Role.SANS, EM)
TITLE = Style(Role.TITLE, 22)
IMPRINT = Style(Role.BODY, 14)  # 4号
TRACE = Style(Role.SANS, 8, GREY)

_LETTERHEAD_SIZE = 46
_LETTERHEAD_STRETCH = 90.0
_LETTERHEAD_TOP = 35 * MM
_RED_LINE_GAP = 4 * MM
_RED_LINE_THICKNESS = 1.6
_PAGE_NUMBER_GAP = 7 * MM
_SEAL_ROWS = 3
"""Blank rows above the signature: a seal of 42 mm, set over signature and date, then clears the text."""


def row_top(row: float) -> float:
    """Upper edge of the ems on row `row` (0 … 21)."""
    return TOP + row * PITCH


class OfficialDocument:
    """Fills pages row by row. `page` and `row` say where the next line will stand."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.page: Page = paper.new_page()
        self.row = 0

    def skip(self, rows: int = 1) -> None:
        """Leave rows blank; none is carried over to the next page."""
        self.row = min(self.row + rows, ROWS)

    def keep(self, rows: int) -> None:
        """Begin a new page unless `rows` rows are left on this one."""
        if self.row + rows > ROWS:
            self.page = self.paper.new_page()
            self.row = 0

    def put(self, line: Line, style: Style, indent: float = 0.0) -> None:
        """Set one line on the next row."""
        self.keep(1)
        self.page.line(LEFT + indent, row_top(self.row), line, style)
        self.row += 1

    def head(self, letterhead: str, number: str, signer: str, copy_mark: str) -> None:
        """The red head of the first page: copy mark, letterhead, number and signer, red line."""
        self.page.text(LEFT, row_top(0), copy_mark, BODY)
        style = self._letterhead_style(letterhead)
        self.page.text(LEFT + WIDTH / 2, TOP + _LETTERHEAD_TOP, letterhead, style, "centre")
        # Two lines under the letterhead, on the grid.
        self.row = 1 + int((_LETTERHEAD_TOP + style.size) / PITCH) + 2
        self.page.text(LEFT + EM, row_top(self.row), number, BODY)
        self.page.text(RIGHT - EM, row_top(self.row), f"签发人：{signer}", BODY, "right")
        red_line = row_top(self.row) + EM + _RED_LINE_GAP
        self.page.rule((LEFT, red_line), (RIGHT, red_line), _RED_LINE_THICKNESS, RED)
        self.row += 1

    def _letterhead_style(self, letterhead: str) -> Style:
        style = Style(Role.TITLE, _LETTERHEAD_SIZE, RED, _LETTERHEAD_STRETCH)
        width = self.paper.width(letterhead, style)
        if width <= WIDTH:
            return style
        return Style(Role.TITLE, _LETTERHEAD_SIZE * WIDTH / width, RED, _LETTERHEAD_STRETCH)

    def title(self, text: str, whole: Sequence[str]) -> None:
        """The title two lines under the red line, centred; `whole` words are not torn apart."""
        self.skip(2)
        for line in self.paper.title_lines(text, TITLE, WIDTH, whole):
            self.put(line, TITLE, (WIDTH - line.width) / 2)
        self.skip(1)

    def addressee(self, name: str) -> None:
        """主送机关 at the left edge, with its colon."""
        for line in self.paper.lines(f"{name}：", BODY, WIDTH):
            self.put(line, BODY)

    def heading(self, text: str) -> None:
        """A heading of the first level, never the last line of a page."""
        self.keep(2)
        self.paragraph(text, HEADING)

    def paragraph(self, text: str, style: Style = BODY) -> None:
        """A paragraph set two characters in; line feeds begin a new one."""
        for part in text.split("\n"):
            for index, line in enumerate(self.paper.lines(part, style, WIDTH, first_indent=2 * EM)):
                self.put(line, style, 0 if index else 2 * EM)

    def attachments(self, names: Sequence[str]) -> None:
        """附件说明 one line under the text: numbered if several, wrapped under the name's first character."""
        if not names:
            return
        self.skip(1)
        prefix_width = 5 * EM
        for index, name in enumerate(names):
            mark = f"{index + 1}." if len(names) > 1 else ""
            indent = prefix_width + self.paper.width(mark, BODY)
            for row, line in enumerate(self.paper.lines(name, BODY, WIDTH - indent)):
                self.keep(1)
                top = row_top(self.row)
                if row == 0:
                    self.page.text(LEFT + 2 * EM, top, "" if index else "附件：", BODY)
                    self.page.text(LEFT + prefix_width, top, mark, BODY)
                self.put(line, BODY, indent)

    def signature(self, issuer: str, dated: date, note: str) -> None:
        """Signature over the date, four characters from the right, with room for the seal; then the note."""
        self.keep(_SEAL_ROWS + 2)
        self.skip(_SEAL_ROWS)
        day = date_text(dated)
        day_width, issuer_width = self.paper.width(day, BODY), self.paper.width(issuer, BODY)
        middle = min(RIGHT - 4 * EM - day_width / 2, RIGHT - issuer_width / 2)
        for text in (issuer, day):
            self.page.text(middle, row_top(self.row), text, BODY, "centre")
            self.row += 1
        self.paragraph(note)

    def imprint(self, issuer: str, dated: date) -> None:
        """版记 at the foot of the last page: who issued it and when, between two thick lines."""
        self.keep(2)
        top = row_top(ROWS - 1) - (PITCH - EM) / 2
        self.page.rule((LEFT, top), (RIGHT, top), 0.35 * MM)
        self.page.rule((LEFT, BOTTOM), (RIGHT, BOTTOM), 0.35 * MM)
        text_top = (top + BOTTOM - IMPRINT.size) / 2
        self.page.text(LEFT + IMPRINT.size, text_top, issuer, IMPRINT)
        self.page.text(RIGHT - IMPRINT.size, text_top, f"{date_text(dated)}印发", IMPRINT, "right")

    def finish(self, trace: str, draft: bool) -> bytes:
        """Number the pages, add the small line that says which copy this is, and make the PDF."""
        pages = self.paper.pages
        for number, page in enumerate(pages, 1):
            top = BOTTOM + _PAGE_NUMBER_GAP - IMPRINT.size / 2
            label = f"— {number} —"
            if number % 2:
                page.text(RIGHT - IMPRINT.size, top, label, IMPRINT, "right")
            else:
                page.text(LEFT + IMPRINT.size, top, label, IMPRINT)
            foot = f"{trace}　第{number}页 共{len(pages)}页"
            page.text(LEFT + WIDTH / 2, BOTTOM + 17 * MM, foot, TRACE, "centre")
            if draft:
                mark = Style(Role.SANS, 16, GREY)
                page.text(RIGHT, TOP - 12 * MM, "草　稿", mark, "right")
        return self.paper.pdf()
