"""What every read is given: one state of the database, the law in force, and one present moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from dispatch_app.contract.clocks import FaultAssessment, assess_fault
from dispatch_app.models import Fault
from dispatch_app.operations.case import Case
from dispatch_app.operations.law import Law
from dispatch_app.operations.projection import plant_sites
from dispatch_app.storage.facts import load_facts


class CaseMemory:
    """Facts already read. A fault's facts only grow and its version counts them, so what is remembered of
    a version is never out of date. Any thread may use it."""

    MOST = 2000

    def __init__(self) -> None:
        self._cases: dict[str, Case] = {}

    def cases(self, session: Session, rows: Sequence[Fault]) -> dict[str, Case]:
        """Fault id → case; at most one statement (for five hundred faults) whatever is asked for."""
        found = {row.id: self._cases.get(row.id) for row in rows}
        stale = [row.id for row in rows if not _current(found[row.id], row)]
        fresh = {
            fault_id: Case(fault_id, tuple(item.fact for item in stored))
            for fault_id, stored in load_facts(session, stale).items()
        }
        if len(self._cases) + len(fresh) > self.MOST:
            self._cases = {}
        self._cases.update(fresh)
        return {row.id: fresh.get(row.id) or _known(found[row.id]) for row in rows}


def _current(case: Case | None, row: Fault) -> bool:
    return case is not None and len(case.facts) == row.version


def _known(case: Case | None) -> Case:
    assert case is not None
    return case


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

    def assess(self, case: Case) -> FaultAssessment:
        """What the contract says about a fault at this moment."""
        return assess_fault(case.facts, self.law.terms, self.now, plant=case.fields["site"] in self.plants)

    def cases(self, rows: Iterable[Fault]) -> dict[str, Case]:
        """Fault id → case of these rows."""
        return self.memory.cases(self.session, list(rows))
