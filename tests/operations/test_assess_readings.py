"""Each reading's other value changes what `assess` says."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_app.contract.terms import READING_VALUES
from tests.operations.call_logs import Log, clock, row, state

GONE = {"departed_at": "2024-06-03 09:10"}


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key, values in READING_VALUES.items() for value in values]
)
def test_the_readings_used_are_printed(log: Log, key: str, value: str) -> None:
    answer = log.assess([row()], **{key: value})
    assert answer["readings"][key] == value
    assert list(answer["readings"]) == list(READING_VALUES)


@pytest.mark.parametrize(
    ("reported_at", "dates", "words"),
    [
        ("2025-02-28 23:59:59", True, True),
        ("2025-03-01 00:00:00", False, True),
        ("2027-02-28 23:59:59", False, True),
        ("2027-03-01 00:00:00", False, False),
    ],
)
def test_term(log: Log, reported_at: str, dates: bool, words: bool) -> None:
    said = row(reported_at=reported_at)
    assert log.call(said, as_of="2028-01-01 00:00")["in_term"] is dates
    assert log.call(said, as_of="2028-01-01 00:00", term="words")["in_term"] is words


def test_urban_arrival(log: Log) -> None:
    said = row(assigned_at="2024-06-03 09:40:00", arrived_at="2024-06-03 10:00")
    assert state(log.call(said), "arrival") == ("breached", 1200)
    assert state(log.call(said, urban_arrival="ordered"), "arrival") == ("met", 0)
    assert state(log.call(said | {"zone": "outlying"}, urban_arrival="ordered"), "arrival") == ("met", 0)
    far = row(zone="outlying", assigned_at="2024-06-03 09:40:00")
    assert state(log.call(far, urban_arrival="ordered"), "arrival")[0] == "breached"


def test_response(log: Log) -> None:
    call = log.call(row(), response="registered")
    assert state(call, "response") == ("met", 0)
    assert clock(call, "response")["stopped_at"] == "2024-06-03T09:00:00+08:00"


def test_dispatch(log: Log) -> None:
    said = row(assigned_at="2024-06-03 14:00:00")
    assert state(log.call(said), "dispatch_5h")[0] == "breached"
    assert state(log.call(said, dispatch="assigned"), "dispatch_5h") == ("met", 0)
    assert state(log.call(said, dispatch="assigned"), "dispatch_2d") == ("met", 0)
    assert state(log.call(row(**GONE), dispatch="assigned"), "dispatch_5h") == ("met", 0)


@pytest.mark.parametrize(("at", "expected"), [("00:00:00", "met"), ("00:00:01", "breached")])
def test_two_days(log: Log, at: str, expected: str) -> None:
    said = row(departed_at=f"2024-06-06 {at}")
    assert state(log.call(said), "dispatch_2d")[0] == "breached"
    call = log.call(said, two_days="calendar")
    assert state(call, "dispatch_2d")[0] == expected
    assert clock(call, "dispatch_2d")["due_at"] == "2024-06-06T00:00:00+08:00"


def test_parts_300(log: Log) -> None:
    said = row(**GONE, third_party_parts="电源:300;网线:20")
    assert log.call(said)["penalties"][0]["amount"] == "320.00"
    assert log.call(said, parts_300="client")["penalties"] == [
        {"clause": "4.6", "cycle": 1, "at": None, "amount": "20.00"}
    ]


def test_outlying_plant(log: Log) -> None:
    said = row(zone="", site="野外交换箱（市区外）")
    assert state(log.call(said), "arrival")[0] == "breached"
    call = log.call(said, outlying_plant="none")
    assert state(call, "arrival") == ("void", 0)
    assert clock(call, "arrival")["due_at"] == "2024-06-03T11:00:00+08:00"
    assert state(log.call(row(zone="", site="八街"), outlying_plant="none"), "arrival")[0] == "breached"
    assert state(log.call(said | {"zone": "urban"}, outlying_plant="none"), "arrival")[0] == "breached"


def test_arrival_from(log: Log) -> None:
    said = row(acknowledged_at="2024-06-03 09:10", arrived_at="2024-06-03 09:50:00")
    assert state(log.call(said), "arrival") == ("breached", 600)
    call = log.call(said, arrival_from="response")
    assert state(call, "arrival") == ("met", 0)
    assert clock(call, "arrival")["started_at"] == "2024-06-03T09:10:00+08:00"
    assert clock(log.call(row(), arrival_from="response"), "arrival") == {
        "cycle": 1,
        "clock": "arrival",
        "state": "not_started",
        "started_at": None,
        "due_at": None,
        "stopped_at": None,
        "late_s": 0,
    }


def test_remote_fix(log: Log) -> None:
    said = row(resolved_at="2024-06-03 09:10")
    call = log.call(said, remote_fix="not")
    assert [
        state(call, name)[0] for name in ("response", "arrival", "dispatch_5h", "dispatch_2d", "same_day")
    ] == [
        "met",
        "breached",
        "breached",
        "breached",
        "met",
    ]
    assert len(call["penalties"]) == 1


@pytest.mark.parametrize("procedure", ["routine", "warranty", "repair"])
def test_repair_start(log: Log, procedure: str) -> None:
    said = row(confirmed_at="2024-06-03 09:10", procedure=procedure)
    assert state(log.call(said), "repair_start")[0] == "breached"
    expected = "breached" if procedure == "repair" else "not_started"
    assert state(log.call(said, repair_start="repair_only"), "repair_start")[0] == expected


@pytest.mark.parametrize(("at", "expected"), [("08:59:59", "met"), ("09:00:00", "breached")])
def test_same_day(log: Log, at: str, expected: str) -> None:
    said = row(resolved_at=f"2024-06-04 {at}")
    assert state(log.call(said), "same_day")[0] == "breached"
    assert state(log.call(said, same_day="hours_24"), "same_day")[0] == expected


def test_user_unit(log: Log) -> None:
    said = row(source="unit")
    assert state(log.call(said), "dispatch_5h")[0] == "breached"
    call = log.call(said, user_unit="own")
    assert state(call, "dispatch_5h") == state(call, "dispatch_2d") == ("void", 0)
    assert state(log.call(row(), user_unit="own"), "dispatch_5h")[0] == "breached"


def test_redials_count_once_a_fault_over_all_its_cycles(log: Log) -> None:
    rows = [
        row(
            resolved_at="2024-06-03 10:00",
            emergency="1",
            unreachable_at="2024-06-03 09:20;2024-06-03 09:10",
            **GONE,
        ),
        row(
            reported_at="2024-06-03 11:00",
            cycle="2",
            emergency="1",
            unreachable_at="2024-06-03 09:05",
            departed_at="2024-06-03 11:10",
        ),
        row("A2", emergency="1", unreachable_at="2024-06-03 09:20", **GONE),
    ]
    assert log.assess(rows)["tally"]["9.1"]["count"] == 4
    answer = log.assess(rows, redials="once")
    assert [[one["at"] for one in call["penalties"]] for call in answer["calls"]] == [
        [],
        ["2024-06-03T09:05:00+08:00"],
        ["2024-06-03T09:20:00+08:00"],
    ]
    assert answer["tally"]["9.1"] == {"count": 2, "amount": "4000.00"}


def test_the_very_same_redial_counts_once(log: Log) -> None:
    said = row(emergency="1", unreachable_at="2024-06-03 09:20;2024-06-03 09:20", **GONE)
    assert log.assess([said], redials="once")["tally"]["9.1"]["count"] == 1


@pytest.mark.parametrize("key", ["renewal_day", "out_of_warranty"])
def test_readings_that_concern_no_log_change_nothing(log: Log, key: str) -> None:
    usual = log.assess([row()])
    other = log.assess([row()], **{key: READING_VALUES[key][1]})
    assert {name: other[name] for name in usual if name != "readings"} == {
        name: usual[name] for name in usual if name != "readings"
    }
