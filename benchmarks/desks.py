"""Desks to measure on: an encrypted database on disk, as durable as the real one, with made-up faults."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QTimer

from dispatch_app.bootstrap import RESOURCES, build_desk
from dispatch_app.operations.clock import Clock
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AssignFault, RegisterFault
from dispatch_app.storage.database import Database
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.application import make_themes
from dispatch_app.ui.collector import let_rest
from dispatch_app.ui.layout_memory import LayoutMemory

KEY = bytes(range(32))
BEGINS = 1_732_235_400
"""2024-11-22 08:30 in Beijing."""
ENGINEERS = ("zhuhongcheng", "liutao", "yangshuangjin", "zhangyiming", "liuping")


class StillClock:
    """Stands where it is put."""

    def __init__(self, now: int = BEGINS) -> None:
        self.moment = now

    def now(self) -> int:
        return self.moment


def fill(desk: Desk, clock: StillClock, faults: int) -> list[str]:
    """Register `faults` calls, ten seconds apart, every second one with an engineer; their ids."""
    sites = [site.id for site in desk.queries.sites()]
    made = []
    for number in range(faults):
        clock.moment += 10
        fault_id = desk.perform(
            RegisterFault(clock.moment, sites[number % len(sites)], f"第 {number} 件：专网不通")
        ).created
        if number % 2:
            version = desk.queries.fault_rows([fault_id])[0].version
            desk.perform(AssignFault(fault_id, ENGINEERS[number % len(ENGINEERS)], version))
        made.append(fault_id)
    return made


def open_desk(database: Database, clock: Clock) -> OpenDesk:
    """A desk in a window of 1920 × 1080 that has come to rest; needs a QApplication."""
    app = QCoreApplication.instance()
    memory = LayoutMemory(None)
    themes = make_themes(app, RESOURCES, memory)  # type: ignore[arg-type]  # a QApplication, made by the caller
    opened = OpenDesk(build_desk(database, clock), clock, RESOURCES, themes, memory)
    opened.window.showNormal()
    opened.window.resize(1920, 1080)
    settle(lambda: opened.executor.idle, quiet_ms=400)
    # As the program does once its desk is up.
    let_rest()
    return opened


def settle(done: Callable[[], bool], quiet_ms: int = 0) -> None:
    """Process events until `done` has held for so long (milliseconds).

    Between two events the thread sleeps, as it does in the program's own event loop: one that spun would
    take the interpreter from the threads it waits for.
    """
    flags = QEventLoop.ProcessEventsFlag
    wake = QTimer()
    wake.start(20)
    quiet = QElapsedTimer()
    quiet.start()
    while not done() or quiet.elapsed() < quiet_ms:
        QCoreApplication.processEvents(flags.AllEvents | flags.WaitForMoreEvents)
        if not done():
            quiet.restart()
