"""占用 of the networks: what is free is in sight, a row leads to its network, its table can be printed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.printing.paper_panel import PaperPanel
from dispatch_app.ui.registers.network_use import NetworkUsePanel
from dispatch_app.ui.registers.register_list import RegisterList
from dispatch_app.ui.widgets.buttons import Button
from tests.operations.registers.network_desk import OFFICE
from tests.ui.pages.conftest import RealDay


@pytest.fixture
def shown(day: RealDay, qtbot: QtBot) -> RegisterList:
    made = RegisterList(day.context, "networks")
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    day.settle()
    return made


def opened(shown: RegisterList, day: RealDay) -> NetworkUsePanel:
    next(one for one in shown.findChildren(Button) if one.words == "占用").click()
    day.settle()
    panel = shown.findChild(NetworkUsePanel)
    assert panel is not None
    return panel


def cells(panel: NetworkUsePanel, row: int) -> list[str]:
    return [panel.model.index(row, column).data() for column in range(panel.model.columnCount())]


def test_without_networks_it_says_what_comes_first(shown: RegisterList, day: RealDay) -> None:
    panel = opened(shown, day)
    assert panel.empty.isVisible()
    assert not panel.print_button.isEnabled()


def test_what_is_free_follows_what_is_given_out(shown: RegisterList, day: RealDay) -> None:
    day.desk.perform(AddEntry("networks", OFFICE))
    day.desk.perform(
        AddEntry("networks", {"name": "专网六", "cidr": "fd00:8::/64", "kind": "专网", "gateway": ""})
    )
    panel = opened(shown, day)
    assert cells(panel, 0) == ["办公专网", "10.8.1.0/24", "专网", "1", "253", "0.3 %"]
    assert cells(panel, 1)[4] == "很多"
    assert panel.free.text().startswith("空闲：10.8.1.2、10.8.1.3、")
    day.context.executor.submit(AddEntry("addresses", {"address": "10.8.1.2"}), shown)
    day.settle()
    assert cells(panel, 0)[3] == "2"
    assert panel.free.text().startswith("空闲：10.8.1.3、")
    panel.table.selectRow(1)
    day.settle()
    assert panel.free.text().startswith("空闲：fd00:8::1、")


def test_a_full_network_says_so(shown: RegisterList, day: RealDay) -> None:
    day.desk.perform(AddEntry("networks", OFFICE | {"cidr": "10.8.1.1/32"}))
    panel = opened(shown, day)
    assert panel.free.text() == "没有空闲地址"


def test_a_row_leads_to_its_network(shown: RegisterList, day: RealDay) -> None:
    day.desk.perform(AddEntry("networks", OFFICE))
    panel = opened(shown, day)
    panel.show_button.click()
    day.settle()
    assert not panel.isVisible()
    assert shown.panel.detail is not None
    assert shown.panel.detail.typed["name"] == "办公专网"


def test_the_table_of_a_network_is_issued(shown: RegisterList, day: RealDay) -> None:
    day.desk.perform(AddEntry("networks", OFFICE))
    day.desk.perform(AddEntry("addresses", {"address": "10.8.1.20"}))
    opened(shown, day).print_button.click()
    day.settle()
    paper = shown.findChild(PaperPanel)
    assert paper is not None
    paper.issue()
    day.settle()
    (document,) = day.documents(DocumentKind.REGISTER_LIST)
    assert document.title == "IP 地址分配表 台账〔2024〕1号 1 个地址"
