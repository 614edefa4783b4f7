"""The rows of the table at the end of contract.md, by name, through the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.call_logs import Log, clock, row, state


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def test_urban_reported_at_nine_and_arrived_after_forty_minutes_has_arrived_in_time(log: Log) -> None:
    call = log.call(row(arrived_at="2024-06-03 09:40:00"))
    assert state(call, "arrival") == ("met", 0)
    assert state(call, "response") == ("breached", 1200)


@pytest.mark.parametrize(("answered", "expected"), [("09:20:00", ("met", 0)), ("09:20:01", ("breached", 1))])
def test_response_is_met_only_if_something_answered_within_twenty_minutes(
    log: Log, answered, expected
) -> None:
    call = log.call(row(arrived_at="2024-06-03 09:40:00", acknowledged_at=f"2024-06-03 {answered}"))
    assert state(call, "response") == expected


def test_urban_and_arrived_a_second_after_forty_minutes_is_breached_by_one_second(log: Log) -> None:
    assert state(log.call(row(arrived_at="2024-06-03 09:40:01")), "arrival") == ("breached", 1)


def test_outlying_and_departed_after_five_hours_exactly_is_met(log: Log) -> None:
    call = log.call(row(zone="outlying", departed_at="2024-06-03 14:00:00"))
    assert state(call, "dispatch_5h") == ("met", 0)
    assert call["penalties"] == []


def test_outlying_and_departed_a_second_after_five_hours_costs_two_thousand_at_five_hours(log: Log) -> None:
    call = log.call(row(zone="outlying", departed_at="2024-06-03 14:00:01"))
    assert state(call, "dispatch_5h") == ("breached", 1)
    assert call["penalties"] == [
        {"clause": "9.2", "cycle": 1, "at": "2024-06-03T14:00:00+08:00", "amount": "2000.00"}
    ]


def test_assigned_and_nothing_else_is_breached_a_second_after_five_hours(log: Log) -> None:
    said = row(assigned_at="2024-06-03 09:05")
    assert state(log.call(said, as_of="2024-06-03T14:00:01"), "dispatch_5h") == ("breached", 1)
    assert state(log.call(said, as_of="2024-06-03T14:00:00"), "dispatch_5h") == ("running", 0)


def test_reported_ten_minutes_before_midnight_and_resolved_at_midnight_is_breached_by_nothing(
    log: Log,
) -> None:
    call = log.call(row(reported_at="2024-06-03 23:50", resolved_at="2024-06-04 00:00:00"))
    assert state(call, "same_day") == ("breached", 0)
    assert clock(call, "same_day")["due_at"] == "2024-06-04T00:00:00+08:00"


def test_resolved_remotely_in_town_after_fifty_minutes_is_late_on_the_spot_but_somebody_was_sent(
    log: Log,
) -> None:
    call = log.call(row(resolved_at="2024-06-03 09:50"))
    assert state(call, "arrival") == ("breached", 600)
    assert state(call, "dispatch_5h") == ("met", 0)


def test_confirmed_special_report_and_submitted_after_two_hours_is_met(log: Log) -> None:
    call = log.call(
        row(
            confirmed_at="2024-06-03 10:00",
            procedure="special_report",
            special_report_at="2024-06-03 12:00:00",
        )
    )
    assert state(call, "special_report") == ("met", 0)
    assert state(call, "same_day") == ("void", 0)
    assert state(call, "repair_start") == ("not_started", 0)


def test_the_sixth_breach_after_five_opens_the_right_to_terminate(log: Log) -> None:
    rows = [
        row(f"A{day}", f"2024-06-0{day} 09:00", departed_at=f"2024-06-0{day} 15:00") for day in range(1, 7)
    ]
    five = log.assess(rows[:5])["tally"]
    assert five["9.2"] == {"count": 5, "amount": "10000.00"}
    assert five["termination"] == []
    six = log.assess(list(reversed(rows)))["tally"]
    assert six["9.2"] == {"count": 6, "amount": "12000.00"}
    assert six["termination"] == [{"clause": "9.2", "reason": "count", "at": "2024-06-06T14:00:00+08:00"}]
