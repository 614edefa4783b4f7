"""What ended faults have cost, remembered until one of them changes: every screen asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from sqlalchemy import Select, select, union

from dispatch_app.contract.clocks import ClockName, FaultAssessment
from dispatch_app.models import ClockCount, Fault, FaultEvent, FaultListing, FrozenClock
from dispatch_app.models.fault import BREACHED, COSTLY
from dispatch_app.models.listing import MOVING
from dispatch_app.operations.history_rows import FaultState
from dispatch_app.operations.reading.view import View

NOBODY_SENT_CLOCKS = (ClockName.DISPATCH_5H.value, ClockName.DISPATCH_2D.value)


@dataclass(frozen=True, slots=True)
class CostlyFault:
    """An ended fault that costs something or whose clocks time still moves, assessed at some moment."""

    fault_id: str
    assessment: FaultAssessment
    settled: bool
    """Time no longer changes it: its clocks are kept as rows."""


@dataclass(frozen=True, slots=True)
class _Known:
    """`stale`: ids to be looked at again, None for everything."""

    version: str = ""
    settled: tuple[CostlyFault, ...] = ()
    moving: frozenset[str] = frozenset()
    stale: frozenset[str] | None = None


class Ledger:
    """Ended faults worth looking at. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._generation = 0
        self._known = _Known()

    @property
    def generation(self) -> int:
        """To be read before the view is opened, and handed to `ended`."""
        with self._lock:
            return self._generation

    def forget(self, touched: frozenset[str], ended: frozenset[str]) -> None:
        """A commit touched these faults, and `ended` of them have ended; call after it."""
        with self._lock:
            known = self._known
            ours = {one.fault_id for one in known.settled} | known.moving
            stale = ended | (touched & ours)
            if stale:
                self._generation += 1
                all_stale = None if known.stale is None else known.stale | stale
                self._known = _Known(known.version, known.settled, known.moving, all_stale)

    def ended(self, view: View, generation: int) -> tuple[CostlyFault, ...]:
        """Every ended fault with a cost, a dispute or a clock that time still moves, as of the view."""
        with self._lock:
            known = self._known
        if known.version != view.law.version or known.stale is None:
            known = _read(view, None, _Known())
        elif known.stale:
            known = _read(view, known.stale, known)
        with self._lock:
            # Somebody may have written since the view was opened: then this is yesterday's news.
            if self._generation == generation:
                self._known = known
        return known.settled + _assessed(view, known.moving, settled=False)


def _read(view: View, only: frozenset[str] | None, known: _Known) -> _Known:
    """What is known, with the faults `only` (all, if None) looked at again."""
    moving = frozenset(view.session.scalars(_moving(view, only)))
    # The faults `only` go by their own index, all of them by the indexes over what is costly.
    missed = select(FrozenClock.fault_id).where(
        FrozenClock.readings_version == view.law.version, FrozenClock.clock.in_(NOBODY_SENT_CLOCKS), BREACHED
    )
    said = select(FaultEvent.fault_id).where(COSTLY)
    if only is not None:
        missed, said = missed.where(FrozenClock.fault_id.in_(only)), said.where(FaultEvent.fault_id.in_(only))
    costly = frozenset(view.session.scalars(union(missed, said))) - moving
    again = only or frozenset()
    others = tuple(one for one in known.settled if one.fault_id not in again)
    return _Known(
        version=view.law.version,
        settled=others + _assessed(view, costly, settled=True),
        moving=(known.moving - again) | moving,
        stale=frozenset(),
    )


def _moving(view: View, only: frozenset[str] | None) -> Select[str]:
    """Asks for the ended faults of which no clocks are kept under the law in force."""
    other_law = select(ClockCount.count).where(
        ClockCount.readings_version != view.law.version, ClockCount.count > 0
    )
    if view.session.scalar(other_law.limit(1)) is None:
        # Clocks are kept of a fault exactly where its row of the list has figures, and these have an index.
        asked = select(FaultListing.fault_id).where(
            FaultListing.late_s == MOVING, FaultListing.state != FaultState.OPEN.value
        )
        return asked if only is None else asked.where(FaultListing.fault_id.in_(only))
    kept = select(FrozenClock.fault_id).where(FrozenClock.readings_version == view.law.version)
    chosen = select(Fault.id).where(~Fault.open)
    if only is not None:
        kept, chosen = kept.where(FrozenClock.fault_id.in_(only)), chosen.where(Fault.id.in_(only))
    # As a list and not fault by fault: ids are random, and each would be looked up elsewhere in the file.
    return chosen.where(Fault.id.not_in(kept))


def _assessed(view: View, fault_ids: frozenset[str], *, settled: bool) -> tuple[CostlyFault, ...]:
    if not fault_ids:
        return ()
    ended = select(Fault.id, Fault.version).where(Fault.id.in_(fault_ids), ~Fault.open).order_by(Fault.id)
    cases = view.cases({row.id: row.version for row in view.session.execute(ended)})
    return tuple(CostlyFault(fault_id, view.standing(case), settled) for fault_id, case in cases.items())
