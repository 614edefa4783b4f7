"""交接班 and 顶班: the desk goes from one person to another, on paper and on record."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dispatch_app.contract.calendar_beijing import HOUR, moment_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.job import Job
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.reading.shift import COVER, HANDOVER, duty
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.settings import ChooseOperator, choose_operator
from dispatch_app.operations.shift_papers import year_number
from dispatch_app.operations.shift_rows import DutyRow
from dispatch_app.operations.shift_sheets import handover_sheet
from dispatch_app.operations.staff import member

LONGEST_COVER = 12 * HOUR
"""What takes longer is a handover, seconds."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """交班 to somebody, with what else they must know. `Changes.created` is the sheet's id."""

    staff_id: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CoverDesk:
    """顶班: somebody minds the desk until a moment, epoch seconds UTC."""

    staff_id: str
    until: int


@dataclass(frozen=True, slots=True)
class ReturnDesk:
    """The owner is back and has the desk again."""


def hand_over(job: Job, command: HandOver) -> Changes:
    """Issue the sheet, record both names, and make the incoming person the operator: all or nothing.

    Raises:
        KnownError: Nobody was chosen, the same person, somebody who has left, or a cover is under way.
    """
    view = job_view(job)
    now_on = duty(view)
    person = _other(job, now_on, command.staff_id, "接班人")
    if now_on.cover is not None:
        raise KnownError(
            f"{now_on.operator_name} 正在替 {now_on.cover.owner_name} 顶班",
            f"请先由 {now_on.cover.owner_name} 收回，再办交接班",
        )
    sheet = handover_sheet(view, person, command.note, "交接")
    number = year_number(job, "交接", DocumentKind.HANDOVER)
    names = f"{sheet.outgoing} 交 {sheet.incoming}"
    document = issue(
        job, DocumentKind.HANDOVER, person, f"交接班表 {number} {names}", replace(sheet, number=number)
    )
    taken = choose_operator(job, ChooseOperator(person))
    payload = {
        "number": number,
        "document": document.id,
        "outgoing": now_on.operator_id,
        "outgoing_name": sheet.outgoing,
        "incoming": person,
        "incoming_name": sheet.incoming,
        "open": len(sheet.faults),
        "note": sheet.note,
    }
    job.work.append_desk_fact(HANDOVER, document.id, "handed_over", payload)
    return replace(
        taken,
        documents=frozenset({document.id}),
        message=f"{names}，交接班表 {number} 已出",
        created=document.id,
    )


def cover_desk(job: Job, command: CoverDesk) -> Changes:
    """Hand the desk over for a while; whose it is stays on record.

    Raises:
        KnownError: The same person, somebody who has left, a cover under way, or an end that is none.
    """
    now_on = duty(job_view(job))
    person = _other(job, now_on, command.staff_id, "顶班的人")
    if now_on.cover is not None:
        raise KnownError(f"{now_on.operator_name} 已在顶班", "请先收回，再换人顶班")
    if not job.now < command.until <= job.now + LONGEST_COVER:
        raise KnownError("顶班的结束时间不对", "须在此刻之后、12 小时之内；更久请办交接班", "until")
    taken = choose_operator(job, ChooseOperator(person))
    payload = {
        "owner": now_on.operator_id,
        "owner_name": now_on.operator_name,
        "since": now_on.since,
        "until": command.until,
    }
    # After the change of operator: what comes last on the chain says how things stand.
    job.work.append_desk_fact(COVER, person, "began", payload)
    name = member(job, person).name
    until = moment_text(command.until)[11:16]
    return replace(taken, message=f"{name} 替 {now_on.operator_name} 顶班到 {until}")


def return_desk(job: Job, _command: ReturnDesk) -> Changes:
    """Give the desk back to its owner.

    Raises:
        KnownError: Nobody covers, or the owner has left meanwhile.
    """
    now_on = duty(job_view(job))
    if now_on.cover is None:
        raise KnownError("现在没有人顶班", "要换值班员，请办交接班，或在窗口右上角换人")
    owner = now_on.cover.owner_id
    taken = choose_operator(job, ChooseOperator(owner))
    payload = {
        "by": now_on.operator_id,
        "by_name": now_on.operator_name,
        "since": now_on.cover.owner_since,
        "until": now_on.cover.until,
    }
    job.work.append_desk_fact(COVER, owner, "returned", payload)
    return replace(taken, message=f"{now_on.cover.owner_name} 已收回，{now_on.operator_name} 顶班结束")


def _other(job: Job, now_on: DutyRow, staff_id: str, who: str) -> str:
    """The id of whoever is to have the desk, who is not the one that has it."""
    if not staff_id:
        raise KnownError(f"没有选{who}", "请从名单里选一个人", "staff_id")
    person = member(job, staff_id)
    if person.id == now_on.operator_id:
        raise KnownError(f"{person.name} 就是现在的值班员", f"{who}须是另一个人", "staff_id")
    return person.id
