"""Papers: issuing fixes number, time and copy; what was issued is kept and can be printed again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IssueWorkOrder:
    """派工单 of a fault for one engineer. `Changes.created` is the document's id."""

    fault_id: str
    staff_id: str


@dataclass(frozen=True, slots=True)
class IssueTally:
    """违约结算表 for a period, half-open, epoch seconds at Beijing midnights."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RecordPrint:
    """A copy went to a printer or a file: who, when, where to, and whether it worked."""

    document_id: str
    target: str
    succeeded: bool
    detail: str = ""
