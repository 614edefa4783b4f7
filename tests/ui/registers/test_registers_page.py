"""A register on a real desk: entered by keyboard, refused by field, corrected, withdrawn, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.operations.history_rows import HistoryFilter
from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, RegisterFilter
from dispatch_app.operations.registers.entries import AddEntry, AmendEntry
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.registers.entry_form import REASON
from dispatch_app.ui.registers.offer_field import OfferField
from dispatch_app.ui.registers.register_list import RegisterList
from dispatch_app.ui.registers.registers_page import RegistersPage
from dispatch_app.ui.widgets.buttons import Button
from dispatch_app.ui.widgets.labels import Badge, Text
from tests.ui.pages.conftest import RealDay

SWITCH = {"label": "AN-0012", "kind": "交换机", "site": "市政府大楼机房", "state": "在用", "important": "否"}


def add(day: RealDay, **other: str) -> str:
    return day.desk.perform(AddEntry("devices", SWITCH | other)).created


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> RegistersPage:
    made = RegistersPage(day.context, "devices", ["devices"])
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.setFocus()
    day.settle()
    return made


def labels(page: RegistersPage) -> list[str]:
    place = [column.key for column in page.shown.model.columns].index("label")
    return [row.cells[place] for row in page.shown.model.rows]


def type_into(form_field: QWidget, text: str) -> None:
    if isinstance(form_field, QComboBox):
        form_field.setCurrentText(text)
    else:
        assert isinstance(form_field, QLineEdit)
        form_field.clear()
        # What an input method commits; QTest has no keys for it.
        form_field.insert(text)


def editor(shown: RegisterList, key: str) -> QWidget:
    return shown.form.fields[key].editor


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(Text) if one.isVisibleTo(widget)]


def button(widget: QWidget, words: str) -> Button:
    return next(one for one in widget.findChildren(Button) if one.words == words)


def test_an_empty_register_says_what_belongs_there_and_offers_to_begin(page: RegistersPage) -> None:
    empty = page.shown.empty
    assert empty.isVisible()
    assert empty.title.text() == "设备台账还是空的"
    empty.acted.emit()
    assert page.shown.form.isVisible()
    assert editor(page.shown, "label").hasFocus()


def test_each_entry_looked_at_stands_at_the_top_of_its_panel(page: RegistersPage, day: RealDay) -> None:
    wanted = [add(day, label=f"AN-00{number}") for number in range(12, 16)]
    page.shown.model.reload()
    day.settle()
    tops = set()
    for entry in wanted:
        page.shown.show_entry(entry)
        day.settle()
        head = next(one for one in page.shown.panel.findChildren(Text) if one.text().startswith("AN-00"))
        tops.add(head.mapTo(page.shown.panel, QPoint(0, 0)).y())
    assert len(tops) == 1


def test_an_entry_is_typed_by_keyboard_alone(page: RegistersPage, day: RealDay, qtbot: QtBot) -> None:
    QTest.keyClick(page.shown.filters.search, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    shown = page.shown
    QTest.keyClicks(editor(shown, "label"), "AN-0012")
    QTest.keyClick(editor(shown, "label"), Qt.Key.Key_Return)
    assert editor(shown, "kind").hasFocus()
    type_into(editor(shown, "kind"), "交换机")
    site = editor(shown, "site")
    assert isinstance(site, OfferField)
    site.setFocus()
    QTest.keyClicks(site, "szfdl")
    day.settle()
    assert site.offered == ["市政府大楼机房"]
    QTest.keyClick(site, Qt.Key.Key_Return)
    assert site.text() == "市政府大楼机房"
    QTest.keyClick(site, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    day.settle()
    assert labels(page) == ["AN-0012"]
    assert shown.panel.isVisible()
    assert "市政府大楼机房" in texts(shown.panel)


def test_a_refusal_stands_under_its_field_and_loses_nothing(page: RegistersPage, day: RealDay) -> None:
    add(day)
    page.shown.begin_entry()
    for key, text in (SWITCH | {"brand": "华为"}).items():
        type_into(editor(page.shown, key), text)
    page.shown.form.save()
    day.settle()
    field = page.shown.form.fields["label"]
    assert field.error == "标识号 AN-0012 已用在 A-SB0001。请核对，或先更正那一条"
    assert field.editor.hasFocus()
    assert page.shown.form.typed["brand"] == "华为"
    type_into(field.editor, "AN-0013")
    page.shown.form.save()
    day.settle()
    assert labels(page) == ["AN-0012", "AN-0013"]


def test_one_after_another_keeps_what_most_likely_comes_again(page: RegistersPage, day: RealDay) -> None:
    page.shown.begin_entry()
    for key, text in SWITCH.items():
        type_into(editor(page.shown, key), text)
    page.shown.form.save_and_go_on()
    day.settle()
    typed = page.shown.form.typed
    assert (typed["label"], typed["kind"], typed["site"]) == ("", "交换机", "市政府大楼机房")


def test_a_correction_shows_before_and_after_and_can_be_taken_back(page: RegistersPage, day: RealDay) -> None:
    applied: list[Applied] = []
    day.context.executor.applied.connect(applied.append)
    add(day, brand="H3C")
    page.shown.model.reload()
    day.settle()
    page.shown.correct()
    type_into(editor(page.shown, "brand"), "华为")
    page.shown.form.save()
    day.settle()
    assert page.shown.form.fields[REASON].error.startswith("没有写更正的原因")
    type_into(editor(page.shown, REASON), "看错")
    page.shown.form.save()
    day.settle()
    assert "品牌：H3C → 华为" in texts(page.shown.panel)
    undo = applied[-1].changes.undo
    assert undo is not None
    day.context.executor.submit(undo.command, page)
    day.settle()
    assert "更正（已撤回）" in texts(page.shown.panel)


def test_leaving_a_half_typed_form_is_not_done_by_accident(page: RegistersPage, day: RealDay) -> None:
    page.shown.begin_entry()
    type_into(editor(page.shown, "label"), "AN-1")
    page.shown.begin_entry()
    assert page.shown.form.typed["label"] == "AN-1"
    assert day.said[-1].text == "表单里还有没保存的内容"
    QTest.keyClick(page.shown.form, Qt.Key.Key_Escape)
    assert page.shown.panel.isVisibleTo(page)


def test_withdrawing_asks_why_and_the_entry_moves_to_its_own_view(page: RegistersPage, day: RealDay) -> None:
    add(day)
    page.shown.model.reload()
    day.settle()
    button(page.shown.panel, "作废").click()
    assert page.shown.panel.reason.hasFocus()
    page.shown.panel.reason.insert("重复")
    QTest.keyClick(page.shown.panel.reason, Qt.Key.Key_Return)
    day.settle()
    assert labels(page) == []
    page.shown.show_filter(RegisterFilter(view=WITHDRAWN_VIEW))
    day.settle()
    assert labels(page) == ["AN-0012"]
    assert [one.text() for one in page.shown.panel.findChildren(Badge)] == ["已作废"]
    button(page.shown.panel, "恢复")


def test_typing_in_the_list_filters_it_and_a_view_counts(page: RegistersPage, day: RealDay) -> None:
    add(day)
    add(day, label="AN-0020", state="故障", kind="路由器")
    page.shown._renew()
    day.settle()
    page.shown.table.setFocus()
    QTest.keyClicks(page.shown.table, "20")
    day.settle()
    assert labels(page) == ["AN-0020"]
    page.shown.filters.search.clear()
    assert page.shown.filters.views.button("faulty").text() == "故障 1"
    page.shown.filters.views.button("faulty").click()
    day.settle()
    assert labels(page) == ["AN-0020"]
    assert page.shown.count.text() == "共 1 台设备"


def test_an_entry_leads_to_the_faults_recorded_under_its_name(
    page: RegistersPage, day: RealDay, qtbot: QtBot
) -> None:
    add(day)
    fault = day.report_fault(device="AN-0012 交换机")
    page.shown._renew()
    day.settle()
    with qtbot.waitSignal(page.faults_wanted) as wanted:
        button(page.shown.panel, "故障 1").click()
    assert wanted.args == [HistoryFilter(only=(fault,), called="设备 AN-0012")]


def test_what_another_desk_changed_is_seen_at_once(page: RegistersPage, day: RealDay) -> None:
    entry_id = add(day)
    page.shown._renew()
    day.settle()
    day.context.executor.submit(AmendEntry(entry_id, 1, {"rack": "3 柜"}, "搬动"), page)
    day.settle()
    assert "机柜位置：（空） → 3 柜" in texts(page.shown.panel)


def test_an_entry_asked_for_elsewhere_is_shown_though_the_filter_hides_it(
    page: RegistersPage, day: RealDay
) -> None:
    add(day)
    other = add(day, label="AN-0020")
    page.show_register("devices", RegisterFilter("0012"), entry_id=other)
    day.settle()
    assert "AN-0020" in texts(page.shown.panel)


def test_entries_that_point_at_something_are_shown_with_a_way_back(page: RegistersPage, day: RealDay) -> None:
    add(day)
    add(day, label="AN-0020", site="市委大楼机房")
    page.show_register("devices", RegisterFilter(refers=("site", "shiwei")), "市委大楼机房")
    day.settle()
    assert labels(page) == ["AN-0020"]
    assert page.shown.filters.only.words == "只看 市委大楼机房 ✕"
    page.shown.filters.only.click()
    day.settle()
    assert labels(page) == ["AN-0012", "AN-0020"]
