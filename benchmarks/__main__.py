"""`make bench`: every floor and figure of this run as a table and as JSON, in the documents."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import TABLE_HEAD, Measured, as_line, as_table

ROOT = Path(__file__).resolve().parents[1]
INTRODUCTION = """# Speed

Floor and figure of one run, by turns; times in milliseconds but where a line says otherwise. `make bench`
renews this page; [the long day](long-day.md) has its own. Where a goal is missed, the ratio says by how
much: nothing here is rounded in our favour.

"""


def main() -> None:
    """Measure everything, each line said as it comes; the order keeps what needs a quiet machine first."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    system = f"{platform.system()} {platform.machine()}"
    machine = f"Python {platform.python_version()}, {system}, {os.cpu_count()} cores"
    rows: list[Measured] = []
    sys.stdout.write(f"{TABLE_HEAD}\n")
    for row in _measured():
        rows.append(row)
        sys.stdout.write(f"{as_line(row)}\n")
        sys.stdout.flush()
    answer = {"machine": machine, "measured": [row.as_json() for row in rows]}
    (ROOT / "docs" / "benchmarks.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    (ROOT / "docs" / "benchmarks.md").write_text(f"{INTRODUCTION}{as_table(rows)}\n\n{machine}\n")
    sys.stdout.write(f"\n{machine}\n")


def _measured() -> Iterator[Measured]:
    from benchmarks import assess_log, desk_actions, idle, papers, registers, rounds, site_map, start_up

    yield from start_up.measure()
    yield idle.measure()
    yield from desk_actions.measure()
    yield site_map.measure()
    yield from papers.measure()
    yield assess_log.measure()
    yield from registers.measure()
    yield from rounds.measure()
    yield from _of_many_faults()


def _of_many_faults(faults: int = 100_000) -> list[Measured]:
    """What is measured over a long list; all of it over one file, for filling that takes minutes."""
    from benchmarks import history, settlement
    from benchmarks.desks import KEY
    from benchmarks.many_faults import fill_with_ended
    from dispatch_app.storage.database import Database

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        with Database.create(path, KEY) as database:
            fill_with_ended(database, faults)
        return [*settlement.measure_file(path, faults), *history.measure_file(path, faults)]


if __name__ == "__main__":
    main()
