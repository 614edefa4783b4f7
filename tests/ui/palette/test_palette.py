"""Ctrl+K on the real window: found, said, carried out, taken back; and the caret is where it was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import RecordMilestone
from dispatch_app.operations.history import KeepFilter
from dispatch_app.operations.history_rows import HistoryFilter
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.operations.rows import FaultRow, StaffState
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.desk.detail_panel import DetailPanel
from dispatch_app.ui.page_list import PAGES
from dispatch_app.ui.pages.handover import HandoverPage
from dispatch_app.ui.pages.history import FaultHistoryPage
from dispatch_app.ui.palette.drop import WIDTH, EntryModel
from dispatch_app.ui.printing.work_orders import WorkOrderPanel
from dispatch_app.ui.registers.registers_page import RegistersPage
from tests.ui.palette.conftest import Hands

Key = Qt.Key


def row(desk: Desk, number: str) -> FaultRow:
    return next(row for row in desk.queries.queue() if row.number == number)


@pytest.mark.parametrize("page", [entry.key for entry in PAGES])
def test_it_opens_on_every_page_and_closes_again(hands: Hands, page: str) -> None:
    hands.window.show_page(page)
    hands.settle()
    before = hands.focus
    hands.ctrl_k()
    assert hands.focus is hands.window.head.search
    assert hands.drop.isVisible()
    hands.ctrl_k()
    assert not hands.drop.isVisible()
    assert hands.focus is before


def test_a_half_typed_call_keeps_its_caret_and_gets_it_back(hands: Hands) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    field = hands.focus
    assert not hands.drop.isVisible()
    hands.ask("7")
    assert hands.offered[0].startswith("A-0007")
    hands.press(Key.Key_Escape)
    assert hands.focus is field
    assert not hands.drop.isVisible()
    assert hands.window.head.search.text() == ""
    assert hands.page.parts.intake.card.form.site.text() == "nhds"


def test_a_field_of_many_lines_lets_the_key_through(hands: Hands, qtbot: QtBot) -> None:
    editor = QPlainTextEdit("一行", hands.window)
    editor.show()
    editor.setFocus()
    hands.ctrl_k()
    assert hands.focus is hands.window.head.search
    assert editor.toPlainText() == "一行"


def test_somebody_is_sent_and_the_step_can_be_taken_back(hands: Hands, desk: Desk) -> None:
    hands.ask("pai 7 zym")
    assert hands.drop.will.text().startswith("派 张懿明 去 A-0007 市委大楼机房，时间 现在")
    hands.press(Key.Key_Return)
    assert [part.name for part in row(desk, "A-0007").engagements] == ["张懿明"]
    assert not hands.drop.isVisible()
    assert hands.window.message_bar.isVisible()
    assert hands.said[-1].undo is not None
    hands.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert row(desk, "A-0007").engagements == ()


def test_what_a_step_means_for_the_clocks_is_said_before_it_is_taken(hands: Hands, desk: Desk) -> None:
    hands.ask("dc 6 1432")
    assert "到场 按时" in hands.drop.consequence.text()
    assert FactKind.ARRIVED not in {
        entry.kind for entry in desk.queries.fault_detail(row(desk, "A-0006").id).timeline
    }
    hands.window.head.search.clear()
    hands.type("lxbs 6")
    assert hands.drop.consequence.text() == "违约金 2,000 元（九.1）"
    hands.window.head.search.clear()
    hands.type("cf 2 0930")
    assert "免去违约金 2,000 元（九.2）" in hands.drop.consequence.text()
    hands.window.head.search.clear()
    hands.type("xy 2")
    assert "响应 超时" in hands.drop.consequence.text()


def test_what_the_contract_refuses_is_said_with_the_remedy_and_enter_does_nothing(
    hands: Hands, desk: Desk
) -> None:
    version = row(desk, "A-0006").version
    hands.ask("重开 6")
    assert "不能重开" in hands.drop.will.text()
    assert hands.drop.consequence.text()
    hands.press(Key.Key_Return)
    assert hands.drop.isVisible()
    assert "不能重开" in hands.drop.will.text()
    hands.window.head.search.clear()
    hands.type("到场 6 15:00")
    hands.press(Key.Key_Return)
    assert "还没有到" in hands.drop.will.text()
    assert row(desk, "A-0006").version == version


def test_somebody_else_was_quicker(hands: Hands, desk: Desk, opened: OpenDesk) -> None:
    hands.ask("解决 6")
    six = row(desk, "A-0006")
    desk.perform(RecordMilestone(six.id, FactKind.RESOLVED, six.version))
    QTest.keyClick(hands.focus, Key.Key_Return)
    hands.settle()
    assert "解决已经记过" in hands.said[-1].text
    assert [entry.kind for entry in desk.queries.fault_detail(six.id).timeline].count(FactKind.RESOLVED) == 1


def test_enter_pressed_twice_takes_the_step_once(hands: Hands, desk: Desk) -> None:
    hands.ask("lxbs 6")
    for _ in range(3):
        QTest.keyClick(hands.window.head.search, Key.Key_Return)
    hands.settle()
    timeline = desk.queries.fault_detail(row(desk, "A-0006").id).timeline
    assert [entry.kind for entry in timeline].count(FactKind.UNREACHABLE) == 1


def test_somebody_takes_over_in_two_steps(hands: Hands, desk: Desk) -> None:
    hands.ask("改派 6 zhuhongcheng")
    hands.press(Key.Key_Return)
    assert [part.name for part in row(desk, "A-0006").engagements] == ["朱红成"]


def test_up_and_down_choose_and_enter_leads_there(hands: Hands) -> None:
    hands.ask("宁湖")
    assert hands.drop.view.currentIndex().row() == 0
    hands.press(Key.Key_Up)
    assert hands.drop.view.currentIndex().row() == len(hands.offered) - 1
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert hands.page.selected_fault is not None
    assert hands.page.selected_fault.number == "A-0006"


def test_an_ended_fault_is_found_and_shown_beside_the_queue(hands: Hands) -> None:
    hands.window.show_page("contract")
    hands.ask("1")
    entry = next(at for at, title in enumerate(hands.offered) if title.startswith("A-0001"))
    hands.drop.mark(entry)
    hands.press(Key.Key_Return)
    assert hands.window.page == "desk"
    assert hands.page.selected_fault is not None
    assert hands.page.selected_fault.number == "A-0001"


def test_a_site_selects_its_fault(hands: Hands) -> None:
    hands.ask("八街街道办事处节点")
    hands.drop.mark(next(at for at, title in enumerate(hands.offered) if not title.startswith("A-")))
    hands.press(Key.Key_Return)
    assert hands.page.selected_fault is not None
    assert hands.page.selected_fault.site_name == "八街街道办事处节点"


def test_a_person_gives_the_number(hands: Hands) -> None:
    hands.ask("朱红成")
    hands.press(Key.Key_Return)
    assert hands.said[-1].text.startswith("已复制 朱红成 的电话")
    assert QGuiApplication.clipboard().text() == hands.said[-1].text.rpartition(" ")[2]


def test_pages_the_looks_the_call_and_taking_back(hands: Hands, opened: OpenDesk, qtbot: QtBot) -> None:
    hands.ask("ht")
    hands.press(Key.Key_Return)
    assert hands.window.page == "contract"
    hands.ask("主题 深色")
    hands.press(Key.Key_Return)
    assert opened.context.themes.chosen == "dark"
    hands.ask("jb")
    hands.press(Key.Key_Return)
    assert hands.window.page == "desk"
    assert hands.page.parts.intake.card.isVisible()
    hands.ask("撤回")
    hands.press(Key.Key_Return)
    assert hands.said[-1].text == "没有可撤回的操作"


def test_a_drill_is_asked_for(hands: Hands, qtbot: QtBot) -> None:
    hands.window.drill_asked.disconnect()
    hands.ask("演练")
    with qtbot.waitSignal(hands.window.drill_asked):
        hands.press(Key.Key_Return)


def test_the_work_order_opens(hands: Hands) -> None:
    hands.ask("派工单 6")
    hands.press(Key.Key_Return)
    assert hands.window.findChildren(WorkOrderPanel)


@pytest.mark.parametrize("page", ["desk", "contract"])
def test_the_correction_of_a_fault_opens_on_its_last_fact(hands: Hands, page: str) -> None:
    hands.window.show_page(page)
    hands.ask("更正 6")
    hands.press(Key.Key_Return)
    detail = hands.page.parts.detail
    assert hands.window.page == "desk"
    assert detail.detail is not None
    assert detail.detail.row.number == "A-0006"
    assert detail.questions.asked is detail.questions.correct
    lines = detail.timeline.lines
    assert detail.timeline.currentIndex().row() == lines.rowCount() - 1
    hands.ask("委托第三方 7")
    hands.press(Key.Key_Return)
    assert detail.detail.row.number == "A-0007"
    assert detail.questions.open
    assert detail.questions.asked is not detail.questions.correct


def test_a_question_wanted_of_a_fault_is_forgotten_when_another_is_chosen(hands: Hands) -> None:
    detail, queue = hands.page.parts.detail, hands.page.queue
    six, seven = (fault.id for number in ("6", "7") for fault in queue.faults if fault.number[-1] == number)
    hands.page.select_fault(six)
    hands.settle()
    detail.ask_once_shown("elsewhere", DetailPanel.ask_correction)
    hands.page.select_fault(seven)
    hands.settle()
    detail.ask_once_shown(seven, DetailPanel.ask_third_party)
    assert detail.questions.open
    hands.page.select_fault(six)
    hands.settle()
    assert not detail.questions.open


def test_the_intake_card_leads_to_the_calls_of_the_night(hands: Hands) -> None:
    hands.page.parts.intake.card.night_asked.emit()
    page = hands.window.page_widget("handover")
    assert isinstance(page, HandoverPage)
    assert hands.window.page == "handover"
    assert page.views.currentWidget() is page.night


def test_a_filter_kept_by_name_filters_the_list_of_all_faults(hands: Hands, desk: Desk) -> None:
    desk.perform(KeepFilter("只看紧急", HistoryFilter(emergency=True)))
    hands.ask("只看")
    hands.press(Key.Key_Return)
    page = hands.window.page_widget("history")
    assert isinstance(page, FaultHistoryPage)
    assert hands.window.page == "history"
    assert page.wish.filter == HistoryFilter(emergency=True)


def test_a_person_is_marked_away_from_another_page(hands: Hands, desk: Desk) -> None:
    hands.window.show_page("contract")
    hands.ask("请假 朱红成")
    hands.press(Key.Key_Return)
    states = {person.name: person.state for person in desk.queries.staff()}
    assert states["朱红成"] is StaffState.ON_LEAVE
    assert hands.window.page == "contract"


def test_a_word_begun_is_completed_and_typed_on(hands: Hands) -> None:
    hands.ask("daoc")
    hands.press(Key.Key_Return)
    assert hands.window.head.search.text() == "到场 "
    hands.type("6")
    assert hands.offered[0] == "到场 A-0006"


def test_letters_still_with_the_input_method_find_already(hands: Hands) -> None:
    hands.ctrl_k()
    composing = QInputMethodEvent("nh'ds", [])
    QApplication.sendEvent(hands.focus, composing)
    hands.settle()
    assert any("宁湖大厦" in title for title in hands.offered)


def test_an_entry_of_a_register_is_found_and_opened(hands: Hands, desk: Desk) -> None:
    device = {
        "label": "AN-0012",
        "kind": "交换机",
        "site": "市政府大楼机房",
        "state": "在用",
        "important": "否",
    }
    desk.perform(AddEntry("devices", device | {"label": "AN-0013"}))
    entry = desk.perform(AddEntry("devices", device)).created
    hands.ask("an-0012")
    assert hands.offered[0] == "AN-0012"
    hands.press(Key.Key_Return)
    page = hands.window.page_widget("devices")
    assert isinstance(page, RegistersPage)
    assert hands.window.page == "devices"
    detail = page.shown.panel.detail
    assert detail is not None
    assert detail.row.entry_id == entry


def test_nothing_found_says_what_can_be_typed(hands: Hands) -> None:
    hands.ask("qqqq")
    assert hands.offered == []
    assert hands.drop.will.text().startswith("没有找到")
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    assert hands.drop.isVisible()


def test_a_click_on_an_entry_takes_it_and_a_click_elsewhere_leaves(hands: Hands) -> None:
    hands.ask("合同")
    view = hands.drop.view
    place = next(at for at, title in enumerate(hands.offered) if title == "合同")
    QTest.mouseClick(
        view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=view.visualRect(hands.drop.model.index(place)).center(),
    )
    hands.settle()
    assert hands.window.page == "contract"
    hands.ask("合同")
    hands.page.setFocus()
    assert not hands.drop.isVisible()


def test_news_from_elsewhere_leaves_the_mark_where_it_was(hands: Hands, desk: Desk, opened: OpenDesk) -> None:
    hands.ask("宁湖")
    hands.drop.step(1)
    marked = hands.drop.marked
    five = row(desk, "A-0005")
    opened.executor.submit(RecordMilestone(five.id, FactKind.UNREACHABLE, five.version), opened)
    hands.settle()
    assert hands.drop.marked is not None
    assert marked is not None
    assert hands.drop.marked.title == marked.title


@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_the_list_stays_within_the_window_and_names_its_lines(hands: Hands, qtbot: QtBot, width: int) -> None:
    hands.window.resize(width, 768)
    qtbot.waitUntil(lambda: hands.window.width() == width)
    hands.ask("s")
    right = hands.drop.mapTo(hands.window, QPoint(hands.drop.width(), hands.drop.height()))
    assert hands.drop.x() >= 0
    assert right.x() <= width
    assert right.y() <= 768
    assert hands.drop.width() <= WIDTH
    spoken = [
        hands.drop.model.data(hands.drop.model.index(at), int(Qt.ItemDataRole.AccessibleTextRole))
        for at in range(len(hands.offered))
    ]
    assert len(set(spoken)) == len(spoken)
    assert hands.window.head.search.accessibleName() == "查找与命令"


def test_the_model_has_nothing_beyond_its_lines() -> None:
    model = EntryModel()
    assert model.rowCount(model.index(0)) == 0
    assert model.data(model.index(5)) is None
