"""What may happen next to a fault. Times: epoch seconds UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Confirmed, Corrected, Fact, FactKind, Procedure
from dispatch_app.contract.history import ENDS, STATEMENTS, Course, CycleFacts, course, cycle_of


class Stage(StrEnum):
    """How far a fault has come in its present cycle."""

    REPORTED = "reported"
    ASSIGNED = "assigned"
    ACKNOWLEDGED = "acknowledged"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    CONFIRMED = "confirmed"
    IN_REPAIR = "in_repair"
    SPECIAL_REPORT_PENDING = "special_report_pending"
    AWAITING_INSTRUCTION = "awaiting_instruction"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


OPEN_STAGES = frozenset(Stage) - {Stage.RESOLVED, Stage.CLOSED, Stage.CANCELLED}

MILESTONES = (
    FactKind.ASSIGNED,
    FactKind.ACKNOWLEDGED,
    FactKind.DEPARTED,
    FactKind.ARRIVED,
    FactKind.CONFIRMED,
    FactKind.REPAIR_STARTED,
    FactKind.SPECIAL_REPORT_SUBMITTED,
    FactKind.INSTRUCTION_RECEIVED,
    FactKind.RESOLVED,
    FactKind.CLOSED,
    FactKind.CANCELLED,
)
"""In their usual order; typing them in another one is allowed, and so is leaving some out."""

_NEXT: Mapping[Stage, FactKind | None] = MappingProxyType(
    {
        Stage.REPORTED: FactKind.ASSIGNED,
        Stage.ASSIGNED: FactKind.ACKNOWLEDGED,
        Stage.ACKNOWLEDGED: FactKind.DEPARTED,
        Stage.DEPARTED: FactKind.ARRIVED,
        Stage.ARRIVED: FactKind.CONFIRMED,
        Stage.CONFIRMED: FactKind.REPAIR_STARTED,
        Stage.IN_REPAIR: FactKind.RESOLVED,
        Stage.SPECIAL_REPORT_PENDING: FactKind.SPECIAL_REPORT_SUBMITTED,
        Stage.AWAITING_INSTRUCTION: FactKind.INSTRUCTION_RECEIVED,
        Stage.RESOLVED: FactKind.CLOSED,
        Stage.CLOSED: None,
        Stage.CANCELLED: None,
    }
)
_ENDED = (
    (FactKind.CANCELLED, Stage.CANCELLED),
    (FactKind.CLOSED, Stage.CLOSED),
    (FactKind.RESOLVED, Stage.RESOLVED),
)
_UNDER_WAY = (
    (FactKind.REPAIR_STARTED, Stage.IN_REPAIR),
    (FactKind.CONFIRMED, Stage.CONFIRMED),
    (FactKind.ARRIVED, Stage.ARRIVED),
    (FactKind.DEPARTED, Stage.DEPARTED),
    (FactKind.ACKNOWLEDGED, Stage.ACKNOWLEDGED),
    (FactKind.ASSIGNED, Stage.ASSIGNED),
)
_MAY_FOLLOW: Mapping[FactKind, frozenset[FactKind]] = MappingProxyType(
    {
        FactKind.CLOSED: frozenset({FactKind.RESOLVED}),
        FactKind.CANCELLED: frozenset({FactKind.RESOLVED}),
        # A resolution does not stop the special report's clock, so the report may still come.
        FactKind.SPECIAL_REPORT_SUBMITTED: frozenset({FactKind.RESOLVED, FactKind.CLOSED}),
        FactKind.INSTRUCTION_RECEIVED: frozenset({FactKind.RESOLVED, FactKind.CLOSED}),
    }
)
"""Which ends a fact may come after."""
WORDS: Mapping[FactKind, str] = MappingProxyType(
    {
        FactKind.REPORTED: "接报",
        FactKind.ASSIGNED: "派单",
        FactKind.ACKNOWLEDGED: "响应",
        FactKind.DEPARTED: "出发",
        FactKind.ARRIVED: "到场",
        FactKind.CONFIRMED: "现场确认",
        FactKind.REPAIR_STARTED: "开修",
        FactKind.SPECIAL_REPORT_SUBMITTED: "专报上报",
        FactKind.INSTRUCTION_RECEIVED: "批示",
        FactKind.RESOLVED: "解决",
        FactKind.CLOSED: "归档",
        FactKind.CANCELLED: "销单",
        FactKind.REOPENED: "重开",
        FactKind.UNREACHABLE: "联系不上",
        FactKind.THIRD_PARTY: "委托第三方",
        FactKind.GROUPED: "并入多节并发",
        FactKind.CORRECTED: "更正",
        FactKind.AMENDED: "更正",
        FactKind.DISPUTED: "申辩",
        FactKind.WAIVED: "豁免",
    }
)


def stage(facts: Iterable[Fact], now: int) -> Stage:
    """How far the present cycle has come at `now`."""
    return stage_of(course(facts, now))


def stage_of(found: Course) -> Stage:
    """How far the present cycle has come: the furthest milestone counts, not the latest.

    A fault whose report was taken back is as good as cancelled.
    """
    if not found.cycles:
        return Stage.CANCELLED
    kinds = _kinds(found.cycles[-1])
    for kind, reached in _ENDED:
        if kind in kinds:
            return reached
    procedure = _procedure(found.cycles[-1])
    if procedure is Procedure.SPECIAL_REPORT and FactKind.INSTRUCTION_RECEIVED not in kinds:
        submitted = FactKind.SPECIAL_REPORT_SUBMITTED in kinds
        return Stage.AWAITING_INSTRUCTION if submitted else Stage.SPECIAL_REPORT_PENDING
    return next((reached for kind, reached in _UNDER_WAY if kind in kinds), Stage.REPORTED)


def next_move(facts: Iterable[Fact], now: int) -> FactKind | None:
    """The milestone the large button offers at `now`."""
    return next_move_of(course(facts, now))


def next_move_of(found: Course) -> FactKind | None:
    """The milestone the large button offers; None when nothing is left but reopening."""
    reached = stage_of(found)
    if reached is Stage.CONFIRMED and _procedure(found.cycles[-1]) is Procedure.SPECIAL_REPORT:
        # What 甲方's instruction asked for is done when it is resolved: no clock waits for a start.
        return FactKind.RESOLVED
    return _NEXT[reached]


def allowed_moves(facts: Iterable[Fact], now: int) -> tuple[FactKind, ...]:
    """What may be recorded as happening at `now`: milestones in their usual order, then reopening."""
    found = course(facts, now)
    return tuple(kind for kind in (*MILESTONES, FactKind.REOPENED) if _refusal(kind, now, found) is None)


def check_move(kind: FactKind, at: int, facts: Iterable[Fact], now: int) -> None:
    """Refuse what cannot have happened. Late entries and milestones out of their usual order are fine.

    Raises:
        KnownError: `at` lies in the future or before the report, the fault had ended by then, or it is
            reopened without having ended.
    """
    if at > now:
        raise KnownError(
            f"{WORDS[kind]}时间 {moment_text(at)} 还没有到", f"请填不晚于现在 {moment_text(now)} 的时间", "at"
        )
    refusal = _refusal(kind, at, course(facts, now))
    if refusal is not None:
        raise KnownError(*refusal, "at")


def check_closing(number: str, still_open: Iterable[str]) -> None:
    """Refuse 归档 of the fault that names a concurrent group while another of the group is in hand.

    Args:
        number: Of the fault to be closed.
        still_open: Numbers of the other faults in hand of the group named after it, if it names one.

    Raises:
        KnownError: There are some; it names them.
    """
    waiting = "、".join(still_open)
    if waiting:
        raise KnownError(
            f"{number} 是多节并发的主单，组里 {waiting} 还在办，不能归档",
            f"先把 {waiting} 解决并归档（或销单），再归档 {number}",
        )


def check_correction(fact_id: str, new_at: int | None, facts: Iterable[Fact], now: int) -> None:
    """Refuse a correction after which something recorded could no longer have happened.

    Args:
        new_at: The time to be put in place; None to take the fact back.

    Raises:
        KnownError: There is no such fact, the time lies in the future, or the correction would leave a
            milestone before the report or a reopening of what had not ended.
    """
    known = list(facts)
    if all(fact.id != fact_id for fact in known):
        raise KnownError("找不到要更正的这条记录", "刷新后重新选择要更正的记录")
    if new_at is not None and new_at > now:
        raise KnownError(
            f"更正后的时间 {moment_text(new_at)} 还没有到", f"请填不晚于现在 {moment_text(now)} 的时间", "at"
        )
    # Later than every other correction, so that it decides.
    last = max(now, *(fact.at for fact in known))
    trial = Fact("~", FactKind.CORRECTED, last + 1, last + 1, Corrected(fact_id, new_at, ""))
    before, after = course(known, now), course([*known, trial], now)
    if before.cycles and not after.cycles:
        if len(before.standing) > 1:
            raise KnownError("接报之后已有记录，不能撤回接报", "先撤回后面的记录，或改用销单")
        return
    caused = [
        found for found in after.anomalies if after.anomalies.count(found) > before.anomalies.count(found)
    ]
    if caused:
        kind = FactKind(caused[0].partition(":")[0])
        if kind is FactKind.REOPENED:
            raise KnownError("更正后，重开之前故障并未结束", "先撤回重开，再更正这一条")
        raise KnownError(f"更正后，{WORDS[kind]}会早于接报", "请核对时间，或先更正那一条", "at")


def _refusal(kind: FactKind, at: int, found: Course) -> tuple[str, str] | None:
    """(reason, remedy) why `kind` cannot have happened at `at`, None if it can."""
    if kind is FactKind.REPORTED:
        return ("这个故障已经接报", "另一个故障请按 F2 另开一单") if found.cycles else None
    if not found.cycles:
        return _unreported(found)
    if kind is FactKind.UNREACHABLE or kind in STATEMENTS:
        return None
    first = found.cycles[0].start
    if at < first:
        return (f"{WORDS[kind]}时间早于接报 {moment_text(first)}", "请核对时间；接报时间有误时先更正接报")
    cycle = cycle_of(found.cycles, at)
    if kind is FactKind.REOPENED:
        if cycle is not found.cycles[-1] or cycle.ended_at is None or at < cycle.ended_at:
            return ("故障当时尚未结束，不能重开", "解决、归档或销单之后才能重开")
        return None
    return None if kind is FactKind.THIRD_PARTY else _refusal_in(kind, at, cycle)


def _unreported(found: Course) -> tuple[str, str]:
    """Why there is no cycle: the report was taken back, or it lies ahead of a clock that was set back."""
    ahead = [item.at for item in found.standing if item.kind is FactKind.REPORTED]
    if not ahead:
        return ("这个故障的接报已撤回", "请重新接报")
    return (
        f"电脑现在的时间早于接报 {moment_text(min(ahead))}",
        "请先对准电脑的时钟；接报时间有误时先更正接报",
    )


def _refusal_in(kind: FactKind, at: int, cycle: CycleFacts) -> tuple[str, str] | None:
    kinds = _kinds(cycle)
    if kind in ENDS and kind in kinds:
        return (f"{WORDS[kind]}已经记录过", "时间有误时请更正原来那一条")
    if cycle.ended_at is None or at <= cycle.ended_at or kinds & ENDS <= _MAY_FOLLOW.get(kind, frozenset()):
        return None
    return (
        f"故障已于 {moment_text(cycle.ended_at)} 结束，{WORDS[kind]}不能在此之后",
        "请核对时间；故障复发时先重开",
    )


def _kinds(cycle: CycleFacts) -> frozenset[FactKind]:
    return frozenset(item.kind for item in cycle.facts)


def _procedure(cycle: CycleFacts) -> Procedure | None:
    details = [item.fact.detail for item in cycle.facts]
    named = [detail.procedure for detail in details if isinstance(detail, Confirmed) and detail.procedure]
    return named[-1] if named else None
