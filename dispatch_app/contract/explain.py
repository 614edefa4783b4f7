"""「为什么」: a clock in words. What started it, when it is due, what stops it, what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dispatch_app.contract.calendar_beijing import HOUR, MINUTE, moment_text
from dispatch_app.contract.clocks import (
    ClockName,
    ClockResult,
    ClockState,
    CycleAssessment,
    FaultAssessment,
    assess_fault,
)
from dispatch_app.contract.facts import CancelKind, Confirmed, Fact, FactKind, Procedure, Zone
from dispatch_app.contract.history import Course, course
from dispatch_app.contract.moves import WORDS
from dispatch_app.contract.rules import Rules
from dispatch_app.contract.terms import Terms


@dataclass(frozen=True, slots=True)
class ClockGuide:
    """A clock's name on the desk and its clause."""

    title: str
    clause: str


CLOCK_GUIDE: Mapping[ClockName, ClockGuide] = MappingProxyType(
    {
        ClockName.RESPONSE: ClockGuide("响应", "二.3"),
        ClockName.ARRIVAL: ClockGuide("到场", "二.3"),
        ClockName.DISPATCH_5H: ClockGuide("派人 5h", "九.2"),
        ClockName.DISPATCH_2D: ClockGuide("两天", "九.2"),
        ClockName.REPAIR_START: ClockGuide("开修", "二.4"),
        ClockName.SPECIAL_REPORT: ClockGuide("专报", "二.4"),
        ClockName.SAME_DAY: ClockGuide("当天", "二.4"),
    }
)

STATE_WORDS: Mapping[ClockState, str] = MappingProxyType(
    {
        ClockState.NOT_STARTED: "未起算",
        ClockState.RUNNING: "计时中",
        ClockState.MET: "按时",
        ClockState.BREACHED: "超时",
        ClockState.VOID: "不适用",
    }
)


@dataclass(frozen=True, slots=True)
class ClockExplanation:
    """A clock with its sentences, in Chinese.

    Attributes:
        allowed: How long it runs, such as 40 分钟.
        why: Sentences without full stops: start, due moment, stop, cost.
    """

    result: ClockResult
    title: str
    clause: str
    allowed: str
    why: tuple[str, ...]


def explain(
    facts: Iterable[Fact], terms: Terms, now: int, *, plant: bool = False
) -> tuple[ClockExplanation, ...]:
    """Every clock of a fault at `now`, by cycle and in the table's order.

    Args:
        plant: As in `assess_fault`.

    Raises:
        ValueError: There is no report among the facts.
    """
    known = list(facts)
    fault = assess_fault(known, terms, now, plant=plant)
    found = course(known, now)
    return tuple(
        _explain(result, cycle, fault, found, terms, plant)
        for cycle in fault.cycles
        for result in cycle.clocks
    )


def stop_kinds(clock: ClockName, zone: Zone, rules: Rules) -> tuple[FactKind, ...]:
    """What stops a clock under the readings used, in the usual order."""
    fix = (FactKind.RESOLVED,) if rules.remote_fix_counts else ()
    sent = (FactKind.DEPARTED, FactKind.ARRIVED, FactKind.CONFIRMED, FactKind.REPAIR_STARTED, *fix)
    if clock is ClockName.RESPONSE:
        stops: tuple[FactKind, ...] = (
            FactKind.ACKNOWLEDGED, FactKind.DEPARTED, FactKind.ARRIVED, FactKind.CONFIRMED,
            FactKind.REPAIR_STARTED, FactKind.RESOLVED,
        )  # fmt: skip
    elif clock is ClockName.ARRIVAL:
        ordered = rules.ordered_is_arrival and zone is Zone.URBAN
        stops = (FactKind.ASSIGNED, *sent) if ordered else (FactKind.ARRIVED, FactKind.CONFIRMED, *fix)
    elif clock in (ClockName.DISPATCH_5H, ClockName.DISPATCH_2D):
        stops = (FactKind.ASSIGNED, *sent) if rules.assigned_is_sent else sent
    elif clock is ClockName.REPAIR_START:
        stops = (FactKind.REPAIR_STARTED, FactKind.RESOLVED)
    elif clock is ClockName.SPECIAL_REPORT:
        stops = (FactKind.SPECIAL_REPORT_SUBMITTED,)
    else:
        stops = (FactKind.RESOLVED,)
    return stops


