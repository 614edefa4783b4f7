"""The selected fault: the next step, every other step by its key, its time, and what is asked first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from dispatch_app.contract.facts import CancelKind, Cancelled, FactKind, Noted, Procedure
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AmendFault
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.ui.bridge.messages import Message
from dispatch_app.ui.desk.detail_panel import DetailPanel
from dispatch_app.ui.desk.detail_questions import Questions
from tests.ui.conftest import FRIDAY
from tests.ui.desk.conftest import Hands, fact_of, last

Key = Qt.Key
Day = dict[str, str]
K = FactKind


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (Key.Key_R, K.ACKNOWLEDGED),
        (Key.Key_D, K.DEPARTED),
        (Key.Key_A, K.ARRIVED),
        (Key.Key_K, K.REPAIR_STARTED),
        (Key.Key_S, K.RESOLVED),
        (Key.Key_W, K.SPECIAL_REPORT_SUBMITTED),
    ],
)
def test_a_letter_records_its_step_now(day: Day, hands: Hands, desk: Desk, key: Key, kind: FactKind) -> None:
    hands.choose("禄脿")
    hands.press(key)
    recorded = last(hands, desk)
    assert (recorded.kind, recorded.at) == (kind, FRIDAY)


def test_the_large_button_names_the_next_step_and_space_takes_it(
    day: Day, hands: Hands, panel: DetailPanel
) -> None:
    hands.choose("宁湖")
    assert panel.steps.next.words == "到场"
    hands.press(Key.Key_Space)
    assert hands.chosen.stage is Stage.ARRIVED
    assert panel.steps.next.words == "现场确认"
    panel.steps.next.click()
    hands.settle()
    assert panel.questions.asked is panel.questions.procedure


def test_before_anybody_is_sent_the_large_button_sends_the_best(
    day: Day, hands: Hands, panel: DetailPanel
) -> None:
    hands.choose("市委")
    best = hands.page.parts.staff.best
    assert best is not None
    assert panel.steps.next.words == f"派给 {best.name}"
    hands.press(Key.Key_Space)
    assert [part.name for part in hands.chosen.engagements] == [best.name]


@pytest.mark.parametrize(
    ("typed", "moment"), [("-5", FRIDAY - 300), ("14:20", FRIDAY - 727), ("14:20:30", FRIDAY - 697)]
)
def test_a_step_takes_the_time_typed_and_both_times_show(
    day: Day, hands: Hands, desk: Desk, panel: DetailPanel, typed: str, moment: int
) -> None:
    hands.choose("宁湖")
    hands.press(Key.Key_Minus)
    assert hands.focus is panel.steps.time
    assert panel.steps.time.text() == "-"
    panel.steps.time.clear()
    hands.type(typed)
    hands.press(Key.Key_Return)
    recorded = last(hands, desk)
    assert (recorded.kind, recorded.at, recorded.recorded_at) == (K.ARRIVED, moment, FRIDAY)
    assert panel.steps.time.text() == ""
    assert hands.focus is hands.page.parts.queue
    lines = panel.timeline.lines
    assert lines.line(lines.rowCount() - 1).aside == "14:32:07 补记"


def test_another_step_can_take_the_time_typed(day: Day, hands: Hands, desk: Desk, panel: DetailPanel) -> None:
    hands.choose("宁湖")
    hands.press(Key.Key_Minus)
    hands.type("2")
    panel.steps.steps[K.REPAIR_STARTED].setFocus()
    hands.press(Key.Key_Return)
    assert (last(hands, desk).kind, last(hands, desk).at) == (K.REPAIR_STARTED, FRIDAY - 120)


@pytest.mark.parametrize(
    ("typed", "reason"), [("14:50", "还没有到"), ("14:00", "早于接报 14:04:46"), ("noon", "不是一个时间")]
)
def test_an_impossible_time_is_refused_in_place_and_stays_typed(
    day: Day, hands: Hands, panel: DetailPanel, typed: str, reason: str
) -> None:
    row = hands.choose("宁湖")
    panel.steps.time.setFocus()
    hands.type(typed)
    hands.press(Key.Key_Return)
    assert panel.error.isVisible()
    assert reason in panel.error.text()
    assert panel.steps.time.text() == typed
    assert hands.focus is panel.steps.time
    assert hands.page.queue.fault(row.id) == row
    hands.press(Key.Key_Backspace)
    assert not panel.error.isVisible()
    hands.press(Key.Key_Escape)
    assert panel.steps.time.text() == ""
    assert hands.focus is hands.page.parts.queue


def test_confirming_on_site_proposes_a_procedure_with_its_reason(
    day: Day, hands: Hands, desk: Desk, questions: Questions
) -> None:
    hands.choose("宁湖")
    hands.press(Key.Key_C)
    strip = questions.procedure
    assert questions.asked is strip
    assert strip.note.text().startswith("建议 常规：不是硬件故障")
    hands.press(Key.Key_Return)
    assert hands.chosen.procedure is Procedure.ROUTINE
    assert not questions.open
    assert hands.focus is hands.page.parts.queue


def test_the_warranty_of_the_device_that_was_scanned_proposes_the_procedure(
    day: Day, hands: Hands, desk: Desk, questions: Questions
) -> None:
    device = {"label": "AN-0012", "kind": "交换机", "site": "八街", "state": "在用", "important": "否"}
    desk.perform(AddEntry("devices", device | {"warranty_until": "2025-06-30"}))
    fault = next(one for site, one in day.items() if "宁湖" in site)
    for place, (field, value) in enumerate((("hardware", "1"), ("device", "an-0012 交换机"))):
        version = desk.queries.fault_rows([fault])[0].version
        desk.perform(AmendFault(fault, field, value, f"核对 {place}", version))
    hands.choose("宁湖")
    hands.press(Key.Key_C)
    strip = questions.procedure
    assert questions.asked is strip
    assert strip.note.text() == (
        "建议 厂家：设备台账 AN-0012：免费维保到 2025-06-30，走厂家免费维保（附一 二.1）"
    )


@pytest.mark.parametrize(
    ("key", "procedure"),
    [(Key.Key_1, "routine"), (Key.Key_2, "repair"), (Key.Key_3, "special_report"), (Key.Key_4, "warranty")],
)
def test_a_digit_decides_otherwise_and_sends_nobody(day: Day, hands: Hands, key: Key, procedure: str) -> None:
    before = hands.choose("宁湖").engagements
    hands.press(Key.Key_C)
    hands.press(key)
    assert hands.chosen.procedure == procedure
    assert [part.staff_id for part in hands.chosen.engagements] == [part.staff_id for part in before]


def test_a_digit_beyond_the_choices_and_other_letters_do_nothing(
    day: Day, hands: Hands, questions: Questions
) -> None:
    row = hands.choose("宁湖")
    hands.press(Key.Key_C)
    for key in (Key.Key_9, Key.Key_S, Key.Key_Space):
        hands.press(key)
    assert questions.asked is questions.procedure
    assert hands.page.queue.fault(row.id) == row
    questions.procedure.buttons["repair"].click()
    hands.settle()
    assert hands.chosen.procedure is Procedure.REPAIR


def test_confirming_takes_the_time_typed_before(day: Day, hands: Hands, desk: Desk) -> None:
    hands.choose("宁湖")
    hands.page.parts.detail.steps.time.setText("-3")
    hands.press(Key.Key_C)
    hands.press(Key.Key_1)
    assert last(hands, desk).at == FRIDAY - 180


def test_an_impossible_time_is_said_in_the_question_that_is_open(
    day: Day, hands: Hands, questions: Questions
) -> None:
    hands.choose("宁湖")
    hands.page.parts.detail.steps.time.setText("23:00")
    hands.press(Key.Key_C)
    hands.press(Key.Key_1)
    assert "还没有到" in questions.procedure.error.text()
    assert questions.open


def test_escape_leaves_a_question_without_a_trace(day: Day, hands: Hands, questions: Questions) -> None:
    row = hands.choose("宁湖")
    for key in (Key.Key_C, Key.Key_X, Key.Key_G, Key.Key_U, Key.Key_T, Key.Key_B, Key.Key_I, Key.Key_E):
        hands.press(key)
        assert questions.open
        hands.press(Key.Key_Escape)
        assert not questions.open
        assert hands.focus is hands.page.parts.queue
    assert hands.page.queue.fault(row.id) == row


def test_the_button_that_declines_is_not_taken_for_a_yes(
    day: Day, hands: Hands, questions: Questions
) -> None:
    row = hands.choose("宁湖")
    hands.press(Key.Key_U)
    questions.confirm.leave.setFocus()
    hands.press(Key.Key_Return)
    assert not questions.open
    assert hands.page.queue.fault(row.id) == row


def test_choosing_another_fault_closes_the_question(day: Day, hands: Hands, questions: Questions) -> None:
    hands.choose("宁湖")
    hands.press(Key.Key_X)
    hands.choose("市委")
    assert not questions.open


def test_archiving_is_never_one_key(day: Day, hands: Hands, desk: Desk, questions: Questions) -> None:
    row = hands.choose("宁湖")
    hands.press(Key.Key_S)
    hands.press(Key.Key_Space)
    assert questions.asked is questions.confirm
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Space)
    assert hands.page.queue.fault(row.id) is not None
    questions.confirm.remark.setFocus()
    hands.type("done")
    hands.press(Key.Key_Return)
    assert hands.page.queue.fault(row.id) is None
    assert fact_of(desk, row.id, K.CLOSED) == Noted("done")


def test_after_archiving_the_most_pressing_fault_is_selected_and_shown(
    day: Day, hands: Hands, panel: DetailPanel
) -> None:
    hands.choose("宁湖")
    for key in (Key.Key_S, Key.Key_G, Key.Key_Return):
        hands.press(key)
    assert hands.chosen.number == "A-0002"
    assert panel.title.text().startswith("A-0002")
    assert hands.focus is hands.page.parts.queue


def test_a_cancelled_fault_says_of_which_kind_it_was(day: Day, hands: Hands, desk: Desk) -> None:
    row = hands.choose("市委")
    hands.press(Key.Key_X)
    hands.press(Key.Key_Return)
    assert hands.page.queue.fault(row.id) is not None
    hands.press(Key.Key_3)
    assert hands.page.queue.fault(row.id) is not None
    hands.press(Key.Key_Return)
    assert hands.page.queue.fault(row.id) is None
    assert fact_of(desk, row.id, K.CANCELLED) == Cancelled(CancelKind.FALSE_ALARM)


def test_a_duplicate_names_the_fault_it_repeats(
    day: Day, hands: Hands, desk: Desk, questions: Questions
) -> None:
    row = hands.choose("市委")
    hands.press(Key.Key_X)
    hands.press(Key.Key_1)
    assert hands.focus is questions.cancel.of
    hands.press(Key.Key_Return)
    assert "没有写与哪件故障重复" in questions.cancel.error.text()
    hands.type("a-0006")
    hands.press(Key.Key_Return)
    assert fact_of(desk, row.id, K.CANCELLED) == Cancelled(CancelKind.DUPLICATE, "A-0006")


def test_out_of_scope_is_chosen_by_mouse_too(
    day: Day, hands: Hands, desk: Desk, questions: Questions
) -> None:
    row = hands.choose("市委")
    hands.press(Key.Key_X)
    questions.cancel.buttons["out_of_scope"].click()
    questions.cancel.remark.setText("private line")
    questions.cancel.yes.click()
    hands.settle()
    assert fact_of(desk, row.id, K.CANCELLED) == Cancelled(CancelKind.OUT_OF_SCOPE, note="private line")


def test_being_unreachable_in_an_emergency_says_its_price_first(
    day: Day, hands: Hands, desk: Desk, questions: Questions
) -> None:
    row = hands.choose("宁湖")
    hands.press(Key.Key_U)
    assert "九.1 计 2,000.00 元" in questions.confirm.note.text()
    questions.confirm.remark.setFocus()
    hands.type("Chen, 68686833")
    hands.press(Key.Key_Return)
    assert fact_of(desk, row.id, K.UNREACHABLE) == Noted("Chen, 68686833")
    hands.choose("市委")
    hands.press(Key.Key_U)
    assert "不计违约金" in questions.confirm.note.text()


def test_an_instruction_comes_with_its_document(
    day: Day, hands: Hands, desk: Desk, questions: Questions
) -> None:
    row = hands.choose("八街")
    hands.press(Key.Key_W)
    hands.press(Key.Key_Space)
    assert questions.confirm.document.isVisible()
    questions.confirm.remark.setText("replace")
    questions.confirm.document.setText("No 7")
    questions.confirm.yes.click()
    hands.settle()
    assert fact_of(desk, row.id, K.INSTRUCTION_RECEIVED) == Noted("replace", "No 7")


def test_the_large_button_opens_the_special_report(day: Day, hands: Hands, panel: DetailPanel) -> None:
    spy = QSignalSpy(hands.page.special_report_opened)
    hands.choose("八街")
    assert panel.steps.next.words == "写专报"
    hands.press(Key.Key_Space)
    assert spy.count() == 1
    assert spy.at(0)[0]


def test_reopening_starts_another_cycle(day: Day, hands: Hands, questions: Questions) -> None:
    hands.choose("宁湖")
    hands.press(Key.Key_S)
    hands.press(Key.Key_O)
    assert "重新起算" in questions.confirm.note.text()
    hands.press(Key.Key_Return)
    assert hands.chosen.cycle == 2
    assert hands.chosen.stage is Stage.REPORTED


def test_what_may_not_happen_now_is_refused_with_the_reason(
    day: Day, hands: Hands, questions: Questions
) -> None:
    hands.choose("宁湖")
    hands.press(Key.Key_O)
    hands.press(Key.Key_Return)
    assert "尚未结束" in questions.confirm.error.text()
    assert questions.open


# ── buttons ──


def test_steps_that_find_no_room_stand_in_the_menu(
    day: Day, hands: Hands, panel: DetailPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(panel.steps.menu, "popup", opened.append)
    hands.choose("宁湖")
    hands.press(Key.Key_M)
    assert len(opened) == 1
    entries = [action.text() for action in panel.steps.menu.actions() if action.text()]
    hidden = panel.steps.hidden_steps()
    assert K.CANCELLED in hidden
    assert "销单\tX" in entries
    assert "联系不上\tU" in entries
    assert "张懿明 撤出…" in entries
    assert entries[-1] == "打印派工单…\tL"
    shown = [kind for kind in panel.steps.steps if kind not in hidden]
    assert shown[0] is K.CONFIRMED


def test_the_menu_takes_a_step(day: Day, hands: Hands, panel: DetailPanel) -> None:
    hands.choose("宁湖")
    panel.steps.fill_menu()
    entry = next(action for action in panel.steps.menu.actions() if action.text() == "销单\tX")
    entry.trigger()
    assert panel.questions.asked is panel.questions.cancel
    again = next(action for action in panel.steps.menu.actions() if "撤出" in action.text())
    again.trigger()
    assert panel.questions.asked is panel.questions.release


def test_a_wide_panel_shows_more_of_the_steps(day: Day, hands: Hands, panel: DetailPanel) -> None:
    hands.choose("宁湖")
    few = len(panel.steps.hidden_steps())
    hands.page.parts.bottom.setSizes([1100, 40])
    hands.settle()
    assert len(panel.steps.hidden_steps()) < few


def test_the_heading_names_the_clock_that_binds(day: Day, hands: Hands, panel: DetailPanel) -> None:
    hands.choose("市委")
    assert panel.trailing.text() == "二.3 响应 20 分，已过 10 %"
    hands.choose("禄脿")
    assert panel.trailing.text().endswith("已超 20 分")
    hands.choose("野外")
    assert panel.trailing.text() == "无时限"


def test_why_a_clock_stands_as_it_does_opens_under_it_and_stays_open(
    day: Day, hands: Hands, panel: DetailPanel
) -> None:
    hands.choose("市委")
    assert panel.clocks.why(0) == ""
    panel.clocks.lines[0].click()
    assert "接报起算" in panel.clocks.why(0)
    hands.press(Key.Key_2)
    assert panel.clocks.why(0)
    hands.choose("宁湖")
    assert panel.clocks.why(0) == ""


def test_messages_are_left_to_the_window(day: Day, hands: Hands, said: list[Message]) -> None:
    hands.choose("宁湖")
    said.clear()
    hands.press(Key.Key_A)
    assert said == []


def test_a_refusal_of_two_lines_is_whole_on_a_low_screen(day: Day, hands: Hands, panel: DetailPanel) -> None:
    hands.page.resize(1524, 844)
    hands.choose("草铺")
    hands.press(Key.Key_S)
    hands.tick(300)
    hands.press(Key.Key_C)
    hands.press(Key.Key_1)
    strip = panel.questions.asked
    assert strip is not None
    assert "故障已于" in strip.error.text()
    hands.settle()
    assert strip.error.height() >= strip.error.heightForWidth(strip.error.width())
    assert strip.error.y() >= strip.row.geometry().bottom()
    assert strip.error.geometry().bottom() <= strip.height()
    hands.press(Key.Key_Escape)
    assert panel.clocks.isVisible()
