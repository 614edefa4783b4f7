"""接报: the stamp, the site, what is kept, what is refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from dispatch_app.contract.facts import Source
from dispatch_app.operations.calls import KeepDraft
from dispatch_app.operations.desk import Desk
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.desk.intake_card import IntakeCard
from dispatch_app.ui.desk.intake_form import IntakeForm
from tests.ui.conftest import FRIDAY, StillClock
from tests.ui.desk.conftest import Hands, PaperMap

Key = Qt.Key
Day = dict[str, str]
Control = Qt.KeyboardModifier.ControlModifier
Shift = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def card(hands: Hands) -> IntakeCard:
    return hands.page.parts.intake.card


@pytest.fixture
def form(card: IntakeCard) -> IntakeForm:
    return card.form


def test_f2_opens_the_card_with_the_moment_as_its_stamp_and_the_caret_in_the_site(
    hands: Hands, card: IntakeCard
) -> None:
    assert not card.open
    hands.press(Key.Key_F2)
    assert card.open
    assert card.answered_at == FRIDAY
    assert card.form.answered.text() == "14:32:07"
    assert hands.focus is card.form.site


def test_f2_again_keeps_the_stamp_and_brings_the_caret_back(hands: Hands, card: IntakeCard) -> None:
    hands.press(Key.Key_F2)
    card.form.caller.setFocus()
    hands.tick(30)
    hands.press(Key.Key_F2)
    assert card.answered_at == FRIDAY
    assert hands.focus is card.form.site


def test_a_site_is_found_by_initials_and_taken_with_enter(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    offered = form.site.list
    assert offered.isVisible()
    assert offered.marked is not None
    assert offered.marked.name == "宁湖大厦一机房"
    hands.press(Key.Key_Down)
    assert offered.marked.name == "宁湖大厦二机房"
    hands.press(Key.Key_Down)
    assert offered.marked.name == "宁湖大厦一机房"
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Return)
    assert form.site.text() == "宁湖大厦二机房"
    assert not offered.isVisible()
    assert hands.focus is form.symptom


@pytest.mark.parametrize("typed", ["宁湖", "ninghu", "二机"])
def test_composed_chinese_and_full_pinyin_find_it_too(hands: Hands, form: IntakeForm, typed: str) -> None:
    hands.press(Key.Key_F2)
    hands.type(typed)
    hands.press(Key.Key_Tab)
    assert form.site.site is not None
    assert "宁湖大厦" in form.site.site.name


def test_letters_still_with_the_input_method_already_show_sites(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_F2)
    QApplication.sendEvent(form.site, QInputMethodEvent("nh'ds", []))
    hands.settle()
    assert form.site.list.isVisible()
    assert hints(form) & Qt.InputMethodHint.ImhPreferLatin


def hints(form: IntakeForm) -> Qt.InputMethodHint:
    return form.site.inputMethodHints()


def test_a_site_typed_faster_than_the_answer_is_taken_when_it_comes(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_F2)
    form.site.setText("nhds")
    assert not form.site.settle()
    hands.settle()
    assert form.site.text() == "宁湖大厦一机房"


def test_changing_the_text_lets_the_site_go(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    form.site.setFocus()
    hands.press(Key.Key_Backspace)
    assert form.site.site is None
    hands.press(Key.Key_Escape)
    assert not form.site.list.isVisible()
    assert hands.page.parts.intake.card.open


def test_an_unknown_site_is_said_at_the_field(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_F2)
    hands.type("zzzz")
    hands.press(Key.Key_Return)
    assert form.errors["site"].text() == "没有叫「zzzz」的站点或设备标识，请换个字或拼音首字母"
    assert form.site.property("wrong") is True


def test_a_click_takes_a_site(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    offered = form.site.list
    offered.view.clicked.emit(offered.sites.index(1))
    assert form.site.text() == "宁湖大厦二机房"


def test_what_is_in_hand_at_the_site_is_shown_and_leads_to_it(
    day: Day, hands: Hands, form: IntakeForm
) -> None:
    hands.choose("八街")
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    (button,) = form.open_faults.buttons
    assert button.words.startswith("A-0006")
    button.click()
    hands.settle()
    assert hands.chosen.site_name == "宁湖大厦一机房"
    assert form.site.text() == "宁湖大厦一机房"


def test_everything_typed_goes_into_the_report(hands: Hands, form: IntakeForm, desk: Desk) -> None:
    hands.press(Key.Key_F2)
    hands.type("bj")
    hands.press(Key.Key_Return)
    hands.type("UPS alarm")
    hands.press(Key.Key_Return)
    assert hands.focus is form.room
    hands.type("302")
    hands.press(Key.Key_Return)
    hands.type("UPS-1")
    form.line.setFocus()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert hands.focus is form.callback
    for typed in ("68699125", "Chen", "Office"):
        hands.type(typed)
        hands.press(Key.Key_Return)
    form.source.button("unit").click()
    form.emergency.click()
    form.hardware.click()
    hands.press(Key.Key_Return, Control)
    detail = desk.queries.fault_detail(hands.chosen.id)
    row = detail.row
    assert (row.site_name, row.symptom, row.emergency, row.source) == (
        "八街街道办事处节点", "UPS alarm", True, Source.UNIT,
    )  # fmt: skip
    assert (detail.room, detail.device, detail.callback, detail.caller, detail.unit) == (
        "302", "UPS-1", "68699125", "Chen", "Office",
    )  # fmt: skip
    assert detail.hardware
    assert detail.line == form.line.itemText(1)
    assert row.reported_at == FRIDAY


def test_registering_closes_the_card_selects_the_row_and_drops_the_draft(
    hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    hands.press(Key.Key_F2)
    assert len(desk.queries.drafts()) == 1
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.type("down")
    hands.press(Key.Key_Return, Control)
    assert not card.open
    assert hands.chosen.symptom == "down"
    assert hands.focus is hands.page.parts.queue
    assert desk.queries.drafts() == ()


def test_the_caret_stays_away_from_the_queue_when_it_was_elsewhere(hands: Hands, card: IntakeCard) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.type("down")
    elsewhere = next(iter(hands.page.parts.staff.cards.values())).call
    elsewhere.setFocus()
    card.register()
    hands.settle()
    assert hands.focus is elsewhere


@pytest.mark.parametrize(("typed", "seconds"), [("-5", -300), ("14:05", -1627), ("14:32:07", 0), ("", 0)])
def test_the_stamp_can_be_set_back(
    hands: Hands, form: IntakeForm, card: IntakeCard, typed: str, seconds: int
) -> None:
    hands.press(Key.Key_F2)
    form.answered.setFocus()
    form.answered.clear()
    hands.type(typed)
    hands.press(Key.Key_Return)
    assert card.answered_at == FRIDAY + seconds
    assert form.answered.text() == ("14:05:00" if typed == "14:05" else form.answered.text())
    form.site.setFocus()
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.type("down")
    hands.press(Key.Key_Return, Control)
    assert hands.chosen.reported_at == FRIDAY + seconds


@pytest.mark.parametrize(("typed", "reason"), [("15:00", "还没有到"), ("soon", "不是一个时间")])
def test_an_impossible_stamp_is_refused_at_its_field_and_nothing_is_lost(
    hands: Hands, form: IntakeForm, card: IntakeCard, typed: str, reason: str
) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.type("down")
    form.answered.setFocus()
    form.answered.clear()
    hands.type(typed)
    hands.press(Key.Key_Return, Control)
    assert reason in form.errors["answered_at"].text()
    assert card.open
    assert (form.answered.text(), form.symptom.toPlainText()) == (typed, "down")
    assert hands.focus is form.answered
    assert hands.page.queue.rowCount() == 0


def test_a_missing_site_and_a_missing_symptom_are_asked_for_in_turn(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Return, Control)
    assert form.errors["site"].text().startswith("还没有站点")
    hands.type("nhds")
    assert not form.errors["site"].isVisible()
    hands.press(Key.Key_Return, Control)
    assert form.errors["symptom"].text().startswith("还没有现象")
    assert hands.focus is form.symptom
    hands.press(Key.Key_Return, Control)
    hands.type("down")
    hands.press(Key.Key_Return, Control)
    assert hands.page.queue.rowCount() == 1


def test_half_a_site_is_asked_for_by_what_was_typed(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_F2)
    hands.type("qqqq")
    hands.press(Key.Key_Return, Control)
    assert form.errors["site"].text().startswith("「qqqq」还没有对上站点")


def test_registering_twice_at_once_makes_one_fault(hands: Hands, card: IntakeCard) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.type("down")
    card.register()
    assert card.save.words == "登记中…"
    card.register()
    card.leave()
    card.park()
    hands.settle()
    assert hands.page.queue.rowCount() == 1
    assert card.save.words == "登记"


def test_what_is_typed_is_kept_at_every_pause(hands: Hands, card: IntakeCard, desk: Desk) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.type("half a sen")
    assert card._keeping.isActive()
    card._keeping.timeout.emit()
    hands.settle()
    (draft,) = desk.queries.drafts()
    assert draft.fields["symptom"] == "half a sen"
    assert draft.fields["site_text"] == "宁湖大厦一机房"
    assert (draft.answered_at, draft.parked) == (FRIDAY, False)


def test_a_half_typed_stamp_does_not_spoil_what_is_kept(hands: Hands, card: IntakeCard, desk: Desk) -> None:
    hands.press(Key.Key_F2)
    card.form.answered.setFocus()
    card.form.answered.setText("14:")
    card._keeping.timeout.emit()
    hands.settle()
    assert desk.queries.drafts()[0].answered_at == FRIDAY


def test_a_call_left_by_a_crash_comes_back_without_taking_the_focus(
    hands: Hands, desk: Desk, context: UiContext, qtbot: object, clock: StillClock
) -> None:
    site = desk.queries.find_sites("nhds")[0]
    fields = {
        "site": site.id,
        "site_text": site.name,
        "symptom": "lost",
        "emergency": "1",
        "source": "patrol",
    }
    desk.perform(KeepDraft("d1", FRIDAY - 90_000, False, fields))
    desk.perform(KeepDraft("d2", FRIDAY - 60, True, {"caller": "Chen"}))
    page = DeskPage(context, map_factory=PaperMap)
    qtbot.addWidget(page)  # type: ignore[attr-defined]
    again = Hands(hands._qtbot, context, page)
    again.settle()
    form = page.parts.intake.card.form
    assert (form.site.site, form.symptom.toPlainText()) == (site, "lost")
    assert (form.emergency.isChecked(), form.source.value) == (True, "patrol")
    assert form.answered.text() == "昨 13:32:07"
    assert page.parts.intake.card.answered_at == FRIDAY - 90_000
    assert [draft.id for draft in page.parts.intake.card.parked.drafts] == ["d2"]
    assert hands.focus is hands.page.parts.queue
    page.parts.intake.card.register()
    again.settle()
    assert page.queue.faults[0].reported_at == FRIDAY - 90_000


def test_shift_f2_parks_the_call_and_opens_another_with_its_own_stamp(
    hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.tick(45)
    hands.press(Key.Key_F2, Shift)
    assert card.answered_at == FRIDAY + 45
    assert card.form.site.text() == ""
    (parked,) = card.parked.calls.values()
    assert parked.resume.words == "宁湖大厦一机房\n14:32:07 接听"
    assert card.parked.title.text() == "等候来电 1"
    assert sorted(draft.parked for draft in desk.queries.drafts()) == [False, True]


def test_a_parked_call_is_taken_up_again_and_the_open_one_parked(hands: Hands, card: IntakeCard) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.tick(45)
    hands.press(Key.Key_F2, Shift)
    (parked,) = card.parked.calls.values()
    parked.resume.click()
    hands.settle()
    assert (card.answered_at, card.form.site.text()) == (FRIDAY, "宁湖大厦一机房")
    assert [draft.answered_at for draft in card.parked.drafts] == [FRIDAY + 45]
    card.resume("nobody")
    assert card.answered_at == FRIDAY


def test_dropping_a_parked_call_takes_two_clicks(hands: Hands, card: IntakeCard, desk: Desk) -> None:
    hands.press(Key.Key_F2)
    hands.type("x")
    card.park()
    hands.settle()
    (parked,) = card.parked.calls.values()
    parked.drop.click()
    hands.settle()
    assert len(desk.queries.drafts()) == 1
    assert parked.drop.toolTip().startswith("再点一次")
    parked.drop.click()
    hands.settle()
    assert desk.queries.drafts() == ()
    assert not card.parked.isVisible()


def test_escape_drops_an_empty_card_and_parks_one_with_anything_in_it(
    hands: Hands, card: IntakeCard, desk: Desk
) -> None:
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Escape)
    assert not card.open
    assert desk.queries.drafts() == ()
    assert hands.focus is hands.page.parts.queue
    hands.press(Key.Key_F2)
    card.form.caller.setFocus()
    hands.type("Chen")
    hands.press(Key.Key_Escape)
    assert not card.open
    assert [draft.fields["caller"] for draft in card.parked.drafts] == ["Chen"]


def test_keys_pressed_in_the_card_never_reach_the_desk(day: Day, hands: Hands, card: IntakeCard) -> None:
    row = hands.choose("市委")
    hands.press(Key.Key_F2)
    for widget in (card.form.emergency, card.form.source.button("client"), card.form.line, card.save):
        widget.setFocus()
        hands.press(Key.Key_1)
        hands.press(Key.Key_X)
    assert not hands.page.queue.fault(row.id).engagements  # type: ignore[union-attr]
    assert not hands.page.parts.detail.questions.open


def test_enter_on_a_tick_moves_on_and_on_the_button_registers(hands: Hands, card: IntakeCard) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.type("down")
    card.form.emergency.setFocus()
    hands.press(Key.Key_Return)
    assert hands.focus is card.form.hardware
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return)
    assert hands.focus is card.save
    hands.press(Key.Key_Return)
    assert hands.page.queue.rowCount() == 1


def test_shift_enter_makes_a_new_line_in_the_symptom(hands: Hands, form: IntakeForm) -> None:
    hands.press(Key.Key_F2)
    form.symptom.setFocus()
    hands.type("one")
    hands.press(Key.Key_Return, Shift)
    hands.type("two")
    assert form.symptom.toPlainText().replace("\u2028", "\n") == "one\ntwo"


def test_a_refusal_of_the_desk_stands_at_the_foot_when_no_field_is_to_blame(
    hands: Hands, form: IntakeForm
) -> None:
    hands.press(Key.Key_F2)
    form.show_error("nowhere", "磁盘已满")
    assert form.errors[""].isVisible()
    form.go_to("nowhere")
    assert hands.focus is form.site
    hands.type("n")
    assert not form.errors[""].isVisible()
