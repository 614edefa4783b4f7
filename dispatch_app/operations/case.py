"""A fault as its facts tell it: what every handler and every projection starts from."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property

from dispatch_app.contract.facts import Amended, Confirmed, Fact, FactKind, Grouped, Procedure, Reported
from dispatch_app.contract.history import ENDS, Course, CycleFacts, course
from dispatch_app.contract.moves import Stage, stage_of
from dispatch_app.operations.engagements import engagements
from dispatch_app.operations.rows import Engagement

REPORT_FIELDS = tuple(field.name for field in fields(Reported))
OVER = frozenset({Stage.CLOSED, Stage.CANCELLED})
"""Stages in which a fault is off the desk; a resolved one still waits to be filed."""

HORIZON = 1 << 40
"""A moment after everything that can have happened, epoch seconds."""


@dataclass(frozen=True)
class Case:
    """`facts` in order of commit; `now`: what lies after it does not count, epoch seconds."""

    fault_id: str
    facts: tuple[Fact, ...]
    now: int = HORIZON

    @cached_property
    def course(self) -> Course:
        return course(self.facts, self.now)

    @cached_property
    def report(self) -> Fact:
        """The report as first written."""
        return next(fact for fact in self.facts if fact.kind is FactKind.REPORTED)

    @cached_property
    def fields(self) -> dict[str, str]:
        """The report's fields with every amendment that stands; truths as "1" and "0"."""
        written = {name: getattr(self.report.detail, name) for name in REPORT_FIELDS}
        found = {name: _text(value) for name, value in written.items()}
        for item in self.course.timeline:
            detail = item.fact.detail
            if isinstance(detail, Amended) and detail.field in found and not item.voided:
                found[detail.field] = detail.after
        return found

    @cached_property
    def stage(self) -> Stage:
        return stage_of(self.course)

    @property
    def open(self) -> bool:
        return self.stage not in OVER

    @property
    def cycle(self) -> CycleFacts:
        """The present cycle. There always is one: at the desk a report is never taken back."""
        return self.course.cycles[-1]

    @property
    def reported_at(self) -> int:
        """The report that opened the fault, epoch seconds."""
        return self.course.cycles[0].start

    @property
    def ended_at(self) -> int | None:
        """When the fault left the desk, epoch seconds; None while it is open."""
        if self.open:
            return None
        return max(item.at for item in self.cycle.facts if item.kind in ENDS)

    @cached_property
    def procedure(self) -> Procedure | None:
        """The procedure confirmed last in the present cycle."""
        details = [item.fact.detail for item in self.cycle.facts]
        named = [detail.procedure for detail in details if isinstance(detail, Confirmed) and detail.procedure]
        return named[-1] if named else None

    @cached_property
    def group(self) -> str:
        """The concurrent group joined last; empty for none."""
        details = [item.fact.detail for item in self.cycle.facts]
        joined = [detail.group for detail in details if isinstance(detail, Grouped)]
        return joined[-1] if joined else ""

    @cached_property
    def engagements(self) -> tuple[Engagement, ...]:
        return engagements(self.course)


def _text(value: object) -> str:
    return ("1" if value else "0") if isinstance(value, bool) else str(value)
