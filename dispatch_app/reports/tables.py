"""Tables that flow over pages: headings repeat, rows stay whole, a table's end keeps what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dispatch_app.reports.breaking import Line
from dispatch_app.reports.fonts import Role
from dispatch_app.reports.paper import PALE, Align, Page, Paper, Style

TEXT = Style(Role.SANS, 8.5)
_PAD_X = 3.5
_PAD_Y = 3.2
_LEADING = 1.32
_INNER = 0.4
# A row higher than this share of a page is divided rather than moved to the next page.
_WHOLE_ROW_SHARE = 0.4
_OUTER = 1.0


class Flow:
    """Where the next thing goes: a column of pages filled from top to bottom. Lengths in points."""

    def __init__(self, paper: Paper, left: float, top: float, right: float, bottom: float) -> None:
        self.paper = paper
        self.left, self.top, self.right, self.bottom = left, top, right, bottom
        self.page: Page = paper.new_page()
        self.y = top

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.right - self.left

    def need(self, height: float) -> None:
        """Begin a new page unless `height` is left on this one, or this one is still empty."""
        if self.y + height > self.bottom and self.y > self.top:
            self.new_page()

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self.page = self.paper.new_page()
        self.y = self.top

    def text(self, text: str, style: Style, align: Align = "left", leading: float = 1.4) -> None:
        """Set a text over the full width, broken where needed."""
        for line in self.paper.lines(text, style, self.width, justify=False):
            self.need(style.size * leading)
            free = self.width - line.width
            self.page.line(
                self.left + {"left": 0, "centre": free / 2, "right": free}[align], self.y, line, style
            )
            self.y += style.size * leading


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a share: the columns of a table fill its width in proportion."""

    heading: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over `span` columns. `align` and `style` overrule the column's; `label` cells are shaded."""

    text: str
    span: int = 1
    label: bool = False
    align: Align | None = None
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """`min_height` in points leaves room for handwriting."""

    cells: tuple[Cell, ...]
    min_height: float = 0.0


def row(*cells: Cell | str, min_height: float = 0.0) -> Row:
    """A row of cells; plain texts are cells of one column."""
    return Row(tuple(Cell(cell) if isinstance(cell, str) else cell for cell in cells), min_height)


@dataclass(frozen=True, slots=True)
class _SetCell:
    x: float
    width: float
    lines: tuple[Line, ...]
    style: Style
    align: Align
    label: bool


@dataclass(frozen=True, slots=True)
class _SetRow:
    cells: tuple[_SetCell, ...]
    height: float


class Table:
    """A table to be drawn into a flow.

    Args:
        columns: Their headings print on every page if any is not empty.
        style: Of the cells' texts and the headings.
    """

    def __init__(self, flow: Flow, columns: Sequence[Column], style: Style = TEXT) -> None:
        self._flow = flow
        self._columns = columns
        self._style = style
        total = sum(column.width for column in columns)
        self._edges = [flow.left]
        for column in columns:
            self._edges.append(self._edges[-1] + flow.width * column.width / total)
        self._heading = self._set_heading() if any(column.heading for column in columns) else None

    def draw(self, rows: Sequence[Row]) -> None:
        """Draw `rows`, at least one."""
        flow = self._flow
        head = self._heading.height if self._heading else 0.0
        set_rows = [self._set_row(each) for each in rows]
        room = flow.bottom - flow.top - head
        # The heading never stands alone at the foot of a page.
        flow.need(head + min(set_rows[0].height, room * _WHOLE_ROW_SHARE))
        top = self._begin()
        last = len(set_rows) - 1
        for index, each in enumerate(set_rows):
            # The last row, often a total, never begins a page: it takes the one before it along.
            wanted = each.height + (set_rows[last].height if index == last - 1 else 0.0)
            if (
                flow.y + wanted > flow.bottom
                and flow.y > flow.top + head
                and wanted <= room * _WHOLE_ROW_SHARE
            ):
                self._end(top)
                flow.new_page()
                top = self._begin()
            top = self._draw_row(each, top)
        self._end(top)

    def _begin(self) -> float:
        """Draw the heading; answers where the table begins on this page."""
        top = self._flow.y
        if self._heading:
            self._paint(self._heading)
        return top

    def _end(self, top: float) -> None:
        flow = self._flow
        flow.page.frame(flow.left, top, flow.width, flow.y - top, _OUTER)

    def _draw_row(self, each: _SetRow, top: float) -> float:
        """Draw a row, over several pages if it is higher than what is left; answers the table's top there."""
        rest = each
        while self._flow.y + rest.height > self._flow.bottom:
            leading = max(cell.style.size for cell in rest.cells) * _LEADING
            fitting = int((self._flow.bottom - self._flow.y - 2 * _PAD_Y) / leading)
            if fitting > 0:
                part, rest = _split(rest, fitting)
                self._paint(part)
            self._end(top)
            self._flow.new_page()
            top = self._begin()
        self._paint(rest)
        return top

    def _paint(self, each: _SetRow) -> None:
        flow, page = self._flow, self._flow.page
        y = flow.y
        for cell in each.cells:
            if cell.label:
                page.fill(cell.x, y, cell.width, each.height, PALE)
        for cell in each.cells:
            leading = cell.style.size * _LEADING
            text_height = leading * (len(cell.lines) - 1) + cell.style.size
            top = y + (each.height - text_height) / 2
            for line in cell.lines:
                free = cell.width - 2 * _PAD_X - line.width
                shift = {"left": 0.0, "centre": free / 2, "right": free}[cell.align]
                page.line(cell.x + _PAD_X + shift, top, line, cell.style)
                top += leading
        for cell in each.cells:
            page.rule((cell.x, y), (cell.x, y + each.height), _INNER)
        for edge in (y, y + each.height):
            page.rule((flow.left, edge), (flow.right, edge), _INNER)
        flow.y += each.height

    def _set_heading(self) -> _SetRow:
        cells = (Cell(column.heading, label=True) for column in self._columns)
        return self._set_row(Row(tuple(cells)))

    def _set_row(self, each: Row) -> _SetRow:
        cells, index = [], 0
        for cell in each.cells:
            x, right = self._edges[index], self._edges[index + cell.span]
            style = cell.style or self._style
            align = cell.align or ("centre" if cell.label else self._columns[index].align)
            lines = self._flow.paper.lines(cell.text, style, right - x - 2 * _PAD_X, justify=False)
            cells.append(_SetCell(x, right - x, tuple(lines), style, align, cell.label))
            index += cell.span
        height = max(_height(cell) for cell in cells)
        return _SetRow(tuple(cells), max(height, each.min_height))


def _height(cell: _SetCell) -> float:
    return cell.style.size * (_LEADING * (len(cell.lines) - 1) + 1) + 2 * _PAD_Y


def _split(each: _SetRow, count: int) -> tuple[_SetRow, _SetRow]:
    """The first `count` lines of every cell, and the rest."""
    parts = []
    for piece in (slice(None, count), slice(count, None)):
        cells = tuple(
            _SetCell(cell.x, cell.width, cell.lines[piece], cell.style, cell.align, cell.label)
            for cell in each.cells
        )
        parts.append(_SetRow(cells, max(_height(cell) for cell in cells)))
    return parts[0], parts[1]
