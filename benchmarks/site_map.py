"""One site that changes its colour on a map of 300 sites and 60 lines, against panning the same map."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from benchmarks.desks import KEY, StillClock, fill, open_desk, settle
from benchmarks.measure import Measured, by_turns, milliseconds
from dispatch_app.operations.map_file import MapLine
from dispatch_app.operations.map_layer import MapLayerRow
from dispatch_app.operations.rows import SiteRow
from dispatch_app.storage.database import Database
from dispatch_app.ui.desk.map_view import SiteMap

SITES, LINES, FAULTS = 300, 60, 30
WEST, SOUTH = 102.40, 24.85
"""Degrees WGS84; the made-up sites lie a kilometre apart from here."""


@contextmanager
def _map(folder: Path) -> Iterator[tuple[SiteMap, tuple[SiteRow, ...]]]:
    clock = StillClock()
    with Database.create(folder / "desk.db", KEY) as database:
        opened = open_desk(database, clock)
        fill(opened.context.desk, clock, FAULTS)
        some = opened.context.desk.queries.sites()
        sites = tuple(
            replace(
                some[n % len(some)],
                id=some[n].id if n < len(some) else f"made-up-{n}",
                name=f"{some[n % len(some)].name} {n}",
                longitude=WEST + 0.01 * (n % 20),
                latitude=SOUTH + 0.01 * (n // 20),
            )
            for n in range(SITES)
        )
        view = SiteMap(opened.context)
        view.resize(960, 720)
        view.show()
        settle(lambda: opened.executor.idle, 200)
        view._take_layer(MapLayerRow("made up", lines=tuple(map(_line, range(LINES)))))
        yield view, sites
        view.deleteLater()
        opened.close()


def _line(n: int) -> MapLine:
    points = tuple((WEST + 0.003 * n + 0.004 * step, SOUTH + 0.01 * (step % 9)) for step in range(20))
    return MapLine(f"line {n}", points)


def measure(rounds: int = 40) -> Measured:
    """Makes the QApplication if there is none."""
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder, _map(Path(folder)) as (view, sites):
        queue, staff = view._context.desk.queries.queue(), view._context.desk.queries.staff()
        queues = cycle((queue, queue[1:]))
        view.set_rows(sites, queue, staff)
        QCoreApplication.processEvents()

        def pan() -> None:
            view._frame.pan(1, 0)
            QCoreApplication.processEvents()

        def change_colour() -> None:
            view.set_rows(sites, next(queues), staff)
            QCoreApplication.processEvents()

        measured = by_turns(
            f"map of {SITES} sites, {LINES} lines: one colour changes",
            "panning it",
            "≤ 16 ms",
            lambda: milliseconds(pan),
            lambda: milliseconds(change_colour),
            rounds,
        )
    del app
    return measured


if __name__ == "__main__":
    from benchmarks.measure import as_table

    print(as_table([measure()]))
