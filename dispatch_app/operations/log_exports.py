"""Files the desk's records leave in: whole or not at all, and each recorded with who took it out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.log_comparison_lines import ComparedLogs, comparison_csv
from dispatch_app.operations.log_export import ExportedLog, csv_bytes, workbook_bytes
from dispatch_app.operations.queries import Queries
from dispatch_app.storage.durable import write_pieces

SUBJECT = "export"
FORMAT = "dispatch-desk facts 1"
"""Name of the lossless form; the columns of both tables as they are stored."""


class ExportKind(StrEnum):
    """`LOG_CSV`, `LOG_XLSX`: rows of a call log; `FACTS`: every fact there is, with the hash chains;
    `COMPARISON`: two logs held against each other."""

    LOG_CSV = "log_csv"
    LOG_XLSX = "log_xlsx"
    FACTS = "facts"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class RecordExport:
    """A file was written. `start`, `end`: the period, epoch seconds, 0 for everything; `name`: of the file,
    without its folder; `rows`: of a log, or facts."""

    kind: ExportKind
    start: int
    end: int
    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, to be recorded. `beside`: name of the companion note, empty for none."""

    record: RecordExport
    notes: int
    beside: str = ""


def record_export(job: Job, command: RecordExport) -> Changes:
    """Keep who took what out."""
    payload = asdict(command) | {"kind": command.kind.value}
    job.work.append_desk_fact(SUBJECT, command.name[-64:], command.kind.value, payload)
    return Changes()


def write_log(path: Path, start: int, end: int, queries: Queries) -> Exported:
    """Write the faults reported in a half-open period; .xlsx by the file's ending, otherwise CSV. What the
    rows cannot say stands on a second sheet, or in a text file beside the CSV.

    Raises:
        KnownError: It cannot be written; a file that was there before is untouched.
    """
    log = queries.export_log(start, end)
    if path.suffix.lower() == ".xlsx":
        _write(path, iter((workbook_bytes(log.cells, log.notes),)))
        return Exported(_record(ExportKind.LOG_XLSX, path, start, end, log), len(log.notes))
    beside = path.with_name(f"{path.stem}-说明.txt")
    _write(path, iter((csv_bytes(log.cells),)))
    _write(beside, iter((("\n".join(log.notes or ("表里的行说全了，没有要补充的",)) + "\n").encode(),)))
    return Exported(_record(ExportKind.LOG_CSV, path, start, end, log), len(log.notes), beside.name)


def write_facts(path: Path, queries: Queries) -> Exported:
    """Write every fact of both chains, in chain order with their hashes, as one JSON document.

    Raises:
        KnownError: It cannot be written; a file that was there before is untouched.
    """
    counted = [0]

    def pieces() -> Iterator[bytes]:
        yield b'{"format":' + _text(FORMAT)
        with queries.chains() as chains:
            for table, rows in chains:
                yield f',\n"{table}":['.encode()
                between = b"\n"
                for row in rows:
                    yield between + _text(row)
                    between = b",\n"
                    counted[0] += 1
                yield b"]"
        yield b"}\n"

    _write(path, pieces())
    return Exported(RecordExport(ExportKind.FACTS, 0, 0, path.name, counted[0]), 0)


def write_comparison(path: Path, compared: ComparedLogs, _queries: Queries) -> Exported:
    """Write a comparison as it is shown, as CSV.

    Raises:
        KnownError: It cannot be written; a file that was there before is untouched.
    """
    _write(path, iter((comparison_csv(compared.lines, compared.totals),)))
    record = RecordExport(ExportKind.COMPARISON, compared.start, compared.end, path.name, len(compared.lines))
    return Exported(record, 0)


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


def _record(kind: ExportKind, path: Path, start: int, end: int, log: ExportedLog) -> RecordExport:
    return RecordExport(kind, start, end, path.name, len(log.cells))


def _write(path: Path, pieces: Iterator[bytes]) -> None:
    try:
        write_pieces(path, pieces)
    except OSError as error:
        raise KnownError(
            f"{path.name} 写不进去（{error.strerror or type(error).__name__}）",
            "换一个能写的文件夹，或先关上正打开着这份文件的程序",
        ) from error
