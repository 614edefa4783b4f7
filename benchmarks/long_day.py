"""A long day at the desk, sixty times as fast: does any tick stall it, and does it keep its memory?

`python -m benchmarks.long_day --calls FILE [--hours 8] [--speed 60]` replays the densest hours of a log of
real calls on a real window and prints what it measured as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.resident import resident_mb

HOUR = 3600
MOST_TICK_MS = 50.0
MOST_GROWTH_MB = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=Path, required=True, help="CSV of real calls, gzipped")
    parser.add_argument("--hours", type=int, default=8)
    parser.add_argument("--speed", type=int, default=60)
    options = parser.parse_args(arguments)
    if not options.calls.is_file():
        sys.stdout.write(f"left out: {options.calls.name} is not here\n")
        return 0
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.stdout.write(json.dumps(_live(options.calls, options.hours, options.speed), indent=1) + "\n")
    return 0


def _live(calls: Path, hours: int, speed: int) -> dict[str, object]:
    # The database before Qt, as everywhere.
    from benchmarks.desks import BEGINS, KEY
    from benchmarks.real_calls import densest, script
    from dispatch_app.bootstrap import RESOURCES, build_desk
    from dispatch_app.operations.drill_clock import DrillClock
    from dispatch_app.storage.database import Database
    from dispatch_app.ui.app import OpenDesk
    from dispatch_app.ui.application import make_application, make_themes
    from dispatch_app.ui.layout_memory import LayoutMemory

    window = densest(calls, hours)
    clock = DrillClock(BEGINS, time.monotonic, speed)
    clock.pause()
    with tempfile.TemporaryDirectory() as folder:
        database = Database.create(Path(folder) / "desk.db", KEY)
        memory = LayoutMemory(None)
        app = make_application(sys.argv[:1], memory)
        opened = OpenDesk(
            build_desk(database, clock), clock, RESOURCES, make_themes(app, RESOURCES, memory), memory
        )
        steps = script(window, BEGINS, [site.id for site in opened.context.desk.queries.sites()])
        try:
            watch = _Watch(opened, clock, steps, BEGINS + hours * HOUR)
            opened.window.showNormal()
            opened.window.resize(1920, 1080)
            opened.ticker.start()
            watch.start()
            app.exec()
        finally:
            opened.close()
            database.close()
    return {
        "calls": len(window.calls),
        "most_open_at_once": window.most_open,
        "hours": hours,
        "speed": speed,
        "steps": len(steps),
        **watch.found(),
        "goal": f"no tick over {MOST_TICK_MS:g} ms, less than {MOST_GROWTH_MB:g} MB an hour after the first",
    }


class _Watch:
    """Hands the steps in when the clock reaches them; times every tick, and reads the memory on the hour."""

    def __init__(self, opened: object, clock: object, steps: list, ends: int) -> None:  # type: ignore[type-arg]
        from PySide6.QtCore import QObject, QTimer

        from benchmarks.desks import BEGINS
        from dispatch_app.operations.drill_clock import DrillClock
        from dispatch_app.ui.app import OpenDesk

        assert isinstance(opened, OpenDesk)
        assert isinstance(clock, DrillClock)
        self._opened, self._clock, self._ends = opened, clock, ends
        self._steps, self._next = steps, 0
        self._hour = BEGINS
        self.ticks: list[float] = []
        self.resident: list[float] = []
        self.refused = 0
        self.most_shown = 0
        self._owner = QObject(opened)
        beat = opened.ticker.beat

        def timed() -> None:
            start = time.perf_counter()
            beat()
            self.ticks.append((time.perf_counter() - start) * 1000)

        opened.ticker._timer.timeout.disconnect(beat)
        opened.ticker._timer.timeout.connect(timed)
        self._feed = QTimer(self._owner)
        self._feed.setInterval(20)
        self._feed.timeout.connect(self._hand_in)

    def start(self) -> None:
        self._clock.resume()
        self._feed.start()

    def _hand_in(self) -> None:
        from dispatch_app.ui.bridge.executor import BACKGROUND

        now = self._clock.now()
        while self._next < len(self._steps) and self._steps[self._next].at <= now:
            self._opened.executor.submit(
                self._steps[self._next], self._owner, refused=self._refuse, priority=BACKGROUND
            )
            self._next += 1
        if now >= self._hour:
            self.resident.append(resident_mb())
            self._hour += HOUR
            self.most_shown = max(
                self.most_shown,
                self._opened.window.page_widget("desk").queue.rowCount(),  # type: ignore[attr-defined]
            )
        if now > self._ends and self._opened.executor.idle:
            from PySide6.QtWidgets import QApplication

            QApplication.quit()

    def _refuse(self, error: object) -> None:
        self.refused += 1
        sys.stderr.write(f"{error}\n")

    def found(self) -> dict[str, object]:
        ordered = sorted(self.ticks)
        after = self.resident[1:]
        growth = (after[-1] - after[0]) / max(1, len(after) - 1) if len(after) > 1 else 0.0
        return {
            "refused": self.refused,
            "ticks": len(ordered),
            "tick_median_ms": round(ordered[len(ordered) // 2], 2),
            "tick_p99_ms": round(ordered[int(len(ordered) * 0.99)], 2),
            "tick_longest_ms": round(ordered[-1], 2),
            "ticks_over_50_ms": sum(tick > MOST_TICK_MS for tick in ordered),
            "resident_mb_by_hour": [round(each, 1) for each in self.resident],
            "growth_mb_an_hour_after_the_first": round(growth, 2),
        }


if __name__ == "__main__":
    sys.exit(main())
