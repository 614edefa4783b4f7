"""A real desk on a scratch database, its page on the screen, and hands that type."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.clock import MachineTime
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.rows import FaultDetail, FaultRow, SiteRow, StaffRow, TimelineEntry
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import load_facts
from dispatch_app.ui.bridge.executor import Executor
from dispatch_app.ui.bridge.messages import Message, Messages
from dispatch_app.ui.bridge.ticker import Ticker
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.desk.detail_panel import DetailPanel
from dispatch_app.ui.desk.detail_questions import Questions
from dispatch_app.ui.desk.urgency import Thresholds
from dispatch_app.ui.theme.theme import Themes
from tests.ui.conftest import RESOURCES, StillClock
from tests.ui.desk.working_day import WorkingDay

WIDE = (1844, 1024)
"""The page in a window of 1920×1080; the head and the rail take the rest."""
SMALL = (1290, 712)
"""The page in a window of 1366×768."""


class PaperMap(QWidget):
    """Stands where the map does; remembers what it was told."""

    site_clicked = Signal(object)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self.rows: tuple[tuple[SiteRow, ...], tuple[FaultRow, ...], tuple[StaffRow, ...]] = ((), (), ())
        self.selected: list[str] = []
        self.moments: list[int] = []
        self.thresholds: Thresholds = {}

    def set_rows(
        self, sites: tuple[SiteRow, ...], queue: tuple[FaultRow, ...], staff: tuple[StaffRow, ...]
    ) -> None:
        self.rows = (sites, queue, staff)

    def set_now(self, now: int) -> None:
        self.moments.append(now)

    def set_thresholds(self, thresholds: Thresholds) -> None:
        self.thresholds = thresholds

    def select_site(self, site_id: str) -> None:
        self.selected.append(site_id)


KEY = bytes(range(32))


def _template(folder: Path, name: str, *, busy: bool) -> Path:
    """A database that tests copy: making one anew for each of them is what would take the time."""
    path = folder / name
    Database.create(path, KEY).close()
    database = Database(path, KEY, durable=False)
    clock = StillClock()
    desk = Desk(database, clock, RESOURCES)
    if busy:
        WorkingDay(desk, clock).live()
    database.close()
    return path


@pytest.fixture(scope="session")
def idle_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _template(tmp_path_factory.mktemp("idle"), "idle.db", busy=False)


@pytest.fixture(scope="session")
def busy_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _template(tmp_path_factory.mktemp("busy"), "busy.db", busy=True)


@pytest.fixture
def desk(request: pytest.FixtureRequest, clock: StillClock, tmp_path: Path) -> Iterator[Desk]:
    """A desk as it is after the first start, or, for a test that asks for `day`, in the middle of a day."""
    busy = "day" in request.fixturenames
    template = request.getfixturevalue("busy_template" if busy else "idle_template")
    database = Database(shutil.copy(template, tmp_path / "desk.db"), KEY, durable=False)
    yield Desk(database, clock, RESOURCES)
    database.close()


@pytest.fixture
def day(desk: Desk) -> dict[str, str]:
    """What has happened by 14:32:07: six faults in hand, one of them beyond five hours; ids by site."""
    return {fault.site_name: fault.id for fault in desk.queries.queue()}


@pytest.fixture
def said() -> list[Message]:
    """Everything the message bar was told."""
    return []


@pytest.fixture
def machine() -> MachineTime | None:
    """What the machine knows of the time; nothing, unless a test is about that."""
    return None


@pytest.fixture
def context(
    qapp: QApplication,
    desk: Desk,
    clock: StillClock,
    machine: MachineTime | None,
    themes: Themes,
    tmp_path: Path,
    said: list[Message],
) -> Iterator[UiContext]:
    """The doors of a real desk."""
    executor = Executor(desk)
    messages = Messages()
    messages.shown.connect(said.append)
    executor.crashed.connect(_raise)
    yield UiContext(executor=executor, desk=desk, ticker=Ticker(clock, machine=machine), messages=messages,
                    themes=themes, resources=RESOURCES, data_folder=tmp_path)  # fmt: skip
    executor.close()
    themes.choose("light")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _raise(error: BaseException) -> None:
    raise error


class Hands:
    """Types into whatever has the focus and waits until the desk has answered."""

    def __init__(self, qtbot: QtBot, context: UiContext, page: DeskPage) -> None:
        self._qtbot = qtbot
        self._context = context
        self.page = page

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self._context.executor.idle)
        QApplication.processEvents()
        self._qtbot.waitUntil(lambda: self._context.executor.idle)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Latin text key by key; Chinese as an input method hands it over, composed."""
        if text.isascii():
            QTest.keyClicks(self.focus, text)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(self.focus, composed)
        self.settle()

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.page

    def tick(self, seconds: int) -> None:
        """Let time pass."""
        clock = self._context.ticker._clock
        clock.moment += seconds  # type: ignore[attr-defined]
        self._context.ticker.beat()
        self.settle()

    def choose(self, site: str) -> FaultRow:
        """Select the fault in hand at the site whose name holds `site`, with the queue in focus."""
        row = next(row for row in self.page.queue.faults if site in row.site_name)
        self.page.parts.queue.setFocus()
        self.page.parts.queue.choose(row.id)
        self.settle()
        return row

    @property
    def chosen(self) -> FaultRow:
        row = self.page.queue.fault(self.page.parts.queue.chosen)
        assert row is not None
        return row


@pytest.fixture
def page(qtbot: QtBot, context: UiContext) -> DeskPage:
    """The desk page on a large screen, everything read."""
    made = DeskPage(context, map_factory=PaperMap)
    qtbot.addWidget(made)
    made.resize(*WIDE)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    return made


@pytest.fixture
def hands(qtbot: QtBot, context: UiContext, page: DeskPage) -> Hands:
    made = Hands(qtbot, context, page)
    made.settle()
    return made


@pytest.fixture
def panel(hands: Hands) -> DetailPanel:
    return hands.page.parts.detail


@pytest.fixture
def questions(panel: DetailPanel) -> Questions:
    return panel.questions


def read(hands: Hands, desk: Desk, fault_id: str = "") -> FaultDetail:
    hands.settle()
    return desk.queries.fault_detail(fault_id or hands.chosen.id)


def last(hands: Hands, desk: Desk) -> TimelineEntry:
    return read(hands, desk).timeline[-1]


def fact_of(desk: Desk, fault_id: str, kind: FactKind) -> object:
    """The detail of the latest fact of a kind, as stored."""
    with desk._database.reader() as session:
        stored = load_facts(session, [fault_id])[fault_id]
    return [item.fact.detail for item in stored if item.fact.kind is kind][-1]
