"""A register as a paged list reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_rows import EntryPage, EntryRow, RegisterSort
from dispatch_app.operations.registers.register import NUMBER, Register, Tone
from dispatch_app.ui.lists.paged_model import Source, Wish
from dispatch_app.ui.pages.tallies_tables import Face

_NUMBER_WIDTH = 100
_ROLES = {Tone.QUIET: "quiet", Tone.SOON: "soon_text", Tone.BREACHED: "breached_text"}


@dataclass(frozen=True, slots=True)
class RegisterListColumn:
    """A column of a register as a list shows it."""

    key: str
    heading: str
    width: int
    right: bool
    shown: bool


def list_columns(register: Register) -> tuple[RegisterListColumn, ...]:
    """The entry's number, then the register's columns in their order; who has a name needs no number."""
    return (
        RegisterListColumn(NUMBER, "编号", _NUMBER_WIDTH, right=False, shown=not register.naming),
        *(
            RegisterListColumn(one.key, one.heading, one.width, one.kind.right, one.shown)
            for one in register.columns
        ),
    )


def source_of(register: Register) -> Source:
    """Where a list of the register's entries comes from; its `Wish` holds the register's filter and sort."""
    columns = list_columns(register)
    return Source(
        columns,
        partial(_page, register.key),
        partial(_count, register.key),
        partial(_faces, register, columns),
        _opens,
    )


def _page(key: str, queries: Queries, wish: Wish, after: Any, size: int) -> EntryPage:
    return queries.register_page(key, wish.filter, _sort(wish), after, size)


def _sort(wish: Wish) -> RegisterSort:
    return RegisterSort(wish.sort.column, wish.sort.descending)


def _count(key: str, queries: Queries, wish: Wish) -> int:
    return queries.register_count(key, wish.filter)


def _opens(row: EntryRow) -> str:
    return row.entry_id


def _faces(register: Register, columns: tuple[RegisterListColumn, ...], row: EntryRow) -> tuple[Face, ...]:
    named = register.naming or NUMBER
    return tuple(
        Face(
            # A cell is one line; what was written over several is read in the entry itself.
            " ".join(text.split()),
            "",
            _ROLES[row.tones[column.key]]
            if column.key in row.tones
            else "text"
            if column.key == named
            else "quiet",
            column.right,
        )
        for column, text in zip(columns, row.cells, strict=True)
    )
