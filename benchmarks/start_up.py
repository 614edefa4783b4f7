"""From starting the process to a desk on which F2 takes typing, against an empty PySide6 window.

Run as `python -m benchmarks.start_up window` or `… desk FILE` it is the child whose start is timed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measure import Measured


READY = "ready"


def _child(compiled: Path, *words: str) -> float:
    """`compiled`: where the child keeps its byte code, as an installed program does. A shell that forbids
    Python to write any would have the program compiled anew at every start, and the empty window not."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run() -> None:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.start_up", *words],
            check=True,
            capture_output=True,
            text=True,
            env=environment,
        )
        if READY not in done.stdout:
            raise RuntimeError(done.stderr)

    # Not at the top: the child, whose start is timed, has no use for it.
    from benchmarks.measure import milliseconds

    return milliseconds(run)


def measure(rounds: int = 15) -> Measured:
    """Whole processes by turns, warm; both end as soon as they are ready."""
    from benchmarks.desks import make_file
    from benchmarks.measure import by_turns

    with tempfile.TemporaryDirectory() as folder:
        file, compiled = Path(folder) / "desk.db", Path(folder) / "compiled"
        make_file(file, 20)
        _child(compiled, "window"), _child(compiled, "desk", str(file))
        return by_turns(
            "start → F2 takes typing",
            "an empty PySide6 window",
            "≤ 4 ×",
            lambda: _child(compiled, "window"),
            lambda: _child(compiled, "desk", str(file)),
            rounds,
        )


def _window() -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    widget = QWidget()
    widget.resize(1920, 1080)
    widget.show()
    app.processEvents()


def _desk(file: Path) -> None:
    from dispatch_app.bootstrap import RESOURCES, build_desk
    from dispatch_app.storage.database import Database

    database = Database.open(file, bytes(range(32)))
    from PySide6.QtCore import QCoreApplication

    from dispatch_app.ui.app import OpenDesk, make_application, make_themes
    from dispatch_app.ui.desk.desk_page import DeskPage
    from dispatch_app.ui.layout_memory import LayoutMemory

    class Clock:
        def now(self) -> int:
            return 1_732_240_000

    memory = LayoutMemory(None)
    app = make_application([], memory)
    clock = Clock()
    opened = OpenDesk(
        build_desk(database, clock), clock, RESOURCES, make_themes(app, RESOURCES, memory), memory
    )
    opened.show()
    page = opened.window.page_widget("desk")
    assert isinstance(page, DeskPage)
    while not page.queue.rowCount():
        QCoreApplication.processEvents()
    page.begin_call()
    while not page.parts.intake.card.form.site.isVisible():
        QCoreApplication.processEvents()


if __name__ == "__main__":
    if sys.argv[1] == "window":
        _window()
    else:
        _desk(Path(sys.argv[2]))
    sys.stdout.write(READY + "\n")
    sys.stdout.flush()
    # Taking everything down is no part of starting.
    os._exit(0)
