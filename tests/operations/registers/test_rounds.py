"""巡检: what a plan must say, what a round is held against, what is said to be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.log_rows import RowFate
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import ActOnEntry, AmendEntry
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.operations.upkeep import rebuild
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.registers.imports import fates, preview, take_in
from tests.operations.registers.rounds_scene import ROOM, add_device, add_plan, add_round
from tests.operations.scene import RESOURCES, Scene


def typed(scene: Scene, entry_id: str) -> dict[str, str]:
    return dict(scene.queries.register_entry(entry_id).typed)


def numbers(scene: Scene, key: str, view: str) -> list[str]:
    page = scene.queries.register_page(key, RegisterFilter(view=view), RegisterSort())
    return [row.number for row in page.rows]


@pytest.mark.parametrize(
    ("other", "field", "message"),
    [
        ({"site": ""}, "site", "没有填站点，也没有填服务项目"),
        ({"temperature_low": "30"}, "temperature_low", "温度下限 30 不低于上限 27"),
        ({"voltage_low": "210", "voltage_high": "205"}, "voltage_low", "电压下限 210 不低于上限 205"),
        ({"cycle": "每季"}, "cycle", "周期：没有「每季」这一项"),
        ({"item": "（6）没有这一项"}, "item", "服务项目：没有「（6）没有这一项」这一项"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    scene: Scene, other: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(KnownError) as refused:
        add_plan(scene, **other)
    assert (refused.value.field, refused.value.message) == (field, message)


def test_a_plan_is_for_a_room_or_for_an_item_of_the_annex(scene: Scene) -> None:
    plan = add_plan(scene, "公文系统周检", site="", item="（12）电子政务公文交换系统", cycle="每周")
    assert typed(scene, plan)["item"] == "（12）电子政务公文交换系统"


def test_who_has_left_goes_on_no_round(scene: Scene) -> None:
    plan = add_plan(scene, who="刘平")
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    with pytest.raises(KnownError, match="巡检人：刘平 已于 2024-11-22 离职"):
        add_round(scene, who="刘平")
    # What was done before may still be written down.
    add_round(scene, who="刘平", at="2024-11-22 08:00")
    scene.do(AmendEntry(plan, 1, {"cycle": "每周"}, "改为每周"))


def test_a_plan_can_be_suspended_and_resumed_from_a_day_on(scene: Scene) -> None:
    plan = add_plan(scene)
    scene.do(ActOnEntry(plan, 1, "suspend", {"note": "机房改造"}))
    assert numbers(scene, "round_plans", "suspended") == ["A-XP0001"]
    with pytest.raises(KnownError, match="已经停用"):
        scene.do(ActOnEntry(plan, 2, "suspend", {}))
    with pytest.raises(KnownError, match="计划「市政府日检」已停用"):
        add_round(scene, plan="市政府日检")
    scene.do(ActOnEntry(plan, 2, "resume", {"since": "今天"}))
    assert numbers(scene, "round_plans", "running") == ["A-XP0001"]
    assert typed(scene, plan)["since"] == "2024-11-22"
    with pytest.raises(KnownError, match="没有停用"):
        scene.do(ActOnEntry(plan, 3, "resume", {"since": "今天"}))


def test_a_round_belongs_to_the_only_plan_of_its_room_and_keeps_the_limits_of_its_day(scene: Scene) -> None:
    add_plan(scene, temperature_high="25")
    done = add_round(scene, temperature="26")
    assert typed(scene, done)["plan"] == "市政府日检"
    assert typed(scene, done)["limits"] == "温度 18–25；湿度 30–60；电压 198–235"
    assert typed(scene, done)["breach"] == "温度 26.0 ℃ 高于 25"
    scene.do(ChangeSetting("round_humidity_low", "48"))
    assert typed(scene, done)["breach"] == "温度 26.0 ℃ 高于 25"
    scene.do(AmendEntry(done, 1, {"humidity": "20", "temperature": "22"}, "看错表"))
    assert typed(scene, done)["breach"] == "湿度 20.0 % 低于 30"
    scene.do(AmendEntry(done, 2, {"plan": ""}, "临时加的一次"))
    assert typed(scene, done)["limits"] == "温度 18–27；湿度 48–60；电压 198–235"


def test_rounds_are_ordered_by_the_name_their_plan_has_now(scene: Scene) -> None:
    plan = add_plan(scene, "乙日检")
    add_plan(scene, "丁日检", site="宁湖大厦二机房")
    add_round(scene)
    add_round(scene, site="宁湖大厦二机房")

    def ordered() -> list[str]:
        page = scene.queries.register_page("rounds", RegisterFilter(), RegisterSort("plan"))
        return [row.number for row in page.rows]

    assert ordered() == ["A-XJ0002", "A-XJ0001"]
    scene.do(AmendEntry(plan, 1, {"name": "一日检"}, "改名"))
    assert ordered() == ["A-XJ0001", "A-XJ0002"]
    stamp = Stamp("", "", "A", scene.clock.at)
    assert rebuild(scene.database, load_terms(RESOURCES / "contract"), stamp).differing == ()


def test_two_plans_of_a_room_leave_the_choice_to_the_person(scene: Scene) -> None:
    add_plan(scene)
    add_plan(scene, "市政府月检", cycle="每月")
    assert "plan" not in typed(scene, add_round(scene))


def test_the_plan_gives_the_round_its_room(scene: Scene) -> None:
    add_plan(scene)
    assert typed(scene, add_round(scene, site="", plan="市政府日检"))["site"] == ROOM


@pytest.mark.parametrize(
    ("other", "field", "message"),
    [
        ({"site": ""}, "site", "没有填站点，也没有填计划"),
        ({"temperature": ""}, "temperature", "没有填温度"),
        ({"voltage": ""}, "voltage", "没有填电压"),
        ({"temperature": "220"}, "temperature", "温度（℃）：「220」不在能有的范围内"),
        ({"at": "2024-11-23 08:00"}, "at", "时间：2024-11-23 08:00 还没有到"),
        ({"site": "宁湖大厦二机房", "plan": "市政府日检"}, "plan", "计划「市政府日检」是市政府大楼机房的"),
        ({"devices": "AN-9 正常"}, "devices", "市政府大楼机房没有在用的设备「AN-9」"),
        ({"devices": "AN-0001"}, "devices", "设备检查：「AN-0001」写法不对"),
        ({"devices": "AN-0001 异常"}, "devices", "设备检查：AN-0001 异常，没有写什么异常"),
        ({"devices": "AN-0001 正常；AN-0001 正常"}, "devices", "设备检查：AN-0001 写了两次"),
        ({"surroundings": "防盗 正常"}, "surroundings", "环境检查：没有「防盗」这一项"),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    scene: Scene, other: dict[str, str], field: str, message: str
) -> None:
    add_plan(scene)
    add_device(scene, "AN-0001")
    with pytest.raises(KnownError) as refused:
        add_round(scene, **other)
    assert (refused.value.field, refused.value.message) == (field, message)


def test_a_round_of_plant_without_a_room_needs_no_figures(scene: Scene) -> None:
    add_plan(scene, "公文系统周检", site="", item="（12）电子政务公文交换系统", cycle="每周")
    done = add_round(scene, site="", plan="公文系统周检", temperature="", humidity="", voltage="")
    assert "breach" not in typed(scene, done)


def test_what_is_wrong_stands_in_the_round_until_something_is_done_about_it(scene: Scene) -> None:
    add_device(scene, "AN-0001")
    add_device(scene, "AN-0002")
    bad = add_round(
        scene,
        voltage="180",
        devices="AN-0002 异常 风扇响\n \nAN-0001 正常",
        surroundings="防火 异常：堆放纸箱；防尘 正常",
    )
    add_round(scene, devices="AN-0001 正常")
    detail = scene.queries.register_entry(bad)
    assert detail.typed["breach"] == "电压 180.0 V 低于 198；AN-0002 异常：风扇响；防火 异常：堆放纸箱"
    assert detail.typed["devices"] == "AN-0002 异常：风扇响\nAN-0001 正常"
    assert detail.row.tones == {"breach": Tone.BREACHED, "voltage": Tone.BREACHED}
    assert numbers(scene, "rounds", "unhandled") == numbers(scene, "rounds", "breached") == ["A-XJ0001"]
    (counted,) = scene.queries.register_counts(["rounds"])
    assert counted.pressing == 1
    scene.do(ActOnEntry(bad, 1, "handle", {"measures": "已请物业清走，稳压器报修"}))
    assert numbers(scene, "rounds", "unhandled") == []
    assert scene.queries.register_entry(bad).row.tones == {}
    with pytest.raises(KnownError, match="没有编号为「A-0099」的故障"):
        scene.do(ActOnEntry(bad, 2, "fault", {"fault": "A-0099"}))


def test_the_worst_rounds_come_last_when_sorted_by_what_was_looked_at(scene: Scene) -> None:
    add_round(scene, surroundings="防火 异常：纸箱；防尘 异常：积灰")
    add_round(scene, surroundings="防火 正常")
    page = scene.queries.register_page("rounds", RegisterFilter(), RegisterSort("surroundings"))
    assert [row.number for row in page.rows] == ["A-XJ0002", "A-XJ0001"]


def test_a_round_in_order_has_nothing_to_be_handled(scene: Scene) -> None:
    done = add_round(scene)
    with pytest.raises(KnownError, match="这次巡检没有异常"):
        scene.do(ActOnEntry(done, 1, "handle", {"measures": "无"}))


def test_rounds_are_seen_by_day_and_month(scene: Scene) -> None:
    add_round(scene, at="2024-10-31 09:00")
    add_round(scene, at="2024-11-02 09:00")
    add_round(scene, at="2024-11-18 09:00")
    add_round(scene)
    assert numbers(scene, "rounds", "today") == ["A-XJ0004"]
    assert numbers(scene, "rounds", "month") == ["A-XJ0002", "A-XJ0003", "A-XJ0004"]


def test_a_device_that_moved_away_does_not_spoil_an_old_round(scene: Scene) -> None:
    device = add_device(scene, "AN-0001")
    done = add_round(scene, devices="AN-0001 正常")
    scene.do(AmendEntry(device, 1, {"site": "宁湖大厦二机房"}, "搬走"))
    scene.do(AmendEntry(done, 1, {"devices": "AN-0001 异常：灯灭"}, "漏记"))
    assert typed(scene, done)["breach"] == "AN-0001 异常：灯灭"


def test_a_table_of_rounds_finds_the_plan_of_each_room_and_the_limits(scene: Scene, tmp_path: Path) -> None:
    add_plan(scene, temperature_high="25")
    headings = ("时间", "站点", "温度（℃）", "湿度（%）", "电压（V）", "巡检人")
    rows = [
        ("2024-11-18 08:10", ROOM, "26", "45", "221", "张懿明"),
        ("2024-11-19 08:10", ROOM, "22", "45", "", "张懿明"),
    ]
    found = preview(scene, tmp_path, rows, headings, "rounds")
    refused = [reason for _, fate, reason in fates(found) if fate is RowFate.REFUSED]
    assert refused == ["没有填电压。附三(六)：机房的温度、湿度、电压都要记录"]
    take_in(scene, found)
    (row,) = scene.queries.register_page("rounds", RegisterFilter(), RegisterSort()).rows
    assert typed(scene, row.entry_id)["plan"] == "市政府日检"
    assert typed(scene, row.entry_id)["breach"] == "温度 26.0 ℃ 高于 25"
