"""What stands in a register beside an entry that is being checked: in the database, or read into memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.registers.kinds import Kind, Values
from dispatch_app.operations.registers.lookup import Lookup


@dataclass(frozen=True, slots=True)
class Other:
    """A standing entry. `number`: as it is named in a refusal."""

    entry_id: str
    number: str
    values: Values


class Neighbours(Protocol):
    """Who can be asked for the entries of one register."""

    def with_key(self, column: str, key: str) -> Iterable[Other]:
        """Those that have this key in a column."""
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """The entries of a register as the database has them."""

    session: Session
    register: str

    def with_key(self, column: str, key: str) -> Iterable[Other]:
        found = self.session.execute(
            select(RegisterEntry.entry_id, RegisterEntry.number, RegisterEntry.content)
            .join(RegisterCell, RegisterCell.id == RegisterEntry.id)
            .where(
                RegisterCell.register == self.register, RegisterCell.column == column, RegisterCell.key == key
            )
            .order_by(RegisterEntry.id)
        )
        return [Other(row.entry_id, row.number, json.loads(row.content)) for row in found]


class Listed:
    """The entries of a register in memory, and those an import is about to add to them.

    Args:
        kinds: Of the register's columns, by key.
    """

    def __init__(self, kinds: Mapping[str, Kind], lookup: Lookup, entries: Iterable[Other]) -> None:
        self._kinds = kinds
        self._lookup = lookup
        self._entries = list(entries)
        self._by_key: dict[str, dict[str, list[Other]]] = {}

    def with_key(self, column: str, key: str) -> Iterable[Other]:
        if column not in self._by_key:
            self._by_key[column] = {}
            for one in self._entries:
                self._index(column, one)
        return self._by_key[column].get(key, ())

    def add(self, other: Other) -> None:
        """One more stands from here on."""
        self._entries.append(other)
        for column in self._by_key:
            self._index(column, other)

    def key(self, column: str, values: Values) -> str:
        """What orders the value of a column; empty for none."""
        value = values.get(column)
        return "" if value is None else self._kinds[column].key(value, self._lookup)

    def _index(self, column: str, other: Other) -> None:
        self._by_key[column].setdefault(self.key(column, other.values), []).append(other)


def stored(session: Session, register: str) -> list[Other]:
    """Every standing entry of a register, in the order of entry."""
    rows = session.execute(
        select(RegisterEntry.entry_id, RegisterEntry.number, RegisterEntry.content)
        .where(RegisterEntry.register == register, RegisterEntry.standing)
        .order_by(RegisterEntry.id)
    )
    return [Other(row.entry_id, row.number, json.loads(row.content)) for row in rows]
