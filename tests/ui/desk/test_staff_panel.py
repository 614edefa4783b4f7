"""The people beside the queue: what a card says, in which order, and what a click on it asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent, QEnterEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_app.operations.rows import StaffState, Suggestion
from dispatch_app.ui.desk.staff_card import StaffCard
from dispatch_app.ui.desk.staff_panel import StaffPanel
from dispatch_app.ui.desk.staff_words import hands_line, in_order, number_to_call, why_line
from dispatch_app.ui.theme.theme import Themes
from tests.ui.conftest import staff_row
from tests.ui.desk.rows import fault
from tests.ui.look.audit import painted_texts


def suggestion(staff_id: str, rank: int, *reasons: str, **fields: object) -> Suggestion:
    made = Suggestion(staff_id, rank, rank == 1, reasons, None, "")
    return replace(made, **fields)


PEOPLE = (
    staff_row("zhu", "朱红成", 1, "网络工程师"),
    staff_row("liu", "刘涛", 2, "软件工程师"),
    staff_row("yang", "杨双金", 3, state=StaffState.ON_SCENE),
    staff_row("gone", "某人", 4, state=StaffState.LEFT),
    staff_row("li", "李鸿兰", 0, "电话接线派单"),
)


def test_a_line_says_what_speaks_for_somebody_and_how_far_they_have_to_go() -> None:
    row = replace(PEOPLE[0], done_today=2)
    found = suggestion("zhu", 1, "空闲", "擅长网络", travel_minutes=6)
    assert why_line(row, found) == "空闲·擅长网络·约 6 分（估）·今日 2"
    told = suggestion("zhu", 1, "空闲", "约 6 分（估）", "今日已办 2 件", travel_minutes=6)
    assert why_line(row, told) == "空闲·约 6 分（估）·今日已办 2 件"


def test_without_a_suggestion_a_line_says_what_somebody_has_in_hand() -> None:
    busy = replace(PEOPLE[2], engagements=(("A-0005", "野外箱 07", StaffState.ON_SCENE),))
    assert why_line(busy, None) == "A-0005 野外箱 07"
    assert hands_line(busy) == "A-0005 野外箱 07"
    assert why_line(PEOPLE[1], None) == "软件工程师"
    assert hands_line(PEOPLE[1]) == "手上没有故障"
    assert why_line(PEOPLE[4], None) == "不计入技术人员"
    assert why_line(replace(PEOPLE[4], state=StaffState.LEFT), None) == "不再接触维护工作（四.3）"


def test_the_personal_number_comes_before_the_service_line() -> None:
    assert number_to_call(PEOPLE[0]) == "0871-68686833"
    assert number_to_call(replace(PEOPLE[0], mobile="0871-1")) == "0871-1"


def test_people_stand_by_suggestion_and_those_who_cannot_be_sent_last() -> None:
    found = {name: suggestion(name, rank) for rank, name in enumerate(("liu", "yang"), start=1)}
    assert [row.id for row in in_order(PEOPLE, found)] == ["liu", "yang", "zhu", "li", "gone"]
    assert [row.id for row in in_order(PEOPLE, {})] == ["zhu", "liu", "yang", "li", "gone"]


@pytest.fixture
def staff(qtbot: QtBot, themes: Themes) -> StaffPanel:
    made = StaffPanel(themes)
    qtbot.addWidget(made)
    made.resize(332, 500)
    made.set_staff(PEOPLE)
    with qtbot.waitExposed(made):
        made.show()
    # Wherever the pointer happens to be when the window comes up.
    QApplication.sendEvent(made, QEvent(QEvent.Type.Leave))
    return made


def painted_words(card: StaffCard) -> list[str]:
    with painted_texts() as texts:
        card.grab()
    return [one.shown for one in texts]


def suggest(staff: StaffPanel) -> None:
    staff.set_target(fault(8))
    staff.set_suggestions(
        "fault-8",
        [
            suggestion("liu", 1, "空闲"),
            suggestion("zhu", 2),
            suggestion("yang", 3, consequence="先离开 A-0005（在场）"),
        ],
    )


def test_nobody_can_be_sent_before_a_fault_is_selected(staff: StaffPanel) -> None:
    assert not any(card.send.isEnabled() for card in staff.cards.values())
    assert staff.cards["zhu"].send.toolTip() == "先选一个故障，再派 朱红成（1）"
    assert staff.best is None


def test_fewer_technicians_than_the_contract_asks_for_stand_red_over_the_cards(staff: StaffPanel) -> None:
    assert (staff.title.text(), staff.title.property("tone")) == ("人员", "quiet")
    staff.set_floor(4)
    assert (staff.title.text(), staff.title.property("tone")) == ("人员　在职 3/4", "breached")
    staff.set_floor(3)
    assert staff.title.text() == "人员"


def test_the_best_is_marked_first_and_says_so_to_a_screen_reader(staff: StaffPanel) -> None:
    suggest(staff)
    assert staff.shown_order == ("liu", "zhu", "yang", "li", "gone")
    assert staff.best == PEOPLE[1]
    assert [card.best for card in staff.cards.values()] == [False, True, False, False, False]
    assert staff.trailing.text() == "派给 A-0008"
    assert staff.cards["liu"].send.accessibleName() == "把 A-0008 派给 刘涛"
    assert staff.cards["liu"].accessibleName() == "刘涛，待命，空闲"


def test_sending_somebody_busy_says_what_it_would_mean(staff: StaffPanel) -> None:
    suggest(staff)
    button = staff.cards["yang"].send
    assert button.words == "派 先离开 A-0005"
    assert button.toolTip() == "把 A-0008 派给 杨双金，先离开 A-0005（在场）（3）"
    staff.set_compact(True)
    assert button.words == "派"
    assert "先离开 A-0005" in button.toolTip()


def test_a_digit_stays_with_its_person_whatever_the_order(staff: StaffPanel) -> None:
    suggest(staff)
    assert staff.by_digit(1) == PEOPLE[0]
    assert staff.by_digit(4) is None
    assert staff.by_digit(0) is None
    painted = {row.id: painted_words(staff.cards[row.id]) for row in PEOPLE}
    assert [words[0] for words in painted.values()] == ["1", "2", "3", "某人", "李鸿兰"]
    assert not staff.cards["gone"].send.isVisible()
    assert painted["li"][1] == "接线"


def test_cards_do_not_move_under_the_pointer(staff: StaffPanel) -> None:
    where = QPointF(5, 5)
    QApplication.sendEvent(staff, QEnterEvent(where, where, where))
    suggest(staff)
    assert staff.shown_order == ("zhu", "liu", "yang", "li", "gone")
    QApplication.sendEvent(staff, QEvent(QEvent.Type.Leave))
    assert staff.shown_order == ("liu", "zhu", "yang", "li", "gone")


def test_suggestions_for_a_fault_no_longer_selected_are_thrown_away(staff: StaffPanel) -> None:
    staff.set_target(fault(7))
    staff.set_suggestions("fault-8", [suggestion("liu", 1)])
    assert staff.best is None
    suggest(staff)
    staff.set_target(None)
    assert staff.best is None


def test_a_card_says_what_was_clicked(staff: StaffPanel, themes: Themes) -> None:
    suggest(staff)
    assigned, numbers = QSignalSpy(staff.assign_asked), QSignalSpy(staff.number_asked)
    staff.cards["zhu"].send.click()
    staff.cards["zhu"].call.click()
    assert (assigned.at(0)[0], numbers.at(0)[0]) == ("zhu", "zhu")
    light = staff.grab().toImage()
    themes.choose("dark")
    dark = staff.grab().toImage()
    assert dark.size() == light.size()
    assert dark.pixelColor(40, 300).lightness() < light.pixelColor(40, 300).lightness()


def test_the_menu_opens_for_those_who_can_be_sent(staff: StaffPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    for name in ("zhu", "li"):
        card = staff.cards[name]
        monkeypatch.setattr(card, "_open_menu", lambda at, name=name: opened.append(name))
        QApplication.sendEvent(
            card, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(1, 1), QPoint(1, 1))
        )
    assert opened == ["zhu"]


def test_somebody_taken_off_the_roster_leaves_the_panel(staff: StaffPanel) -> None:
    staff.set_staff(PEOPLE[:2])
    assert set(staff.cards) == {"zhu", "liu"}
    assert staff.person("li") is None
