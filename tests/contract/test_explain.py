"""「为什么」: each clock in words."""

from __future__ import annotations

import pytest

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.explain import (
    CLOCK_GUIDE,
    STATE_WORDS,
    allowed_text,
    explain,
    length_text,
    stop_kinds,
)
from dispatch_app.contract.facts import FactKind, Zone
from dispatch_app.contract.terms import READING_VALUES
from tests.contract.story import cancelled, clock, confirmed, fact, grouped, moment, reported, terms


def why(name: str, facts, now: str, law=None, *, cycle: int = 1, plant: bool = False) -> tuple[str, ...]:
    explained = explain(facts, law or terms(), moment(now), plant=plant)
    return next(one.why for one in explained if one.result.clock == name and one.result.cycle == cycle)


def test_every_clock_has_a_title_a_clause_and_an_allowed_time() -> None:
    explained = explain(
        [reported(), fact("resolved", "10:00"), fact("reopened", "11:00")], terms(), moment("12:00")
    )
    assert [(one.result.cycle, one.title) for one in explained] == [
        (cycle, title)
        for cycle in (1, 2)
        for title in ("响应", "到场", "派人 5h", "两天", "开修", "专报", "当天")
    ]
    assert [one.clause for one in explained[:7]] == ["二.3", "二.3", "九.2", "九.2", "二.4", "二.4", "二.4"]
    assert all(one.allowed and one.why for one in explained)
    assert set(CLOCK_GUIDE) == set(ClockName)
    assert set(STATE_WORDS) == set(ClockState)


def test_a_running_clock_says_when_it_is_due_and_what_stops_it() -> None:
    assert why("dispatch_5h", [reported()], "10:00") == (
        "2024-06-03 09:00:00 接报起算",
        "时限：5 小时，到 2024-06-03 14:00:00 为止，正点不算超时",
        "出发、到场、现场确认、开修、解决，有一项即停",
        "超过即计违约金 2,000.00 元，超过 5 次甲方可解除合同（九.2）",
    )


def test_a_clock_that_was_met_says_by_what() -> None:
    facts = [reported(), fact("acknowledged", "09:10"), fact("assigned", "09:10")]
    assert why("response", facts, "10:00")[2:] == ("2024-06-03 09:10:00 响应，按时", "没有违约")


def test_a_breached_clock_says_how_late_and_what_it_costs() -> None:
    assert why("dispatch_5h", [reported()], "15:01:05")[2:] == (
        "已超时 1 小时 1 分 5 秒；出发、到场、现场确认、开修、解决，有一项即停",
        "计违约金 2,000.00 元，超过 5 次甲方可解除合同（九.2）",
    )
    assert why("dispatch_5h", [reported(), fact("arrived", "14:00:01")], "15:00")[2] == (
        "2024-06-03 14:00:01 到场，超时 1 秒"
    )


def test_two_days_and_the_standards_say_what_follows() -> None:
    assert why("dispatch_2d", [reported()], "10:00")[3] == "超过则甲方可解除合同并要求返还合同款（九.2）"
    assert why("dispatch_2d", [reported()], "2024-06-06 10:00")[3] == "甲方可解除合同并要求返还合同款（九.2）"
    assert "九.4" in why("arrival", [reported()], "10:00")[3]


def test_the_day_ends_before_midnight() -> None:
    assert why("same_day", [reported()], "10:00")[1:3] == (
        "时限：当天，须在 2024-06-04 00:00:00 之前",
        "解决即停",
    )


def test_a_clock_of_a_further_cycle_starts_with_the_reopening() -> None:
    facts = [reported(), fact("resolved", "10:00"), fact("reopened", "11:00")]
    assert why("response", facts, "11:05", cycle=2)[0] == "2024-06-03 11:00:00 重开起算"


def test_procedure_clocks_start_with_the_confirmation() -> None:
    facts = [reported(), confirmed("10:00", "special_report")]
    assert why("special_report", facts, "10:30")[0] == "2024-06-03 10:00:00 现场确认起算"
    assert why("repair_start", facts, "10:30") == ("现场确认的程序不计维修的 2 小时（二.4）",)
    assert why("repair_start", [reported()], "10:30") == ("现场确认走维修之后起算（二.4）",)
    assert why("special_report", [reported()], "10:30") == ("现场确认走专报程序之后起算（二.4）",)


