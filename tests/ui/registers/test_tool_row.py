"""The tools of a list: in a row where there is room, else behind one button, and never in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from dispatch_app.ui.registers.register_list import RegisterList
from dispatch_app.ui.registers.tool_row import ToolRow
from dispatch_app.ui.registers.tools import RegisterTool
from tests.ui.pages.conftest import RealDay

TOOLS = tuple(
    RegisterTool(title, f"{title}这张表", lambda _place: None) for title in ("导入", "导出", "打印")
)


@pytest.fixture
def row(qtbot: QtBot) -> ToolRow:
    made = ToolRow(TOOLS)
    qtbot.addWidget(made)
    made.show()
    return made


def in_sight(row: ToolRow) -> list[str]:
    return [button.words for button in (*row.buttons, row.more) if button.isVisibleTo(row)]


def test_a_row_too_wide_folds_into_one_button_and_unfolds_again(row: ToolRow) -> None:
    row.fit(600)
    assert in_sight(row) == ["导入", "导出", "打印"]
    row.fit(120)
    assert in_sight(row) == ["更多"]
    assert row.minimumSizeHint().width() == row.more.sizeHint().width()
    row.fit(600)
    assert in_sight(row) == ["导入", "导出", "打印"]
    assert ToolRow(()).minimumSizeHint().width() == 0


def test_a_tool_is_used_from_the_row_and_from_the_menu(row: ToolRow, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []
    opened: list[QMenu] = []
    row.used.connect(lambda tool: used.append(tool.title))
    monkeypatch.setattr(row.menu, "popup", lambda *_: opened.append(row.menu))
    row.buttons[1].click()
    row.fit(0)
    row.more.click()
    assert opened == [row.menu]
    row.menu.actions()[2].trigger()
    assert used == ["导出", "打印"]


def test_a_list_keeps_room_for_what_is_typed(day: RealDay, qtbot: QtBot) -> None:
    shown = RegisterList(day.context, "devices")
    qtbot.addWidget(shown)
    shown.resize(1500, 500)
    shown.show()
    day.settle()
    shown.resize(900, 500)
    day.settle()
    assert shown.filters.search.width() >= 150
    QTest.keyClick(shown.filters.search, Qt.Key.Key_A)
    assert shown.filters.search.text() == "a"
