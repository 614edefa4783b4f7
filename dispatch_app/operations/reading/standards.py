"""How often each clock stood how over the cycles of ended faults: counted once, then kept up with the facts.

Times: epoch seconds UTC.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import DAY, OFFSET
from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.records import dataclass
from dispatch_app.models import Fault, FaultEvent
from dispatch_app.operations.case import Case
from dispatch_app.operations.law import Law
from dispatch_app.operations.listing import Listed
from dispatch_app.operations.projection import look_ahead
from dispatch_app.storage.facts import load_facts

Standards = Counter[tuple[ClockName, ClockState]]


@dataclass(frozen=True, slots=True)
class _Counted:
    """What held after fact number `seq`, with so many faults listed, under a law and with these sites for
    outdoor plant.

    `days`: Beijing's days since 1970-01-01 → the standards of the cycles begun on them.
    """

    seq: int
    faults: int
    version: str
    plants: frozenset[str]
    days: Mapping[int, Standards]


class KeptStandards:
    """Remembers the count. What has changed since is told by the facts themselves, which only grow: no
    commit has to say what it touched. Any thread may ask."""

    def __init__(self) -> None:
        self._counted: _Counted | None = None

    def within(self, session: Session, law: Law, plants: frozenset[str], start: int, end: int) -> Standards:
        """The standards of the cycles begun in a half-open period between Beijing midnights."""
        counted = self._as_of(session, law, plants)
        first, last = (start + OFFSET) // DAY, (end + OFFSET) // DAY
        found: Standards = Counter()
        for day, standards in counted.days.items():
            if first <= day < last:
                found.update(standards)
        return found

    def _as_of(self, session: Session, law: Law, plants: frozenset[str]) -> _Counted:
        seq = session.scalar(select(func.max(FaultEvent.seq))) or 0
        faults = session.scalar(select(func.count()).select_from(Fault)) or 0
        known = self._counted
        if known is not None and (known.version, known.plants) == (law.version, plants) and seq > known.seq:
            known = _caught_up(session, law, known, seq)
        if (
            known is None
            or (known.version, known.plants) != (law.version, plants)
            # This session began before the one that counted; or faults of an import, whose facts were there
            # before, count only now.
            or (known.seq, known.faults) != (seq, faults)
        ):
            known = _Counted(seq, faults, law.version, plants, _read(session, law.version))
        self._counted = known
        return known


# Every cycle's response clock starts with the cycle, whatever became of it. The ids of faults are random: an
# index over them leads all over the file, and each page is deciphered on the way. Two passes from the first
# row to the last, and an index of their own in memory, take a fiftieth of the time for 100,000 faults.
_KEPT = text(
    """
    WITH opening AS MATERIALIZED (
        SELECT fault_id, cycle, (started_at + :offset) / :day AS day FROM frozen_clocks NOT INDEXED
        WHERE clock = :response AND readings_version = :version
    )
    SELECT opening.day, kept.clock, kept.state, count(*)
    FROM frozen_clocks AS kept NOT INDEXED
    CROSS JOIN opening ON opening.fault_id = kept.fault_id AND opening.cycle = kept.cycle
    WHERE kept.readings_version = :version
    GROUP BY opening.day, kept.clock, kept.state
    """
)


def _read(session: Session, version: str) -> dict[int, Standards]:
    """The count of everything that is kept."""
    values = {"offset": OFFSET, "day": DAY, "response": ClockName.RESPONSE.value, "version": version}
    days: dict[int, Standards] = {}
    for day, clock, state, count in session.execute(_KEPT, values):
        days.setdefault(day, Counter())[ClockName(clock), ClockState(state)] = count
    return days


def _caught_up(session: Session, law: Law, known: _Counted, seq: int) -> _Counted:
    """The count with the faults that facts were written on since: less what they were, plus what they are."""
    since = select(FaultEvent.fault_id).where(FaultEvent.seq > known.seq)
    touched = {fault.id: fault for fault in session.scalars(select(Fault).where(Fault.id.in_(since)))}
    days, new = dict(known.days), 0
    for fault_id, stored in load_facts(session, touched).items():
        before = tuple(item.fact for item in stored if item.seq <= known.seq)
        new += not before
        for facts, sign in ((before, -1), (tuple(item.fact for item in stored), 1)):
            if not facts:
                continue
            listed = look_ahead(touched[fault_id], Case(fault_id, facts), law, known.plants)
            for day, clock, state in _standing(listed):
                # A copy: another thread may be adding up the days as they were.
                days[day] = Counter(days.get(day, Counter()))
                days[day][clock, state] += sign
    return _Counted(seq, known.faults + new, known.version, known.plants, days)


def _standing(listed: Listed) -> list[tuple[int, ClockName, ClockState]]:
    """(day its cycle began, clock, state) of every clock that is kept of a fault."""
    clocks = listed.ahead.clocks if listed.settled else ()
    begun = {
        clock.cycle: (clock.started_at + OFFSET) // DAY
        for clock in clocks
        if clock.clock is ClockName.RESPONSE and clock.started_at is not None
    }
    return [(begun[clock.cycle], clock.clock, clock.state) for clock in clocks]
