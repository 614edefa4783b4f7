"""专报: from a confirmed fault through draft and submission to the bureau's instruction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import select

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Noted, Procedure
from dispatch_app.models import Fault, SpecialReport
from dispatch_app.operations.case import Case
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.fault_checks import fault_and_case, when, yuan
from dispatch_app.operations.fault_moves import record
from dispatch_app.operations.job import Job
from dispatch_app.operations.later import Later
from dispatch_app.operations.numbers import next_number
from dispatch_app.operations.projection import NewFact
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.settings import setting_value

if TYPE_CHECKING:
    from dispatch_app.operations import documents, paper_store, sheets
    from dispatch_app.operations.reading import reports
else:
    documents = Later("documents")
    paper_store = Later("paper_store")
    reports = Later("reading.reports")
    sheets = Later("sheets")


DRAFT, SUBMITTED, INSTRUCTED = "draft", "submitted", "instructed"


@dataclass(frozen=True, slots=True)
class DraftSpecialReport:
    """Begin a 专报 for a fault, or answer with the one it has. `Changes.created` is its id.

    `report_id`: the id it is to have; empty for a new one.
    """

    fault_id: str
    report_id: str = ""


@dataclass(frozen=True, slots=True)
class EditSpecialReport:
    """`estimate` in yuan as typed; empty for not yet known."""

    report_id: str
    expected_version: int
    device: str
    model: str
    serial: str
    parameters: str
    estimate: str
    cause: str
    advice: str
    signer: str


@dataclass(frozen=True, slots=True)
class SubmitSpecialReport:
    """上报: fixes the number `〔year〕n号`, time and copy; records the milestone that stops its clock."""

    report_id: str
    expected_version: int
    at: int | None = None


@dataclass(frozen=True, slots=True)
class RecordInstruction:
    """批示: what the bureau answered, with its document number."""

    report_id: str
    expected_version: int
    instruction: str
    document: str
    at: int | None = None


def draft(job: Job, command: DraftSpecialReport) -> Changes:
    """Begin a 专报 with what the fault already tells; a cycle has one.

    Raises:
        KnownError: The special-report procedure was not confirmed.
    """
    row, case = fault_and_case(job, command.fault_id)
    former = job.session.scalar(
        select(SpecialReport).where(
            SpecialReport.fault_id == row.id, SpecialReport.started_at >= case.cycle.start
        )
    )
    if former is not None:
        return Changes(reports=frozenset({former.id}), created=former.id)
    if case.procedure is not Procedure.SPECIAL_REPORT:
        raise KnownError(f"{row.number} 没有现场确认为专报程序", "请先现场确认并选「专报程序」，再起草专报")
    report = SpecialReport(
        id=command.report_id or str(uuid4()),
        fault_id=row.id,
        number="",
        status=DRAFT,
        version=1,
        device=row.device,
        model="",
        serial="",
        parameters="",
        estimate="",
        cause="",
        advice="",
        signer=setting_value(job.session, "signer"),
        instruction="",
        instruction_document="",
        started_at=job.now,
        submitted_at=None,
        instructed_at=None,
        document_id="",
    )
    job.session.add(report)
    return _changed(report, row, f"{row.number} 的专报已起草")


def edit(job: Job, command: EditSpecialReport) -> Changes:
    """Keep what was written so far; what did not change does nothing.

    Raises:
        KnownError: It was submitted, somebody else wrote meanwhile, or the estimate is no sum.
    """
    report, row, _ = _report(job, command.report_id, command.expected_version)
    _check_status(report, DRAFT, "专报已上报，不能再改", "需要更正时，请另行行文说明")
    estimate = str(yuan(command.estimate, "预估价格", "estimate")) if command.estimate.strip() else ""
    wanted = {
        "device": command.device,
        "model": command.model,
        "serial": command.serial,
        "parameters": command.parameters,
        "estimate": estimate,
        "cause": command.cause,
        "advice": command.advice,
        "signer": command.signer.strip(),
    }
    changed = {name: value for name, value in wanted.items() if getattr(report, name) != value}
    if not changed:
        return Changes()
    for name, value in changed.items():
        setattr(report, name, value)
    job.session.flush()
    return _changed(report, row, "")


def submit(job: Job, command: SubmitSpecialReport) -> Changes:
    """上报: number, time and bytes are fixed, and the milestone is written, all in one.

    Raises:
        KnownError: A field that must be there is empty (`field` says which), or the time cannot be.
    """
    report, row, case = _report(job, command.report_id, command.expected_version)
    _check_status(report, DRAFT, f"这份专报已上报，编号 {report.number}", "可以补打，或登记批示")
    at = job.now if command.at is None else command.at
    year = date_of(at).year
    number = f"〔{year}〕{next_number(job.session, f'special_report:{year}')}号"
    facts: list[NewFact] = [(FactKind.SPECIAL_REPORT_SUBMITTED, at, Noted("", number))]
    changes = record(job, row, case, facts, f"专报 {number} 已上报 {when(at, job.now)}")
    view = documents.job_view(job)
    sheet = sheets.special_report_sheet(view, reports.report_row(view, report.id), number, at, draft=False)
    document = paper_store.issue(
        job, DocumentKind.SPECIAL_REPORT, report.id, f"专报 {number} {sheet.title}", sheet
    )
    report.number, report.status = number, SUBMITTED
    report.submitted_at, report.document_id = at, document.id
    return Changes(
        faults=changes.faults,
        staff=changes.staff,
        sites=changes.sites,
        reports=frozenset({report.id}),
        documents=frozenset({document.id}),
        message=changes.message,
        created=document.id,
    )


def instruct(job: Job, command: RecordInstruction) -> Changes:
    """批示: what the bureau answered.

    Raises:
        KnownError: Nothing was submitted yet, or it was answered already.
    """
    report, row, case = _report(job, command.report_id, command.expected_version)
    _check_status(report, SUBMITTED, "专报还没有上报或已有批示", "上报之后、批示之前才能登记批示")
    if not command.instruction.strip():
        raise KnownError("没有写批示内容", "请照批示原文填写", "instruction")
    at = job.now if command.at is None else command.at
    said, document = command.instruction.strip(), command.document.strip()
    facts: list[NewFact] = [(FactKind.INSTRUCTION_RECEIVED, at, Noted(said, document))]
    changes = record(job, row, case, facts, f"专报 {report.number} 已登记批示")
    report.status, report.instructed_at = INSTRUCTED, at
    report.instruction, report.instruction_document = said, document
    return Changes(
        faults=changes.faults,
        staff=changes.staff,
        sites=changes.sites,
        reports=frozenset({report.id}),
        message=changes.message,
    )


def _report(job: Job, report_id: str, expected_version: int) -> tuple[SpecialReport, Fault, Case]:
    report = job.session.get(SpecialReport, report_id)
    if report is None:
        raise KnownError("没有这份专报", "请在专报列表里重新选择")
    if report.version != expected_version:
        raise KnownError("这份专报已被更新", "已重新读入，请看过最新内容后再操作")
    row, case = fault_and_case(job, report.fault_id)
    return report, row, case


def _check_status(report: SpecialReport, wanted: str, message: str, remedy: str) -> None:
    if report.status != wanted:
        raise KnownError(message, remedy)


def _changed(report: SpecialReport, row: Fault, message: str) -> Changes:
    return Changes(
        reports=frozenset({report.id}), faults=frozenset({row.id}), message=message, created=report.id
    )
