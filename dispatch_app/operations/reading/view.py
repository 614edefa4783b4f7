"""What every read is given: one state of the database, the law in force, and one present moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from dispatch_app.contract.clocks import FaultAssessment
from dispatch_app.operations.case import HORIZON, Case
from dispatch_app.operations.law import Law
from dispatch_app.operations.reading.board import Board
from dispatch_app.operations.reading.memory import CaseMemory, Remembered, Standings

__all__ = ["CaseMemory", "View"]


@dataclass(frozen=True)
class View:
    """`now`: epoch seconds UTC. `board`: what stands on the desk in the state that `session` sees."""

    session: Session
    law: Law
    now: int
    memory: CaseMemory
    board: Board

    @property
    def plants(self) -> frozenset[str]:
        """Ids of sites that are outdoor plant."""
        return self.board.plants

    @property
    def on_desk(self) -> dict[str, int]:
        """Id → version of the open faults, the oldest first."""
        return self.board.versions

    @cached_property
    def standings(self) -> Standings:
        """What the contract says of every open fault, as `standing` says it."""
        kept = self.memory.standings
        if kept is None or not kept.holds(self.board, self.law.version, self.now):
            kept = self._standings()
            self.memory.standings = kept
        return kept

    def _standings(self) -> Standings:
        kept = self.memory.standings
        # A command changes one fault of many: what was counted of the others is taken over.
        before = kept.each if kept is not None and kept.lasts(self.law.version, self.now) else {}
        each: dict[str, Remembered] = {}
        for fault_id, one in self.board.faults.items():
            held = before.get(fault_id)
            if held is None or held.case is not one.case:
                held = self._remembered(one.case, exact=False)
            each[fault_id] = held
        return Standings(
            of=self.board,
            law=self.law.version,
            since=max((one.since for one in each.values()), default=self.now),
            until=min((one.until for one in each.values()), default=HORIZON),
            late=sum(one.late for one in each.values()),
            costly=tuple((fault_id, one.assessment) for fault_id, one in each.items() if one.costs),
            each=each,
        )

    def assess(self, case: Case) -> FaultAssessment:
        """What the contract says about a fault at this moment."""
        return self._remembered(case, exact=True).assessment

    def standing(self, case: Case) -> FaultAssessment:
        """The same for who counts and does not measure: the seconds of a running breach may be some old."""
        return self._remembered(case, exact=False).assessment

    def cases(self, versions: Mapping[str, int]) -> dict[str, Case]:
        """Fault id → case, for these ids and versions."""
        return self.memory.cases(self.session, versions)

    def _remembered(self, case: Case, *, exact: bool) -> Remembered:
        return self.memory.remembered(case, self.law, self.now, self.board.plants, exact=exact)
