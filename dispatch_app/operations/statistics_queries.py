"""What the statistics page and the bulletin ask."""

from __future__ import annotations

from dispatch_app.operations.bulletins import PREVIEW, bulletin_sheet
from dispatch_app.operations.looking import Looking
from dispatch_app.operations.paper_store import font_set, render
from dispatch_app.operations.reading import statistics
from dispatch_app.operations.statistics_rows import Dimension, Statistics


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
            sheet = bulletin_sheet(view, self._items, start, end, PREVIEW)
            return render(sheet, font_set(view.session))
