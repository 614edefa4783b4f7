"""A table out of a file somebody chose: CSV or .xlsx, never more of it in memory than a log can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from dispatch_app.contract.calendar_beijing import OFFSET, moment_text
from dispatch_app.operations.assess_table import CallTable, UnreadableLogError, csv_records, table_of
from dispatch_app.operations.watching import WATCHED_EVERY, Watch, unwatched

MAX_BYTES = 32_000_000
"""Of the file: a year of calls has two."""
MAX_UNPACKED = 256_000_000
MAX_RATIO = 200
"""Of unpacked to packed bytes; sheets come to 10 or 20, a bomb to a thousand."""
MAX_ROWS = 50_000
MAX_COLUMNS = 200
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

_EXCEL_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a cell's date has no zone, it is Beijing's
_REMEDY = "用表格软件另存为 .xlsx 或 CSV（UTF-8）后再选"


@dataclass(frozen=True, slots=True)
class LogFile:
    """`digest`: hex SHA-256 of the file; `name`: without its folder."""

    name: str
    digest: str
    table: CallTable


@dataclass(frozen=True, slots=True)
class TableFile:
    """`digest`: hex SHA-256 of the file; `name`: without its folder; `records`: the cells of every row, to be
    taken once."""

    name: str
    digest: str
    records: Iterator[list[str]]


def read_log(path: Path, watch: Watch = unwatched) -> LogFile:
    """The call log in a file. `watch` is told of every few records, of how many in all is not known.

    Raises:
        UnreadableLogError: It cannot be opened, is too large, is no table, or lacks a column.
    """
    file = read_table_file(path, "通话记录", watch)
    return LogFile(file.name, file.digest, table_of(file.records, file.name))


def read_table_file(path: Path, what: str, watch: Watch = unwatched) -> TableFile:
    """The table in a file; taking its records raises as well.

    Args:
        what: What the table should be, for refusals.
        watch: Told of every few records while they are taken; how many there are in all is not known.

    Raises:
        UnreadableLogError: It cannot be opened, is too large or is no table.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableLogError(
                f"{path.name} 有 {size // 1_000_000} MB，一份{what}最多 {MAX_BYTES // 1_000_000} MB",
                "拆成几份再导入",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableLogError(
            f"读不出 {path.name}：{error.strerror}", "检查文件是否存在、能否读取"
        ) from error
    if data.startswith(b"PK"):
        records = _sheet_records(data, path.name, what)
    elif path.suffix.lower() == ".xlsx":
        raise UnreadableLogError(f"{path.name} 不是 .xlsx 表格", _REMEDY)
    else:
        records = csv_records(data, path.name)
    restored = (_restored(cells) for cells in _limited(records, path.name, watch))
    return TableFile(path.name, sha256(data).hexdigest(), restored)


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `read_log` gives back what it was."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_MARKS) else cell


def _restored(cells: list[str]) -> list[str]:
    return [
        cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_MARKS) else cell
        for cell in cells
    ]


def _limited(records: Iterator[list[str]], name: str, watch: Watch) -> Iterator[list[str]]:
    for number, cells in enumerate(records):
        if number % WATCHED_EVERY == 0:
            watch(number, 0)
        if number > MAX_ROWS:
            raise UnreadableLogError(f"{name} 超过 {MAX_ROWS} 行", "拆成几份再导入")
        if len(cells) > MAX_COLUMNS:
            raise UnreadableLogError(f"{name} 有一行超过 {MAX_COLUMNS} 列", _REMEDY)
        yield cells


def _sheet_records(data: bytes, name: str, what: str) -> Iterator[list[str]]:
    """Every row of the first sheet as text; the workbook is closed when the last was taken."""
    _check_packing(data, name, what)
    # Only .xlsx needs openpyxl, and it takes long to import.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            # One more column than allowed is enough to know; a sheet may claim to have sixteen thousand.
            rows = book.worksheets[0].iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)
            for values in islice(rows, MAX_ROWS + 2):
                yield _filled([_cell(value) for value in values])
        finally:
            book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, SyntaxError) as error:
        # A broken sheet shows as any of these; `SyntaxError` is what the XML parser raises.
        raise UnreadableLogError(f"{name} 不是可读的 .xlsx 表格", _REMEDY) from error


def _check_packing(data: bytes, name: str, what: str) -> None:
    """Look at the directory of the zip before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
            stored = sum(entry.compress_size for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableLogError(f"{name} 不是可读的 .xlsx 表格", _REMEDY) from error
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(stored, 1):
        raise UnreadableLogError(
            f"{name} 解开后有 {unpacked // 1_000_000} MB，不像{what}",
            "核对文件来源，或另存为 CSV 再选",
        )


def _filled(cells: list[str]) -> list[str]:
    """Without the empty cells at the end: sheets are wider than what was written into them."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        # Spreadsheets count in fractions of a day: what was typed as a second may miss it by a hair.
        return moment_text(round((value.replace(tzinfo=None) - _EXCEL_EPOCH).total_seconds()) - OFFSET)
    if isinstance(value, float) and value.is_integer():
        # Some programs write every number as a float: 8716 comes back as 8716.0.
        return str(int(value))
    return str(value)
