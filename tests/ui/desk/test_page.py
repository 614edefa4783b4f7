"""The page as a whole: what it starts with, what moves, what never does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.contract.facts import FactKind
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AmendFault, AssignFault, RecordMilestone
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.settings import ChangeReading, ChangeSetting
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.ui.bridge.messages import Level, Message
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.desk.urgency import Threshold
from dispatch_app.ui.theme.theme import Themes
from tests.ui.desk.conftest import SMALL, WIDE, Hands, PaperMap

Key = Qt.Key
Day = dict[str, str]


def paper_map(hands: Hands, qtbot: QtBot) -> PaperMap:
    qtbot.waitUntil(lambda: hands.page.parts.map is not None)
    view = hands.page.parts.map
    assert isinstance(view, PaperMap)
    return view


def numbers(hands: Hands) -> list[str]:
    return [row.number for row in hands.page.queue.faults]


class Windows(QObject):
    """Remembers every widget that came up as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_the_day_is_shown_with_the_most_pressing_fault_first_and_selected(day: Day, hands: Hands) -> None:
    shown = [row.site_name[:2] for row in hands.page.queue.faults]
    assert shown == ["禄脿", "宁湖", "市委", "八街", "野外", "草铺"]
    assert hands.chosen.number == "A-0002"
    assert hands.page.parts.queue_card.title.text() == "在办故障 6"
    assert hands.page.parts.detail.title.text() == "A-0002 禄脿街道办事处节点"
    assert hands.page.parts.staff.trailing.text() == "派给 A-0002"


def test_an_empty_desk_says_what_to_do(hands: Hands) -> None:
    assert hands.page.parts.queue.empty.isVisible()
    assert hands.page.parts.queue_card.title.text() == "在办故障"
    assert hands.page.parts.detail.timeline.empty.isVisible()
    assert not hands.page.parts.detail.steps.isVisible()
    for key in (Key.Key_Space, Key.Key_R, Key.Key_E, Key.Key_I, Key.Key_T, Key.Key_B, Key.Key_L, Key.Key_M):
        hands.press(key)
    hands.press(Key.Key_Minus)
    assert hands.page.queue.rowCount() == 0


def test_a_digit_without_a_fault_says_so(hands: Hands, said: list[Message]) -> None:
    hands.press(Key.Key_1)
    assert said[-1].text == "还没有选中故障"
    hands.press(Key.Key_9)
    assert said[-1].text == "数字 9 不属于任何人"


def test_nothing_ever_comes_up_as_a_window_of_its_own(
    qtbot: QtBot, day: Day, context: UiContext, qapp: QApplication
) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    page = DeskPage(context, map_factory=PaperMap)
    qtbot.addWidget(page)
    page.resize(*WIDE)
    page.show()
    hands = Hands(qtbot, context, page)
    hands.settle()
    hands.choose("市委")
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Escape)
    hands.choose("市委")
    for key in (Key.Key_1, Key.Key_C, Key.Key_Escape, Key.Key_X, Key.Key_Escape, Key.Key_E, Key.Key_Escape):
        hands.press(key)
    page.resize(*SMALL)
    hands.settle()
    qapp.removeEventFilter(windows)
    assert windows.shown == [page]


def test_a_change_made_elsewhere_updates_its_row_and_keeps_the_selection(
    day: Day, hands: Hands, context: UiContext
) -> None:
    row = hands.choose("市委")
    other = next(fault for fault in hands.page.queue.faults if fault.number == "A-0002")
    context.executor.submit(RecordMilestone(other.id, FactKind.DEPARTED, other.version), hands.page)
    hands.settle()
    assert numbers(hands) == ["A-0002", "A-0006", "A-0007", "A-0005", "A-0003", "A-0004"]
    assert hands.page.queue.faults[0].engagements[0].state is StaffState.EN_ROUTE
    assert hands.chosen.id == row.id


def test_a_change_to_the_selected_fault_is_read_again(day: Day, hands: Hands, context: UiContext) -> None:
    row = hands.choose("市委")
    context.executor.submit(AmendFault(row.id, "symptom", "slow", "heard wrong", row.version), hands.page)
    hands.settle()
    detail = hands.page.parts.detail.detail
    assert detail is not None
    assert detail.row.symptom == "slow"


