"""The grid of an official document after GB/T 9704-2012, and the parts that stand on it.

A4; 37 mm above and 28 mm left of a type area of 156 × 225 mm that holds 22 lines of 28 characters: 15.79 pt
type, 29.62 pt from line to line. (3号 is 16 pt, of which 28 are wider than 156 mm.) Lengths are points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dispatch_app.reports.breaking import Line
from dispatch_app.reports.fonts import Role
from dispatch_app.reports.moments import date_text
from dispatch_app.reports.paper import GREY, MM, PALE, RED, Page, Paper, Style

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
_IMPRINT = Style(Role.BODY, 14)  # 4号
_TRACE = Style(Role.SANS, 8, GREY)
_DRAFT = Style(Role.SANS, EM, GREY)
_WATERMARK = Style(Role.SANS, 150, PALE)

_LETTERHEAD_SIZE = 46
_LETTERHEAD_STRETCH = 90.0
_LETTERHEAD_TOP = 35 * MM
_RED_LINE_GAP = 4 * MM
_RED_LINE_THICKNESS = 1.6
_PAGE_NUMBER_GAP = 7 * MM
_TRACE_GAP = 17 * MM
_IMPRINT_RULE = 0.35 * MM
# A seal of 42 mm, set over signature and date, then clears the text above them.
_SEAL_ROWS = 3
# The signature never stands alone on its page: the text's last row and the attachments after it come along,
# but no more rows than these.
_ROWS_WITH_SIGNATURE = 8


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line at a distance from the left edge of the type area."""

    x: float
    line: Line
    style: Style


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands on one row; `with_next` keeps it on the page of the row after it."""

    pieces: tuple[_Piece, ...]
    with_next: bool = False


def row_top(row: int) -> float:
    """Upper edge of the ems on row `row` (0 … 21)."""
    return TOP + row * PITCH


class OfficialDocument:
    """Collects the rows of a document in order; `finish` puts them on pages."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._first_page: Page = paper.new_page()
        self._first_row = 0
        self._rows: list[_Row] = []
        self._text_end = 0

    def head(self, letterhead: str, number: str, signer: str, copy_mark: str) -> None:
        """The red head of the first page: copy mark, letterhead, number and signer, red line."""
        page = self._first_page
        page.text(LEFT, row_top(0), copy_mark, BODY)
        style = Style(Role.TITLE, _LETTERHEAD_SIZE, RED, _LETTERHEAD_STRETCH)
        too_wide = self._paper.width(letterhead, style) / WIDTH
        if too_wide > 1:
            style = replace(style, size=style.size / too_wide)
        page.text(LEFT + WIDTH / 2, TOP + _LETTERHEAD_TOP, letterhead, style, "centre")
        # Two lines under the letterhead, on the grid.
        row = 1 + int((_LETTERHEAD_TOP + style.size) / PITCH) + 2
        page.text(LEFT + EM, row_top(row), number, BODY)
        page.text(RIGHT - EM, row_top(row), f"签发人：{signer}", BODY, "right")
        red_line = row_top(row) + EM + _RED_LINE_GAP
        page.rule((LEFT, red_line), (RIGHT, red_line), _RED_LINE_THICKNESS, RED)
        self._first_row = row + 1

    def title(self, text: str, whole: Sequence[str]) -> None:
        """The title two lines under the red line, centred; `whole` words are not torn apart."""
        self._blank(2)
        for line in self._paper.title_lines(text, TITLE, WIDTH, whole):
            self._put(line, TITLE, (WIDTH - line.width) / 2)
        self._blank(1)

    def addressee(self, name: str) -> None:
        """主送机关 at the left edge, with its colon."""
        for line in self._paper.lines(f"{name}：", BODY, WIDTH):
            self._put(line, BODY, 0)

    def heading(self, text: str) -> None:
        """A heading of the first level, never the last row of a page."""
        self.paragraph(text, HEADING)
        self._rows[-1] = replace(self._rows[-1], with_next=True)

    def paragraph(self, text: str, style: Style = BODY) -> None:
        """A paragraph set two characters in; line feeds begin a new one."""
        for part in text.split("\n"):
            for index, line in enumerate(self._paper.lines(part, style, WIDTH, first_indent=2 * EM)):
                self._put(line, style, 0 if index else 2 * EM)

    def attachments(self, names: Sequence[str]) -> None:
        """附件说明 one line under the text: numbered if several, wrapped under the name's first character."""
        self._text_end = len(self._rows)
        if names:
            self._blank(1)
        name_x = 5 * EM
        for index, name in enumerate(names):
            marks = [] if index else [self._piece("附件：", 2 * EM)]
            indent = name_x
            if len(names) > 1:
                marks.append(self._piece(f"{index + 1}.", name_x))
                indent += marks[-1].line.width
            for line in self._paper.lines(name, BODY, WIDTH - indent):
                self._rows.append(_Row((*marks, _Piece(indent, line, BODY))))
                marks = []

    def signature(self, issuer: str, dated: date, note: str) -> None:
        """Signature over the date, four characters from the right, with room for the seal; then the note.

        All of it, and the last rows of the text, stay on one page, the 版记 below included.
        """
        start = max(self._text_end - 1, len(self._rows) - _ROWS_WITH_SIGNATURE)
        self._blank(_SEAL_ROWS)
        day = date_text(dated)
        day_width, issuer_width = self._paper.width(day, BODY), self._paper.width(issuer, BODY)
        middle = WIDTH - max(4 * EM + day_width / 2, issuer_width / 2)
        self._rows.append(_Row((self._piece(issuer, middle - issuer_width / 2),)))
        self._rows.append(_Row((self._piece(day, middle - day_width / 2),)))
        self.paragraph(note)
        self._blank(1)
        self._rows[start:-1] = [replace(row, with_next=True) for row in self._rows[start:-1]]

    def finish(self, issuer: str, dated: date, trace: str, draft: bool) -> bytes:
        """Put the rows on pages, add 版记, page numbers and the small line that says which copy this is.

        Args:
            issuer: 印发机关, in the 版记 with `dated`.
            trace: Number, copy and time of issue for the small line.
        """
        last = self._paginate()
        self._imprint(last, issuer, dated)
        pages = self._paper.pages
        for number, page in enumerate(pages, 1):
            top = BOTTOM + _PAGE_NUMBER_GAP - _IMPRINT.size / 2
            label = f"— {number} —"
            if number % 2:
                page.text(RIGHT - _IMPRINT.size, top, label, _IMPRINT, "right")
            else:
                page.text(LEFT + _IMPRINT.size, top, label, _IMPRINT)
            foot = f"{trace}　第{number}页 共{len(pages)}页"
            page.text(LEFT + WIDTH / 2, BOTTOM + _TRACE_GAP, foot, _TRACE, "centre")
            if draft:
                page.watermark("草稿", _WATERMARK)
                page.text(RIGHT, TOP - PITCH, "草　稿", _DRAFT, "right")
        return self._paper.pdf()

    def _piece(self, text: str, x: float) -> _Piece:
        return _Piece(x, self._paper.unbroken(text, BODY), BODY)

    def _put(self, line: Line, style: Style, x: float) -> None:
        self._rows.append(_Row((_Piece(x, line, style),)))

    def _blank(self, rows: int) -> None:
        self._rows += [_Row(())] * rows

    def _paginate(self) -> Page:
        """Answers the last page."""
        page, row, index = self._first_page, self._first_row, 0
        while index < len(self._rows):
            end = index + 1
            while self._rows[end - 1].with_next:
                end += 1
            if row + end - index > ROWS and row > 0:
                page, row = self._paper.new_page(), 0
            for each in self._rows[index:end]:
                if each.pieces or row:
                    # Only a chain higher than a page comes here with the page full.
                    if row == ROWS:
                        page, row = self._paper.new_page(), 0
                    for piece in each.pieces:
                        page.line(LEFT + piece.x, row_top(row), piece.line, piece.style)
                    row += 1
            index = end
        return page

    def _imprint(self, page: Page, issuer: str, dated: date) -> None:
        """版记 on the last row: who issued it and when, between two thick lines."""
        top = row_top(ROWS - 1) - (PITCH - EM) / 2
        for y in (top, BOTTOM):
            page.rule((LEFT, y), (RIGHT, y), _IMPRINT_RULE)
        text_top = (top + BOTTOM - _IMPRINT.size) / 2
        page.text(LEFT + _IMPRINT.size, text_top, issuer, _IMPRINT)
        page.text(RIGHT - _IMPRINT.size, text_top, f"{date_text(dated)}印发", _IMPRINT, "right")
