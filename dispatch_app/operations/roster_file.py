"""Reading the annex table of service staff (附五) from a file: text, CSV or .xlsx.

Only names and personal mobiles are taken; nothing here prints a number unmasked.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from dispatch_app.contract.errors import KnownError

NAME_HEADINGS = ("姓名", "name")
MOBILE_HEADINGS = ("个人手机号码", "个人手机", "手机号码", "手机", "mobile")
MOBILE = re.compile(r"1[3-9]\d{9}")
MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One usable row. `row` counts lines of the file (rows of the sheet) from 1, headings included."""

    row: int
    name: str
    mobile: str


@dataclass(frozen=True, slots=True)
class RosterRefusal:
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class RosterFile:
    entries: tuple[RosterEntry, ...]
    refusals: tuple[RosterRefusal, ...]


def masked(mobile: str) -> str:
    """A number as it may be shown: 138****1099."""
    return f"{mobile[:3]}****{mobile[-4:]}"


def read_roster(path: Path) -> RosterFile:
    """The rows of the annex table in `path`.

    Raises:
        KnownError: The file cannot be read, or holds no table with a name and a mobile column.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise KnownError("文件过大，不像服务人员表", "请选择附五的表格文件（文本、CSV 或 .xlsx）")
        data = path.read_bytes()
    except OSError as error:
        raise KnownError(
            f"读不了文件 {path.name}（{error.strerror}）", "请检查文件是否存在、是否有权读取"
        ) from error
    table = _sheet(data, path.name) if path.suffix.lower() == ".xlsx" else _text(data, path.name)
    return _collect(table, path.name)


def _sheet(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    # Only .xlsx needs openpyxl, and it takes long to import.
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise KnownError(
            f"{name} 不是可读的 .xlsx 文件", "请用表格软件另存为 .xlsx 或 CSV 后再导入"
        ) from error
    rows = [
        (number, ["" if value is None else _cell(value) for value in values])
        for sheet in book.worksheets
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1)
    ]
    book.close()
    return rows


def _cell(value: object) -> str:
    # A spreadsheet keeps a number typed into it as a float: 8716 becomes 8716.0.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _text(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise KnownError(f"{name} 的文字编码认不出", "请另存为 UTF-8 编码后再导入")
    lines = text.splitlines()
    if any(line.lstrip().startswith("|") for line in lines):
        return [
            (number, [cell.replace("<br>", " ") for cell in line.strip().strip("|").split("|")])
            for number, line in enumerate(lines, start=1)
            if line.lstrip().startswith("|")
        ]
    separator = "\t" if "\t" in text else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [(reader.line_num, row) for row in reader]


def _collect(table: list[tuple[int, list[str]]], file_name: str) -> RosterFile:
    columns: tuple[int, int] | None = None
    entries: list[RosterEntry] = []
    refusals: list[RosterRefusal] = []
    seen: dict[str, int] = {}
    for number, cells in table:
        plain = ["".join(cell.split()) for cell in cells]
        heading = _columns(plain)
        if heading is not None:
            columns = heading
            continue
        if columns is None or not any(cell.strip("-:") for cell in plain):
            continue
        name, mobile = (plain[column] if column < len(plain) else "" for column in columns)
        reason = _refusal(name, mobile, seen)
        if reason:
            refusals.append(RosterRefusal(number, reason))
        else:
            seen[name] = number
            entries.append(RosterEntry(number, name, mobile))
    if columns is None:
        raise KnownError(
            f"{file_name} 里没有找到服务人员表",
            "表头须有「姓名」和「个人手机号码」两列，可直接复制合同附五的表格",
        )
    return RosterFile(tuple(entries), tuple(refusals))


def _columns(cells: list[str]) -> tuple[int, int] | None:
    lowered = [cell.lower() for cell in cells]
    name = next((lowered.index(heading) for heading in NAME_HEADINGS if heading in lowered), None)
    mobile = next((lowered.index(heading) for heading in MOBILE_HEADINGS if heading in lowered), None)
    return None if name is None or mobile is None else (name, mobile)


def _refusal(name: str, mobile: str, seen: dict[str, int]) -> str:
    if not name:
        return "没有姓名"
    if name in seen:
        return f"{name} 在第 {seen[name]} 行已出现"
    if not MOBILE.fullmatch(mobile):
        return f"{name} 的手机号码不是 11 位手机号"
    return ""
