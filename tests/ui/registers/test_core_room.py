"""登记簿 on a real desk: who is inside, a visit typed again with one key, papers chosen over themselves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from dispatch_app.operations.register_pages import PAGES
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.registers.inside_strip import NOBODY, InsideStrip
from dispatch_app.ui.registers.offer_field import OfferField
from dispatch_app.ui.registers.registers_page import RegistersPage
from dispatch_app.ui.registers.room_paper_panel import EVERY_ROOM, RoomPaperPanel
from tests.operations.registers.test_changes_approval import CHANGE
from tests.operations.registers.test_media import STICK
from tests.operations.registers.test_visits import VISIT
from tests.ui.pages.conftest import RealDay
from tests.ui.registers.test_registers_page import button, editor, type_into

DAY_S = 86_400


def enter(day: RealDay, **other: str) -> str:
    return day.desk.perform(AddEntry("visits", VISIT | other)).created


def leave(day: RealDay, entry_id: str) -> None:
    day.context.executor.submit(ActOnEntry(entry_id, 1, "leave", {"left": "现在"}), day.context.executor)
    day.settle()


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> RegistersPage:
    made = RegistersPage(day.context, "registers", PAGES["registers"])
    qtbot.addWidget(made)
    made.resize(1280, 700)
    return made


def show(page: RegistersPage, day: RealDay, key: str = "visits") -> None:
    page.show()
    page.show_register(key)
    page.setFocus()
    day.settle()
    day.settle()


def strip(page: RegistersPage) -> InsideStrip:
    return page.shown.findChildren(InsideStrip)[0]


def panel(page: RegistersPage, kind: DocumentKind) -> RoomPaperPanel:
    return next(one for one in page.findChildren(RoomPaperPanel) if one.objectName() == kind.value)


# ── who is inside ──


def test_an_empty_room_says_so(page: RegistersPage, day: RealDay) -> None:
    show(page, day)
    assert strip(page).count.text() == NOBODY
    assert strip(page).visitors == []


def test_everyone_inside_stands_over_the_list_until_leaving(page: RegistersPage, day: RealDay) -> None:
    entry_id = enter(day)
    enter(day, visitor="李工", people="1")
    show(page, day)
    assert strip(page).count.text() == "现在在室内 3 人"
    assert [one.text() for one in strip(page).visitors] == [
        "王建国 等 2 人 · 宁湖大厦二机房 · 14:32 进入",
        "李工 · 宁湖大厦二机房 · 14:32 进入",
    ]
    leave(day, entry_id)
    day.settle()
    assert strip(page).count.text() == "现在在室内 1 人"
    assert len(strip(page).visitors) == 1


def test_a_click_on_a_visitor_begins_the_leaving(page: RegistersPage, day: RealDay) -> None:
    entry_id = enter(day)
    enter(day, visitor="李工")
    show(page, day)
    strip(page).visitors[0].click()
    day.settle()
    detail = page.shown.panel.detail
    assert detail is not None
    assert detail.row.entry_id == entry_id
    left = editor(page.shown, "left")
    assert left.hasFocus()
    QTest.keyClick(left, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    day.settle()
    assert [row.visitor for row in day.desk.queries.visitors_inside()] == ["李工"]


def test_a_leaving_is_never_begun_for_another_entry(page: RegistersPage, day: RealDay) -> None:
    enter(day)
    other = enter(day, visitor="李工")
    show(page, day)
    strip(page).visitors[0].click()
    page.shown.show_entry(other)
    day.settle()
    assert page.shown.panel.isVisible()
    assert page.shown.panel.detail is not None
    assert page.shown.panel.detail.row.entry_id == other


def test_a_click_on_a_visitor_takes_no_half_typed_form_away(page: RegistersPage, day: RealDay) -> None:
    enter(day)
    show(page, day)
    page.shown.begin_entry()
    type_into(editor(page.shown, "unit"), "昆明供电局")
    strip(page).visitors[0].click()
    day.settle()
    assert page.shown.form.typed["unit"] == "昆明供电局"
    assert day.said[-1].text == "表单里还有没保存的内容"


def test_at_midnight_whoever_is_there_has_stayed_overnight(page: RegistersPage, day: RealDay) -> None:
    enter(day)
    show(page, day)
    day.pass_time(60)
    day.settle()
    assert strip(page).visitors[0].property("pressing") is False
    day.pass_time(DAY_S)
    day.settle()
    assert strip(page).visitors[0].property("pressing") is True


def test_whoever_stayed_overnight_is_said_to(page: RegistersPage, day: RealDay) -> None:
    enter(day)
    day.clock.moment += DAY_S
    show(page, day)
    (visitor,) = strip(page).visitors
    assert visitor.text() == "王建国 等 2 人 · 宁湖大厦二机房 · 11-22 14:32 进入，隔天未离开"
    assert visitor.property("pressing") is True


def test_an_entry_elsewhere_leaves_the_strip_alone(page: RegistersPage, day: RealDay) -> None:
    show(page, day)
    day.context.executor.submit(AddEntry("media", STICK), page)
    day.settle()
    assert strip(page).count.text() == NOBODY


# ── the last visit again ──


def type_visitor(page: RegistersPage, day: RealDay, name: str) -> QLineEdit:
    page.shown.begin_entry()
    field = editor(page.shown, "visitor")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, name)
    day.settle()
    QTest.keyClick(field, Qt.Key.Key_Return)
    day.settle()
    assert field.text() == name
    return field


def test_who_was_here_before_is_written_again_with_one_key(page: RegistersPage, day: RealDay) -> None:
    leave(day, enter(day, visitor="Wang"))
    show(page, day)
    field = type_visitor(page, day, "Wang")
    offer = page.shown.form.last_time
    assert offer.isVisible()
    assert offer.words.text() == "上次：昆明电力检修公司 · 检修配电柜 · 宁湖大厦二机房"
    QTest.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    day.settle()
    typed = page.shown.form.typed
    assert (typed["unit"], typed["people"], typed["escort"]) == ("昆明电力检修公司", "2", "张懿明")
    assert typed["approval"] == ""
    assert editor(page.shown, "approval").hasFocus()
    assert not offer.isVisible()
    type_into(editor(page.shown, "approval"), "安工信函〔2024〕40号")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    day.settle()
    assert [row.visitor for row in day.desk.queries.visitors_inside()] == ["Wang"]


def test_a_name_taken_from_the_list_brings_the_last_visit_too(page: RegistersPage, day: RealDay) -> None:
    leave(day, enter(day, visitor="王建国"))
    show(page, day)
    page.shown.begin_entry()
    field = editor(page.shown, "visitor")
    field.setFocus()
    QTest.keyClicks(field, "wjg")
    day.settle()
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return)
    day.settle()
    assert page.shown.form.typed["visitor"] == "王建国"
    assert page.shown.form.last_time.isVisible()


def test_what_was_typed_already_stays(page: RegistersPage, day: RealDay) -> None:
    leave(day, enter(day, visitor="Wang"))
    show(page, day)
    type_visitor(page, day, "Wang")
    type_into(editor(page.shown, "unit"), "昆明供电局")
    page.shown.form.last_time.take_button.click()
    assert page.shown.form.typed["unit"] == "昆明供电局"
    assert page.shown.form.typed["purpose"] == "检修配电柜"


def test_a_new_visitor_is_offered_nothing(page: RegistersPage, day: RealDay) -> None:
    leave(day, enter(day, visitor="Wang"))
    show(page, day)
    field = type_visitor(page, day, "Wan")
    assert isinstance(field, OfferField)
    assert field.offered == ["Wang"]
    assert not page.shown.form.last_time.isVisible()
    page.shown.form.last_time.take()
    assert page.shown.form.typed["unit"] == ""


def test_a_correction_offers_no_last_visit(page: RegistersPage, day: RealDay) -> None:
    leave(day, enter(day, visitor="Wang"))
    enter(day, visitor="Li")
    show(page, day)
    page.shown.correct()
    field = editor(page.shown, "visitor")
    assert isinstance(field, QLineEdit)
    field.editingFinished.emit()
    day.settle()
    assert not page.shown.form.last_time.isVisible()


# ── papers ──


def test_the_book_of_visits_is_printed_for_the_period_and_the_room_chosen(
    page: RegistersPage, day: RealDay
) -> None:
    enter(day)
    show(page, day)
    button(page.shown, "出入登记表").click()
    day.settle()
    seen = panel(page, DocumentKind.VISIT_BOOK)
    assert seen.isVisible()
    assert seen.rooms.itemText(0) == EVERY_ROOM
    seen.rooms.setCurrentText("宁湖大厦二机房")
    seen.picker.first.setDate(QDate(2024, 11, 22))
    day.settle()
    seen.only_issue_button.click()
    day.settle()
    (document,) = day.documents(DocumentKind.VISIT_BOOK)
    assert document.title == "机房出入登记 出入〔2024〕1号"
    assert seen.paper_bar.document is not None
    seen.dismiss()
    button(page.shown, "出入登记表").click()
    day.settle()
    assert len(page.findChildren(RoomPaperPanel)) == 1


def test_the_keyboard_is_where_it_was_when_a_paper_closes(page: RegistersPage, day: RealDay) -> None:
    # Wide enough for the tools to stand in a row.
    page.resize(1840, 800)
    show(page, day)
    page.shown.filters.search.setFocus()
    tool = button(page.shown, "出入登记表")
    tool.setFocus()
    tool.click()
    day.settle()
    QTest.keyClick(panel(page, DocumentKind.VISIT_BOOK), Qt.Key.Key_Escape)
    assert tool.hasFocus()


def test_a_period_picked_while_the_panel_is_closed_waits(page: RegistersPage, day: RealDay) -> None:
    show(page, day)
    button(page.shown, "出入登记表").click()
    day.settle()
    seen = panel(page, DocumentKind.VISIT_BOOK)
    seen.dismiss()
    seen.rooms.setCurrentIndex(1)
    assert not seen.isVisible()


def test_the_form_of_the_change_in_sight_is_printed(page: RegistersPage, day: RealDay) -> None:
    show(page, day, "changes_approval")
    button(page.shown, "审批单").click()
    assert day.said[-1].text == "没有选中变更"
    day.context.executor.submit(AddEntry("changes_approval", CHANGE), page)
    day.settle()
    day.settle()
    button(page.shown, "审批单").click()
    day.settle()
    seen = panel(page, DocumentKind.CHANGE_FORM)
    assert seen.title.text() == "变更审批单"
    assert not seen.picker.isVisible()
    seen.only_issue_button.click()
    day.settle()
    assert day.documents(DocumentKind.CHANGE_FORM)[0].title == "变更审批单 变更单〔2024〕1号"


def test_a_list_of_nothing_to_destroy_is_told_in_the_panel(page: RegistersPage, day: RealDay) -> None:
    show(page, day, "media")
    button(page.shown, "销毁清单").click()
    day.settle()
    assert not panel(page, DocumentKind.DESTRUCTION_LIST).issue_button.isEnabled()


@pytest.mark.parametrize(
    ("key", "tool", "kind"),
    [
        ("documents_out", "出入登记表", DocumentKind.DOCUMENT_BOOK),
        ("spare_uses", "使用清单", DocumentKind.SPARE_BOOK),
    ],
)
def test_other_books_are_printed_by_period(
    page: RegistersPage, day: RealDay, key: str, tool: str, kind: DocumentKind
) -> None:
    show(page, day, key)
    button(page.shown, tool).click()
    day.settle()
    seen = panel(page, kind)
    assert seen.picker.isVisible()
    assert not seen.rooms.isVisible()
    assert seen.issue_button.isEnabled()
