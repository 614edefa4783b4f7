"""回电: promised on the card, listed with its figure, kept by one button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from dispatch_app.contract.calls import CallKind
from dispatch_app.operations.alarm_ladder import Rung
from dispatch_app.operations.call_records import RecordCall
from dispatch_app.operations.desk import Desk
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.intake_card import IntakeCard
from dispatch_app.ui.desk.promise_card import PromiseCard
from dispatch_app.ui.undo import Undo
from tests.ui.conftest import FRIDAY
from tests.ui.desk.conftest import SMALL, Hands

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def card(hands: Hands) -> IntakeCard:
    return hands.page.parts.intake.card


@pytest.fixture
def owed(hands: Hands) -> PromiseCard:
    return hands.page.parts.intake.promises


def promise(hands: Hands, card: IntakeCard, typed: str, number: str = "68600001") -> None:
    """A call with a promise, registered."""
    hands.press(Key.Key_F2)
    hands.type("bj")
    hands.press(Key.Key_Return)
    hands.type("down")
    for editor, text in (
        (card.form.caller, "Chen"),
        (card.form.callback, number),
        (card.form.promise, typed),
    ):
        editor.setFocus()
        hands.type(text)
    hands.press(Key.Key_Return, Control)


def test_a_promise_is_listed_with_its_figure_and_kept(
    hands: Hands, card: IntakeCard, owed: PromiseCard, desk: Desk
) -> None:
    assert not owed.isVisible()
    promise(hands, card, "+20")
    (line,) = owed.lines
    assert owed.isVisible()
    assert owed.title.text() == "回电 1"
    assert (line.number.text(), line.figure.text()) == ("68600001", "20:00")
    assert line.about.text().startswith("Chen　A-0001 八街")
    hands.tick(1201)
    assert line.figure.text() == "超 00:01"
    hands.press(Key.Key_F7)
    assert hands.focus is line.done
    line.done.click()
    hands.settle()
    assert desk.queries.promises() == ()
    assert not owed.isVisible()


def test_undo_takes_back_a_promise_ticked_off_and_then_a_call_noted_before_it(
    hands: Hands, card: IntakeCard, owed: PromiseCard, desk: Desk, context: UiContext
) -> None:
    undo = Undo(context.executor, context.messages, hands.page)
    promise(hands, card, "+20")
    context.executor.submit(RecordCall(CallKind.ENQUIRY, context.ticker.now), hands.page)
    hands.settle()
    owed.lines[0].done.click()
    hands.settle()
    assert not owed.isVisible()
    undo.take_back_last()
    hands.settle()
    assert [line.number.text() for line in owed.lines] == ["68600001"]
    assert len(desk.queries.calls_today()) == 1
    undo.take_back_last()
    hands.settle()
    assert desk.queries.calls_today() == ()
    assert undo.tickets == ()


def test_the_one_due_first_stands_on_top(hands: Hands, card: IntakeCard, owed: PromiseCard) -> None:
    promise(hands, card, "15:30", "2")
    promise(hands, card, "+20", "1")
    assert [line.number.text() for line in owed.lines] == ["1", "2"]


def test_twenty_minutes_are_counted_from_when_they_were_typed(
    hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    hands.press(Key.Key_F2)
    card.form.promise.setFocus()
    hands.type("+20")
    hands.press(Key.Key_Return)
    assert card.form.promise.text() == "14:52:07"
    hands.tick(60)
    card.form.callback.setFocus()
    hands.type("1")
    card.form.promise.setFocus()
    hands.press(Key.Key_Return)
    assert card.form.promise.text() == "14:52:07"


@pytest.mark.parametrize(
    ("typed", "number", "field", "reason"),
    [("later", "1", "promise", "不是一个时间"), ("+20", " ", "callback", "还没有回电号码")],
)
def test_a_promise_nobody_can_keep_is_refused_at_its_field(
    hands: Hands, card: IntakeCard, desk: Desk, typed: str, number: str, field: str, reason: str
) -> None:
    promise(hands, card, typed, number)
    assert card.open
    assert reason in card.form.errors[field].text()
    assert hands.focus is (card.form.promise if field == "promise" else card.form.callback)
    assert desk.queries.queue() == ()


def test_an_unreadable_promise_is_said_as_soon_as_its_field_is_left(hands: Hands, card: IntakeCard) -> None:
    hands.press(Key.Key_F2)
    card.form.promise.setFocus()
    hands.type("20")
    hands.press(Key.Key_Return)
    assert card.form.errors["promise"].isVisible()


def test_a_promise_half_made_waits_with_its_call(hands: Hands, card: IntakeCard) -> None:
    promise(hands, card, "+20")
    hands.press(Key.Key_F2)
    card.form.promise.setFocus()
    hands.type("+30")
    group = card.form.group
    group.setCurrentIndex(1)
    group.activated.emit(1)
    hands.press(Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert (card.form.promise.text(), card.form.values["group"]) == ("", "")
    next(iter(card.parked.calls.values())).resume.click()
    hands.settle()
    assert card.form.promise.text() == "15:02:07"
    assert card.form.group.currentText().startswith("并入 A-0001")
    assert card.answered_at == FRIDAY


def test_on_a_small_screen_the_button_counts_and_f7_brings_the_list_up_and_away(
    hands: Hands, card: IntakeCard, owed: PromiseCard
) -> None:
    promise(hands, card, "+20")
    parts = hands.page.parts
    hands.page.resize(*SMALL)
    hands.settle()
    assert parts.fold.words == "接报（F7 回电 1）"
    assert not owed.isVisible()
    hands.press(Key.Key_F7)
    assert owed.isVisible()
    assert hands.focus is owed.lines[0].done
    hands.press(Key.Key_F7)
    assert not owed.isVisible()
    hands.press(Key.Key_F7)
    owed.lines[0].done.click()
    hands.settle()
    assert not parts.intake.isVisible()
    assert parts.fold.words == "接报"


def test_f7_does_nothing_where_nobody_waits(hands: Hands, owed: PromiseCard) -> None:
    before = hands.focus
    hands.press(Key.Key_F7)
    assert hands.focus is before
    owed.go_to_first()
    assert hands.focus is before


def test_a_promise_about_to_be_broken_rings_like_a_clock_and_stands_until_somebody_rang_back(
    hands: Hands, card: IntakeCard, owed: PromiseCard
) -> None:
    heard: list[Rung] = []
    hands.page.alarms._play = heard.append
    promise(hands, card, "+10")
    hands.tick(6 * 60)
    assert heard == []
    hands.tick(60)
    assert heard == [Rung.LAST_CALL]
    strip = hands.page.alarms.strip
    assert any("回电" in line.name.words for line in strip.lines if line.alarm is not None)

    owed.lines[0].done.click()
    hands.settle()
    hands.tick(60)
    assert not any("回电" in line.name.words for line in strip.lines if line.alarm is not None)
