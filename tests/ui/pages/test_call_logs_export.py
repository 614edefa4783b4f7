"""导出 on the page 通话记录."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from dispatch_app.contract.calendar_beijing import start_of
from dispatch_app.operations.log_files import read_log
from dispatch_app.ui.pages.call_logs import EXPORT, CallLogsPage
from dispatch_app.ui.pages.call_logs_export import ExportPane
from tests.ui.pages.conftest import RealDay


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> CallLogsPage:
    made = CallLogsPage(day.context)
    qtbot.addWidget(made)
    made.resize(1290, 700)
    made.show()
    made.tasks.button(EXPORT).click()
    day.settle()
    return made


@pytest.fixture
def pane(page: CallLogsPage) -> ExportPane:
    return page.outgoing


@pytest.mark.parametrize("name", ["day.csv", "day.xlsx"])
def test_a_period_is_written_and_who_took_it_is_recorded(
    pane: ExportPane, day: RealDay, tmp_path: Path, name: str
) -> None:
    day.report_fault()
    pane.save_log(str(tmp_path / name))
    day.settle()
    assert pane.result.text.text() == f"已导出 1 行到 {name}。已记下是谁导出的"
    assert len(read_log(tmp_path / name).table.records) == 1
    pane.save_facts(str(tmp_path / "facts.json"))
    day.settle()
    facts = json.loads((tmp_path / "facts.json").read_text("utf-8"))["desk_events"]
    assert (facts[-1]["subject"], json.loads(facts[-1]["payload"])["name"]) == ("export", name)
    assert "条事实到 facts.json" in pane.result.text.text()


def test_what_a_row_cannot_say_is_counted_and_its_place_named(
    pane: ExportPane, day: RealDay, tmp_path: Path
) -> None:
    fault_id = day.report_fault()
    day.send(fault_id)
    day.pass_time(60)
    day.send(fault_id, "刘平")
    pane.save_log(str(tmp_path / "day.csv"))
    day.settle()
    assert "另有 2 条说明，在 day-说明.txt" in pane.result.text.text()


def test_today_is_one_click_and_another_period_takes_it_back(pane: ExportPane, day: RealDay) -> None:
    month = pane.picker.period
    pane.today.click()
    today = pane.picker.period
    assert (today.start, today.end) == (start_of(date(2024, 11, 22)), start_of(date(2024, 11, 23)))
    pane.picker.choices.button("last").click()
    assert pane.picker.period.end == month.start


def test_a_file_that_cannot_be_written_is_told_where_it_was_asked_for(
    pane: ExportPane, day: RealDay, tmp_path: Path
) -> None:
    pane.save_log(str(tmp_path / "nowhere" / "day.csv"))
    day.settle()
    assert pane.result.text.text().startswith("没有导出：day.csv 写不进去")
    assert pane.sheet.isEnabled()
    assert day.said == []


@pytest.mark.parametrize(
    ("button", "name"),
    [
        ("sheet", "通话记录-2024-11-22.xlsx"),
        ("csv", "通话记录-2024-11-22.csv"),
        ("facts", "全部事实-2024-11-22.json"),
    ],
)
def test_the_question_where_to_stands_beside_the_work_with_a_name_proposed(
    pane: ExportPane, day: RealDay, button: str, name: str
) -> None:
    pane.today.click()
    getattr(pane, button).click()
    (dialog,) = pane.findChildren(QFileDialog)
    assert dialog.isVisible()
    assert Path(dialog.selectedFiles()[0]).name == name
    dialog.close()
    day.settle()


def test_a_month_proposes_a_name_with_both_its_days(pane: ExportPane, day: RealDay) -> None:
    pane.csv.click()
    (dialog,) = pane.findChildren(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "通话记录-2024-11-01至2024-11-30.csv"
    dialog.close()
    day.settle()
