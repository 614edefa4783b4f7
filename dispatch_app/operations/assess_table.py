"""A call log as a table: its encoding, its headings, its records."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from dispatch_app.contract.errors import KnownError

COLUMNS: dict[str, str] = {
    "call_no": "单号",
    "reported_at": "接报时间",
    "zone": "区域",
    "site": "站点",
    "emergency": "紧急",
    "engineer": "工程师",
    "assigned_at": "派单",
    "acknowledged_at": "响应",
    "departed_at": "出发",
    "arrived_at": "到场",
    "confirmed_at": "现场确认",
    "procedure": "处理程序",
    "repair_started_at": "开修",
    "special_report_at": "专报上报",
    "resolved_at": "解决",
    "cancelled_at": "销单",
    "cycle": "次数",
    "source": "来源",
    "cancel_kind": "销单类别",
    "unreachable_at": "联系不上",
    "group": "并发组",
    "third_party_cause": "第三方原因",
    "third_party_labor": "第三方人工费",
    "third_party_parts": "第三方零件",
}
"""Either name heads a column."""

_NAMES = {chinese: name for name, chinese in COLUMNS.items()} | {name: name for name in COLUMNS}
_END = "\0end\0"


class UnreadableLogError(KnownError):
    """The log cannot be read at all: exit status 2."""


@dataclass(frozen=True, slots=True)
class CallTable:
    """The log's records.

    Attributes:
        place: English column name → index of its cell; a column the log does not have is not in it.
        notes: What was ignored.
        records: (row, cells): the heading is row 1, blank lines are counted and left out.
    """

    place: dict[str, int]
    notes: tuple[str, ...]
    records: list[tuple[int, list[str]]]


def read_table(path: Path) -> CallTable:
    """Read a call log: UTF-8 with or without BOM, or GB18030.

    Raises:
        UnreadableLogError: It cannot be opened or decoded, is no table, lacks a required column or has a
            column twice.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableLogError(
            f"读不出 {path.name}：{error.strerror}", "检查文件是否存在、能否读取"
        ) from error
    return table_of(csv_records(data, path.name), path.name)


def table_of(records: Iterable[list[str]], name: str) -> CallTable:
    """The log in records of any kind of file; the first that is not blank is the heading.

    Raises:
        UnreadableLogError: As for `read_table`.
    """
    numbered = enumerate(records, start=1)
    filled = ((row, cells) for row, cells in numbered if any(map(str.strip, cells)))
    first, heading = next(filled, (1, None))
    if heading is None:
        raise UnreadableLogError(f"{name} 是空的，没有标题行", "第一行写列名，例如 call_no,reported_at,zone")
    place, notes = _headings(heading, name)
    calls = [(row - first + 1, cells) for row, cells in filled]
    # An unquoted comma pushes cells to the right: whoever settles by this log should hear of it.
    notes += [
        f"row {row}: cells beyond the headings ignored"
        for row, cells in calls
        if len(cells) > len(heading) and any(map(str.strip, cells[len(heading) :]))
    ]
    return CallTable(place, tuple(notes), calls)


def csv_records(data: bytes, name: str) -> Iterator[list[str]]:
    """Every record of a CSV file, blank ones as empty lists.

    Raises:
        UnreadableLogError: It cannot be decoded, or a quotation mark is never closed.
    """
    return _records(_decoded(data, name), name)


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise UnreadableLogError(f"{name} 既不是 UTF-8 也不是 GB18030 文字", "用表格软件另存为 CSV（UTF-8）")


def _records(text: str, name: str) -> Iterator[list[str]]:
    """Every record, blank ones as empty lists."""
    # A quotation mark that is never closed swallows all rows after it in silence; the end mark tells.
    lines = chain(io.StringIO(text, newline=""), (_END,))
    try:
        for cells in csv.reader(lines):
            if cells == [_END]:
                return
            yield cells
    except csv.Error as error:
        raise UnreadableLogError(f"{name} 不是表格：{error}", "用表格软件另存为 CSV（UTF-8）") from error
    raise UnreadableLogError(f"{name} 中有引号没有结束", "补上缺少的引号，或用表格软件另存为 CSV")


def _headings(heading: list[str], name: str) -> tuple[dict[str, int], list[str]]:
    place: dict[str, int] = {}
    notes = []
    for index, cell in enumerate(heading):
        text = cell.strip()
        column = _NAMES.get(text)
        if column in place:
            raise UnreadableLogError(f"{name} 中 {column}（{COLUMNS[column]}）列出现两次", "只留一列")
        if column is not None:
            place[column] = index
        elif text:
            notes.append(f"unknown column {text} ignored")
    for column in ("call_no", "reported_at"):
        if column not in place:
            raise UnreadableLogError(
                f"{name} 缺少 {column}（{COLUMNS[column]}）列", "补上这一列，列名写在第一行"
            )
    if "zone" not in place and "site" not in place:
        raise UnreadableLogError(f"{name} 缺少 zone（区域）或 site（站点）列", "补上其中一列，列名写在第一行")
    return place, notes
