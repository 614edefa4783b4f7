"""All faults, two hundred at a time: SQLite filters and sorts, the model holds what was read so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.history_columns import COLUMNS, HistoryColumn
from dispatch_app.operations.history_rows import Cursor, HistoryFilter, HistoryPage, HistoryRow, HistorySort
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
_LATE = frozenset({"response_late_s", "arrival_late_s", "late_s"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be seen."""

    filter: HistoryFilter
    sort: HistorySort


class HistoryModel(QAbstractTableModel):
    """Only one question is under way at a time: who types faster than the disk reads skips letters.

    Signals:
        counted: how many faults the filter lets through.
        refused: `KnownError`, the filter asks for what cannot be.
    """

    counted = Signal(object)
    refused = Signal(object)

    def __init__(self, executor: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._wish = Wish(HistoryFilter(), HistorySort())
        self._asked: Wish | None = None
        self._again = False
        self._rows: tuple[HistoryRow, ...] = ()
        self._faces: dict[int, tuple[Face, ...]] = {}
        self._after: Cursor | None = None

    # ── what the view asks ──

    @property
    def rows(self) -> tuple[HistoryRow, ...]:
        """What was read so far, in order."""
        return self._rows

    @property
    def wish(self) -> Wish:
        return self._wish

    @property
    def moving(self) -> bool:
        """Whether a figure in sight grows with time."""
        return any(row.moving for row in self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == DisplayRole:
            return COLUMNS[section].heading
        if role == TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid() or role not in (DisplayRole, ToolTipRole):
            return None
        return self.faces(index.row())[index.column()].words

    def faces(self, row: int) -> tuple[Face, ...]:
        """The cells of a row, in the order of `COLUMNS`; made when they are first looked at."""
        faces = self._faces.get(row)
        if faces is None:
            faces = self._faces[row] = tuple(_face(column, self._rows[row]) for column in COLUMNS)
        return faces

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._after is not None and self._asked is None

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask(partial(_read, self._wish, self._after, PAGE), self._append)

    # ── what the page asks ──

    def show(self, wish: Wish) -> None:
        """Read the first page of other faults, or of the same in another order."""
        self._wish = wish
        self._begin(PAGE)

    def reload(self) -> None:
        """Read again what is there: something was changed, or time has passed."""
        self._begin(max(PAGE, len(self._rows)) if len(self._rows) <= MOST_AT_ONCE else PAGE)

    def _begin(self, size: int) -> None:
        if self._asked is not None:
            self._again = True
            return
        self._ask(partial(_read, self._wish, None, size), self._replace)

    def _ask(self, question: Callable[[Queries], HistoryPage], answer: Callable[[HistoryPage], None]) -> None:
        if not self._executor.closed:
            self._asked = self._wish
            self._executor.ask(partial(_or_refusal, question), partial(self._take, answer), self)

    def _take(self, answer: Callable[[HistoryPage], None], found: HistoryPage | KnownError) -> None:
        asked, self._asked = self._asked, None
        if asked == self._wish:
            if isinstance(found, KnownError):
                self.refused.emit(found)
            else:
                answer(found)
        if self._again:
            self._again = False
            self._begin(PAGE)

    def _replace(self, found: HistoryPage) -> None:
        same = [row.id for row in found.rows] == [row.id for row in self._rows]
        if not same:
            self.beginResetModel()
        self._rows, self._after = found.rows, found.after
        self._faces.clear()
        if not same:
            self.endResetModel()
        elif self._rows:
            last = self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        if found.after is None:
            self.counted.emit(len(found.rows))
        else:
            self._executor.ask(partial(_count, self._wish), partial(self._tell, self._wish), self)

    def _append(self, found: HistoryPage) -> None:
        first = len(self._rows)
        self._after = found.after
        if found.rows:
            self.beginInsertRows(QModelIndex(), first, first + len(found.rows) - 1)
            self._rows += found.rows
            self.endInsertRows()

    def _tell(self, wish: Wish, count: int) -> None:
        if wish == self._wish:
            self.counted.emit(count)

    def row_of(self, fault_id: str) -> int:
        """Row of a fault; -1 when it was not read."""
        return next((place for place, row in enumerate(self._rows) if row.fault_id == fault_id), -1)


def _read(wish: Wish, after: Cursor | None, size: int, queries: Queries) -> HistoryPage:
    return queries.history(wish.filter, wish.sort, after, size)


def _or_refusal(question: Callable[[Queries], HistoryPage], queries: Queries) -> HistoryPage | KnownError:
    # Handed back and not raised: the model must learn of it, or it would wait for an answer for good.
    try:
        return question(queries)
    except KnownError as error:
        return error


def _count(wish: Wish, queries: Queries) -> int:
    return queries.history_count(wish.filter)


def _face(column: HistoryColumn, row: HistoryRow) -> Face:
    late = column.key in _LATE
    role = "breached_text" if late else "text" if column.key in ("number", "site_name") else "quiet"
    return Face(column.text(row), "", role, column.right)
