"""What is asked of the list of all faults, and its rows. Times: epoch seconds UTC; days: Beijing, ISO."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dispatch_app.contract.facts import Procedure, Source, Zone
from dispatch_app.contract.moves import Stage

PAGE = 200
"""Rows read at a time."""


class FaultState(StrEnum):
    """在办, 已结, 已销单."""

    OPEN = "open"
    ENDED = "ended"
    CANCELLED = "cancelled"


class PeriodKind(StrEnum):
    """All, today, this month, the term of the contract, from one day to another: by the first report."""

    ALL = "all"
    TODAY = "today"
    MONTH = "month"
    TERM = "term"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which faults. An empty text, `zone` or `state` asks for nothing.

    Attributes:
        text: Parts between blanks, each of which must occur.
        first, last: Days as `2025-03-01`, both within; of `DAYS` only.
        breached: Only those with a clock that was missed.
        emergency: Only 紧急.
        only: Ids of faults, of which alone it lets some through; empty for all. called: what they are called.
    """

    text: str = ""
    period: PeriodKind = PeriodKind.ALL
    first: str = ""
    last: str = ""
    state: str = ""
    zone: str = ""
    breached: bool = False
    emergency: bool = False
    only: tuple[str, ...] = ()
    called: str = ""


@dataclass(frozen=True, slots=True)
class HistorySort:
    """`column`: one of `models.listing.SORTED`."""

    column: str = "reported_at"
    descending: bool = True


Cursor = tuple[str | int | bool, int]
"""Value of the sorted column and id of a row: what comes after it is asked for next."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A fault in the list.

    Attributes:
        ended_at: None while open.
        engineers: Names of everybody sent, separated by 、.
        cause: Code of `words.FAULT_CAUSES`, or an empty string.
        response_late_s, arrival_late_s, late_s: Seconds late at most; `late_s` of any clock.
        penalty_fen: What is deducted, waived sums left out.
        moving: Time still moves a clock: these figures are of the moment of asking.
    """

    id: int
    fault_id: str
    number: str
    reported_at: int
    ended_at: int | None
    state: FaultState
    site_name: str
    zone: Zone
    emergency: bool
    symptom: str
    source: Source
    stage: Stage
    procedure: Procedure | None
    engineers: str
    caller: str
    unit: str
    callback: str
    device: str
    cause: str
    response_late_s: int
    arrival_late_s: int
    late_s: int
    penalty_fen: int
    moving: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`after`: where the next page begins; None when this was the last."""

    rows: tuple[HistoryRow, ...]
    after: Cursor | None


@dataclass(frozen=True, slots=True)
class SavedFilter:
    name: str
    filter: HistoryFilter
