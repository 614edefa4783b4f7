"""设置: every setting in its place, saved as it is left, errors where they belong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.setting_list import DEFINITIONS
from dispatch_app.operations.settings import ChangeSetting, ChooseOperator
from dispatch_app.operations.staff import ImportRoster
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.settings import SettingsPage
from dispatch_app.ui.printing.spooler import Queue, Spooler

Settle = Callable[[], None]


class StrawSpooler(Spooler):
    """Has two printers, and is asked for them once."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = 0

    def look(self) -> None:
        self.looks += 1
        self.listed.emit((Queue("大厅打印机", True, True, "空闲"), Queue("PDF", False, False, "已停用")))


@pytest.fixture
def spooler(qapp: QApplication) -> StrawSpooler:
    return StrawSpooler()


@pytest.fixture
def page(context: UiContext, qtbot: QtBot, settle: Settle, spooler: StrawSpooler) -> Iterator[SettingsPage]:
    made = SettingsPage(context, spooler=spooler)
    made.resize(1100, 800)
    made.show()
    settle()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def line(page: SettingsPage, name: str) -> Any:
    found = page.fields[name].line
    assert found is not None
    return found


def test_every_setting_that_has_a_group_is_on_the_page(page: SettingsPage) -> None:
    shown = set(page.fields) | {"printer"}
    assert shown == {definition.name for definition in DEFINITIONS if definition.group}


def test_the_values_kept_are_shown(
    page: SettingsPage, straw: Any, context: UiContext, settle: Settle
) -> None:
    assert line(page, "soon_arrival").text() == "15"
    assert page.fields["theme"].value == "light"
    straw.queries.values |= {"soon_arrival": "20", "theme": "dark", "sound": "0", "printer": "PDF"}
    straw.answer = lambda command: Changes(settings=frozenset({"soon_arrival"}))
    context.executor.submit("elsewhere", context.executor)
    settle()
    assert line(page, "soon_arrival").text() == "20"
    assert page.fields["theme"].value == "dark"
    assert page.fields["sound"].value == "0"
    assert page.printer.currentText() == "PDF（已停用）"


