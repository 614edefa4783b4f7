"""What stands over a register's list when there is little room."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.ui.registers.register_filters import RegisterFilters
from dispatch_app.ui.widgets.buttons import Button, Kind


def test_parts_and_tools_stay_in_reach_in_a_narrow_place(qtbot: QtBot) -> None:
    filters = RegisterFilters(register_of("devices"))
    qtbot.addWidget(filters)
    tools = [Button(words, Kind.PLAIN) for words in ("标识贴", "导入", "导出", "打印", "登记")]
    for tool in tools:
        filters.add_tool(tool)
    told: list[object] = []
    filters.changed.connect(told.append)
    filters.resize(1400, 120)
    filters.show()
    assert filters.views.isVisible()
    assert not filters.views_box.isVisible()
    assert tools[0].mapTo(filters, tools[0].rect().topLeft()).y() < filters.search.geometry().bottom()
    filters.resize(320, 240)
    assert not filters.views.isVisible()
    assert filters.views_box.isVisible()
    assert tools[0].mapTo(filters, tools[0].rect().topLeft()).y() > filters.search.geometry().bottom()
    filters.views_box.setCurrentIndex(1)
    filters.views_box.activated.emit(1)
    assert filters.filter.view == filters.views_box.itemData(1) != ""
    assert told == [filters.filter]
    filters.resize(1400, 120)
    assert filters.views.button(filters.filter.view).isChecked()
