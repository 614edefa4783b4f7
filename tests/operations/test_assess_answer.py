"""The shape of the answer, key by key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.operations.call_logs import Log, row

CLOCKS = ["response", "arrival", "dispatch_5h", "dispatch_2d", "repair_start", "special_report", "same_day"]
NONE = {"met": 0, "breached": 0, "running": 0, "void": 0, "not_started": 0}
USED = {
    "term": "dates",
    "urban_arrival": "on_site",
    "response": "answered",
    "dispatch": "departed",
    "two_days": "hours_48",
    "renewal_day": "excluded",
    "parts_300": "contractor",
    "outlying_plant": "two_hours",
    "arrival_from": "report",
    "remote_fix": "counts",
    "repair_start": "all",
    "out_of_warranty": "threshold",
    "same_day": "calendar",
    "user_unit": "client",
    "redials": "each",
}


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path)


def test_headings_alone_give_an_empty_answer_and_status_nought(log: Log) -> None:
    answer = log.assess("call_no,reported_at,zone\n")
    assert log.status == 0
    assert list(answer) == ["as_of", "readings", "notes", "calls", "tally", "standards", "rejected"]
    assert answer["as_of"] == "2025-03-01T00:00:00+08:00"
    assert list(answer["readings"].items()) == list(USED.items())
    assert answer["notes"] == answer["calls"] == answer["rejected"] == []
    assert answer["tally"] == {
        "9.1": {"count": 0, "amount": "0.00"},
        "9.2": {"count": 0, "amount": "0.00"},
        "4.6": {"count": 0, "amount": "0.00"},
        "total": "0.00",
        "payable": "160000.00",
        "owed": "0.00",
        "termination": [],
    }
    assert list(answer["standards"]) == CLOCKS
    assert all(list(counted.items()) == list(NONE.items()) for counted in answer["standards"].values())


def test_a_call_shows_its_clocks_in_the_order_of_the_table(log: Log) -> None:
    call = log.call(row(call_no="A1", acknowledged_at="2024-06-03T09:10:00"), as_of="2024-06-03T10:00:00")
    assert list(call) == ["call_no", "cycle", "in_term", "zone", "anomalies", "clocks", "penalties"]
    assert {name: call[name] for name in list(call)[:5]} == {
        "call_no": "A1",
        "cycle": 1,
        "in_term": True,
        "zone": "urban",
        "anomalies": [],
    }
    assert [one["clock"] for one in call["clocks"]] == CLOCKS
    start = "2024-06-03T09:00:00+08:00"
    assert call["clocks"] == [
        _clock("response", "met", start, "2024-06-03T09:20:00+08:00", "2024-06-03T09:10:00+08:00"),
        _clock("arrival", "breached", start, "2024-06-03T09:40:00+08:00", None, 1200),
        _clock("dispatch_5h", "running", start, "2024-06-03T14:00:00+08:00"),
        _clock("dispatch_2d", "running", start, "2024-06-05T09:00:00+08:00"),
        _clock("repair_start", "not_started"),
        _clock("special_report", "not_started"),
        _clock("same_day", "running", start, "2024-06-04T00:00:00+08:00"),
    ]


def _clock(name: str, state: str, start=None, due=None, stop=None, late: int = 0) -> dict[str, object]:
    return {
        "cycle": 1,
        "clock": name,
        "state": state,
        "started_at": start,
        "due_at": due,
        "stopped_at": stop,
        "late_s": late,
    }


def test_standards_count_every_state_within_the_term(log: Log) -> None:
    rows = [
        row("A1", resolved_at="2024-06-03 09:10"),
        row("A2", cancelled_at="2024-06-03 09:10"),
        row("A3", "2025-02-28 23:50:00"),
        row("A4", "2025-03-01 00:00:00"),
    ]
    answer = log.assess(rows)
    assert answer["standards"]["response"] == NONE | {"met": 1, "void": 1, "running": 1}
    assert answer["standards"]["repair_start"] == NONE | {"void": 1, "not_started": 2}
    assert answer["standards"]["same_day"] == NONE | {"met": 1, "void": 1, "breached": 1}
    assert len(answer["calls"]) == 4


def test_calls_come_by_row_and_not_by_number_or_time(log: Log) -> None:
    rows = [row("B"), row("A", "2024-06-02 09:00"), row("C", "2024-06-01 09:00")]
    assert [call["call_no"] for call in log.assess(rows)["calls"]] == ["B", "A", "C"]


def test_penalties_come_by_the_moment_they_fell_due_with_third_parties_last(log: Log) -> None:
    call = log.call(
        row(
            emergency="1",
            unreachable_at="2024-06-03 15:00;2024-06-03 10:00",
            third_party_labor="80",
        )
    )
    assert [(one["clause"], one["at"]) for one in call["penalties"]] == [
        ("9.1", "2024-06-03T10:00:00+08:00"),
        ("9.2", "2024-06-03T14:00:00+08:00"),
        ("9.1", "2024-06-03T15:00:00+08:00"),
        ("4.6", None),
    ]


def test_text_comes_back_as_it_was_written(log: Log) -> None:
    numbers = ["“单”1", 'a"b', "a\\b", "市区／禄脿", "x\ty"]
    answer = log.assess([row(number) for number in numbers])
    assert [call["call_no"] for call in answer["calls"]] == numbers


def test_a_due_moment_after_the_last_year_of_calendars_is_written_all_the_same(log: Log) -> None:
    call = log.call(row(reported_at="9999-12-31 23:59:59"), as_of="9999-12-31T23:59:59")
    assert call["clocks"][0]["due_at"] == "10000-01-01T00:19:59+08:00"
    assert call["clocks"][6]["due_at"] == "10000-01-01T00:00:00+08:00"
    assert call["in_term"] is False


def test_a_long_log_reads_the_same_however_few_moments_are_kept_in_mind(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [row(call_no=f"A{n}", reported_at=f"2024-06-03 09:00:{n:02d}") for n in range(5)]
    in_mind = log.assess(calls)
    monkeypatch.setattr("dispatch_app.operations.assess_json._Moments.MOST", 3)
    assert log.assess(calls) == in_mind
