"""What is said at the bottom of the window, and what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from dispatch_app.operations.changes import Changes, UndoTicket
from dispatch_app.operations.faults import UndoFacts
from dispatch_app.ui.bridge.messages import Level
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.main_window import MainWindow
from dispatch_app.ui.widgets.cards import Card
from tests.ui.straw_window import Page

Settle = Callable[[], None]
Perform = Callable[[Changes], None]
TICKET = UndoTicket("A-0007 已派给 张懿明", UndoFacts("f7", ("x1",)))
EARLIER = UndoTicket("A-0006 已派给 刘平", UndoFacts("f6", ("x0",)))


def test_what_was_done_is_said_with_the_offer_to_take_it_back(
    perform: Perform, window: MainWindow, context: UiContext, straw: Any, settle: Settle, qtbot: QtBot
) -> None:
    perform(Changes(message="A-0007 已派给 张懿明", undo=TICKET))
    bar = window.message_bar
    assert bar.isVisible()
    assert bar.accessibleName() == "A-0007 已派给 张懿明"
    assert 9_000 < bar.remaining < 11_000
    straw.answer = lambda command: Changes(message="已撤回")
    qtbot.mouseClick(bar.undo_button, Qt.MouseButton.LeftButton)
    settle()
    assert straw.commands[-1] == UndoFacts("f7", ("x1",))
    assert window.undo.tickets == ()


def test_the_bar_goes_when_its_time_is_over_but_ctrl_z_still_takes_back(
    perform: Perform, window: MainWindow, context: UiContext, straw: Any, settle: Settle, qtbot: QtBot
) -> None:
    window.message_bar.set_seconds(0)
    perform(Changes(message="已派", undo=EARLIER))
    perform(Changes(message="已派", undo=TICKET))
    qtbot.waitUntil(lambda: not window.message_bar.isVisible())
    straw.answer = lambda command: Changes(message="已撤回")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert straw.commands[-2:] == [UndoFacts("f7", ("x1",)), UndoFacts("f6", ("x0",))]


def test_nothing_to_take_back_is_said(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.message_bar.message is not None
    assert window.message_bar.message.text == "没有可撤回的操作"


def test_ctrl_z_in_an_empty_field_reaches_the_desk_and_in_a_typed_one_the_field(
    perform: Perform, window: MainWindow, context: UiContext, straw: Any, settle: Settle, qtbot: QtBot
) -> None:
    page = window.page_widget("desk")
    assert isinstance(page, Page)
    window.activateWindow()
    page.field.setFocus()
    qtbot.waitUntil(page.field.hasFocus)
    perform(Changes(undo=TICKET))
    qtbot.keyClicks(page.field, "nhds")
    qtbot.keyClick(page.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.field.text() == ""
    assert window.undo.tickets == (TICKET,)
    qtbot.keyClick(page.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert straw.commands[-1] == UndoFacts("f7", ("x1",))
    assert page.field.hasFocus()


def test_a_refusal_stays_with_its_remedy_and_takes_no_focus(
    window: MainWindow, context: UiContext, straw: Any, settle: Settle, qtbot: QtBot
) -> None:
    page = window.page_widget("desk")
    assert isinstance(page, Page)
    window.activateWindow()
    qtbot.waitUntil(page.field.hasFocus)
    straw.refuse("A-0007 已经到场", "在时间线上更正")
    context.executor.submit("depart", context.executor)
    settle()
    bar = window.message_bar
    assert bar.accessibleName() == "A-0007 已经到场　在时间线上更正"
    assert bar.remaining == -1
    assert page.field.hasFocus()
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert page.field.hasFocus()


def test_a_refusal_goes_with_the_next_thing_done(
    perform: Perform, window: MainWindow, context: UiContext, straw: Any, settle: Settle
) -> None:
    straw.refuse()
    context.executor.submit("depart", context.executor)
    settle()
    assert window.message_bar.isVisible()
    perform(Changes())
    assert not window.message_bar.isVisible()


def test_a_result_stays_while_silent_things_happen(
    perform: Perform, window: MainWindow, context: UiContext, straw: Any, settle: Settle
) -> None:
    perform(Changes(message="已登记 A-0008"))
    perform(Changes())
    assert window.message_bar.isVisible()


def test_the_bar_lies_inside_the_window_however_long_its_text(
    window: MainWindow, context: UiContext, qtbot: QtBot
) -> None:
    context.messages.note("很长的一句话" * 40, "再来一句" * 20)
    bar = window.message_bar
    area = window.centralWidget().rect()
    assert area.contains(bar.geometry())
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: window.centralWidget().rect().contains(bar.geometry()))


def test_the_bar_keeps_off_the_buttons_of_the_card_that_has_the_focus(
    window: MainWindow, context: UiContext, qtbot: QtBot
) -> None:
    page = window.page_widget(window.page)
    card = Card("登记", parent=page)
    buttons = [QPushButton(f"存 {number}", card) for number in range(6)]
    card.setGeometry(0, 0, page.width(), page.height())
    for place, button in enumerate(buttons):
        # All along the foot of a card as large as the page.
        button.setGeometry(page.width() // 6 * place, page.height() - 60, page.width() // 6 - 12, 40)
    card.show()
    context.messages.note("已登记 A-0008")
    bar = window.message_bar
    places = [QRect(button.mapTo(window.centralWidget(), QPoint()), button.size()) for button in buttons]
    assert any(bar.geometry().intersects(place) for place in places)
    buttons[0].setFocus()
    assert not any(bar.geometry().intersects(place) for place in places)
    assert window.centralWidget().rect().contains(bar.geometry())


@pytest.mark.parametrize(
    ("say", "level"),
    [
        (lambda messages: messages.note("提示"), Level.NOTE),
        (lambda messages: messages.danger("磁盘已满", "清理磁盘"), Level.DANGER),
    ],
)
def test_dangers_stay_and_notes_go(
    window: MainWindow, context: UiContext, say: Callable[[Any], None], level: Level
) -> None:
    say(context.messages)
    message = window.message_bar.message
    assert message is not None
    assert message.level is level
    assert (window.message_bar.remaining == -1) == (level is Level.DANGER)
    assert window.message_bar.undo_button.isHidden()


def test_how_long_the_bar_stays_is_a_setting(
    perform: Perform, window: MainWindow, context: UiContext, straw: Any, settle: Settle
) -> None:
    straw.queries.values["undo_seconds"] = "30"
    perform(Changes(settings=frozenset({"undo_seconds"})))
    context.messages.done("已派", TICKET)
    assert 28_000 < window.message_bar.remaining < 32_000


def test_ctrl_z_in_a_text_of_several_lines_follows_the_same_rule(
    perform: Perform, window: MainWindow, straw: Any, settle: Settle, qtbot: QtBot
) -> None:
    page = window.page_widget("desk")
    assert isinstance(page, Page)
    note = QPlainTextEdit()
    page.layout().addWidget(note)  # type: ignore[union-attr]
    note.show()
    window.activateWindow()
    note.setFocus()
    qtbot.waitUntil(note.hasFocus)
    perform(Changes(undo=TICKET))
    straw.answer = lambda command: Changes()
    qtbot.keyClicks(note, "abc")
    qtbot.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (note.toPlainText(), window.undo.tickets) == ("", (TICKET,))
    qtbot.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert straw.commands[-1] == UndoFacts("f7", ("x1",))


def test_a_ticket_is_taken_back_once(
    perform: Perform, window: MainWindow, straw: Any, settle: Settle
) -> None:
    perform(Changes(undo=TICKET))
    straw.answer = lambda command: Changes()
    window.undo.take_back(TICKET)
    window.undo.take_back(TICKET)
    settle()
    assert straw.commands.count(UndoFacts("f7", ("x1",))) == 1
