"""The list of all faults on paper: what is seen, no more than a thousand rows, numbered like every paper."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dispatch_app.contract.calendar_beijing import date_of, date_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Zone
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.history_columns import COLUMNS
from dispatch_app.operations.history_rows import FaultState, HistoryFilter, HistorySort
from dispatch_app.operations.job import Job
from dispatch_app.operations.numbers import next_number
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.reading.history import bounds, count, page
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.words import ZONE_WORDS
from dispatch_app.reports.fault_list import HEADINGS, FaultListSheet

MOST_ROWS = 1000
STATE_WORDS = {FaultState.OPEN: "在办", FaultState.ENDED: "已结", FaultState.CANCELLED: "已销单"}


@dataclass(frozen=True, slots=True)
class IssueFaultList:
    """故障清单 of a filter in an order. `Changes.created` is the document's id."""

    filter: HistoryFilter
    sort: HistorySort


def fault_list_sheet(view: View, wanted: HistoryFilter, sort: HistorySort, number: str) -> FaultListSheet:
    """What the paper says.

    Raises:
        KnownError: There are more rows than a paper takes, or the days of the filter are none.
    """
    rows = count(view, wanted)
    if rows > MOST_ROWS:
        raise KnownError(
            f"共 {rows:,} 件，一份清单最多打印 {MOST_ROWS:,} 件", "请缩小筛选范围再打印，或用「导出 CSV」"
        )
    printed = [column for column in COLUMNS if column.heading in HEADINGS]
    found = page(view, wanted, sort, size=MOST_ROWS).rows
    return FaultListSheet(
        number=number,
        contractor=view.law.terms.contract.contractor,
        wanted=filter_words(view, wanted),
        rows=tuple(tuple(column.text(row) for column in printed) for row in found),
        as_of=view.now,
        issued_at=view.now,
    )


def filter_words(view: View, wanted: HistoryFilter) -> str:
    """A filter as a person would say it."""
    period = bounds(view, wanted)
    parts = [f"报障于 {date_text(period[0])} 至 {date_text(period[1] - 1)}"] if period else []
    if wanted.text.strip():
        parts.append(f"含「{wanted.text.strip()}」")
    if wanted.state:
        parts.append(STATE_WORDS[FaultState(wanted.state)])
    if wanted.zone:
        parts.append(ZONE_WORDS[Zone(wanted.zone)])
    if wanted.breached:
        parts.append("有超时")
    if wanted.emergency:
        parts.append("紧急")
    return "；".join(parts) or "全部故障"


def issue_fault_list(job: Job, command: IssueFaultList) -> Changes:
    """Number and keep the list as it stands now.

    Raises:
        KnownError: As `fault_list_sheet`, or the list cannot be printed.
    """
    sheet = fault_list_sheet(job_view(job), command.filter, command.sort, "")
    year = date_of(job.now).year
    number = f"清单〔{year}〕{next_number(job.session, f'fault_list:{year}')}号"
    document = issue(
        job,
        DocumentKind.FAULT_LIST,
        number,
        f"故障清单 {number} {len(sheet.rows)} 件",
        replace(sheet, number=number),
    )
    return Changes(
        documents=frozenset({document.id}), message=f"故障清单 {number} 已编号留底", created=document.id
    )
