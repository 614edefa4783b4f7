"""The disk fills up while somebody types: the call stays on the screen, is said not to be stored, and is
stored once there is room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_app.bootstrap import RESOURCES
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Reported, Zone
from dispatch_app.operations.desk import Desk
from dispatch_app.storage.database import Database
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.bridge.messages import Level
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.theme.look import Look
from dispatch_app.ui.theme.theme import Themes
from tests.faults.children import KEY, STAMP
from tests.ui.palette.conftest import Hands

NOON = 1_732_248_000
LONG = "断网，" * 20_000
"""More than fits into the pages that are there."""
ROOM = 1_000_000


class StillClock:
    def now(self) -> int:
        return NOON


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database.create(tmp_path / "desk.db", KEY) as made:
        yield made


@pytest.fixture
def hands(database: Database, qapp: QApplication, qtbot: QtBot) -> Iterator[Hands]:
    themes = Themes(RESOURCES / "themes", "light")
    Look(qapp, themes, RESOURCES)
    opened = OpenDesk(
        Desk(database, StillClock(), RESOURCES), StillClock(), RESOURCES, themes, LayoutMemory(None)
    )
    bugs: list[BaseException] = []
    opened.executor.crashed.connect(bugs.append)
    opened.window.setWindowState(Qt.WindowState.WindowNoState)
    opened.window.resize(1366, 768)
    opened.show()
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    made = Hands(opened, qtbot)
    made.settle()
    yield made
    opened.close()
    assert bugs == []


def limit(database: Database, pages: int) -> None:
    """The file may have so many pages; 0 for no more than there are."""
    with database.unit_of_work(STAMP) as work:
        connection = work.session.connection()
        allowed = pages or connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {allowed}")


def test_a_call_that_cannot_be_stored_stays_and_is_stored_once_there_is_room(
    hands: Hands, database: Database, qtbot: QtBot
) -> None:
    page: DeskPage = hands.page
    card = page.parts.intake.card
    hands.press(Qt.Key.Key_F2)
    hands.type("nhds")
    hands.press(Qt.Key.Key_Return)
    card.form.symptom.setPlainText("断网")
    queries = page._context.desk.queries
    qtbot.waitUntil(lambda: [draft.fields["symptom"] for draft in queries.drafts()] == ["断网"])
    limit(database, 0)
    card.form.symptom.setPlainText(LONG)
    card.form.symptom.setFocus()
    # The pause in typing has it kept, and that cannot be: the red bar says so.
    qtbot.waitUntil(lambda: any("磁盘已满" in message.text for message in hands.said))
    told = next(message for message in hands.said if "磁盘已满" in message.text)
    assert told.level is Level.REFUSED
    assert hands.window.message_bar.isVisible()
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.open
    assert any("磁盘已满" in error.text() for error in card.form.errors.values())
    assert card.form.symptom.toPlainText() == LONG
    assert [draft.fields["symptom"] for draft in queries.drafts()] == ["断网"]
    assert queries.queue() == ()
    limit(database, ROOM)
    card.form.symptom.setFocus()
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not card.open
    (row,) = queries.queue()
    assert row.symptom == LONG
    assert queries.drafts() == ()


def test_a_command_from_the_palette_that_cannot_be_stored_is_said_there_and_can_be_given_again(
    hands: Hands, database: Database
) -> None:
    queries = hands.page._context.desk.queries
    hands.press(Qt.Key.Key_F2)
    hands.type("nhds")
    hands.press(Qt.Key.Key_Return)
    hands.page.parts.intake.card.form.symptom.setPlainText("断网")
    hands.page.parts.intake.card.register()
    hands.settle()
    (row,) = queries.queue()
    _fill(database)
    hands.ask("解决 1 " + "更换主控板，" * 60)
    hands.press(Qt.Key.Key_Return)
    assert "磁盘已满" in hands.drop.will.text()
    assert queries.fault_rows([row.id])[0].version == 1
    limit(database, ROOM)
    hands.press(Qt.Key.Key_Return)
    assert queries.fault_rows([row.id])[0].version == 2
    assert not hands.drop.isVisible()


def _fill(database: Database) -> None:
    """Leave no free room in the pages that are there."""
    limit(database, 0)
    full = ""
    while not full:
        try:
            with database.unit_of_work(STAMP) as work:
                work.append_fault_fact("filler", FactKind.REPORTED, STAMP.now, Reported(Zone.URBAN))
        except KnownError as error:
            full = error.message
    assert "磁盘已满" in full
