"""比对 on the page 通话记录."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from dispatch_app.ui.pages.call_logs import COMPARE, CallLogsPage
from dispatch_app.ui.pages.call_logs_compare import ALONE, COSTLY, DIFFERING, EVERY, ComparePane
from tests.operations.call_logs import as_csv, row
from tests.ui.pages.conftest import RealDay


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> CallLogsPage:
    made = CallLogsPage(day.context)
    qtbot.addWidget(made)
    made.resize(1290, 700)
    made.show()
    made.tasks.button(COMPARE).click()
    day.settle()
    return made


@pytest.fixture
def pane(page: CallLogsPage) -> ComparePane:
    return page.comparing


@pytest.fixture
def theirs(day: RealDay, tmp_path: Path) -> str:
    """Their log: our one call as an emergency in which nobody was reached, and one that we do not have."""
    day.report_fault()
    path = tmp_path / "theirs.csv"
    rows = [
        row("A-0001", "2024-11-22 14:32:07", emergency="1", unreachable_at="2024-11-22 14:32:07"),
        row("B-9", "2024-11-22 10:00"),
    ]
    path.write_text(as_csv(rows), "utf-8")
    return str(path)


def items(pane: ComparePane) -> list[str]:
    return [pane.model.index(place, 4).data() for place in range(pane.model.rowCount())]


def test_the_differences_and_both_tallies_are_shown(
    page: CallLogsPage, pane: ComparePane, day: RealDay, theirs: str, qtbot: QtBot
) -> None:
    pane.read(theirs)
    day.settle()
    assert items(pane) == ["只有对方有", "紧急", "联系不上", "违约金"]
    assert pane.file.text() == "theirs.csv 2024-11-22 至 2024-11-22：一致 0 件，不同之处 4，影响金额 1"
    totals = [[pane.totals.index(place, column).data() for column in range(4)] for place in range(6)]
    assert ["合计", "0.00", "2,000.00", "+2,000.00"] in totals
    with qtbot.waitSignal(page.fault_requested) as asked:
        pane.table.row_opened.emit(pane.model.row(1))
    assert asked.args == [day.desk.queries.queue()[0].id]


@pytest.mark.parametrize(("value", "count"), [(DIFFERING, 4), (COSTLY, 1), (ALONE, 1), (EVERY, 4)])
def test_the_lines_are_filtered(pane: ComparePane, day: RealDay, theirs: str, value: str, count: int) -> None:
    pane.read(theirs)
    day.settle()
    pane.filter.button(value).click()
    assert pane.model.rowCount() == count


def test_the_comparison_is_saved_and_recorded(
    pane: ComparePane, day: RealDay, theirs: str, tmp_path: Path
) -> None:
    assert not pane.save.isEnabled()
    pane.read(theirs)
    day.settle()
    pane.save.click()
    (dialog,) = pane.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "diff.csv"))
    dialog.close()
    day.settle()
    assert pane.result.text.text() == "已导出 4 行到 diff.csv。已记下是谁导出的"
    assert (tmp_path / "diff.csv").read_text("utf-8-sig").startswith("我方单号,对方单号")
    pane.write(str(tmp_path / "nowhere" / "diff.csv"))
    day.settle()
    assert pane.result.text.text().startswith("没有导出：diff.csv 写不进去")


def test_a_file_that_is_no_log_empties_the_page_and_says_why(
    pane: ComparePane, day: RealDay, theirs: str, tmp_path: Path
) -> None:
    pane.read(theirs)
    day.settle()
    pane.read(str(tmp_path / "gone.csv"))
    day.settle()
    assert pane.result.text.text().startswith("读不出 gone.csv")
    assert pane.model.rowCount() == pane.totals.rowCount() == 0
    assert not pane.save.isEnabled()


def test_the_file_is_asked_for_beside_the_work(pane: ComparePane, day: RealDay) -> None:
    pane.choose.click()
    (dialog,) = pane.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.close()
    day.settle()
