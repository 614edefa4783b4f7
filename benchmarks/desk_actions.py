"""A second passing, a call saved, an engineer sent: each against the least that could do it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.desks import ENGINEERS, KEY, StillClock, fill, open_desk, settle
from benchmarks.measure import Measured, by_turns, milliseconds
from dispatch_app.operations.faults import AssignFault, RegisterFault
from dispatch_app.storage.database import Database
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.desk.desk_page import DeskPage

OPEN_FAULTS = 300
ROWS_IN_SIGHT = 9


class Painted(QObject):
    """Counts the paints of a widget; `begin` forgets those so far."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def begin(self) -> None:
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


@contextmanager
def plain_table() -> Iterator[QTableView]:
    """A table as Qt paints it by itself, as large as the queue."""
    model = QStandardItemModel()
    for row in range(OPEN_FAULTS):
        model.appendRow([QStandardItem(f"{row} 专网不通") for _ in range(4)])
    table = QTableView()
    table.setModel(model)
    table.verticalHeader().setDefaultSectionSize(64)
    table.resize(1150, 64 * ROWS_IN_SIGHT)
    table.show()
    settle(lambda: True, 100)
    yield table
    table.deleteLater()


def _repaint_column(table: QTableView) -> None:
    table.viewport().update(QRect(table.columnViewportPosition(2), 0, 430, table.viewport().height()))
    QCoreApplication.processEvents()


def _repaint(table: QTableView) -> None:
    table.viewport().update()
    QCoreApplication.processEvents()


class Bench:
    """One desk with 300 open faults on disk, and beside it what the floors need."""

    def __init__(self, folder: Path, table: QTableView) -> None:
        self.table = table
        self.clock = StillClock()
        self.database = Database.create(folder / "desk.db", KEY)
        self.opened: OpenDesk = open_desk(self.database, self.clock)
        self.faults = fill(self.opened.context.desk, self.clock, OPEN_FAULTS)
        self.opened.close()
        self.opened = open_desk(self.database, self.clock)
        page = self.opened.window.page_widget("desk")
        assert isinstance(page, DeskPage)
        self.page = page
        self.sites = [site.id for site in self.opened.context.desk.queries.sites()]
        self.raw = sqlite3.connect(folder / "raw.db", isolation_level=None)
        self.raw.execute("pragma journal_mode=wal")
        self.raw.execute("pragma synchronous=full")
        self.raw.execute("create table fact (id integer primary key, text text)")
        self.calls = 0

    def close(self) -> None:
        self.raw.close()
        self.opened.close()
        self.database.close()

    # ── a second ──

    def tick(self) -> None:
        self.clock.moment += 1
        self.opened.ticker.beat()
        QCoreApplication.processEvents()

    # ── a call ──

    def commit_raw(self) -> None:
        """The least that is durable and seen: one row in plain SQLite, one repaint of a table."""
        self.raw.execute("begin immediate")
        self.raw.execute("insert into fact (text) values (?)", ("专网不通" * 20,))
        self.raw.execute("commit")
        _repaint(self.table)

    def save(self) -> None:
        self.calls += 1
        site = self.sites[self.calls % len(self.sites)]
        self._perform(RegisterFault(self.clock.moment, site, f"量时：第 {self.calls} 个电话"))

    def choose(self) -> None:
        """Select, as a person does, the fault that is to be assigned next, so that its row is in sight."""
        self.page.select_fault(next(one.id for one in self.page.queue.faults if not one.engagements))
        # On a busy machine the fault comes late, and would be painted at the expense of the assignment.
        settle(lambda: self.opened.executor.idle)

    def assign(self) -> None:
        self.calls += 1
        fault = self.page.selected_fault
        assert fault is not None
        self._perform(AssignFault(fault.id, ENGINEERS[self.calls % len(ENGINEERS)], fault.version))

    def _perform(self, command: object) -> None:
        """Until every answer is there, the queue has been painted with the news, and whatever else the click
        changed in sight has been painted as well."""
        viewport = self.page.parts.queue.viewport()
        painted = Painted(viewport)
        self.opened.executor.submit(command, self.page, lambda _changes: painted.begin())
        settle(lambda: self.opened.executor.idle and painted.count > 0)
        QCoreApplication.processEvents()
        # Removed, not deleted later: without an event loop that never comes, and forty would be asked.
        viewport.removeEventFilter(painted)


def at_rest(work: Callable[[], None], before: Callable[[], None] = lambda: None) -> float:
    """As `milliseconds`; what `before` and the last round left in the event queue is done before the clock
    runs."""
    before()
    settle(lambda: True, quiet_ms=60)
    return milliseconds(work)


def measure(rounds: int = 40) -> list[Measured]:
    """Tick, save and assign with 300 open faults. Makes the QApplication if there is none."""
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder, plain_table() as table:
        bench = Bench(Path(folder), table)
        try:
            measured = [
                by_turns(
                    f"tick, {OPEN_FAULTS} open faults",
                    "one column-rectangle repaint",
                    "≤ 12 ×",
                    lambda: milliseconds(lambda: _repaint_column(table)),
                    lambda: milliseconds(bench.tick),
                    rounds,
                ),
                by_turns(
                    "save a call → durable → painted",
                    "SQLite WAL/FULL commit + repaint",
                    "≤ 3 ×",
                    lambda: at_rest(bench.commit_raw),
                    lambda: at_rest(bench.save),
                    rounds,
                ),
                by_turns(
                    "assign → durable → painted",
                    "SQLite WAL/FULL commit + repaint",
                    "≤ 2 ×",
                    lambda: at_rest(bench.commit_raw),
                    lambda: at_rest(bench.assign, bench.choose),
                    rounds,
                ),
            ]
        finally:
            bench.close()
    del app
    return measured
