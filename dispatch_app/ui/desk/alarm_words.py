"""From rows of the queue to watches of the ladder, and what an alarm says. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from dispatch_app.contract.clocks import ClockName, ClockResult, is_past_due
from dispatch_app.contract.explain import CLOCK_GUIDE
from dispatch_app.operations.alarm_ladder import PROMISE, Alarm, Rung, Watch
from dispatch_app.operations.rows import FaultRow
from dispatch_app.ui.desk.beijing import figure_text, length_text
from dispatch_app.ui.desk.urgency import Threshold, Thresholds, is_live
from dispatch_app.ui.desk.words import SEPARATOR, STOPPED_BY

GRAVE = {ClockName.DISPATCH_2D: 2, ClockName.DISPATCH_5H: 1}
"""Clocks that come first among those on one rung: the right to terminate, then the sum of 九.2."""


class Occasion(StrEnum):
    """Why many alarms come at once; what their digest begins with."""

    START = "启动时"
    SLEEP = "睡眠期间"
    SKIP = "时钟跳过期间"
    STEP = "拨钟之后"
    UNMUTED = "静音结束，还有"


UNREAD = Threshold(0, 0)
"""Until the settings have been read."""


@dataclass(frozen=True, slots=True)
class AlarmSettings:
    """`sound`: whether alarms are heard. `manager`, `number`: whom to ring when nobody answers.
    `repeat_s`: seconds after which an unanswered last call is made again. `promise`: for 回电承诺."""

    sound: bool = False
    manager: str = ""
    number: str = ""
    repeat_s: int = 120
    promise: Threshold = UNREAD


def fault_watches(faults: Iterable[FaultRow], thresholds: Thresholds, amount: Decimal) -> list[Watch]:
    """A watch for every clock on which time still counts. `amount`: yuan of one case under 九.2."""
    return [
        _watch(fault, clock, thresholds, amount)
        for fault in faults
        for clock in fault.clocks
        if is_live(clock)
    ]


def _watch(fault: FaultRow, clock: ClockResult, thresholds: Thresholds, amount: Decimal) -> Watch:
    due = clock.due_at
    assert due is not None
    threshold = thresholds[clock.clock]
    former = "" if clock.cycle == fault.cycle else "（前次）"
    return Watch(
        subject_id=fault.id,
        label=f"{fault.number} {CLOCK_GUIDE[clock.clock].title}{former}",
        clock=clock.clock.value,
        due_at=due,
        over_at=due if is_past_due(clock.clock, due, due) else due + 1,
        soon_s=threshold.soon,
        last_call_s=threshold.last_call,
        cycle=clock.cycle,
        fault_id=fault.id,
        grave=GRAVE.get(clock.clock, 0),
        costs=_costs(fault, clock.clock, amount),
        stops=STOPPED_BY[clock.clock],
    )


def _costs(fault: FaultRow, clock: ClockName, amount: Decimal) -> str:
    if clock is ClockName.DISPATCH_2D:
        return "甲方可解除合同"
    if clock is not ClockName.DISPATCH_5H:
        return "超出服务标准，记入凭据"
    nth = f" 第 {fault.penalty_ordinal} 次" if fault.penalty_ordinal else ""
    return f"九.2{nth}，{amount:,.0f} 元"


class FaultWatches:
    """The watches of the faults in hand, kept as long as a fault's row is the one they were made of."""

    def __init__(self) -> None:
        self._terms: tuple[Thresholds, Decimal] | None = None
        self._made: dict[str, tuple[FaultRow, tuple[Watch, ...]]] = {}

    def changed(
        self, faults: Sequence[FaultRow], thresholds: Thresholds, amount: Decimal
    ) -> tuple[list[Watch], list[Watch]]:
        """(watches before, watches now) of the faults that changed since it was asked last.

        Args:
            amount: Yuan of one case under 九.2.
        """
        terms = (thresholds, amount)
        anew = self._terms != terms
        self._terms = terms
        gone: list[Watch] = []
        come: list[Watch] = []
        for fault in faults:
            row, held = self._made.get(fault.id, (None, ()))
            if row is fault and not anew:
                continue
            made = tuple(fault_watches([fault], thresholds, amount))
            gone += held
            come += made
            self._made[fault.id] = (fault, made)
        if len(self._made) > len(faults):
            for fault_id in self._made.keys() - {fault.id for fault in faults}:
                gone += self._made.pop(fault_id)[1]
        return gone, come


