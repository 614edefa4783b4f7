"""Long lists, two hundred rows at a time: SQLite filters and sorts, the model holds what was read so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.bridge.executor import Executor
from dispatch_app.ui.pages.tallies_tables import Face

Index = QModelIndex | QPersistentModelIndex

DisplayRole = Qt.ItemDataRole.DisplayRole
ToolTipRole = Qt.ItemDataRole.ToolTipRole
TextAlignmentRole = Qt.ItemDataRole.TextAlignmentRole
PAGE = 200
MOST_AT_ONCE = 2000
"""So many rows are read again after somebody's click; whoever scrolled further begins at the top."""


class ListColumn(Protocol):
    """A column of a list. `key`: what the list is sorted by; `width`: logical pixels at first;
    `shown`: stands in the list until somebody chooses otherwise."""

    @property
    def key(self) -> str: ...

    @property
    def heading(self) -> str: ...

    @property
    def width(self) -> int: ...

    @property
    def right(self) -> bool: ...

    @property
    def shown(self) -> bool: ...


class Row(Protocol):
    """A row of a list; `id` tells it from every other."""

    @property
    def id(self) -> int: ...


class Page(Protocol):
    """Rows, and where the next page begins; None when this was the last."""

    @property
    def rows(self) -> tuple[Any, ...]: ...

    @property
    def after(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be seen: a filter and an order, as the list's question takes them."""

    filter: Any
    sort: Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list comes from.

    Attributes:
        page: (queries, wish, after, size) → a page. count: (queries, wish) → how many there are.
        faces: The cells of a row, in the order of `columns`.
        opens: Id of what a row stands for.
    """

    columns: Sequence[ListColumn]
    page: Callable[[Queries, Wish, Any, int], Page]
    count: Callable[[Queries, Wish], int]
    faces: Callable[[Any], tuple[Face, ...]]
    opens: Callable[[Any], str]


class PagedModel(QAbstractTableModel):
    """Only one question is under way at a time: who types faster than the disk reads skips letters.

    Signals:
        counted: how many rows the filter lets through.
        refused: `KnownError`, the filter asks for what cannot be.
    """

    counted = Signal(object)
    refused = Signal(object)

    def __init__(self, executor: Executor, source: Source, wish: Wish, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._source = source
        self._wish = wish
        self._asked: Wish | None = None
        self._again = False
        self._rows: tuple[Any, ...] = ()
        self._faces: dict[int, tuple[Face, ...]] = {}
        self._after: Any = None

    # ── what the view asks ──

    @property
    def columns(self) -> Sequence[ListColumn]:
        return self._source.columns

    @property
    def rows(self) -> tuple[Any, ...]:
        """What was read so far, in order."""
        return self._rows

    @property
    def wish(self) -> Wish:
        return self._wish

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == DisplayRole:
            return self.columns[section].heading
        if role == TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid() or role not in (DisplayRole, ToolTipRole):
            return None
        return self.faces(index.row())[index.column()].words

    def faces(self, row: int) -> tuple[Face, ...]:
        """The cells of a row, in the order of the columns; made when they are first looked at."""
        faces = self._faces.get(row)
        if faces is None:
            faces = self._faces[row] = self._source.faces(self._rows[row])
        return faces

    def opens(self, row: int) -> str:
        """Id of what a row stands for; empty for a row there is not."""
        return self._source.opens(self._rows[row]) if 0 <= row < len(self._rows) else ""

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._after is not None and self._asked is None

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask(partial(_read, self._source, self._wish, self._after, PAGE), self._append)

    # ── what the page asks ──

    def show(self, wish: Wish) -> None:
        """Read the first page of other rows, or of the same in another order."""
        self._wish = wish
        self._begin(PAGE)

    def reload(self) -> None:
        """Read again what is there: something was changed, or time has passed."""
        self._begin(max(PAGE, len(self._rows)) if len(self._rows) <= MOST_AT_ONCE else PAGE)

    def row_of(self, wanted: str) -> int:
        """The row that stands for an id; -1 when it was not read."""
        opens = self._source.opens
        return next((place for place, row in enumerate(self._rows) if opens(row) == wanted), -1)

    def _begin(self, size: int) -> None:
        if self._asked is not None:
            self._again = True
            return
        self._ask(partial(_read, self._source, self._wish, None, size), self._replace)

    def _ask(self, question: Callable[[Queries], Page], answer: Callable[[Page], None]) -> None:
        if not self._executor.closed:
            self._asked = self._wish
            self._executor.ask(partial(_or_refusal, question), partial(self._take, answer), self)

    def _take(self, answer: Callable[[Page], None], found: Page | KnownError) -> None:
        asked, self._asked = self._asked, None
        if asked == self._wish:
            if isinstance(found, KnownError):
                self.refused.emit(found)
            else:
                answer(found)
        if self._again:
            self._again = False
            self._begin(PAGE)

    def _replace(self, found: Page) -> None:
        same = [row.id for row in found.rows] == [row.id for row in self._rows]
        if not same:
            self.beginResetModel()
        self._rows, self._after = found.rows, found.after
        self._faces.clear()
        if not same:
            self.endResetModel()
        elif self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        if found.after is None:
            self.counted.emit(len(found.rows))
        else:
            counting = partial(_count, self._source, self._wish)
            self._executor.ask(counting, partial(self._tell, self._wish), self)

    def _append(self, found: Page) -> None:
        first = len(self._rows)
        self._after = found.after
        if found.rows:
            self.beginInsertRows(QModelIndex(), first, first + len(found.rows) - 1)
            self._rows += found.rows
            self.endInsertRows()

    def _tell(self, wish: Wish, count: int) -> None:
        if wish == self._wish:
            self.counted.emit(count)


def _read(source: Source, wish: Wish, after: Any, size: int, queries: Queries) -> Page:
    return source.page(queries, wish, after, size)


def _or_refusal(question: Callable[[Queries], Page], queries: Queries) -> Page | KnownError:
    # Handed back and not raised: the model must learn of it, or it would wait for an answer for good.
    try:
        return question(queries)
    except KnownError as error:
        return error


def _count(source: Source, wish: Wish, queries: Queries) -> int:
    return source.count(queries, wish)
