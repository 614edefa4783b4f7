"""Which rows are refused, with the English column name in front; all others are still assessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.call_logs import Log, row


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("call_no", row(call_no="")),
        ("call_no", row(call_no="  ")),
        ("reported_at", row(reported_at="")),
        ("reported_at", row(reported_at="昨天")),
        ("reported_at", row(reported_at="2025-03-01 00:00:01")),
        ("zone", row(zone="郊区")),
        ("zone", row(zone="Urban")),
        ("zone", row(zone="郊区", site="八街街道办事处")),
        ("zone", row(zone="", site="")),
        ("site", row(zone="", site="火星")),
        ("emergency", row(emergency="急")),
        ("assigned_at", row(assigned_at="9:05")),
        ("acknowledged_at", row(acknowledged_at="2024-06-03")),
        ("departed_at", row(departed_at="2024/06/03 09:10")),
        ("arrived_at", row(arrived_at="2024-06-31 09:10")),
        ("confirmed_at", row(confirmed_at="2024-06-03 24:00")),
        ("repair_started_at", row(repair_started_at="2024-06-03 09:60")),
        ("special_report_at", row(special_report_at="2024-06-03 09:00:60")),
        ("resolved_at", row(resolved_at="2024-06-03T09:00:00.5")),
        ("cancelled_at", row(cancelled_at="无")),
        ("unreachable_at", row(unreachable_at="2024-06-03 09:10;是")),
        ("procedure", row(procedure="维修程序")),
        ("procedure", row(confirmed_at="2024-06-03 09:10", procedure="其他")),
        ("source", row(source="领导")),
        ("cancel_kind", row(cancel_kind="重开")),
        ("third_party_cause", row(third_party_cause="过失")),
        ("third_party_cause", row(third_party_cause="过失", third_party_labor="1")),
        ("third_party_labor", row(third_party_labor="-1")),
        ("third_party_labor", row(third_party_labor="1.234")),
        ("third_party_labor", row(third_party_labor="1,000")),
        ("third_party_labor", row(third_party_labor="1000元")),
        ("third_party_labor", row(third_party_labor="1e3")),
        ("third_party_labor", row(third_party_labor=".5")),
        ("third_party_labor", row(third_party_labor="5.")),
        ("third_party_labor", row(third_party_labor="１００")),
        ("third_party_labor", row(third_party_labor="9" * 5000)),
        ("third_party_parts", row(third_party_parts="网线20")),
        ("third_party_parts", row(third_party_parts="网线:")),
        ("third_party_parts", row(third_party_parts="网线:20×0")),
        ("third_party_parts", row(third_party_parts="网线:20×1.5")),
        ("third_party_parts", row(third_party_parts="网线:20×")),
        ("third_party_parts", row(third_party_parts="网线:20×2×3")),
        ("third_party_parts", row(third_party_parts="网线:20;插头:二十")),
        ("cycle", row(cycle="0")),
        ("cycle", row(cycle="-1")),
        ("cycle", row(cycle="1.0")),
        ("cycle", row(cycle="一")),
        ("cycle", row(cycle="2")),
        ("cycle", row(cycle="9" * 5000)),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(sorted(value.items()))[:80],
)
def test_a_row_is_refused_and_says_for_which_column(log: Log, column: str, said: dict[str, str]) -> None:
    good = row("GOOD", "2024-06-02 09:00")
    assert log.refusal(good, said).startswith(f"{column}: ")


def test_the_same_call_and_cycle_twice_is_refused_the_second_time(log: Log) -> None:
    reason = log.refusal(row(), row(reported_at="2024-06-04 09:00"))
    assert reason.startswith("call_no: ")
    assert "第 2 行" in reason


def test_an_empty_cycle_is_the_first(log: Log) -> None:
    assert log.refusal(row(cycle=""), row(cycle="1")).startswith("call_no: ")
    assert log.call(row(cycle="01"))["cycle"] == 1


def test_a_refused_row_does_not_take_the_place_of_its_number(log: Log) -> None:
    answer = log.assess([row(departed_at="?"), row()])
    assert [call["call_no"] for call in answer["calls"]] == ["A1"]
    assert answer["rejected"][0]["row"] == 2


@pytest.mark.parametrize("reported_at", ["2024-06-03 11:00:00", "2024-06-03 12:00"])
@pytest.mark.parametrize(
    "ended", [{"resolved_at": "2024-06-03 11:00:00"}, {"cancelled_at": "2024-06-03 11:00:00"}]
)
def test_a_further_cycle_needs_its_former_one_ended_by_its_own_report(
    log: Log, ended, reported_at: str
) -> None:
    answer = log.assess([row(**ended), row(reported_at=reported_at, cycle="2")])
    assert [call["cycle"] for call in answer["calls"]] == [1, 2]
    assert log.status == 0


@pytest.mark.parametrize(
    ("former", "reported_at"),
    [
        ({}, "2024-06-03 12:00"),
        ({"arrived_at": "2024-06-03 10:00"}, "2024-06-03 12:00"),
        ({"resolved_at": "2024-06-03 12:00:01"}, "2024-06-03 12:00:00"),
        ({"cancelled_at": "2024-06-03 12:00:01"}, "2024-06-03 12:00:00"),
        # An end that does not count is none.
        ({"resolved_at": "2024-06-03 08:59:59"}, "2024-06-03 12:00"),
        ({"cancelled_at": "2024-06-03 08:59:59"}, "2024-06-03 12:00"),
        ({"resolved_at": "2025-03-02 00:00"}, "2024-06-03 12:00"),
    ],
)
def test_a_further_cycle_is_refused_without_a_counted_end_before_it(
    log: Log, former, reported_at: str
) -> None:
    assert log.refusal(row(**former), row(reported_at=reported_at, cycle="2")).startswith("cycle: ")


def test_a_further_cycle_is_refused_above_its_former_one(log: Log) -> None:
    answer = log.assess([row(reported_at="2024-06-03 12:00", cycle="2"), row(resolved_at="2024-06-03 11:00")])
    assert [call["cycle"] for call in answer["calls"]] == [1]
    assert answer["rejected"][0]["reason"].startswith("cycle: ")


def test_a_third_cycle_does_not_stand_on_the_first(log: Log) -> None:
    ended = "2024-06-03 10:00"
    assert log.refusal(row(resolved_at=ended), row(reported_at="2024-06-03 12:00", cycle="3")).startswith(
        "cycle: "
    )


def test_a_cycle_on_a_refused_one_is_refused_too(log: Log) -> None:
    rows = [
        row(resolved_at="2024-06-03 10:00"),
        row(reported_at="2024-06-03 11:00", cycle="2", resolved_at="x"),
        row(reported_at="2024-06-03 12:00", cycle="3"),
    ]
    answer = log.assess(rows)
    assert [found["row"] for found in answer["rejected"]] == [3, 4]


def test_a_cycle_belongs_to_its_own_number_only(log: Log) -> None:
    rows = [row("A1", resolved_at="2024-06-03 10:00"), row("A2", "2024-06-03 11:00", cycle="2")]
    assert log.refusal(*rows).startswith("cycle: ")


def test_a_report_at_the_as_of_moment_is_accepted(log: Log) -> None:
    assert log.call(row(reported_at="2025-03-01 00:00:00"))["clocks"][0]["state"] == "running"


def test_a_refused_row_counts_in_no_sum(log: Log) -> None:
    answer = log.assess(
        [row(procedure="?", third_party_labor="100", emergency="1", unreachable_at="2024-06-03 09:10")]
    )
    assert answer["tally"]["total"] == "0.00"
    assert answer["standards"]["response"]["breached"] == 0
