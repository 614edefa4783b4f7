"""Pages as lists of marks, and the PDF made of them.

Marks are collected first and drawn at the end, because every page says how many there are. Everything is
measured in points from the top left corner of the page. The same marks give the same bytes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any, Literal, Protocol

from reportlab.pdfgen.canvas import Canvas

from dispatch_app.reports.breaking import Line, Run, balance, break_lines
from dispatch_app.reports.embedding import register
from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.printable import tidy
from dispatch_app.reports.truetype import ASCENT
from dispatch_app.reports.typefaces import Typeface, typeface

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A4_LANDSCAPE = (297 * MM, 210 * MM)

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
GREY: Colour = (0.4, 0.4, 0.4)
PALE: Colour = (0.93, 0.93, 0.93)
WHITE: Colour = (1.0, 1.0, 1.0)
RED: Colour = (0.85, 0.0, 0.0)

Align = Literal["left", "centre", "right"]

# 小标宋 is a heavier 宋: where Noto Serif stands in, it is drawn with a line around it, 0.55 pt at 22 pt.
_TITLE_STROKE_EM = 0.55 / 22
_WATERMARK_ANGLE = 45
_FILL, _FILL_AND_STROKE = 0, 2
# reportlab's registry and the fonts' caches are shared by all threads.
_drawing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set: role, size in points, colour, and width in per cent of the natural one."""

    role: Role
    size: float
    colour: Colour = BLACK
    stretch: float = 100.0


class _Mark(Protocol):
    def draw(self, canvas: Any, height: float) -> None: ...


@dataclass(frozen=True, slots=True)
class _Text:
    x: float
    baseline: float
    runs: tuple[Run, ...]
    style: Style
    face: Typeface

    def draw(self, canvas: Any, height: float) -> None:
        canvas.saveState()
        canvas.setFillColorRGB(*self.style.colour)
        canvas.setStrokeColorRGB(*self.style.colour)
        canvas.setLineWidth(_TITLE_STROKE_EM * self.style.size)
        text = canvas.beginText()
        text.setFont(register(self.face), self.style.size)
        text.setHorizScale(self.style.stretch)
        emboldened = self.style.role is Role.TITLE
        for run in self.runs:
            x = self.x + run.x * self.style.stretch / 100
            text.setTextOrigin(x, height - self.baseline)
            text.setCharSpace(run.spacing)
            for heavy, characters in groupby(run.text, key=self.face.stands_in):
                if emboldened:
                    text.setTextRenderMode(_FILL_AND_STROKE if heavy else _FILL)
                text.textOut("".join(characters))
        canvas.drawText(text)
        canvas.restoreState()


@dataclass(frozen=True, slots=True)
class _Rule:
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: Colour
    dash: tuple[float, ...]

    def draw(self, canvas: Any, height: float) -> None:
        canvas.setStrokeColorRGB(*self.colour)
        canvas.setLineWidth(self.width)
        canvas.setDash(list(self.dash))
        canvas.line(self.x1, height - self.y1, self.x2, height - self.y2)


@dataclass(frozen=True, slots=True)
class _Fill:
    x: float
    y: float
    width: float
    height: float
    colour: Colour

    def draw(self, canvas: Any, height: float) -> None:
        canvas.setFillColorRGB(*self.colour)
        canvas.rect(self.x, height - self.y - self.height, self.width, self.height, stroke=0, fill=1)


@dataclass(frozen=True, slots=True)
class _Fills:
    boxes: tuple[tuple[float, float, float, float], ...]
    colour: Colour

    def draw(self, canvas: Any, height: float) -> None:
        canvas.setFillColorRGB(*self.colour)
        # A path for each: only single rectangles are fitted to whole pixels, and so have no seams. Written as
        # they are: a sheet of labels has seven thousand, and the canvas takes its time over each.
        paths = (f"{x:.4f} {height - y - h:.4f} {w:.4f} {h:.4f} re f" for x, y, w, h in self.boxes)
        canvas.addLiteral("\n".join(paths))


@dataclass(frozen=True, slots=True)
class _Watermark:
    text: str
    style: Style
    face: Typeface
    page_width: float

    def draw(self, canvas: Any, height: float) -> None:
        canvas.saveState()
        canvas.setFillColorRGB(*self.style.colour)
        canvas.translate(self.page_width / 2, height / 2)
        canvas.rotate(_WATERMARK_ANGLE)
        width = self.face.width(self.text) * self.style.size
        canvas.setFont(register(self.face), self.style.size)
        canvas.drawString(-width / 2, -self.style.size / 3, self.text)
        canvas.restoreState()


