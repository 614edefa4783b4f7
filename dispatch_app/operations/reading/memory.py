"""Facts already read and what came of them, kept from one question to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from dispatch_app.contract.clocks import ClockName, ClockState, FaultAssessment, assess_fault, is_past_due
from dispatch_app.models import Site, StaffMember
from dispatch_app.operations.case import HORIZON, Case
from dispatch_app.operations.law import Law
from dispatch_app.operations.rows import SiteRow, StaffRow
from dispatch_app.storage.facts import load_facts


@dataclass(frozen=True, slots=True)
class Remembered:
    """An assessment with what it holds for: a case, a law, and the moments from `since` to before `until`.

    Attributes:
        drifts: A breach nobody has stopped; its seconds grow though nothing else changes.
        late: A clock that still counts is breached.
        costs: There is a penalty, or a breach that counts towards one.
    """

    case: Case
    law: str
    since: int
    until: int
    drifts: bool
    late: bool
    costs: bool
    assessment: FaultAssessment

    def holds(self, case: Case, law: str, now: int) -> bool:
        """Whether it is what an assessment would say now, but for seconds of lateness that grow."""
        return self.case is case and self.since <= now < self.until and self.law == law


@dataclass(frozen=True, slots=True)
class Standings:
    """The open faults of one state of the desk, counted. It holds from `since` to before `until`.

    Attributes:
        of: The state of the desk that was counted.
        late: How many have a breach nobody has stopped.
        costly: (fault id, assessment) of those with a penalty, or a breach that counts towards one.
        each: Fault id → what was remembered of it when it was counted.
    """

    of: object
    law: str
    since: int
    until: int
    late: int
    costly: tuple[tuple[str, FaultAssessment], ...]
    each: Mapping[str, Remembered]

    def holds(self, of: object, law: str, now: int) -> bool:
        """Whether counting again now would find the same."""
        return self.of is of and self.lasts(law, now)

    def lasts(self, law: str, now: int) -> bool:
        """Whether what was remembered of each fault still stands, unless its facts are others."""
        return self.law == law and self.since <= now < self.until


class CaseMemory:
    """A fault's facts only grow and its version counts them, so what is remembered of a version is never out
    of date. Any thread may use it."""

    MOST = 2000

    def __init__(self) -> None:
        self._cases: dict[str, Case] = {}
        self._assessed: dict[str, Remembered] = {}
        self.standings: Standings | None = None
        self.site_rows: dict[str, tuple[Site, SiteRow]] = {}
        """Site id → the row last made of it, and of what; any thread may look whether it still fits."""
        self.staff_rows: dict[str, tuple[StaffMember, StaffRow]] = {}

    def cases(self, session: Session, versions: Mapping[str, int]) -> dict[str, Case]:
        """Fault id → case, for these ids and versions; one statement (for five hundred faults) at most."""
        known = {
            fault_id: case
            for fault_id, version in versions.items()
            if (case := self._cases.get(fault_id)) is not None and len(case.facts) == version
        }
        fresh = {
            fault_id: Case(fault_id, tuple(item.fact for item in stored))
            for fault_id, stored in load_facts(session, versions.keys() - known.keys()).items()
        }
        if len(self._cases) + len(fresh) > self.MOST:
            self._cases, self._assessed = {}, {}
        self._cases.update(fresh)
        found = known | fresh
        return {fault_id: found[fault_id] for fault_id in versions}

    def remembered(
        self, case: Case, law: Law, now: int, plants: frozenset[str], *, exact: bool
    ) -> Remembered:
        """What the contract says of a case at `now`, epoch seconds; not `exact`: but for growing lateness.

        Args:
            plants: Ids of the sites that are outdoor plant.
        """
        held = self._assessed.get(case.fault_id)
        if (
            held is None
            or not held.holds(case, law.version, now)
            or (exact and held.drifts and held.since != now)
        ):
            held = _assess(case, law, now, case.fields["site"] in plants)
            self._assessed[case.fault_id] = held
        return held


def _assess(case: Case, law: Law, now: int, plant: bool) -> Remembered:
    # A clock set back may stand before the report itself: its clocks are then about to start.
    assessment = assess_fault(case.facts, law.terms, max(now, case.reported_at), plant=plant)
    clocks = assessment.clocks
    running = [
        _over(c.clock, c.due_at) for c in clocks if c.state is ClockState.RUNNING and c.due_at is not None
    ]
    # What is written for a moment to come (a clock set back) begins to count then.
    to_come = [item.at for item in case.course.timeline if item.at > now]
    return Remembered(
        case=case,
        law=law.version,
        since=now,
        until=min([*running, *to_come], default=HORIZON),
        drifts=any(c.state is ClockState.BREACHED and c.stopped_at is None for c in clocks),
        late=any(c.state is ClockState.BREACHED for c in assessment.live_clocks),
        costs=bool(assessment.penalties or assessment.two_days_breaches),
        assessment=assessment,
    )


def _over(clock: ClockName, due_at: int) -> int:
    """The first moment at which a running clock counts as breached, epoch seconds."""
    return due_at if is_past_due(clock, due_at, due_at) else due_at + 1
