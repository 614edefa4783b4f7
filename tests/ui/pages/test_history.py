"""历史 on a real desk: found by a few letters, sorted, paged, opened, taken out as CSV and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.operations.history_columns import COLUMNS
from dispatch_app.operations.history_rows import HistoryFilter, HistorySort, PeriodKind
from dispatch_app.operations.list_files import unfinished
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.words import PROCEDURE_WORDS, SOURCE_WORDS, STAGE_WORDS, ZONE_WORDS
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.lists import list_export, paged_model
from dispatch_app.ui.lists.paged_model import Wish
from dispatch_app.ui.pages.history import FaultHistoryPage
from dispatch_app.ui.pages.history_export import HistoryExport
from dispatch_app.ui.pages.history_model import HistoryModel
from dispatch_app.ui.pages.history_table import HistoryTable
from dispatch_app.ui.pages.tallies_tables import MARGIN
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Themes
from tests.ui.pages.conftest import RealDay
from tests.ui.printing.papers import PaperTray

KEYS = [column.key for column in COLUMNS]


def report(day: RealDay, symptom: str, site: str = "ninghu-1", **says: str) -> str:
    day.clock.moment += 1
    return day.desk.perform(RegisterFault(day.clock.moment, site, symptom, **says)).created  # type: ignore[arg-type]  # texts


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> FaultHistoryPage:
    """Three faults, the latest first."""
    report(day, "专网不通", caller="王老师")
    report(day, "监控掉线", "bajie")
    report(day, "专网很慢")
    made = FaultHistoryPage(day.context)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    day.settle()
    return made


def numbers(page: FaultHistoryPage) -> list[str]:
    return [row.number for row in page.model.rows]


def click(page: FaultHistoryPage, key: str) -> None:
    header = page.table.horizontalHeader()
    page.table.scrollTo(page.model.index(0, KEYS.index(key)))
    at = QPoint(header.sectionViewportPosition(KEYS.index(key)) + 20, 12)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_everything_is_there_the_latest_first_and_counted(page: FaultHistoryPage) -> None:
    assert numbers(page) == ["A-0003", "A-0002", "A-0001"]
    assert page.count.text() == "共 3 件"
    assert page.empty.isHidden()


def test_letters_filter_at_once_and_escape_clears(page: FaultHistoryPage, day: RealDay) -> None:
    page.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "bj")
    day.settle()
    assert (numbers(page), page.count.text()) == (["A-0002"], "共 1 件")
    QTest.keyClick(page.filters.search, Qt.Key.Key_Escape)
    day.settle()
    assert len(numbers(page)) == 3


def test_who_types_faster_than_the_disk_reads_gets_the_last_word(
    page: FaultHistoryPage, day: RealDay
) -> None:
    for typed in ("专", "专网", "专网很", "专网很慢"):
        page.filters.search.setText(typed)
    day.settle()
    assert numbers(page) == ["A-0003"]


def test_nothing_found_says_what_to_do_and_does_it(page: FaultHistoryPage, day: RealDay) -> None:
    page.filters.search.setText("没有的字")
    day.settle()
    assert page.empty.isVisible()
    assert page.empty.title.text() == "没有符合的故障"
    page.empty.action.click()
    day.settle()
    assert (len(numbers(page)), page.empty.isVisible()) == (3, False)


def test_an_empty_desk_says_how_a_fault_comes_in(day: RealDay, qtbot: QtBot) -> None:
    made = FaultHistoryPage(day.context)
    qtbot.addWidget(made)
    made.show()
    day.settle()
    assert "F2" in made.empty.hint.text()
    assert made.empty.action.isHidden()


def test_a_heading_sorts_and_sorts_back(page: FaultHistoryPage, day: RealDay) -> None:
    click(page, "number")
    day.settle()
    assert numbers(page) == ["A-0001", "A-0002", "A-0003"]
    click(page, "number")
    day.settle()
    assert numbers(page) == ["A-0003", "A-0002", "A-0001"]


def test_enter_and_a_double_click_open_the_fault(page: FaultHistoryPage, day: RealDay) -> None:
    opened: list[str] = []
    page.fault_requested.connect(opened.append)
    QTest.keyClick(page.filters.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.table
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.table.doubleClicked.emit(page.model.index(0, 0))
    assert opened == [page.model.rows[1].fault_id, page.model.rows[0].fault_id]


def test_letters_typed_into_the_list_go_on_in_the_filter(page: FaultHistoryPage, day: RealDay) -> None:
    page.table.choose_first()
    QTest.keyClicks(page.table, "b")
    QTest.keyClicks(QApplication.focusWidget(), "j")
    day.settle()
    assert (page.filters.search.text(), numbers(page)) == ("bj", ["A-0002"])


def test_ctrl_f_leads_back_to_the_filter(page: FaultHistoryPage) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is page.filters.search


def test_a_click_elsewhere_is_seen_and_a_hidden_page_looks_again(
    page: FaultHistoryPage, day: RealDay
) -> None:
    command = RegisterFault(day.clock.moment, "caopu", "断网")
    day.context.executor.submit(command, page)
    day.settle()
    assert numbers(page)[0] in ("A-0003", "A-0004")
    assert page.count.text() == "共 4 件"
    page.hide()
    day.context.executor.submit(RegisterFault(day.clock.moment, "caopu", "断电"), page)
    day.settle()
    assert len(numbers(page)) == 4
    page.show()
    day.settle()
    assert len(numbers(page)) == 5


def test_running_lateness_is_read_again_every_minute(page: FaultHistoryPage, day: RealDay) -> None:
    day.clock.moment += 3600 - day.clock.moment % 60
    day.context.ticker.beat()
    day.settle()
    first = page.model.rows[0].late_s
    day.pass_time(60)
    day.settle()
    assert page.model.rows[0].late_s == first + 60 > 60
    late = KEYS.index("late_s")
    assert page.model.index(0, late).data()


def test_pages_are_read_when_they_are_scrolled_to(
    page: FaultHistoryPage, day: RealDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paged_model, "PAGE", 2)
    model = HistoryModel(day.context.executor)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(Wish(HistoryFilter(), HistorySort()))
    day.settle()
    assert (model.rowCount(), model.canFetchMore(QModelIndex())) == (2, True)
    model.fetchMore(QModelIndex())
    day.settle()
    assert (model.rowCount(), model.canFetchMore(QModelIndex())) == (3, False)
    assert len({row.id for row in model.rows}) == 3


def test_painting_makes_only_the_rows_in_sight(page: FaultHistoryPage, day: RealDay, qtbot: QtBot) -> None:
    for place in range(150):
        report(day, f"断网 {place}")
    page.model.reload()
    day.settle()
    made: list[int] = []
    faces = page.model.faces
    page.model.faces = lambda row: (made.append(row), faces(row))[1]  # type: ignore[method-assign,func-returns-value]  # counted
    page.table.viewport().repaint()
    assert 5 < len(set(made)) < 30
    assert len(made) < 60


def test_the_days_of_a_period_are_asked_for_only_where_they_count(
    page: FaultHistoryPage, day: RealDay
) -> None:
    assert page.filters.first.isHidden() or not page.filters.first.isVisible()
    page.filters.show_filter(HistoryFilter(period=PeriodKind.DAYS, first="2024-11-23", last="2024-11-22"))
    day.settle()
    assert page.filters.first.isVisible()
    assert "截止日" in day.said[-1].text
    page.filters.show_filter(HistoryFilter(period=PeriodKind.DAYS, first="2024-11-22", last="2024-11-22"))
    day.settle()
    assert len(numbers(page)) == 3


def test_boxes_and_segments_filter(page: FaultHistoryPage, day: RealDay) -> None:
    page.filters.zone.setCurrentIndex(2)
    day.settle()
    assert numbers(page) == ["A-0002"]
    page.filters.emergency.setChecked(True)
    page.filters.breached.setChecked(True)
    day.settle()
    assert numbers(page) == []
    wanted = page.filters.filter
    assert (wanted.zone, wanted.emergency, wanted.breached) == ("outlying", True, True)


def chosen(page: FaultHistoryPage, words: str) -> None:
    menus = [page.filters.menu, *(a.menu() for a in page.filters.menu.actions() if a.menu() is not None)]
    action = next(a for menu in menus for a in menu.actions() if a.text() == words)
    action.trigger()


def test_a_filter_is_kept_chosen_again_and_deleted(page: FaultHistoryPage, day: RealDay) -> None:
    page.filters.search.setText("专网")
    day.settle()
    chosen(page, "保存当前筛选…")
    page.filters.name.setText("专网 & 慢")
    page.filters.name_button.click()
    day.settle()
    chosen(page, "清除筛选")
    day.settle()
    assert len(numbers(page)) == 3
    chosen(page, "专网 && 慢")
    day.settle()
    assert numbers(page) == ["A-0003", "A-0001"]
    chosen(page, "删除「专网 && 慢」")
    day.settle()
    assert day.desk.queries.history_filters() == ()


def test_columns_are_chosen_and_remembered(page: FaultHistoryPage, day: RealDay, tmp_path: Path) -> None:
    memory = LayoutMemory(tmp_path)
    table = HistoryTable(page.model, day.context.themes, memory)
    header = table.horizontalHeader()
    unit, number = KEYS.index("unit"), KEYS.index("number")
    next(a for a in table.menu.actions() if a.data() == unit).trigger()
    header.moveSection(header.visualIndex(number), 3)
    header.resizeSection(number, 133)
    again = HistoryTable(page.model, day.context.themes, LayoutMemory(tmp_path))
    after = again.horizontalHeader()
    assert not after.isSectionHidden(unit)
    assert (after.visualIndex(number), after.sectionSize(number)) == (3, 133)
    again.menu.actions()[-1].trigger()
    assert after.isSectionHidden(unit)
    assert after.visualIndex(number) == 0


def test_the_last_column_stays(page: FaultHistoryPage) -> None:
    for action in page.table.menu.actions():
        if action.isCheckable() and action.isChecked():
            action.trigger()
    shown = [a.text() for a in page.table.menu.actions() if a.isCheckable() and a.isChecked()]
    assert len(shown) == 1
    assert page.table.horizontalHeader().hiddenSectionCount() == len(COLUMNS) - 1


# ── out of the program ──


def test_every_row_of_the_filter_goes_into_the_file(
    page: FaultHistoryPage, day: RealDay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_export, "PIECE", 1)
    page.filters.search.setText("专网")
    day.settle()
    told: list[Applied] = []
    day.context.executor.applied.connect(told.append)
    page.export_button.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert not dialog.isHidden()
    path = tmp_path / "out.csv"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert page.progress.isVisible()
    day.settle()
    assert len(path.read_text("utf-8-sig").splitlines()) == 3
    assert not page.progress.isVisible()
    assert page.export_button.isEnabled()
    assert [one.changes.message for one in told] == ["已导出 2 件到 out.csv"]


def test_an_export_given_up_leaves_nothing(
    page: FaultHistoryPage, day: RealDay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_export, "PIECE", 1)
    path = tmp_path / "out.csv"
    page.export.begin(path, HistoryExport(page.wish))
    page.progress.action.click()
    day.settle()
    assert list(tmp_path.iterdir()) == []
    assert not page.progress.isVisible()


def test_a_folder_that_refuses_is_told(page: FaultHistoryPage, day: RealDay, tmp_path: Path) -> None:
    page.export.begin(tmp_path / "gone" / "out.csv", HistoryExport(page.wish))
    day.settle()
    assert "没有存成 out.csv" in day.said[-1].text
    assert not unfinished(tmp_path / "gone" / "out.csv").exists()


def test_the_list_is_seen_numbered_and_printed(page: FaultHistoryPage, day: RealDay, tray: PaperTray) -> None:
    page.print_button.click()
    day.settle()
    panel = page._paper
    assert panel is not None
    assert panel.issue_button.isEnabled()
    panel.issue_button.click()
    day.settle()
    (document,) = day.documents(DocumentKind.FAULT_LIST)
    assert panel.paper_bar.document is not None
    assert panel.paper_bar.document.id == document.id
    assert [job.document_id for job, _queue in tray.sent] == [document.id]
    assert not panel.issue_button.isVisible()
    page.resize(1100, 700)
    assert panel.geometry().right() <= page.width()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_too_many_rows_for_paper_are_told_in_the_panel(
    page: FaultHistoryPage, day: RealDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatch_app.operations.history_paper.MOST_ROWS", 2)
    page.show_paper()
    day.settle()
    assert page._paper is not None
    assert not page._paper.issue_button.isEnabled()
    assert day.documents(DocumentKind.FAULT_LIST) == ()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("zone", ZONE_WORDS),
        ("source", SOURCE_WORDS),
        ("stage", STAGE_WORDS),
        ("procedure", PROCEDURE_WORDS),
    ],
)
def test_a_column_holds_each_of_its_words_at_its_first_width(
    themes: Themes, key: str, words: dict[str, str]
) -> None:
    kit = PaintKit(themes.current, QApplication.font().family())
    room = next(column.width for column in COLUMNS if column.key == key) - 2 * MARGIN
    assert [word for word in words.values() if kit.width(TextSize.QUIET, word) > room] == []


def test_themes_change_what_is_painted(page: FaultHistoryPage, day: RealDay) -> None:
    light = page.table.grab().toImage()
    day.context.themes.choose("dark")
    assert page.table.grab().toImage() != light


def test_a_step_taken_elsewhere_is_shown_in_place(page: FaultHistoryPage, day: RealDay) -> None:
    page.table.choose(page.model.rows[1].fault_id)
    fault = page.table.chosen
    day.send(fault)
    day.milestone(fault, FactKind.ACKNOWLEDGED)
    page.model.reload()
    day.settle()
    assert page.table.chosen == fault
    assert page.model.index(1, KEYS.index("stage")).data() == "已响应"
    assert page.model.index(1, KEYS.index("engineers")).data() == "张懿明"
