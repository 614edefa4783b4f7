"""夜间补录 by keyboard alone: typed, pasted, checked on the spot, kept, registered in one go."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.night_rows import COLUMNS
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.ui.pages import night_calls
from dispatch_app.ui.pages.handover import HandoverPage
from dispatch_app.ui.pages.night_calls import NightCallsPage
from tests.ui.pages.conftest import RealDay

NIGHT = "11-21\t23:50\t八街\t专网不通\t段主任\t0871-9\t是\t刘平\t23:55\t2358\t+0:10\t+00:40\t+01:30"
BARE = "11-22\t02:10\tcaopu\t断网"


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> NightCallsPage:
    made = NightCallsPage(day.context)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    day.settle()
    made.setFocus()
    return made


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def write(day: RealDay, *cells: str) -> None:
    """Type cells one after the other, each followed by Enter."""
    for cell in cells:
        QTest.keyClicks(QApplication.focusWidget(), cell)
        day.settle()
        press(Qt.Key.Key_Return)
        day.settle()


def paste(day: RealDay, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    day.settle()


def settle(day: RealDay) -> None:
    for _ in range(4):
        day.settle()


def errors(page: NightCallsPage) -> list[str]:
    return [line.error.text() for line in page.lines if not line.error.isHidden()]


def test_a_night_is_typed_with_enter_alone_and_registered_with_ctrl_enter(
    page: NightCallsPage, day: RealDay
) -> None:
    write(day, "-1", "2350", "bajie", "duanwang", "", "0871", "1", "2", "23:55", "", "", "+0040", "")
    assert len(page.lines) == 2
    assert page.lines[1].focused == "date"
    assert page.lines[0].cells["date"].text() == "11-21"
    assert page.lines[0].site.text() == "八街街道办事处节点"
    assert errors(page) == []
    assert page.register_button.words == "登记 1 行"
    write(day, "11-22", "02:10", "caopu", "duanwang")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(day)
    rows = {row.site_id: row for row in day.desk.queries.queue()}
    assert set(rows) == {"bajie", "caopu"}
    arrived = [
        one
        for one in day.desk.queries.fault_detail(rows["bajie"].id).timeline
        if one.kind is FactKind.ARRIVED
    ]
    assert arrived[0].recorded_at == day.clock.moment > arrived[0].at
    assert [line.values.empty for line in page.lines] == [True]
    assert day.said[-1].text == "已登记 2 件"
    assert day.desk.queries.setting("night_calls") == ""


def test_a_piece_of_a_spreadsheet_fills_rows_from_the_caret_on(page: NightCallsPage, day: RealDay) -> None:
    paste(day, f"{NIGHT}\n{BARE}\n")
    assert len(page.lines) == 2
    assert page.lines[0].values.resolved == "+01:30"
    assert page.lines[1].site.text() == "草铺街道办事处节点"
    assert page.register_button.words == "登记 2 行"
    page.lines[1].cells["symptom"].setFocus()
    paste(day, "全断\t王主任\t0871-1\t\t\t\t\t\t\t\t多余")
    assert page.lines[1].values.symptom == "全断"
    assert page.lines[1].values.caller == "王主任"


def test_one_word_is_pasted_as_into_any_field(page: NightCallsPage, day: RealDay) -> None:
    page.lines[0].cells["symptom"].setFocus()
    paste(day, "断网")
    assert page.lines[0].values.symptom == "断网"


def test_more_than_the_grid_holds_is_said_and_not_lost_silently(
    page: NightCallsPage, day: RealDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(night_calls, "MOST_ROWS", 3)
    paste(day, "\n".join([BARE] * 5))
    assert len(page.lines) == 3
    assert day.said[-1].text == "只贴入前 3 行，还有 2 行没有贴"


def test_what_is_wrong_stands_under_its_row_and_the_good_ones_are_registered(
    page: NightCallsPage, day: RealDay
) -> None:
    paste(
        day,
        "\n".join(
            (
                BARE,
                "11-22\t23:10\t八街\t断网",
                "11-22\t03:10\t月球\t断网",
                "11-22\t03:10\t八街\t断网\t\t\t\t路人\t03:20",
                "11-22\t03:10\t八街\t断网\t\t\t\t刘平\t03:00",
            )
        ),
    )
    assert [text[:12] for text in errors(page)] == [
        "时间 11-22 23:",
        "没有叫「月球」的站点。核",
        "没有叫「路人」的工程师。",
        "派单 11-22 03:",
    ]
    assert all("。" in text for text in errors(page))
    assert page.lines[1].cells["time"].property("wrong")
    assert page.count.text() == "4 行还不能登记"
    page.register_button.click()
    settle(day)
    assert [row.site_id for row in day.desk.queries.queue()] == ["caopu"]
    assert len(page.lines) == 4
    assert day.said[-1].text == "已登记 1 件，还有 4 行没有登记，原因写在行下"
    assert len(json.loads(day.desk.queries.setting("night_calls"))) == 4


def test_what_comes_after_the_caret_is_not_yet_missing(page: NightCallsPage, day: RealDay) -> None:
    write(day, "11-21", "23:50")
    assert errors(page) == []
    write(day, "yueqiu")
    assert errors(page)[0].startswith("没有叫「yueqiu」的站点")
    press(Qt.Key.Key_Up)
    page.back.setFocus()
    assert errors(page)


def test_a_row_the_desk_refuses_stays_with_its_reason_until_it_is_changed(
    page: NightCallsPage, day: RealDay
) -> None:
    day.desk.perform(SetAvailability("liuping", StaffState.ON_LEAVE))
    paste(day, NIGHT)
    page.register_button.click()
    settle(day)
    assert errors(page)[0].startswith("刘平 已请假，不能派单。")
    assert page.lines[0].isEnabled()
    assert day.desk.queries.queue() == ()
    page.lines[0].cells["engineer"].setText("张懿明")
    assert errors(page) == []
    page.register_button.click()
    settle(day)
    assert len(day.desk.queries.queue()) == 1


def test_nothing_to_register_says_what_to_do(page: NightCallsPage, day: RealDay) -> None:
    page.register_button.click()
    assert day.said[-1].text == "没有可以登记的行"


def test_pressing_twice_registers_once(page: NightCallsPage, day: RealDay) -> None:
    paste(day, BARE)
    page.register()
    page.register()
    settle(day)
    assert len(day.desk.queries.queue()) == 1


def test_what_was_typed_is_there_again_after_a_crash(
    page: NightCallsPage, day: RealDay, qtbot: QtBot
) -> None:
    paste(day, f"{NIGHT}\n{BARE}")
    qtbot.waitUntil(lambda: day.desk.queries.setting("night_calls") != "")
    again = NightCallsPage(day.context)
    qtbot.addWidget(again)
    settle(day)
    assert [line.row_id for line in again.lines] == [line.row_id for line in page.lines]
    assert [line.values for line in again.lines] == [line.values for line in page.lines]
    page.register()
    settle(day)
    again.register()
    settle(day)
    assert len(day.desk.queries.queue()) == 2
    assert "已经登记" in again.lines[0].error.text()


def test_the_sites_offered_can_be_read_though_the_cell_is_narrow(page: NightCallsPage, day: RealDay) -> None:
    site = page.lines[0].site
    site.setFocus()
    QTest.keyClicks(site, "jd")
    settle(day)
    assert site.list.isVisible()
    assert site.list.width() == 320
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert site.site is not None
    assert page.lines[0].focused == "symptom"


def test_arrows_go_up_and_down_in_a_column(page: NightCallsPage, day: RealDay) -> None:
    paste(day, f"{BARE}\n{BARE}")
    page.lines[0].cells["symptom"].setFocus()
    press(Qt.Key.Key_Down)
    assert page.lines[1].focused == "symptom"
    press(Qt.Key.Key_Down)
    assert page.lines[1].focused == "symptom"
    press(Qt.Key.Key_Up)
    assert page.lines[0].focused == "symptom"
    press(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert page.lines[0].focused == "symptom"


def test_enter_at_the_end_of_a_row_goes_to_the_next_one_if_there_is_one(
    page: NightCallsPage, day: RealDay
) -> None:
    paste(day, f"{BARE}\n{BARE}")
    page.lines[0].cells[COLUMNS[-1]].setFocus()
    press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert page.lines[1].focused == "date"
    assert len(page.lines) == 2


def test_a_row_is_removed_and_one_is_always_left(page: NightCallsPage, day: RealDay) -> None:
    paste(day, f"{BARE}\n{NIGHT}")
    page.lines[0].cells["symptom"].setFocus()
    press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert page.lines[0].values.caller == "段主任"
    assert page.lines[0].focused == "date"
    assert page.lines[0].cells["site"].accessibleName() == "第 1 行站点"
    page.remove_button.click()
    assert [line.values.empty for line in page.lines] == [True]


def test_every_cell_has_a_name_of_its_own(page: NightCallsPage, day: RealDay) -> None:
    paste(day, f"{BARE}\n{NIGHT}")
    names = [cell.accessibleName() for line in page.lines for cell in line.cells.values()]
    assert len(set(names)) == len(names) == 2 * len(COLUMNS)


def test_a_person_who_came_back_is_known_at_once(page: NightCallsPage, day: RealDay) -> None:
    day.context.executor.submit(SetAvailability("liuping", StaffState.RESTING), page)
    settle(day)
    paste(day, NIGHT)
    assert errors(page) == []


def test_the_grid_opens_from_the_shift_and_leads_back(day: RealDay, qtbot: QtBot) -> None:
    day.desk.perform(ChangeSetting("night_calls", json.dumps([["r1", *BARE.split("\t")]])))
    shift = HandoverPage(day.context)
    qtbot.addWidget(shift)
    shift.resize(1280, 700)
    shift.show()
    settle(day)
    shift.night_button.click()
    settle(day)
    night = shift.night
    assert night is not None
    assert night.isVisible()
    assert night.lines[0].values.symptom == "断网"
    night.lines[0].cells["caller"].setText("王主任")
    night.back.click()
    assert not night.isVisible()
    settle(day)
    assert "王主任" in day.desk.queries.setting("night_calls")
    assert shift.open_card.trailing.text() == "0 件"
    shift.open_night()
    assert shift.night is night
    night.register_button.click()
    settle(day)
    shift.hide()
    shift.show()
    assert night.isVisible()
    night.back.click()
    settle(day)
    assert shift.open_card.trailing.text() == "1 件"
