"""Penalties, third-party costs, cancellations, cycles and the tally of a log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.operations.call_logs import Log, clock, row, state

GONE = {"departed_at": "2024-06-03 09:10"}
CLOCKS = ["response", "arrival", "dispatch_5h", "dispatch_2d", "repair_start", "special_report", "same_day"]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def costs(call: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["clause"], one["amount"]) for one in call["penalties"]]


# 4.6


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ({"third_party_labor": "80"}, "80.00"),
        ({"third_party_labor": "80.5"}, "80.50"),
        ({"third_party_labor": "0.01"}, "0.01"),
        ({"third_party_labor": "0007"}, "7.00"),
        ({"third_party_parts": "网线:20"}, "20.00"),
        ({"third_party_parts": "网线:20×3"}, "60.00"),
        ({"third_party_parts": "网线:20x3"}, "60.00"),
        ({"third_party_parts": "网线：20 × 3；水晶头：0.5x10；"}, "65.00"),
        ({"third_party_parts": "光模块:299.99×2"}, "599.98"),
        ({"third_party_parts": "光模块:300.01"}, None),
        ({"third_party_parts": "光模块:300.01;网线:20"}, "20.00"),
        ({"third_party_parts": "2x4 线:槽:10×2"}, "20.00"),
        (
            {"third_party_parts": "网线:20", "third_party_labor": "80", "third_party_cause": "unable"},
            "100.00",
        ),
        ({"third_party_labor": "80", "third_party_cause": "无力处理"}, "80.00"),
        ({"third_party_labor": "80", "third_party_cause": "逾期"}, "80.00"),
        ({"third_party_labor": "80", "third_party_cause": "other"}, None),
        ({"third_party_labor": "80", "third_party_cause": "其他"}, None),
        ({"third_party_labor": "0"}, None),
        ({"third_party_labor": "0.00", "third_party_parts": "网线:0×5"}, None),
        ({"third_party_cause": "late"}, None),
    ],
)
def test_third_party_work_costs(log: Log, said: dict[str, str], amount: str | None) -> None:
    answer = log.assess([row(**GONE, **said)])
    expected = [] if amount is None else [{"clause": "4.6", "cycle": 1, "at": None, "amount": amount}]
    assert answer["calls"][0]["penalties"] == expected
    assert answer["tally"]["4.6"] == {"count": len(expected), "amount": amount or "0.00"}


def test_a_part_at_exactly_three_hundred_counts_and_is_flagged(log: Log) -> None:
    call = log.call(row(**GONE, third_party_parts="电源:300.00×2;网线:20"))
    assert call["penalties"] == [
        {"clause": "4.6", "cycle": 1, "at": None, "amount": "620.00", "flags": ["300"]}
    ]


def test_a_part_at_three_hundred_of_another_cause_is_neither_counted_nor_flagged(log: Log) -> None:
    assert log.call(row(**GONE, third_party_parts="电源:300", third_party_cause="other"))["penalties"] == []


# Cancelled.


@pytest.mark.parametrize("kind", ["duplicate", "重复", "out_of_scope", "非服务对象"])
def test_a_duplicate_or_a_call_out_of_scope_voids_every_clock(log: Log, kind: str) -> None:
    call = log.call(row(cancelled_at="2024-06-10 09:00", cancel_kind=kind))
    assert [state(call, name) for name in CLOCKS] == [("void", 0)] * 7
    assert call["penalties"] == []
    assert clock(call, "dispatch_5h")["due_at"] == "2024-06-03T14:00:00+08:00"
    assert clock(call, "repair_start")["started_at"] is None


@pytest.mark.parametrize("kind", ["", "false_alarm", "误报"])
def test_a_false_alarm_keeps_the_breach_before_it_and_its_penalty(log: Log, kind: str) -> None:
    call = log.call(row(cancelled_at="2024-06-03 14:00:01", cancel_kind=kind))
    assert state(call, "dispatch_5h") == ("breached", 1)
    assert clock(call, "dispatch_5h")["stopped_at"] is None
    assert state(call, "dispatch_2d") == ("void", 0)
    assert state(call, "repair_start") == ("void", 0)
    assert costs(call) == [("9.2", "2000.00")]


def test_a_false_alarm_at_the_due_moment_leaves_no_breach(log: Log) -> None:
    call = log.call(row(cancelled_at="2024-06-03 14:00:00"))
    assert state(call, "dispatch_5h") == ("void", 0)
    assert costs(call) == []


def test_what_follows_a_false_alarm_stops_nothing(log: Log) -> None:
    call = log.call(row(cancelled_at="2024-06-03 10:00", arrived_at="2024-06-03 11:00"))
    assert state(call, "arrival") == ("breached", 1200)
    assert clock(call, "arrival")["stopped_at"] is None
    assert call["anomalies"] == []


@pytest.mark.parametrize("kind", ["duplicate", "false_alarm", "out_of_scope"])
def test_cancelling_removes_neither_unreachable_nor_third_party(log: Log, kind: str) -> None:
    call = log.call(
        row(
            cancelled_at="2024-06-03 09:10",
            cancel_kind=kind,
            emergency="1",
            unreachable_at="2024-06-03 12:00",
            third_party_labor="10",
        )
    )
    assert costs(call) == [("9.1", "2000.00"), ("4.6", "10.00")]


def test_a_kind_without_a_cancellation_cancels_nothing(log: Log) -> None:
    assert costs(log.call(row(cancel_kind="duplicate"))) == [("9.2", "2000.00")]


# 9.1


def test_unreachable_costs_only_on_an_emergency(log: Log) -> None:
    times = "2024-06-03 09:05;2024-06-03 09:10"
    assert costs(log.call(row(**GONE, emergency="0", unreachable_at=times))) == []
    assert costs(log.call(row(**GONE, unreachable_at=times))) == []
    assert costs(log.call(row(**GONE, emergency="否", unreachable_at=times))) == []
    assert costs(log.call(row(**GONE, emergency="1", unreachable_at=times))) == [("9.1", "2000.00")] * 2


# 9.2 and who called.


@pytest.mark.parametrize("source", ["patrol", "巡检", "monitoring", "监控"])
def test_what_the_desk_finds_itself_runs_no_dispatch_clock(log: Log, source: str) -> None:
    call = log.call(row(source=source))
    assert state(call, "dispatch_5h") == ("void", 0)
    assert state(call, "dispatch_2d") == ("void", 0)
    assert clock(call, "dispatch_2d")["due_at"] == "2024-06-05T09:00:00+08:00"
    assert state(call, "response")[0] == state(call, "arrival")[0] == state(call, "same_day")[0] == "breached"
    assert costs(call) == []


@pytest.mark.parametrize("source", ["", "client", "甲方", "unit", "用户单位"])
def test_a_call_runs_them(log: Log, source: str) -> None:
    assert costs(log.call(row(source=source))) == [("9.2", "2000.00")]


@pytest.mark.parametrize("group", ["G1", "唯一", "0"])
def test_a_concurrent_group_frees_the_day_even_alone(log: Log, group: str) -> None:
    call = log.call(row(group=group, resolved_at="2024-06-09 09:00"))
    assert state(call, "same_day") == ("void", 0)
    assert clock(call, "same_day")["stopped_at"] is None
    assert state(log.call(row(group=" ", resolved_at="2024-06-09 09:00")), "same_day")[0] == "breached"


def test_a_group_and_an_end_in_the_second_of_the_report_leave_the_day_void(log: Log) -> None:
    assert state(log.call(row(group="G", resolved_at="2024-06-03 09:00:00")), "same_day") == ("void", 0)


# Cycles.


def test_a_reopened_fault_runs_all_clocks_again_from_its_own_report(log: Log) -> None:
    rows = [
        row(resolved_at="2024-06-03 09:30"),
        row(reported_at="2024-06-03 12:00", cycle="2", departed_at="2024-06-03 18:00"),
    ]
    first, second = log.assess(rows)["calls"]
    assert clock(first, "response")["stopped_at"] == "2024-06-03T09:30:00+08:00"
    assert clock(second, "dispatch_5h")["started_at"] == "2024-06-03T12:00:00+08:00"
    assert {one["cycle"] for one in second["clocks"]} == {2}
    assert second["penalties"] == [
        {"clause": "9.2", "cycle": 2, "at": "2024-06-03T17:00:00+08:00", "amount": "2000.00"}
    ]


def test_a_clock_of_the_former_cycle_runs_on_alone(log: Log) -> None:
    rows = [
        row(confirmed_at="2024-06-03 10:00", procedure="专报", resolved_at="2024-06-03 10:30"),
        row(reported_at="2024-06-03 11:00", cycle="2", special_report_at="2024-06-03 11:30"),
    ]
    first, _ = log.assess(rows, as_of="2024-06-03T13:00:00")["calls"]
    assert state(first, "special_report") == ("breached", 3600)


def test_penalties_count_per_cycle_and_each_cycle_by_its_own_report(log: Log) -> None:
    rows = [
        row(reported_at="2025-02-28 09:00", resolved_at="2025-02-28 20:00"),
        row(reported_at="2025-03-01 09:00", cycle="2"),
    ]
    answer = log.assess(rows, as_of="2025-03-02T00:00:00")
    assert [call["in_term"] for call in answer["calls"]] == [True, False]
    assert [len(call["penalties"]) for call in answer["calls"]] == [1, 1]
    assert answer["tally"]["9.2"]["count"] == 1


# The tally.


@pytest.mark.parametrize(
    ("reported_at", "in_term"),
    [
        ("2024-02-29 23:59:59", False),
        ("2024-03-01 00:00:00", True),
        ("2025-02-28 23:59:59", True),
        ("2025-03-01 00:00:00", False),
        ("2024-02-29T16:00:00Z", True),
        ("2025-02-28T15:59:59Z", True),
        ("2025-03-01T01:00:00+09:00", False),
    ],
)
def test_the_term_begins_and_ends_at_beijing_midnight(log: Log, reported_at: str, in_term: bool) -> None:
    answer = log.assess([row(reported_at=reported_at, third_party_labor="5")], as_of="2025-04-01T00:00:00")
    assert answer["calls"][0]["in_term"] is in_term
    assert costs(answer["calls"][0]) == [("9.2", "2000.00"), ("4.6", "5.00")]
    assert answer["tally"]["total"] == ("2005.00" if in_term else "0.00")
    assert answer["tally"]["9.2"]["count"] == int(in_term)
    assert sum(answer["standards"]["response"].values()) == int(in_term)
    assert len(answer["tally"]["termination"]) == int(in_term)


def test_the_sum_of_the_listed_penalties_is_the_total_and_the_rest_is_payable(log: Log) -> None:
    rows = [
        row("A1", emergency="1", unreachable_at="2024-06-03 09:05"),
        row("A2", third_party_labor="12.34", **GONE),
    ]
    tally = log.assess(rows)["tally"]
    assert tally["9.1"] == {"count": 1, "amount": "2000.00"}
    assert tally["9.2"] == {"count": 1, "amount": "2000.00"}
    assert tally["4.6"] == {"count": 1, "amount": "12.34"}
    assert tally["total"] == "4012.34"
    assert tally["payable"] == "155987.66"
    assert tally["owed"] == "0.00"


@pytest.mark.parametrize(
    ("labour", "payable", "owed"),
    [
        ("159999.99", "0.01", "0.00"),
        ("160000", "0.00", "0.00"),
        ("160000.01", "0.00", "0.01"),
        ("999999999999.99", "0.00", "999999839999.99"),
    ],
)
def test_what_goes_beyond_the_price_is_owed(log: Log, labour: str, payable: str, owed: str) -> None:
    tally = log.assess([row(**GONE, third_party_labor=labour)])["tally"]
    assert (tally["payable"], tally["owed"]) == (payable, owed)


def test_every_right_to_terminate_is_listed_in_its_order(log: Log) -> None:
    rows = [row(f"A{n}", f"2024-06-{n:02d} 09:00") for n in range(1, 8)]
    rows[3] |= {"emergency": "1", "unreachable_at": ";".join(f"2024-06-04 09:0{n}" for n in range(7))}
    assert log.assess(rows)["tally"]["termination"] == [
        {"clause": "9.1", "reason": "count", "at": "2024-06-04T09:05:00+08:00"},
        {"clause": "9.2", "reason": "count", "at": "2024-06-06T14:00:00+08:00"},
        {"clause": "9.2", "reason": "two_days", "at": "2024-06-03T09:00:00+08:00"},
    ]


def test_two_days_are_listed_once_with_the_earliest(log: Log) -> None:
    rows = [row("A2", "2024-06-09 09:00"), row("A1", "2024-06-03 09:00"), row("A3", "2024-06-05 09:00")]
    assert log.assess(rows)["tally"]["termination"] == [
        {"clause": "9.2", "reason": "two_days", "at": "2024-06-05T09:00:00+08:00"}
    ]


def test_the_two_days_exactly_are_no_right(log: Log) -> None:
    said = row(departed_at="2024-06-05 09:00:00")
    assert log.assess([said])["tally"]["termination"] == []
    said = row(departed_at="2024-06-05 09:00:01")
    assert len(log.assess([said])["tally"]["termination"]) == 1


def test_breaches_out_of_term_do_not_count_towards_the_sixth(log: Log) -> None:
    rows = [row(f"A{n}", f"2024-02-2{n} 09:00", departed_at=f"2024-02-2{n} 15:00") for n in range(1, 7)]
    answer = log.assess(rows)
    assert all(costs(call) == [("9.2", "2000.00")] for call in answer["calls"])
    assert answer["tally"]["termination"] == []
    assert answer["tally"]["total"] == "0.00"
