"""Rows of every kind through `assess`, held against a second, naive reading of the contract's table."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dispatch_app.contract.terms import READING_VALUES
from tests.operations.call_logs import Log
from tests.operations.second_reading import FORMAT, ORDER, second_reading, second_sums

TIMES = [
    "assigned_at", "acknowledged_at", "departed_at", "arrived_at", "confirmed_at", "repair_started_at",
    "special_report_at", "resolved_at", "cancelled_at",
]  # fmt: skip
LENGTHS = [0, 600, 1200, 2400, 7200, 9000, 18000, 86400, 172800, 172800 + 54000]
# Around what the clocks turn on: the report, the due moments, the midnights.
OFFSETS = st.builds(lambda length, second: length + second, st.sampled_from(LENGTHS), st.integers(-1, 1))
MIDNIGHTS = st.builds(lambda day, second: ("midnight", day, second), st.integers(1, 3), st.integers(-1, 1))
REPORTS = st.sampled_from(
    ["2024-06-03 09:00:00", "2024-06-03 23:50:00", "2024-06-30 00:00:00", "2024-02-29 23:59:59",
     "2025-02-28 23:59:59", "2025-03-01 00:00:00", "2024-12-31 22:00:00"]
)  # fmt: skip


def _at(start: datetime, offset: Any) -> datetime:
    if isinstance(offset, int):
        return start + timedelta(seconds=offset)
    _, day, second = offset
    midnight = datetime.combine(start.date() + timedelta(days=day), datetime.min.time())
    return midnight + timedelta(seconds=second)


@st.composite
def rows(draw: st.DrawFn, call_no: str = "A1") -> dict[str, str]:
    """A row whose times cluster round whatever matters."""
    start = datetime.fromisoformat(draw(REPORTS))
    said = {
        "call_no": call_no,
        "reported_at": start.strftime(FORMAT),
        "zone": draw(st.sampled_from(["urban", "outlying"])),
    }
    for name in draw(st.sets(st.sampled_from(TIMES), max_size=5)):
        said[name] = _at(start, draw(OFFSETS | MIDNIGHTS)).strftime(FORMAT)
    said["procedure"] = draw(st.sampled_from(["", "routine", "repair", "special_report", "warranty"]))
    said["source"] = draw(st.sampled_from(["", "client", "unit", "patrol", "monitoring"]))
    said["cancel_kind"] = draw(st.sampled_from(["", "false_alarm", "duplicate", "out_of_scope"]))
    said["group"] = draw(st.sampled_from(["", "", "G1"]))
    said["emergency"] = draw(st.sampled_from(["", "0", "1"]))
    calls = draw(st.lists(OFFSETS, max_size=3))
    said["unreachable_at"] = ";".join(_at(start, offset - 300).strftime(FORMAT) for offset in calls)
    said["third_party_cause"] = draw(st.sampled_from(["", "late", "unable", "other"]))
    said["third_party_labor"] = draw(st.sampled_from(["", "0", "80", "0.01"]))
    said["third_party_parts"] = draw(st.sampled_from(["", "甲:299.99×3", "甲:300×2", "甲:300.01;乙:1.5"]))
    return said


CHOICES = st.fixed_dictionaries(
    {}, optional={key: st.just(values[1]) for key, values in READING_VALUES.items()}
)


def _as_of(draw: st.DrawFn, said: dict[str, str]) -> datetime:
    return _at(
        datetime.fromisoformat(said["reported_at"]), draw(OFFSETS.filter(lambda s: s >= 0) | MIDNIGHTS)
    )


def _plain(clock: dict[str, Any]) -> tuple[Any, ...]:
    times = (
        clock[name] and datetime.fromisoformat(clock[name]).replace(tzinfo=None)
        for name in ("started_at", "due_at", "stopped_at")
    )
    return clock["state"], *times, clock["late_s"]


@given(st.data(), rows(), CHOICES)
def test_a_row_is_judged_as_the_second_reading_does(
    tmp_path_factory: Any, data: st.DataObject, said: dict[str, str], readings: dict[str, str]
) -> None:
    log = Log(_folder(tmp_path_factory))
    as_of = _as_of(data.draw, said)
    readings = {key: value for key, value in readings.items() if key != "redials"}
    call = log.call(said, as_of=as_of.strftime(FORMAT), **readings)
    assert [one["clock"] for one in call["clocks"]] == list(ORDER)
    assert {one["clock"]: _plain(one) for one in call["clocks"]} == second_reading(said, as_of, readings)
    found = [
        (one["clause"], one["at"] and datetime.fromisoformat(one["at"]).replace(tzinfo=None), one["amount"])
        for one in call["penalties"]
    ]
    assert found == second_sums(said, as_of, readings)


@given(st.lists(rows(), max_size=9), st.sampled_from(["2024-06-04 09:00:00", "2025-04-01 00:00:00"]))
def test_totals_are_the_sums_of_what_is_listed(
    tmp_path_factory: Any, found: list[dict[str, str]], as_of: str
) -> None:
    for number, said in enumerate(found):
        said["call_no"] = f"A{number}"
    answer = Log(_folder(tmp_path_factory)).assess(_or_headings(found), as_of=as_of)
    counted = [one for call in answer["calls"] if call["in_term"] for one in call["penalties"]]
    tally = answer["tally"]
    for clause in ("9.1", "9.2", "4.6"):
        own = [Decimal(one["amount"]) for one in counted if one["clause"] == clause]
        assert tally[clause] == {"count": len(own), "amount": f"{sum(own, Decimal(0)):.2f}"}
    total = sum((Decimal(one["amount"]) for one in counted), Decimal(0))
    assert Decimal(tally["total"]) == total
    assert Decimal(tally["payable"]) - Decimal(tally["owed"]) == 160_000 - total
    assert Decimal(tally["payable"]) == 0 or Decimal(tally["owed"]) == 0
    states = Counter(
        (one["clock"], one["state"]) for call in answer["calls"] if call["in_term"] for one in call["clocks"]
    )
    shown = {(clock, state): n for clock, by in answer["standards"].items() for state, n in by.items() if n}
    assert shown == dict(states)
    assert len(answer["calls"]) + len(answer["rejected"]) == len(found)


@given(st.lists(rows(), min_size=2, max_size=5), st.randoms())
def test_the_order_of_rows_changes_no_call_and_no_sum(
    tmp_path_factory: Any, found: list[dict[str, str]], luck: Any
) -> None:
    for number, said in enumerate(found):
        said["call_no"] = f"A{number}"
    log = Log(_folder(tmp_path_factory))
    first = log.assess(_or_headings(found))
    luck.shuffle(found)
    second = log.assess(_or_headings(found))
    assert first["tally"] == second["tally"]
    assert first["standards"] == second["standards"]
    by_number = sorted(second["calls"], key=lambda call: call["call_no"])
    assert sorted(first["calls"], key=lambda call: call["call_no"]) == by_number


def _or_headings(found: list[dict[str, str]]) -> list[dict[str, str]] | str:
    return found or "call_no,reported_at,zone\n"


def _folder(factory: Any) -> Path:
    folder: Path = factory.getbasetemp() / "second-reading"
    folder.mkdir(exist_ok=True)
    return folder
