"""What the faults of a period add up to, for page and bulletin. Times: epoch seconds UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.facts import Zone

UNSAID = ""
"""Key of the faults whose cause, item or person nobody has said."""


class Dimension(StrEnum):
    """What faults can be counted by. `TIME` is the day, in a period longer than `DAYS_SHOWN` the month."""

    TIME = "time"
    ITEM = "item"
    SITE = "site"
    CAUSE = "cause"
    PERSON = "person"
    PROCEDURE = "procedure"
    SOURCE = "source"


DAYS_SHOWN = 62


@dataclass(frozen=True, slots=True)
class Bar:
    """One group of faults.

    Attributes:
        key: Of the group within its dimension: a site's id, an item's number, the first moment of a day.
        count: Faults of the period. before: of the period before it.
        breached: Faults of the period with a clock that was missed.
    """

    key: str
    label: str
    count: int
    before: int
    breached: int


@dataclass(frozen=True, slots=True)
class TierStandard:
    """How a clock stood in one tier (market town or outlying) over the cycles begun in the period."""

    zone: Zone
    clock: ClockName
    met: int
    breached: int

    @property
    def share(self) -> float | None:
        """Met among those decided, 0 to 1; None where none was."""
        decided = self.met + self.breached
        return self.met / decided if decided else None


@dataclass(frozen=True, slots=True)
class MonthStandard:
    """A month of the trend. `start`: its first moment. `response`, `arrival`: shares met, or None."""

    start: int
    faults: int
    response: float | None
    arrival: float | None


@dataclass(frozen=True, slots=True)
class Medians:
    """Seconds from the call to the answer and to the arrival, of clocks that were stopped; None for none."""

    response_s: int | None
    arrival_s: int | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The faults reported in a half-open period, counted, and those of the period before it.

    Attributes:
        before_start: Where that one begins: of a month the month before, else as many days.
        bars: Dimension → its groups: time in order, the others by how many there are.
        item_of: Site id → key of its service item.
        as_of: The moment the running clocks were looked at.
    """

    start: int
    end: int
    before_start: int
    as_of: int
    faults: int
    before: int
    open: int
    cancelled: int
    emergencies: int
    bars: Mapping[Dimension, tuple[Bar, ...]]
    item_of: Mapping[str, str]
    tiers: tuple[TierStandard, ...]
    months: tuple[MonthStandard, ...]
    medians: Medians
    medians_before: Medians
