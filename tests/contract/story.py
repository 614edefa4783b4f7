"""Short ways to tell what happened to a fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import count
from typing import Any

from dispatch_app.contract.clocks import ClockName, FaultAssessment, assess_fault
from dispatch_app.contract.facts import (
    ByEngineer,
    CancelKind,
    Cancelled,
    Confirmed,
    Corrected,
    Fact,
    FactKind,
    Grouped,
    Noted,
    OnBreach,
    Procedure,
    Reported,
    Zone,
)
from dispatch_app.contract.terms import Readings, Terms
from dispatch_app.operations.contract_files import load_terms

BEIJING = timezone(timedelta(hours=8))
DAY = "2024-06-03"
SHIPPED = load_terms()
_NUMBERS = count(1)


def moment(text: str) -> int:
    """Epoch seconds of `09:00` or `09:00:01` on the day of the story, or of a whole `2024-06-04 09:00:01`."""
    full = text if "-" in text else f"{DAY} {text}"
    form = "%Y-%m-%d %H:%M:%S" if full.count(":") == 2 else "%Y-%m-%d %H:%M"
    return int(datetime.strptime(full, form).replace(tzinfo=BEIJING).timestamp())


@cache
def terms(**readings: str) -> Terms:
    """The shipped contract under the given readings."""
    return Terms(SHIPPED.contract, replace(Readings(), **readings))


def fact(
    kind: FactKind | str, at: str | int, detail: Any = None, *, id: str = "", typed: int | None = None
) -> Fact:
    """A fact; `typed` is when it was recorded, at once if not given."""
    kind = FactKind(kind)
    when = moment(at) if isinstance(at, str) else at
    own = detail or (ByEngineer() if kind in _BY else Noted())
    return Fact(id or f"f{next(_NUMBERS):05d}", kind, when, when if typed is None else typed, own)


_BY = {FactKind.ACKNOWLEDGED, FactKind.DEPARTED, FactKind.ARRIVED, FactKind.REPAIR_STARTED}


def reported(at: str | int = "09:00", zone: Zone = Zone.URBAN, **fields: Any) -> Fact:
    return fact(FactKind.REPORTED, at, Reported(zone, **fields))


def confirmed(at: str | int, procedure: Procedure | str | None) -> Fact:
    return fact(FactKind.CONFIRMED, at, Confirmed(Procedure(procedure) if procedure else None))


def cancelled(at: str | int, kind: CancelKind | str = CancelKind.FALSE_ALARM) -> Fact:
    return fact(FactKind.CANCELLED, at, Cancelled(CancelKind(kind)))


def grouped(at: str | int) -> Fact:
    return fact(FactKind.GROUPED, at, Grouped("G1"))


def corrected(of: Fact, new_at: str | int | None, at: str | int) -> Fact:
    new = moment(new_at) if isinstance(new_at, str) else new_at
    return fact(FactKind.CORRECTED, at, Corrected(of.id, new, "看错表"))


def on_breach(kind: str, at: str, clause: str, cycle: int = 1, of: str | int | None = None) -> Fact:
    due = moment(of) if isinstance(of, str) else of
    return fact(kind, at, OnBreach(clause, cycle, due, "安工信函〔2024〕3号"))


def assess(
    facts: list[Fact], now: str | int, law: Terms = SHIPPED, *, plant: bool = False
) -> FaultAssessment:
    return assess_fault(facts, law, moment(now) if isinstance(now, str) else now, plant=plant)


def clock(
    name: str, facts: list[Fact], now: str | int, law: Terms = SHIPPED, *, cycle: int = 1, plant: bool = False
) -> tuple[str, int]:
    """(state, seconds late) of one clock."""
    found = next(
        one
        for one in assess(facts, now, law, plant=plant).clocks
        if one.clock is ClockName(name) and one.cycle == cycle
    )
    return found.state.value, found.late_s
