"""Ten years of rounds: a letter typed into their list, a column sorted, and what is due, each against the
least that could do it.

The floor asks the same file the same question in bare SQL and repaints a plain table of the same size; the
program is timed until its own table has been painted with the answer.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.desks import KEY, StillClock, open_desk, settle
from benchmarks.history import Painting, plain_table
from benchmarks.many_rounds import DAYS, ROOMS, fill_with_rounds
from benchmarks.measure import Measured, by_turns, milliseconds
from dispatch_app.operations.search_words import question
from dispatch_app.storage.cipher import open_connection
from dispatch_app.storage.database import Database
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.registers.rounds_page import RoundsPage

TYPED = ("市", "市政府", "高于", "张懿明", "28.", "2019-0", "szf", "XJ00", "第 9", "宁湖")
SORTED = ("temperature", "site", "voltage", "who")
_LISTED = (
    "SELECT e.id, e.entry_id, e.number, e.content "
    "FROM register_cells c JOIN register_entries e ON e.id = c.id "
    "WHERE c.register = 'rounds' AND c.\"column\" = ? "
)
_NAMED = (
    f"{_LISTED} AND c.id IN (SELECT rowid FROM register_words WHERE register_words MATCH ?) "
    "ORDER BY c.key DESC, c.id DESC LIMIT 200"
)
_ORDERED = f"{_LISTED} ORDER BY c.key DESC, c.id DESC LIMIT 200"
_LATEST = (
    "SELECT p.content, (SELECT w.key FROM register_cells w "
    "WHERE w.register = 'rounds' AND w.\"column\" = 'at' "
    "AND EXISTS (SELECT 1 FROM register_cells r WHERE r.id = w.id AND r.\"column\" = 'plan' "
    "AND r.ref = p.entry_id) ORDER BY w.key DESC LIMIT 1) "
    "FROM register_entries p WHERE p.register = 'round_plans' AND p.standing"
)


class Bench:
    """The page over a file of many rounds, and beside it a bare connection and a plain table."""

    def __init__(self, opened: OpenDesk, path: Path, table: QTableView) -> None:
        page = opened.window.page_widget("rounds")
        assert isinstance(page, RoundsPage)
        self._opened, self._list, self._table = opened, page.list_of("rounds"), table
        self._bare = open_connection(path, KEY, query_only=True)
        self._letters, self._typed = cycle(TYPED), cycle(TYPED)
        self._orders, self._clicked = cycle(SORTED), cycle(SORTED)

    def close(self) -> None:
        self._bare.close()

    def ask_words(self) -> None:
        self._bare.execute(_NAMED, ("at", question(next(self._letters)))).fetchall()
        self._repaint()

    def type_letters(self) -> None:
        self._until_painted(lambda: self._list.filters.search.setText(next(self._typed)))

    def ask_order(self) -> None:
        self._bare.execute(_ORDERED, (next(self._orders),)).fetchall()
        self._repaint()

    def click_heading(self) -> None:
        keys = [column.key for column in self._list.model.columns]
        header = self._list.table.horizontalHeader()

        def click() -> None:
            header.setSortIndicator(keys.index(next(self._clicked)), header.sortIndicatorOrder())
            header.sectionClicked.emit(header.sortIndicatorSection())

        self._until_painted(click)

    def ask_latest(self) -> None:
        assert len(self._bare.execute(_LATEST).fetchall()) == len(ROOMS)

    def ask_duties(self) -> None:
        assert len(self._opened.context.desk.queries.duty_book().items) == len(ROOMS)

    def _repaint(self) -> None:
        self._table.viewport().update()
        QCoreApplication.processEvents()

    def _until_painted(self, act: Callable[[], None]) -> None:
        waiting = Painting(self._list.table, self._list.model)
        act()
        waiting.loop.exec()
        waiting.stop()

    def settle(self) -> None:
        """Let the counts come in, which nobody waits for."""
        settle(lambda: self._opened.executor.idle)


def measure(days: int = DAYS, rounds: int = 40) -> list[Measured]:
    """Typing, sorting and what is due over so many days. Makes the QApplication if there is none."""
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "desk.db"
        with Database.create(path, KEY) as database:
            end = fill_with_rounds(database, days)
        measured = measure_file(path, end, days * len(ROOMS), rounds)
    del app
    return measured


def measure_file(path: Path, end: int, entries: int, rounds: int) -> list[Measured]:
    """The same over a file that has been filled already. `end`: epoch seconds UTC after the last round."""
    with Database(path, KEY) as database:
        opened = open_desk(database, StillClock(end))
        opened.window.show_page("rounds")
        settle(lambda: opened.executor.idle, 400)
        page = opened.window.page_widget("rounds")
        assert isinstance(page, RoundsPage)
        shown = page.list_of("rounds")
        size = shown.table.viewport().size()
        columns = sum(column.shown for column in shown.model.columns)
        with plain_table((size.width(), size.height()), columns) as table:
            bench = Bench(opened, path, table)
            try:
                return _measured(bench, entries, rounds)
            finally:
                bench.close()
                opened.close()


def _measured(bench: Bench, entries: int, rounds: int) -> list[Measured]:
    def and_settle(act: Callable[[], None]) -> float:
        took = milliseconds(act)
        bench.settle()
        return took

    return [
        by_turns(
            f"filter keystroke, {entries:,} rounds",
            "FTS5 query of 200 rows + repaint",
            "≤ 2 ×",
            lambda: milliseconds(bench.ask_words),
            lambda: and_settle(bench.type_letters),
            rounds,
        ),
        by_turns(
            f"sort a column, {entries:,} rounds",
            "indexed query of 200 rows + repaint",
            "≤ 2 ×",
            lambda: milliseconds(bench.ask_order),
            lambda: and_settle(bench.click_heading),
            rounds,
        ),
        by_turns(
            f"what is due, {entries:,} rounds",
            "the latest round of each plan in bare SQL",
            "one frame",
            lambda: milliseconds(bench.ask_latest),
            lambda: milliseconds(bench.ask_duties),
            rounds,
        ),
    ]
