"""巡检表 and 备份记录: numbered and kept like every paper of the desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.job import Job
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.round_sheets import backups_sheet, blank_round_sheet, rounds_sheet
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.shift_papers import year_number
from dispatch_app.reports.backups import BackupsSheet
from dispatch_app.reports.rounds import BlankRoundSheet, RoundsSheet

PREVIEW = "预览"


@dataclass(frozen=True, slots=True)
class IssueBlankRound:
    """空白巡检表 of a plan. `Changes.created` is the document's id."""

    plan_id: str


@dataclass(frozen=True, slots=True)
class IssueRounds:
    """巡检表 of a room and a month, told by its first day. `Changes.created` is the document's id."""

    site_id: str
    month: date


@dataclass(frozen=True, slots=True)
class IssueBackups:
    """备份记录 of a month, told by its first day. `Changes.created` is the document's id."""

    month: date


def issue_blank_round(job: Job, command: IssueBlankRound) -> Changes:
    """Raises KnownError if the plan does not stand, or has characters no font can print."""
    sheet = blank_round_sheet(job_view(job), command.plan_id, PREVIEW)
    return _issue(job, DocumentKind.ROUND_BLANK, command.plan_id, "空检", "空白巡检表", sheet, sheet.place)


def issue_rounds(job: Job, command: IssueRounds) -> Changes:
    """Raises KnownError if the month lies ahead, or something has characters no font can print."""
    sheet = rounds_sheet(job_view(job), command.site_id, command.month, PREVIEW)
    named = f"{sheet.site} {sheet.month}"
    return _issue(job, DocumentKind.ROUNDS, command.site_id, "巡检", "巡检表", sheet, named)


def issue_backups(job: Job, command: IssueBackups) -> Changes:
    """Raises KnownError if the month lies ahead, or something has characters no font can print."""
    sheet = backups_sheet(job_view(job), command.month, PREVIEW)
    return _issue(job, DocumentKind.BACKUPS, "backups", "备份", "备份记录", sheet, sheet.month)


def _issue(
    job: Job,
    kind: DocumentKind,
    subject_id: str,
    word: str,
    form: str,
    sheet: BlankRoundSheet | RoundsSheet | BackupsSheet,
    named: str,
) -> Changes:
    number = year_number(job, word, kind)
    document = issue(job, kind, subject_id, f"{form} {number} {named}", replace(sheet, number=number))
    return Changes(documents=frozenset({document.id}), message=f"{form} {number} 已出", created=document.id)
