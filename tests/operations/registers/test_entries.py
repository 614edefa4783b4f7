"""Entering, correcting, withdrawing and taking back: what stays, what is refused, what a list shows."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import (
    AddEntry,
    AmendEntry,
    RestoreEntry,
    RevertEntry,
    WithdrawEntry,
)
from dispatch_app.operations.upkeep import rebuild
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.scene import RESOURCES, Scene

SWITCH = {
    "label": "AN-0012",
    "kind": "交换机",
    "brand": "H3C",
    "model": "S5560",
    "site": "市政府大楼机房",
    "state": "在用",
    "important": "否",
    "warranty_until": "2024-12-01",
    "price": "12,800",
}


def add(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("devices", SWITCH | other)).created


def shown(
    scene: Scene, words: str = "", view: str = "", sort: str = "number", down: bool = False
) -> list[str]:
    page = scene.queries.register_page("devices", RegisterFilter(words, view), RegisterSort(sort, down))
    return [row.cells[1] for row in page.rows]


def test_an_entry_is_shown_as_typed_with_a_number_of_its_own(scene: Scene) -> None:
    entry_id = add(scene)
    detail = scene.queries.register_entry(entry_id)
    assert detail.row.number == "A-SB0001"
    assert detail.typed["price"] == "12,800.00"
    assert detail.typed["site"] == "市政府大楼机房"
    assert detail.history[0].said == "登记"


def test_a_list_is_found_by_pinyin_sorted_and_seen_through_a_view(scene: Scene) -> None:
    add(scene)
    add(scene, label="AN-0002", kind="路由器", warranty_until="2026-01-01", state="故障")
    assert shown(scene, sort="label") == ["AN-0002", "AN-0012"]
    assert shown(scene, sort="warranty_until", down=True) == ["AN-0002", "AN-0012"]
    assert shown(scene, "szf s5560") == ["AN-0012", "AN-0002"]
    assert shown(scene, "0012") == ["AN-0012"]
    assert shown(scene, "路由") == ["AN-0002"]
    assert shown(scene, view="warranty_ending") == ["AN-0012"]
    assert shown(scene, view="faulty") == ["AN-0002"]
    (counted,) = scene.queries.register_counts(["devices"])
    assert (counted.standing, counted.views["faulty"]) == (2, 1)


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"label": ""}, "label", "没有填标识号"),
        ({"kind": "冰箱"}, "kind", "类型：没有「冰箱」这一项"),
        ({"price": "很贵"}, "price", "购置价（元）：「很贵」不是金额"),
        ({"warranty_until": "2024-02-30"}, "warranty_until", "免费维保至：「2024-02-30」不是日期"),
        ({"site": "月球"}, "site", "站点：没有叫「月球」的站点"),
        ({"label": "标识"}, "label", "标识号：「标识」写法不对"),
    ],
)
def test_what_cannot_be_is_refused_by_field(
    scene: Scene, typed: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(KnownError) as refused:
        add(scene, **typed)
    assert (refused.value.field, refused.value.message) == (field, message)
    assert shown(scene) == []


def test_a_label_is_given_out_once(scene: Scene) -> None:
    add(scene)
    with pytest.raises(KnownError, match="标识号 an-0012 已用在 A-SB0001"):
        add(scene, label="an-0012")


def test_a_correction_keeps_what_was_there_before(scene: Scene) -> None:
    entry_id = add(scene)
    scene.do(AmendEntry(entry_id, 1, {"site": "宁湖大厦二机房", "price": ""}, "搬到新机房"))
    line = scene.queries.register_entry(entry_id).history[0]
    assert (line.said, line.reason) == ("更正", "搬到新机房")
    assert [(cell.heading, cell.before, cell.after) for cell in line.changes] == [
        ("站点", "市政府大楼机房", "宁湖大厦二机房"),
        ("购置价（元）", "12,800.00", ""),
    ]
    with pytest.raises(KnownError, match="刚被改过"):
        scene.do(AmendEntry(entry_id, 1, {"price": "1"}, "晚了一步"))
    with pytest.raises(KnownError, match="没有任何改动"):
        scene.do(AmendEntry(entry_id, 2, {"price": ""}, "没变"))
    with pytest.raises(KnownError, match="没有写更正的原因"):
        scene.do(AmendEntry(entry_id, 2, {"price": "1"}, " "))


def test_withdrawn_entries_leave_the_list_and_can_come_back(scene: Scene) -> None:
    entry_id = add(scene)
    scene.do(WithdrawEntry(entry_id, 1, "登错"))
    assert shown(scene) == shown(scene, "AN-0012") == []
    assert shown(scene, view=WITHDRAWN_VIEW) == ["AN-0012"]
    with pytest.raises(KnownError, match="已作废"):
        scene.do(AmendEntry(entry_id, 2, {"price": "1"}, "改价"))
    other = add(scene)
    with pytest.raises(KnownError, match="已用在"):
        scene.do(RestoreEntry(entry_id, 2, "没登错"))
    scene.do(WithdrawEntry(other, 1, "重复"))
    scene.do(RestoreEntry(entry_id, 2, "没登错"))
    assert shown(scene) == ["AN-0012"]


def test_the_last_step_can_be_taken_back_and_no_other(scene: Scene) -> None:
    entry_id = add(scene)
    entered = scene.do(AmendEntry(entry_id, 1, {"brand": "华为"}, "看错"))
    assert entered.undo is not None
    scene.do(entered.undo.command)
    detail = scene.queries.register_entry(entry_id)
    assert detail.typed["brand"] == "H3C"
    assert [line.said for line in detail.history] == ["撤回", "更正", "登记"]
    assert detail.history[1].taken_back
    with pytest.raises(KnownError, match="不能撤回"):
        scene.do(RevertEntry(entry_id, "nothing"))


def test_taking_back_the_entering_leaves_nothing_standing(scene: Scene) -> None:
    made = scene.do(AddEntry("devices", SWITCH))
    assert made.undo is not None
    scene.do(made.undo.command)
    assert shown(scene) == []


def test_what_was_taken_back_may_not_stand_again_beside_what_came_since(scene: Scene) -> None:
    entry_id = add(scene)
    amended = scene.do(AmendEntry(entry_id, 1, {"label": "AN-0013"}, "贴错"))
    add(scene)
    assert amended.undo is not None
    with pytest.raises(KnownError, match="标识号 AN-0012 已用在 A-SB0002"):
        scene.do(amended.undo.command)
    assert shown(scene, sort="label") == ["AN-0012", "AN-0013"]


def test_the_registers_are_rebuilt_from_their_facts_alone(scene: Scene) -> None:
    entry_id = add(scene)
    add(scene, label="AN-0002")
    scene.do(AmendEntry(entry_id, 1, {"brand": "华为"}, "看错"))
    scene.do(WithdrawEntry(add(scene, label="AN-0003"), 1, "重复"))
    stamp = Stamp("", "", "A", scene.clock.at)
    terms = load_terms(RESOURCES / "contract")
    assert rebuild(scene.database, terms, stamp).differing == ()
    with scene.database.unit_of_work(stamp) as work:
        work.session.execute(text("UPDATE register_entries SET content = '{}' WHERE number = 'A-SB0002'"))
        work.session.execute(text("DELETE FROM register_cells WHERE key LIKE 'an-%'"))
    assert dict(rebuild(scene.database, terms, stamp).differing) == {"登记簿": 2, "登记簿索引": 2}
    assert shown(scene, "华为") == ["AN-0012"]


def test_what_was_written_before_is_offered_as_far_as_it_goes_on_from_what_is_typed(scene: Scene) -> None:
    add(scene, brand="华为")
    add(scene, label="AN-0002", brand="H3C")

    def offered(typed: str) -> list[str]:
        return [one.typed for one in scene.queries.register_offers("devices", "brand", typed)]

    assert offered("") == ["H3C", "华为"]
    assert offered("hw") == ["华为"]
    assert offered("h3") == ["H3C"]
    assert offered("锐捷") == []
