"""A window that grows and shrinks: who makes room for whom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.desk.conftest import SMALL, WIDE, Hands

Key = Qt.Key
Day = dict[str, str]


def test_everybody_is_in_sight_again_when_the_window_grows(day: Day, hands: Hands, qtbot: QtBot) -> None:
    staff = hands.page.parts.staff
    hands.page.resize(*SMALL)
    hands.settle()
    hands.page.resize(*WIDE)
    hands.settle()
    last = staff.cards[staff.shown_order[-1]]
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())


def test_on_a_very_small_screen_people_make_room_for_a_call(day: Day, hands: Hands) -> None:
    parts = hands.page.parts
    # As in a window, which may be smaller than what the page would like to have.
    hands.page.setMinimumSize(800, 500)
    hands.page.resize(1016, 558)
    hands.settle()
    assert parts.people.isVisible()
    hands.press(Key.Key_F2)
    assert parts.intake.isVisible()
    assert not parts.people.isVisible()
    hands.press(Key.Key_Escape)
    assert parts.people.isVisible()
    hands.press(Key.Key_F2)
    hands.page.resize(*SMALL)
    hands.settle()
    assert parts.people.isVisible()
