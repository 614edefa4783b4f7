"""申辩 and 豁免 of a sum: asked in place, resting on a numbered letter, seen in the sums at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dispatch_app.ui.pages.tallies import TalliesPage
from tests.ui.pages.conftest import RealDay

LETTER = "宁网函〔2024〕7号"


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> TalliesPage:
    """The settlement with one breach of nine-two, selected."""
    day.report_fault("lubiao")
    day.pass_time(5 * 3600 + 1)
    made = TalliesPage(day.context)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    day.settle()
    made.sum_table.selectRow(0)
    return made


def payable(page: TalliesPage) -> str:
    return page.summary.payable.text()


def last_cell(page: TalliesPage) -> str:
    return str(page.sums.index(0, page.sums.columnCount() - 1).data())


def test_a_dispute_is_listed_and_the_sum_still_counts(page: TalliesPage, day: RealDay, qtbot: QtBot) -> None:
    page.dispute.click()
    qtbot.keyClicks(page.objection.document, "7")
    page.objection.document.setText(LETTER)
    qtbot.keyClick(page.objection.document, Qt.Key.Key_Return)
    page.objection.note.setText("车辆途中抛锚")
    qtbot.keyClick(page.objection.note, Qt.Key.Key_Return)
    day.settle()

    assert not page.objection.isVisible()
    assert last_cell(page).startswith("申辩")
    assert LETTER in last_cell(page)
    assert payable(page) == "158,000.00 元"


def test_a_waiver_is_listed_and_the_sum_no_longer_counts(page: TalliesPage, day: RealDay) -> None:
    page.waive.click()
    page.objection.document.setText("安工信函〔2024〕3号")
    page.objection.save.click()
    day.settle()

    assert last_cell(page).startswith("豁免")
    assert payable(page) == "160,000.00 元"


def test_without_a_letter_nothing_is_recorded_and_the_reason_typed_stays(
    page: TalliesPage, day: RealDay
) -> None:
    page.dispute.click()
    page.objection.note.setText("路断")
    page.objection.save.click()
    day.settle()

    assert "还没有文号" in page.objection.error.text()
    assert page.objection.note.text() == "路断"
    assert last_cell(page).strip() == ""


def test_escape_leaves_the_question_and_records_nothing(
    page: TalliesPage, day: RealDay, qtbot: QtBot
) -> None:
    page.waive.click()
    qtbot.keyClick(page.objection.document, Qt.Key.Key_Escape)
    day.settle()

    assert not page.objection.isVisible()
    assert payable(page) == "158,000.00 元"


def test_nothing_can_be_disputed_while_no_sum_is_selected(page: TalliesPage) -> None:
    page.sum_table.clearSelection()
    page.sum_table.setCurrentIndex(page.sums.index(-1, -1))

    assert not page.dispute.isEnabled()
    assert not page.waive.isEnabled()
    assert not page.see.isEnabled()
