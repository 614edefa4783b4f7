"""Taking a register's list out into a file: whose, why and how much is a fact before and after.

`BeginRegisterExport` gives the export its number and refuses where a reason is missing, then the file is
written (`ui.lists.list_export`), then `RecordRegisterExport` says how many rows went out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from dispatch_app.contract.calendar_beijing import date_of, moment_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.numbers import next_number
from dispatch_app.operations.register_rows import EntryRow, RegisterFilter
from dispatch_app.operations.register_table import NUMBER_HEADING, SECRET_MARK, WITHDRAWN_HEADING, usual_of
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.registers.register import NUMBER, Register

SUBJECT = "export"
BEGUN, WRITTEN = "register_begun", "register_written"


@dataclass(frozen=True, slots=True)
class BeginRegisterExport:
    """A list is about to be written to a file. `Changes.created` is the number of the export.

    Attributes:
        columns: Keys of the columns written, `number` among them. withdrawn: with what no longer stands.
        file_name: Without its folder. reason: For whom and for what; a confidential register wants one.
    """

    register: str
    filter: RegisterFilter
    columns: tuple[str, ...]
    withdrawn: bool
    file_name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordRegisterExport:
    """The file of an export is whole. `number`: as `BeginRegisterExport` gave it."""

    number: str
    register: str
    file_name: str
    rows: int


def begin(job: Job, command: BeginRegisterExport) -> Changes:
    """Number the export and keep who wants what.

    Raises:
        KnownError: The register is confidential and no reason was written.
    """
    register = register_of(command.register)
    if register.confidential and not command.reason.strip():
        raise KnownError(
            f"{register.title}是内部资料，没有写导出的原因",
            "请写明给谁、做什么用，会和导出一起记下",
            "reason",
        )
    year = date_of(job.now).year
    number = f"导出〔{year}〕{next_number(job.session, f'register_export:{year}')}号"
    payload = asdict(command) | {"reason": command.reason.strip()}
    job.work.append_desk_fact(SUBJECT, number, BEGUN, payload)
    return Changes(created=number)


def record(job: Job, command: RecordRegisterExport) -> Changes:
    """Keep how many rows went out."""
    register = register_of(command.register)
    payload = {"register": command.register, "file_name": command.file_name, "rows": command.rows}
    job.work.append_desk_fact(SUBJECT, command.number, WRITTEN, payload)
    return Changes(
        message=f"{command.number}：已导出 {command.rows:,} {register.counted}到 {command.file_name}"
    )


def file_name(register: Register, now: int, ending: str) -> str:
    """What a file is called unless somebody chooses otherwise (`ending`: `.csv`)."""
    mark = f"-{SECRET_MARK}" if register.confidential else ""
    return f"{register.title}{mark}-{date_of(now).isoformat()}{ending}"


def every_column(register: Register) -> tuple[str, ...]:
    """Keys of all columns, the number first."""
    return (NUMBER, *(column.key for column in register.columns))


def head(
    register: Register, columns: Sequence[str], withdrawn: bool, number: str, operator: str, now: int
) -> list[list[str]]:
    """The lines over the rows: the mark of a confidential register, then the headings."""
    headings = {NUMBER: NUMBER_HEADING} | {column.key: column.heading for column in register.columns}
    line = [headings[one] for one in columns] + ([WITHDRAWN_HEADING] if withdrawn else [])
    if not register.confidential:
        return [line]
    mark = f"{SECRET_MARK}　注意保管，不得外传　{register.title}　{number}　{moment_text(now)}　{operator}"
    return [[mark], line]


def cells(register: Register, row: EntryRow, columns: Sequence[str], withdrawn: bool) -> list[str]:
    """A row under `head`."""
    texts = dict(zip(every_column(register), row.cells, strict=True))
    said = ["否" if row.standing else "是"] if withdrawn else []
    return [texts[one] for one in columns] + said


def template(register: Register) -> tuple[list[list[str]], list[list[str]]]:
    """What a file for an import begins with: its headings; and, for a second sheet, how cells are filled."""
    typed = register.typed
    explained = [["列", "必填", "写法"]]
    for column in typed:
        must = "是" if column.required and not usual_of(column) else ""
        how = "；".join(text for text in (column.kind.sample, column.hint) if text)
        explained.append([column.heading, must, how])
    return [[column.heading for column in typed]], explained
