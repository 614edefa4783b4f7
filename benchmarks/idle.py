"""What a desk with 50 open faults costs while nobody does anything: CPU milliseconds in a second."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.desks import BEGINS, KEY, StillClock, fill, open_desk
from benchmarks.measure import Measured, by_turns
from dispatch_app.bootstrap import build_desk
from dispatch_app.storage.database import Database

FAULTS = 50
SECONDS = 2
"""Of each round."""


class GoingClock:
    """Begins in the morning of the benchmarks' day, and goes."""

    def __init__(self) -> None:
        self._ahead = BEGINS + 3600 - time.monotonic()

    def now(self) -> int:
        return int(self._ahead + time.monotonic())


def measure(rounds: int = 10) -> Measured:
    """By turns with the ticker standing still. Makes the QApplication if there is none."""
    app = QApplication.instance() or QApplication([])
    clock = StillClock()
    with tempfile.TemporaryDirectory() as folder, Database.create(Path(folder) / "desk.db", KEY) as database:
        fill(build_desk(database, clock), clock, FAULTS)
        opened = open_desk(database, GoingClock())

        def with_ticker() -> float:
            opened.ticker.start()
            cost = _cost()
            opened.ticker.stop()
            return cost

        measured = by_turns(
            f"idle, {FAULTS} open faults: CPU ms in a second",
            "the same, the ticker stopped",
            "< 10 ms (1 % of a core)",
            _cost,
            with_ticker,
            rounds,
        )
        opened.close()
    del app
    return measured


def _cost() -> float:
    loop = QEventLoop()
    QTimer.singleShot(1000 * SECONDS, loop.quit)
    before = time.process_time_ns()
    loop.exec()
    return (time.process_time_ns() - before) / 1e6 / SECONDS


if __name__ == "__main__":
    from benchmarks.measure import as_table

    print(as_table([measure()]))
