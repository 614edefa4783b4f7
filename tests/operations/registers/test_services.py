"""Figures that lead to what is behind them: faults of a device, what was served of an item this month."""

from __future__ import annotations

import pytest

from dispatch_app.operations.history_rows import HistoryFilter, HistorySort
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort, Relation
from dispatch_app.operations.registers.entries import AddEntry
from tests.operations.registers.rounds_scene import add_backup, add_plan, add_round, add_system
from tests.operations.scene import Scene


def device(scene: Scene, label: str, site: str, kind: str = "交换机") -> str:
    typed = {"label": label, "kind": kind, "site": site, "state": "在用", "important": "否"}
    return scene.do(AddEntry("devices", typed)).created


def behind(scene: Scene, relation: Relation) -> int:
    """How many rows the list shows that a figure leads to."""
    if isinstance(relation.filter, HistoryFilter):
        if not relation.count:
            # Without ids a filter lets everything through: such a figure is no button.
            return 0
        found = len(scene.queries.history(relation.filter, HistorySort()).rows)
        assert scene.queries.history_count(relation.filter) == found
        return found
    page = scene.queries.register_page(relation.register, relation.filter, RegisterSort())
    return len(page.rows)


def figures(scene: Scene, item: int) -> dict[str, int]:
    page = scene.queries.register_page("service_items", RegisterFilter(), RegisterSort("item"))
    entry = next(row.entry_id for row in page.rows if row.cells[1] == str(item))
    relations = scene.queries.register_entry(entry).relations
    assert [behind(scene, one) for one in relations] == [one.count for one in relations]
    return {one.title: one.count for one in relations}


def test_the_faults_of_a_device_are_those_that_name_its_label_and_no_longer_one(scene: Scene) -> None:
    entry = device(scene, "AN-1", "八街")
    for said in ("AN-1", "an-1 交换机", "AN-10", "AN-1交换机", "旁边的 AN-1", ""):
        scene.register("bajie", device=said)
    faults = scene.queries.register_entry(entry).relations[0]
    assert (faults.title, faults.count, behind(scene, faults)) == ("故障", 2, 2)


def test_a_repair_by_others_is_one_step_from_its_device(scene: Scene) -> None:
    entry = device(scene, "AN-1", "八街")
    device(scene, "AN-2", "八街")
    repair = {"device": "AN-1", "unit": "维修站", "trouble": "不加电", "sent_at": "现在", "carrier": "刘平"}
    scene.do(AddEntry("outside_repairs", repair | {"data": "无重要数据"}))
    repairs = scene.queries.register_entry(entry).relations[1]
    assert (repairs.title, repairs.count, behind(scene, repairs)) == ("外修监督", 1, 1)


def test_what_was_served_of_an_item_this_month_is_counted_at_all_its_sites(scene: Scene) -> None:
    scene.at("2024-10-31 23:59:59").register("bajie")
    scene.at("2024-11-01 00:00:00").register("bajie")
    scene.at("08:30").register("xianjie")
    scene.register("shiwei")
    device(scene, "AN-1", "八街")
    device(scene, "AN-2", "八街")
    device(scene, "AN-3", "县街")
    card = {"handed_on": "2024-11-05", "site": "八街", "receiver": "值班员", "unit": "街道", "cards": "5"}
    scene.do(AddEntry("service_cards", card | {"handed_by": "刘平"}))
    scene.do(AddEntry("service_cards", card | {"handed_by": "刘平", "handed_on": "2024-10-05"}))
    found = figures(scene, 5)
    assert (found["本月故障"], found["设备"], found["本月发卡"]) == (2, 3, 1)
    assert (found["八街街道办事处节点 设备"], found["县街街道办事处节点 设备"]) == (2, 1)
    assert figures(scene, 3)["本月故障"] == 1
    scene.at("2024-12-01 00:00:00")
    assert figures(scene, 5)["本月故障"] == 0


def test_rounds_backups_and_checks_of_this_month_count_for_the_item_they_were_done_for(scene: Scene) -> None:
    add_plan(scene)
    add_plan(scene, "旧计划", suspended="是")
    add_round(scene, at="2024-10-31 23:59")
    add_round(scene, at="2024-11-01 00:00")
    documents = "（12）电子政务公文交换系统"
    add_system(scene, item=documents)
    add_system(scene, "门户网站", item="（11）政府部门互联网公共网站服务器")
    add_backup(scene, at="2024-10-31 23:59")
    add_backup(scene, at="2024-11-01 00:00")
    add_backup(scene, system="门户网站")
    check = {"on": "今天", "system": "公文交换系统", "item": documents, "state": "正常", "who": "刘涛"}
    scene.do(AddEntry("software_checks", check))
    scene.do(AddEntry("software_checks", check | {"on": "2024-10-31"}))
    rooms, exchange = figures(scene, 2), figures(scene, 12)
    assert (rooms["巡检计划"], rooms["本月巡检"], rooms["本月备份"]) == (1, 1, 0)
    assert (exchange["本月备份"], exchange["本月软件检查"], exchange["本月巡检"]) == (1, 1, 0)
    assert (figures(scene, 11)["本月备份"], figures(scene, 11)["本月软件检查"]) == (1, 0)


def test_each_site_of_an_item_is_named_with_its_devices(scene: Scene) -> None:
    found = figures(scene, 1)
    assert [title for title in found if "机房" in title] == ["宁湖大厦一机房 设备", "宁湖大厦二机房 设备"]


@pytest.mark.parametrize(("kinds", "count"), [(("switch",), 2), (("server", "switch"), 3), ((), 0)])
def test_a_list_is_narrowed_to_some_choices_of_a_column(
    scene: Scene, kinds: tuple[str, ...], count: int
) -> None:
    for label, kind in (("AN-1", "交换机"), ("AN-2", "服务器"), ("AN-3", "交换机"), ("AN-4", "路由器")):
        device(scene, label, "八街", kind)
    assert scene.queries.register_count("devices", RegisterFilter(refers=("kind", *kinds))) == count
