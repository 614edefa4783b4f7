"""Every clock to the second, and every turn of the table."""

from __future__ import annotations

import pytest

from dispatch_app.contract import clocks
from tests.contract.clock_case import Case
from tests.contract.clock_cases import CASES
from tests.contract.judging import judge, mismatches
from tests.contract.story import moment


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_clocks_say(case: Case) -> None:
    assert mismatches(clocks, case) == []


def test_case_names_are_unique() -> None:
    names = [(case.name, tuple(case.readings.items()), case.outlying, repr(case.times)) for case in CASES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2024-06-03 00:00:00", "2024-06-04 00:00:00"),
        ("2024-06-03 23:59:59", "2024-06-04 00:00:00"),
        ("2024-06-30 12:00:00", "2024-07-01 00:00:00"),
        ("2024-12-31 23:59:59", "2025-01-01 00:00:00"),
        ("2024-02-28 08:00:00", "2024-02-29 00:00:00"),
    ],
)
def test_a_day_ends_at_the_next_midnight_in_beijing(start: str, due: str) -> None:
    case = Case("", 0, {})
    assert judge(clocks, case, start=moment(start))["same_day"][2] == moment(due)


def test_two_whole_days_end_with_the_second_day_after_the_report() -> None:
    case = Case("", 0, {}, readings={"two_days": "calendar"})
    due = {
        start: judge(clocks, case, start=moment(start))["dispatch_2d"][2]
        for start in ("2024-06-03 00:00:00", "2024-06-03 23:59:59")
    }
    assert set(due.values()) == {moment("2024-06-06 00:00:00")}


def test_void_clocks_keep_start_and_due_and_have_no_stop() -> None:
    case = Case("", 10**6, {}, {"voided": True, "arrived": 60, "confirmations": [(60, "repair")]})
    judged = judge(clocks, case)
    start = moment("09:00")
    assert judged["arrival"] == ("void", start, start + 2400, None, 0)
    assert judged["repair_start"] == ("void", start + 60, start + 60 + 7200, None, 0)
    assert judged["special_report"] == ("void", None, None, None, 0)


def test_clocks_that_have_not_started_have_no_times() -> None:
    assert judge(clocks, Case("", 60, {}))["repair_start"] == ("not_started", None, None, None, 0)


def test_a_clock_stopped_late_keeps_its_stop() -> None:
    start = moment("09:00")
    judged = judge(clocks, Case("", 10**6, {}, {"acknowledged": 1300}))
    assert judged["response"] == ("breached", start, start + 1200, start + 1300, 100)


@pytest.mark.parametrize(
    ("name", "past"), [("response", [False, False, True]), ("same_day", [False, True, True])]
)
def test_the_view_is_told_when_a_clock_turns(name: str, past: list[bool]) -> None:
    due = moment("12:00")
    assert [clocks.is_past_due(clocks.ClockName(name), due, due + s) for s in (-1, 0, 1)] == past
