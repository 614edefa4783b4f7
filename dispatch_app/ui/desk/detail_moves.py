"""Which step follows, which others may be taken, and the key of each. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.operations.rows import FaultDetail, FaultRow, StaffRow
from dispatch_app.operations.words import FACT_WORDS

KEYS: Mapping[FactKind, str] = MappingProxyType(
    {
        FactKind.ACKNOWLEDGED: "R",
        FactKind.DEPARTED: "D",
        FactKind.ARRIVED: "A",
        FactKind.CONFIRMED: "C",
        FactKind.REPAIR_STARTED: "K",
        FactKind.SPECIAL_REPORT_SUBMITTED: "W",
        FactKind.INSTRUCTION_RECEIVED: "P",
        FactKind.RESOLVED: "S",
        FactKind.CANCELLED: "X",
        FactKind.CLOSED: "G",
        FactKind.REOPENED: "O",
        FactKind.UNREACHABLE: "U",
    }
)
"""The letter that records a step; sending someone has the digits and Enter instead."""

KINDS: Mapping[str, FactKind] = MappingProxyType({key: kind for kind, key in KEYS.items()})

REPORTING = (FactKind.SPECIAL_REPORT_SUBMITTED, FactKind.INSTRUCTION_RECEIVED)
"""Steps with a button only where the procedure has them; their keys work always."""

PLAIN = frozenset(
    {
        FactKind.ACKNOWLEDGED,
        FactKind.DEPARTED,
        FactKind.ARRIVED,
        FactKind.REPAIR_STARTED,
        FactKind.SPECIAL_REPORT_SUBMITTED,
        FactKind.RESOLVED,
    }
)
"""Steps that need nothing but their time. All others ask something first, or ask whether it is meant."""


def next_words(row: FaultRow, best: StaffRow | None) -> str:
    """What the large button says."""
    if row.next_move is None:
        return ""
    if row.next_move is FactKind.ASSIGNED:
        return f"派给 {best.name}" if best is not None else "按数字键派人"
    if row.next_move is FactKind.SPECIAL_REPORT_SUBMITTED:
        return "写专报"
    return FACT_WORDS[row.next_move]


def other_moves(detail: FaultDetail) -> tuple[FactKind, ...]:
    """The steps beside the next one, those that usually follow it first, 销单, 归档 and 重开 last.

    Where the next one is the special report, the large button opens it; that it was handed in by other
    means has a button of its own.
    """
    row = detail.row
    reporting = row.procedure is Procedure.SPECIAL_REPORT
    last = (FactKind.CANCELLED, FactKind.CLOSED, FactKind.REOPENED)
    moves = [
        kind
        for kind in detail.allowed
        if kind in KEYS
        and kind not in last
        and (reporting or kind not in REPORTING)
        and (kind is not row.next_move or kind is FactKind.SPECIAL_REPORT_SUBMITTED)
    ]
    order = list(KEYS)
    here = order.index(row.next_move) if row.next_move is not None and row.next_move in KEYS else -1
    moves.sort(key=lambda kind: (order.index(kind) < here, order.index(kind)))
    return (*moves, *(kind for kind in last if kind in detail.allowed and kind is not row.next_move))
