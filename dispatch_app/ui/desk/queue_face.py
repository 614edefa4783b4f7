"""What one row of the queue says, worked out once a change and not once a paint. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState
from dispatch_app.contract.facts import Zone
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.rows import FaultRow, StaffState
from dispatch_app.operations.words import STATE_WORDS
from dispatch_app.ui.desk.beijing import length_text, short_moment_text
from dispatch_app.ui.desk.urgency import (
    MONEY,
    Thresholds,
    Urgency,
    binding_clock,
    figure,
    is_breached,
    is_live,
    next_change,
    queue_key,
    urgency,
)
from dispatch_app.ui.desk.words import CLOCKS, SEPARATOR, STOPPED_BY

SPOKEN = ("无时限", "时限内", "临近", "最后提醒", "已超时")
"""What a screen reader says for an urgency."""
STAGES = {
    Stage.RESOLVED: f"已解决{SEPARATOR}待归档",
}
_NOT_OUT = (StaffState.ASSIGNED,)


@dataclass(frozen=True, slots=True)
class Chip:
    """A small box behind the site's name. `alarming`: 紧急, tinted red."""

    text: str
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A small clock beside the binding one. `done`: it was met, a tick stands between name and figure."""

    name: str
    figure: str
    urgency: Urgency
    done: bool = False

    @property
    def spoken(self) -> str:
        return f"{self.name}{'已达到，用时' if self.done else ''} {self.figure}"


@dataclass(frozen=True, slots=True)
class Face:
    """One row as it is painted until its fault, or the urgency of one of its clocks, changes.

    Attributes:
        binding: The clock shown large, None for none.
        who: First line of the last column; `who_role` the theme role it is painted in.
        doing: Second line of it.
        key: Place in the queue, as `urgency.queue_key` says.
        changes_at: The moment from which all this may be otherwise, epoch seconds UTC; None for never.
    """

    row: FaultRow
    urgency: Urgency
    binding: ClockResult | None
    clock: str
    chips: tuple[Chip, ...]
    who: str
    who_role: str
    doing: str
    key: tuple[int, int, str]
    changes_at: int | None


def make_face(row: FaultRow, now: int, thresholds: Thresholds, suggested: str = "") -> Face:
    """The face of a row at `now`. `suggested`: name of the best person to send, where that is known."""
    binding = binding_clock(row.clocks, now)
    level = Urgency.NONE if binding is None else urgency(binding, now, thresholds)
    who, role, doing = _engineer(row, binding, level, now, suggested)
    return Face(
        row=row,
        urgency=level,
        binding=binding,
        clock=_clock_name(row, binding) if binding is not None else "无时限",
        chips=_chips(row),
        who=who,
        who_role=role,
        doing=doing,
        key=queue_key(row, now),
        changes_at=next_change(row.clocks, now, thresholds),
    )


def _clock_name(row: FaultRow, clock: ClockResult) -> str:
    name = CLOCKS[clock.clock]
    return name if clock.cycle == row.cycle else f"{name}（前次）"


def _chips(row: FaultRow) -> tuple[Chip, ...]:
    chips = []
    if row.emergency:
        chips.append(Chip("紧急", alarming=True))
    if row.zone is Zone.OUTLYING:
        chips.append(Chip("市区外"))
    if row.group_size > 1:
        chips.append(Chip(f"多节并发 {row.group_size}"))
    if row.cycle > 1:
        chips.append(Chip(f"第 {row.cycle} 次"))
    return tuple(chips)


def _engineer(
    row: FaultRow, binding: ClockResult | None, level: Urgency, now: int, suggested: str
) -> tuple[str, str, str]:
    if row.stage in STAGES:
        return STAGES[row.stage], "quiet", _names(row)
    if not row.engagements:
        return "待派单", "accent", f"建议 {suggested}" if suggested else ""
    nobody_out = all(part.state in _NOT_OUT for part in row.engagements)
    if nobody_out and level is Urgency.BREACHED and binding is not None and binding.clock in MONEY:
        return "未派出", "breached_text", f"已派 {_names(row)}"
    first = row.engagements[0]
    doing = STATE_WORDS[first.state]
    if first.state is StaffState.EN_ROUTE:
        doing = f"{doing}{SEPARATOR}{short_moment_text(first.since, now)} 出发"
    elif first.state is StaffState.ON_SCENE:
        doing = f"{doing}{SEPARATOR}{short_moment_text(first.since, now)} 到"
    elif nobody_out:
        doing = f"{doing}{SEPARATOR}未出发"
    return _names(row), "text", doing


def _names(row: FaultRow) -> str:
    names = [part.name for part in row.engagements]
    if len(names) > 2:
        return f"{names[0]} 等 {len(names)} 人"
    return "、".join(names)


def marks(face: Face, now: int, thresholds: Thresholds) -> tuple[Mark, ...]:
    """The other clocks of a row, the most pressing first; those that were met last."""
    live, over, met = [], [], []
    for clock in face.row.clocks:
        if clock is face.binding or (clock.clock is ClockName.DISPATCH_2D and not _matters(clock, now)):
            continue
        name = _clock_name(face.row, clock)
        if is_live(clock):
            live.append((clock, Mark(name, _left(clock, now), urgency(clock, now, thresholds))))
        elif clock.state is ClockState.BREACHED:
            over.append(Mark(name, f"迟 {length_text(clock.late_s)}", Urgency.BREACHED))
        elif clock.state is ClockState.MET and clock.cycle == face.row.cycle:
            assert clock.stopped_at is not None
            assert clock.started_at is not None
            took = max(0, clock.stopped_at - clock.started_at)
            met.append(Mark(name, length_text(took), Urgency.NONE, done=True))
    live.sort(key=lambda pair: pair[0].due_at or 0)
    return (*over, *(mark for _, mark in live), *met)


def _matters(clock: ClockResult, now: int) -> bool:
    """The two-day clock is said only where it is running out or has: it never is the next to fall due."""
    return clock.state is ClockState.BREACHED or (is_live(clock) and is_breached(clock, now))


def _left(clock: ClockResult, now: int) -> str:
    assert clock.due_at is not None
    if is_breached(clock, now):
        return f"超 {length_text(now - clock.due_at)}"
    return f"余 {length_text(clock.due_at - now)}"


def breach_line(face: Face, now: int, amount: Decimal) -> str:
    """What the breach shown large costs, and what stops it. `amount`: yuan of one case under 九.2."""
    clock = face.binding
    assert clock is not None
    stopped = STOPPED_BY[clock.clock]
    if clock.clock not in MONEY:
        return f"超出服务标准，记入凭据{SEPARATOR}{stopped}"
    parts = [f"九.2 已计 {amount:,.2f} 元"]
    if face.row.penalty_ordinal:
        parts.append(f"第 {face.row.penalty_ordinal} 次")
    parts.append(stopped)
    two_days = _two_days(face.row.clocks, clock.cycle)
    if two_days is not None and is_live(two_days):
        over = is_breached(two_days, now)
        parts.append("两天时限已过，甲方可解除合同" if over else f"两天时限{_left(two_days, now)}")
    return SEPARATOR.join(parts)


def _two_days(clocks: Sequence[ClockResult], cycle: int) -> ClockResult | None:
    return next((c for c in clocks if c.clock is ClockName.DISPATCH_2D and c.cycle == cycle), None)


def spoken_clock(face: Face, now: int, thresholds: Thresholds, amount: Decimal) -> str:
    """The clock cell for a screen reader."""
    if face.binding is None:
        parts = [face.clock]
    else:
        over = face.urgency is Urgency.BREACHED
        parts = [f"{face.clock} {'已超' if over else '余'} {figure(face.binding, now).lstrip('+')}"]
        if over:
            parts.append(breach_line(face, now, amount))
    return "，".join((*parts, *(mark.spoken for mark in marks(face, now, thresholds))))


def spoken_fault(face: Face) -> str:
    """The cell of site and symptom for a screen reader."""
    return "，".join((face.row.site_name, *(chip.text for chip in face.chips), face.row.symptom))
