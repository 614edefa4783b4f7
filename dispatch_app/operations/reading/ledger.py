"""What ended faults have cost, remembered until one of them changes: every screen asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from sqlalchemy import exists, select, union

from dispatch_app.contract.clocks import ClockName, ClockState, FaultAssessment
from dispatch_app.contract.facts import FactKind
from dispatch_app.models import Fault, FaultEvent, FrozenClock
from dispatch_app.operations.reading.view import View

COSTLY = (
    FactKind.UNREACHABLE.value,
    FactKind.THIRD_PARTY.value,
    FactKind.DISPUTED.value,
    FactKind.WAIVED.value,
)
"""Facts that bear on a sum."""
NOBODY_SENT_CLOCKS = (ClockName.DISPATCH_5H.value, ClockName.DISPATCH_2D.value)


@dataclass(frozen=True, slots=True)
class CostlyFault:
    """An ended fault that costs something or whose clocks time still moves, assessed at some moment."""

    fault_id: str
    assessment: FaultAssessment
    settled: bool
    """Time no longer changes it: its clocks are kept as rows."""


class Ledger:
    """Ended faults worth looking at, remembered until `forget`. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._generation = 0
        self._version = ""
        self._settled: tuple[CostlyFault, ...] = ()
        self._moving: tuple[str, ...] = ()
        self._known = False

    @property
    def generation(self) -> int:
        """To be read before the view is opened, and handed to `ended`."""
        with self._lock:
            return self._generation

    def forget(self) -> None:
        """An ended fault or the law was changed; call after the commit."""
        with self._lock:
            self._generation += 1
            self._known = False

    def ended(self, view: View, generation: int) -> tuple[CostlyFault, ...]:
        """Every ended fault with a cost, a dispute or a clock that time still moves, as of the view."""
        with self._lock:
            known = self._known and self._version == view.law.version
            settled, moving = self._settled, self._moving
        if not known:
            settled, moving = _read(view)
            with self._lock:
                # Somebody may have written since the view was opened: then this is yesterday's news.
                if self._generation == generation:
                    self._settled, self._moving = settled, moving
                    self._version, self._known = view.law.version, True
        return settled + _assessed(view, moving, settled=False)


def _read(view: View) -> tuple[tuple[CostlyFault, ...], tuple[str, ...]]:
    session, version = view.session, view.law.version
    kept = exists().where(FrozenClock.fault_id == Fault.id, FrozenClock.readings_version == version)
    moving = tuple(session.scalars(select(Fault.id).where(~Fault.open, ~kept).order_by(Fault.id)))
    costly = union(
        select(FrozenClock.fault_id).where(
            FrozenClock.readings_version == version,
            FrozenClock.clock.in_(NOBODY_SENT_CLOCKS),
            FrozenClock.state == ClockState.BREACHED.value,
        ),
        select(FaultEvent.fault_id).where(FaultEvent.kind.in_(COSTLY)),
    )
    settled = set(session.scalars(costly)) - set(moving)
    return _assessed(view, tuple(sorted(settled)), settled=True), moving


def _assessed(view: View, fault_ids: tuple[str, ...], *, settled: bool) -> tuple[CostlyFault, ...]:
    if not fault_ids:
        return ()
    rows = view.session.scalars(select(Fault).where(Fault.id.in_(fault_ids), ~Fault.open)).all()
    cases = view.cases(rows)
    return tuple(CostlyFault(row.id, view.assess(cases[row.id]), settled) for row in rows)
