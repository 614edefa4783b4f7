"""备品备件: what the price includes, and a stock that is always what came in less what was taken."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import AddEntry, AmendEntry, RestoreEntry, WithdrawEntry
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.settings import ChangeReading
from dispatch_app.operations.upkeep import rebuild
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.scene import RESOURCES, Scene

MODULE = {
    "name": "千兆光模块",
    "kind": "配件",
    "unit": "个",
    "price": "180",
    "stock": "5",
    "minimum": "2",
}


def keep(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("spares", MODULE | other)).created


def take(scene: Scene, quantity: str, **other: str) -> str:
    typed = {"spare": "千兆光模块", "quantity": quantity, "taken_by": "刘平", "taken_at": "现在"}
    return scene.do(AddEntry("spare_uses", typed | {"purpose": "巡检更换"} | other)).created


def receive(scene: Scene, quantity: str, **other: str) -> str:
    typed = {"spare": "千兆光模块", "quantity": quantity, "received_by": "刘平", "received_at": "现在"}
    return scene.do(AddEntry("spare_receipts", typed | other)).created


def stock(scene: Scene, entry_id: str) -> str:
    return scene.queries.register_entry(entry_id).typed["stock"]


def named(scene: Scene, view: str) -> list[str]:
    page = scene.queries.register_page("spares", RegisterFilter(view=view), RegisterSort("name"))
    return [row.cells[1] for row in page.rows]


def test_a_price_over_the_line_is_outside_the_contract_and_said_to_be(scene: Scene) -> None:
    keep(scene)
    keep(scene, name="电源模块", price="300")
    made = scene.do(AddEntry("spares", MODULE | {"name": "交换机主板", "price": "300.01"}))
    assert "单价 300.01 元不在 300 元以内，采购费不含在合同价内（八.1(4)）" in made.message
    assert set(named(scene, "included")) == {"千兆光模块", "电源模块"}
    assert named(scene, "client") == ["交换机主板"]


def test_what_costs_just_the_line_is_as_the_reading_says(scene: Scene) -> None:
    before = keep(scene, price="300")
    scene.do(ChangeReading("parts_300", "client", "会议纪要〔2024〕2号"))
    after = keep(scene, name="电源模块", price="300")
    assert named(scene, "client") == ["电源模块"]
    scene.do(AmendEntry(before, 1, {"stock": "4"}, "盘点"))
    assert set(named(scene, "client")) == {"千兆光模块", "电源模块"}
    assert scene.queries.register_entry(after).typed["payer"] == "甲方另付"


def test_a_spare_has_its_price(scene: Scene) -> None:
    with pytest.raises(KnownError, match="没有填单价"):
        keep(scene, price="")


def test_a_price_that_stays_is_not_said_again(scene: Scene) -> None:
    entry_id = keep(scene, price="400")
    assert scene.do(AmendEntry(entry_id, 1, {"stock": "4"}, "盘点")).message == "已更正 A-BJ0001 千兆光模块"


def test_what_is_taken_lowers_the_stock_until_it_is_short(scene: Scene) -> None:
    entry_id = keep(scene)
    fault = scene.register()
    number = scene.row(fault).number
    typed = {"spare": "千兆光模块", "quantity": "2", "taken_by": "刘平", "taken_at": "现在"}
    made = scene.do(AddEntry("spare_uses", typed | {"fault": number}))
    assert (made.message, made.undo) == ("已登记 A-BY0001，千兆光模块 现有 3", None)
    assert made.registers == {"spare_uses", "spares"}
    assert scene.queries.register_entry(entry_id).history[0].reason == "A-BY0001 领用 -2"
    assert named(scene, "short") == []
    made = scene.do(AddEntry("spare_uses", typed | {"fault": number}))
    assert made.message == "已登记 A-BY0002，千兆光模块 现有 1，低于最低库存 2"
    assert named(scene, "short") == ["千兆光模块"]
    detail = scene.queries.register_entry(entry_id)
    assert (detail.typed["missing"], detail.row.tones) == ("1", {"stock": Tone.BREACHED})
    assert ("备件领用", 2) in [(one.title, one.count) for one in detail.relations]


def test_more_than_there_is_cannot_be_taken(scene: Scene) -> None:
    entry_id = keep(scene)
    with pytest.raises(KnownError) as refused:
        take(scene, "6")
    assert (refused.value.field, refused.value.message) == ("quantity", "「千兆光模块」只剩 5，不够领用")
    assert stock(scene, entry_id) == "5"


def test_a_use_says_what_it_was_for(scene: Scene) -> None:
    keep(scene)
    with pytest.raises(KnownError, match="没有写用在哪个故障"):
        take(scene, "1", purpose="")


def test_a_corrected_use_moves_the_stock_by_the_difference(scene: Scene) -> None:
    entry_id = keep(scene)
    other = keep(scene, name="跳线", stock="10")
    used = take(scene, "3")
    scene.do(AmendEntry(used, 1, {"quantity": "5"}, "数错"))
    assert stock(scene, entry_id) == "0"
    with pytest.raises(KnownError, match="「千兆光模块」只剩 0，不够领用"):
        scene.do(AmendEntry(used, 2, {"quantity": "6"}, "数错"))
    scene.do(AmendEntry(used, 2, {"spare": "跳线"}, "拿错"))
    assert (stock(scene, entry_id), stock(scene, other)) == ("5", "5")
    scene.do(AmendEntry(used, 3, {"purpose": "换跳线"}, "补写"))
    assert stock(scene, other) == "5"


def test_a_withdrawn_use_gives_the_stock_back(scene: Scene) -> None:
    entry_id = keep(scene)
    used = take(scene, "3")
    gone = scene.do(WithdrawEntry(used, 1, "没用上"))
    assert (stock(scene, entry_id), gone.undo) == ("5", None)
    take(scene, "4")
    with pytest.raises(KnownError, match="「千兆光模块」只剩 1，不够领用"):
        scene.do(RestoreEntry(used, 2, "用上了"))
    receive(scene, "2")
    scene.do(RestoreEntry(used, 2, "用上了"))
    assert stock(scene, entry_id) == "0"


def test_what_comes_in_raises_the_stock_and_cannot_go_once_it_is_taken(scene: Scene) -> None:
    entry_id = keep(scene, stock="0")
    came = receive(scene, "4", supplier="昆明器材公司")
    assert stock(scene, entry_id) == "4"
    take(scene, "3")
    with pytest.raises(KnownError) as refused:
        scene.do(AmendEntry(came, 1, {"quantity": "2"}, "少到两个"))
    assert refused.value.message == "「千兆光模块」已经领用，只剩 1"
    with pytest.raises(KnownError, match="「千兆光模块」已经领用，只剩 1"):
        scene.do(WithdrawEntry(came, 1, "登重"))
    assert stock(scene, entry_id) == "1"


def test_the_books_are_the_same_after_a_rebuilding(scene: Scene) -> None:
    entry_id = keep(scene)
    scene.do(WithdrawEntry(take(scene, "3"), 1, "没用上"))
    take(scene, "1")
    stamp = Stamp("", "", "A", scene.clock.at)
    assert rebuild(scene.database, load_terms(RESOURCES / "contract"), stamp).differing == ()
    assert stock(scene, entry_id) == "4"
