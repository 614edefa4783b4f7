"""The seven clocks: pure functions of the facts and of a given now.

`cycle_clocks` is the one place where the rules stand; it works on plain integers so that a log of 100,000
rows and a single fault on the desk are judged by the same lines. Times: epoch seconds UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dispatch_app.contract.calendar_beijing import DAY, next_midnight
from dispatch_app.contract.facts import (
    CancelKind,
    Cancelled,
    Confirmed,
    Fact,
    FactKind,
    Procedure,
    Source,
    Zone,
)
from dispatch_app.contract.history import CycleFacts, cancellation, course, report_state
from dispatch_app.contract.penalties import Penalty, fault_penalties
from dispatch_app.contract.rules import Rules
from dispatch_app.contract.terms import Terms

NEVER = 1 << 62
"""A time later than every other: what has not happened."""


class ClockName(StrEnum):
    """In the order of the contract's table."""

    RESPONSE = "response"
    ARRIVAL = "arrival"
    DISPATCH_5H = "dispatch_5h"
    DISPATCH_2D = "dispatch_2d"
    REPAIR_START = "repair_start"
    SPECIAL_REPORT = "special_report"
    SAME_DAY = "same_day"


class ClockState(StrEnum):
    """What has become of a clock."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    MET = "met"
    BREACHED = "breached"
    VOID = "void"


# Python 3.11 looks a member up through two descriptors each time: what is asked for every row has a name.
NOT_STARTED, RUNNING, MET, BREACHED, VOID = ClockState
_SAME_DAY = ClockName.SAME_DAY
_REPAIR, _SPECIAL_REPORT = Procedure.REPAIR, Procedure.SPECIAL_REPORT
_AS_BEFORE = (None, Procedure.ROUTINE)
"""Confirmations after which 同日 still runs."""

Judged = tuple[ClockState, int | None, int | None, int | None, int]
"""state, started, due, stopped, seconds late."""

_UNSTARTED: Judged = (NOT_STARTED, None, None, None, 0)


@dataclass(frozen=True, slots=True)
class ClockResult:
    """One clock of one cycle.

    Attributes:
        started_at, due_at: None while not started; a void clock keeps what it had.
        stopped_at: What met the clock or came too late; None for a void one.
        late_s: Seconds between the due moment and the stop, or now; 0 unless breached.
    """

    cycle: int
    clock: ClockName
    state: ClockState
    started_at: int | None
    due_at: int | None
    stopped_at: int | None
    late_s: int


@dataclass(slots=True)
class CycleTimes:
    """What one cycle's clocks rest on: of each milestone the first that counts, `NEVER` for none.

    Whoever fills this in leaves out what lies before the report or after now.

    Attributes:
        outlying: The zone.
        plant: An outdoor box, fibre or wireless node.
        call: A 报故障电话 of 九.2 (`Rules.is_call`).
        confirmations: (at, procedure) in order.
        grouped: When the fault joined a concurrent group.
        voided: Cancelled as a duplicate or as out of scope.
        false_alarm: When it was cancelled as a false alarm.
    """

    start: int
    outlying: bool
    plant: bool = False
    call: bool = True
    assigned: int = NEVER
    acknowledged: int = NEVER
    departed: int = NEVER
    arrived: int = NEVER
    confirmations: Sequence[tuple[int, Procedure | None]] = ()
    repair_started: int = NEVER
    report_submitted: int = NEVER
    resolved: int = NEVER
    grouped: int = NEVER
    voided: bool = False
    false_alarm: int = NEVER


@dataclass(frozen=True, slots=True)
class CycleAssessment:
    """One cycle of a fault.

    Attributes:
        ended_at: First resolution, closing or cancellation; None while open.
        in_term: By the cycle's own start.
        cancelled: As what it was cancelled first, None if it was not.
        procedure: The procedure confirmed last, None if none was named.
    """

    number: int
    started_at: int
    ended_at: int | None
    in_term: bool
    cancelled: CancelKind | None
    procedure: Procedure | None
    clocks: tuple[ClockResult, ...]

    @property
    def false_alarm(self) -> bool:
        """Whether a false alarm ended the cycle: then nothing in it runs on."""
        return self.cancelled is CancelKind.FALSE_ALARM


@dataclass(frozen=True, slots=True)
class FaultAssessment:
    """What the contract says about one fault at a moment.

    Attributes:
        zone, emergency, source, site: Of the report, amendments applied.
        reported_at: The report of the first cycle; None if no report counts, and then `cycles` is empty.
        in_term: By the first report.
        clocks: Those of every cycle, by cycle and then in the table's order.
        penalties: By the moment they fell due, third-party costs last.
        anomalies: What was written but does not count, each beginning with the kind of its fact.
    """

    zone: Zone
    emergency: bool
    source: Source
    site: str
    reported_at: int | None
    in_term: bool
    cycles: tuple[CycleAssessment, ...]
    penalties: tuple[Penalty, ...]
    anomalies: tuple[str, ...]

    @property
    def clocks(self) -> tuple[ClockResult, ...]:
        """Every clock of every cycle."""
        return tuple(clock for cycle in self.cycles for clock in cycle.clocks)

    @property
    def live_clocks(self) -> tuple[ClockResult, ...]:
        """Those that time still changes: running, or breached and not stopped, nor ended by a false alarm."""
        return tuple(
            clock
            for cycle in self.cycles
            for clock in cycle.clocks
            if clock.state is RUNNING
            or (clock.state is BREACHED and clock.stopped_at is None and not cycle.false_alarm)
        )

    @property
    def open(self) -> bool:
        """Whether the present cycle has not ended."""
        return bool(self.cycles) and self.cycles[-1].ended_at is None

    @property
    def ended_at(self) -> int | None:
        """When the present cycle ended."""
        return self.cycles[-1].ended_at if self.cycles else None

    @property
    def two_days_breaches(self) -> tuple[tuple[int, int], ...]:
        """(start of the cycle, moment it was due) of every breached `dispatch_2d`."""
        return tuple(
            (clock.started_at, clock.due_at)
            for clock in self.clocks
            if clock.clock is ClockName.DISPATCH_2D
            and clock.state is BREACHED
            and clock.started_at is not None
            and clock.due_at is not None
        )


def assess_fault(facts: Iterable[Fact], terms: Terms, now: int, *, plant: bool = False) -> FaultAssessment:
    """Every clock and every sum of one fault at `now`.

    Args:
        facts: All facts of the fault, in any order.
        plant: The site is an outdoor box, fibre or wireless node (reading `outlying_plant`).

    Raises:
        ValueError: There is no report among the facts at all.
    """
    found = course(facts, now)
    state = report_state(found)
    cycles = tuple(
        _assess_cycle(cycle, _times(cycle, state.zone, plant, terms.rules.is_call(state.source)), terms, now)
        for cycle in found.cycles
    )
    nobody_sent = {
        cycle.number: clock.due_at
        for cycle in cycles
        for clock in cycle.clocks
        if clock.clock is ClockName.DISPATCH_5H and clock.state is BREACHED and clock.due_at is not None
    }
    penalties, unmatched = fault_penalties(found, state.emergency, nobody_sent, terms)
    reported_at = found.cycles[0].start if found.cycles else None
    return FaultAssessment(
        zone=state.zone,
        emergency=state.emergency,
        source=state.source,
        site=state.site,
        reported_at=reported_at,
        in_term=reported_at is not None and terms.in_term(reported_at),
        cycles=cycles,
        penalties=penalties,
        anomalies=found.anomalies + unmatched,
    )


def is_past_due(clock: ClockName, due_at: int, now: int) -> bool:
    """Whether a clock nobody has stopped is breached at `now`. Exactly on time is on time, but a day ends
    before its midnight."""
    return now > _last_moment(clock, due_at)


def cycle_clocks(times: CycleTimes, rules: Rules, now: int) -> tuple[Judged, ...]:
    """The seven clocks of one cycle in `ClockName`'s order."""
    ended_early = times.false_alarm <= now
    if ended_early:
        now = times.false_alarm
        times = _until(times, now)
    start = times.start
    first_confirmed = times.confirmations[0][0] if times.confirmations else NEVER
    remote_fix = times.resolved if rules.remote_fix_counts else NEVER
    gone = min(times.departed, times.arrived, first_confirmed, times.repair_started)
    answered = start if rules.registered_is_response else min(times.acknowledged, gone, times.resolved)
    sent = min(gone, remote_fix)
    if rules.assigned_is_sent:
        sent = min(sent, times.assigned)
    two_days_due = _two_days_due(start, rules)
    dispatch = _judge(start, start + rules.dispatch_s, start + rules.dispatch_s, sent, now)
    two_days = _judge(start, two_days_due, two_days_due, sent, now)
    if not times.call:
        dispatch, two_days = _void(dispatch), _void(two_days)
    response_due = start + rules.response_s
    judged = (
        _judge(start, response_due, response_due, answered, now),
        _arrival(times, rules, answered, min(times.arrived, first_confirmed, remote_fix), sent, now),
        dispatch,
        two_days,
        *_procedure_clocks(times, rules, now),
        _same_day(times, rules, now),
    )
    if times.voided:
        return tuple(map(_void, judged))
    if ended_early:
        return tuple(_void(clock) if clock[0] in (RUNNING, NOT_STARTED) else clock for clock in judged)
    return judged


