"""Times as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.desk.beijing import epoch, figure_text, length_text, moment_text, short_moment_text
from dispatch_app.ui.desk.when import parse_when, part_when

DAY = date(2024, 11, 22)
NOW = epoch(DAY, 14 * 3600 + 32 * 60 + 7)


def at(hour: int, minute: int = 0, second: int = 0, day: date = DAY) -> int:
    return epoch(day, hour * 3600 + minute * 60 + second)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", NOW),
        ("  ", NOW),
        ("-5", NOW - 300),
        ("−5", NOW - 300),
        ("－５", NOW - 300),
        ("-1:30", NOW - 5400),
        ("14:05", at(14, 5)),
        ("14：05", at(14, 5)),
        ("9:00", at(9)),
        ("14:05:30", at(14, 5, 30)),
        ("14:32:07", NOW),
        ("今 08:00", at(8)),
        ("昨 23:50", at(23, 50, day=date(2024, 11, 21))),
        ("昨23:50", at(23, 50, day=date(2024, 11, 21))),
        ("昨天 23:50", at(23, 50, day=date(2024, 11, 21))),
        ("前天 7:01", at(7, 1, day=date(2024, 11, 20))),
        ("11-20 08:15", at(8, 15, day=date(2024, 11, 20))),
        ("11/20 08:15", at(8, 15, day=date(2024, 11, 20))),
        ("2024-11-22 14:05", at(14, 5)),
        ("2024-11-22T14:05:09", at(14, 5, 9)),
        ("2023-12-31 23:59:59", at(23, 59, 59, day=date(2023, 12, 31))),
    ],
)
def test_a_typed_time_is_the_moment_meant(typed: str, meant: int) -> None:
    assert parse_when(typed, NOW) == meant


@pytest.mark.parametrize(
    "typed",
    ["五分钟前", "25:00", "14:60", "14", "1405", "-", "--5", "2024-02-30 10:00", "13-01 10:00", "昨", "5"],
)
def test_what_is_no_time_is_refused_with_the_forms_that_are(typed: str) -> None:
    with pytest.raises(KnownError) as refused:
        parse_when(typed, NOW)
    assert typed in refused.value.message
    assert "-5" in refused.value.remedy
    assert refused.value.field == "at"


@pytest.mark.parametrize("typed", ["14:33", "14:32:08", "23:50", "2024-11-23 00:00", "12-01 08:00"])
def test_a_time_still_to_come_is_refused_and_never_taken_for_yesterday(typed: str) -> None:
    with pytest.raises(KnownError, match="还没有到"):
        parse_when(typed, NOW)


def test_a_time_before_the_report_is_refused_and_names_the_report() -> None:
    reported = at(14, 29, 56)
    assert parse_when("14:29:56", NOW, reported) == reported
    with pytest.raises(KnownError, match="早于接报 14:29:56"):
        parse_when("14:29:55", NOW, reported)


def test_the_refusal_names_the_field_it_belongs_to() -> None:
    with pytest.raises(KnownError) as refused:
        parse_when("nonsense", NOW, field="answered_at")
    assert refused.value.field == "answered_at"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (at(9, 5, 1), "09:05:01"),
        (at(23, 50, day=date(2024, 11, 21)), "昨 23:50:00"),
        (at(8, day=date(2024, 11, 20)), "11-20 08:00:00"),
        (at(8, day=date(2023, 11, 20)), "2023-11-20 08:00:00"),
    ],
)
def test_a_moment_is_shown_with_as_much_of_its_day_as_is_needed(moment: int, shown: str) -> None:
    assert moment_text(moment, NOW) == shown
    assert short_moment_text(moment, NOW) == shown[:-3]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "00:00"), (1069, "17:49"), (3600, "1:00:00"), (5465, "1:31:05")]
)
def test_figures_are_minutes_below_an_hour_and_hours_above(seconds: int, shown: str) -> None:
    assert figure_text(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(59, "不到 1 分"), (60, "1 分"), (3600, "1 小时"), (153_540, "42 小时 39 分")]
)
def test_lengths_are_said_in_words_without_seconds(seconds: int, shown: str) -> None:
    assert length_text(seconds) == shown


@pytest.mark.parametrize(
    ("typed", "time", "note"),
    [
        ("", "", ""),
        ("-5", "-5", ""),
        ("-5 更换主控板，业务恢复", "-5", "更换主控板，业务恢复"),
        ("14:05 S5720 已换", "14:05", "S5720 已换"),
        ("昨 23:50 抢修", "昨 23:50", "抢修"),
        ("昨23:50 抢修", "昨23:50", "抢修"),
        ("2024-11-22 14:05 配件 已到", "2024-11-22 14:05", "配件 已到"),
        ("更换光模块", "", "更换光模块"),
        ("现在 3 号交换机已换", "", "3 号交换机已换"),
        ("现在", "", ""),
        ("noon", "noon", ""),
        ("1405", "1405", ""),
        ("昨天就好了", "昨天就好了", ""),
        ("25:99", "25:99", ""),
    ],
)
def test_a_note_stands_behind_its_time_and_a_slip_in_a_time_is_never_a_note(
    typed: str, time: str, note: str
) -> None:
    assert part_when(typed) == (time, note)
