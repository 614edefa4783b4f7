"""Who called before, and phrases for the symptom: by keyboard, and never taken unasked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.intake_form import IntakeForm
from tests.ui.conftest import FRIDAY
from tests.ui.desk.conftest import Hands

Key = Qt.Key
Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def form(hands: Hands, desk: Desk) -> IntakeForm:
    """A call being taken; two people have called before."""
    for site, caller, unit, number in (
        ("bajie", "段主任", "八街街道", "6860 0001"),
        ("shiwei", "段小姐", "督查室", "6860 0002"),
    ):
        desk.perform(RegisterFault(FRIDAY, site, "断网", caller=caller, unit=unit, callback=number))
    hands.press(Key.Key_F2)
    return hands.page.parts.intake.card.form


def filled(form: IntakeForm) -> tuple[str, str, str]:
    return (form.caller.text(), form.unit.text(), form.callback.text())


def test_a_caller_typed_by_initials_is_taken_with_two_keys_and_fills_three_fields(
    hands: Hands, form: IntakeForm
) -> None:
    form.caller.setFocus()
    hands.type("dxj")
    assert form.callers.list.isVisible()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert filled(form) == ("段小姐", "督查室", "6860 0002")
    assert not form.callers.list.isVisible()
    assert hands.focus is form.caller


def test_who_called_about_the_site_is_one_key_away(hands: Hands, form: IntakeForm) -> None:
    hands.type("bj")
    hands.press(Key.Key_Tab)
    form.callback.setFocus()
    hands.press(Key.Key_Down)
    assert form.callers.list.marked == 0
    hands.press(Key.Key_Return)
    assert filled(form) == ("段主任", "八街街道", "6860 0001")


def test_enter_after_a_new_name_never_puts_an_old_one_in_its_place(hands: Hands, form: IntakeForm) -> None:
    form.caller.setFocus()
    hands.type("d")
    hands.press(Key.Key_Return)
    assert form.caller.text() == "d"
    assert hands.focus is form.unit
    assert not form.callers.list.isVisible()


def test_the_list_goes_round_and_escape_closes_it_but_not_the_card(hands: Hands, form: IntakeForm) -> None:
    form.unit.setFocus()
    hands.type("6860")
    offered = form.callers.list
    hands.press(Key.Key_Up)
    assert offered.marked == 1
    hands.press(Key.Key_Down)
    assert offered.marked == 0
    hands.press(Key.Key_Escape)
    assert not offered.isVisible()
    assert hands.page.parts.intake.card.open
    form.unit.clear()
    hands.type("6")
    hands.press(Key.Key_Backspace)
    assert not offered.isVisible()
    hands.press(Key.Key_Down)
    assert not offered.isVisible()
    offered.step(1)
    assert offered.marked == -1


def test_a_click_takes_a_caller(hands: Hands, form: IntakeForm) -> None:
    form.caller.setFocus()
    hands.type("6860")
    offered = form.callers.list
    offered.view.clicked.emit(offered.texts.index(1))
    assert form.caller.text() in ("段主任", "段小姐")


def test_an_answer_for_a_field_that_was_left_is_not_shown(
    hands: Hands, form: IntakeForm, context: UiContext
) -> None:
    form.caller.setFocus()
    form.caller.textEdited.emit("d")
    form.site.setFocus()
    hands.settle()
    assert not form.callers.list.isVisible()


def test_one_key_puts_a_phrase_in_wherever_the_caret_is(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_3, Alt)
    assert form.symptom.toPlainText() == "光缆中断"
    assert hands.focus is form.symptom
    hands.press(Key.Key_2, Alt)
    assert form.symptom.toPlainText() == "光缆中断全部断网"


def test_phrases_are_offered_while_the_symptom_is_empty(hands: Hands, form: IntakeForm) -> None:
    offered = form.phrases.list
    assert not offered.isVisible()
    form.symptom.setFocus()
    assert offered.texts.stringList()[0] == "Alt+1　专网不通"
    assert offered.isVisible()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Return)
    assert form.symptom.toPlainText() == "专网不通"
    assert not offered.isVisible()
    form.symptom.clear()
    assert offered.isVisible()
    hands.press(Key.Key_Escape)
    assert not offered.isVisible()
    assert hands.page.parts.intake.card.open
    form.symptom.clearFocus()
    form.symptom.setFocus()
    hands.press(Key.Key_Return)
    assert form.symptom.toPlainText() == ""
    assert hands.focus is form.room


def test_phrases_make_room_for_the_candidates_of_an_input_method(hands: Hands, form: IntakeForm) -> None:
    form.symptom.setFocus()
    QApplication.sendEvent(form.symptom, QInputMethodEvent("duan", []))
    assert not form.phrases.list.isVisible()


def test_a_shorter_list_of_phrases_leaves_the_other_keys_without_meaning(
    hands: Hands, form: IntakeForm, desk: Desk
) -> None:
    desk.perform(ChangeSetting("phrases", "黑屏"))
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_F2)
    hands.press(Key.Key_2, Alt)
    assert form.symptom.toPlainText() == ""
    hands.press(Key.Key_1, Alt)
    assert form.symptom.toPlainText() == "黑屏"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_lists_follow_the_theme(hands: Hands, form: IntakeForm, context: UiContext, theme: str) -> None:
    form.symptom.setFocus()
    context.themes.choose("light" if theme == "dark" else "dark")
    before = form.phrases.list.grab().toImage().pixelColor(20, 20)
    context.themes.choose(theme)
    assert form.phrases.list.grab().toImage().pixelColor(20, 20) != before
