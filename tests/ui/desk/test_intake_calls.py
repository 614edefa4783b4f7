"""Calls that are no fault, another caller of the same one, and joining a group as the call is taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dispatch_app.contract.calls import CallKind
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.ui.bridge.messages import Message
from dispatch_app.ui.desk.intake_card import IntakeCard
from dispatch_app.ui.desk.timeline_model import lines_of
from tests.ui.conftest import FRIDAY
from tests.ui.desk.conftest import Hands

# The offscreen platform says so of every menu.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard")

Key = Qt.Key
Day = dict[str, str]
Control = Qt.KeyboardModifier.ControlModifier
Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def card(hands: Hands) -> IntakeCard:
    return hands.page.parts.intake.card


def take_site(hands: Hands, letters: str) -> None:
    hands.press(Key.Key_F2)
    hands.type(letters)
    hands.press(Key.Key_Return)


def choose(hands: Hands, card: IntakeCard, digit: Qt.Key) -> None:
    """F4 and a digit, as pressed."""
    hands.press(Key.Key_F4)
    assert card.menu.isVisible()
    QTest.keyClick(card.menu, digit)
    hands.settle()


@pytest.mark.parametrize(
    ("digit", "kind"),
    [
        (Key.Key_1, CallKind.WRONG_NUMBER),
        (Key.Key_2, CallKind.ENQUIRY),
        (Key.Key_3, CallKind.CHASE),
        (Key.Key_4, CallKind.COMPLAINT),
        (Key.Key_5, CallKind.OUT_OF_SCOPE),
    ],
)
def test_a_digit_closes_a_call_that_is_no_fault_and_keeps_it(
    hands: Hands, card: IntakeCard, desk: Desk, digit: Qt.Key, kind: CallKind
) -> None:
    hands.press(Key.Key_F2)
    choose(hands, card, digit)
    assert not card.open
    assert hands.focus is hands.page.parts.queue
    (row,) = desk.queries.calls_today()
    assert (row.kind, row.answered_at) == (kind, FRIDAY)
    assert hands.page.queue.rowCount() == 0
    assert desk.queries.drafts() == ()


def test_all_that_was_typed_stays_in_the_record(hands: Hands, card: IntakeCard, desk: Desk) -> None:
    hands.press(Key.Key_F2)
    hands.type("zz")
    for editor, typed in ((card.form.caller, "Chen"), (card.form.symptom, "asks"), (card.form.room, "302")):
        editor.setFocus()
        hands.type(typed)
    choose(hands, card, Key.Key_2)
    (row,) = desk.queries.calls_today()
    assert (row.caller, row.note, row.site_name) == ("Chen", "asks，zz，302", "")


def test_a_chase_of_the_fault_in_hand_stands_in_its_time_line(
    day: Day, hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    hands.choose("宁湖")
    take_site(hands, "nhds")
    card.form.caller.setFocus()
    hands.type("Chen")
    choose(hands, card, Key.Key_3)
    detail = hands.page.parts.detail.detail
    assert detail is not None
    line = next(line for line in lines_of(detail, FRIDAY) if line.title == "催办")
    assert (line.time, line.note) == ("14:32:07", "Chen")
    assert len(desk.queries.queue()) == 6


def test_with_two_faults_in_hand_the_menu_asks_which(
    day: Day, hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    site = desk.queries.find_sites("nhds")[0]
    second = desk.perform(RegisterFault(FRIDAY, site.id, "R&D 断网")).created
    take_site(hands, "nhds")
    hands.press(Key.Key_F4)
    chase, complaint = card.menu.choices
    assert complaint.actions()[-1].text() == "&0　不指哪一件"
    named = [action for action in chase.actions() if "R&&D" in action.text()]
    card.menu.hide()
    named[0].trigger()
    hands.settle()
    assert [row.kind for row in desk.queries.fault_detail(second).calls] == [CallKind.CHASE]


def test_f6_adds_a_caller_to_the_fault_in_hand_and_says_so(
    day: Day, hands: Hands, card: IntakeCard, desk: Desk, said: list[Message]
) -> None:
    ninghu = day["宁湖大厦一机房"]
    before = desk.queries.fault_rows([ninghu])
    take_site(hands, "nhds")
    assert card.form.open_faults.same[0].accessibleName() == "同一故障 A-0006"
    hands.press(Key.Key_F6)
    assert not card.open
    assert len(desk.queries.queue()) == 6
    assert desk.queries.fault_rows([ninghu]) == before
    assert [row.kind for row in desk.queries.fault_detail(ninghu).calls] == [CallKind.SAME_FAULT]


def test_f6_means_nothing_where_nothing_is_in_hand(hands: Hands, card: IntakeCard, desk: Desk) -> None:
    take_site(hands, "nhds")
    hands.press(Key.Key_F6)
    assert card.open
    assert desk.queries.calls_today() == ()


def test_a_record_with_an_impossible_stamp_is_refused_and_nothing_is_lost(
    hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    hands.press(Key.Key_F2)
    card.form.answered.setText("soon")
    choose(hands, card, Key.Key_1)
    assert card.open
    assert "不是一个时间" in card.form.errors["answered_at"].text()
    assert hands.focus is card.form.answered
    assert desk.queries.calls_today() == ()


def test_without_a_call_open_nothing_is_recorded(hands: Hands, card: IntakeCard, desk: Desk) -> None:
    card.menu.chosen.emit((CallKind.ENQUIRY, ""))
    card.ask_no_fault()
    hands.settle()
    assert not card.menu.isVisible()
    assert desk.queries.calls_today() == ()


def test_todays_calls_are_listed_and_the_last_is_taken_back(
    hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    hands.press(Key.Key_F2)
    choose(hands, card, Key.Key_1)
    hands.tick(60)
    hands.press(Key.Key_F2)
    card.form.answered.setText("-2")
    choose(hands, card, Key.Key_2)
    card.today.click()
    hands.settle()
    shown = card.calls
    assert shown.isVisible()
    assert [shown.list.item(row).text() for row in range(2)] == ["14:32　误拨", "14:31　咨询　14:33 补记"]
    assert "咨询" in shown.withdraw.toolTip()
    shown.withdraw.click()
    hands.settle()
    assert [row.kind for row in desk.queries.calls_today()] == [CallKind.WRONG_NUMBER]
    assert shown.list.count() == 1
    shown.withdraw.click()
    hands.settle()
    assert not shown.withdraw.isEnabled()
    assert "今天还没有" in shown.note.text()
    shown.shut.click()
    assert not shown.isVisible()


def test_a_call_of_the_same_cause_joins_as_it_is_registered(
    day: Day, hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    take_site(hands, "xianjie")
    group = card.form.group
    place = next(place for place in range(group.count()) if "A-0007" in group.itemText(place))
    group.setFocus()
    group.setCurrentIndex(place)
    group.activated.emit(place)
    card.form.symptom.setFocus()
    hands.press(Key.Key_1, Alt)
    hands.press(Key.Key_Return, Control)
    assert (hands.chosen.group, hands.chosen.group_size) == ("A-0007", 2)
    assert hands.chosen.symptom == "专网不通"


def test_a_site_reported_again_is_pointed_out_with_its_last_symptom(
    day: Day, hands: Hands, card: IntakeCard
) -> None:
    take_site(hands, "nhds")
    assert card.form.history.isVisible()
    assert card.form.history.text().startswith("30 天内已报 1 次，上次 2024-11-22 A-0006 核心交换")
    card.form.site.setFocus()
    hands.press(Key.Key_Backspace)
    assert not card.form.history.isVisible()


def test_the_second_fault_at_the_site_has_its_button_and_a_slow_desk_takes_the_call_once(
    day: Day, hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    site = desk.queries.find_sites("nhds")[0]
    second = desk.perform(RegisterFault(FRIDAY, site.id, "断网")).created
    take_site(hands, "nhds")
    same = card.form.open_faults.same[[fault[0] for fault in card.form.open_faults.faults].index(second)]
    same.click()
    same.click()
    card.ask_no_fault()
    assert not card.menu.isVisible()
    hands.settle()
    assert len(desk.queries.fault_detail(second).calls) == 1


def test_an_action_chosen_again_asks_about_the_site_of_the_present_call(
    day: Day, hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    desk.perform(RegisterFault(FRIDAY, desk.queries.find_sites("nhds")[0].id, "断网"))
    take_site(hands, "nhds")
    hands.press(Key.Key_F4)
    card.menu.hide()
    assert len(card.menu.choices) == 2
    hands.press(Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    hands.press(Key.Key_F4)
    card.menu.hide()
    assert card.menu.choices == []


def test_the_calls_of_the_night_are_one_click_or_two_keys_away(
    hands: Hands, card: IntakeCard, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(card.night_asked):
        card.night.click()
    hands.press(Key.Key_F2)
    assert not card.night.isVisible()
    hands.press(Key.Key_F4)
    with qtbot.waitSignal(card.night_asked):
        QTest.keyClick(card.menu, Key.Key_9)
    assert card.open
