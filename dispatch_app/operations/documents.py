"""Papers: issuing fixes number, time and copy; what was issued is kept and can be printed again."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select

from dispatch_app.contract.calendar_beijing import date_of, date_text, start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import Fault, IssuedDocument, PrintJob
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.import_record import waiting
from dispatch_app.operations.job import Job
from dispatch_app.operations.later import Later
from dispatch_app.operations.numbers import next_number
from dispatch_app.operations.reading.board import read_board
from dispatch_app.operations.reading.ledger import Ledger
from dispatch_app.operations.reading.view import CaseMemory, View
from dispatch_app.operations.rows import DocumentKind

if TYPE_CHECKING:
    from dispatch_app.operations import adjustments, paper_store, sheets
    from dispatch_app.operations.reading import settlement
else:
    adjustments = Later("adjustments")
    paper_store = Later("paper_store")
    settlement = Later("reading.settlement")
    sheets = Later("sheets")


@dataclass(frozen=True, slots=True)
class IssueWorkOrder:
    """派工单 of a fault for one engineer. `Changes.created` is the document's id."""

    fault_id: str
    staff_id: str


@dataclass(frozen=True, slots=True)
class IssueTally:
    """违约结算表 for a period, half-open, epoch seconds at Beijing midnights."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RecordPrint:
    """A copy went to a printer or a file: who, when, where to, and whether it worked."""

    document_id: str
    target: str
    succeeded: bool
    detail: str = ""


def job_view(job: Job) -> View:
    """What a read within the transaction sees, its own writes included."""
    job.session.flush()
    memory = CaseMemory()
    board = read_board(job.session, job.law.shipped, memory, start_of(date_of(job.now)))
    return View(job.session, job.law, job.now, memory, board)


def issue_work_order(job: Job, command: IssueWorkOrder) -> Changes:
    """Number and keep the order; one that this engineer has in the present cycle is answered with.

    Raises:
        KnownError: The person is not named for the fault, or the sheet cannot be printed.
    """
    view = job_view(job)
    sheet = sheets.work_order_sheet(
        view, command.fault_id, command.staff_id, "", job.work.stamp.operator_name
    )
    fault = job.session.get_one(Fault, command.fault_id)
    former = _former_order(job, fault, command.staff_id)
    if former is not None:
        message = f"派工单 {former.number} 已开过，可补打"
        return Changes(documents=frozenset({former.id}), message=message, created=former.id)
    number = f"{fault.number}-{next_number(job.session, f'work_order:{fault.number}')}"
    document = paper_store.issue(
        job,
        DocumentKind.WORK_ORDER,
        fault.id,
        f"派工单 {number} {sheet.engineer} {sheet.site}",
        replace(sheet, number=number),
        {"staff_id": command.staff_id},
    )
    return Changes(documents=frozenset({document.id}), message=f"派工单 {number} 已开", created=document.id)


def _former_order(job: Job, fault: Fault, staff_id: str) -> IssuedDocument | None:
    """The order this engineer already has in the fault's present cycle."""
    orders = job.session.scalars(
        select(IssuedDocument).where(
            IssuedDocument.kind == DocumentKind.WORK_ORDER.value,
            IssuedDocument.subject_id == fault.id,
            IssuedDocument.issued_at >= fault.cycle_reported_at,
        )
    )
    return next((one for one in orders if json.loads(one.sheet)["content"]["staff_id"] == staff_id), None)


def issue_tally(job: Job, command: IssueTally) -> Changes:
    """Number and keep the settlement of a period as it stands now, with what earlier ones left to adjust.

    Raises:
        KnownError: The period is empty or has not begun, or an import is half shown.
    """
    if waiting(job.session):
        raise KnownError("通话记录正在导入，还没有全部显示", "等导入完成后再出具")
    if not command.start < command.end or command.start > job.now:
        raise KnownError("结算期不对", "起日不能晚于止日，也不能还没有到", "start")
    view = job_view(job)
    ledger = Ledger()
    row = settlement.tally(view, ledger.ended(view, ledger.generation), command.start, command.end)
    year = date_of(job.now).year
    number = f"结算〔{year}〕{next_number(job.session, f'tally:{year}')}号"
    period = f"{date_text(command.start)} 至 {date_text(command.end - 1)}"
    document = paper_store.issue(
        job,
        DocumentKind.TALLY,
        f"{command.start}-{command.end}",
        f"违约结算表 {number} {period}",
        sheets.tally_sheet(view, row, number, draft=False),
        adjustments.content_of(row),
    )
    return Changes(
        documents=frozenset({document.id}), message=f"违约结算表 {number} 已编号留底", created=document.id
    )


def record_print(job: Job, command: RecordPrint) -> Changes:
    """Write down a copy; one that failed keeps the paper's number and can be printed again."""
    document = paper_store.issued(job.session, command.document_id)
    copy = paper_store.printed_copies(job.session, document.id) + 1
    job.session.add(
        PrintJob(
            id=str(uuid4()),
            document_id=document.id,
            copy=copy,
            at=job.now,
            target=command.target,
            succeeded=command.succeeded,
            detail=command.detail,
        )
    )
    payload = {
        "number": document.number,
        "copy": copy,
        "target": command.target,
        "succeeded": command.succeeded,
        "detail": command.detail,
    }
    job.work.append_desk_fact("print", document.id, "printed", payload)
    said = (
        f"{document.number} 第 {copy} 份已送 {command.target}"
        if command.succeeded
        else f"{document.number} 没有打成，编号保留，可再打一次：{command.detail}"
    )
    return Changes(documents=frozenset({document.id}), message=said)
