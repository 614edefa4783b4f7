"""专报 as their page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dispatch_app.contract.clocks import ClockName, ClockResult
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Confirmed, Procedure
from dispatch_app.contract.history import CycleFacts, cycle_of
from dispatch_app.models import Fault, SpecialReport
from dispatch_app.operations.case import Case
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import SpecialReportRow


def report_rows(view: View) -> tuple[SpecialReportRow, ...]:
    """Every 专报, those still to be submitted first, then the latest first."""
    reports = view.session.scalars(select(SpecialReport)).all()
    rows = _rows(view, reports)
    return tuple(sorted(rows, key=lambda row: (row.status != "draft", -row.confirmed_at, row.id)))


def report_row(view: View, report_id: str) -> SpecialReportRow:
    """One 专报.

    Raises:
        KnownError: There is none of that id.
    """
    report = view.session.get(SpecialReport, report_id)
    if report is None:
        raise KnownError("没有这份专报", "请在专报列表里重新选择")
    return _rows(view, [report])[0]


def confirmed_at(cycle: CycleFacts) -> int | None:
    """When the special-report procedure was first confirmed in a cycle, epoch seconds; None if it was not."""
    for item in cycle.facts:
        detail = item.fact.detail
        if isinstance(detail, Confirmed) and detail.procedure is Procedure.SPECIAL_REPORT:
            return item.at
    return None


def _rows(view: View, reports: Sequence[SpecialReport]) -> list[SpecialReportRow]:
    wanted = {report.fault_id for report in reports}
    faults = {row.id: row for row in view.session.scalars(select(Fault).where(Fault.id.in_(wanted)))}
    cases = view.cases({row.id: row.version for row in faults.values()})
    return [_row(view, report, faults[report.fault_id], cases[report.fault_id]) for report in reports]


def _row(view: View, report: SpecialReport, fault: Fault, case: Case) -> SpecialReportRow:
    cycle = cycle_of(case.course.cycles, report.started_at)
    clock = _clock(view, case, cycle.number)
    confirmed = confirmed_at(cycle)
    return SpecialReportRow(
        id=report.id,
        fault_id=fault.id,
        fault_number=fault.number,
        site_name=fault.site_name,
        number=report.number,
        status=report.status,
        version=report.version,
        device=report.device,
        model=report.model,
        serial=report.serial,
        parameters=report.parameters,
        estimate=Decimal(report.estimate) if report.estimate else None,
        cause=report.cause,
        advice=report.advice,
        signer=report.signer,
        instruction=report.instruction,
        instruction_document=report.instruction_document,
        confirmed_at=report.started_at if confirmed is None else confirmed,
        due_at=clock.due_at,
        submitted_at=report.submitted_at,
        instructed_at=report.instructed_at,
        clock=clock,
        document_id=report.document_id,
    )


def _clock(view: View, case: Case, cycle: int) -> ClockResult:
    return next(
        clock
        for clock in view.assess(case).clocks
        if clock.clock is ClockName.SPECIAL_REPORT and clock.cycle == cycle
    )
