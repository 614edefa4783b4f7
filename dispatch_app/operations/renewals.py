"""续签申请 (十.2): the written application, drafted and issued inside its window only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import Fault, RegisterEntry
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.job import Job
from dispatch_app.operations.letter_numbers import letter_number
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.reading.ledger import CostlyFault, Ledger
from dispatch_app.operations.reading.settlement import tally
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.registers.entries import AddEntry, add
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.renewals import RENEWALS, must_be_in_window
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.settings import setting_value
from dispatch_app.reports.letter import LetterPart, LetterSheet
from dispatch_app.reports.moments import date_text

FORM = "续签申请"


@dataclass(frozen=True, slots=True)
class IssueRenewal:
    """Apply for a further year. `Changes.created` is the document's id."""


def issue_renewal(job: Job, _command: IssueRenewal) -> Changes:
    """Number and keep the application, and enter it among the 续签申请.

    Raises:
        KnownError: It is not the time for it, or one waits for its answer.
    """
    number = letter_number(job, "续签", DocumentKind.RENEWAL, RENEWALS.key)
    view, ledger = job_view(job), Ledger()
    sheet = renewal_sheet(view, ledger.ended(view, ledger.generation), number)
    entry = add(job, AddEntry(RENEWALS.key, {"letter": number, "dated": sheet.dated.isoformat()}))
    document = issue(job, DocumentKind.RENEWAL, entry.created, f"续签申请 {number}", sheet)
    return Changes(
        registers=entry.registers,
        documents=frozenset({document.id}),
        message=f"续签申请 {number} 已出，交给甲方后请记递交",
        created=document.id,
    )


def renewal_sheet(view: View, ended: Sequence[CostlyFault], number: str) -> LetterSheet:
    """The application as it would be issued now; without a number a draft. `ended`: as for the settlement.

    Raises:
        KnownError: It is outside the window (the refusal says by how many days), or one is under way.
    """
    today, terms = date_of(view.now), view.law.terms
    must_be_in_window(today, terms, "起草")
    _none_under_way(view.session)
    contract = terms.contract
    signer = setting_value(view.session, "signer")
    handled = view.session.scalar(
        select(func.count()).where(Fault.reported_at >= terms.term_start, Fault.reported_at < terms.term_end)
    )
    first = terms.last_day + timedelta(days=1)
    span = f"{date_text(contract.term_first)}起至{date_text(terms.last_day)}止"
    return LetterSheet(
        form=FORM,
        number=number,
        issuer=contract.contractor,
        letterhead=setting_value(view.session, "letterhead"),
        signer=signer,
        addressee=setting_value(view.session, "addressee"),
        title="关于续签技术维护合同的申请",
        whole=("技术维护合同",),
        parts=(
            LetterPart(
                text=f"我公司与贵局签订的《{contract.title}》服务期自{span}，现将到期。"
                "根据合同第十条第二款的约定，我公司提出续签的书面申请。"
            ),
            LetterPart(
                heading="一、履约情况",
                text=f"合同期内截至{date_text(today)}，我公司共受理故障{handled}件。{_kept(view, ended)}"
                "详细情况见违约结算表及硬件工作状态通报。",
            ),
            LetterPart(
                heading="二、续签请求",
                text=f"恳请贵局同意续签，续签服务期自{date_text(first)}起至{date_text(_year_on(first))}止，"
                "服务内容、服务标准及其他条款由双方在续签合同中约定。",
            ),
            LetterPart(
                text=f"按照合同约定，请贵局在收到本申请后{contract.decision_working_days}个工作日内"
                "决定是否续签并书面答复。"
            ),
            LetterPart(text="妥否，请批示。"),
        ),
        contact=f"{signer} {contract.service_lines[0]}".strip(),
        dated=today,
        issued_at=view.now,
        draft=not number,
    )


def _kept(view: View, ended: Sequence[CostlyFault]) -> str:
    """How the standards of response and arrival were kept in the term."""
    terms = view.law.terms
    rows = tally(view, ended, terms.term_start, terms.term_end).standards
    wanted = [row for row in rows if row.clock in (ClockName.RESPONSE, ClockName.ARRIVAL)]
    said = "；".join(f"{row.title}按时{row.met}件，超时{row.breached}件" for row in wanted)
    return f"其中{said}。"


def _none_under_way(session: Session) -> None:
    rows = session.scalars(
        select(RegisterEntry).where(RegisterEntry.register == RENEWALS.key, RegisterEntry.standing)
    )
    for row in rows:
        values = values_of(row.content)
        if "replied" not in values:
            raise KnownError(
                f"续签申请 {values['letter']} 还没有答复", "先记那一份的递交和答复；作废的先在登记簿里作废"
            )


def _year_on(first: date) -> date:
    """The last day of a year that begins on `first`, which may be a 29th of February."""
    return date(first.year + 1, first.month, 1) + timedelta(days=first.day - 2)
