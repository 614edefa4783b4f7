"""A desk with the few moves every test needs, and a clock the test moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import event

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AssignFault, RecordMilestone, RegisterFault
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import FaultRow
from dispatch_app.storage.database import Database

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
KEY = bytes(range(32))
MORNING = parse_moment("2024-11-22 08:30")


@dataclass
class FakeClock:
    at: int = MORNING

    def now(self) -> int:
        return self.at


@dataclass
class Scene:
    """A desk with the few moves every test needs. Times of day are on 2024-11-22 in Beijing."""

    database: Database
    clock: FakeClock
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.database, self.clock, RESOURCES)

    @property
    def queries(self) -> Queries:
        return self.desk.queries

    def time(self, text: str) -> int:
        return parse_moment(f"2024-11-22 {text}" if len(text) < 10 else text)

    def at(self, text: str) -> Scene:
        """It is now this time of day."""
        self.clock.at = self.time(text)
        return self

    def do(self, command: object) -> Changes:
        return self.desk.perform(command)

    def register(self, site: str = "shizhengfu", symptom: str = "断网", **says: Any) -> str:
        return self.do(RegisterFault(self.clock.at, site, symptom, **says)).created

    def row(self, fault_id: str) -> FaultRow:
        return self.queries.fault_rows([fault_id])[0]

    def version(self, fault_id: str) -> int:
        return self.row(fault_id).version

    def send(self, fault_id: str, staff_id: str = "zhangyiming", **says: Any) -> Changes:
        return self.do(AssignFault(fault_id, staff_id, self.version(fault_id), **says))

    def mark(self, fault_id: str, kind: FactKind, **says: Any) -> Changes:
        return self.do(RecordMilestone(fault_id, kind, self.version(fault_id), **says))

    def confirm(self, fault_id: str, procedure: Procedure = Procedure.ROUTINE, **says: Any) -> Changes:
        return self.mark(fault_id, FactKind.CONFIRMED, procedure=procedure, **says)

    def finish(self, fault_id: str) -> None:
        self.mark(fault_id, FactKind.RESOLVED)
        self.mark(fault_id, FactKind.CLOSED)

    def statements(self, question: Any) -> int:
        """How many statements a question issues."""
        counted: list[str] = []

        def count(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
            counted.append(statement)

        engine = self.database._readers
        event.listen(engine, "before_cursor_execute", count)
        try:
            question()
        finally:
            event.remove(engine, "before_cursor_execute", count)
        return len(counted)
