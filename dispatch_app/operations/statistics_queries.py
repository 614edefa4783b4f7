"""What the statistics page and the bulletin ask."""

from __future__ import annotations

from dispatch_app.operations.looking import Looking
from dispatch_app.operations.reading import statistics
from dispatch_app.operations.statistics_rows import Dimension, Statistics


class StatisticsQueries(Looking):
    """Questions about many faults at once."""

    def statistics(self, start: int, end: int) -> Statistics:
        """The faults of a half-open period between Beijing midnights, counted. Raises KnownError for none."""
        with self._view() as view:
            return statistics.statistics(view, self._items, start, end)

    def statistics_faults(self, start: int, end: int, dimension: Dimension, key: str) -> tuple[str, ...]:
        """Ids of the faults behind one bar."""
        with self._view() as view:
            return statistics.fault_ids(view, start, end, dimension, key)
