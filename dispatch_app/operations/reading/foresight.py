"""What a step would do, said before it is taken: refused and why, or which clocks it stops and when.

Nothing is written. The checks are those of the command itself; what another desk does in between is seen by
the command's own `expected_version`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.contract.clocks import ClockResult, FaultAssessment, assess_fault
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import (
    Assigned,
    ByEngineer,
    CancelKind,
    Cancelled,
    Confirmed,
    Detail,
    Fact,
    FactKind,
    Noted,
)
from dispatch_app.contract.moves import check_move
from dispatch_app.contract.penalties import Penalty
from dispatch_app.models import Fault, StaffMember
from dispatch_app.operations.fault_moves import (
    BY_ENGINEER,
    check_report_on_its_page,
    check_sendable,
    repeated,
)
from dispatch_app.operations.faults import AssignFault, CancelFault, RecordMilestone
from dispatch_app.operations.reading.view import View

Foreseeable = AssignFault | RecordMilestone | CancelFault


@dataclass(frozen=True, slots=True)
class Foresight:
    """What would come of a command.

    Attributes:
        refusal: Why it would be refused and what to do instead; None where it would be taken.
        stopped: The clocks it would stop, in time or too late.
        costs, spares: Sums that it would add, and that would fall away with it.
    """

    refusal: KnownError | None
    stopped: tuple[ClockResult, ...] = ()
    costs: tuple[Penalty, ...] = ()
    spares: tuple[Penalty, ...] = ()


def foresee(view: View, command: Foreseeable) -> Foresight:
    """What `command` would do at the view's moment."""
    try:
        before, after = _before_and_after(view, command)
    except KnownError as error:
        return Foresight(error)
    had = {(clock.cycle, clock.clock): clock.stopped_at for clock in before.clocks}
    stopped = tuple(
        clock
        for clock in after.clocks
        if clock.stopped_at is not None and clock.stopped_at != had.get((clock.cycle, clock.clock))
    )
    return Foresight(None, stopped, _beyond(after, before), _beyond(before, after))


def _before_and_after(view: View, command: Foreseeable) -> tuple[FaultAssessment, FaultAssessment]:
    fault = view.session.get(Fault, command.fault_id)
    if fault is None:
        raise KnownError("没有这件故障", "请在队列里选中一件故障再操作")
    kind, detail = _fact(view, fault, command)
    case = view.cases({fault.id: fault.version})[fault.id]
    at = view.now if command.at is None else command.at
    check_move(kind, at, case.facts, view.now)
    trial = Fact("~", kind, at, view.now, detail)
    plant = fault.site_id in view.plants
    return view.assess(case), assess_fault((*case.facts, trial), view.law.terms, view.now, plant=plant)


def _fact(view: View, fault: Fault, command: Foreseeable) -> tuple[FactKind, Detail]:
    match command:
        case AssignFault():
            person = view.session.get(StaffMember, command.staff_id)
            if person is None:
                raise KnownError("名单上没有这个人", "请从人员面板里选择")
            check_sendable(person)
            return FactKind.ASSIGNED, Assigned(person.id, person.name)
        case CancelFault():
            duplicate = command.kind is CancelKind.DUPLICATE
            of = repeated(view.session, fault, command.of) if duplicate else ""
            return FactKind.CANCELLED, Cancelled(command.kind, of, command.note)
        case _:
            check_report_on_its_page(view.session, command)
            return command.kind, _milestone(command)


def _milestone(command: RecordMilestone) -> Detail:
    if command.kind in BY_ENGINEER:
        return ByEngineer(note=command.note)
    if command.kind is FactKind.CONFIRMED:
        return Confirmed(command.procedure, command.note)
    return Noted(command.note)


def _beyond(one: FaultAssessment, other: FaultAssessment) -> tuple[Penalty, ...]:
    """Sums that the first has and the second has not; the moment they fell due may differ."""
    known = {(penalty.clause, penalty.cycle, penalty.fact_id) for penalty in other.penalties}
    return tuple(
        penalty for penalty in one.penalties if (penalty.clause, penalty.cycle, penalty.fact_id) not in known
    )