def length_text(seconds: int) -> str:
    """`2 小时 5 分 1 秒`; parts that are nought are left out."""
    parts = (
        (seconds // HOUR, "小时"),
        (seconds % HOUR // MINUTE, "分"),
        (seconds % MINUTE, "秒"),
    )
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 秒"


def allowed_text(clock: ClockName, zone: Zone, terms: Terms) -> str:
    """How long a clock runs, in words."""
    contract, rules = terms.contract, terms.rules
    arrival = contract.arrival_outlying_s if zone is Zone.OUTLYING else contract.arrival_urban_s
    return {
        ClockName.RESPONSE: f"{contract.response_s // MINUTE} 分钟",
        ClockName.ARRIVAL: f"{arrival // MINUTE} 分钟" if arrival % HOUR else f"{arrival // HOUR} 小时",
        ClockName.DISPATCH_5H: f"{contract.dispatch_s // HOUR} 小时",
        ClockName.DISPATCH_2D: "接报次日起两个整日"
        if rules.two_whole_days
        else f"{contract.two_days * 24} 小时",
        ClockName.REPAIR_START: f"{contract.procedure_s // HOUR} 小时",
        ClockName.SPECIAL_REPORT: f"{contract.procedure_s // HOUR} 小时",
        ClockName.SAME_DAY: "24 小时" if rules.day_of_24_hours else "当天",
    }[clock]


def _explain(
    result: ClockResult,
    cycle: CycleAssessment,
    fault: FaultAssessment,
    found: Course,
    terms: Terms,
    plant: bool,
) -> ClockExplanation:
    guide = CLOCK_GUIDE[result.clock]
    allowed = allowed_text(result.clock, fault.zone, terms)
    if result.state is ClockState.VOID:
        why = [
            *_start_and_due(result, cycle, allowed, terms),
            _why_void(result, cycle, fault, found, terms, plant),
        ]
    elif result.state is ClockState.NOT_STARTED:
        why = [_why_not_started(result.clock, cycle)]
    else:
        why = [
            *_start_and_due(result, cycle, allowed, terms),
            _stop(result, fault, found, terms),
            _cost(result, terms),
        ]
    return ClockExplanation(result, guide.title, guide.clause, allowed, tuple(why))


def _start_and_due(result: ClockResult, cycle: CycleAssessment, allowed: str, terms: Terms) -> list[str]:
    if result.started_at is None or result.due_at is None:
        return []
    if result.clock in (ClockName.REPAIR_START, ClockName.SPECIAL_REPORT):
        start = "现场确认"
    elif result.clock is ClockName.ARRIVAL and terms.rules.arrival_from_response:
        start = "响应"
    else:
        start = "接报" if cycle.number == 1 else "重开"
    due = moment_text(result.due_at)
    until = f"须在 {due} 之前" if result.clock is ClockName.SAME_DAY else f"到 {due} 为止，正点不算超时"
    return [f"{moment_text(result.started_at)} {start}起算", f"时限：{allowed}，{until}"]


def _stop(result: ClockResult, fault: FaultAssessment, found: Course, terms: Terms) -> str:
    stops = stop_kinds(result.clock, fault.zone, terms.rules)
    if result.stopped_at is None:
        words = "、".join(WORDS[kind] for kind in stops)
        late = f"已超时 {length_text(result.late_s)}；" if result.state is ClockState.BREACHED else ""
        return f"{late}{words}，有一项即停" if len(stops) > 1 else f"{late}{words}即停"
    facts = found.cycles[result.cycle - 1].facts
    by = next((item.kind for item in facts if item.at == result.stopped_at and item.kind in stops), None)
    word = WORDS[by] if by else "登记"
    if result.state is ClockState.MET:
        return f"{moment_text(result.stopped_at)} {word}，按时"
    return f"{moment_text(result.stopped_at)} {word}，超时 {length_text(result.late_s)}"


def _cost(result: ClockResult, terms: Terms) -> str:
    contract = terms.contract
    breached = result.state is ClockState.BREACHED
    if result.state is ClockState.MET:
        return "没有违约"
    if result.clock is ClockName.DISPATCH_5H:
        lead = "计" if breached else "超过即计"
        limit = f"超过 {contract.count_limit} 次甲方可解除合同"
        return f"{lead}违约金 {contract.nobody_sent_sum:,.2f} 元，{limit}（九.2）"
    if result.clock is ClockName.DISPATCH_2D:
        return ("" if breached else "超过则") + "甲方可解除合同并要求返还合同款（九.2）"
    return "本身不计金额，列作履约证据；甲方主张时按九.4"


def _why_not_started(clock: ClockName, cycle: CycleAssessment) -> str:
    if clock is ClockName.ARRIVAL:
        return "按现行口径自响应起算，尚未响应"
    own = "专报程序" if clock is ClockName.SPECIAL_REPORT else "维修"
    if cycle.procedure is not None:
        return f"现场确认的程序不计{own}的 2 小时（二.4）"
    return f"现场确认走{own}之后起算（二.4）"


def _why_void(
    result: ClockResult,
    cycle: CycleAssessment,
    fault: FaultAssessment,
    found: Course,
    terms: Terms,
    plant: bool,
) -> str:
    if cycle.cancelled is CancelKind.DUPLICATE:
        return "已作重复销单，本轮各项时限作废"
    if cycle.cancelled is CancelKind.OUT_OF_SCOPE:
        return "非服务对象，已销单，本轮各项时限作废"
    if result.clock in (ClockName.DISPATCH_5H, ClockName.DISPATCH_2D) and not terms.rules.is_call(
        fault.source
    ):
        return "不是甲方的报障电话，九.2 不适用"
    if result.clock is ClockName.ARRIVAL and plant and terms.rules.plant_has_no_figure:
        return "按现行口径，市区外的交换箱、光纤、无线节点合同未定到场时限"
    if result.clock is ClockName.SAME_DAY and _first_procedure(cycle, found) not in (None, Procedure.ROUTINE):
        return "首次现场确认不是常规故障，当天解决不适用（二.4）"
    if cycle.cancelled is CancelKind.FALSE_ALARM:
        return "已作误报销单，当时未停的时限作废"
    if result.clock is ClockName.SAME_DAY:
        return "已并入多节并发，视复杂程度尽快解决（二.4）"
    return "现场确认改为另一程序，此项作废"


def _first_procedure(cycle: CycleAssessment, found: Course) -> Procedure | None:
    details = [item.fact.detail for item in found.cycles[cycle.number - 1].facts]
    return next((detail.procedure for detail in details if isinstance(detail, Confirmed)), None)
