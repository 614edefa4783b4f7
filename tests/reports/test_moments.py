from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_app.reports.moments import (
    beijing_date,
    clock_text,
    date_text,
    duration_text,
    minutes_text,
    moment_text,
    written_moment,
)

BEIJING = timezone(timedelta(hours=8))
MIDNIGHT = 1_772_640_000  # 2026-03-05 00:00:00 in Beijing


@given(st.integers(0, 4_000_000_000))
def test_moments_are_those_of_a_clock_eight_hours_ahead(at) -> None:
    there = datetime.fromtimestamp(at, UTC).astimezone(BEIJING)
    assert beijing_date(at) == there.date()
    assert moment_text(at).ljust(19, "~").replace("~~~", ":00") == there.strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("at", "clock", "written"),
    [
        (MIDNIGHT - 1, "23:59:59", "2026年3月4日23时59分59秒"),
        (MIDNIGHT, "00:00", "2026年3月5日0时00分"),
        (MIDNIGHT + 8 * 3600 + 300, "08:05", "2026年3月5日8时05分"),
        (MIDNIGHT + 61, "00:01:01", "2026年3月5日0时01分01秒"),
    ],
)
def test_a_moment_is_written_for_tables_and_for_running_text(at, clock, written) -> None:
    assert clock_text(at) == clock
    assert written_moment(at) == written


def test_a_date_has_no_leading_noughts() -> None:
    assert date_text(date(2026, 3, 5)) == "2026年3月5日"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0秒"),
        (59, "59秒"),
        (61, "1分01秒"),
        (3600, "1小时00分00秒"),
        (3661, "1小时01分01秒"),
        (86_400, "1天0小时00分00秒"),
        (190_005, "2天4小时46分45秒"),
    ],
)
def test_a_length_of_time_is_written_without_leading_noughts(seconds, text) -> None:
    assert duration_text(seconds) == text


def test_a_length_to_the_nearest_minute() -> None:
    assert [minutes_text(seconds) for seconds in (0, 29, 30, 5400, 7199, 7500)] == [
        "0分", "0分", "1分", "90分", "2小时00分", "2小时05分",
    ]  # fmt: skip
