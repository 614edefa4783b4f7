"""Rows as the screens read them, made by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState
from dispatch_app.contract.facts import FactKind, Procedure, Source, Zone
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.rows import (
    ClockExplained,
    Engagement,
    FaultDetail,
    FaultRow,
    StaffState,
    TimelineEntry,
)
from dispatch_app.operations.words import FACT_WORDS
from dispatch_app.ui.desk.urgency import Threshold, Thresholds, is_live
from tests.ui.conftest import FRIDAY

NOW = FRIDAY
MINUTE = 60
HOUR = 3600
AMOUNT = Decimal("2000.00")
THRESHOLDS: Thresholds = {clock: Threshold(15 * MINUTE, 5 * MINUTE) for clock in ClockName}
C = ClockName


def running(clock: ClockName, due: int, started: int = NOW - HOUR, cycle: int = 1) -> ClockResult:
    """A clock nobody has stopped; `due` may lie before NOW: the row is then older than the moment."""
    return ClockResult(cycle, clock, ClockState.RUNNING, started, due, None, 0)


def met(clock: ClockName, took: int, cycle: int = 1) -> ClockResult:
    start = NOW - 4 * HOUR
    return ClockResult(cycle, clock, ClockState.MET, start, start + 5 * HOUR, start + took, 0)


def breached(clock: ClockName, due: int, stopped: int | None = None, cycle: int = 1) -> ClockResult:
    late = (NOW if stopped is None else stopped) - due
    return ClockResult(cycle, clock, ClockState.BREACHED, due - HOUR, due, stopped, late)


def unstarted(clock: ClockName) -> ClockResult:
    return ClockResult(1, clock, ClockState.NOT_STARTED, None, None, None, 0)


def void(clock: ClockName) -> ClockResult:
    return ClockResult(1, clock, ClockState.VOID, NOW - HOUR, NOW + HOUR, None, 0)


def part(name: str, state: StaffState = StaffState.EN_ROUTE, since: int = NOW - 600) -> Engagement:
    return Engagement(f"id-{name}", name, state, since)


def fault(number: int, *clocks: ClockResult, **fields: object) -> FaultRow:
    """An open fault with these clocks."""
    row = FaultRow(
        id=f"fault-{number}",
        number=f"A-{number:04d}",
        version=1,
        site_id="site",
        site_name="市委大楼机房",
        zone=Zone.URBAN,
        emergency=False,
        source=Source.CLIENT,
        symptom="公文交换系统登录缓慢",
        stage=Stage.REPORTED,
        procedure=None,
        cycle=1,
        reported_at=NOW - HOUR,
        engagements=(),
        clocks=clocks,
        next_move=FactKind.ASSIGNED,
        group="",
        group_size=0,
        penalty_ordinal=0,
        open=True,
    )
    return replace(row, **fields)


def explained(result: ClockResult, *why: str) -> ClockExplained:
    return ClockExplained(result, "响应", "二.3", why, is_live(result))


def entry(kind: FactKind, at: int, note: str = "", **fields: object) -> TimelineEntry:
    made = TimelineEntry(
        f"{kind}-{at}", kind, FACT_WORDS[kind], at, at, at, "李鸿兰", note, voided=False, corrections=()
    )
    return replace(made, **fields)


def detail(row: FaultRow, **fields: object) -> FaultDetail:
    made = FaultDetail(
        row=row,
        caller="",
        unit="",
        callback="",
        line="",
        room="",
        device="",
        hardware=False,
        timeline=(entry(FactKind.REPORTED, row.reported_at),),
        clocks=tuple(explained(clock) for clock in row.clocks),
        allowed=(),
        same_site_30d=0,
        last_same_site="",
        special_report_id="",
    )
    return replace(made, **fields)


__all__ = [
    "AMOUNT",
    "HOUR",
    "MINUTE",
    "NOW",
    "THRESHOLDS",
    "C",
    "Procedure",
    "StaffState",
    "Stage",
    "Zone",
    "breached",
    "detail",
    "entry",
    "explained",
    "fault",
    "met",
    "part",
    "running",
    "unstarted",
    "void",
]  # fmt: skip
