"""What is kept, named and not counted: times after as-of or before the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.call_logs import Log, clock, row, state

MILESTONES = [
    "assigned_at",
    "acknowledged_at",
    "departed_at",
    "arrived_at",
    "confirmed_at",
    "repair_started_at",
    "special_report_at",
    "resolved_at",
    "cancelled_at",
]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


@pytest.mark.parametrize("column", MILESTONES)
@pytest.mark.parametrize("at", ["2024-06-03 08:59:59", "2025-03-01 00:00:01"])
def test_a_milestone_out_of_its_time_is_an_anomaly_and_stops_nothing(log: Log, column: str, at: str) -> None:
    plain = log.call(row(procedure="repair"))
    call = log.call(row(procedure="repair", **{column: at}))
    assert [text.split(":")[0] for text in call["anomalies"]] == [column]
    assert call["clocks"] == plain["clocks"]
    assert call["penalties"] == plain["penalties"]


@pytest.mark.parametrize("column", MILESTONES)
@pytest.mark.parametrize("at", ["2024-06-03 09:00:00", "2025-03-01 00:00:00"])
def test_a_milestone_at_the_report_or_at_as_of_is_none(log: Log, column: str, at: str) -> None:
    assert log.call(row(**{column: at}))["anomalies"] == []


def test_several_anomalies_come_in_the_order_of_the_columns(log: Log) -> None:
    call = log.call(
        row(
            resolved_at="2024-06-03 08:00",
            departed_at="2026-01-01 00:00",
            unreachable_at="2026-01-01 00:00;2026-01-01 00:00",
            emergency="1",
        )
    )
    names = [text.split(":")[0] for text in call["anomalies"]]
    assert names == ["departed_at", "resolved_at", "unreachable_at", "unreachable_at"]


def test_milestones_out_of_their_usual_order_are_no_anomaly(log: Log) -> None:
    call = log.call(
        row(arrived_at="2024-06-03 09:10", departed_at="2024-06-03 09:20", resolved_at="2024-06-03 09:05")
    )
    assert call["anomalies"] == []
    assert clock(call, "response")["stopped_at"] == "2024-06-03T09:05:00+08:00"


def test_an_early_time_does_not_hide_a_later_breach(log: Log) -> None:
    call = log.call(row(departed_at="2024-06-03 08:00", arrived_at="2024-06-03 14:00:01"))
    assert state(call, "dispatch_5h") == ("breached", 1)


def test_unreachable_before_the_report_counts(log: Log) -> None:
    call = log.call(row(emergency="是", unreachable_at="2024-06-03 08:30"))
    assert call["anomalies"] == []
    assert call["penalties"][0] == {
        "clause": "9.1",
        "cycle": 1,
        "at": "2024-06-03T08:30:00+08:00",
        "amount": "2000.00",
    }


def test_unreachable_after_as_of_does_not_count(log: Log) -> None:
    said = row(
        emergency="1",
        unreachable_at="2025-03-01 00:00:00；2025-03-01 00:00:01",
        departed_at="2024-06-03 09:10",
    )
    call = log.call(said)
    assert [one["at"] for one in call["penalties"]] == ["2025-03-01T00:00:00+08:00"]
    assert len(call["anomalies"]) == 1


def test_the_very_same_unreachable_twice_costs_twice(log: Log) -> None:
    call = log.call(
        row(
            emergency="1", unreachable_at="2024-06-03 09:10;2024-06-03 09:10;", departed_at="2024-06-03 09:10"
        )
    )
    assert [one["clause"] for one in call["penalties"]] == ["9.1", "9.1"]


def test_a_procedure_without_a_confirmation_means_nothing(log: Log) -> None:
    call = log.call(row(procedure="special_report"))
    assert state(call, "special_report") == ("not_started", 0)
    assert state(call, "same_day")[0] == "breached"
    assert call["anomalies"] == []
