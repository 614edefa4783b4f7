"""The only place where parts are put together, and the only one that asks the machine for the time.

Importing this brings in the database but not Qt: what needs Qt is imported where a window is asked for,
and what a person sees first is there by then (`first_sight`).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from getpass import getpass
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from dispatch_app.contract.errors import KnownError
from dispatch_app.display import has_display as has_display
from dispatch_app.operations.clock import Clock
from dispatch_app.operations.contract_files import check_files, load_terms
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.staff import ImportRoster
from dispatch_app.storage.database import Database
from dispatch_app.storage.keys import KeyringStore, KeyStore
from dispatch_app.storage.locations import AlreadyOpenError, DataPlace, InstanceLock, data_place
from dispatch_app.storage.second_start import answer_call, call_to_front, leave_card, take_card_away
from dispatch_app.storage.unit_of_work import Stamp
from dispatch_app.storage.unlock import (
    FirstStart,
    KeyMissing,
    MissingReason,
    PassphraseWanted,
    State,
    Unlocked,
    Unlocking,
)
from dispatch_app.ui.start.way_in import Need, Situation

if TYPE_CHECKING:
    from dispatch_app.first_sight import Opening

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
MISSING_WORDS = {
    MissingReason.NOT_STORED: "系统钥匙串里没有这份数据的密钥：可能换了电脑、换了用户或重装过系统。",
    MissingReason.STORE_SILENT: "系统钥匙串没有解锁。可以退出、解锁后再打开；也可以用恢复码打开。",
    MissingReason.WRONG_KEY: "系统钥匙串里的密钥打不开这份数据：数据可能是从别处拷来的。",
    MissingReason.NO_STORE: "这台电脑没有系统钥匙串，密钥不在这里。",
    MissingReason.KEY_FILE_GONE: "密钥文件 desk.keys 不见了。",
}
FORGOTTEN = "忘了口令时，用首次建立时打印的恢复码打开，并另设新口令。"
HOPELESS = (
    "没有恢复码可用：请把数据文件夹从备份整个恢复，或在原来的电脑、原来的用户下打开。不会另建新的数据。"
)
TRACES = "这里有密钥文件却没有数据库：如果是误删或移走了 desk.db，请先退出、放回原处，不要新建。"


if sys.platform == "win32":
    import ctypes

    _tick_count = ctypes.windll.kernel32.GetTickCount64
    # Left to itself ctypes would take it for an int of 32 bits, which turns over after 24 days.
    _tick_count.restype = ctypes.c_uint64


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Epoch seconds UTC, whole ones."""
        return int(time.time())

    if sys.platform == "win32":

        def through_sleep(self) -> float:
            """Seconds since the machine was started, sleep included; nobody can set them."""
            return float(_tick_count()) / 1000

        def local_offset(self) -> int:
            """Seconds the machine's own time zone is ahead of UTC."""
            return time.localtime().tm_gmtoff

    else:

        def through_sleep(self) -> float:
            """Seconds since the machine was started, sleep included; nobody can set them."""
            return time.clock_gettime(time.CLOCK_BOOTTIME)

        def local_offset(self) -> int:
            """Seconds the machine's own time zone is ahead of UTC."""
            # Somebody may have changed it since the program began.
            time.tzset()
            return time.localtime().tm_gmtoff