def _last_moment(clock: ClockName, due: int) -> int:
    return due - 1 if clock is _SAME_DAY else due


def _judge(start: int, due: int, last: int, stop: int, now: int) -> Judged:
    """`last`: the last moment that is still in time."""
    if stop <= last:
        return (MET, start, due, stop, 0)
    if stop != NEVER:
        return (BREACHED, start, due, stop, stop - due)
    if now > last:
        return (BREACHED, start, due, None, now - due)
    return (RUNNING, start, due, None, 0)


def _void(judged: Judged) -> Judged:
    return (VOID, judged[1], judged[2], None, 0)


def _two_days_due(start: int, rules: Rules) -> int:
    if rules.two_whole_days:
        return next_midnight(start) + rules.two_days * DAY
    return start + rules.two_days * DAY


def _arrival(times: CycleTimes, rules: Rules, answered: int, there: int, sent: int, now: int) -> Judged:
    if rules.ordered_is_arrival and not times.outlying:
        there = min(there, sent, times.assigned)
    start = answered if rules.arrival_from_response else times.start
    due = start + (rules.arrival_outlying_s if times.outlying else rules.arrival_urban_s)
    judged = _UNSTARTED if start == NEVER else _judge(start, due, due, there, now)
    if rules.plant_has_no_figure and times.plant and times.outlying:
        return _void(judged)
    return judged


