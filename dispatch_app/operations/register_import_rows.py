"""Rows of a table as they are imported into a register: what each becomes, and what is to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dispatch_app.operations.log_rows import RowFate
from dispatch_app.operations.registers.kinds import Values


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """An entry to be written. `row`: of the file, the heading being row 1."""

    row: int
    values: Values


@dataclass(frozen=True, slots=True)
class RegisterPreviewRow:
    """One row of the file and what becomes of it.

    Attributes:
        said: Column key → text of the file; empty ones left out.
        number: Of the entry it is already or differs from; empty for none.
        entry_id: Of that entry; empty for none, and for a row before it in the file.
        column: Key of the column it is refused for; empty for none.
        reason: Why it is refused, or where it differs.
    """

    row: int
    fate: RowFate
    said: Mapping[str, str]
    number: str = ""
    entry_id: str = ""
    column: str = ""
    reason: str = ""


@dataclass(frozen=True)
class RegisterPreview:
    """What an import of a file into a register would do.

    Attributes:
        register: Its key.
        digest: Hex SHA-256 of the file.
        seen: End of the chain of facts at that moment.
        headings: Of the columns that are read, in the order of the file.
        notes: What of the file is ignored.
    """

    register: str
    name: str
    digest: str
    seen: int
    headings: tuple[str, ...]
    notes: tuple[str, ...]
    rows: tuple[RegisterPreviewRow, ...]
    entries: tuple[PlannedEntry, ...]

    @cached_property
    def counts(self) -> Counter[RowFate]:
        return Counter(row.fate for row in self.rows)