class DeskWayIn:
    """Storage behind the start screens' port: from a data folder to an open desk."""

    def __init__(self, place: DataPlace, store: KeyStore, clock: Clock, resources: Path) -> None:
        self._place = place
        self._store = store
        self._clock = clock
        self._resources = resources
        self._unlocking = Unlocking(place, store)
        self._desk: Desk | None = None
        self._database: Database | None = None

    @property
    def desk(self) -> Desk:
        """The open desk.

        Raises:
            RuntimeError: Nothing was unlocked yet.
        """
        if self._desk is None:
            raise RuntimeError("the data folder is still locked")
        return self._desk

    def look(self) -> Situation:
        return self._situation(self._unlocking.look())

    def first_start(self, passphrase: str) -> str:
        # A file that cannot be used must be told before there is a key whose recovery code nobody has seen.
        check_files(self._resources / "contract")
        unlocked = self._unlocking.first_start(passphrase)
        self._take(unlocked.database)
        return unlocked.recovery_code or ""

    def with_passphrase(self, passphrase: str) -> None:
        self._take(self._unlocking.with_passphrase(passphrase).database)

    def with_recovery_code(self, code: str, new_passphrase: str) -> None:
        self._take(self._unlocking.with_recovery_code(code, new_passphrase).database)

    def import_roster(self, path: Path) -> str:
        return self.desk.perform(ImportRoster(path)).message

    def rebuild(self) -> str:
        """Make the projections anew from the facts; one Chinese line on what came of it."""
        from dispatch_app.operations.upkeep import rebuild

        stamp = Stamp("", "command line", "A", self._clock.now())
        done = rebuild(self._opened(), load_terms(self._resources / "contract"), stamp)
        wrong = "、".join(f"{table} {rows} 行" for table, rows in done.differing)
        agrees = f"与事实不符的已改正：{wrong}" if wrong else "与原有的各表一致"
        return f"由事实重建了 {done.faults} 个故障，{agrees}"

    def verify(self) -> str:
        """Go over the hash chains; one Chinese line on what was found."""
        from dispatch_app.operations.upkeep import verify

        return f"哈希链完好：{verify(self._opened())} 条事实"

    def close(self) -> None:
        """Close the database if it was opened. May be repeated."""
        if self._database is not None:
            self._database.close()

    def _opened(self) -> Database:
        if self._database is None:
            raise RuntimeError("the data folder is still locked")
        return self._database

    def _take(self, database: Database) -> None:
        self._database = database
        self._desk = build_desk(database, self._clock, self._resources)

    def _situation(self, state: State) -> Situation:
        folder = self._place.directory
        if isinstance(state, Unlocked):
            self._take(state.database)
            return Situation(Need.NOTHING, folder)
        if isinstance(state, FirstStart):
            why = TRACES if state.traces else ""
            return Situation(Need.FIRST_START, folder, why, state.needs_passphrase)
        if isinstance(state, PassphraseWanted):
            return Situation(Need.PASSPHRASE, folder, FORGOTTEN, not self._store.available())
        return self._keyless(state, folder)

    @staticmethod
    def _keyless(state: KeyMissing, folder: Path) -> Situation:
        why = MISSING_WORDS[state.reason]
        if state.recoverable:
            return Situation(Need.RECOVERY, folder, why, state.needs_passphrase)
        return Situation(Need.HOPELESS, folder, why + HOPELESS)


def build_desk(database: Database, clock: Clock, resources: Path = RESOURCES) -> Desk:
    """A desk on an open database; an empty one is filled with the contract's people and sites."""
    return Desk(database, clock, resources)


@contextmanager
def build_scratch_desk(clock: Clock, resources: Path = RESOURCES) -> Iterator[Desk]:
    """A desk on a scratch database, for drills, pictures and tests; its data is gone afterwards."""
    with Database.scratch() as database:
        yield build_desk(database, clock, resources)


def run_desk(data: Path | None, store: KeyStore | None = None, opening: Opening | None = None) -> int:
    """Open the desk on a data folder and stay until its window is closed; where it is open already, bring
    that window to the front instead.

    Args:
        data: Another folder than the platform's.
        store: Where the key is kept; the system's key ring unless given.
        opening: What a person sees already; made here, without a curtain, unless given.

    Raises:
        KnownError: The folder cannot be used, or what is open on it already cannot be brought to the front.
    """
    place = data_place(data)
    try:
        lock = InstanceLock(place)
    except AlreadyOpenError:
        call_to_front(place)
        sys.stdout.write("调度台已经开着，已切换到它的窗口\n")
        return 0
    with lock:
        leave_card(place)
        try:
            return _run_first(place, store, opening)
        finally:
            take_card_away(place)


def _run_first(place: DataPlace, store: KeyStore | None, opening: Opening | None) -> int:
    """The desk of a folder that is this process's own."""
    from dispatch_app.first_sight import first_sight
    from dispatch_app.ui.app import OpenDesk, Program
    from dispatch_app.ui.crash import CrashReports
    from dispatch_app.ui.second_start import FrontDoor

    clock = SystemClock()
    opening = opening or first_sight(place.directory, curtain=False)
    app, memory, themes = opening.app, opening.memory, opening.themes
    reports = CrashReports(place.directory, clock.now, app)
    reports.install()
    way_in = DeskWayIn(place, store or KeyringStore(), clock, RESOURCES)

    def put_up() -> OpenDesk:
        return OpenDesk(
            way_in.desk,
            clock,
            RESOURCES,
            themes,
            memory,
            data_folder=place.directory,
            reports=reports,
            machine=clock,
        )

    program = Program(way_in, put_up, themes, reports, opening.curtain)
    door = FrontDoor(place.directory, partial(answer_call, place), program)
    door.called.connect(program.come_to_front)
    try:
        program.begin()
        # Meanwhile the other thread asks for the key and opens the file: the desk's page will be wanted next.
        import_module("dispatch_app.ui.desk.desk_page")
        return app.exec()
    finally:
        program.close()
        way_in.close()
        reports.uninstall()