class Page:
    """One page: marks put on it in order, drawn in order."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self.marks: list[_Mark] = []

    def line(self, x: float, top: float, line: Line, style: Style) -> None:
        """Put a broken line with the upper edge of its ems at `top`."""
        if line.runs:
            face = self._paper.face(style.role)
            self.marks.append(_Text(x, top + style.size * ASCENT / 1000, line.runs, style, face))

    def text(self, x: float, top: float, text: str, style: Style, align: Align = "left") -> None:
        """Put a text that is not broken; `x` is its left edge, its middle or its right edge."""
        line = self._paper.unbroken(text, style)
        self.line(x - {"left": 0.0, "centre": line.width / 2, "right": line.width}[align], top, line, style)

    def rule(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        width: float = 0.5,
        colour: Colour = BLACK,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draw a straight line `width` points thick."""
        self.marks.append(_Rule(*start, *end, width, colour, dash))

    def watermark(self, text: str, style: Style) -> None:
        """Put `text` across the page, under everything else."""
        face = self._paper.face(style.role)
        self.marks.insert(0, _Watermark(text, style, face, self._paper.width_pt))

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle whose upper left corner is (`x`, `y`)."""
        self.marks.append(_Fill(x, y, width, height, colour))

    def fills(self, boxes: Iterable[tuple[float, float, float, float]], colour: Colour) -> None:
        """Fill many rectangles at once: (x, y, width, height) of each, as `fill` takes them."""
        self.marks.append(_Fills(tuple(boxes), colour))

    def frame(self, x: float, y: float, width: float, height: float, thickness: float) -> None:
        """Draw the four sides of a rectangle."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
            self.rule(start, end, thickness)


class Paper:
    """The sheets of one document.

    Args:
        size: Width and height in points.
        title: Stands in the file's properties, as does `author`.
    """

    def __init__(self, size: tuple[float, float], title: str, author: str, fonts: FontSet) -> None:
        self.width_pt, self.height_pt = size
        self.pages: list[Page] = []
        self._title = title
        self._author = author
        self._fonts = fonts

    def new_page(self) -> Page:
        """Add an empty page."""
        self.pages.append(Page(self))
        return self.pages[-1]

    def face(self, role: Role) -> Typeface:
        """The typeface of `role`."""
        return typeface(role, self._fonts)

    def width(self, text: str, style: Style) -> float:
        """Width in points of `text` on one line."""
        return self.face(style.role).width(tidy(text)) * style.size * style.stretch / 100

    def unbroken(self, text: str, style: Style) -> Line:
        """`text` on one line, however wide."""
        runs = (Run(0.0, tidy(text), 0.0),) if text else ()
        return Line(text, self.width(text, style), runs)

    def lines(
        self, text: str, style: Style, width: float, *, first_indent: float = 0.0, justify: bool = True
    ) -> list[Line]:
        """Break `text`, paragraph by paragraph, to `width` points."""
        advance = self.face(style.role).advance
        return [
            line
            for paragraph in tidy(text).split("\n")
            for line in break_lines(
                paragraph, advance, style.size, width, first_indent=first_indent, justify=justify
            )
        ]

    def title_lines(self, text: str, style: Style, width: float, whole: Sequence[str] = ()) -> list[Line]:
        """Break a title into balanced lines; a line feed in it is kept."""
        advance = self.face(style.role).advance
        return [
            line
            for part in tidy(text).split("\n")
            for line in balance(part, advance, style.size, width, whole)
        ]

    def pdf(self) -> bytes:
        """The document as PDF 1.7; the same marks give the same bytes."""
        with _drawing:
            buffer = BytesIO()
            canvas = Canvas(
                buffer,
                pagesize=(self.width_pt, self.height_pt),
                pageCompression=1,
                invariant=1,
                pdfVersion=(1, 7),
                # Otherwise reportlab names Helvetica on every page, a font that is not embedded.
                initialFontName=register(self.face(Role.BODY)),
                lang="zh-CN",
            )
            canvas.setTitle(self._title)
            canvas.setAuthor(self._author)
            canvas.setCreator("dispatch-app")
            for page in self.pages:
                for mark in page.marks:
                    mark.draw(canvas, self.height_pt)
                canvas.showPage()
            canvas.save()
            return buffer.getvalue()
