"""The page of the settlement, on a real desk: periods, sums that lead to faults, sheets issued for good."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dispatch_app.contract.calendar_beijing import start_of
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.contract_ledger import WaiveBreach
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.ui.pages.tallies import STANDARDS, SUMS, TalliesPage
from dispatch_app.ui.pages.tallies_period import (
    CUSTOM,
    LAST_MONTH,
    TERM,
    THIS_MONTH,
    Period,
    PeriodPicker,
    last_month,
    this_month,
    whole_days,
)
from dispatch_app.ui.pages.tallies_tables import SumModel
from dispatch_app.ui.theme.theme import Themes
from tests.ui.conftest import FRIDAY
from tests.ui.pages.conftest import RealDay
from tests.ui.printing.papers import PaperTray

NOVEMBER = Period(start_of(date(2024, 11, 1)), start_of(date(2024, 12, 1)))
OCTOBER = Period(start_of(date(2024, 10, 1)), start_of(date(2024, 11, 1)))
TERM_DAYS = (date(2024, 3, 1), date(2025, 2, 28))


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> TalliesPage:
    made = TalliesPage(day.context)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    day.settle()
    return made


def nobody_sent(day: RealDay, site_id: str = "lubiao") -> str:
    """A fault nobody was sent to for five hours."""
    fault_id = day.report_fault(site_id)
    day.pass_time(5 * 3600 + 1)
    return fault_id


def unreachable(day: RealDay) -> str:
    fault_id = day.report_fault("ninghu-1", emergency=True)
    day.milestone(fault_id, FactKind.UNREACHABLE)
    return fault_id


def reload(page: TalliesPage, day: RealDay) -> None:
    page.reload()
    day.settle()


def words(model: SumModel) -> list[list[str]]:
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


# ── periods ──


def test_this_month_is_settled_at_first_and_the_days_are_shown(page: TalliesPage) -> None:
    assert page.picker.period == NOVEMBER
    assert page.picker.choices.value == THIS_MONTH
    assert page.picker.first.date() == QDate(2024, 11, 1)
    assert page.picker.last.date() == QDate(2024, 11, 30)


@pytest.mark.parametrize(
    ("choice", "days"),
    [(LAST_MONTH, (date(2024, 10, 1), date(2024, 10, 31))), (TERM, TERM_DAYS)],
)
def test_a_click_settles_another_period(
    page: TalliesPage, day: RealDay, choice: str, days: tuple[date, date]
) -> None:
    page.picker.choices.button(choice).click()
    day.settle()
    assert page.picker.period.days == days
    assert page.settlement is not None
    assert page.settlement.row.start == start_of(days[0])


def test_typed_days_are_both_within(page: TalliesPage, day: RealDay) -> None:
    page.picker.choices.button(CUSTOM).click()
    assert page.picker.period == NOVEMBER
    page.picker.first.setDate(QDate(2024, 11, 20))
    page.picker.last.setDate(QDate(2024, 11, 22))
    day.settle()
    assert page.picker.period == Period(start_of(date(2024, 11, 20)), start_of(date(2024, 11, 23)))
    assert page.picker.choices.value == CUSTOM


def test_a_first_day_after_the_last_takes_the_last_along(page: TalliesPage, day: RealDay) -> None:
    page.picker.first.setDate(QDate(2024, 12, 5))
    assert page.picker.period.days == (date(2024, 12, 5), date(2024, 12, 5))
    page.picker.last.setDate(QDate(2024, 10, 5))
    assert page.picker.period.days == (date(2024, 10, 5), date(2024, 10, 5))
    day.settle()


def test_the_first_of_the_year_has_december_before_it() -> None:
    new_year = start_of(date(2025, 1, 1))
    assert last_month(new_year).days == (date(2024, 12, 1), date(2024, 12, 31))
    assert this_month(new_year - 1).days == (date(2024, 12, 1), date(2024, 12, 31))


def test_a_picker_left_open_over_midnight_knows_the_new_month(qtbot: QtBot, themes: Themes) -> None:
    picker = PeriodPicker(FRIDAY)
    qtbot.addWidget(picker)
    picker.pass_time(start_of(date(2024, 12, 1)))
    picker.choices.button(THIS_MONTH).click()
    assert picker.period.days[0] == date(2024, 12, 1)
    picker.choices.button(LAST_MONTH).click()
    assert picker.period == NOVEMBER


def test_another_reading_of_the_term_is_settled_at_once(qtbot: QtBot, themes: Themes) -> None:
    picker = PeriodPicker(FRIDAY)
    qtbot.addWidget(picker)
    picker.set_term(whole_days(*TERM_DAYS))
    picker.choices.button(TERM).click()
    longer = whole_days(date(2024, 3, 1), date(2027, 2, 28))
    with qtbot.waitSignal(picker.picked) as told:
        picker.set_term(longer)
    assert told.args == [longer]


# ── what is shown ──


def test_a_month_without_breach_says_so(page: TalliesPage) -> None:
    assert page.empty.isVisible()
    assert page.empty.title.text() == "本期无违约"
    assert page.summary.payable.text() == "160,000.00 元"
    assert page.summary.words.text() == "壹拾陆万元整"
    assert page.summary.nobody_sent.figure.text() == "0 / 5"
    assert not page.rights.isVisible()


def test_every_sum_stands_with_fault_clause_times_and_amount(page: TalliesPage, day: RealDay) -> None:
    nobody_sent(day)
    unreachable(day)
    reload(page, day)
    assert not page.empty.isVisible()
    rows = words(page.sums)
    assert sorted(row[1] for row in rows) == ["九.1", "九.2"]
    late = next(row for row in rows if row[1] == "九.2")
    assert late == [
        "A-0001 禄脿街道办事处节点",
        "九.2",
        "11-22 19:32:07 起算 11-22 14:32:07",
        "— 超 00:01",
        "2,000.00",
        "",
    ]
    assert page.summary.payable.text() == "156,000.00 元"
    assert page.summary.words.text() == "壹拾伍万陆仟元整"
    assert page.summary.parts["本期计"].text() == "4,000.00"
    assert page.summary.unreachable.figure.text() == "1 / 5"


def test_a_sum_leads_to_its_fault_by_mouse_and_by_key(page: TalliesPage, day: RealDay, qtbot: QtBot) -> None:
    fault_id = nobody_sent(day)
    reload(page, day)
    place = page.sum_table.visualRect(page.sums.index(0, 0)).center()
    with qtbot.assertNotEmitted(page.fault_requested):
        qtbot.mouseClick(page.sum_table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(page.fault_requested) as told:
        page.see.click()
    assert told.args == [fault_id]
    with qtbot.waitSignal(page.fault_requested):
        qtbot.mouseDClick(page.sum_table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(page.fault_requested):
        qtbot.keyClick(page.sum_table, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(page.fault_requested):
        qtbot.keyClick(page.sum_table, Qt.Key.Key_Down)


def test_the_sixth_unreachable_opens_the_right_to_terminate_in_red(page: TalliesPage, day: RealDay) -> None:
    for _ in range(6):
        unreachable(day)
        day.pass_time(60)
    reload(page, day)
    assert page.rights.isVisible()
    assert "九.1 超过 5 次" in page.rights.text.text()
    assert page.rights.property("banner") == "breached"
    assert page.summary.unreachable.figure.text() == "6 / 5"
    assert page.summary.unreachable.figure.property("tone") == "breached"


def test_a_waived_sum_is_shown_and_not_counted(page: TalliesPage, day: RealDay) -> None:
    fault_id = nobody_sent(day)
    (row,) = day.desk.queries.tally(NOVEMBER.start, NOVEMBER.end).penalties
    day.desk.perform(WaiveBreach(fault_id, "9.2", row.cycle, "安工信〔2024〕9号"))
    reload(page, day)
    assert "豁免，不计 安工信〔2024〕9号" in words(page.sums)[0][5]
    assert page.summary.payable.text() == "160,000.00 元"
    assert page.summary.parts["豁免"].text() == "2,000.00"


def test_the_standards_count_what_was_kept_and_missed(page: TalliesPage, day: RealDay) -> None:
    nobody_sent(day)
    reload(page, day)
    page.which.button(STANDARDS).click()
    assert page.standard_table.isVisible()
    rows = {str(page.standards.index(row, 0).data()): row for row in range(page.standards.rowCount())}
    assert len(rows) == 7
    arrival = [str(page.standards.index(rows["到场"], column).data()) for column in range(7)]
    assert arrival == ["到场", "二.3", "0", "1", "0", "0", "0"]
    page.which.button(SUMS).click()
    assert page.sum_table.isVisible()


def test_a_fault_of_today_is_seen_without_asking(page: TalliesPage, day: RealDay) -> None:
    day.context.executor.submit(RegisterFault(day.clock.moment - 6 * 3600, "lubiao", "断网"), page)
    day.settle()
    assert page.sums.rowCount() == 1


def test_out_of_sight_nothing_is_reckoned_until_it_is_looked_at(page: TalliesPage, day: RealDay) -> None:
    page.hide()
    day.context.executor.submit(RegisterFault(day.clock.moment - 6 * 3600, "lubiao", "断网"), page)
    day.settle()
    assert page.sums.rowCount() == 0
    page.show()
    day.settle()
    assert page.sums.rowCount() == 1


def test_a_heading_sorts_and_sorts_back(page: TalliesPage, day: RealDay) -> None:
    nobody_sent(day, "lubiao")
    unreachable(day)
    reload(page, day)
    header = page.sum_table.horizontalHeader()
    header.sectionClicked.emit(1)
    assert [row[1] for row in words(page.sums)] == ["九.1", "九.2"]
    header.sectionClicked.emit(1)
    assert [row[1] for row in words(page.sums)] == ["九.2", "九.1"]
    header.sectionClicked.emit(4)
    assert page.sums.lines[0].amount <= page.sums.lines[1].amount


# ── sheets ──


def test_the_trial_is_previewed_and_cannot_be_printed(
    page: TalliesPage, day: RealDay, tray: PaperTray
) -> None:
    assert page.preview.pdf.startswith(b"%PDF")
    assert page.paper_bar.document is None
    page.paper_bar.print_now()
    day.settle()
    assert not tray.sent


def test_issuing_is_asked_for_once_more_and_can_be_left(page: TalliesPage, day: RealDay) -> None:
    page.issue_button.click()
    assert page.sure.isVisible()
    page.not_yet.click()
    assert not page.sure.isVisible()
    day.settle()
    assert not day.documents("tally")


def test_an_issued_sheet_has_its_number_and_prints_its_very_bytes(
    page: TalliesPage, day: RealDay, tray: PaperTray
) -> None:
    nobody_sent(day)
    reload(page, day)
    page.issue_button.click()
    page.sure.action.click()
    day.settle()
    (document,) = day.documents("tally")
    assert document.number == "结算〔2024〕1号"
    assert page.issued_list.document == document
    assert page.preview.pdf == day.desk.queries.document_pdf(document.id)
    page.paper_bar.print_now()
    day.settle()
    ((job, _queue),) = tray.sent
    assert job.pdf == page.preview.pdf
    assert "已送出 1 份" in str(page.issued.index(1).data())


def test_an_issued_sheet_stays_as_it_was_when_things_change(page: TalliesPage, day: RealDay) -> None:
    page.issue()
    day.settle()
    before = page.preview.pdf
    nobody_sent(day)
    reload(page, day)
    assert page.preview.pdf == before
    page.issued_list.choose("")
    day.settle()
    assert page.preview.pdf != before
    assert page.issued_list.document is None


def test_choosing_a_period_goes_back_to_the_trial(page: TalliesPage, day: RealDay) -> None:
    page.issue()
    day.settle()
    assert page.issued_list.document is not None
    page.picker.choices.button(LAST_MONTH).click()
    day.settle()
    assert page.issued_list.document is None
    assert page.issued.rowCount() == 2


def test_a_period_that_has_not_begun_is_refused_with_a_remedy(page: TalliesPage, day: RealDay) -> None:
    refused: list[object] = []
    day.context.executor.refused.connect(refused.append)
    page.picker.first.setDate(QDate(2025, 1, 1))
    page.issue()
    day.settle()
    assert len(refused) == 1
    assert not day.documents("tally")


def test_after_the_end_of_the_program_nothing_is_asked(page: TalliesPage, day: RealDay) -> None:
    before = page.settlement
    day.context.executor.close()
    page.reload()
    page.issued_list.chosen.emit(None)
    assert page.settlement is before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_paints_in_both_themes(page: TalliesPage, day: RealDay, theme: str) -> None:
    nobody_sent(day)
    reload(page, day)
    light = page.grab().toImage()
    day.context.themes.choose("dark")
    dark = page.grab().toImage()
    assert dark != light
    if theme == "light":
        day.context.themes.choose("light")
        assert page.grab().toImage().pixelColor(8, 300) == light.pixelColor(8, 300)


def test_every_model_passes_qts_tester(page: TalliesPage, day: RealDay) -> None:
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
        for model in (page.sums, page.standards, page.issued)
    ]
    nobody_sent(day)
    unreachable(day)
    reload(page, day)
    page.sums.sort(0, Qt.SortOrder.DescendingOrder)
    page.issue()
    day.settle()
    reload(page, day)
    assert [tester.model().rowCount() for tester in testers] == [2, 7, 2]
