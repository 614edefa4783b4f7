"""What the statistics page and the bulletin ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_app.operations.later import Later
from dispatch_app.operations.looking import Looking

if TYPE_CHECKING:
    from dispatch_app.operations import bulletins, paper_store
    from dispatch_app.operations.reading import statistics
    from dispatch_app.operations.statistics_rows import Dimension, Statistics
else:
    bulletins, paper_store = Later("bulletins"), Later("paper_store")
    statistics = Later("reading.statistics")


class StatisticsQueries(Looking):
    """Questions about many faults at once."""

    def statistics(self, start: int, end: int) -> Statistics:
        """The faults of a half-open period between Beijing midnights, counted. Raises KnownError for none."""
        with self._view() as view:
            return statistics.statistics(view, self._items, start, end)

    def statistics_faults(
        self, start: int, end: int, dimension: Dimension | None = None, key: str = ""
    ) -> tuple[str, ...]:
        """Ids of the faults behind one bar, or of the whole period."""
        with self._view() as view:
            return statistics.fault_ids(view, start, end, dimension, key)

    def preview_bulletin(self, start: int, end: int) -> bytes:
        """The 硬件工作状态通报 as it would print. Raises KnownError for a period that is none."""
        with self._view() as view:
            sheet = bulletins.bulletin_sheet(view, self._items, start, end, bulletins.PREVIEW)
            return paper_store.render(sheet, paper_store.font_set(view.session))