class Promise(Protocol):
    """A 回电承诺 still owed, as the queries tell it."""

    @property
    def id(self) -> str: ...
    @property
    def fault_id(self) -> str: ...
    @property
    def caller(self) -> str: ...
    @property
    def callback(self) -> str: ...
    @property
    def due_at(self) -> int: ...


def promise_watches(promises: Iterable[Promise], threshold: Threshold) -> list[Watch]:
    """A watch for every promise to ring back. It is late from the second after it was promised for."""
    return [
        Watch(
            subject_id=one.id,
            label=f"回电 {one.caller} {one.callback}".replace("  ", " "),
            clock=PROMISE,
            due_at=one.due_at,
            over_at=one.due_at + 1,
            soon_s=threshold.soon,
            last_call_s=threshold.last_call,
            fault_id=one.fault_id,
            stops="回电即停",
        )
        for one in promises
    ]


def spread(alarms: Sequence[Alarm]) -> tuple[Alarm, ...]:
    """The worst of each subject first, in their order, and only then the others: three breaches of one fault
    must not push out of sight the last minutes of another, which can still be met."""
    worst: dict[str, Alarm] = {}
    for alarm in alarms:
        worst.setdefault(alarm.watch.subject_id, alarm)
    return (*worst.values(), *(alarm for alarm in alarms if worst[alarm.watch.subject_id] is not alarm))


def figure_words(alarm: Alarm, now: int) -> str:
    """`04:31` left, or `+20:07` over."""
    left = alarm.watch.due_at - now
    if alarm.rung is Rung.BREACHED:
        return f"+{figure_text(max(0, -left))}"
    return figure_text(max(0, left))


def consequence(alarm: Alarm, settings: AlarmSettings) -> str:
    """What it costs and what stops it; of a last call also whom to ring."""
    watch = alarm.watch
    if alarm.rung is Rung.BREACHED:
        parts = [watch.costs, watch.stops]
    else:
        parts = [whom_to_ring(settings, again=alarm.again), f"超时则{watch.costs}" if watch.costs else ""]
        parts.append(watch.stops)
    return SEPARATOR.join(part for part in parts if part)


def whom_to_ring(settings: AlarmSettings, *, again: bool) -> str:
    """Whom to ring on a last call; empty where no manager is named."""
    if not settings.manager:
        return ""
    who = f"{settings.manager} {settings.number}".strip()
    return f"仍无人应答，请打 {who}" if again else f"无人应答就找 {who}"


def alarm_words(alarm: Alarm, now: int) -> str:
    """`A-0007 到场 只剩 4 分`, `A-0006 派人 已超时 9 分`."""
    left = alarm.watch.due_at - now
    if alarm.rung is Rung.BREACHED:
        return f"{alarm.watch.label} 已超时" + (f" {length_text(-left)}" if left <= -60 else "")
    return f"{alarm.watch.label} 只剩 {length_text(max(0, left))}"


def digest(alarms: Sequence[Alarm], now: int, occasion: Occasion | None) -> str:
    """Alarms of one moment as one line; an occasion says since when and how many they are."""
    words = "；".join(alarm_words(alarm, now) for alarm in alarms[:SAID])
    if len(alarms) > SAID:
        words += f"；另有 {len(alarms) - SAID} 条"
    return words if occasion is None else f"{occasion.value} {len(alarms)} 条：{words}"


SAID = 4
"""So many are named in one line; the rest are counted."""
