"""来电记录: calls that become no fault of their own. They run no clock, and they stay on record."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from dispatch_app.contract.calls import ABOUT_A_FAULT, CALL_WORDS, CallKind
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.contract.moves import OPEN_STAGES, Stage, check_move
from dispatch_app.models import CallRecord, Fault
from dispatch_app.operations.calls import discard
from dispatch_app.operations.changes import NOTHING, Changes, UndoTicket
from dispatch_app.operations.job import Job
from dispatch_app.operations.promises import Promised, promise, withdraw_promises
from dispatch_app.operations.sites import site

SUBJECT = "call"
"""Subject of the desk facts this module writes."""


@dataclass(frozen=True, slots=True)
class RecordCall:
    """A call that is no fault, or one more about a fault in hand.

    Attributes:
        answered_at: When it was answered, epoch seconds UTC.
        site_id: The site it was about, empty for none.
        fault_id: The fault it was about; 同一故障 must name one, 催办 and 投诉 may.
        ring_back_at: By when the caller was promised to be rung back, None for no promise.
    """

    kind: CallKind
    answered_at: int
    site_id: str = ""
    fault_id: str = ""
    caller: str = ""
    unit: str = ""
    callback: str = ""
    line: str = ""
    note: str = ""
    ring_back_at: int | None = None
    draft_id: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawCall:
    """撤回 a call record: a further fact says so, both stay in the log. Repeating it does nothing."""

    call_id: str


def record_call(job: Job, command: RecordCall) -> Changes:
    """Keep the call, and drop its draft. `Changes.created` is its id.

    Raises:
        KnownError: It has not happened yet, or the fault it needs is missing or has ended.
    """
    check_move(FactKind.REPORTED, command.answered_at, (), job.now)
    fault = _fault(job, command)
    place = site(job, command.site_id) if command.site_id else None
    call_id = str(uuid4())
    said = {
        "kind": command.kind.value,
        "line": command.line.strip(),
        "caller": command.caller.strip(),
        "unit": command.unit.strip(),
        "callback": command.callback.strip(),
        "site_id": place.id if place is not None else "",
        "fault_id": fault.id if fault is not None else "",
        "note": command.note.strip(),
    }
    job.work.append_desk_fact(SUBJECT, call_id, "answered", said, command.answered_at)
    job.session.add(
        CallRecord(
            id=call_id,
            answered_at=command.answered_at,
            recorded_at=job.now,
            operator_name=job.work.stamp.operator_name,
            **said,
        )
    )
    dropped = bool(command.draft_id) and discard(job, command.draft_id)
    message = _message(command, fault)
    return Changes(
        faults=frozenset({fault.id}) if fault is not None else NOTHING,
        drafts=frozenset({command.draft_id}) if dropped else NOTHING,
        promises=_promise(job, command, call_id, fault),
        calls=frozenset({call_id}),
        message=message,
        undo=UndoTicket(message, WithdrawCall(call_id)),
        created=call_id,
    )


def withdraw_call(job: Job, command: WithdrawCall) -> Changes:
    """The call was recorded by mistake: its row goes, and what was promised in it."""
    row = job.session.get(CallRecord, command.call_id)
    if row is None:
        return Changes(message="这条来电记录已经撤回")
    job.work.append_desk_fact(SUBJECT, row.id, "withdrawn", {})
    promises = withdraw_promises(job, row.id)
    job.session.delete(row)
    return Changes(
        faults=frozenset({row.fault_id}) if row.fault_id else NOTHING,
        promises=promises,
        calls=frozenset({row.id}),
        message=f"已撤回来电记录：{CALL_WORDS[CallKind(row.kind)]} {row.caller}".rstrip(),
    )


def _fault(job: Job, command: RecordCall) -> Fault | None:
    if command.kind not in ABOUT_A_FAULT:
        return None
    fault = job.session.get(Fault, command.fault_id)
    if command.fault_id and fault is None:
        raise KnownError("没有这件故障", "请重新选站点，再看在办故障")
    if command.kind is CallKind.SAME_FAULT:
        if fault is None:
            raise KnownError("没有选同一故障是哪一件", "请先选站点，再选它的在办故障", "site")
        if Stage(fault.stage) not in OPEN_STAGES:
            raise KnownError(f"{fault.number} 已经结束", "故障又出现时请重开它，或登记为新的故障")
    return fault


def _promise(job: Job, command: RecordCall, call_id: str, fault: Fault | None) -> frozenset[str]:
    if command.ring_back_at is None:
        return NOTHING
    parts = [CALL_WORDS[command.kind]]
    if fault is not None:
        parts += [fault.number, fault.site_name]
    about = " ".join([*parts, command.note.strip()]).rstrip()
    fault_id = fault.id if fault is not None else ""
    what = Promised(fault_id, call_id, command.caller.strip(), command.callback.strip(), about)
    return frozenset({promise(job, command.ring_back_at, what)})


def _message(command: RecordCall, fault: Fault | None) -> str:
    who = command.caller.strip() or command.callback.strip() or "来电人"
    if fault is not None and command.kind is CallKind.SAME_FAULT:
        return f"{who} 已记为 {fault.number} 的又一位来电人，没有另立故障，时限不变"
    about = f" {fault.number}" if fault is not None else ""
    return f"已记来电：{CALL_WORDS[command.kind]}{about}，不起算时限"
