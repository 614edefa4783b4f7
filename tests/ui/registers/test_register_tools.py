"""导入, 导出 and 打印 of a register on a real desk: what a person sees, and what is left of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import AddEntry, WithdrawEntry
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.watching import WATCHED_EVERY
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.lists import list_export
from dispatch_app.ui.printing.paper_panel import PaperPanel
from dispatch_app.ui.registers.register_export import EVERY, RegisterExportPanel
from dispatch_app.ui.registers.register_import import RegisterImportPanel
from dispatch_app.ui.registers.register_list import RegisterList
from dispatch_app.ui.widgets.buttons import Button
from tests.operations.registers.imports import device, written
from tests.ui.pages.conftest import RealDay

SWITCH = {"label": "AN-0012", "kind": "交换机", "site": "市政府大楼机房", "state": "在用", "important": "否"}


@pytest.fixture
def shown(day: RealDay, qtbot: QtBot) -> RegisterList:
    made = RegisterList(day.context, "devices")
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    day.settle()
    return made


def use(shown: RegisterList, words: str) -> None:
    next(one for one in shown.findChildren(Button) if one.words == words).click()


def labels(day: RealDay) -> list[str]:
    page = day.desk.queries.register_page("devices", RegisterFilter(), RegisterSort("label"), size=999)
    return [row.cells[1] for row in page.rows]


def importing(shown: RegisterList) -> RegisterImportPanel:
    use(shown, "导入")
    panel = shown.findChild(RegisterImportPanel)
    assert panel is not None
    return panel


def exporting(shown: RegisterList, reason: str = "") -> RegisterExportPanel:
    use(shown, "导出")
    panel = shown.findChild(RegisterExportPanel)
    assert panel is not None
    editor = panel.reason.editor
    assert isinstance(editor, QLineEdit)
    editor.setText(reason)
    return panel


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


# ── in ──


def test_a_table_is_looked_at_and_then_taken_in(shown: RegisterList, day: RealDay, tmp_path: Path) -> None:
    day.desk.perform(AddEntry("devices", SWITCH))
    rows = [device(f"AN-{number}") for number in range(1000, 1200)]
    panel = importing(shown)
    assert panel.isVisible()
    assert panel.pane.choose.hasFocus()
    panel.pane.read(str(written(tmp_path, [*rows, device("AN-0012"), device("AN-9", 类型="冰箱")])))
    day.settle()
    assert panel.pane.file.text() == "devices.csv：共 202 行，可导入 200，被拒 1，与已有不同 1"
    assert panel.pane.take_in.words == "导入 200 台设备"
    panel.pane.filter.button("refused").click()
    reason = panel.pane.model.index(0, panel.pane.model.columnCount() - 1).data()
    assert reason.startswith("类型：没有「冰箱」这一项")
    assert labels(day) == ["AN-0012"]
    panel.pane.take_in.click()
    day.settle()
    assert panel.pane.result.text.text().startswith("已导入 200 台设备")
    assert len(labels(day)) == 201
    assert not panel.pane.take_in.isEnabled()
    assert panel.pane.file.text() == "devices.csv：共 202 行，被拒 1，已有 200，与已有不同 1"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert shown.model.rowCount() == 200
    assert shown.count.text() == "共 201 台设备"


def test_a_row_leads_to_the_entry_it_is_already(shown: RegisterList, day: RealDay, tmp_path: Path) -> None:
    entry_id = day.desk.perform(AddEntry("devices", SWITCH)).created
    panel = importing(shown)
    panel.pane.read(str(written(tmp_path, [device("AN-0012", 状态="备用"), device("AN-1")])))
    day.settle()
    panel.pane.table.row_opened.emit(panel.pane.model.row(1))
    assert panel.isVisible()
    panel.pane.table.row_opened.emit(panel.pane.model.row(0))
    day.settle()
    assert not panel.isVisible()
    assert shown.panel.detail is not None
    assert shown.panel.detail.row.entry_id == entry_id


def test_a_cancelled_import_leaves_nothing(shown: RegisterList, day: RealDay, tmp_path: Path) -> None:
    panel = importing(shown)
    panel.pane.read(str(written(tmp_path, [device(f"AN-{number}") for number in range(1000, 1100)])))
    day.settle()
    panel.pane.take_in.click()
    panel.pane.cancel.click()
    day.settle()
    assert panel.pane.result.text.text().startswith("已取消，什么也没有导入")
    assert labels(day) == []


def test_a_large_table_shows_how_far_it_is_and_can_be_given_up(
    shown: RegisterList, day: RealDay, tmp_path: Path
) -> None:
    panel = importing(shown)
    file = str(written(tmp_path, [device(f"AN-{number}") for number in range(3 * WATCHED_EVERY)]))
    panel.pane.read(file)
    assert panel.pane.progress.isVisible()
    assert panel.pane.look is not None
    seen: list[tuple[int, int]] = []
    panel.pane.look.progressed.connect(lambda done, total: seen.append((done, total)))
    day.settle()
    assert (2 * WATCHED_EVERY, 3 * WATCHED_EVERY) in seen
    assert panel.pane.take_in.isEnabled()
    panel.pane.read(file)
    assert panel.pane.cancel.words == "不看了"
    panel.pane.cancel.click()
    day.settle()
    assert panel.pane.preview is None
    assert panel.pane.result.text.text().startswith("没有读完，什么也没有导入")
    assert panel.pane.choose.isEnabled()


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("_nobody_was_quicker", "没有导入：程序内部出错"),
        ("_show", "已导入，还有些没有列出：程序内部出错"),
    ],
)
def test_a_bug_in_the_midst_of_an_import_does_not_leave_the_panel_at_its_bar(
    shown: RegisterList,
    day: RealDay,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    said: str,
) -> None:
    panel = importing(shown)
    panel.pane.read(str(written(tmp_path, [device("AN-0012")])))
    day.settle()
    with monkeypatch.context() as broken:
        broken.setattr(f"dispatch_app.operations.register_import.{where}", _bug)
        panel.pane.take_in.click()
        day.settle()
    assert {type(error) for error in day.crashes} == {ZeroDivisionError}
    day.crashes.clear()
    assert panel.pane.run is None
    assert panel.pane.choose.isEnabled()
    assert panel.pane.result.text.text().startswith(said)
    assert labels(day) == []


def _bug(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_an_import_somebody_was_quicker_than_says_so(
    shown: RegisterList, day: RealDay, tmp_path: Path
) -> None:
    panel = importing(shown)
    panel.pane.read(str(written(tmp_path, [device("AN-0012")])))
    day.settle()
    day.desk.perform(AddEntry("devices", SWITCH))
    panel.pane.take_in.click()
    day.settle()
    assert (
        panel.pane.result.text.text()
        == "没有导入：导入期间已另行登记 A-SB0001，与文件里的一行相同。请重新选择文件预览"
    )
    assert labels(day) == ["AN-0012"]


def test_a_template_is_saved_and_read_again(shown: RegisterList, day: RealDay, tmp_path: Path) -> None:
    panel = importing(shown)
    panel.template_button.click()
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "模板.xlsx"))
    dialog.close()
    day.settle()
    assert panel.pane.result.text.text().startswith("模板已存成 模板.xlsx")
    panel.pane.read(str(tmp_path / "模板.xlsx"))
    day.settle()
    assert panel.pane.file.text() == "模板.xlsx：共 0 行"
    panel.save_template(str(tmp_path / "gone" / "模板.csv"))
    day.settle()
    assert "没有存成 模板.csv" in panel.pane.result.text.text()
    # The same panel comes up again, with what was said in it.
    assert importing(shown) is panel


# ── out ──


def test_a_confidential_list_goes_out_only_with_a_reason(shown: RegisterList) -> None:
    panel = exporting(shown)
    panel.sheet_button.click()
    assert panel.reason.error == "请写明给谁、做什么用，会和导出一起记下"
    assert panel.reason.editor.hasFocus()
    assert panel.findChild(QFileDialog) is None


def test_the_list_goes_out_as_it_is_set(
    shown: RegisterList, day: RealDay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_export, "PIECE", 1)
    for label in ("AN-2", "AN-10", "AN-9"):
        day.desk.perform(AddEntry("devices", SWITCH | {"label": label}))
    day.desk.perform(
        WithdrawEntry(day.desk.perform(AddEntry("devices", SWITCH | {"label": "AN-1"})).created, 1, "重复")
    )
    shown.model.reload()
    day.settle()
    header = shown.table.horizontalHeader()
    place = [column.key for column in shown.model.columns].index("label")
    header.setSortIndicator(place, Qt.SortOrder.DescendingOrder)
    header.sectionClicked.emit(place)
    told: list[Applied] = []
    day.context.executor.applied.connect(told.append)
    panel = exporting(shown, "核对")
    panel.withdrawn.setChecked(True)
    panel.csv_button.click()
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    assert "内部资料" in dialog.selectedFiles()[0]
    path = tmp_path / "out.csv"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    assert not panel.csv_button.isEnabled()
    day.settle()
    mark, headings, *rows = lines(path)
    assert mark[0].startswith("内部资料　注意保管，不得外传　设备台账　导出〔2024〕1号")
    assert (headings[0], headings[-1]) == ("标识号", "作废")
    assert [(row[0], row[-1]) for row in rows] == [
        ("AN-10", "否"),
        ("AN-9", "否"),
        ("AN-2", "否"),
        ("AN-1", "是"),
    ]
    assert panel.csv_button.isEnabled()
    assert told[-1].changes.message == "导出〔2024〕1号：已导出 4 台设备到 out.csv"


def test_an_export_can_be_given_up_or_fail(
    shown: RegisterList, day: RealDay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_export, "PIECE", 1)
    for label in ("AN-2", "AN-10"):
        day.desk.perform(AddEntry("devices", SWITCH | {"label": label}))
    panel = exporting(shown, "核对")
    panel.columns.set_value(EVERY)
    panel.write(str(tmp_path / "out.csv"))
    panel.export.progressed.connect(panel.export.cancel)
    day.settle()
    assert list(tmp_path.iterdir()) == []
    panel.write(str(tmp_path / "gone" / "out.xlsx"))
    day.settle()
    assert day.said[-1].text.startswith("没有存成 out.xlsx")
    assert panel.sheet_button.isEnabled()


# ── on paper ──


def test_the_list_is_previewed_and_numbered(shown: RegisterList, day: RealDay) -> None:
    day.desk.perform(AddEntry("devices", SWITCH))
    use(shown, "打印")
    panel = shown.findChild(PaperPanel)
    assert panel is not None
    day.settle()
    panel.issue()
    day.settle()
    (document,) = day.documents(DocumentKind.REGISTER_LIST)
    assert document.title == "设备台账 台账〔2024〕1号 1 台设备"
    use(shown, "打印")
    assert shown.findChildren(PaperPanel) == [panel]
