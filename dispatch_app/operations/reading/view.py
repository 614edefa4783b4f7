"""What every read is given: one state of the database, the law in force, and one present moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.clocks import ClockState, FaultAssessment, assess_fault
from dispatch_app.models import Fault
from dispatch_app.operations.case import HORIZON, Case
from dispatch_app.operations.law import Law
from dispatch_app.operations.projection import plant_sites
from dispatch_app.operations.reading.standards import KeptStandards
from dispatch_app.storage.facts import load_facts


@dataclass(frozen=True, slots=True)
class _Remembered:
    """An assessment with what it holds for: a case, a law, and the moments from `since` to before `until`.

    `drifts`: a breach nobody has stopped; its seconds grow though nothing else changes.
    """

    case: Case
    law: str
    since: int
    until: int
    drifts: bool
    assessment: FaultAssessment


class CaseMemory:
    """Facts already read and what came of them. A fault's facts only grow and its version counts them, so
    what is remembered of a version is never out of date. Any thread may use it."""

    MOST = 2000

    def __init__(self) -> None:
        self._cases: dict[str, Case] = {}
        self._assessed: dict[str, _Remembered] = {}
        self.standards = KeptStandards()

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

    def assessment(self, case: Case, view: View, *, exact: bool) -> FaultAssessment:
        """What the contract says of a case at the view's moment; not `exact`: but for growing lateness."""
        held = self._assessed.get(case.fault_id)
        if (
            held is None
            or held.case is not case
            or held.law != view.law.version
            or not held.since <= view.now < held.until
            or (exact and held.drifts and held.since != view.now)
        ):
            held = _assess(case, view)
            self._assessed[case.fault_id] = held
        return held.assessment


def _assess(case: Case, view: View) -> _Remembered:
    plant = case.fields["site"] in view.plants
    assessment = assess_fault(case.facts, view.law.terms, view.now, plant=plant)
    running = [
        clock.due_at
        for clock in assessment.clocks
        if clock.state is ClockState.RUNNING and clock.due_at is not None
    ]
    # What is written for a moment to come (a clock set back) begins to count then.
    to_come = [item.at for item in case.course.timeline if item.at > view.now]
    drifts = any(
        clock.state is ClockState.BREACHED and clock.stopped_at is None for clock in assessment.clocks
    )
    until = min([*running, *to_come], default=HORIZON)
    return _Remembered(case, view.law.version, view.now, until, drifts, assessment)


@dataclass(frozen=True)
class View:
    """`now`: epoch seconds UTC."""

    session: Session
    law: Law
    now: int
    memory: CaseMemory

    @cached_property
    def plants(self) -> frozenset[str]:
        """Ids of sites that are outdoor plant."""
        return plant_sites(self.session)

    @cached_property
    def on_desk(self) -> dict[str, int]:
        """Id → version of the open faults, the oldest first."""
        rows = self.session.execute(
            select(Fault.id, Fault.version).where(Fault.open).order_by(Fault.reported_at, Fault.number)
        )
        return {row.id: row.version for row in rows}

    def assess(self, case: Case) -> FaultAssessment:
        """What the contract says about a fault at this moment."""
        return self.memory.assessment(case, self, exact=True)

    def standing(self, case: Case) -> FaultAssessment:
        """The same for who counts and does not measure: the seconds of a running breach may be some old."""
        return self.memory.assessment(case, self, exact=False)

    def cases(self, versions: Mapping[str, int]) -> dict[str, Case]:
        """Fault id → case, for these ids and versions."""
        return self.memory.cases(self.session, versions)
