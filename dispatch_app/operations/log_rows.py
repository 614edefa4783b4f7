"""Rows of a call log as they are imported: what each becomes, and the faults that are to be written.

Times: epoch seconds UTC.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from dispatch_app.contract.facts import Detail, FactKind


class RowFate(StrEnum):
    """What an import does with a row: takes it in, refuses it, knows it already, or knows it otherwise."""

    READY = "ready"
    REFUSED = "refused"
    KNOWN = "known"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class PlannedFact:
    """A fact to be written. `void`: why it is kept and does not count; empty for one that counts."""

    kind: FactKind
    at: int
    detail: Detail
    void: str = ""


@dataclass(frozen=True, slots=True)
class LogRow:
    """Where a cycle of a fault stood. `digest`: of what the row says, however it is written."""

    row: int
    cycle: int
    digest: str


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """A fault to be written: every cycle of one call number."""

    call_no: str
    rows: tuple[LogRow, ...]
    facts: tuple[PlannedFact, ...]


@dataclass(frozen=True, slots=True)
class LogPreviewRow:
    """One row of the file and what becomes of it.

    Attributes:
        number: Of the fault it will be or is; empty for a refused one.
        fault_id: Of the fault it is already; empty for none.
        site: As the desk knows it, or as it was written where `site_known` is False.
        milestones: (kind, moment) of what counts, in the columns' order.
        anomalies: What is kept and does not count, each beginning with the English column name.
        reason: Why it is refused, or where it differs.
    """

    row: int
    call_no: str
    fate: RowFate
    cycle: int = 1
    number: str = ""
    fault_id: str = ""
    site: str = ""
    site_known: bool = False
    reported_at: int | None = None
    milestones: tuple[tuple[FactKind, int], ...] = ()
    anomalies: tuple[str, ...] = ()
    reason: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether a person should look before it is taken in."""
        return self.fate is RowFate.DIFFERS or (self.fate is RowFate.READY and bool(self.anomalies))


@dataclass(frozen=True)
class ImportPreview:
    """What an import of a file would do. `notes`: what of the file was ignored."""

    name: str
    digest: str
    notes: tuple[str, ...]
    rows: tuple[LogPreviewRow, ...]
    faults: tuple[PlannedFault, ...]

    @cached_property
    def counts(self) -> Counter[RowFate]:
        return Counter(row.fate for row in self.rows)
