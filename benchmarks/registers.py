"""Registers at size: a letter typed into 20,000 addresses, a column of them sorted, a table of them imported.

The floor of the list asks the same file the same question in bare SQL, takes the rows as they come and
repaints a plain table of the same size; the floor of the import writes as many bare rows with the same number
of cells in one transaction.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.desks import BEGINS, KEY, StillClock, open_desk, settle
from benchmarks.history import Painting, plain_table
from benchmarks.measure import Measured, by_turns, milliseconds
from dispatch_app.bootstrap import build_desk
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.register_import import (
    BeginEntries,
    FinishEntries,
    ShowEntries,
    WriteEntries,
)
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.operations.search_words import question
from dispatch_app.storage.cipher import open_connection
from dispatch_app.storage.database import Database
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.registers.register_list import RegisterList
from dispatch_app.ui.registers.registers_page import RegistersPage

DEVICES, ADDRESSES, NETWORKS = 5_000, 20_000, 100
AT_ONCE = 100
TYPED = ("张", "张1", "10.8.5", "GE1", "szf", "机房", "AN-0", "3c8c", "张19", "10.8")
SORTED = ("user", "mac", "site", "assigned_on")
_NAMED = (
    "SELECT register_entries.* FROM register_cells JOIN register_entries USING (id) "
    "WHERE register_cells.register = 'addresses' AND \"column\" = 'address' AND "
    "id IN (SELECT rowid FROM register_words WHERE register_words MATCH ?) ORDER BY key, id LIMIT 200"
)
_ORDERED = (
    "SELECT register_entries.* FROM register_cells JOIN register_entries USING (id) "
    "WHERE register_cells.register = 'addresses' AND \"column\" = ? ORDER BY key DESC, id DESC LIMIT 200"
)
_DEVICE_HEADINGS = ("标识号", "类型", "品牌", "型号", "序列号", "站点", "状态", "免费维保至", "购置价（元）")
_ADDRESS_HEADINGS = ("IP 地址", "MAC 地址", "交换机", "端口", "使用人", "站点", "分配日期")
Table = list[tuple[str, ...]]


def devices(sites: list[str]) -> Table:
    kinds, brands = ("交换机", "路由器", "服务器", "办公电脑"), ("H3C", "华为", "锐捷")
    return [
        (
            f"AN-{number:05d}",
            kinds[number % 4],
            brands[number % 3],
            f"S{5000 + number % 40}",
            f"SN{number * 7919}",
            sites[number % len(sites)],
            "在用" if number % 50 else "故障",
            f"202{5 + number % 4}-0{1 + number % 9}-15",
            str(500 + number),
        )
        for number in range(DEVICES)
    ]


def addresses(sites: list[str]) -> Table:
    return [
        (
            f"10.8.{number % NETWORKS}.{2 + number // NETWORKS}",
            f"3C-8C-40-{number >> 16:02X}-{number >> 8 & 255:02X}-{number & 255:02X}",
            f"AN-{number // 48:05d}",
            f"GE1/0/{number % 48}",
            f"张{number}",
            sites[number % len(sites)],
            "2024-11-01",
        )
        for number in range(ADDRESSES)
    ]


def import_table(desk: Desk, folder: Path, register: str, headings: tuple[str, ...], rows: Table) -> None:
    """From a file to entries every list shows, as the page does it, command by command."""
    path = folder / f"{register}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    found = desk.queries.preview_register_import(register, path)
    if len(found.entries) != len(rows):
        raise AssertionError(found.counts)
    desk.perform(BeginEntries(register, register, path.name, found.digest, len(rows), found.seen))
    for start in range(0, len(rows), AT_ONCE):
        desk.perform(WriteEntries(register, start, found.entries[start : start + AT_ONCE]))
    desk.perform(FinishEntries(register))
    waiting = desk.queries.waiting_entries(register)
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        desk.perform(ShowEntries(register, some, last=start + AT_ONCE >= len(waiting)))


def write_bare(path: Path) -> None:
    """As many rows and cells as the addresses have, in one transaction."""
    path.touch()
    connection = open_connection(path, KEY)
    connection.execute("CREATE TABLE bare_rows (id INTEGER PRIMARY KEY, content TEXT)")
    connection.execute(
        "CREATE TABLE bare_cells (name TEXT, key TEXT, id INTEGER, PRIMARY KEY (name, key, id))"
    )
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO bare_rows VALUES (?, ?)", ((n, "x" * 300) for n in range(ADDRESSES)))
    cells = ((f"c{place}", f"{n * 7919 % 99991}", n) for n in range(ADDRESSES) for place in range(12))
    connection.executemany("INSERT INTO bare_cells VALUES (?, ?, ?)", cells)
    connection.execute("COMMIT")
    connection.close()


class Bench:
    """The list over a full register, and beside it a bare connection and a plain table."""

    def __init__(self, opened: OpenDesk, path: Path, table: QTableView) -> None:
        self._opened, self._table = opened, table
        self._shown = list_of(opened)
        self._bare = open_connection(path, KEY, query_only=True)
        self._letters, self._typed = cycle(TYPED), cycle(TYPED)
        self._orders, self._clicked = cycle(SORTED), cycle(SORTED)

    def close(self) -> None:
        self._bare.close()

    def ask_words(self) -> None:
        self._bare.execute(_NAMED, (question(next(self._letters)),)).fetchall()
        self._repaint()

    def type_letters(self) -> float:
        return self._until_painted(lambda: self._shown.filters.search.setText(next(self._typed)))

    def ask_order(self) -> None:
        self._bare.execute(_ORDERED, (next(self._orders),)).fetchall()
        self._repaint()

    def click_heading(self) -> float:
        header = self._shown.table.horizontalHeader()
        place = [column.key for column in self._shown.model.columns].index(next(self._clicked))

        def click() -> None:
            header.setSortIndicator(place, header.sortIndicatorOrder())
            header.sectionClicked.emit(place)

        return self._until_painted(click)

    def _repaint(self) -> None:
        self._table.viewport().update()
        QApplication.processEvents()

    def _until_painted(self, act: Callable[[], None]) -> float:
        def wait() -> None:
            waiting = Painting(self._shown.table, self._shown.model)
            act()
            waiting.loop.exec()
            waiting.stop()

        took = milliseconds(wait)
        settle(lambda: self._opened.executor.idle)
        return took


def list_of(opened: OpenDesk) -> RegisterList:
    """The list of addresses, in sight."""
    opened.window.show_page("devices")
    page = opened.window.page_widget("devices")
    assert isinstance(page, RegistersPage)
    shown = page.show_register("addresses")
    settle(lambda: opened.executor.idle, 400)
    return shown


def measure(rounds: int = 40) -> list[Measured]:
    """Importing, typing and sorting. Makes the QApplication if there is none."""
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        measured = [measure_import(Path(folder)), *measure_list(Path(folder) / "desk.db", rounds)]
    del app
    return measured


def measure_import(folder: Path) -> Measured:
    """The import of 20,000 addresses into a register that is empty; leaves the file behind, full."""
    path = folder / "desk.db"
    with Database.create(path, KEY) as database:
        desk = build_desk(database, StillClock(BEGINS))
        sites = [site.name for site in desk.queries.sites()]
        for number in range(NETWORKS):
            said = {"name": f"网段{number}", "cidr": f"10.8.{number}.0/24", "kind": "专网"}
            desk.perform(AddEntry("networks", said))
        import_table(desk, folder, "devices", _DEVICE_HEADINGS, devices(sites))
        rows = addresses(sites)
        return by_turns(
            "import of 20,000 addresses",
            "20,000 rows of 12 cells, one transaction",
            "well under a minute",
            lambda: milliseconds(lambda: write_bare(folder / "bare.db")),
            lambda: milliseconds(lambda: import_table(desk, folder, "addresses", _ADDRESS_HEADINGS, rows)),
            1,
        )


def measure_list(path: Path, rounds: int) -> list[Measured]:
    """Typing and sorting over a file that has been filled."""
    with Database(path, KEY) as database:
        opened = open_desk(database, StillClock(BEGINS))
        shown = list_of(opened)
        size = shown.table.viewport().size()
        columns = sum(column.shown for column in shown.model.columns)
        with plain_table((size.width(), size.height()), columns) as table:
            bench = Bench(opened, path, table)
            try:
                return [
                    by_turns(
                        "filter keystroke, 20,000 addresses",
                        "FTS5 query of 200 rows + repaint",
                        "≤ 2 ×",
                        lambda: milliseconds(bench.ask_words),
                        bench.type_letters,
                        rounds,
                    ),
                    by_turns(
                        "sort a column, 20,000 addresses",
                        "indexed query of 200 rows + repaint",
                        "≤ 2 ×",
                        lambda: milliseconds(bench.ask_order),
                        bench.click_heading,
                        rounds,
                    ),
                ]
            finally:
                bench.close()
                opened.close()
