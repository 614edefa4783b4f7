"""A letter typed into the list of 100,000 faults, a column sorted: each against the least that could do it.

The floor asks the same file the same question in bare SQL, takes the rows as they come, and repaints a plain
table of the same size. The program is timed until its own table has been painted with the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QEventLoop, QObject, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.desks import KEY, StillClock, open_desk, settle
from benchmarks.many_faults import EVERY, FIRST
from benchmarks.measure import Measured, by_turns, milliseconds
from dispatch_app.operations.history_columns import COLUMNS
from dispatch_app.operations.search_words import question
from dispatch_app.storage.cipher import open_connection
from dispatch_app.storage.database import Database
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.pages.history import FaultHistoryPage

TYPED = ("专", "专网", "专网不", "专网不通", "监控", "光缆被", "A-00", "szf", "刘涛", "第 9")
SORTED = ("late_s", "site_name", "penalty_fen", "symptom")
SHOWN = 200
_NAMED = (
    "SELECT * FROM fault_listing INDEXED BY ix_fault_listing_reported_at WHERE id IN "
    "(SELECT rowid FROM fault_words WHERE fault_words MATCH ?) ORDER BY reported_at DESC, id DESC LIMIT 200"
)


@contextmanager
def plain_table(size: tuple[int, int], columns: int) -> Iterator[QTableView]:
    """A table as Qt paints it by itself, with as many columns and as large as the list's."""
    model = QStandardItemModel()
    for row in range(SHOWN):
        model.appendRow([QStandardItem(f"{row} 专网不通") for _ in range(columns)])
    table = QTableView()
    table.setModel(model)
    table.verticalHeader().setDefaultSectionSize(36)
    table.resize(*size)
    table.show()
    settle(lambda: True, 100)
    yield table
    table.deleteLater()


class Bench:
    """The page over a file of many faults, and beside it a bare connection and a plain table."""

    def __init__(self, opened: OpenDesk, path: Path, table: QTableView) -> None:
        page = opened.window.page_widget("history")
        assert isinstance(page, FaultHistoryPage)
        self._opened, self._page, self._table = opened, page, table
        self._bare = open_connection(path, KEY, query_only=True)
        self._letters, self._typed = cycle(TYPED), cycle(TYPED)
        self._orders, self._clicked = cycle(SORTED), cycle(SORTED)

    def close(self) -> None:
        self._bare.close()

    def ask_words(self) -> None:
        self._bare.execute(_NAMED, (question(next(self._letters)),)).fetchall()
        self._repaint()

    def type_letters(self) -> None:
        self._until_painted(lambda: self._page.filters.search.setText(next(self._typed)))

    def ask_order(self) -> None:
        order = f"SELECT * FROM fault_listing ORDER BY {next(self._orders)} DESC, id DESC LIMIT 200"
        self._bare.execute(order).fetchall()
        self._repaint()

    def click_heading(self) -> None:
        keys = [column.key for column in COLUMNS]
        header = self._page.table.horizontalHeader()

        def click() -> None:
            header.setSortIndicator(keys.index(next(self._clicked)), header.sortIndicatorOrder())
            header.sectionClicked.emit(header.sortIndicatorSection())

        self._until_painted(click)

    def _repaint(self) -> None:
        self._table.viewport().update()
        QCoreApplication.processEvents()

    def _until_painted(self, act: Callable[[], None]) -> None:
        """Act, and wait as the program does until the table has been painted; counting goes on behind it."""
        waiting = Painting(self._page.table, self._page.model)
        act()
        waiting.loop.exec()
        waiting.stop()

    def settle(self) -> None:
        """Let the count come in, which nobody waits for."""
        settle(lambda: self._opened.executor.idle)


class Painting(QObject):
    """Ends its loop when the list has been filled anew, be it with the same rows, and painted after that."""

    def __init__(self, table: QTableView, model: QAbstractItemModel) -> None:
        super().__init__(table)
        self.loop = QEventLoop()
        self._filled = False
        self._viewport = table.viewport()
        self._viewport.installEventFilter(self)
        model.modelReset.connect(self._fill)
        model.dataChanged.connect(self._fill)

    @Slot()
    def _fill(self) -> None:
        self._filled = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self._filled:
            # Painting comes after the filters of this event: the loop ends with the next one.
            self.loop.quit()
        return False

    def stop(self) -> None:
        self._viewport.removeEventFilter(self)
        self.deleteLater()


def measure_file(path: Path, faults: int, rounds: int = 40) -> list[Measured]:
    """Typing and sorting over so many ended faults, which `fill_with_ended` wrote into the file.

    Makes the QApplication if there is none.
    """
    app = QApplication.instance() or QApplication([])
    with Database(path, KEY) as database:
        opened = open_desk(database, StillClock(FIRST + EVERY * faults))
        opened.window.show_page("history")
        settle(lambda: opened.executor.idle, 400)
        page = opened.window.page_widget("history")
        assert isinstance(page, FaultHistoryPage)
        size = page.table.viewport().size()
        shown = sum(column.shown for column in COLUMNS)
        with plain_table((size.width(), size.height()), shown) as table:
            bench = Bench(opened, path, table)
            try:
                return [
                    by_turns(
                        f"filter keystroke, {faults:,} faults",
                        "FTS5 query of 200 rows + repaint",
                        "≤ 2 ×",
                        lambda: milliseconds(bench.ask_words),
                        lambda: _and_settle(bench, bench.type_letters),
                        rounds,
                    ),
                    by_turns(
                        f"sort a column, {faults:,} faults",
                        "indexed query of 200 rows + repaint",
                        "≤ 2 ×",
                        lambda: milliseconds(bench.ask_order),
                        lambda: _and_settle(bench, bench.click_heading),
                        rounds,
                    ),
                ]
            finally:
                bench.close()
                opened.close()
                del app


def _and_settle(bench: Bench, act: Callable[[], None]) -> float:
    took = milliseconds(act)
    bench.settle()
    return took
