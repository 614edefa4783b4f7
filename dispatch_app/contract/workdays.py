"""Working days by the State Council's yearly table, make-up days included.

The table ends with the last year announced. Beyond it nobody knows the holidays: `is_workday` raises, and
what must name a date all the same counts Monday to Friday and says loudly that the date is provisional.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.terms import Terms

NOT_ANNOUNCED = "尚无该年节假日安排"
_ONE = timedelta(days=1)
_SATURDAY = 5


class UnknownYearError(KnownError):
    """The State Council's table of this year is not known. Attributes: year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} 年：{NOT_ANNOUNCED}", "待国务院办公厅公布、程序更新后再算")
        self.year = year


@dataclass(frozen=True, slots=True)
class WorkdayResult:
    """A day found by counting working days.

    Attributes:
        provisional: Some day on the way lies in a year whose holidays are not announced.
        note: What to show beside a provisional day, else empty.
    """

    day: date
    provisional: bool
    note: str


@dataclass(frozen=True, slots=True)
class RenewalWindow:
    """When the written application for renewal may be handed in (十.2).

    Attributes:
        first: First day of the window.
        last: The day the contract expires, last of the window.
    """

    first: date
    last: date
    provisional: bool
    note: str


def is_workday(day: date) -> bool:
    """Whether people work on a day.

    Raises:
        UnknownYearError: Its year has no table.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError as error:
        raise UnknownYearError(day.year) from error


def presumed_workday(day: date) -> tuple[bool, str]:
    """Whether people work on a day, and what to say where nobody knows yet: then Monday to Friday count."""
    try:
        return is_workday(day), ""
    except UnknownYearError as error:
        return day.weekday() < _SATURDAY, _provisional(error.year)


def workdays_before(day: date, count: int) -> WorkdayResult:
    """The working day `count` working days before `day`, which is not counted itself."""
    return _walk(day, -_ONE, count)


def workdays_after(day: date, count: int) -> WorkdayResult:
    """The working day `count` working days after `day`, which is not counted itself."""
    return _walk(day, _ONE, count)


def renewal_window(terms: Terms) -> RenewalWindow:
    """The working days before expiry in which to apply, under the readings `term` and `renewal_day`."""
    last = terms.last_day
    found = workdays_before(last, terms.contract.renewal_working_days)
    if terms.readings.renewal_day == "included":
        later = workdays_after(found.day, 1)
        found = WorkdayResult(later.day, found.provisional or later.provisional, found.note or later.note)
    return RenewalWindow(found.day, last, found.provisional, found.note)


def decision_due(applied: date, terms: Terms) -> WorkdayResult:
    """The last day for 甲方 to decide on an application handed in on `applied` (十.2)."""
    return workdays_after(applied, terms.contract.decision_working_days)


def _walk(day: date, step: timedelta, count: int) -> WorkdayResult:
    note = ""
    while count > 0:
        day += step
        works, unknown = presumed_workday(day)
        note = unknown or note
        count -= works
    return WorkdayResult(day, bool(note), note)


def _provisional(year: int) -> str:
    return f"{year} 年{NOT_ANNOUNCED}，暂按周一至周五计，日期待定"
