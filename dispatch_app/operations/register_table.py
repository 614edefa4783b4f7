"""The headings of a table that goes into a register or comes out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dispatch_app.operations.assess_table import UnreadableLogError
from dispatch_app.operations.log_files import TableFile
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.registers.kinds import Day, Moment
from dispatch_app.operations.registers.register import Column, Register

NUMBER_HEADING = "编号"
WITHDRAWN_HEADING = "作废"
"""Of the column that says in an export whether an entry was withdrawn."""
SECRET_MARK = "内部资料"
"""Begins the first line of every file out of a confidential register."""


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """The rows of a file under the columns of a register.

    Attributes:
        places: Column key → index of its cell, in the order of the file.
        withdrawn: Index of the cell that says so, or None.
        notes: What is ignored.
        records: (row, cells) to be taken once; the first row of the file is 1, blank ones are left out.
    """

    places: dict[str, int]
    withdrawn: int | None
    notes: tuple[str, ...]
    records: Iterator[tuple[int, list[str]]]


def table_of(file: TableFile, register: Register) -> RegisterTable:
    """The file as a table of the register; the first line that is neither blank nor a mark heads it.

    Raises:
        UnreadableLogError: No heading is a column of the register, one occurs twice, or one that every entry
            must have is missing.
    """
    numbered = enumerate(file.records, start=1)
    filled = ((row, cells) for row, cells in numbered if any(map(str.strip, cells)))
    for _, cells in filled:
        if not cells[0].startswith(SECRET_MARK):
            return _headed(cells, filled, file.name, register)
    raise UnreadableLogError(f"{file.name} 是空的，没有标题行", _remedy(register))


def _headed(
    heading: list[str], records: Iterator[tuple[int, list[str]]], name: str, register: Register
) -> RegisterTable:
    known = {fold(column.heading): column for column in register.columns}
    places: dict[str, int] = {}
    withdrawn = None
    notes = []
    for index, cell in enumerate(heading):
        column = known.get(fold(cell))
        if column is None and fold(cell) == WITHDRAWN_HEADING:
            withdrawn = index
        elif column is None and fold(cell) not in ("", NUMBER_HEADING):
            notes.append(f"不认得的列「{cell.strip()}」没有读")
        elif column is not None and column.derived:
            notes.append(f"「{column.heading}」由程序算出，没有读")
        elif column is not None:
            if column.key in places:
                raise UnreadableLogError(f"{name} 中「{column.heading}」列出现两次", "只留一列")
            places[column.key] = index
    if not places:
        raise UnreadableLogError(f"{name} 里没有{register.title}的列", _remedy(register))
    for column in register.typed:
        if column.required and not usual_of(column) and column.key not in places:
            raise UnreadableLogError(f"{name} 缺少「{column.heading}」列", f"补上这一列；{_remedy(register)}")
    return RegisterTable(places, withdrawn, tuple(notes), records)


def usual_of(column: Column) -> str:
    """What an import takes for an empty cell; never a time: a second import of the file would say another."""
    return "" if isinstance(column.kind, Day | Moment) else column.usual


def _remedy(register: Register) -> str:
    some = "、".join(column.heading for column in register.typed[:3])
    return f"第一行写列名，例如 {some}；也可先存一份模板来填"
