"""Beijing's calendar on whole numbers, held against `datetime`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_app.contract import calendar_beijing as beijing

LOCAL = timezone(timedelta(hours=8))
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(  # noqa: DTZ001  made Beijing's own just below
    lambda naive: naive.replace(microsecond=0, tzinfo=LOCAL)
)


def epoch(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


@given(MOMENTS)
def test_a_moment_is_written_as_datetime_writes_it(moment: datetime) -> None:
    assert beijing.iso(epoch(moment)) == moment.isoformat()
    assert beijing.date_text(epoch(moment)) == moment.date().isoformat()
    assert beijing.moment_text(epoch(moment)) == moment.strftime("%Y-%m-%d %H:%M:%S").rjust(19, "0")


@given(MOMENTS)
def test_what_was_written_is_read_back(moment: datetime) -> None:
    at = epoch(moment)
    assert beijing.parse_moment(beijing.iso(at)) == at
    assert beijing.parse_moment(beijing.moment_text(at)) == at
    assert beijing.parse_moment(moment.astimezone(timezone(timedelta(hours=-3))).isoformat()) == at


@given(MOMENTS)
def test_days_begin_at_midnight_in_beijing(moment: datetime) -> None:
    at = epoch(moment)
    assert beijing.date_of(at) == moment.date()
    assert beijing.start_of(moment.date()) == epoch(moment.replace(hour=0, minute=0, second=0))
    assert beijing.next_midnight(at) == epoch(moment.replace(hour=0, minute=0, second=0)) + beijing.DAY


def test_the_second_before_midnight_belongs_to_the_day() -> None:
    midnight = beijing.start_of(date(2025, 3, 1))
    assert beijing.date_of(midnight - 1) == date(2025, 2, 28)
    assert beijing.next_midnight(midnight - 1) == midnight
    assert beijing.next_midnight(midnight) == midnight + 86400


@pytest.mark.parametrize(
    ("year", "month", "first", "following"),
    [
        (2024, 2, date(2024, 2, 1), date(2024, 3, 1)),
        (2024, 12, date(2024, 12, 1), date(2025, 1, 1)),
        (2025, 2, date(2025, 2, 1), date(2025, 3, 1)),
    ],
)
def test_months_are_cut_at_midnight_in_beijing(year: int, month: int, first: date, following: date) -> None:
    assert beijing.month_bounds(year, month) == (beijing.start_of(first), beijing.start_of(following))


def test_years_beyond_the_calendar_of_datetime_are_written_too() -> None:
    last = beijing.parse_moment("9999-12-31 23:59:59")
    assert beijing.iso(last + 1) == "10000-01-01T00:00:00+08:00"
    assert beijing.iso(beijing.parse_moment("0001-01-01T00:00:00+14:00")) == "0000-12-31T18:00:00+08:00"


def test_more_days_than_are_kept_are_read_and_written_all_the_same() -> None:
    first = date(2000, 1, 1)
    for number in range(beijing._KEPT + 10):
        day = first + timedelta(days=number)
        assert beijing.parse_moment(f"{day} 00:00") == beijing.start_of(day)
        assert beijing.date_text(beijing.start_of(day)) == str(day)


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "2025-03-01", "2025-03-01T", "T09:00", "09:00", "2025-03-01t09:00", "2025-03-01x09:00",
        "2025-3-1 9:00", "2025/03/01 09:00", "2025-03-01  09:00", " 2025-03-01 09:00", "2025-03-01 09:00 ",
        "2025-03-01 09", "2025-03-01 0900", "20250301 09:00", "20250301 090000", "2025-W09-6 09:00",
        "2025-03-01 24:00", "2025-03-01T24:00:00", "2025-03-01 09:60", "2025-03-01 09:00:60",
        "2025-02-29 09:00", "2025-13-01 09:00", "0000-01-01 09:00", "2025-03-01 09:00:00.5",
        "2025-03-01T09:00:00.5", "2025-03-01T09:00:00+08:00:00.5", "2025-03-01T09:00:00T",
        "２０２５-03-01 09:00",
        "2025-03-01 ０９:00", "2025-03-01T０９:00", "2025-03-01T09:00+24:00", "1740758400",
    ],
)  # fmt: skip
def test_anything_else_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        beijing.parse_moment(text)
