"""Papers against a power cut: the list of open faults and the blank 接报单, issued without ceremony."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.job import Job
from dispatch_app.operations.numbers import next_number
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.shift_sheets import blank_intake_sheet, open_faults_sheet


@dataclass(frozen=True, slots=True)
class IssueOpenFaults:
    """在办故障清单 as things stand. `Changes.created` is the document's id."""


@dataclass(frozen=True, slots=True)
class IssueBlankIntake:
    """A sheet of blank 接报单. `Changes.created` is the document's id."""


def year_number(job: Job, word: str, kind: DocumentKind) -> str:
    """`在办〔2024〕3号`: the next number of this kind of paper in this Beijing year."""
    year = date_of(job.now).year
    return f"{word}〔{year}〕{next_number(job.session, f'{kind.value}:{year}')}号"


def issue_open_faults(job: Job, _command: IssueOpenFaults) -> Changes:
    """Number and keep the list.

    Raises:
        KnownError: Something typed into a fault has characters no font can print.
    """
    sheet = open_faults_sheet(job_view(job), "在办")
    number = year_number(job, "在办", DocumentKind.OPEN_FAULTS)
    document = issue(
        job,
        DocumentKind.OPEN_FAULTS,
        "desk",
        f"在办故障清单 {number} {len(sheet.faults)} 件",
        replace(sheet, number=number),
    )
    message = f"在办故障清单 {number} 已出"
    return Changes(documents=frozenset({document.id}), message=message, created=document.id)


def issue_blank_intake(job: Job, _command: IssueBlankIntake) -> Changes:
    """Keep the sheet under a number that only the record knows: the form itself carries none."""
    number = year_number(job, "空白", DocumentKind.BLANK_INTAKE)
    sheet = blank_intake_sheet(job_view(job), number)
    document = issue(job, DocumentKind.BLANK_INTAKE, "desk", "空白接报单", sheet)
    return Changes(documents=frozenset({document.id}), message="空白接报单已出", created=document.id)
