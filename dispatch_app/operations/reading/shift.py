"""The shift: who has the desk, and what it leaves open. Times: epoch seconds UTC."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import and_, or_, select

from dispatch_app.contract.calendar_beijing import DAY, date_of, start_of
from dispatch_app.contract.calls import CALL_WORDS, CallKind
from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState
from dispatch_app.contract.explain import CLOCK_GUIDE
from dispatch_app.contract.facts import FactKind
from dispatch_app.contract.moves import Stage
from dispatch_app.models import AlarmAnswer, CallbackPromise, CallRecord, DeskEvent, Fault, FaultEvent, Site
from dispatch_app.operations.reading.doubtful_times import NEVER, doubtful_times
from dispatch_app.operations.reading.people import operator_row
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import FaultRow
from dispatch_app.operations.settings import setting_value
from dispatch_app.operations.shift_rows import CoverRow, DutyRow
from dispatch_app.operations.words import STAGE_WORDS
from dispatch_app.reports.handover import AlarmLine, CallLine, PromiseLine

COVER, HANDOVER = "cover", "handover"
"""Subjects of the desk facts this module reads and `operations.shift` writes."""
_BACKFILLED_WITHIN = 7 * DAY
"""A call written down so long after it came is still listed with the shift that wrote it down."""
_MONEY = (ClockName.DISPATCH_5H, ClockName.DISPATCH_2D)
_THRESHOLDS = {"breached": "已超时", "last_call": "最后提醒", "soon": "临近"}


def duty(view: View) -> DutyRow:
    """Who has the desk since when. A cover counts until anybody is chosen otherwise."""
    operator = operator_row(view)
    last = view.session.scalar(
        select(DeskEvent)
        .where(
            or_(
                DeskEvent.subject == COVER,
                and_(DeskEvent.subject == "staff", DeskEvent.kind == "on_duty"),
            )
        )
        .order_by(DeskEvent.seq.desc())
        .limit(1)
    )
    since, cover = None if last is None else last.at, None
    if last is not None and last.subject == COVER:
        said = json.loads(last.payload)
        if last.kind == "returned":
            since = said["since"]
        else:
            cover = CoverRow(said["owner"], said["owner_name"], said["since"], said["until"])
    return DutyRow(operator.id, operator.name, since, cover)


def calls_since(view: View) -> int:
    """From when on calls belong to this shift: the last handover, else the start of the duty or of today."""
    handed_over = view.session.scalar(
        select(DeskEvent.at).where(DeskEvent.subject == HANDOVER).order_by(DeskEvent.seq.desc()).limit(1)
    )
    found = duty(view).since if handed_over is None else handed_over
    return start_of(date_of(view.now)) if found is None else found


def live_clocks(row: FaultRow) -> list[ClockResult]:
    """The clocks time still counts on: running, or breached and not stopped."""
    return [
        clock
        for clock in row.clocks
        if clock.state is ClockState.RUNNING
        or (clock.state is ClockState.BREACHED and clock.stopped_at is None)
    ]


def next_clock(row: FaultRow) -> ClockResult | None:
    """The one to act on: a breach still running, one that costs a sum first; else the next to fall due."""
    live = live_clocks(row)
    breached = [clock for clock in live if clock.state is ClockState.BREACHED]
    costly = [clock for clock in breached if clock.clock in _MONEY]
    return min(costly or breached or live, key=due_of, default=None)


def due_of(clock: ClockResult) -> int:
    """When a live clock runs out."""
    assert clock.due_at is not None
    return clock.due_at


def promises(view: View) -> tuple[CallbackPromise, ...]:
    """What callers were promised and is still owed, the next due first."""
    owed = select(CallbackPromise).where(CallbackPromise.kept_at.is_(None))
    return tuple(view.session.scalars(owed.order_by(CallbackPromise.due_at, CallbackPromise.id)))


def promise_lines(view: View, owed: Sequence[CallbackPromise]) -> tuple[PromiseLine, ...]:
    """The same as the paper prints them, with the number of the fault each is about."""
    numbers = _numbers(view, {one.fault_id for one in owed})
    return tuple(
        PromiseLine(
            caller=one.caller,
            callback=one.callback,
            about=one.about,
            promised_at=one.promised_at,
            due_at=one.due_at,
            fault_no=numbers.get(one.fault_id, ""),
        )
        for one in owed
    )


def alarm_lines(
    view: View, rows: Sequence[FaultRow], owed: Sequence[CallbackPromise]
) -> tuple[AlarmLine, ...]:
    """Reminders that have gone off and nobody has acknowledged, the oldest due moment first."""
    answered = {
        (one.subject_id, one.clock, one.threshold, one.due_at)
        for one in view.session.scalars(
            select(AlarmAnswer).where(AlarmAnswer.due_at >= _earliest(rows, owed))
        )
    }
    doubtful = doubtful_times(view, [row.id for row in rows])
    found = [
        AlarmLine(
            subject=f"{row.number} {row.site_name}",
            clock=f"{CLOCK_GUIDE[clock.clock].title}（{CLOCK_GUIDE[clock.clock].clause}）",
            threshold=_THRESHOLDS[threshold],
            due_at=due_of(clock),
            doubtful=clock.started_at in doubtful.get(row.id, NEVER),
        )
        for row, clock, threshold in _gone_off(view, rows)
        if (row.id, clock.clock.value, threshold, due_of(clock)) not in answered
    ]
    found += [
        AlarmLine(subject=f"回电 {one.caller}", clock="回电承诺", threshold="已到时间", due_at=one.due_at)
        for one in owed
        if one.due_at <= view.now and (one.id, "promise", "breached", one.due_at) not in answered
    ]
    return tuple(sorted(found, key=lambda line: line.due_at))


def _earliest(rows: Sequence[FaultRow], owed: Sequence[CallbackPromise]) -> int:
    dues = [due_of(clock) for row in rows for clock in live_clocks(row)] + [one.due_at for one in owed]
    return min(dues, default=0)


def _gone_off(view: View, rows: Sequence[FaultRow]) -> Iterator[tuple[FaultRow, ClockResult, str]]:
    """(fault, clock, the last threshold passed) of every clock that has passed one."""
    for row in rows:
        for clock in live_clocks(row):
            left = due_of(clock) - view.now
            if clock.state is ClockState.BREACHED:
                yield row, clock, "breached"
                continue
            for threshold in ("last_call", "soon"):
                if left <= int(setting_value(view.session, f"{threshold}_{clock.clock.value}")) * 60:
                    yield row, clock, threshold
                    break


def call_lines(view: View, since: int) -> tuple[CallLine, ...]:
    """Every call written down from `since` on, by the moment it came."""
    reported = view.session.scalars(
        select(Fault)
        .join(FaultEvent, FaultEvent.fault_id == Fault.id)
        .where(
            Fault.reported_at >= since - _BACKFILLED_WITHIN,
            FaultEvent.kind == FactKind.REPORTED.value,
            FaultEvent.recorded_at >= since,
        )
    ).all()
    doubtful = doubtful_times(view, [one.id for one in reported])
    found = [
        CallLine(
            at=one.reported_at,
            caller=f"{one.caller} {one.unit}".strip(),
            callback=one.callback,
            about=f"{one.site_name} {one.symptom}",
            outcome=f"{one.number} {STAGE_WORDS[Stage(one.stage)]}",
            doubtful=one.reported_at in doubtful.get(one.id, NEVER),
        )
        for one in reported
    ]
    others = view.session.scalars(select(CallRecord).where(CallRecord.recorded_at >= since)).all()
    numbers = _numbers(view, {one.fault_id for one in others})
    wanted = select(Site.id, Site.name).where(Site.id.in_({one.site_id for one in others}))
    sites = {row.id: row.name for row in view.session.execute(wanted)}
    found += [
        CallLine(
            at=one.answered_at,
            caller=f"{one.caller} {one.unit}".strip(),
            callback=one.callback,
            about=f"{sites.get(one.site_id, '')} {one.note}".strip(),
            outcome=f"{CALL_WORDS[CallKind(one.kind)]} {numbers.get(one.fault_id, '')}".rstrip(),
        )
        for one in others
    ]
    return tuple(sorted(found, key=lambda line: line.at))


def _numbers(view: View, fault_ids: set[str]) -> dict[str, str]:
    wanted = select(Fault.id, Fault.number).where(Fault.id.in_(fault_ids))
    return {row.id: row.number for row in view.session.execute(wanted)}
