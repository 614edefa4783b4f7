"""What stands in a register beside an entry that is being checked: in the database, or read into memory."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.registers.kinds import Values


@dataclass(frozen=True, slots=True)
class Other:
    """A standing entry. `number`: as it is named in a refusal."""

    entry_id: str
    number: str
    values: Values


class Standing(Protocol):
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