def test_a_value_is_saved_as_its_field_is_left(
    page: SettingsPage, straw: Any, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    editor = line(page, "undo_seconds")
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    editor.selectAll()
    qtbot.keyClicks(editor, "20")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    settle()
    assert straw.commands == [ChangeSetting("undo_seconds", "20")]


def test_what_did_not_change_is_not_saved(page: SettingsPage, straw: Any, settle: Settle) -> None:
    page.fields["undo_seconds"].commit()
    line(page, "undo_seconds").setText(" 010 ")
    page.fields["undo_seconds"].commit()
    settle()
    assert straw.commands == []


@pytest.mark.parametrize("typed", ["900", "zehn", "", "２０"])
def test_a_number_out_of_its_bounds_is_refused_at_once_and_in_its_place(
    page: SettingsPage, straw: Any, typed: str
) -> None:
    field = page.fields["undo_seconds"]
    line(page, "undo_seconds").setText(typed)
    field.commit()
    assert field.form.error == "「撤回条停留」须是 3 到 60 之间的整数。默认是 10 秒"
    assert straw.commands == []
    line(page, "undo_seconds").setText("12")
    field.commit()
    assert field.form.error == ""


def test_what_the_desk_refuses_is_said_in_its_place(page: SettingsPage, straw: Any, settle: Settle) -> None:
    straw.refuse("字体里没有「禄」", "换一个字体", "font_body")
    page.fields["font_body"].take_path("/fonts/x.ttf")
    settle()
    assert page.fields["font_body"].form.error == "字体里没有「禄」。换一个字体"


def test_choices_and_switches_are_saved_with_the_click(
    page: SettingsPage, straw: Any, settle: Settle, qtbot: QtBot
) -> None:
    segments, switch = page.fields["theme"].segments, page.fields["sound"].switch
    assert segments is not None
    assert switch is not None
    segments.button("dark").click()
    switch.click()
    settle()
    assert straw.commands == [ChangeSetting("theme", "dark"), ChangeSetting("sound", "0")]


def test_a_text_half_typed_is_not_overwritten_by_news(
    page: SettingsPage, context: UiContext, straw: Any, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    editor = line(page, "manager")
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    editor.setText("刘")
    straw.answer = lambda command: Changes(settings=frozenset({"theme"}))
    context.executor.submit("elsewhere", context.executor)
    settle()
    assert editor.text() == "刘"


def test_the_operator_is_chosen_among_those_employed(page: SettingsPage, straw: Any, settle: Settle) -> None:
    names = [page.operator.itemText(place).split()[0] for place in range(page.operator.count())]
    assert names == ["张懿明", "刘平", "李鸿兰"]
    assert page.operator.currentData() == "s6"
    page.operator.activated.emit(1)
    settle()
    assert straw.commands == [ChooseOperator("s2")]


def test_the_printer_is_chosen_among_those_there(
    page: SettingsPage, context: UiContext, straw: Any, settle: Settle
) -> None:
    assert page.printer.currentText() == "系统默认打印机"
    page.printer.activated.emit(page.printer.findText("大厅打印机"))
    settle()
    assert straw.commands == [ChangeSetting("printer", "大厅打印机")]
    straw.queries.values["printer"] = "旧打印机"
    straw.answer = lambda command: Changes(settings=frozenset({"printer"}))
    context.executor.submit("elsewhere", context.executor)
    settle()
    assert page.printer.currentText() == "旧打印机（现在找不到）"


def test_the_roster_is_imported_and_what_came_in_is_said(
    page: SettingsPage, straw: Any, settle: Settle
) -> None:
    told = "已导入 5 个手机号码；未导入：第 7 行"
    straw.answer = lambda command: Changes(staff=frozenset({"s1"}), message=told)
    page.import_button.click()
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit("附五.csv")
    dialog.close()
    settle()
    assert straw.commands == [ImportRoster(Path("附五.csv"))]
    assert page.roster_note.text() == told
    assert page.roster_note.isVisible()


def test_a_roster_that_cannot_be_read_is_said(page: SettingsPage, straw: Any, settle: Settle) -> None:
    straw.refuse("没有找到服务人员表", "表头须有姓名")
    page.import_roster("x.csv")
    settle()
    assert page.roster_note.text() == "没有找到服务人员表。表头须有姓名"
    assert page.roster_note.property("tone") == "breached"


def test_a_font_is_picked_without_blocking(
    page: SettingsPage, straw: Any, settle: Settle, tmp_path: Path
) -> None:
    field = page.fields["font_title"]
    field._browse()
    dialog = field.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "fs.ttf"))
    dialog.close()
    settle()
    assert straw.commands == [ChangeSetting("font_title", str(tmp_path / "fs.ttf"))]


def test_the_data_folder_is_shown_and_opened(
    page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(QUrl(url).toLocalFile()))
    )
    assert str(tmp_path) in [label.text() for label in page.findChildren(QLabel)]
    page._open_folder()
    assert opened == [str(tmp_path)]


def test_a_drill_says_that_it_keeps_nothing(context: UiContext, qtbot: QtBot, settle: Settle) -> None:
    page = SettingsPage(replace(context, data_folder=None), spooler=StrawSpooler())
    qtbot.addWidget(page)
    settle()
    assert any("关掉即弃" in label.text() for label in page.findChildren(QLabel))


def test_every_editor_has_a_name_for_the_screen_reader(page: SettingsPage) -> None:
    for name, field in page.fields.items():
        editor = field.line or field.segments or field.switch
        assert editor is not None
        assert editor.accessibleName() or field.form.editor.accessibleName(), name


def test_a_print_server_that_does_not_answer_is_said_at_the_printer(
    page: SettingsPage, spooler: StrawSpooler
) -> None:
    assert spooler.looks == 1
    spooler.unlisted.emit(KnownError("打印服务没有回应", "检查 CUPS"))
    assert page.printer_field.error == "打印服务没有回应。检查 CUPS"
    spooler.look()
    assert page.printer_field.error == ""
