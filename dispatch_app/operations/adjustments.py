"""调整: what issued tallies would count differently today. They stay as they are, the next one says so."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dispatch_app.contract.money import ZERO
from dispatch_app.models import IssuedDocument
from dispatch_app.operations.settlement_rows import AdjustmentRow, PenaltyRow, TallyRow

Key = tuple[str, str, int]
"""(fault id, clause, cycle)."""


@dataclass(frozen=True, slots=True)
class IssuedTally:
    """What a tally counted when it was issued. `counted`: yuan by sum; `started`: the cycle's start, which
    decides the period; `adjusted`: yuan it carried for earlier ones."""

    number: str
    start: int
    end: int
    counted: dict[Key, Decimal]
    adjusted: dict[Key, Decimal]
    started: dict[Key, int]
    fault_numbers: dict[str, str]


def content_of(row: TallyRow) -> dict[str, object]:
    """What must be remembered of a tally to find differences later, for JSON."""
    return {
        "start": row.start,
        "end": row.end,
        "sums": [
            [one.fault_id, one.clause, one.cycle, str(one.counted), one.cycle_started_at, one.fault_number]
            for one in row.penalties
        ],
        "adjusted": [
            [one.fault_id, one.clause, one.cycle, str(one.amount), one.fault_number]
            for one in row.adjustments
        ],
    }


def issued_tally(document: IssuedDocument) -> IssuedTally:
    """A tally read back from its document."""
    content = json.loads(document.sheet)["content"]
    counted: dict[Key, Decimal] = defaultdict(Decimal)
    adjusted: dict[Key, Decimal] = defaultdict(Decimal)
    started: dict[Key, int] = {}
    numbers: dict[str, str] = {}
    for fault_id, clause, cycle, amount, cycle_started_at, fault_number in content["sums"]:
        counted[fault_id, clause, cycle] += Decimal(amount)
        started[fault_id, clause, cycle] = cycle_started_at
        numbers[fault_id] = fault_number
    for fault_id, clause, cycle, amount, fault_number in content["adjusted"]:
        adjusted[fault_id, clause, cycle] += Decimal(amount)
        numbers[fault_id] = fault_number
    return IssuedTally(
        document.number, content["start"], content["end"], dict(counted), dict(adjusted), started, numbers
    )


def adjustments(
    issued: Sequence[IssuedTally], today: Iterable[PenaltyRow], start: int, end: int
) -> tuple[AdjustmentRow, ...]:
    """The differences that a tally of the period `start`–`end` has to carry.

    A sum of the period itself is listed there as it is today and needs no adjustment; neither does one that
    no issued tally covered.

    Args:
        issued: In order of issue.
        today: Every sum of the term as it counts now.
    """
    now: dict[Key, Decimal] = defaultdict(Decimal)
    started: dict[Key, int] = {}
    numbers: dict[str, str] = {}
    for former in issued:
        started |= former.started
        numbers |= former.fault_numbers
    for one in today:
        key = (one.fault_id, one.clause, one.cycle)
        now[key] += one.counted
        started[key] = one.cycle_started_at
        numbers[one.fault_id] = one.fault_number
    rows = []
    for key in sorted(started, key=lambda key: (started[key], numbers[key[0]], key)):
        covering = [former for former in issued if former.start <= started[key] < former.end]
        if not covering or start <= started[key] < end:
            continue
        billed = _billed(issued, covering[-1], key)
        if now[key] != billed:
            rows.append(_row(covering[-1].number, key, numbers[key[0]], billed, now[key]))
    return tuple(rows)


def _billed(issued: Sequence[IssuedTally], last: IssuedTally, key: Key) -> Decimal:
    """What was counted for a sum in all: by the last tally that covered it, and carried by those since."""
    since = issued[issued.index(last) + 1 :]
    carried = sum((former.adjusted.get(key, ZERO) for former in since), ZERO)
    return last.counted.get(key, ZERO) + carried


def _row(former_number: str, key: Key, fault_number: str, billed: Decimal, now: Decimal) -> AdjustmentRow:
    fault_id, clause, cycle = key
    return AdjustmentRow(
        former_number=former_number,
        fault_id=fault_id,
        fault_number=fault_number,
        clause=clause,
        cycle=cycle,
        reason=f"原计 {billed:,.2f} 元，现计 {now:,.2f} 元",
        amount=now - billed,
    )
