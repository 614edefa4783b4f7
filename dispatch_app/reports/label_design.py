"""One device label: codes in whole dots of the printer, words in what is left beside them."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.breaking import Line
from dispatch_app.reports.code128 import QUIET as BAR_QUIET
from dispatch_app.reports.code128 import draw_code128, modules
from dispatch_app.reports.dots import Dots
from dispatch_app.reports.fonts import Role
from dispatch_app.reports.label_media import Medium
from dispatch_app.reports.labels import LabelLine
from dispatch_app.reports.paper import MM, Page, Paper, Style
from dispatch_app.reports.qr import QUIET, draw_qr, qr_modules

_EDGE = 2.0 * MM
_QR_LEAST = 0.35 * MM
"""A module of the QR code is no smaller: the label is scanned at arm's length."""
_BAR_LEAST = 0.19 * MM
"""A module of the bars is no narrower, or a hand scanner does not part them."""
_BAR_HEIGHT = 6.0 * MM
_HOTLINE = Style(Role.SANS, 7)
_NUMBER_SIZES = (14.0, 12.0, 10.0, 8.0, 6.5)
_WORD_SIZES = (8.5, 7.5, 6.5, 5.5)
_GAP = 1.2 * MM
_LEADING = 1.25


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the top left corner of the page."""

    x: float
    y: float
    width: float
    height: float

    def shrunk(self, by: float) -> Box:
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


def label_box(medium: Medium, index: int, dots: Dots, shift: tuple[float, float]) -> Box:
    """Where a label of a page stands, on whole dots. `shift`: points right and down."""
    left, top = medium.place(index)
    width, height = medium.label
    return Box(
        dots.near(left * MM + shift[0]), dots.near(top * MM + shift[1]), dots.near(width * MM), height * MM
    )


def draw_label(page: Page, paper: Paper, box: Box, line: LabelLine, hotline: str, dots: Dots) -> None:
    """Draw one label into its box."""
    inner = box.shrunk(dots.near(_EDGE))
    foot = inner.y + inner.height - _HOTLINE.size
    page.text(inner.x + inner.width / 2, foot, f"故障报修 {hotline}", _HOTLINE, "centre")
    bottom = foot - _GAP
    module = bar_module(line.label, inner.width, dots)
    if module:
        y = dots.near(bottom - _BAR_HEIGHT)
        wide = modules(line.label) * module
        x = dots.near(inner.x + (inner.width - wide) / 2)
        draw_code128(page, x, y, module, dots.near(_BAR_HEIGHT), line.label)
        bottom = y - _GAP
    side = _draw_qr(page, inner, bottom - inner.y, line.label, dots)
    words = Box(inner.x + side, inner.y, inner.width - side, bottom - inner.y)
    _draw_words(page, paper, words, line)


def bar_module(content: str, width: float, dots: Dots) -> float:
    """Width of a module of the bars in points, whole dots; 0 where the number is too long for bars."""
    found = dots.within(width / (modules(content) + 2 * BAR_QUIET)) * dots.size
    return found if found >= _BAR_LEAST else 0.0


def _draw_qr(page: Page, inner: Box, room: float, content: str, dots: Dots) -> float:
    """Draw the QR code at the upper left; answers with the width it takes, white included."""
    count = qr_modules(content)
    module = max(dots.within(room / (count + QUIET)), dots.within(_QR_LEAST)) * dots.size
    # The edge of the label is white already: half of what the standard asks for stands there.
    draw_qr(page, inner.x, inner.y, count * module, content)
    return (count + QUIET) * module


def _draw_words(page: Page, paper: Paper, room: Box, line: LabelLine) -> None:
    number = next(
        (
            style
            for style in (Style(Role.SANS, size) for size in _NUMBER_SIZES)
            if paper.width(line.label, style) <= room.width
        ),
        Style(Role.SANS, _NUMBER_SIZES[-1], stretch=60),
    )
    page.text(room.x, room.y, line.label, number)
    top = room.y + number.size * _LEADING
    style, lines = _fitting(paper, line, room.width, room.y + room.height - top)
    for each in lines:
        page.line(room.x, top, each, style)
        top += style.size * _LEADING


def _fitting(paper: Paper, line: LabelLine, width: float, height: float) -> tuple[Style, list[Line]]:
    """What the device is and where, in the largest size that fits.

    Raises:
        KnownError: Not even the smallest does.
    """
    for size in _WORD_SIZES:
        style = Style(Role.SANS, size)
        lines = paper.lines(f"{line.what}\n{line.site}", style, width, justify=False)
        if len(lines) * size * _LEADING <= height:
            return style, lines
    raise KnownError(
        f"{line.label} 的型号和站点太长，标识贴上放不下",
        "请在设备台账里把型号写短些，或换大一号的标识贴",
        "labels",
    )
