"""Ten thousand real calls through `assess` give the clock counts that were worked out independently.

The data lie beside the project, not in it: where they are absent the tests skip.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.operations.call_logs import Log

CALLS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "sf_fire_calls.csv.gz"
COLUMNS = {
    "call_id": "call_no",
    "received": "reported_at",
    "dispatched": "assigned_at",
    "responded_or_enroute": "departed_at",
    "on_scene": "arrived_at",
    "cleared": "resolved_at",
}
EXPECTED = {
    "response": (9737, 15),
    "arrival": (9708, 44),
    "dispatch_5h": (9750, 2),
    "dispatch_2d": (9750, 2),
    "same_day": (9437, 315),
}


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not CALLS.exists():
        pytest.skip(f"{CALLS.name} is not beside the project")
    with gzip.open(CALLS, "rt", encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*COLUMNS.values(), "zone"])
    writer.writerows([*(record[name] for name in COLUMNS), "urban"] for record in records)
    log = Log(tmp_path_factory.mktemp("real"))
    return log.assess(text.getvalue(), as_of="2026-11-01T00:00:00")


@pytest.mark.parametrize("name", EXPECTED)
def test_clock_counts_are_those_of_the_independent_reading(answer: dict[str, Any], name: str) -> None:
    states = Counter(
        clock["state"] for call in answer["calls"] for clock in call["clocks"] if clock["clock"] == name
    )
    assert (states["met"], states["breached"]) == EXPECTED[name]
    assert sum(states.values()) == 9752


def test_every_row_is_read_and_two_penalties_count_in_no_term(answer: dict[str, Any]) -> None:
    assert answer["rejected"] == []
    assert not any(call["in_term"] for call in answer["calls"])
    listed = [penalty["clause"] for call in answer["calls"] for penalty in call["penalties"]]
    assert listed == ["9.2", "9.2"]
    assert answer["tally"]["total"] == "0.00"


def test_rows_out_of_order_are_named(answer: dict[str, Any]) -> None:
    assert all(
        text.split(":")[0] in COLUMNS.values() for call in answer["calls"] for text in call["anomalies"]
    )
