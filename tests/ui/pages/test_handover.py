"""The page of the shift, on a real desk: hand over, cover, print for a power cut, look at what was issued."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.settings import ChooseOperator
from dispatch_app.operations.shift import CoverDesk
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.journeys import Journeys
from dispatch_app.ui.page_list import PAGES
from dispatch_app.ui.pages.handover import HandoverPage
from dispatch_app.ui.widgets.polish import Tone
from tests.ui.conftest import FRIDAY
from tests.ui.pages.conftest import RealDay
from tests.ui.printing.papers import PaperTray

HOUR = 3600


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> HandoverPage:
    day.desk.perform(ChooseOperator(day.desk.queries.operator().id))
    made = HandoverPage(day.context)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    settle(day)
    return made


def settle(day: RealDay) -> None:
    """An answer may lead to the next question."""
    for _ in range(4):
        day.settle()


def choose(page: HandoverPage, staff_id: str) -> None:
    page.form.person.setCurrentIndex(page.form.person.findData(staff_id))


def words(page: HandoverPage) -> list[str]:
    return [str(page.papers.index(row).data()) for row in range(page.papers.rowCount())]


def test_the_page_says_who_has_the_desk_and_what_is_open(page: HandoverPage, day: RealDay) -> None:
    assert page.empty.isVisible()
    day.report_fault("bajie", emergency=True)
    day.report_fault("lubiao")
    day.pass_time(10 * 60)
    page.reload()
    settle(day)
    assert page.duty.who.text() == day.desk.queries.operator().name
    assert page.duty.since.text() == "2024-11-22 14:32 起，已值班 10 分"
    assert not page.empty.isVisible()
    assert page.open_card.trailing.text() == "2 件"
    (first,) = [str(page.open.index(row).data()) for row in range(2) if "紧急" in page.open.index(row).data()]
    assert first.startswith("A-0001　八街")
    assert "未派人　响应 剩 10:00" in first


def test_the_time_left_goes_on_and_turns_into_time_over(page: HandoverPage, day: RealDay) -> None:
    day.report_fault("bajie")
    page.reload()
    settle(day)
    day.pass_time(21 * 60)
    assert "响应 已超 01:00" in page.open.index(0).data()
    QAbstractItemModelTester(page.open, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_double_click_or_enter_leads_to_the_fault(page: HandoverPage, day: RealDay, qtbot: QtBot) -> None:
    fault = day.report_fault()
    page.reload()
    settle(day)
    asked: list[object] = []
    page.fault_requested.connect(asked.append)
    page.open_list.choose(0)
    qtbot.keyClick(page.open_list, Qt.Key.Key_Return)
    page.open_list.doubleClicked.emit(page.open.index(0))
    qtbot.keyClick(page.open_list, Qt.Key.Key_Home)
    assert asked == [fault, fault]


def test_handing_over_asks_once_then_issues_the_sheet_and_changes_the_operator(
    page: HandoverPage, day: RealDay
) -> None:
    choose(page, "liuping")
    page.form.note.setText("备件在前台")
    page.form.hand.click()
    assert page.form.sure.isVisible()
    assert day.documents(DocumentKind.HANDOVER) == ()
    page.form.sure.action.click()
    settle(day)
    assert day.desk.queries.operator().id == "liuping"
    (document,) = day.documents(DocumentKind.HANDOVER)
    assert page.document == document
    assert page.preview.pdf == day.desk.queries.document_pdf(document.id)
    assert page.duty.who.text() == "刘平"
    assert (page.form.note.text(), page.form.chosen) == ("", "")
    assert "刘平" in words(page)[1]
    assert page.form.person.findData("liuping") == -1


def test_thinking_better_of_it_issues_nothing(page: HandoverPage, day: RealDay) -> None:
    choose(page, "liuping")
    page.form.hand.click()
    page.form.not_yet.click()
    settle(day)
    assert not page.form.sure.isVisible()
    assert day.documents(DocumentKind.HANDOVER) == ()


def test_without_a_person_the_refusal_stands_under_the_field(page: HandoverPage, day: RealDay) -> None:
    page.form.hand.click()
    page.form.sure.action.click()
    settle(day)
    assert page.form.person_field.error.startswith("没有选接班人")
    choose(page, "liuping")
    assert page.form.person_field.error == ""
    assert not day.said


def test_a_cover_shows_its_end_and_goes_back_with_one_button(page: HandoverPage, day: RealDay) -> None:
    owner = day.desk.queries.operator()
    choose(page, "liuping")
    page.form.minutes.button("30").click()
    page.form.cover.click()
    settle(day)
    assert page.duty.cover.isVisible()
    assert page.duty.cover.text.text() == f"替 {owner.name} 顶班到 15:02，还有 30 分"
    assert page.duty.cover.text.property("banner_text") == str(Tone.SOON)
    assert not page.form.hand.isEnabled()
    day.pass_time(35 * 60)
    assert page.duty.cover.text.text().endswith("已过 5 分，请收回")
    page.duty.cover.action.click()
    settle(day)
    assert day.desk.queries.operator().id == owner.id
    assert not page.duty.cover.isVisible()
    assert page.form.hand.isEnabled()


def test_a_cover_begun_elsewhere_is_seen_when_the_page_comes_back(page: HandoverPage, day: RealDay) -> None:
    page.hide()
    day.context.executor.submit(CoverDesk("liuping", FRIDAY + HOUR), page)
    settle(day)
    day.pass_time(60)
    assert page.duty.who.text() != "刘平"
    page.show()
    settle(day)
    assert page.duty.who.text() == "刘平"


def test_the_list_of_open_faults_goes_to_the_printer_at_one_click(
    page: HandoverPage, day: RealDay, tray: PaperTray
) -> None:
    day.report_fault()
    page.list_button.click()
    settle(day)
    (document,) = day.documents(DocumentKind.OPEN_FAULTS)
    ((job, _queue),) = tray.sent
    assert (job.document_id, job.pdf) == (document.id, day.desk.queries.document_pdf(document.id))
    assert page.preview.pdf == job.pdf
    page.blank_button.click()
    settle(day)
    assert [job.title for job, _ in tray.sent] == [
        DocumentKind.OPEN_FAULTS,
        DocumentKind.BLANK_INTAKE,
    ]


def test_an_earlier_sheet_is_looked_at_and_printed_again(
    page: HandoverPage, day: RealDay, tray: PaperTray
) -> None:
    choose(page, "liuping")
    page.form.sure.acted.emit()
    settle(day)
    page.paper_list.choose(0)
    settle(day)
    assert page.document is None
    draft = page.preview.pdf
    page.paper_list.choose(1)
    settle(day)
    assert page.preview.pdf != draft
    page.paper_bar.reprint_button.click()
    settle(day)
    assert tray.sent[0][0].reprint
    assert "已送出 1 份" in words(page)[1]


def test_the_preview_follows_who_is_to_take_over(page: HandoverPage, day: RealDay) -> None:
    before = page.preview.pdf
    choose(page, "liuping")
    settle(day)
    assert page.preview.pdf != before


def test_the_page_stands_in_the_rail_after_the_settlement(day: RealDay, qtbot: QtBot) -> None:
    keys = [entry.key for entry in PAGES]
    assert keys.index("handover") == keys.index("tallies") + 1
    context: UiContext = day.context
    parent = HandoverPage(context)
    qtbot.addWidget(parent)
    entry = PAGES[keys.index("handover")]
    made = entry.make(context, Journeys(context, lambda _key: parent, parent))
    qtbot.addWidget(made)
    settle(day)
    assert isinstance(made, HandoverPage)


def test_it_dresses_in_the_other_theme(page: HandoverPage, day: RealDay) -> None:
    day.report_fault()
    page.reload()
    settle(day)
    light = page.open_list.grab().toImage()
    day.context.themes.choose("dark")
    assert page.open_list.grab().toImage() != light
