"""The page of the 专报, on a real desk: begun, written, refused by name, submitted, answered, printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.operations.rows import SpecialReportRow
from dispatch_app.operations.special_reports import DraftSpecialReport, EditSpecialReport
from dispatch_app.ui.desk.when import FORMS
from dispatch_app.ui.pages.special_reports import NOT_BEGUN, NOTHING_CHOSEN, WRITING, SpecialReportsPage
from dispatch_app.ui.pages.special_reports_keeper import PAUSE_MS
from tests.ui.pages.conftest import RealDay
from tests.ui.printing.papers import PaperTray

FILLED = {
    "device": "核心交换机",
    "model": "S7706",
    "parameters": "双电源",
    "estimate": "12800",
    "cause": "市电波动",
    "advice": "更换",
    "signer": "朱红成",
}


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> SpecialReportsPage:
    made = SpecialReportsPage(day.context)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    day.settle()
    return made


def write(page: SpecialReportsPage, name: str, text: str) -> None:
    """Type into a field as a person does."""
    editor = page.form.editor(name)
    editor.setFocus()
    if hasattr(editor, "setPlainText"):
        editor.setPlainText(text)
    else:
        editor.setText(text)
        editor.textEdited.emit(text)


def fill_in(page: SpecialReportsPage) -> None:
    for name, text in FILLED.items():
        write(page, name, text)


def report(day: RealDay) -> SpecialReportRow:
    (row,) = day.desk.queries.special_reports()
    return row


def begin(page: SpecialReportsPage, day: RealDay) -> str:
    fault_id = day.confirmed_fault()
    page.open_for_fault(fault_id)
    day.settle()
    return fault_id


def shown(page: SpecialReportsPage) -> int:
    return page._middle.currentIndex()


def test_without_reports_the_page_says_where_they_come_from(page: SpecialReportsPage) -> None:
    assert page._empty_list.isVisible()
    assert "专报程序" in page._empty_list.hint.text()
    assert shown(page) == NOTHING_CHOSEN


def test_a_confirmed_fault_without_a_report_is_listed_and_begun_with_one_click(
    page: SpecialReportsPage, day: RealDay
) -> None:
    day.confirmed_fault()
    page.reload()
    day.settle()
    assert [item.status for item in page.model.items] == ["missing"]
    assert shown(page) == NOT_BEGUN
    assert "A-0001 宁湖大厦一机房" in page.begin.title.text()
    page.begin.action.click()
    day.settle()
    assert report(day).status == "draft"
    assert shown(page) == WRITING
    assert page.form.text("device") == "核心交换机"


def test_the_desk_opens_the_report_of_a_fault_with_the_keyboard_in_it(
    page: SpecialReportsPage, day: RealDay
) -> None:
    begin(page, day)
    assert page.form.editor("model").hasFocus() or page.focusWidget() is page.form.editor("model")


def test_a_fault_that_may_have_none_is_refused_with_a_remedy(page: SpecialReportsPage, day: RealDay) -> None:
    refused: list[object] = []
    day.context.executor.refused.connect(refused.append)
    page.open_for_fault(day.report_fault())
    day.settle()
    assert len(refused) == 1
    assert "专报程序" in refused[0].error.remedy  # type: ignore[attr-defined]


def test_what_is_typed_is_kept_after_a_pause_without_being_asked(
    page: SpecialReportsPage, day: RealDay, qtbot: QtBot
) -> None:
    begin(page, day)
    write(page, "model", "S7706")
    assert page.form.state.text() == "正在保存"
    qtbot.waitUntil(lambda: report(day).model == "S7706", timeout=PAUSE_MS * 10)
    day.settle()
    assert page.form.state.text() == "已保存"


def test_the_save_key_keeps_it_at_once(page: SpecialReportsPage, day: RealDay, qtbot: QtBot) -> None:
    begin(page, day)
    page.activateWindow()
    write(page, "cause", "市电波动")
    qtbot.keyClick(page.form.editor("cause"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    day.settle()
    assert report(day).cause == "市电波动"


def test_leaving_the_page_keeps_it_too(page: SpecialReportsPage, day: RealDay) -> None:
    begin(page, day)
    write(page, "advice", "更换电源")
    page.hide()
    day.settle()
    assert report(day).advice == "更换电源"


def test_choosing_another_report_keeps_the_former(page: SpecialReportsPage, day: RealDay) -> None:
    begin(page, day)
    day.confirmed_fault("bajie")
    page.reload()
    day.settle()
    write(page, "advice", "更换电源")
    assert page.list.choose(next(item.key for item in page.model.items if item.status == "missing"))
    day.settle()
    assert report(day).advice == "更换电源"
    assert shown(page) == NOT_BEGUN


def test_typing_goes_on_while_others_change_things(page: SpecialReportsPage, day: RealDay) -> None:
    begin(page, day)
    write(page, "cause", "写到一")
    other = day.report_fault("bajie")
    page._context.executor.submit(DraftSpecialReport(day.confirmed_fault("shiwei")), day.context.messages)
    day.settle()
    assert page.form.text("cause") == "写到一"
    assert other


def test_the_sum_stands_in_words_under_its_field(page: SpecialReportsPage, day: RealDay) -> None:
    begin(page, day)
    write(page, "estimate", "12,800.50")
    assert page.form.fields["estimate"].note.text() == "壹万贰仟捌佰元伍角"
    write(page, "estimate", "")
    assert not page.form.fields["estimate"].note.isVisible()


def test_a_sum_that_is_none_is_said_at_its_field_and_the_rest_is_kept(
    page: SpecialReportsPage, day: RealDay
) -> None:
    begin(page, day)
    write(page, "estimate", "300")
    write(page, "estimate", "三百")
    write(page, "model", "S7706")
    page.keeper.flush()
    day.settle()
    assert "12800.50" in page.form.fields["estimate"].error
    assert page.form.state.text() == "已保存，预估价格除外"
    assert (report(day).model, report(day).estimate) == ("S7706", Decimal("300.00"))
    page.submit()
    assert "预估价格" in day.said[-1].text


def test_submitting_names_what_is_missing_at_the_field_and_in_one_line(
    page: SpecialReportsPage, day: RealDay, qtbot: QtBot
) -> None:
    begin(page, day)
    page.form.submit_button.click()
    day.settle()
    assert day.said[-1].text == "专报还缺：型号、预估价格、技术参数、故障原因、处理建议"
    marked = {name for name, field in page.form.fields.items() if field.error}
    assert marked == {"model", "estimate", "parameters", "cause", "advice"}
    assert report(day).status == "draft"
    write(page, "model", "S7706")
    assert not page.form.fields["model"].error
    assert page.form.fields["cause"].error


def test_ctrl_enter_submits_what_was_just_typed(page: SpecialReportsPage, day: RealDay, qtbot: QtBot) -> None:
    fault_id = begin(page, day)
    page.activateWindow()
    fill_in(page)
    qtbot.keyClick(page.form.editor("advice"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    day.settle()
    row = report(day)
    assert (row.status, row.number, row.advice) == ("submitted", "〔2024〕1号", "更换")
    (fault,) = day.desk.queries.fault_rows([fault_id])
    assert fault.next_move is FactKind.INSTRUCTION_RECEIVED


def test_a_submitted_report_can_only_be_read_and_shows_its_issued_bytes(
    page: SpecialReportsPage, day: RealDay, tray: PaperTray
) -> None:
    begin(page, day)
    assert page.paper_bar.document is None
    fill_in(page)
    page.submit()
    day.settle()
    assert page.form.editor("cause").isReadOnly()
    assert not page.form.submit_button.isVisible()
    (document,) = day.documents("special_report")
    assert page.preview.pdf == day.desk.queries.document_pdf(document.id)
    assert page.paper_bar.document == document
    page.paper_bar.print_now()
    day.settle()
    ((job, _queue),) = tray.sent
    assert job.pdf == page.preview.pdf
    page.submit()
    day.settle()
    assert len(day.documents("special_report")) == 1


def test_the_draft_on_the_right_follows_what_is_written(page: SpecialReportsPage, day: RealDay) -> None:
    begin(page, day)
    before = page.preview.pdf
    assert before
    write(page, "cause", "市电波动")
    page.keeper.flush()
    day.settle()
    assert page.preview.pdf != before


def test_a_character_no_font_has_is_refused_by_name_where_the_paper_stood(
    page: SpecialReportsPage, day: RealDay
) -> None:
    begin(page, day)
    write(page, "cause", "坏了 \U0001f4a5")
    page.keeper.flush()
    day.settle()
    assert page.preview.pdf == b""
    assert "\U0001f4a5" in page.preview._empty.title.text()


def test_out_of_sight_the_list_is_read_when_it_is_looked_at_again(
    page: SpecialReportsPage, day: RealDay
) -> None:
    page.hide()
    fault_id = day.confirmed_fault()
    page._context.executor.submit(DraftSpecialReport(fault_id), day.context.messages)
    day.settle()
    assert not page.model.items
    page.show()
    day.settle()
    assert [item.status for item in page.model.items] == ["draft"]


def test_the_two_hours_stand_large_and_run(page: SpecialReportsPage, day: RealDay) -> None:
    begin(page, day)
    assert page.clock.figure == "2:00:00"
    assert page.clock.due == "应于 16:32 前上报（二.4）"
    day.pass_time(3600)
    assert page.clock.figure == "1:00:00"
    day.pass_time(3601)
    assert page.clock.figure == "+00:01"
    assert "+00:01" in page.model.index(0).data(int(Qt.ItemDataRole.AccessibleTextRole))


def test_out_of_sight_no_second_is_painted(page: SpecialReportsPage, day: RealDay) -> None:
    begin(page, day)
    page.hide()
    told: list[object] = []
    page.model.dataChanged.connect(lambda *changed: told.append(changed))
    day.pass_time(5)
    assert not told
    assert page.clock.figure == "2:00:00"


def submitted(page: SpecialReportsPage, day: RealDay) -> None:
    begin(page, day)
    fill_in(page)
    page.submit()
    day.settle()


def test_the_answer_of_the_bureau_is_recorded_with_its_document(
    page: SpecialReportsPage, day: RealDay, qtbot: QtBot
) -> None:
    submitted(page, day)
    day.pass_time(3600)
    page.instruction.words.setPlainText("同意更换")
    page.instruction.document.setText("安工信〔2024〕8号")
    page.instruction.at.setText("-5")
    page.instruction.button.click()
    day.settle()
    row = report(day)
    assert (row.status, row.instruction, row.instruction_document) == (
        "instructed",
        "同意更换",
        "安工信〔2024〕8号",
    )
    assert row.instructed_at == day.clock.moment - 300
    assert page.instruction.words.isReadOnly()
    assert not page.instruction.button.isVisible()
    assert "收到批示" in page.instruction._given.text()


@pytest.mark.parametrize(
    ("words", "at", "field"),
    [("", "", "instruction"), ("同意", "明天", "at"), ("同意", "08:00", "at")],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field(
    page: SpecialReportsPage, day: RealDay, words: str, at: str, field: str
) -> None:
    submitted(page, day)
    page.instruction.words.setPlainText(words)
    page.instruction.at.setText(at)
    page.instruction.button.click()
    day.settle()
    assert {name for name, one in page.instruction.fields.items() if one.error} == {field}
    assert report(day).status == "submitted"
    assert page.instruction.at.toolTip() == FORMS


def test_a_half_typed_answer_outlives_a_new_reading(page: SpecialReportsPage, day: RealDay) -> None:
    submitted(page, day)
    page.instruction.words.setPlainText("同意")
    page.reload()
    day.settle()
    assert page.instruction.words.toPlainText() == "同意"


def test_somebody_elses_save_is_refused_and_the_next_one_holds(
    page: SpecialReportsPage, day: RealDay
) -> None:
    begin(page, day)
    row = report(day)
    write(page, "model", "甲")
    others = EditSpecialReport(row.id, row.version, "核心交换机", "乙", "", "", "", "", "", "朱红成")
    day.desk.perform(others)
    page.keeper.flush()
    day.settle()
    assert page.form.state.text() == "没有保存"
    assert day.said[-1].text == "这份专报已被更新"
    page.keeper.flush()
    day.settle()
    assert report(day).model == "甲"
    assert page.form.state.text() == "已保存"


def test_reports_stand_by_the_time_they_have_left_and_the_submitted_last(
    page: SpecialReportsPage, day: RealDay
) -> None:
    submitted(page, day)
    day.pass_time(600)
    late = day.confirmed_fault("bajie")
    day.pass_time(600)
    later = day.confirmed_fault("shiwei")
    page.open_for_fault(later)
    day.settle()
    assert [(item.fault_id, item.status) for item in page.model.items][:2] == [
        (late, "missing"),
        (later, "draft"),
    ]
    assert page.model.items[2].status == "submitted"
    assert page._list_card.trailing.text() == "待上报 2"


def test_a_fault_opened_again_needs_a_report_of_its_own(page: SpecialReportsPage, day: RealDay) -> None:
    submitted(page, day)
    fault_id = page.model.items[0].fault_id
    for kind in (FactKind.RESOLVED, FactKind.REOPENED):
        day.pass_time(60)
        day.milestone(fault_id, kind)
    day.pass_time(60)
    day.milestone(fault_id, FactKind.CONFIRMED, Procedure.SPECIAL_REPORT)
    page.reload()
    day.settle()
    assert [item.status for item in page.model.items] == ["missing", "submitted"]


def test_the_list_passes_qts_model_tester(page: SpecialReportsPage, day: RealDay) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    begin(page, day)
    day.confirmed_fault("bajie")
    page.reload()
    day.settle()
    page.reload()
    day.settle()
    day.pass_time(5)
    model: QAbstractItemModel = tester.model()
    assert model.rowCount() == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_paints_in_both_themes(page: SpecialReportsPage, day: RealDay, theme: str) -> None:
    begin(page, day)
    before = page.grab().toImage()
    day.context.themes.choose("dark")
    dark = page.grab().toImage()
    assert dark != before
    if theme == "light":
        day.context.themes.choose("light")
        assert page.grab().toImage().pixelColor(8, 300) == before.pixelColor(8, 300)


def test_the_last_save_of_all_comes_back_to_nobody(page: SpecialReportsPage, day: RealDay) -> None:
    begin(page, day)
    row_id = report(day).id
    told: list[object] = []
    day.context.executor.applied.connect(told.append)
    write(page, "model", "S7706")
    page.hide()
    day.context.executor.close()
    assert not told
    assert day.desk.queries.special_report(row_id).model == "S7706"
