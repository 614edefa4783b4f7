"""故障原因: offered when a fault is resolved, said by one key, never in the way, changed later by choice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from dispatch_app.contract.facts import FactKind
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.words import FAULT_CAUSES
from dispatch_app.ui.desk.detail_cause import CAUSE_KEYS
from dispatch_app.ui.desk.detail_panel import DetailPanel
from dispatch_app.ui.desk.detail_questions import Questions
from tests.ui.desk.conftest import SMALL, Hands, read

Key = Qt.Key
Day = dict[str, str]


@pytest.fixture
def resolved(day: Day, hands: Hands) -> str:
    """A fault that has just been resolved by its key; its id."""
    row = hands.choose("宁湖")
    hands.press(Key.Key_S)
    return row.id


@pytest.mark.parametrize(("key", "code"), CAUSE_KEYS.items())
def test_one_key_says_it(
    resolved: str, hands: Hands, desk: Desk, questions: Questions, key: str, code: str
) -> None:
    assert questions.asked is questions.cause
    assert hands.focus is questions.cause
    assert "A-0006 已解决" in questions.cause.title.text()
    hands.press(Key(ord(key)))
    assert read(hands, desk, resolved).cause == code
    assert not questions.open
    assert hands.focus is hands.page.parts.queue


def test_a_click_says_it_and_the_details_show_it(
    resolved: str, hands: Hands, desk: Desk, questions: Questions, panel: DetailPanel
) -> None:
    questions.cause.buttons["power"].click()
    hands.settle()
    assert read(hands, desk, resolved).cause == "power"
    lines = [panel.timeline.lines.line(place) for place in range(panel.timeline.lines.rowCount())]
    assert lines[0].note.endswith("原因 供电")
    assert "故障原因：空 改为 供电：补充" in [line.note for line in lines]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Escape])
def test_nobody_has_to_say_it(
    resolved: str, hands: Hands, desk: Desk, questions: Questions, key: Qt.Key
) -> None:
    hands.press(key)
    assert not questions.open
    assert hands.focus is hands.page.parts.queue
    assert read(hands, desk, resolved).cause == ""


def test_enter_on_a_button_means_that_button(
    resolved: str, hands: Hands, desk: Desk, questions: Questions
) -> None:
    questions.cause.buttons["line"].setFocus()
    hands.press(Key.Key_Return)
    assert read(hands, desk, resolved).cause == "line"


def test_a_click_puts_it_off(resolved: str, hands: Hands, questions: Questions) -> None:
    questions.cause.later.click()
    assert not questions.open
    assert hands.focus is hands.page.parts.queue


def test_the_next_key_of_the_desk_goes_on_without_an_answer(
    resolved: str, hands: Hands, desk: Desk, questions: Questions
) -> None:
    hands.press(Key.Key_Space)
    assert questions.asked is questions.confirm
    hands.press(Key.Key_Return)
    assert desk.queries.fault_detail(resolved).row.stage is Stage.CLOSED


def test_the_arrows_go_on_in_the_queue(resolved: str, hands: Hands, questions: Questions) -> None:
    hands.press(Key.Key_Up)
    assert not questions.open
    assert hands.chosen.id != resolved


def test_a_key_held_down_and_one_that_means_nothing_answer_nothing(
    resolved: str, hands: Hands, questions: Questions
) -> None:
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_3, Qt.KeyboardModifier.NoModifier, "3", True)
    QApplication.sendEvent(hands.focus, held)
    hands.press(Key.Key_Z)
    hands.press(Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert questions.asked is questions.cause


def test_it_is_not_asked_twice_nor_after_another_step(
    resolved: str, hands: Hands, questions: Questions
) -> None:
    hands.press(Key.Key_1)
    hands.press(Key.Key_O)
    hands.press(Key.Key_Return)
    assert hands.chosen.cycle == 2
    assert not questions.open
    hands.press(Key.Key_S)
    assert not questions.open


def test_it_never_takes_the_caret_from_a_call(
    day: Day, hands: Hands, questions: Questions, panel: DetailPanel
) -> None:
    hands.choose("宁湖")
    hands.press(Key.Key_F2)
    form = hands.page.parts.intake.card.form
    form.site.setFocus()
    panel.take_step(FactKind.RESOLVED)
    hands.settle()
    assert questions.asked is questions.cause
    assert hands.focus is form.site


def test_it_is_said_and_changed_later_by_choice_and_never_in_free_words(
    day: Day, hands: Hands, desk: Desk, questions: Questions
) -> None:
    row = hands.choose("市委")
    strip = questions.amend
    for code, reason in (("settings", ""), ("", "查错了")):
        hands.press(Key.Key_I)
        strip.field.setCurrentIndex(strip.field.findData("cause"))
        shown = [strip.codes.itemText(place) for place in range(strip.codes.count())]
        assert shown == ["未说明", *FAULT_CAUSES.values()]
        strip.codes.setCurrentIndex(strip.codes.findData(code))
        if reason:
            strip.save.click()
            hands.settle()
            assert "没有写更正故障原因的原因" in strip.error.text()
            strip.reason.setText(reason)
        strip.save.click()
        hands.settle()
        assert read(hands, desk, row.id).cause == code
    hands.press(Key.Key_I)
    strip.field.setCurrentIndex(strip.field.findData("cause"))
    assert strip.codes.currentText() == "未说明"


@pytest.mark.parametrize("size", [SMALL, (1524, 844)])
def test_every_cause_can_be_clicked_on_a_small_screen(
    day: Day, hands: Hands, questions: Questions, size: tuple[int, int]
) -> None:
    hands.page.resize(*size)
    hands.choose("宁湖")
    hands.settle()
    width = hands.page.parts.detail.width()
    hands.press(Key.Key_S)
    hands.settle()
    strip = questions.cause
    assert hands.page.parts.detail.width() == width
    for button in (*strip.buttons.values(), strip.later):
        corner = button.mapTo(strip, button.rect().bottomRight())
        assert strip.rect().contains(corner), button.text()
        assert not button.visibleRegion().isEmpty(), button.text()
