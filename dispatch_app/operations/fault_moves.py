"""派单, the milestones, 销单 and everything else that happens to a fault, one fact at a time."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import (
    Amended,
    Assigned,
    ByEngineer,
    CancelKind,
    Cancelled,
    Confirmed,
    Detail,
    Fact,
    FactKind,
    Grouped,
    Noted,
    Part,
    ThirdParty,
    ThirdPartyCause,
)
from dispatch_app.contract.history import ENDS
from dispatch_app.contract.moves import MILESTONES, check_move
from dispatch_app.models import Fault, SpecialReport, StaffMember
from dispatch_app.operations.case import Case
from dispatch_app.operations.changes import Changes, UndoTicket
from dispatch_app.operations.engagements import RELEASED
from dispatch_app.operations.fault_checks import (
    check_group_may_close,
    check_version,
    engineer_of,
    fault_and_case,
    staff_touched,
    when,
    yuan,
)
from dispatch_app.operations.faults import (
    AssignFault,
    CancelFault,
    GroupFaults,
    RecordMilestone,
    RecordThirdParty,
    ReleaseEngineer,
    UndoFacts,
)
from dispatch_app.operations.job import Job
from dispatch_app.operations.projection import NewFact, append
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import member
from dispatch_app.operations.typed_text import clean
from dispatch_app.operations.words import CANCEL_WORDS, FACT_WORDS, PROCEDURE_WORDS, STATE_WORDS

TURNS = ENDS | {FactKind.REOPENED}
"""Facts after which a fault is another than the one the screen showed."""
BY_ENGINEER = frozenset({FactKind.ACKNOWLEDGED, FactKind.DEPARTED, FactKind.ARRIVED, FactKind.REPAIR_STARTED})
_STEP_BEFORE = {
    FactKind.ACKNOWLEDGED: StaffState.ASSIGNED,
    FactKind.DEPARTED: StaffState.ASSIGNED,
    FactKind.ARRIVED: StaffState.EN_ROUTE,
    FactKind.REPAIR_STARTED: StaffState.ON_SCENE,
}
_NOTED = frozenset(
    {
        FactKind.SPECIAL_REPORT_SUBMITTED,
        FactKind.INSTRUCTION_RECEIVED,
        FactKind.RESOLVED,
        FactKind.CLOSED,
        FactKind.REOPENED,
        FactKind.UNREACHABLE,
    }
)


def assign(job: Job, command: AssignFault) -> Changes:
    """Name an engineer; a second one adds, and naming one who is named already does nothing.

    Raises:
        KnownError: The person cannot be sent, or the fault has ended.
    """
    row, case = fault_and_case(job, command.fault_id)
    person = member(job, command.staff_id)
    check_sendable(person)
    if any(engaged.staff_id == person.id for engaged in case.engagements):
        return Changes(message=f"{row.number} 已经派给 {person.name}")
    check_version(row, case, command.expected_version, lambda fact: fact.kind in TURNS)
    at = job.now if command.at is None else command.at
    facts: list[NewFact] = [(FactKind.ASSIGNED, at, Assigned(person.id, person.name))]
    return record(job, row, case, facts, f"{row.number} 已派给 {person.name}")


def release(job: Job, command: ReleaseEngineer) -> Changes:
    """Take somebody off a fault; taking off who is not on it does nothing."""
    row, case = fault_and_case(job, command.fault_id)
    person = member(job, command.staff_id)
    if all(engaged.staff_id != person.id for engaged in case.engagements):
        return Changes(message=f"{person.name} 不在 {row.number} 上")
    check_version(row, case, command.expected_version, lambda fact: fact.kind in TURNS)
    if not clean(command.reason):
        raise KnownError("没有写撤出的原因", "请写明原因，例如「联系不上，改派」", "reason")
    detail = Amended(RELEASED, person.id, "", clean(command.reason))
    message = f"{person.name} 已从 {row.number} 撤出"
    return record(job, row, case, [(FactKind.AMENDED, job.now, detail)], message)


def milestone(job: Job, command: RecordMilestone) -> Changes:
    """Record one milestone; the same one a second time, by a screen that had not seen it, does nothing.

    Raises:
        KnownError: It cannot have happened, or the fault was changed in a way that matters.
    """
    row, case = fault_and_case(job, command.fault_id)
    detail = _milestone_detail(job, case, command)
    unseen = case.facts[command.expected_version :]
    if any(_same_step(fact, command.kind, detail) for fact in unseen):
        return Changes(
            faults=frozenset({row.id}), message=f"{row.number} 的{FACT_WORDS[command.kind]}已经记过"
        )
    check_version(row, case, command.expected_version, lambda fact: _upsets(fact, command.kind))
    if command.kind is FactKind.CLOSED:
        check_group_may_close(job, row)
    check_report_on_its_page(job.session, command)
    at = job.now if command.at is None else command.at
    said = f"：{PROCEDURE_WORDS[command.procedure]}" if command.procedure else ""
    message = f"{row.number} {FACT_WORDS[command.kind]} {when(at, job.now)}{said}"
    return record(job, row, case, [(command.kind, at, detail)], message)


def cancel(job: Job, command: CancelFault) -> Changes:
    """销单; a duplicate names the fault it repeats."""
    row, case = fault_and_case(job, command.fault_id)
    check_version(
        row, case, command.expected_version, lambda fact: fact.kind in (*MILESTONES, FactKind.REOPENED)
    )
    of = repeated(job.session, row, command.of.strip()) if command.kind is CancelKind.DUPLICATE else ""
    at = job.now if command.at is None else command.at
    detail = Cancelled(command.kind, of, clean(command.note))
    message = f"{row.number} 已销单：{CANCEL_WORDS[command.kind]}{of}"
    return record(job, row, case, [(FactKind.CANCELLED, at, detail)], message)


def third_party(job: Job, command: RecordThirdParty) -> Changes:
    """甲方 had somebody else do it (四.6)."""
    row, case = fault_and_case(job, command.fault_id)
    check_version(row, case, command.expected_version, lambda fact: fact.kind is FactKind.THIRD_PARTY)
    if command.cause not in set(ThirdPartyCause):
        raise KnownError("没有选委托第三方的原因", "请选择逾期、无力处理或其他", "cause")
    parts = tuple(_part(*part) for part in command.parts)
    detail = ThirdParty(ThirdPartyCause(command.cause), yuan(command.labour, "人工费", "labour"), parts)
    at = job.now if command.at is None else command.at
    return record(job, row, case, [(FactKind.THIRD_PARTY, at, detail)], f"{row.number} 已记甲方委托第三方")


def group(job: Job, command: GroupFaults) -> Changes:
    """Join faults into one concurrent group; those already in it are left alone."""
    if len(set(command.fault_ids)) < 2:
        raise KnownError("并发至少要两件故障", "请多选几件同一原因的故障")
    at = job.now if command.at is None else command.at
    found = [fault_and_case(job, fault_id) for fault_id in dict.fromkeys(command.fault_ids)]
    name = found[0][1].group or found[0][0].number
    joining = [(row, case) for row, case in found if case.group != name]
    for row, case in joining:
        record(job, row, case, [(FactKind.GROUPED, at, Grouped(name))], "")
    if not joining:
        return Changes(message=f"这些故障已在并发组 {name} 里")
    message = f"{'、'.join(row.number for row, _ in joining)} 已并入多节并发 {name}"
    return Changes(faults=frozenset(row.id for row, _ in found), message=message)


def record(job: Job, row: Fault, case: Case, facts: list[NewFact], message: str) -> Changes:
    """Write facts that the contract lets happen, with the ticket that takes them back.

    Raises:
        KnownError: One of them cannot have happened.
    """
    for kind, at, _ in facts:
        check_move(kind, at, case.facts, job.now)
    ids = append(job, case.fault_id, facts, before=case)
    return Changes(
        faults=frozenset({case.fault_id}),
        staff=staff_touched(case, facts),
        sites=frozenset({row.site_id}),
        message=message,
        undo=UndoTicket(message, UndoFacts(case.fault_id, ids)),
    )


def check_sendable(person: StaffMember) -> None:
    """Raises KnownError if this person can be sent nowhere."""
    if person.call_taker:
        raise KnownError(f"{person.name} 负责接线派单，不出现场", "请选择技术人员")
    if person.availability in (StaffState.ON_LEAVE, StaffState.LEFT):
        word = STATE_WORDS[StaffState(person.availability)]
        remedy = (
            "离职之日起不得再接触维护工作（四.3），请另选一人"
            if person.availability == StaffState.LEFT
            else "请另选一人；已经回来上班的，先把状态改为待命"
        )
        raise KnownError(f"{person.name} 已{word}，不能派单", remedy)


def _milestone_detail(job: Job, case: Case, command: RecordMilestone) -> Detail:
    if command.kind in BY_ENGINEER:
        return _by_whom(job, case, command)
    if command.kind is FactKind.CONFIRMED:
        if command.procedure is None:
            raise KnownError("现场确认须选定处理程序", "请选择常规、维修、专报或厂家维保", "procedure")
        return Confirmed(command.procedure, clean(command.note))
    if command.kind in _NOTED:
        return Noted(clean(command.note), clean(command.document))
    raise ValueError(f"{command.kind} is no milestone of RecordMilestone")


def _by_whom(job: Job, case: Case, command: RecordMilestone) -> ByEngineer:
    note = clean(command.note)
    if command.staff_id:
        person = member(job, command.staff_id)
        if person.availability == StaffState.LEFT:
            raise KnownError(f"{person.name} 已离职", "离职之日起不得再接触维护工作（四.3），请核对人员")
        return ByEngineer(person.id, person.name, note)
    # Where only one can be meant, that one is.
    due = [person for person in case.engagements if person.state is _STEP_BEFORE[command.kind]]
    for meant in (due, case.engagements):
        if len(meant) == 1:
            return ByEngineer(meant[0].staff_id, meant[0].name, note)
    return ByEngineer(note=note)


def _same_step(fact: Fact, kind: FactKind, detail: Detail) -> bool:
    return (
        fact.kind is kind
        and kind not in (FactKind.UNREACHABLE, FactKind.CONFIRMED)
        and (engineer_of(fact.detail) == engineer_of(detail))
    )


def _upsets(fact: Fact, kind: FactKind) -> bool:
    return kind is not FactKind.UNREACHABLE and fact.kind in TURNS | {FactKind.CONFIRMED, FactKind.CORRECTED}


def check_report_on_its_page(session: Session, command: RecordMilestone) -> None:
    """Raises KnownError for a step of the 专报 where the 专报's own page keeps number and copy."""
    if command.kind not in (FactKind.SPECIAL_REPORT_SUBMITTED, FactKind.INSTRUCTION_RECEIVED):
        return
    written = select(SpecialReport.id).where(SpecialReport.fault_id == command.fault_id)
    if session.scalar(written) is not None:
        word = FACT_WORDS[command.kind]
        raise KnownError(f"这件故障已起草专报，{word}在专报页登记", "请到专报页操作，编号与留底才会一致")


def repeated(session: Session, row: Fault, number: str) -> str:
    """Number of the fault that `row` repeats. Raises KnownError if there is no other of that number."""
    if not number:
        raise KnownError("没有写与哪件故障重复", "请填那件故障的编号，例如 A-0007", "of")
    other = session.scalar(select(Fault).where(Fault.number == number.upper()))
    if other is None or other.id == row.id:
        raise KnownError(f"没有另一件故障叫 {number}", "请核对编号", "of")
    return other.number


def _part(name: str, price: str, quantity: int) -> Part:
    if not name.strip():
        raise KnownError("零件没有名称", "请写零件名称", "parts")
    if quantity < 1:
        raise KnownError(f"{name} 的数量不是正整数", "数量至少为 1", "parts")
    return Part(name.strip(), yuan(price, f"{name} 的单价", "parts"), quantity)