def test_one_second_changes_the_figure_and_nothing_in_the_layout(day: Day, hands: Hands) -> None:
    hands.choose("市委")
    places = {widget: widget.geometry() for widget in hands.page.findChildren(QWidget)}
    model = hands.page.queue
    before = [model.data(model.index(row, 2)) for row in range(model.rowCount())]
    hands.tick(1)
    after = [model.data(model.index(row, 2)) for row in range(model.rowCount())]
    assert before[:3] == ["+20:07", "12:39", "17:49"]
    assert after[:3] == ["+20:08", "12:38", "17:48"]
    assert {widget: widget.geometry() for widget in places} == places


def test_a_fault_that_falls_overdue_moves_up_by_itself(day: Day, hands: Hands) -> None:
    hands.choose("市委")
    hands.tick(760)
    assert numbers(hands)[:2] == ["A-0002", "A-0006"]
    spoken = hands.page.queue.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "A-0006，已超时"
    assert hands.chosen.site_name == "市委大楼机房"


def test_thresholds_follow_the_settings(day: Day, hands: Hands, context: UiContext, qtbot: QtBot) -> None:
    context.executor.submit(ChangeSetting("soon_response", "18"), hands.page)
    hands.settle()
    thresholds = paper_map(hands, qtbot).thresholds
    assert thresholds[next(iter(thresholds))] == Threshold(1080, 180)


def test_another_reading_reads_every_clock_again_and_keeps_the_selection(
    day: Day, hands: Hands, context: UiContext
) -> None:
    row = hands.choose("市委")
    context.executor.submit(ChangeReading("dispatch", "assigned", "doc 1"), hands.page)
    hands.settle()
    assert numbers(hands)[0] == "A-0002"
    assert hands.page.queue.faults[0].penalty_ordinal == 0
    assert hands.chosen.id == row.id


def test_enter_sends_the_best_and_enter_again_sends_nobody_else(
    day: Day, hands: Hands, said: list[Message]
) -> None:
    hands.choose("市委")
    best = hands.page.parts.staff.best
    assert best is not None
    hands.press(Key.Key_Return)
    assert [part.staff_id for part in hands.chosen.engagements] == [best.id]
    hands.press(Key.Key_Return)
    assert len(hands.chosen.engagements) == 1
    assert said[-1].text == f"A-0007 已派 {best.name}"


def test_a_digit_sends_its_person_and_twice_does_no_more(day: Day, hands: Hands) -> None:
    hands.choose("市委")
    hands.press(Key.Key_2)
    hands.press(Key.Key_2)
    assert [part.name for part in hands.chosen.engagements] == ["刘涛"]
    hands.press(Key.Key_3)
    assert [part.name for part in hands.chosen.engagements] == ["刘涛", "杨双金"]


def test_enter_on_a_button_means_that_button_and_not_the_best(day: Day, hands: Hands) -> None:
    hands.choose("市委")
    person = hands.page.parts.staff.by_digit(5)
    assert person is not None
    hands.page.parts.staff.cards[person.id].send.setFocus()
    hands.press(Key.Key_Return)
    assert [part.name for part in hands.chosen.engagements] == ["刘平"]


def test_a_digit_with_an_earlier_time_sends_at_that_time(day: Day, hands: Hands, desk: Desk) -> None:
    hands.choose("市委")
    hands.page.parts.detail.steps.time.setText("-1")
    hands.press(Key.Key_2)
    assigned = desk.queries.fault_detail(hands.chosen.id).timeline[-1]
    assert assigned.recorded_at - assigned.at == 60
    assert hands.page.parts.detail.steps.time.text() == ""


def test_an_impossible_time_sends_nobody_and_stays(day: Day, hands: Hands) -> None:
    hands.choose("市委")
    hands.page.parts.detail.steps.time.setText("14:20")
    hands.page.parts.queue.setFocus()
    hands.press(Key.Key_2)
    assert hands.chosen.engagements == ()
    assert "早于接报 14:29:56" in hands.page.parts.detail.error.text()
    assert hands.page.parts.detail.steps.time.text() == "14:20"


def test_a_note_is_not_lost_in_sending_somebody(day: Day, hands: Hands) -> None:
    hands.choose("市委")
    hands.page.parts.detail.steps.time.setText("-1 take the ladder")
    hands.page.parts.queue.setFocus()
    hands.press(Key.Key_2)
    assert hands.chosen.engagements == ()
    assert "派单没有备注一栏" in hands.page.parts.detail.error.text()


