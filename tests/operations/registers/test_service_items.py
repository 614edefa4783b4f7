"""服务项目: there from the first start, in an old database too, once, under the contract's own numbers."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.register_rows import EntryRow, RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import AddEntry, WithdrawEntry
from dispatch_app.operations.upkeep import rebuild
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.scene import RESOURCES, Scene

NUMBERS = ["1", "2", "3", "4", "5", "7", "8", "9", "10", "11", "12", "13", "14", "15"]


def items(scene: Scene) -> tuple[EntryRow, ...]:
    return scene.queries.register_page("service_items", RegisterFilter(), RegisterSort("item")).rows


def test_the_fourteen_items_carry_the_numbers_of_the_contract(scene: Scene) -> None:
    found = items(scene)
    assert [row.cells[1] for row in found] == NUMBERS
    assert found[0].cells[2] == "宁湖大厦两个电子政务网络机房"
    assert rebuild(scene.database, load_terms(RESOURCES / "contract"), Stamp("", "", "A", 1)).differing == ()


def test_a_database_of_before_is_given_them_once_and_withdrawn_ones_stay_away(scene: Scene) -> None:
    with scene.database.unit_of_work(Stamp("", "", "A", scene.clock.at)) as work:
        # As a database was before this register: facts cannot be deleted, so only the rows are.
        work.session.execute(text("DELETE FROM register_cells"))
        work.session.execute(text("DELETE FROM register_entries"))
        work.session.execute(text("DELETE FROM register_words"))
    Desk(scene.database, scene.clock, RESOURCES)
    found = items(scene)
    assert [row.cells[1] for row in found] == NUMBERS
    scene.do(WithdrawEntry(found[3].entry_id, 1, "已并入别项"))
    Desk(scene.database, scene.clock, RESOURCES)
    assert len(items(scene)) == 13


def test_a_number_stands_for_one_item(scene: Scene) -> None:
    with pytest.raises(KnownError, match="合同序号 5 已用在 A-FW0005"):
        scene.do(AddEntry("service_items", {"item": "5", "title": "又一项"}))
