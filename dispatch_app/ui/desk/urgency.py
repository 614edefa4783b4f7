"""How pressing a clock is now, and the figure it shows. Pure: clock, moment, thresholds in; words out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState, is_past_due
from dispatch_app.operations.rows import FaultRow
from dispatch_app.ui.desk.beijing import figure_text


class Urgency(IntEnum):
    """Ordered: a larger one is more pressing. `NONE`: no clock is running."""

    NONE = 0
    IN_TIME = 1
    SOON = 2
    LAST_CALL = 3
    BREACHED = 4


ROLES = ("quiet", "in_time", "soon", "soon", "breached")
"""Stem of the theme's roles by urgency; the last call looks like soon; it is said and heard once."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """How long before it is due a clock counts as `SOON` and as `LAST_CALL`, seconds."""

    soon: int
    last_call: int


Thresholds = Mapping[ClockName, Threshold]
NO_THRESHOLDS: Thresholds = {clock: Threshold(0, 0) for clock in ClockName}
"""Until the settings have been read, a moment after the start."""

MONEY = (ClockName.DISPATCH_5H, ClockName.DISPATCH_2D)
"""Clocks whose breach costs a sum of its own or opens the right to terminate (九.2)."""


def is_live(result: ClockResult) -> bool:
    """Whether time still counts on this clock: running, or breached and not yet stopped."""
    if result.state is ClockState.BREACHED:
        return result.stopped_at is None
    return result.state is ClockState.RUNNING


def is_breached(result: ClockResult, now: int) -> bool:
    """Whether the clock is breached at `now`, which may have passed since the row was read."""
    if result.state is ClockState.RUNNING:
        assert result.due_at is not None
        return is_past_due(result.clock, result.due_at, now)
    return result.state is ClockState.BREACHED


def urgency(result: ClockResult, now: int, thresholds: Thresholds) -> Urgency:
    """How pressing a clock is at `now` (epoch seconds UTC); `NONE` for one that no longer counts."""
    if not is_live(result):
        return Urgency.NONE
    if is_breached(result, now):
        return Urgency.BREACHED
    assert result.due_at is not None
    left = result.due_at - now
    threshold = thresholds[result.clock]
    if left <= threshold.last_call:
        return Urgency.LAST_CALL
    return Urgency.SOON if left <= threshold.soon else Urgency.IN_TIME


def figure(result: ClockResult, now: int) -> str:
    """The large figure of a live clock: time left (`17:49`), or how far over, counting up (`+20:07`)."""
    assert result.due_at is not None
    if is_breached(result, now):
        return f"+{figure_text(now - result.due_at)}"
    return figure_text(result.due_at - now)


def share(result: ClockResult, now: int) -> float:
    """How much of the clock's time is used up, 0 to 1."""
    assert result.started_at is not None
    assert result.due_at is not None
    end = now if is_live(result) or result.stopped_at is None else result.stopped_at
    whole = max(1, result.due_at - result.started_at)
    return min(1.0, max(0.0, (end - result.started_at) / whole))


def binding_clock(clocks: Iterable[ClockResult], now: int) -> ClockResult | None:
    """The clock a row shows large.

    A breach that is still running before everything else: the one that costs money, or else the oldest.
    Otherwise the next to fall due. None when no clock counts.
    """
    live = [clock for clock in clocks if is_live(clock)]
    breached = [clock for clock in live if is_breached(clock, now)]
    if not breached:
        return min(live, key=_due, default=None)
    costly = [clock for clock in breached if clock.clock in MONEY]
    return min(costly or breached, key=_due)


def queue_key(row: FaultRow, now: int) -> tuple[int, int, str]:
    """Place in the queue: breaches still running first, the oldest at the top; then the next to fall due;
    faults without a running clock last, the oldest report at the top."""
    live = [clock for clock in row.clocks if is_live(clock)]
    breached = [clock for clock in live if is_breached(clock, now)]
    if breached:
        return (0, min(map(_due, breached)), row.number)
    if live:
        return (1, min(map(_due, live)), row.number)
    return (2, row.reported_at, row.number)


def next_change(clocks: Iterable[ClockResult], now: int, thresholds: Thresholds) -> int | None:
    """The first moment after `now` at which any of the clocks changes its urgency; None for never."""
    moments: list[int] = []
    for clock in clocks:
        if not is_live(clock) or is_breached(clock, now):
            continue
        due = _due(clock)
        threshold = thresholds[clock.clock]
        over = due if is_past_due(clock.clock, due, due) else due + 1
        moments += [due - threshold.soon, due - threshold.last_call, over]
    return min((moment for moment in moments if moment > now), default=None)


def _due(clock: ClockResult) -> int:
    assert clock.due_at is not None
    return clock.due_at
