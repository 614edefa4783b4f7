"""A register's list on paper: what is seen, no more than a thousand rows, numbered like every paper."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.job import Job
from dispatch_app.operations.numbers import next_number
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.reading.people import operator_row
from dispatch_app.operations.reading.registers import count, page
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.register_export import cells
from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, RegisterFilter, RegisterSort
from dispatch_app.operations.register_table import NUMBER_HEADING
from dispatch_app.operations.registers.catalogue import lookup_for, register_of
from dispatch_app.operations.registers.register import NUMBER, Register
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.reports.register_list import ListColumn, RegisterListSheet

MOST_ROWS = 1000
UPRIGHT_WIDTH = 640
"""Columns that together are wider than this in a list (logical pixels) are printed across."""
_NUMBER_WIDTH = 72


@dataclass(frozen=True, slots=True)
class IssueRegisterList:
    """The list of a filter in an order, with these columns. `Changes.created` is the document's id."""

    register: str
    filter: RegisterFilter
    sort: RegisterSort
    columns: tuple[str, ...]


def register_list_sheet(view: View, wanted: IssueRegisterList, number: str) -> RegisterListSheet:
    """What the paper says.

    Raises:
        KnownError: There are more rows than a paper takes, or the filter names a view there is not.
    """
    register = register_of(wanted.register)
    rows = count(view.session, view.now, register.key, wanted.filter)
    if rows > MOST_ROWS:
        raise KnownError(
            f"共 {rows:,} {register.counted}，一份清单最多打印 {MOST_ROWS:,} {register.counted}",
            "请缩小筛选范围再打印，或用「导出」",
        )
    found = page(view.session, view.now, register.key, wanted.filter, wanted.sort, size=MOST_ROWS).rows
    columns = tuple(_column(register, key) for key in wanted.columns)
    return RegisterListSheet(
        number=number,
        title=register.title,
        contractor=view.law.terms.contract.contractor,
        wanted=filter_words(view.session, view.now, register, wanted.filter),
        clause=register.clause,
        counted=register.counted,
        columns=columns,
        rows=tuple(tuple(cells(register, row, wanted.columns, withdrawn=False)) for row in found),
        across=sum(one.width for one in columns) > UPRIGHT_WIDTH,
        secret=register.confidential,
        operator=operator_row(view).name,
        issued_at=view.now,
    )


def filter_words(session: Session, now: int, register: Register, wanted: RegisterFilter) -> str:
    """A filter as a person would say it."""
    parts = []
    if wanted.refers is not None:
        key, *values = wanted.refers
        column, lookup = register.column(key), lookup_for(session, now)
        said = "、".join(column.kind.text(value, lookup) for value in values)
        parts.append(f"{column.heading}：{said}")
    if wanted.view == WITHDRAWN_VIEW:
        parts.append("已作废的")
    elif wanted.view:
        parts.append(register.view(wanted.view).title)
    if wanted.text.strip():
        parts.append(f"含「{wanted.text.strip()}」")
    return "；".join(parts) or "全部"


def issue_register_list(job: Job, command: IssueRegisterList) -> Changes:
    """Number and keep the list as it stands now.

    Raises:
        KnownError: As `register_list_sheet`, or the list cannot be printed.
    """
    sheet = register_list_sheet(job_view(job), command, "")
    register = register_of(command.register)
    year = date_of(job.now).year
    number = f"台账〔{year}〕{next_number(job.session, f'register_list:{year}')}号"
    document = issue(
        job,
        DocumentKind.REGISTER_LIST,
        register.key,
        f"{register.title} {number} {len(sheet.rows)} {register.counted}",
        replace(sheet, number=number),
    )
    return Changes(
        documents=frozenset({document.id}),
        message=f"{register.title} {number} 已编号留底",
        created=document.id,
    )


def _column(register: Register, key: str) -> ListColumn:
    if key == NUMBER:
        return ListColumn(heading=NUMBER_HEADING, width=_NUMBER_WIDTH)
    column = register.column(key)
    return ListColumn(heading=column.heading, width=column.width, right=column.kind.right)
