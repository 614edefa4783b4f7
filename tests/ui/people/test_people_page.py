"""人员: the roster, what it leads to, and the letter that tells 甲方."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.operations.register_pages import PAGES
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.journeys import Journeys
from dispatch_app.ui.page_list import PAGES as PAGES_OF_THE_WINDOW
from dispatch_app.ui.pages.contract import ContractPage
from dispatch_app.ui.people.people_page import PeoplePage
from dispatch_app.ui.people.roster_line import RosterLine
from dispatch_app.ui.people.staff_letter_panel import StaffLetterPanel, letter_panel
from dispatch_app.ui.registers.register_paper import ListPanel
from dispatch_app.ui.registers.registers_page import RegistersPage
from dispatch_app.ui.widgets.buttons import Button
from dispatch_app.ui.widgets.labels import Text
from tests.ui.pages.conftest import RealDay

MOBILE = "139" + "12345678"
LEAVES = {"kind": "离职", "person": "刘平", "planned": "2024-11-25"}
JOINS = {"kind": "入职", "name": "王小川", "role": "维护工程师", "technician": "是", "planned": "2024-11-26"}


def add(day: RealDay, register: str = "staff_changes", **typed: str) -> str:
    return day.desk.perform(AddEntry(register, typed)).created


def new_number(day: RealDay) -> None:
    entry = add(day, kind="更换电话", person="张懿明", mobile=MOBILE, planned="今天")
    day.desk.perform(ActOnEntry(entry, 1, "effect", {"effective": "今天"}))


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> PeoplePage:
    made = PeoplePage(day.context, PAGES["people"])
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.setFocus()
    day.settle()
    return made


def line(page: PeoplePage, name: str) -> RosterLine:
    return next(one for one in page.roster.lines.values() if one.row.name == name)


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(Text) if one.isVisibleTo(widget)]


def button(widget: QWidget, words: str) -> Button:
    return next(one for one in widget.findChildren(Button) if one.words == words)


def test_the_roster_comes_first_with_everybody_employed(page: PeoplePage) -> None:
    assert page.stack.currentWidget() is page.roster
    assert next(one.row.name for one in page.roster.lines.values()) == "朱红成"
    assert len(page.roster.lines) == 6
    assert page.roster.headcount.text() == "在职技术人员 5 人，合同不少于 5 人（二.2）"
    assert page.roster.headcount.property("tone") == "text"
    assert "电话接线派单（不计入）" in texts(line(page, "李鸿兰"))
    assert not page.roster.letter_button.isEnabled()


def test_one_technician_too_few_is_red_as_soon_as_it_is_so(page: PeoplePage, day: RealDay) -> None:
    day.context.executor.submit(SetAvailability("liuping", StaffState.LEFT), page)
    day.settle()
    assert page.roster.headcount.text() == "在职技术人员 4 人，合同不少于 5 人（二.2），缺 1 人"
    assert page.roster.headcount.property("tone") == "breached"
    assert len(page.roster.lines) == 5
    assert page.roster.letter_button.words == "出函告 1"


def test_a_number_is_masked_until_somebody_looks_and_that_is_recorded(page: PeoplePage, day: RealDay) -> None:
    new_number(day)
    page.hide()
    page.show()
    day.settle()
    shown = line(page, "张懿明")
    assert shown.mobile.text() == "139****5678"
    assert shown.reveal.accessibleName() == "显示 张懿明 的手机号码"
    applied: list[Applied] = []
    day.context.executor.applied.connect(applied.append)
    shown.reveal.click()
    day.settle()
    assert line(page, "张懿明").mobile.text() == MOBILE
    assert not line(page, "张懿明").reveal.isVisible()
    assert [one.changes.message for one in applied] == ["已记下：查看 张懿明 的手机号码"]
    page.hide()
    page.show()
    day.settle()
    assert line(page, "张懿明").mobile.text() == "139****5678"


def test_each_line_leads_to_what_stands_behind_it(page: PeoplePage, day: RealDay) -> None:
    add(day, "qualifications", person="刘涛", certificate="软件设计师")
    add(day, "qualifications", person="刘平", certificate="低压电工")
    add(day, "trainings", held="2024-11-20", topic="消防", trainer="甲方", attended="刘涛", hours="2")
    line(page, "刘涛").ways["qualifications"].click()
    day.settle()
    assert page.shown.register.key == "qualifications"
    assert [row.cells[2] for row in page.shown.model.rows] == ["软件设计师"]
    line(page, "刘涛").ways["trainings"].click()
    day.settle()
    assert page.shown.filters.filter == RegisterFilter("刘涛")
    assert [row.cells[2] for row in page.shown.model.rows] == ["消防"]
    page.roster_button.click()
    assert page.stack.currentWidget() is page.roster


def test_a_fault_in_hand_is_looked_for_among_all_faults(page: PeoplePage, day: RealDay) -> None:
    asked: list[object] = []
    page.faults_wanted.connect(asked.append)
    staff_id = day.send(day.report_fault())
    page.hide()
    page.show()
    day.settle()
    assert "faults" not in line(page, "刘平").ways
    page.roster.lines[staff_id].ways["faults"].click()
    assert asked == ["A-0001"]


def test_a_change_begins_with_the_person_or_with_somebody_new(page: PeoplePage, day: RealDay) -> None:
    line(page, "刘平").change.click()
    day.settle()
    form = page.shown.form
    assert form.isVisible()
    assert form.typed["person"] == "刘平"
    form.left.emit()
    page.show_roster()
    QTest.keyClick(page.roster.join_button, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    day.settle()
    assert page.shown.form.typed["kind"] == "入职"
    mobile = page.shown.form.fields["mobile"].editor
    assert isinstance(mobile, QLineEdit)
    for key, text in JOINS.items():
        editor = page.shown.form.fields[key].editor
        if isinstance(editor, QLineEdit):
            editor.setText(text)
    mobile.setText(MOBILE)
    page.shown.form.save_and_go_on()
    day.settle()
    # The next newcomer has another number.
    assert page.shown.form.typed["mobile"] == ""


def test_a_letter_takes_the_changes_that_are_ticked(page: PeoplePage, day: RealDay) -> None:
    add(day, **LEAVES)
    add(day, **JOINS)
    page.open_letter()
    day.settle()
    panel = letter_panel(day.context, page.roster)
    assert panel.isVisible()
    assert [box.text() for box in panel.boxes.values()] == [
        "A-RB0001　刘平 离职 2024-11-25",
        "A-RB0002　王小川 入职 2024-11-26",
    ]
    assert all(box.isChecked() for box in panel.boxes.values())
    list(panel.boxes.values())[1].click()
    day.settle()
    panel.issue()
    day.settle()
    assert panel.title.text() == "函告 函〔2024〕1号 关于维护服务人员变更的函"
    assert not next(iter(panel.boxes.values())).isEnabled()
    assert [one.number for one in day.desk.queries.untold_changes()] == ["A-RB0002"]
    assert [one.number for one in day.documents("staff_letter")] == ["函〔2024〕1号"]


def test_no_change_ticked_is_refused_in_the_panel(page: PeoplePage, day: RealDay) -> None:
    add(day, **LEAVES)
    page.open_letter()
    day.settle()
    panel = letter_panel(day.context, page.roster)
    next(iter(panel.boxes.values())).click()
    day.settle()
    assert not panel.issue_button.isEnabled()


def test_the_tool_ticks_the_chosen_change_and_shows_the_letter_of_one_that_was_told(
    page: PeoplePage, day: RealDay
) -> None:
    add(day, **LEAVES)
    joins = add(day, **JOINS)
    page.show_register("staff_changes").show_entry(joins)
    day.settle()
    button(page.shown, "函告").click()
    day.settle()
    panel = page.shown.findChild(StaffLetterPanel)
    assert isinstance(panel, StaffLetterPanel)
    assert [box.isChecked() for box in panel.boxes.values()] == [False, True]
    panel.issue()
    day.settle()
    panel.dismiss()
    button(page.shown, "函告").click()
    day.settle()
    assert panel.title.text() == "函告 函〔2024〕1号 关于维护服务人员变更的函"
    assert panel.boxes == {}


def test_the_list_prints_in_a_panel_that_is_not_the_letter_s(page: PeoplePage, day: RealDay) -> None:
    entry = add(day, **LEAVES)
    page.show_register("staff_changes").show_entry(entry)
    day.settle()
    for words in ("函告", "打印"):
        button(page.shown, words).click()
        day.settle()
    letter = page.shown.findChild(StaffLetterPanel)
    assert isinstance(letter, StaffLetterPanel)
    listed = page.shown.findChild(ListPanel)
    assert isinstance(listed, ListPanel)
    assert listed.title.text() == "人员变动"
    assert letter.title.text() == "函告　1 条变动"


def test_with_nothing_to_tell_the_panel_stays_away(page: PeoplePage, day: RealDay) -> None:
    page.open_letter()
    day.settle()
    assert not letter_panel(day.context, page.roster).isVisible()
    assert day.said[-1].text.startswith("没有待函告的变动")


def test_page_and_forms_are_reached_from_elsewhere(day: RealDay, qtbot: QtBot) -> None:
    made: dict[str, QWidget] = {}
    owner = QWidget()
    qtbot.addWidget(owner)

    def go(key: str) -> QWidget:
        if key not in made:
            entry = next(one for one in PAGES_OF_THE_WINDOW if one.key == key)
            made[key] = entry.make(day.context, journeys)
            qtbot.addWidget(made[key])
            made[key].show()
        return made[key]

    journeys = Journeys(day.context, go, owner)
    page = go("people")
    assert isinstance(page, PeoplePage)
    journeys.begin_entry("leaves")
    assert page.shown.register.key == "leaves"
    assert page.shown.form.isVisible()
    contract = go("contract")
    assert isinstance(contract, ContractPage)
    contract.papers.to_invoices.click()
    registers = made["registers"]
    assert isinstance(registers, RegistersPage)
    assert registers.shown.register.key == "invoices"
    day.settle()


def test_several_selected_changes_go_into_one_letter(page: PeoplePage, day: RealDay) -> None:
    add(day, **LEAVES)
    add(day, **JOINS)
    add(day, **LEAVES | {"person": "刘涛", "planned": "2024-11-28"})
    shown = page.show_register("staff_changes")
    day.settle()
    rows = shown.table.selectionModel()
    for place in (0, 1):
        rows.select(shown.model.index(place, 0), rows.SelectionFlag.Select | rows.SelectionFlag.Rows)
    button(shown, "函告").click()
    day.settle()
    panel = shown.findChild(StaffLetterPanel)
    assert isinstance(panel, StaffLetterPanel)
    assert {box.text()[:8]: box.isChecked() for box in panel.boxes.values()} == {
        "A-RB0001": False,
        "A-RB0002": True,
        "A-RB0003": True,
    }
