"""统计 on a real desk: what it says of a month, and that every bar leads to exactly its faults."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.facts import Zone
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.operations.history_rows import HistoryFilter
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.statistics_rows import Dimension
from dispatch_app.ui.pages.history import FaultHistoryPage
from dispatch_app.ui.pages.tallies_period import CUSTOM, LAST_MONTH, TERM
from dispatch_app.ui.statistics.bars import BarList
from dispatch_app.ui.statistics.statistics_page import StatisticsPage
from dispatch_app.ui.theme.theme import Themes
from tests.ui.pages.conftest import RealDay
from tests.ui.printing.papers import PaperTray
from tests.ui.statistics.conftest import PERSON

Key = Qt.Key


def said(bars: QListView) -> list[str]:
    model = bars.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def click(bars: BarList, row: int) -> None:
    rect = bars.visualRect(bars.bars.index(row, 0))
    QTest.mouseClick(bars.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def wanted(spy: QSignalSpy, day: RealDay) -> HistoryFilter:
    day.settle()
    assert spy.count() == 1
    return spy.at(0)[0]


def numbers(day: RealDay, wish: HistoryFilter) -> list[str]:
    return sorted(row.number for row in day.desk.queries.fault_rows(wish.only))


def test_the_figures_are_those_of_the_month_and_of_the_one_before(page: StatisticsPage) -> None:
    figures = {key: figure.text() for key, figure in page.figures.items()}
    assert (figures["faults"], figures["before"], figures["open"]) == ("3", "1", "3")
    assert (figures["emergencies"], figures["cancelled"]) == ("0", "0")
    assert figures["arrival"] == "16分"
    notes = {key: note.text() for key, note in page.notes.items()}
    assert notes["faults"] == "比上期多 2 件"
    assert notes["before"] == "2024-10-01 至 2024-10-31"
    assert (notes["open"], notes["cancelled"]) == ("占 100%", "占 0%")
    assert notes["arrival"] == "上期 3小时01分"
    assert page.tiers[Zone.URBAN, ClockName.ARRIVAL].text() == "50%　按时 1，超时 1"
    assert page.tiers[Zone.OUTLYING, ClockName.ARRIVAL].text() == "100%　按时 1"
    assert page.tiers[Zone.URBAN, ClockName.SPECIAL_REPORT].text() == "没有"
    assert page.empty.isHidden()


def test_the_bars_say_everything_a_screen_reader_needs(page: StatisticsPage) -> None:
    assert said(page.lists[Dimension.SITE])[0].startswith("市政府大楼机房 2 件，上期 0 件，其中有超时")
    assert said(page.lists[Dimension.CAUSE]) == [
        "供电 1 件，上期 0 件，其中有超时 1 件",
        "未说明 2 件，上期 1 件",
    ]
    assert said(page.lists[Dimension.PERSON]) == [f"{PERSON} 3 件，上期 1 件，其中有超时 1 件"]
    days = said(page.time)
    assert len(days) == 22
    assert days[11].startswith("2024-11-12 2 件")
    assert "上期" not in days[11]


def test_the_months_say_their_shares_and_lead_to_their_faults(page: StatisticsPage, month: RealDay) -> None:
    months = said(page.months)
    assert len(months) == 12
    assert months[-2] == "2024-10 1 件，响应按时 0%，到场按时 0%"
    assert months[0] == "2023-12 0 件，响应没有可算的，到场没有可算的"
    spy = QSignalSpy(page.faults_wanted)
    page.sheet.ensureWidgetVisible(page.months)
    click(page.months, 10)
    wish = wanted(spy, month)
    assert (wish.called, numbers(month, wish)) == ("2024-10", ["A-0001"])


@pytest.mark.parametrize(
    ("dimension", "row", "called", "found"),
    [
        (Dimension.SITE, 0, "市政府大楼机房 2024-11-01 至 2024-11-30", ["A-0002", "A-0003"]),
        (Dimension.CAUSE, 0, "供电 2024-11-01 至 2024-11-30", ["A-0002"]),
        (Dimension.PERSON, 0, f"{PERSON} 2024-11-01 至 2024-11-30", ["A-0002", "A-0003", "A-0004"]),
        (Dimension.SOURCE, 0, "甲方 2024-11-01 至 2024-11-30", ["A-0002", "A-0003", "A-0004"]),
    ],
)
def test_a_click_on_a_bar_leads_to_exactly_its_faults(
    page: StatisticsPage, month: RealDay, dimension: Dimension, row: int, called: str, found: list[str]
) -> None:
    spy = QSignalSpy(page.faults_wanted)
    page.sheet.ensureWidgetVisible(page.lists[dimension])
    click(page.lists[dimension], row)
    wish = wanted(spy, month)
    assert (wish.called, numbers(month, wish)) == (called, found)


def test_enter_on_a_day_leads_to_its_faults(page: StatisticsPage, month: RealDay) -> None:
    spy = QSignalSpy(page.faults_wanted)
    page.time.setFocus()
    QTest.keyClick(page.time, Key.Key_Return)
    assert not spy.count()
    page.time.setCurrentIndex(page.time.bars.index(10, 0))
    QTest.keyClick(page.time, Key.Key_Right)
    QTest.keyClick(page.time, Key.Key_Return)
    wish = wanted(spy, month)
    assert (wish.called, numbers(month, wish)) == ("2024-11-12", ["A-0002", "A-0003"])


def test_a_day_without_faults_leads_nowhere(page: StatisticsPage, month: RealDay) -> None:
    spy = QSignalSpy(page.faults_wanted)
    click(page.time, 0)
    month.settle()
    assert not spy.count()


def test_the_history_shows_the_faults_behind_a_bar_with_a_chip(
    page: StatisticsPage, month: RealDay, qtbot: QtBot
) -> None:
    history = FaultHistoryPage(month.context)
    qtbot.addWidget(history)
    history.show()
    page.faults_wanted.connect(history.show_filter)
    page.sheet.ensureWidgetVisible(page.lists[Dimension.CAUSE])
    click(page.lists[Dimension.CAUSE], 0)
    month.settle()
    month.settle()
    assert [row.number for row in history.model.rows] == ["A-0002"]
    assert history.filters.only.words == "只看 供电 2024-11-01 至 2024-11-30 ✕"
    history.filters.only.click()
    month.settle()
    assert len(history.model.rows) == 4


def test_another_period_is_read_at_once(page: StatisticsPage, month: RealDay) -> None:
    page.picker.choices.button(LAST_MONTH).click()
    month.settle()
    assert page.figures["faults"].text() == "1"
    assert said(page.lists[Dimension.SITE]) == ["八街街道办事处节点 1 件，上期 0 件，其中有超时 1 件"]
    page.picker.choices.button(TERM).click()
    month.settle()
    assert page.figures["faults"].text() == "4"
    assert said(page.time)[-1].startswith("2024-11 3 件")


def test_a_new_fault_is_counted_while_one_looks(page: StatisticsPage, month: RealDay, qtbot: QtBot) -> None:
    month.context.executor.submit(a_call(month), page, lambda _changes: None)
    qtbot.waitUntil(lambda: page.figures["faults"].text() == "4", timeout=20_000)
    page.hide()
    month.context.executor.submit(a_call(month), page, lambda _changes: None)
    month.settle()
    assert page.figures["faults"].text() == "4"
    page.show()
    qtbot.waitUntil(lambda: page.figures["faults"].text() == "5", timeout=20_000)


def a_call(day: RealDay) -> object:
    return RegisterFault(day.clock.moment, "bajie", "断网")


def test_an_empty_period_says_so_and_one_to_come_is_refused_by_name(
    page: StatisticsPage, month: RealDay
) -> None:
    page.picker.choices.button(CUSTOM).click()
    page.picker.first.setDate(QDate(2024, 9, 1))
    page.picker.last.setDate(QDate(2024, 9, 2))
    month.settle()
    assert page.empty.isVisible()
    assert page.empty.title.text() == "这段时间没有故障"
    assert page.figures["faults"].text() == "0"
    page.picker.last.setDate(QDate(2025, 9, 2))
    page.picker.first.setDate(QDate(2025, 9, 1))
    month.settle()
    assert page.empty.title.text() == "统计期不对"
    assert page.found is None


def test_the_bulletin_is_seen_issued_and_printed(
    page: StatisticsPage, month: RealDay, tray: PaperTray, qtbot: QtBot
) -> None:
    page.bulletin_button.click()
    month.settle()
    panel = page._panel
    assert panel is not None
    assert panel.title.text() == "硬件工作状态通报 2024-11-01 至 2024-11-30"
    panel.issue_button.click()
    month.settle()
    month.settle()
    (document,) = month.documents(DocumentKind.BULLETIN)
    assert document.number == "通报〔2024〕1号"
    qtbot.waitUntil(lambda: len(tray.sent) == 1, timeout=20_000)
    page.bulletin_button.click()
    assert page._panel is panel


def test_everything_is_reached_by_tab_and_has_a_name_of_its_own(page: StatisticsPage) -> None:
    page.setFocus()
    reached: set[QWidget] = set()
    for _ in range(60):
        # More than once round: a date field keeps the key for its parts.
        reached.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    lists = [page.time, page.months, *page.lists.values(), page.heat.map]
    assert not [one.accessibleName() for one in lists if one not in reached]
    names = [one.accessibleName() for one in lists]
    assert len(set(names)) == len(names)
    assert all(names)


def test_both_themes_paint_in_their_own_colours(page: StatisticsPage, themes: Themes) -> None:
    light = page.time.grab().toImage()
    themes.choose("dark")
    QApplication.processEvents()
    dark = page.time.grab().toImage()
    assert light.pixelColor(2, 2) != dark.pixelColor(2, 2)
    painted = {dark.pixel(x, y) for x in range(dark.width()) for y in range(60, 150, 6)}
    assert themes.current.accent.rgb() in painted


def test_the_models_keep_their_promises_to_qt(page: StatisticsPage, qtbot: QtBot) -> None:
    for bars in (page.time, page.months, *page.lists.values()):
        QAbstractItemModelTester(bars.bars, QAbstractItemModelTester.FailureReportingMode.Fatal)
        assert bars.bars.rowCount(bars.bars.index(0, 0)) == 0
