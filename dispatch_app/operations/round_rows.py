"""What is asked about rounds and backups: what is due, the sheet of a round, how the figures went.

Moments: epoch seconds UTC. Days: Beijing days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dispatch_app.operations.registers.duties import Due, DutyState
from dispatch_app.operations.registers.round_limits import Bands


class DutyKind(StrEnum):
    """巡检, 备份, 恢复验证, 刷新介质."""

    ROUND = "round"
    BACKUP = "backup"
    RESTORE = "restore"
    REFRESH = "refresh"


DUTY_WORDS: Mapping[DutyKind, str] = {
    DutyKind.ROUND: "巡检",
    DutyKind.BACKUP: "备份",
    DutyKind.RESTORE: "恢复验证",
    DutyKind.REFRESH: "刷新介质",
}
BACKUP_DUTIES = frozenset({DutyKind.BACKUP, DutyKind.RESTORE, DutyKind.REFRESH})


@dataclass(frozen=True, slots=True)
class DutyItem:
    """Something to be done again and again.

    Attributes:
        entry_id: Of the plan or the system that asks for it.
        title: Name of the plan or the system. place: Site or service item, empty for none.
        who: Name of whoever does it, empty for nobody in particular.
        last: When it was last done; None for never.
    """

    kind: DutyKind
    entry_id: str
    title: str
    place: str
    who: str
    due: Due
    last: int | None


@dataclass(frozen=True, slots=True)
class DutyBook:
    """All duties, the overdue ones first, then by the day they are due."""

    items: tuple[DutyItem, ...]

    def overdue(self, *kinds: DutyKind) -> int:
        """How many of these kinds are overdue."""
        return sum(one.kind in kinds and one.due.state is DutyState.OVERDUE for one in self.items)

    def due(self, *kinds: DutyKind) -> int:
        """How many of these kinds are due now and not yet overdue."""
        return sum(one.kind in kinds and one.due.state is DutyState.DUE for one in self.items)


@dataclass(frozen=True, slots=True)
class RoundDevice:
    """A device to be looked at. `what`: kind, brand, model, place in the rack."""

    label: str
    what: str


@dataclass(frozen=True, slots=True)
class RoundForm:
    """What the form of a round begins with.

    Attributes:
        plan_id, plan: Id and name of the plan, empty for a round without one.
        who: Name of whom the plan names, else of whoever went round last; empty for nobody.
        asked: Whether the three figures must be there.
        before: Quantity → figure of the last round there; empty ones left out.
    """

    plan_id: str
    plan: str
    site_id: str
    site: str
    item: str
    who: str
    bands: Bands
    asked: bool
    devices: tuple[RoundDevice, ...]
    before: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A round as a point of a curve. `figures`: quantity → figure. `breach`: what was wrong, or empty."""

    at: int
    entry_id: str
    number: str
    figures: Mapping[str, Decimal]
    breach: str


@dataclass(frozen=True, slots=True)
class Trend:
    """How the figures of a room went, the earliest first, and the limits that hold today."""

    site_id: str
    site: str
    points: tuple[TrendPoint, ...]
    bands: Bands
