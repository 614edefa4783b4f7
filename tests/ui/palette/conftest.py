"""The whole window on a real desk in the middle of a working day, and hands that type into it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.operations.desk import Desk
from dispatch_app.storage.database import Database
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.bridge.messages import Message
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.main_window import MainWindow
from dispatch_app.ui.palette.drop import Drop
from dispatch_app.ui.theme.theme import Themes
from tests.ui.conftest import RESOURCES, StillClock
from tests.ui.desk.working_day import WorkingDay

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as it stands at 14:32:07, made once."""
    path = tmp_path_factory.mktemp("busy") / "busy.db"
    Database.create(path, KEY).close()
    with Database(path, KEY, durable=False) as database:
        clock = StillClock()
        desk = Desk(database, clock, RESOURCES)
        WorkingDay(desk, clock).live()
    return path


@pytest.fixture
def desk(busy: Path, clock: StillClock, tmp_path: Path) -> Iterator[Desk]:
    with Database(shutil.copy(busy, tmp_path / "desk.db"), KEY, durable=False) as database:
        yield Desk(database, clock, RESOURCES)


@pytest.fixture
def opened(
    desk: Desk, clock: StillClock, themes: Themes, qtbot: QtBot, bugs: list[BaseException]
) -> Iterator[OpenDesk]:
    made = OpenDesk(desk, clock, RESOURCES, themes, LayoutMemory(None))
    made.executor.crashed.connect(bugs.append)
    made.window.setWindowState(Qt.WindowState.WindowNoState)
    made.window.resize(1366, 768)
    made.show()
    qtbot.waitUntil(lambda: made.executor.idle)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    made.close()
    themes.choose("light")


class Hands:
    """Types into whatever has the focus and waits until the desk has answered."""

    def __init__(self, opened: OpenDesk, qtbot: QtBot) -> None:
        self._opened = opened
        self._qtbot = qtbot
        self.said: list[Message] = []
        opened.messages.shown.connect(self.said.append)

    @property
    def window(self) -> MainWindow:
        return self._opened.window

    @property
    def drop(self) -> Drop:
        return self.window.palette_list.drop

    @property
    def page(self) -> DeskPage:
        page = self.window.page_widget("desk")
        assert isinstance(page, DeskPage)
        return page

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self._qtbot.waitUntil(lambda: self._opened.executor.idle)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def ctrl_k(self) -> None:
        self.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    def type(self, text: str) -> None:
        """Latin text key by key; Chinese as an input method hands it over, composed."""
        if text.isascii():
            QTest.keyClicks(self.focus, text)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(text)
            QApplication.sendEvent(self.focus, composed)
        self.settle()

    def ask(self, text: str) -> None:
        self.ctrl_k()
        self.type(text)

    @property
    def offered(self) -> list[str]:
        return [entry.title for entry in self.drop.model.entries]


@pytest.fixture
def hands(opened: OpenDesk, qtbot: QtBot) -> Hands:
    made = Hands(opened, qtbot)
    made.settle()
    return made