def test_somebody_on_leave_is_refused_with_the_reason_in_place(
    day: Day, hands: Hands, context: UiContext
) -> None:
    context.executor.submit(SetAvailability("liutao", StaffState.ON_LEAVE), hands.page)
    hands.settle()
    hands.choose("市委")
    hands.press(Key.Key_2)
    assert hands.page.parts.detail.error.text().startswith("刘涛 已请假，不能派单")
    assert hands.chosen.engagements == ()


def test_a_key_held_down_takes_one_step_only(day: Day, hands: Hands) -> None:
    from PySide6.QtGui import QKeyEvent

    hands.choose("宁湖")
    queue = hands.page.parts.queue
    for repeat in (False, True, True):
        QApplication.sendEvent(
            queue,
            QKeyEvent(QEvent.Type.KeyPress, Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", repeat),
        )
    hands.settle()
    assert hands.chosen.stage is Stage.ARRIVED


def test_letters_with_ctrl_or_alt_belong_to_the_window(day: Day, hands: Hands) -> None:
    row = hands.choose("宁湖")
    hands.press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hands.press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
    hands.press(Key.Key_Q)
    assert hands.page.queue.fault(row.id) == row


def test_undo_brings_the_row_back(day: Day, hands: Hands, context: UiContext) -> None:
    tickets = []
    context.executor.applied.connect(lambda applied: tickets.append(applied.changes.undo))
    hands.choose("市委")
    hands.press(Key.Key_2)
    ticket = tickets[-1]
    context.executor.submit(ticket.command, hands.page)
    hands.settle()
    assert hands.chosen.engagements == ()
    assert hands.chosen.stage is Stage.REPORTED
    voided = [entry for entry in hands.page.parts.detail.detail.timeline if entry.voided]  # type: ignore[union-attr]
    assert [entry.kind for entry in voided] == [FactKind.ASSIGNED]


def test_the_number_to_call_is_one_click_away(day: Day, hands: Hands, said: list[Message]) -> None:
    hands.page.parts.staff.cards["liutao"].call.click()
    assert QApplication.clipboard().text() == "0871-68686833"
    assert said[-1] == Message("已复制 刘涛 的电话 0871-68686833", Level.NOTE)


def test_rest_and_leave_are_in_the_menu_of_a_card(day: Day, hands: Hands) -> None:
    card = hands.page.parts.staff.cards["liutao"]
    menu = card.availability_menu()
    words = [action.text() for action in menu.actions()]
    assert words == ["待命", "休息", "请假"]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]
    menu.actions()[1].trigger()
    hands.settle()
    assert card.row.state is StaffState.RESTING
    assert card.state_words == "休息"
    menu.close()


def test_an_archived_fault_can_be_looked_at_and_opened_again(
    day: Day, hands: Hands, desk: Desk, context: UiContext
) -> None:
    ended = hands.choose("草铺")
    for step, kind in enumerate((FactKind.RESOLVED, FactKind.CLOSED)):
        context.executor.submit(RecordMilestone(ended.id, kind, ended.version + step), hands.page)
    hands.settle()
    assert ended.number not in numbers(hands)
    hands.page.select_fault(ended.id)
    hands.settle()
    assert hands.page.parts.queue.chosen == ""
    assert hands.page.parts.detail.title.text() == f"{ended.number} 草铺街道办事处节点"
    assert hands.page.parts.staff.trailing.text() == ""
    hands.press(Key.Key_O)
    hands.press(Key.Key_Return)
    assert desk.queries.fault_detail(ended.id).row.cycle == 2
    assert hands.chosen.id == ended.id


def test_the_map_comes_after_the_first_paint_and_is_told_everything(
    day: Day, hands: Hands, qtbot: QtBot
) -> None:
    view = paper_map(hands, qtbot)
    sites, queue, staff = view.rows
    assert len(queue) == 6
    assert len(staff) == 6
    assert sum(len(site.open_faults) for site in sites) == 6
    assert view.selected[-1] == hands.chosen.site_id
    row = hands.choose("八街")
    assert view.selected[-1] == row.site_id
    hands.tick(1)
    assert len(view.moments) == 1


def test_a_click_on_the_map_selects_the_most_pressing_fault_there(
    day: Day, hands: Hands, qtbot: QtBot
) -> None:
    view = paper_map(hands, qtbot)
    hands.choose("禄脿")
    site = next(row.site_id for row in hands.page.queue.faults if "八街" in row.site_name)
    view.site_clicked.emit(site)
    hands.settle()
    assert "八街" in hands.chosen.site_name
    view.site_clicked.emit("nowhere")
    assert "八街" in hands.chosen.site_name


