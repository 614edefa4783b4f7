"""What every test of the screens shares: one dressed application, a desk of straw, no thread left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.readings import READING_GUIDE
from dispatch_app.operations import contract_files
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.map_layer import MapLayerRow
from dispatch_app.operations.people_rows import ContractPapers, Said
from dispatch_app.operations.rows import (
    DaySummary,
    FaultRow,
    News,
    ReadingRow,
    SiteKind,
    SiteRow,
    StaffRow,
    StaffState,
)
from dispatch_app.operations.setting_list import BY_NAME
from dispatch_app.ui.bridge.executor import Executor
from dispatch_app.ui.bridge.messages import Messages
from dispatch_app.ui.bridge.ticker import Ticker
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.main_window import MainWindow
from dispatch_app.ui.theme.look import Look
from dispatch_app.ui.theme.theme import Themes
from tests.ui.straw_window import open_window

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FRIDAY = 1_732_257_127
"""2024-11-22 14:32:07 in Beijing, a Friday."""


def staff_row(
    staff_id: str, name: str, digit: int, role: str = "维护", state: StaffState = StaffState.STANDBY
) -> StaffRow:
    return StaffRow(staff_id, digit, name, "", role, digit > 0, state, FRIDAY, (), 0, "", "0871-68686833")


class StillClock:
    """Stands until a test moves it."""

    def __init__(self, now: int = FRIDAY) -> None:
        self.moment = now

    def now(self) -> int:
        return self.moment


class StrawQueries:
    """Answers out of attributes that a test may set."""

    def __init__(self) -> None:
        self.summary = DaySummary(5, 5, 2, 12, 5, 1, 0, 1, 5, "2025-02-28", 98, True)
        self.people = (
            staff_row("s1", "张懿明", 1),
            staff_row("s2", "刘平", 2),
            staff_row("s5", "杨双金", 5, state=StaffState.LEFT),
            staff_row("s6", "李鸿兰", 0, "电话接线派单"),
        )
        self.acting = "s6"
        self.faults: dict[str, FaultRow] = {}
        self.values: dict[str, str] = {"theme": "light"}
        self.decided: dict[str, ReadingRow] = {}
        self.threads: set[str] = set()

    def day_summary(self) -> DaySummary:
        self.threads.add(threading.current_thread().name)
        return self.summary

    def staff(self) -> tuple[StaffRow, ...]:
        return self.people

    def operator(self) -> StaffRow:
        return next(person for person in self.people if person.id == self.acting)

    def news(self, changes: Changes, watched: str = "") -> News:
        return News(self.fault_rows(changes.faults), self.people, (), self.day_summary(), None)

    def fault_rows(self, ids: frozenset[str]) -> tuple[FaultRow, ...]:
        return tuple(self.faults[fault] for fault in ids)

    def setting(self, name: str) -> str:
        return self.values.get(name, BY_NAME[name].default)

    def chosen_settings(self) -> Callable[[str], str]:
        return self.setting

    def terms(self) -> contract_files.Terms:
        return contract_files.load_terms()

    def readings(self) -> tuple[ReadingRow, ...]:
        shipped = (
            ReadingRow(
                guide.key, guide.question, guide.clause, guide.options[0][0], guide.options, "", None, ""
            )
            for guide in READING_GUIDE
        )
        return tuple(self.decided.get(row.key, row) for row in shipped)

    def service_items(self) -> tuple[contract_files.ServiceItem, ...]:
        return contract_files.load_service_items()

    def contract_papers(self) -> ContractPapers:
        return ContractPapers(0, Decimal(0), Decimal(0), (), Said(), "还早", open_now=False)

    def map_layer(self) -> MapLayerRow:
        return MapLayerRow()

    def sites(self) -> tuple[SiteRow, ...]:
        return tuple(
            SiteRow(
                entry.id,
                entry.name,
                SiteKind(entry.kind.value),
                entry.zone,
                entry.street,
                entry.longitude,
                entry.latitude,
                entry.approximate,
                "nhds" if entry.name.startswith("宁湖大厦") else "",
                "",
                (),
            )
            for entry in contract_files.load_sites()
        )


class StrawDesk:
    """Records commands and answers what a test told it to; it can be made to wait."""

    def __init__(self) -> None:
        self.queries = StrawQueries()
        self.commands: list[object] = []
        self.threads: set[str] = set()
        self.answer: Callable[[object], Changes] = lambda command: Changes()
        self.gate = threading.Event()
        self.gate.set()

    def perform(self, command: object) -> Changes:
        assert self.gate.wait(10), "nobody opened the gate"
        self.threads.add(threading.current_thread().name)
        self.commands.append(command)
        return self.answer(command)

    def refuse(self, message: str = "已经到场", remedy: str = "在时间线上更正", field: str = "") -> None:
        def answer(_command: object) -> Changes:
            raise KnownError(message, remedy, field)

        self.answer = answer


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Every executor and every start window must have been ended by its test."""
    yield
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("desk-")]
    assert not left, left


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Themes:
    """The themes, with the application dressed once for the session."""
    made = Themes(RESOURCES / "themes", "light", qapp)
    Look(qapp, made, RESOURCES)
    return made


@pytest.fixture
def themes(dressed: Themes) -> Themes:
    """The themes as a fresh start has them, whatever the test before has chosen."""
    dressed.choose("light")
    return dressed


@pytest.fixture
def straw() -> StrawDesk:
    return StrawDesk()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def bugs() -> Iterator[list[BaseException]]:
    """What crashed in commands and questions; a test that wants a bug empties the list."""
    found: list[BaseException] = []
    yield found
    if found:
        raise found[0]


@pytest.fixture
def context(
    qapp: QApplication,
    straw: StrawDesk,
    clock: StillClock,
    themes: Themes,
    tmp_path: Path,
    bugs: list[BaseException],
) -> Iterator[UiContext]:
    """The doors of a desk of straw."""
    executor = Executor(straw)  # type: ignore[arg-type]
    executor.crashed.connect(bugs.append)
    yield UiContext(executor=executor, desk=straw, ticker=Ticker(clock), messages=Messages(), themes=themes,
                    resources=RESOURCES, data_folder=tmp_path)  # type: ignore[arg-type]  # fmt: skip
    straw.gate.set()
    executor.close()
    themes.choose("light")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def settle(qtbot: QtBot, context: UiContext) -> Callable[[], None]:
    """Wait until everything handed to the executor has come back."""

    def wait() -> None:
        qtbot.waitUntil(lambda: context.executor.idle)

    return wait


@pytest.fixture
def window(context: UiContext, qtbot: QtBot, settle: Callable[[], None]) -> Iterator[MainWindow]:
    """The window in sight, with pages of straw."""
    made = open_window(context)
    made.show()
    qtbot.waitExposed(made)
    settle()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def perform(context: UiContext, straw: StrawDesk, settle: Callable[[], None]) -> Callable[[Changes], None]:
    """Have the desk answer a command with the given changes, and wait for the news."""

    def run(changes: Changes) -> None:
        straw.answer = lambda command: changes
        context.executor.submit("something", context.executor)
        settle()

    return run
