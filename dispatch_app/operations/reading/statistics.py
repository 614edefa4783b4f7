"""Counting the faults of a period by day, item, site, cause and person, and how their clocks stood.

The rows of the period are read once and counted in Python: a month has some hundred, ten years have a
hundred thousand, and either way it is one walk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import select

from dispatch_app.contract.calendar_beijing import DAY, date_of, month_bounds, start_of
from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Zone
from dispatch_app.contract.moves import Stage
from dispatch_app.contract.places import ServiceItem
from dispatch_app.models import Fault, FaultListing, FrozenClock
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.statistics_rows import (
    DAYS_SHOWN,
    UNSAID,
    Bar,
    Dimension,
    Medians,
    MonthStandard,
    Statistics,
    TierStandard,
)
from dispatch_app.operations.words import FAULT_CAUSES, PROCEDURE_WORDS, SOURCE_WORDS

TREND_MONTHS = 12
_MEASURED = (ClockName.RESPONSE, ClockName.ARRIVAL)
_DECIDED = (ClockState.MET, ClockState.BREACHED)


@dataclass(frozen=True, slots=True)
class Counted:
    """One fault as it is counted: dimension → key of its group; several people may have worked on it."""

    id: str
    reported_at: int
    zone: Zone
    stage: str
    open: bool
    emergency: bool
    keys: Mapping[Dimension, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of a cycle that was met or missed. `lasted`: seconds to what stopped it, None for nothing."""

    fault_id: str
    clock: ClockName
    state: ClockState
    begun_at: int
    lasted: int | None


def statistics(view: View, items: Sequence[ServiceItem], start: int, end: int) -> Statistics:
    """The faults first reported in the half-open period between two Beijing midnights.

    Raises:
        KnownError: The period is none, or has not begun.
    """
    if not start < end or start > view.now:
        raise KnownError("统计期不对", "起日不能晚于止日，也不能还没有到", "start")
    before = start_before(start, end)
    faults = _faults(view, before, end, days=_by_days(start, end))
    now = [one for one in faults if one.reported_at >= start]
    former = [one for one in faults if one.reported_at < start]
    clocks = _clocks(view, faults)
    own = {one.id for one in now}
    breached = {one.fault_id for one in clocks if one.state is ClockState.BREACHED}
    zones = {one.id: one.zone for one in now}
    return Statistics(
        start=start,
        end=end,
        before_start=before,
        as_of=view.now,
        faults=len(now),
        before=len(former),
        open=sum(one.open for one in now),
        cancelled=sum(one.stage == Stage.CANCELLED.value for one in now),
        emergencies=sum(one.emergency for one in now),
        bars={Dimension.TIME: _columns(view, now, breached, start, end)}
        | {
            dimension: _bars(view, items, dimension, now, former, breached)
            for dimension in Dimension
            if dimension is not Dimension.TIME
        },
        item_of=_items(view),
        tiers=_tiers([one for one in clocks if one.fault_id in own], zones),
        months=_months(view, end),
        medians=_medians(one for one in clocks if one.fault_id in own),
        medians_before=_medians(one for one in clocks if one.fault_id not in own),
    )


