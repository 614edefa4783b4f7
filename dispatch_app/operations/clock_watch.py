"""Whether the machine's clock was moved by hand: the wall clock held against one that counts through sleep.

Pure. Moments: epoch seconds UTC; the counter's seconds have no zero that means anything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

TOLERANCE_S = 2.0
"""What two looks may differ by. The wall clock is read in whole seconds, which alone is up to one; slewing
(NTP: half a millisecond a second) adds nothing that could be seen between two looks a moment apart, however
far it carries the clock in a day; three seconds put on at once are always found."""
ASLEEP_S = 60.0
"""Two looks this far apart have a sleep between them."""
DRIFT = 0.0002
"""How fast the chip that keeps the time in a sleep may run wrong, seconds a second: after a night the time
service puts right some seconds at once, and nobody has touched the clock."""


@dataclass(frozen=True, slots=True)
class Step:
    """The clock was put from `before` to `after`."""

    before: int
    after: int

    @property
    def seconds(self) -> int:
        """How far; negative for back."""
        return self.after - self.before


class ClockWatch:
    """Asked at every beat of the ticker.

    Args:
        through_sleep: Seconds that only grow, also while the machine sleeps.
        now: The present moment.
    """

    def __init__(self, through_sleep: Callable[[], float], now: int) -> None:
        self._counter = through_sleep
        self._wall, self._counted = now, through_sleep()
        self._slack = 0.0

    def look(self, now: int) -> Step | None:
        """The step since the last look, None where the two clocks agree."""
        counted = self._counter()
        passed = counted - self._counted
        expected = self._wall + passed
        self._wall, self._counted = now, counted
        if passed >= ASLEEP_S:
            self._slack += passed * DRIFT
        off = abs(now - expected)
        if off <= TOLERANCE_S:
            return None
        if off <= TOLERANCE_S + self._slack:
            # The time service has put right what the sleep did; it does so once.
            self._slack = 0.0
            return None
        return Step(round(expected), now)
