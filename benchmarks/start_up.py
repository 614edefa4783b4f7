"""From starting the process to what a person first sees, to a desk on which F2 takes typing, and to the map,
each against an empty PySide6 window.

Run as `python -m benchmarks.start_up window` or `… desk FOLDER` it is the child whose start is timed. The
desk's child goes the way of `dispatch-app run`, but for the key: it lies ready, where a key ring would be
asked for it in another thread.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.resident import resident_mb

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from benchmarks.measure import Measured
    from dispatch_app.ui.desk.desk_page import DeskPage

PAINTED, READY, MAP = "painted", "ready", "map"
"""What the child says when it has come so far, each with the memory it then has, MB resident."""
FLOOR = "an empty PySide6 window"
LINES = (
    ("start → first paint", "≤ 2.2 ×", PAINTED),
    ("start → F2 takes typing", "≤ 4 ×", READY),
    ("start → the map", "≤ 1 s after F2", MAP),
)
MEMORY = (
    ("memory before the map, MB", "≤ 2.3 ×", READY),
    ("memory with the map, MB", "≤ 2.9 ×", MAP),
)
Said = dict[str, tuple[float, float]]
"""Word of the child → (milliseconds since it was started, MB)."""


class ReadyKey:
    """A key store that has the key at hand: in a file beside the data folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder.with_name("key")

    def available(self) -> bool:
        return True

    def load(self, _database: str) -> bytes | None:
        return self._file.read_bytes()

    def save(self, _database: str, key: bytes) -> None:
        self._file.write_bytes(key)


def _child(compiled: Path, *words: str) -> Said:
    """Start the child and hear it out; it ends with its last word.

    `compiled`: where the child keeps its byte code, as an installed program does. A shell that forbids
    Python to write any would have the program compiled anew at every start, and the empty window not.
    """
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter_ns()
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.start_up", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        said: Said = {}
        for line in child.stdout:
            word, resident = line.split()
            said[word] = ((time.perf_counter_ns() - began) / 1e6, float(resident))
        errors = child.stderr.read()
    if READY not in said:
        raise RuntimeError(errors)
    return said


def measure(rounds: int = 15) -> list[Measured]:
    """Whole processes by turns, warm."""
    from benchmarks.desks import StillClock, fill
    from benchmarks.measure import measured
    from dispatch_app.bootstrap import RESOURCES, DeskWayIn
    from dispatch_app.storage.locations import data_place

    with tempfile.TemporaryDirectory() as top:
        folder, compiled = Path(top) / "data", Path(top) / "compiled"
        clock = StillClock()
        way_in = DeskWayIn(data_place(folder), ReadyKey(folder), clock, RESOURCES)
        way_in.first_start("")
        fill(way_in.desk, clock, 20)
        way_in.close()
        _child(compiled, "window"), _child(compiled, "desk", str(folder))
        windows: list[Said] = []
        desks: list[Said] = []
        for _ in range(rounds):
            windows.append(_child(compiled, "window"))
            desks.append(_child(compiled, "desk", str(folder)))
    return [
        measured(
            name, FLOOR, goal, [one[READY][which] for one in windows], [one[word][which] for one in desks]
        )
        for which, lines in enumerate((LINES, MEMORY))
        for name, goal, word in lines
    ]


def _say(word: str) -> None:
    sys.stdout.write(f"{word} {resident_mb()}\n")
    sys.stdout.flush()


def _window() -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    widget = QWidget()
    widget.resize(1920, 1080)
    widget.show()
    app.processEvents()
    _say(READY)


def _desk(folder: Path) -> None:
    """What `dispatch_app.__main__` does for `run`."""
    gc.disable()
    from dispatch_app.first_sight import first_sight

    opening = first_sight(folder)
    _say(PAINTED)
    from dispatch_app import bootstrap

    _watch(opening.app)
    bootstrap.run_desk(folder, ReadyKey(folder), opening)


def _watch(app: QApplication) -> None:
    """Say how far the desk has come as soon as the event loop knows."""
    from PySide6.QtCore import QTimer

    steps = iter((_queue_there, _form_there, _map_there))
    waiting = [next(steps)]
    timer = QTimer(app)
    timer.setInterval(2)

    def look() -> None:
        page = _page(app)
        if page is None or not waiting[0](page):
            return
        if waiting[0] is _queue_there:
            page.begin_call()
        elif waiting[0] is _form_there:
            _say(READY)
        else:
            _say(MAP)
            # Taking everything down is no part of starting.
            os._exit(0)
        waiting[0] = next(steps)

    timer.timeout.connect(look)
    timer.start()


def _page(app: QApplication) -> DeskPage | None:
    if "dispatch_app.ui.main_window" not in sys.modules:
        return None
    from dispatch_app.ui.main_window import MainWindow

    for window in app.topLevelWidgets():
        if isinstance(window, MainWindow) and window.isVisible():
            page: DeskPage = window.page_widget("desk")  # type: ignore[assignment]  # the page of that key
            return page
    return None


def _queue_there(page: DeskPage) -> bool:
    return page.queue.rowCount() > 0


def _form_there(page: DeskPage) -> bool:
    return page.parts.intake.card.form.site.isVisible()


def _map_there(page: DeskPage) -> bool:
    return page.parts.map is not None


if __name__ == "__main__":
    if sys.argv[1] == "window":
        _window()
    else:
        _desk(Path(sys.argv[2]))