def _same_day(times: CycleTimes, rules: Rules, now: int) -> Judged:
    due = times.start + DAY if rules.day_of_24_hours else next_midnight(times.start)
    last = _last_moment(_SAME_DAY, due)
    judged = _judge(times.start, due, last, times.resolved, now)
    if times.confirmations and times.confirmations[0][1] not in _AS_BEFORE:
        return _void(judged)
    if times.grouped == NEVER:
        return judged
    # What was decided before the grouping stays; whatever was still open then is void.
    decided = times.resolved < times.grouped or times.grouped > last
    return judged if decided else _void(judged)


def _procedure_clocks(times: CycleTimes, rules: Rules, now: int) -> tuple[Judged, Judged]:
    """`repair_start` and `special_report`: the procedure confirmed last has the say, unless the clock of
    the one before was already met or breached."""
    if not times.confirmations:
        return (_UNSTARTED, _UNSTARTED)
    starts = [NEVER, NEVER]
    void = [False, False]
    stops = (min(times.repair_started, times.resolved), times.report_submitted)
    for at, procedure in times.confirmations:
        if procedure is None:
            continue
        named = _clock_of(procedure, rules)
        for clock in (0, 1):
            if clock == named:
                if starts[clock] == NEVER or void[clock]:
                    starts[clock], void[clock] = at, False
            elif starts[clock] != NEVER and stops[clock] > at and at <= starts[clock] + rules.procedure_s:
                void[clock] = True
    return (
        _two_hours(starts[0], stops[0], void[0], rules, now),
        _two_hours(starts[1], stops[1], void[1], rules, now),
    )


