"""巡检与备份 on a real desk: what is due, the form of a round, a fault with one key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.desk.duty_line import DutyLine
from dispatch_app.ui.journeys import Journeys
from dispatch_app.ui.page_list import PAGES
from dispatch_app.ui.registers.duty_strip import DutyButton
from dispatch_app.ui.registers.rounds_page import RoundsPage
from tests.ui.pages.conftest import RealDay
from tests.ui.registers.rounds_day import (
    ROOM,
    add,
    add_device,
    add_plan,
    add_round,
    add_system,
    numbers,
    renew,
)


def duty(page: RoundsPage, words: str) -> DutyButton:
    return next(one for one in page.duties.buttons if words in one.accessibleName())


def test_nothing_planned_says_so(rounds_page: RoundsPage) -> None:
    assert rounds_page.duties.trailing.text() == "还没有巡检计划和备份系统"
    assert rounds_page.duties.buttons == []


def test_what_is_overdue_comes_first_and_says_since_when(rounds_page: RoundsPage, day: RealDay) -> None:
    add_plan(day)
    add_plan(day, "一机房日检", site="宁湖大厦一机房", since="2024-11-22")
    add_plan(day, "二机房月检", site="宁湖大厦二机房", since="2024-11-22", cycle="每月")
    add_plan(day, "光缆周检", site="", item="（8）自有光纤", since="2024-11-25", cycle="每周")
    add_plan(day, "节点日检", site="", item="（13）野外高速无线网络节点", since="2024-11-18")
    renew(rounds_page, day)
    assert [one.accessibleName() for one in rounds_page.duties.buttons] == [
        "节点日检，逾期 4 次，11-18 起",
        "市政府日检，逾期 1 天",
        "一机房日检，今天",
        "二机房月检，11-29 前",
    ]
    assert rounds_page.duties.title.text() == "到期 · 巡检逾期 2 · 待巡检 2"
    rounds_page.duties.all_button.click()
    assert rounds_page.duties.buttons[-1].accessibleName() == "光缆周检，下次 11-29"
    rounds_page.duties.all_button.click()
    assert len(rounds_page.duties.buttons) == 4


def test_a_round_is_typed_from_what_is_due_by_keyboard_alone(rounds_page: RoundsPage, day: RealDay) -> None:
    add_device(day, "AN-0001")
    add_plan(day)
    renew(rounds_page, day)
    duty(rounds_page, "市政府日检").click()
    day.settle()
    form = rounds_page.round_panel
    assert form.isVisible()
    temperature = form.figures["temperature"].editor
    assert temperature.hasFocus()
    for text in ("22.5", "45", "221"):
        editor = rounds_page.window().focusWidget()
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    for _ in range(3):
        QTest.keyClick(rounds_page.window().focusWidget(), Qt.Key.Key_Return)
    day.settle()
    assert not form.isVisible()
    assert numbers(rounds_page) == ["A-XJ0001"]
    detail = rounds_page.shown.panel.detail
    assert detail is not None
    assert (detail.typed["plan"], detail.typed["devices"]) == ("市政府日检", "AN-0001 正常")
    assert rounds_page.duties.trailing.text() == "都做完了，下一项：市政府日检 11-25"


def test_figures_are_judged_while_they_are_typed(rounds_page: RoundsPage, day: RealDay) -> None:
    add_round(day, temperature="23.5")
    add_plan(day, temperature_high="25")
    rounds_page.round_panel.open_plan(add_plan(day, "月检", cycle="每月", temperature_high="25"))
    day.settle()
    field = rounds_page.round_panel.figures["temperature"]
    assert field.said == "限值 18–25 · 上次 23.5"
    QTest.keyClicks(field.editor, "26")
    assert field.said == "高于 25 · 超限"
    assert field.bar.place(26) > field.bar.place(25) > field.bar.place(18) > 0
    QTest.keyClick(field.editor, Qt.Key.Key_Backspace)
    assert field.said == "低于 18 · 超限"
    field.editor.setText("2x")
    assert field.said == "限值 18–25 · 上次 23.5"


def open_form(rounds_page: RoundsPage, day: RealDay, **figures: str) -> None:
    rounds_page.round_panel.open_plan(add_plan(day))
    day.settle()
    for key, text in ({"temperature": "22", "humidity": "45", "voltage": "220"} | figures).items():
        QTest.keyClicks(rounds_page.round_panel.figures[key].editor, text)


def test_what_is_out_of_limits_becomes_a_fault_with_one_key(rounds_page: RoundsPage, day: RealDay) -> None:
    open_form(rounds_page, day, temperature="31")
    rounds_page.round_panel.save()
    day.settle()
    form = rounds_page.round_panel
    assert form.found.text.text() == "A-XJ0001 已登记。异常：温度 31.0 ℃ 高于 27"
    assert form.found.action.hasFocus()
    form.found.action.click()
    day.settle()
    assert not form.isVisible()
    (fault,) = day.desk.queries.queue()
    assert fault.symptom == "巡检 A-XJ0001：温度 31.0 ℃ 高于 27"


def test_a_fault_need_not_be_made_at_once(rounds_page: RoundsPage, day: RealDay) -> None:
    QTest.keyClick(rounds_page.shown.filters.search, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert day.said[-1].text == "没有选中巡检记录"
    open_form(rounds_page, day, voltage="180")
    rounds_page.round_panel.save()
    day.settle()
    rounds_page.round_panel.leave_button.click()
    assert day.desk.queries.queue() == ()
    rounds_page.shown.table.choose_first()
    day.settle()
    QTest.keyClick(rounds_page.shown.table, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    day.settle()
    (fault,) = day.desk.queries.queue()
    assert fault.symptom == "巡检 A-XJ0001：电压 180.0 V 低于 198"
    assert rounds_page.shown.model.rows[0].tones == {}


def test_a_refusal_stands_where_it_belongs(rounds_page: RoundsPage, day: RealDay) -> None:
    add_device(day, "AN-0001")
    open_form(rounds_page, day, humidity="")
    form = rounds_page.round_panel
    form.save()
    day.settle()
    assert form.figures["humidity"].said == "没有填湿度。附三(六)：机房的温度、湿度、电压都要记录"
    assert form.figures["humidity"].editor.hasFocus()
    QTest.keyClicks(form.figures["humidity"].editor, "45")
    form.devices.rows[0].tick.click()
    assert form.devices.head.text() == "设备　1 项，异常 1"
    assert form.devices.rows[0].words.hasFocus()
    form.save()
    day.settle()
    assert form.devices.head.text().startswith("设备检查：AN-0001 异常，没有写什么异常")
    QTest.keyClicks(form.devices.rows[0].words, "fan")
    form.surroundings.rows[2].tick.click()
    form.surroundings.rows[2].tick.click()
    editor = form.who.editor
    editor.clear()  # type: ignore[attr-defined]  # an OfferField
    QTest.keyClicks(editor, "3")
    day.settle()
    form.save()
    day.settle()
    assert form.found.text.text().endswith("异常：AN-0001 异常：fan")


def test_a_refusal_about_no_field_stands_over_the_buttons(rounds_page: RoundsPage, day: RealDay) -> None:
    plan = add_plan(day)
    rounds_page.round_panel.open_plan(plan)
    day.settle()
    from dispatch_app.operations.registers.entries import ActOnEntry

    day.desk.perform(ActOnEntry(plan, 1, "suspend", {}))
    rounds_page.round_panel.save()
    day.settle()
    assert (
        rounds_page.round_panel.error.text()
        == "计划「市政府日检」已停用。先在巡检计划里恢复执行，或把计划留空"
    )


def test_a_half_typed_round_is_not_lost(rounds_page: RoundsPage, day: RealDay) -> None:
    open_form(rounds_page, day)
    form = rounds_page.round_panel
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    other = add_plan(day, "二机房日检", site="宁湖大厦二机房")
    form.open_plan(other)
    day.settle()
    assert day.said[-1].text == "市政府日检 的巡检还没有登记"
    assert form.figures["temperature"].text == "22"
    form.leave_button.click()
    form.open_plan(other)
    day.settle()
    assert (form.place.text(), form.figures["temperature"].text) == ("宁湖大厦二机房", "")
    form.open_plan(other)
    day.settle()
    assert form.isVisible()


def test_a_plan_without_a_room_asks_for_no_figures(rounds_page: RoundsPage, day: RealDay) -> None:
    rounds_page.round_panel.open_plan(add_plan(day, "光缆周检", site="", item="（8）自有光纤", cycle="每周"))
    day.settle()
    form = rounds_page.round_panel
    assert not form.figures["voltage"].isVisible()
    assert not form.devices.isVisible()
    form.save()
    day.settle()
    assert numbers(rounds_page) == ["A-XJ0001"]


def test_duties_of_backups_lead_to_their_form_and_their_list(rounds_page: RoundsPage, day: RealDay) -> None:
    add_system(day)
    renew(rounds_page, day)
    assert rounds_page.duties.title.text() == "到期 · 备份逾期 3"
    duty(rounds_page, "公文交换系统 备份").click()
    day.settle()
    assert rounds_page.shown.register.key == "backups"
    typed = rounds_page.shown.form.typed
    assert (typed["system"], typed["kind"], typed["device"]) == ("公文交换系统", "全量", "")
    rounds_page.shown.leave_form()
    duty(rounds_page, "刷新介质").click()
    assert rounds_page.shown.form.typed["kind"] == "刷新介质"
    rounds_page.shown.leave_form()
    add(day, "backups", at="现在", system="公文交换系统", kind="全量", size="1", device="NAS-01", who="刘涛")
    duty(rounds_page, "恢复验证").click()
    day.settle()
    assert numbers(rounds_page) == ["A-BF0001"]
    assert rounds_page.shown.filters.only.words == "只看 公文交换系统 ✕"


def test_midnight_brings_what_is_due_on_the_new_day(rounds_page: RoundsPage, day: RealDay) -> None:
    add_plan(day, since="2024-11-22")
    renew(rounds_page, day)
    assert rounds_page.duties.title.text() == "到期 · 待巡检 1"
    day.pass_time(86_400)
    day.settle()
    assert rounds_page.duties.title.text() == "到期 · 巡检逾期 1"


def test_the_desk_says_what_is_overdue_and_nothing_else(day: RealDay, qtbot: QtBot) -> None:
    line = DutyLine(day.context)
    qtbot.addWidget(line)
    line.read()
    day.settle()
    assert not line.isVisibleTo(None)
    add_plan(day)
    add_system(day)
    line.read()
    day.settle()
    assert line.accessibleName() == "巡检逾期 1 · 备份逾期 3"
    applied: list[Applied] = []
    day.context.executor.applied.connect(applied.append)
    typed = {
        "at": "现在",
        "site": ROOM,
        "who": "刘平",
        "temperature": "20",
        "humidity": "50",
        "voltage": "220",
    }
    day.context.executor.submit(AddEntry("rounds", typed), line)
    day.settle()
    assert line.accessibleName() == "备份逾期 3"
    day.pass_time(3 * 86_400)
    day.settle()
    assert line.accessibleName() == "备份逾期 3 · 待巡检 1"


def test_the_page_filters_as_every_register_does(rounds_page: RoundsPage, day: RealDay) -> None:
    add_round(day, temperature="31")
    add_round(day)
    rounds_page.show_register("rounds", RegisterFilter(view="unhandled"))
    day.settle()
    assert numbers(rounds_page) == ["A-XJ0001"]


def test_the_line_on_the_desk_leads_to_the_page(day: RealDay, qtbot: QtBot) -> None:
    went: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)

    def go(key: str) -> QWidget:
        went.append(key)
        return parent

    add_plan(day)
    desk = next(entry for entry in PAGES if entry.key == "desk")
    page = desk.make(day.context, Journeys(day.context, go, parent))
    assert isinstance(page, DeskPage)
    qtbot.addWidget(page)
    page.resize(1290, 710)
    page.show()
    day.settle()
    line = page.parts.duties
    # It is asked for after the map, which itself comes when the rows have been seen.
    qtbot.waitUntil(line.isVisible)
    assert line.accessibleName() == "巡检逾期 1"
    line.click()
    assert went == ["rounds"]


def test_days_nobody_has_announced_yet_are_said_beside_what_is_due(
    rounds_page: RoundsPage, day: RealDay
) -> None:
    add_plan(day, since="2040-06-11")
    day.pass_time(parse_moment("2040-06-08 09:00") - day.clock.moment)
    day.settle()
    assert rounds_page.duties.trailing.text() == (
        "都做完了，下一项：市政府日检 06-11　2040 年尚无该年节假日安排，暂按周一至周五计，日期待定"
    )