def run_drill(speed: int) -> int:
    """Put up a desk on a scratch database and play the shipped day on it; `speed` 1–60.

    Raises:
        KnownError: The day's file cannot be used.
    """
    from dispatch_app.operations.drill import DrillPlayer, shipped_day
    from dispatch_app.operations.drill_clock import DrillClock
    from dispatch_app.ui.app import OpenDesk
    from dispatch_app.ui.application import make_application, make_themes
    from dispatch_app.ui.crash import CrashReports
    from dispatch_app.ui.drill_runner import Drill
    from dispatch_app.ui.layout_memory import LayoutMemory

    day = shipped_day(RESOURCES)
    clock = DrillClock(day.begins, time.monotonic, speed)
    memory = LayoutMemory(None)
    with build_scratch_desk(clock) as desk:
        app = make_application(sys.argv[:1], memory)
        # Not into the data folder: a drill leaves nothing there.
        reports = CrashReports(Path(gettempdir()) / "dispatch-app-drill", SystemClock().now, app)
        reports.install()
        themes = make_themes(app, RESOURCES, memory)
        drill = Drill(clock, DrillPlayer(day))
        opened = OpenDesk(desk, clock, RESOURCES, themes, memory, reports=reports, drill=drill)
        try:
            opened.show()
            return app.exec()
        finally:
            opened.close()
            reports.uninstall()


def run_showcase(out: Path, *, papers: bool) -> int:
    """Play the shipped drill day offscreen and write pictures of the screens and of every printed page.

    Args:
        out: Folder to write into; made if it is not there.
        papers: Whether the PDFs themselves are written beside the pictures of their pages.

    Raises:
        KnownError: The day's file cannot be used, or the folder cannot be written to.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from dispatch_app.operations.drill import DrillPlayer, shipped_day
    from dispatch_app.operations.drill_clock import DrillClock
    from dispatch_app.ui.app import OpenDesk
    from dispatch_app.ui.application import make_application, make_themes
    from dispatch_app.ui.drill_runner import Drill
    from dispatch_app.ui.layout_memory import LayoutMemory
    from dispatch_app.ui.showcase import Showcase

    day = shipped_day(RESOURCES)
    clock = DrillClock(day.begins, time.monotonic)
    clock.pause()
    memory = LayoutMemory(None)
    with build_scratch_desk(clock) as desk:
        app = make_application(sys.argv[:1], memory)
        drill = Drill(clock, DrillPlayer(day))
        opened = OpenDesk(desk, clock, RESOURCES, make_themes(app, RESOURCES, memory), memory, drill=drill)
        try:
            opened.show()
            written = Showcase(opened, drill, out, papers=papers).run()
        except OSError as error:
            raise KnownError(f"{out} 写不进去（{error.strerror}）", "用 --out 换一个能写的文件夹") from error
        finally:
            opened.close()
    sys.stdout.write("".join(f"{path}\n" for path in written))
    return 0


def run_print_test(arguments: Sequence[str]) -> int:
    """Print a sample through a printer's queue and compare what comes out; exit status."""
    from dispatch_app.ui.printing.print_test import run_print_test as run

    return run(arguments)


@contextmanager
def command_line_desk(data: Path | None) -> Iterator[DeskWayIn]:
    """An existing database, open for one command; asks for the passphrase at the terminal if there is one.

    Raises:
        KnownError: There is no database, or only the start screens can open it.
    """
    place = data_place(data)
    with InstanceLock(place):
        way_in = DeskWayIn(place, KeyringStore(), SystemClock(), RESOURCES)
        try:
            situation = way_in.look()
            if situation.need is Need.PASSPHRASE:
                way_in.with_passphrase(getpass("口令："))
            elif situation.need is Need.FIRST_START:
                raise KnownError(f"{place.directory} 里还没有数据库", "先运行 dispatch-app 建立它")
            elif situation.need is not Need.NOTHING:
                raise KnownError(situation.why.rstrip("。"), "运行 dispatch-app，在恢复界面里打开")
            yield way_in
        finally:
            way_in.close()