def test_on_a_small_screen_the_card_folds_and_the_map_is_a_tab(day: Day, hands: Hands, qtbot: QtBot) -> None:
    view = paper_map(hands, qtbot)
    parts = hands.page.parts
    hands.page.resize(*SMALL)
    assert parts.compact
    assert not parts.intake.isVisible()
    assert parts.fold.isVisible()
    assert not parts.map_card.isVisible()
    assert parts.detail.tabs.isVisible()
    parts.detail.tabs.setCurrentIndex(1)
    assert view.isVisible()
    assert all(card.shown_why == "" for card in parts.staff.cards.values())
    parts.fold.click()
    hands.settle()
    assert parts.intake.isVisible()
    assert not parts.fold.isVisible()
    hands.type("bj")
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Escape)
    assert not parts.intake.isVisible()
    assert parts.fold.words == "接报（等候 1）"
    hands.page.resize(*WIDE)
    assert not parts.compact
    assert parts.map_card.isAncestorOf(view)
    assert view.isVisible()
    assert parts.intake.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, SMALL, (1500, 820)])
@pytest.mark.parametrize("calling", [False, True])
def test_no_button_and_no_text_is_cut(
    day: Day, hands: Hands, themes: Themes, size: tuple[int, int], theme: str, calling: bool
) -> None:
    themes.choose(theme)
    hands.page.resize(*size)
    hands.choose("宁湖")
    if calling:
        hands.press(Key.Key_F2)
        hands.type("nhds")
        hands.press(Key.Key_Return)
    QApplication.processEvents()
    cut = [
        (type(widget).__name__, getattr(widget, "text", str)(), widget.width(), widget.sizeHint().width())
        for widget in hands.page.findChildren(QWidget)
        if widget.isVisible() and _is_cut(widget, hands.page)
    ]
    assert not cut


def _is_cut(widget: QWidget, page: QWidget) -> bool:
    """Whether a button or a plain label has less room than its words need, or is hidden on its right."""
    if not isinstance(widget, QAbstractButton) and type(widget).__name__ not in ("Text", "Badge", "KeyCap"):
        return False
    seen = widget.visibleRegion().boundingRect()
    if seen.isEmpty():
        # Scrolled away; whatever scrolls does so downwards.
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    return widget.width() < widget.minimumSizeHint().width() or seen.width() < widget.width()


def test_the_splitters_can_be_remembered_by_name(hands: Hands) -> None:
    names = {splitter.objectName() for splitter in hands.page.findChildren(QSplitter)}
    assert names == {"desk_columns", "desk_rows", "desk_bottom"}


def test_focus_given_to_the_page_goes_to_the_queue_or_to_the_half_typed_call(hands: Hands) -> None:
    assert hands.page.focusProxy() is hands.page.parts.queue
    hands.press(Key.Key_F2)
    assert hands.page.focusProxy() is hands.page.parts.intake.card.form.site


def test_the_work_order_is_asked_for_with_its_engineer(day: Day, hands: Hands) -> None:
    spy = QSignalSpy(hands.page.work_order_wanted)
    row = hands.choose("宁湖")
    hands.press(Key.Key_L)
    assert spy.at(0)[0] == (row.id, "zhangyiming")
    hands.choose("市委")
    hands.press(Key.Key_L)
    assert spy.count() == 1


def test_a_fault_that_somebody_else_ended_meanwhile_is_refused_and_read_again(
    day: Day, hands: Hands, desk: Desk
) -> None:
    row = hands.choose("宁湖")
    desk.perform(RecordMilestone(row.id, FactKind.RESOLVED, row.version))
    hands.press(Key.Key_A)
    assert "已被更新" in hands.page.parts.detail.error.text()
    assert hands.page.parts.detail.detail.row.stage is Stage.RESOLVED  # type: ignore[union-attr]


def test_an_engineer_named_elsewhere_is_marked_as_sent(day: Day, hands: Hands, context: UiContext) -> None:
    row = hands.choose("市委")
    context.executor.submit(AssignFault(row.id, "liutao", row.version), hands.page)
    hands.settle()
    card = hands.page.parts.staff.cards["liutao"]
    assert card.send.words == "已派"
    assert not card.send.isEnabled()
