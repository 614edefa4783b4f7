"""The list of all faults, as a paged list reads it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from dispatch_app.operations.history_columns import COLUMNS, HistoryColumn
from dispatch_app.operations.history_rows import HistoryFilter, HistoryPage, HistoryRow, HistorySort
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.bridge.executor import Executor
from dispatch_app.ui.lists.paged_model import PagedModel, Source, Wish
from dispatch_app.ui.pages.tallies_tables import Face

_LATE = frozenset({"response_late_s", "arrival_late_s", "late_s"})


class HistoryModel(PagedModel):
    """All faults; a `Wish` of it holds a `HistoryFilter` and a `HistorySort`."""

    def __init__(self, executor: Executor, parent: QObject | None = None) -> None:
        source = Source(COLUMNS, _page, _count, _faces, _opens)
        super().__init__(executor, source, Wish(HistoryFilter(), HistorySort()), parent)

    @property
    def moving(self) -> bool:
        """Whether a figure in sight grows with time."""
        return any(row.moving for row in self.rows)


def _page(queries: Queries, wish: Wish, after: Any, size: int) -> HistoryPage:
    return queries.history(wish.filter, wish.sort, after, size)


def _count(queries: Queries, wish: Wish) -> int:
    return queries.history_count(wish.filter)


def _opens(row: HistoryRow) -> str:
    return row.fault_id


def _faces(row: HistoryRow) -> tuple[Face, ...]:
    return tuple(_face(column, row) for column in COLUMNS)


def _face(column: HistoryColumn, row: HistoryRow) -> Face:
    late = column.key in _LATE
    role = "breached_text" if late else "text" if column.key in ("number", "site_name") else "quiet"
    return Face(column.text(row), "", role, column.right)
