"""The list of all faults as it goes into a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dispatch_app.operations.history import RecordExport
from dispatch_app.operations.history_columns import COLUMNS
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.lists.list_export import Rows
from dispatch_app.ui.lists.paged_model import Wish

WHAT = "history"


@dataclass(frozen=True, slots=True)
class HistoryExport:
    """Every fault a filter lets through, in the order shown, with all columns."""

    wish: Wish

    @property
    def title(self) -> str:
        return "故障清单"

    def head(self, _queries: Queries) -> Iterable[Sequence[str]]:
        return [[column.heading for column in COLUMNS]]

    def rows(self, queries: Queries, after: Any, size: int) -> Rows:
        page = queries.history(self.wish.filter, self.wish.sort, after, size)
        return Rows([[column.text(row) for column in COLUMNS] for row in page.rows], page.after)

    def record(self, file_name: str, rows: int) -> RecordExport:
        return RecordExport(WHAT, file_name, rows, self.wish.filter)
