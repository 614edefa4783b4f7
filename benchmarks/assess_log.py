"""`assess` over a long log, against reading the same file with the csv module."""

from __future__ import annotations

import contextlib
import csv
import io
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.measure import Measured, by_turns, milliseconds
from dispatch_app.operations.assess import run_assess

HEADINGS = ["call_no", "reported_at", "zone", "assigned_at", "acknowledged_at", "departed_at", "arrived_at",
            "confirmed_at", "procedure", "repair_started_at", "resolved_at"]  # fmt: skip
STEPS = (2, 5, 8, 35, 40, 55, 130)


def write_log(path: Path, rows: int) -> None:
    """A made-up log of `rows` calls, one every seven minutes from the term's first day."""
    first = datetime(2024, 3, 1, 0, 0)  # noqa: DTZ001 - the log's times are Beijing wall-clock times
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for n in range(rows):
            report = first + timedelta(seconds=300 * n)
            times = [f"{report + timedelta(minutes=m):%Y-%m-%d %H:%M:%S}" for m in STEPS]
            zone = "urban" if n % 3 else "outlying"
            writer.writerow([f"C{n}", f"{report:%Y-%m-%d %H:%M:%S}", zone, *times[:5], "routine", *times[5:]])


def measure(rows: int = 100_000, rounds: int = 5) -> Measured:
    """Both sides read the same file from a warm cache."""
    with tempfile.TemporaryDirectory() as folder:
        log, out = Path(folder) / "log.csv", Path(folder) / "out.json"
        write_log(log, rows)

        def floor() -> None:
            with log.open(newline="", encoding="utf-8") as file:
                for _ in csv.reader(file):
                    pass

        def figure() -> None:
            with contextlib.redirect_stdout(io.StringIO()):
                status = run_assess([str(log), "--as-of", "2026-11-01T00:00:00", "--json", str(out)])
            if status != 0:
                raise RuntimeError(f"assess ended with {status}")

        return by_turns(
            f"assess, {rows:,}-row log", "csv module reads it", "≤ 12 ×", lambda: milliseconds(floor),
            lambda: milliseconds(figure), rounds,
        )  # fmt: skip