def _two_hours(start: int, stop: int, void: bool, rules: Rules, now: int) -> Judged:
    if start == NEVER:
        return _UNSTARTED
    due = start + rules.procedure_s
    judged = _judge(start, due, due, stop, now)
    return _void(judged) if void else judged


def _clock_of(procedure: Procedure, rules: Rules) -> int | None:
    if procedure is _SPECIAL_REPORT:
        return 1
    if rules.repair_procedure_only and procedure is not _REPAIR:
        return None
    return 0


def _until(times: CycleTimes, end: int) -> CycleTimes:
    """The same cycle as if nothing had happened after `end`."""

    def kept(at: int) -> int:
        return at if at <= end else NEVER

    return CycleTimes(
        start=times.start,
        outlying=times.outlying,
        plant=times.plant,
        call=times.call,
        assigned=kept(times.assigned),
        acknowledged=kept(times.acknowledged),
        departed=kept(times.departed),
        arrived=kept(times.arrived),
        confirmations=[found for found in times.confirmations if found[0] <= end],
        repair_started=kept(times.repair_started),
        report_submitted=kept(times.report_submitted),
        resolved=kept(times.resolved),
        grouped=kept(times.grouped),
        voided=times.voided,
        false_alarm=times.false_alarm,
    )


def _assess_cycle(cycle: CycleFacts, times: CycleTimes, terms: Terms, now: int) -> CycleAssessment:
    judged = cycle_clocks(times, terms.rules, now)
    named = [procedure for _, procedure in times.confirmations if procedure is not None]
    cancelled = cancellation(cycle)
    return CycleAssessment(
        number=cycle.number,
        started_at=cycle.start,
        ended_at=cycle.ended_at,
        in_term=terms.in_term(cycle.start),
        cancelled=cancelled.kind if cancelled else None,
        procedure=named[-1] if named else None,
        clocks=tuple(
            ClockResult(cycle.number, name, *result) for name, result in zip(ClockName, judged, strict=True)
        ),
    )


def _times(cycle: CycleFacts, zone: Zone, plant: bool, call: bool) -> CycleTimes:
    """What the clocks need of a cycle's facts, which are in order: the first of each kind."""
    first: dict[FactKind, int] = {}
    confirmations: list[tuple[int, Procedure | None]] = []
    cancelled: dict[CancelKind, int] = {}
    for item in cycle.facts:
        first.setdefault(item.kind, item.at)
        if isinstance(item.fact.detail, Confirmed):
            confirmations.append((item.at, item.fact.detail.procedure))
        elif isinstance(item.fact.detail, Cancelled):
            cancelled.setdefault(item.fact.detail.kind, item.at)
    false_alarm = cancelled.pop(CancelKind.FALSE_ALARM, NEVER)
    return CycleTimes(
        start=cycle.start,
        outlying=zone is Zone.OUTLYING,
        plant=plant,
        call=call,
        assigned=first.get(FactKind.ASSIGNED, NEVER),
        acknowledged=first.get(FactKind.ACKNOWLEDGED, NEVER),
        departed=first.get(FactKind.DEPARTED, NEVER),
        arrived=first.get(FactKind.ARRIVED, NEVER),
        confirmations=confirmations,
        repair_started=first.get(FactKind.REPAIR_STARTED, NEVER),
        report_submitted=first.get(FactKind.SPECIAL_REPORT_SUBMITTED, NEVER),
        resolved=first.get(FactKind.RESOLVED, NEVER),
        grouped=first.get(FactKind.GROUPED, NEVER),
        # A cycle that a false alarm has ended cannot be voided afterwards.
        voided=any(at <= false_alarm for at in cancelled.values()),
        false_alarm=false_alarm,
    )
