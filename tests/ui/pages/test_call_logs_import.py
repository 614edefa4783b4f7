"""导入 on the page 通话记录: look first, then take it in or leave it, while the desk works on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from dispatch_app.operations.faults import RegisterFault
from dispatch_app.operations.log_import import AT_ONCE
from dispatch_app.operations.watching import WATCHED_EVERY
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.lists.import_pane import ImportPane
from dispatch_app.ui.lists.import_run import FEWEST, MOST, WANTED_MS, Pace
from dispatch_app.ui.pages.call_logs import CallLogsPage
from dispatch_app.ui.pages.call_logs_import import DOUBTFUL
from tests.operations.call_logs import as_csv, row
from tests.ui.pages.conftest import RealDay


@pytest.fixture
def page(day: RealDay, qtbot: QtBot) -> CallLogsPage:
    made = CallLogsPage(day.context)
    qtbot.addWidget(made)
    made.resize(1290, 700)
    made.show()
    return made


@pytest.fixture
def pane(page: CallLogsPage) -> ImportPane:
    return page.incoming


def log(folder: Path, count: int = 3) -> str:
    rows = [
        row(f"X{number}", "2024-06-03 09:00", site="市政府", resolved_at="2024-06-03 10:00")
        for number in range(count)
    ]
    rows += [row("", "2024-06-03 09:00"), row("Y", "2024-06-03 09:00", arrived_at="2024-06-03 08:00")]
    path = folder / "calls.csv"
    path.write_text(as_csv(rows), "utf-8")
    return str(path)


def shown(pane: ImportPane, column: int) -> list[str]:
    return [pane.model.index(place, column).data() for place in range(pane.model.rowCount())]


def numbers(day: RealDay) -> list[str]:
    return sorted(row.number for row in day.desk.queries.queue())


def test_a_file_is_shown_row_by_row_before_anything_is_written(
    pane: ImportPane, day: RealDay, tmp_path: Path
) -> None:
    pane.read(log(tmp_path))
    day.settle()
    assert shown(pane, 3) == ["可导入"] * 3 + ["被拒", "可导入"]
    assert shown(pane, 8)[3] == "单号：没有单号"
    assert pane.file.text() == "calls.csv：共 5 行，可导入 4，被拒 1"
    assert pane.take_in.words == "导入 4 件故障"
    assert numbers(day) == []


@pytest.mark.parametrize(
    ("value", "rows"), [("every", 5), ("ready", 4), ("refused", 1), ("known", 0), (DOUBTFUL, 1)]
)
def test_the_rows_are_filtered_by_what_becomes_of_them(
    pane: ImportPane, day: RealDay, tmp_path: Path, value: str, rows: int
) -> None:
    pane.read(log(tmp_path))
    day.settle()
    pane.filter.button(value).click()
    assert pane.model.rowCount() == rows


def test_the_import_says_what_came_in_and_a_row_leads_to_its_fault(
    page: CallLogsPage, pane: ImportPane, day: RealDay, tmp_path: Path, qtbot: QtBot
) -> None:
    pane.read(log(tmp_path))
    day.settle()
    pane.take_in.click()
    day.settle()
    assert pane.result.text.text().startswith("已导入 4 件故障")
    assert numbers(day) == ["A-L0004"]
    assert shown(pane, 3) == ["已有"] * 3 + ["被拒", "已有"]
    assert not pane.take_in.isEnabled()
    with qtbot.waitSignal(page.fault_requested) as asked:
        pane.table.row_opened.emit(pane.model.row(4))
    assert asked.args == [day.desk.queries.queue()[0].id]


def test_a_click_made_meanwhile_is_served_before_the_next_chunk(
    pane: ImportPane, day: RealDay, tmp_path: Path
) -> None:
    pane.read(log(tmp_path, 3 * AT_ONCE))
    day.settle()
    order: list[str] = []
    executor = day.context.executor

    def note(applied: Applied) -> None:
        order.append("click" if applied.changes.initiator is pane else "chunk")

    def click(done: int, _total: int) -> None:
        # The first chunk is about to be handed in: the click comes after it and before all others.
        if done == AT_ONCE and "asked" not in order:
            order.append("asked")
            executor.submit(RegisterFault(day.clock.moment, "ninghu-1", "断网"), pane)

    executor.applied.connect(note)
    pane.take_in.click()
    assert pane.run is not None
    pane.run.progressed.connect(click)
    day.settle()
    asked = order.index("asked")
    assert order.index("click") <= asked + 2
    assert order[-1] == "chunk"


def test_a_command_carries_as_many_faults_as_a_click_has_patience_for() -> None:
    pace = Pace()
    assert pace.size == AT_ONCE
    for _ in range(5):
        pace.took(pace.size, ms=pace.size * 0.1)
    assert pace.size == MOST
    pace.took(MOST, ms=2000)
    assert pace.size == FEWEST
    pace.took(FEWEST, ms=20)
    assert FEWEST < pace.size <= FEWEST * 3
    before = pace.size
    pace.took(1, ms=1)
    assert pace.size == before
    for _ in range(20):
        pace.took(pace.size, ms=pace.size * 2)
    assert pace.size * 2 <= WANTED_MS


def test_a_cancelled_import_leaves_nothing_and_can_be_tried_again(
    pane: ImportPane, day: RealDay, tmp_path: Path
) -> None:
    pane.read(log(tmp_path, 3 * AT_ONCE))
    day.settle()
    pane.take_in.click()
    pane.cancel.click()
    day.settle()
    assert pane.result.text.text().startswith("已取消，什么也没有导入")
    assert numbers(day) == []
    assert pane.take_in.isEnabled()
    pane.take_in.click()
    day.settle()
    assert len(numbers(day)) == 1


def test_a_file_that_is_no_log_says_so_beside_its_button(
    pane: ImportPane, day: RealDay, tmp_path: Path
) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("单号\n1\n", "utf-8")
    pane.read(str(path))
    day.settle()
    assert "缺少 reported_at" in pane.result.text.text()
    assert pane.preview is None
    assert not pane.take_in.isEnabled()
    assert day.said == []


def test_the_table_keeps_its_rows_in_another_theme(pane: ImportPane, day: RealDay, tmp_path: Path) -> None:
    pane.read(log(tmp_path))
    day.settle()
    day.context.themes.choose("dark")
    colour = pane.model.index(0, 1).data(Qt.ItemDataRole.ForegroundRole)
    assert colour == day.context.themes.current.text


def test_a_large_file_shows_how_far_it_is_and_can_be_given_up(
    pane: ImportPane, day: RealDay, tmp_path: Path
) -> None:
    pane.read(log(tmp_path, 3 * WATCHED_EVERY))
    assert pane.progress.isVisible()
    assert pane.cancel.isVisible()
    assert not pane.choose.isEnabled()
    seen: list[tuple[int, int]] = []
    assert pane.look is not None
    pane.look.progressed.connect(lambda done, total: seen.append((done, total)))
    day.settle()
    assert (2 * WATCHED_EVERY, 3 * WATCHED_EVERY + 2) in seen
    assert not pane.progress.isVisible()
    assert pane.choose.isEnabled()
    assert pane.preview is not None
    pane.read(log(tmp_path, 3 * WATCHED_EVERY))
    pane.cancel.click()
    day.settle()
    assert pane.preview is None
    assert pane.result.text.text().startswith("没有读完，什么也没有导入")
    assert not pane.progress.isVisible()
    assert pane.choose.isEnabled()
    pane.read(log(tmp_path))
    day.settle()
    assert pane.take_in.isEnabled()


def test_a_bug_while_a_file_is_read_does_not_leave_the_page_waiting(
    pane: ImportPane, day: RealDay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dispatch_app.operations.reading.logs.plan_import", _bug)
    pane.read(log(tmp_path))
    day.settle()
    assert [type(error) for error in day.crashes] == [ZeroDivisionError]
    day.crashes.clear()
    assert not pane.progress.isVisible()
    assert pane.choose.isEnabled()


@pytest.mark.parametrize(
    ("where", "said", "count"),
    [
        ("_must_be_under_way", "没有导入：程序内部出错", 0),
        ("_project", "已导入，还有些没有列出：程序内部出错", 0),
    ],
)
def test_a_bug_in_the_midst_of_an_import_does_not_leave_the_page_at_its_bar(
    pane: ImportPane,
    day: RealDay,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    said: str,
    count: int,
) -> None:
    pane.read(log(tmp_path, 3 * AT_ONCE))
    day.settle()
    with monkeypatch.context() as broken:
        broken.setattr(f"dispatch_app.operations.log_import.{where}", _bug)
        pane.take_in.click()
        day.settle()
    assert {type(error) for error in day.crashes} == {ZeroDivisionError}
    day.crashes.clear()
    assert pane.run is None
    assert not pane.progress.isVisible()
    assert pane.choose.isEnabled()
    assert pane.result.text.text().startswith(said)
    assert len(numbers(day)) == count


def _bug(*_: object) -> None:
    raise ZeroDivisionError