@pytest.mark.parametrize(
    ("name", "facts", "word"),
    [
        ("response", [reported(), cancelled("09:10", "duplicate")], "重复"),
        ("response", [reported(), cancelled("09:10", "out_of_scope")], "非服务对象"),
        ("response", [reported(), cancelled("09:10")], "误报"),
        ("dispatch_5h", [reported(source="patrol")], "不是甲方的报障电话"),
        ("same_day", [reported(), confirmed("10:00", "repair")], "首次现场确认"),
        ("same_day", [reported(), grouped("09:30")], "多节并发"),
        ("same_day", [reported(), grouped("09:30"), confirmed("10:00", "routine")], "多节并发"),
        ("same_day", [reported(), grouped("09:30"), cancelled("10:00")], "误报"),
        (
            "repair_start",
            [reported(), confirmed("10:00", "repair"), confirmed("10:10", "special_report")],
            "另一程序",
        ),
    ],
)
def test_a_void_clock_says_why_it_does_not_apply(name: str, facts, word: str) -> None:
    assert clock(name, facts, "12:00")[0] == "void"
    assert word in why(name, facts, "12:00")[-1]


def test_plant_without_a_figure_says_so() -> None:
    law = terms(outlying_plant="none")
    assert "未定" in why("arrival", [reported(zone=Zone.OUTLYING)], "12:00", law, plant=True)[-1]


def test_a_void_clock_that_never_started_has_only_its_reason() -> None:
    assert len(why("repair_start", [reported(), cancelled("09:10", "duplicate")], "12:00")) == 1


def test_under_other_readings_the_words_follow() -> None:
    law = terms(arrival_from="response", response="registered", same_day="hours_24", two_days="calendar")
    facts = [reported()]
    assert why("arrival", facts, "09:05", law)[0] == "2024-06-03 09:00:00 响应起算"
    assert why("response", facts, "09:05", law)[2] == "2024-06-03 09:00:00 登记，按时"
    assert why("same_day", facts, "09:05", law)[1].startswith("时限：24 小时")
    assert why("dispatch_2d", facts, "09:05", law)[1].startswith("时限：接报次日起两个整日")
    assert why("arrival", facts, "09:05", terms(arrival_from="response")) == (
        "按现行口径自响应起算，尚未响应",
    )


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 秒"),
        (1, "1 秒"),
        (60, "1 分"),
        (3600, "1 小时"),
        (3661, "1 小时 1 分 1 秒"),
        (90000, "25 小时"),
    ],
)
def test_a_length_of_time_in_words(seconds: int, text: str) -> None:
    assert length_text(seconds) == text


def test_the_way_out_of_town_is_longer() -> None:
    assert allowed_text(ClockName.ARRIVAL, Zone.URBAN, terms()) == "40 分钟"
    assert allowed_text(ClockName.ARRIVAL, Zone.OUTLYING, terms()) == "2 小时"


READINGS = [{}] + [
    {key: READING_VALUES[key][1]} for key in ("urban_arrival", "dispatch", "remote_fix", "same_day")
]  # fmt: skip
STOPS = [kind for kind in FactKind if kind.value in {
    "assigned", "acknowledged", "departed", "arrived", "confirmed", "repair_started",
    "special_report_submitted", "instruction_received", "resolved",
}]  # fmt: skip


@pytest.mark.parametrize("readings", READINGS, ids=str)
@pytest.mark.parametrize("zone", Zone)
@pytest.mark.parametrize("name", ClockName)
def test_what_is_said_to_stop_a_clock_does_and_nothing_else(name: ClockName, zone: Zone, readings) -> None:
    law = terms(**readings)
    procedure = "special_report" if name is ClockName.SPECIAL_REPORT else "repair"
    starts = (
        [confirmed("09:00", procedure)] if name in (ClockName.REPAIR_START, ClockName.SPECIAL_REPORT) else []
    )
    stopping = set()
    for kind in STOPS:
        done = confirmed("09:01", "routine") if kind is FactKind.CONFIRMED else fact(kind, "09:01")
        if clock(name, [reported(zone=zone), *starts, done], "09:02", law)[0] == "met":
            stopping.add(kind)
    assert stopping == set(stop_kinds(name, zone, law.rules))
