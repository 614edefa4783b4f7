"""Sets the calibration page: rulers from the edges of the paper, outlines of the labels, codes to try."""

from __future__ import annotations

from dispatch_app.reports.code128 import draw_code128, modules
from dispatch_app.reports.dots import Dots
from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.label_design import Box, label_box
from dispatch_app.reports.label_media import MEDIA, Medium
from dispatch_app.reports.labels import CalibrationSheet
from dispatch_app.reports.labels_layout import page_size
from dispatch_app.reports.moments import moment_text
from dispatch_app.reports.paper import MM, Page, Paper, Style
from dispatch_app.reports.qr import draw_qr, qr_modules

SAMPLE = "AN-0000"
_WORDS = Style(Role.SANS, 6)
_FIGURES = Style(Role.SANS, 5)
_HAIR = 0.25
_TICK = {0: 3.0 * MM, 5: 2.2 * MM}
_SHORT = 1.2 * MM
_RULER = 6.0 * MM
"""How far from the edge of the paper a ruler runs: closer no office printer prints."""
_LEADING = 1.3


def lay_out(sheet: CalibrationSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    medium, dots = MEDIA[sheet.medium], Dots(sheet.dots_per_inch)
    paper = Paper(page_size(medium, dots), f"标签校准页{sheet.number}", sheet.issuer, fonts or FontSet())
    page = paper.new_page()
    shift = (sheet.right_tenths * MM / 10, sheet.down_tenths * MM / 10)
    for index in range(medium.on_page):
        box = label_box(medium, index, dots, shift)
        page.frame(box.x, box.y, box.width, box.height, _HAIR)
    _rulers(page, paper, shift)
    _sample(page, label_box(medium, 0, dots, shift), dots)
    _words(page, paper, sheet, medium, shift)
    return paper.pdf()


def _rulers(page: Page, paper: Paper, shift: tuple[float, float]) -> None:
    """Millimetres across and down, counted from where the edges of the paper ought to be."""
    right, down = shift
    for place in range(1, int(paper.width_pt / MM)):
        x = place * MM + right
        page.rule((x, _RULER + down), (x, _RULER + down + _length(place)), _HAIR)
        if place % 10 == 0:
            page.text(x, _RULER + down + _TICK[0], str(place), _FIGURES, "centre")
    for place in range(1, int(paper.height_pt / MM)):
        y = place * MM + down
        page.rule((_RULER + right, y), (_RULER + right + _length(place), y), _HAIR)
        # Where the rulers cross, one figure is enough.
        if place % 10 == 0 and place > 10:
            page.text(_RULER + right + _TICK[0] + 1, y - _FIGURES.size / 2, str(place), _FIGURES)


def _length(place: int) -> float:
    return _TICK.get(place % 10, _SHORT)


def _sample(page: Page, box: Box, dots: Dots) -> None:
    """Codes of a number no device has: what a scanner reads here it reads on the labels."""
    module = dots.within(0.5 * MM) * dots.size
    x, y = dots.near(box.x + 14 * MM), dots.near(box.y + 12 * MM)
    draw_qr(page, x, y, qr_modules(SAMPLE) * module, SAMPLE)
    bar = dots.within(0.26 * MM) * dots.size
    wide = modules(SAMPLE) * bar
    draw_code128(page, dots.near(box.x + box.width - wide - 3 * MM), y, bar, dots.near(5 * MM), SAMPLE)


def _words(
    page: Page, paper: Paper, sheet: CalibrationSheet, medium: Medium, shift: tuple[float, float]
) -> None:
    box = label_box(
        medium, 0 if medium.on_page == 1 else medium.columns + 1, Dots(sheet.dots_per_inch), shift
    )
    again = "（补打）" if sheet.reprint else ""
    said = (
        f"标签校准页　{medium.title}　{sheet.dots_per_inch} 点/英寸",
        f"现在向右 {_millimetres(sheet.right_tenths)}，向下 {_millimetres(sheet.down_tenths)}",
        "用尺量刻度 20 到纸边：多出几毫米，就在设置里减去几",
        f"{sheet.number}　{moment_text(sheet.issued_at)}　第{sheet.copy_number}份{again}",
    )
    left, room = box.x + 12 * MM, box.width - 14 * MM
    lines = [line for one in said for line in paper.lines(one, _WORDS, room, justify=False)]
    top = box.y + box.height - len(lines) * _WORDS.size * _LEADING - MM
    for line in lines:
        page.line(left, top, line, _WORDS)
        top += _WORDS.size * _LEADING


def _millimetres(tenths: int) -> str:
    return f"{tenths / 10:.1f} mm"