def start_before(start: int, end: int) -> int:
    """Where the period to compare with begins: whole months before whole months, else as many days."""
    first, after = date_of(start), date_of(end)
    if (first.day, after.day) != (1, 1):
        return start - (end - start)
    months = (after.year - first.year) * 12 + after.month - first.month
    place = first.year * 12 + first.month - 1 - months
    return start_of(date(place // 12, place % 12 + 1, 1))


def fault_ids(
    view: View, start: int, end: int, dimension: Dimension | None = None, key: str = ""
) -> tuple[str, ...]:
    """The faults behind a bar of a period, by their reports; without a dimension all of the period."""
    faults = _faults(view, start, end, days=_by_days(start, end))
    return tuple(one.id for one in faults if dimension is None or key in one.keys[dimension])


def _by_days(start: int, end: int) -> bool:
    return end - start <= DAYS_SHOWN * DAY


def _faults(view: View, start: int, end: int, *, days: bool) -> list[Counted]:
    rows = view.session.execute(
        select(
            Fault.id, Fault.reported_at, Fault.zone, Fault.stage, Fault.open, Fault.emergency, Fault.site_id,
            Fault.procedure, Fault.source, FaultListing.engineers, FaultListing.cause,
        )
        .join(FaultListing, FaultListing.fault_id == Fault.id)
        .where(Fault.reported_at >= start, Fault.reported_at < end)
        .order_by(Fault.reported_at, Fault.id)
    ).all()  # fmt: skip
    items = _items(view)
    return [
        Counted(
            row.id,
            row.reported_at,
            Zone(row.zone),
            row.stage,
            row.open,
            row.emergency,
            {
                Dimension.TIME: (str(_bucket(row.reported_at, days=days)),),
                Dimension.ITEM: (items.get(row.site_id, UNSAID),),
                Dimension.SITE: (row.site_id,),
                Dimension.CAUSE: (row.cause,),
                Dimension.PERSON: tuple(row.engineers.split("、")),
                Dimension.PROCEDURE: (row.procedure or UNSAID,),
                Dimension.SOURCE: (row.source,),
            },
        )
        for row in rows
    ]


def _items(view: View) -> dict[str, str]:
    return {site.id: str(site.service_item or UNSAID) for site in view.board.sites}


def _bucket(moment: int, *, days: bool) -> int:
    day = date_of(moment)
    return start_of(day if days else day.replace(day=1))


def _versions(view: View, ids: Iterable[str]) -> dict[str, int]:
    rows = view.session.execute(select(Fault.id, Fault.version).where(Fault.id.in_(list(ids))))
    return {row.id: row.version for row in rows}


def _clocks(view: View, faults: Sequence[Counted]) -> list[Clock]:
    """The decided clocks of these faults: kept ones of those that rest, the others assessed now."""
    if not faults:
        return []
    first, last = faults[0].reported_at, faults[-1].reported_at
    kept = view.session.execute(
        select(
            FrozenClock.fault_id,
            FrozenClock.clock,
            FrozenClock.state,
            FrozenClock.started_at,
            FrozenClock.stopped_at,
        )
        .join(Fault, Fault.id == FrozenClock.fault_id)
        .where(
            FrozenClock.readings_version == view.law.version,
            FrozenClock.state.in_([state.value for state in _DECIDED]),
            Fault.reported_at >= first,
            Fault.reported_at <= last,
        )
    )
    found = [_clock(row.fault_id, row.clock, row.state, row.started_at or 0, row.stopped_at) for row in kept]
    known = {one.fault_id for one in found}
    # A fault without a kept row has no decided clock, or time still moves one of them.
    moving = {one.id for one in faults} - known
    versions = _versions(view, _unkept(view, moving))
    for fault_id, case in view.cases(versions).items():
        for clock in view.assess(case).clocks:
            if clock.state in _DECIDED and clock.started_at is not None:
                found.append(_clock(fault_id, clock.clock, clock.state, clock.started_at, clock.stopped_at))
    return found


def _unkept(view: View, some: Iterable[str]) -> list[str]:
    """Those of these faults of which no clock is kept: open ones, and ended ones whose clocks time moves."""
    kept = select(FrozenClock.fault_id).where(FrozenClock.readings_version == view.law.version).distinct()
    settled = set(view.session.scalars(kept))
    return [fault_id for fault_id in some if fault_id not in settled]


def _clock(fault_id: str, clock: str, state: str, started_at: int, stopped_at: int | None) -> Clock:
    lasted = None if stopped_at is None else max(0, stopped_at - started_at)
    return Clock(fault_id, ClockName(clock), ClockState(state), started_at, lasted)


def _bars(
    view: View,
    items: Sequence[ServiceItem],
    dimension: Dimension,
    now: Sequence[Counted],
    former: Sequence[Counted],
    breached: set[str],
) -> tuple[Bar, ...]:
    counted = Counter(key for one in now for key in one.keys[dimension])
    before = Counter(key for one in former for key in one.keys[dimension])
    late = Counter(key for one in now if one.id in breached for key in one.keys[dimension])
    labels = _labels(view, items, dimension)
    keys = sorted({*counted, *before}, key=lambda key: (key == UNSAID, -counted[key], -before[key], key))
    return tuple(
        Bar(key, labels.get(key, key or "未说明"), counted[key], before[key], late[key]) for key in keys
    )


def _labels(view: View, items: Sequence[ServiceItem], dimension: Dimension) -> dict[str, str]:
    match dimension:
        case Dimension.SITE:
            return {site.id: site.name for site in view.board.sites}
        case Dimension.ITEM:
            return {str(item.number): f"（{item.number}）{item.title}" for item in items}
        case Dimension.CAUSE:
            return dict(FAULT_CAUSES)
        case Dimension.PROCEDURE:
            return {one.value: words for one, words in PROCEDURE_WORDS.items()}
        case Dimension.SOURCE:
            return {one.value: words for one, words in SOURCE_WORDS.items()}
        case _:
            return {UNSAID: "没有派人"}


def _columns(view: View, now: Sequence[Counted], breached: set[str], start: int, end: int) -> tuple[Bar, ...]:
    """Every day of a short period, every month of a long one, those without a fault too; none to come."""
    counted = Counter(key for one in now for key in one.keys[Dimension.TIME])
    late = Counter(key for one in now if one.id in breached for key in one.keys[Dimension.TIME])
    days = _by_days(start, end)
    last = min(end - 1, view.now)
    found, at = [], _bucket(start, days=days)
    while counted and at <= last:
        label = date_of(at).isoformat()[: None if days else 7]
        found.append(Bar(str(at), label, counted[str(at)], 0, late[str(at)]))
        at = _bucket(at + (DAY if days else 32 * DAY), days=days)
    return tuple(found)


def _tiers(clocks: Sequence[Clock], zones: Mapping[str, Zone]) -> tuple[TierStandard, ...]:
    counted = Counter((zones[one.fault_id], one.clock, one.state) for one in clocks)
    return tuple(
        TierStandard(
            zone,
            clock,
            counted[zone, clock, ClockState.MET],
            counted[zone, clock, ClockState.BREACHED],
        )
        for zone in Zone
        for clock in ClockName
    )


def _medians(clocks: Iterable[Clock]) -> Medians:
    lasted: dict[ClockName, list[int]] = {name: [] for name in _MEASURED}
    for one in clocks:
        if one.clock in lasted and one.lasted is not None:
            lasted[one.clock].append(one.lasted)
    response, arrival = (round(median(lasted[name])) if lasted[name] else None for name in _MEASURED)
    return Medians(response, arrival)


def _months(view: View, end: int) -> tuple[MonthStandard, ...]:
    """The last twelve months up to the period's end, the oldest first."""
    last = date_of(end - 1)
    starts: list[date] = []
    year, month = last.year, last.month
    for _ in range(TREND_MONTHS):
        starts.append(date(year, month, 1))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    first = start_of(starts[-1])
    faults = _faults(view, first, end, days=True)
    clocks = [one for one in _clocks(view, faults) if one.clock in _MEASURED]
    reported = Counter(date_of(one.reported_at).replace(day=1) for one in faults)
    months = {one.id: date_of(one.reported_at).replace(day=1) for one in faults}
    counted = Counter((months[one.fault_id], one.clock, one.state) for one in clocks)
    return tuple(
        MonthStandard(
            month_bounds(day.year, day.month)[0],
            reported[day],
            *(_share(*(counted[day, name, state] for state in _DECIDED)) for name in _MEASURED),
        )
        for day in reversed(starts)
    )


def _share(met: int, missed: int) -> float | None:
    return met / (met + missed) if met + missed else None
