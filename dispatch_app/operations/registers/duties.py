"""What is due when: pure functions of a plan, of when it was last done, and of the Beijing day.

A round belongs to a period (the day, the week from Monday, the month). A period asks for one round, due by
its last day that counts; when that day has passed without one, the round is overdue, until one is done.
What is done every so many days or months is due that long after it was last done.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile

from dispatch_app.contract.workdays import presumed_workday

_ONE = timedelta(days=1)
_WEEK = 7


class Cycle(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class DutyState(StrEnum):
    """逾期, 今天到期 (or within the running week or month), 未到期."""

    OVERDUE = "overdue"
    DUE = "due"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often something is due. `workdays`: days off ask for nothing. `since`: nothing is due before."""

    cycle: Cycle
    workdays: bool
    since: date


@dataclass(frozen=True, slots=True)
class Due:
    """How something stands.

    Attributes:
        by: The last day on which it is in time: of this period, or of the next one if this one is done.
        since: The first day that passed without it, while it is overdue, else None.
        missed: How many times it was left out since it was last done.
        note: What to say beside days whose calendar nobody knows yet, else empty.
    """

    state: DutyState
    by: date
    since: date | None = None
    missed: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """One period that asks for a round, from its first day on, by the last of its days that counts."""

    first: date
    by: date
    note: str = ""


def periods(rhythm: Rhythm, start: date) -> Iterator[Period]:
    """The periods from that of `start` on that ask for a round; without end."""
    first, last = _bounds(rhythm.cycle, start)
    while True:
        found = _asked(rhythm, first, last)
        if found is not None:
            yield found
        first, last = _bounds(rhythm.cycle, last + _ONE)


def round_due(rhythm: Rhythm, last_done: date | None, today: date) -> Due:
    """How a round stands on a day."""
    if last_done is None or last_done < rhythm.since:
        start = rhythm.since
    else:
        start = _bounds(rhythm.cycle, last_done)[1] + _ONE
    missed, since = 0, None
    ahead = periods(rhythm, start)
    period = next(ahead)
    note = period.note
    while period.by < today:
        missed += 1
        since = since or period.by
        period = next(ahead)
        note = period.note or note
    if missed:
        return Due(DutyState.OVERDUE, period.by, since, missed, note)
    return Due(DutyState.DUE if period.first <= today else DutyState.AHEAD, period.by, note=note)


def asked_for(
    rhythm: Rhythm, done: Iterable[date], first: date, last: date, today: date
) -> tuple[int, tuple[Period, ...]]:
    """How many rounds were due on the days from `first` to `last`, and those of them that were left out.

    What is due today or later and not done yet was not left out, nor does it count.

    Args:
        done: The days on which there was a round.
    """
    kept = {_bounds(rhythm.cycle, day)[0] for day in done if day >= rhythm.since}
    within = takewhile(lambda period: period.by <= last, periods(rhythm, max(first, rhythm.since)))
    asked, missed = 0, []
    for period in within:
        was_done = _bounds(rhythm.cycle, period.by)[0] in kept
        if was_done or period.by < today:
            asked += 1
        if not was_done and period.by < today:
            missed.append(period)
    return asked, tuple(missed)


def interval_due(last_done: date | None, since: date, today: date, *, days: int = 0, months: int = 0) -> Due:
    """How something stands that is done every so many days or months; the first time is due on `since`.

    Args:
        days, months: One of them; the other 0.
    """
    if last_done is None or last_done < since:
        by = since
    else:
        by = add_months(last_done, months) if months else last_done + timedelta(days=days)
    if by < today:
        return Due(DutyState.OVERDUE, by, by, 1)
    return Due(DutyState.DUE if by == today else DutyState.AHEAD, by)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _bounds(cycle: Cycle, day: date) -> tuple[date, date]:
    """First and last day of the period a day lies in."""
    if cycle is Cycle.DAILY:
        return day, day
    if cycle is Cycle.WEEKLY:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=_WEEK - 1)
    first = day.replace(day=1)
    return first, add_months(first, 1) - _ONE


def _asked(rhythm: Rhythm, first: date, last: date) -> Period | None:
    """The period, or None where none of its days asks for a round."""
    day, earliest, note = last, max(first, rhythm.since), ""
    while day >= earliest:
        works, unknown = presumed_workday(day) if rhythm.workdays else (True, "")
        note = note or unknown
        if works:
            return Period(earliest, day, note)
        day -= _ONE
    return None
