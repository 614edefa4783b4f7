"""What is due and overdue at the desk, and what a round begins with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Source
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.duties import DutyState
from dispatch_app.operations.registers.entries import ActOnEntry, WithdrawEntry
from dispatch_app.operations.round_faults import RegisterRoundFault
from dispatch_app.operations.round_rows import BACKUP_DUTIES, DutyKind
from tests.operations.registers.rounds_scene import (
    ROOM,
    add_backup,
    add_device,
    add_plan,
    add_round,
    add_system,
)
from tests.operations.scene import Scene


def states(scene: Scene) -> list[tuple[DutyKind, str, DutyState, date]]:
    return [
        (one.kind, one.title, one.due.state, one.due.since or one.due.by)
        for one in scene.queries.duty_book().items
    ]


def test_rounds_not_done_are_overdue_until_one_is_done(scene: Scene) -> None:
    add_plan(scene, who="张懿明")
    (item,) = scene.queries.duty_book().items
    assert (item.due.state, item.due.since, item.due.missed) == (DutyState.OVERDUE, date(2024, 11, 18), 4)
    assert (item.place, item.who, item.last) == (ROOM, "张懿明", None)
    assert scene.queries.duty_book().overdue(DutyKind.ROUND) == 1
    done = add_round(scene)
    (item,) = scene.queries.duty_book().items
    assert (item.due.state, item.due.by, item.last) == (DutyState.AHEAD, date(2024, 11, 25), scene.clock.at)
    scene.do(WithdrawEntry(done, 1, "登错机房"))
    assert scene.queries.duty_book().overdue(DutyKind.ROUND) == 1


def test_the_overdue_come_first_then_what_is_due_today(scene: Scene) -> None:
    add_plan(scene, "甲", since="2024-11-22")
    add_plan(scene, "乙", since="2024-11-25")
    add_plan(scene, "丙", since="2024-11-20", workdays="否", site="", item="（8）自有光纤")
    assert states(scene) == [
        (DutyKind.ROUND, "丙", DutyState.OVERDUE, date(2024, 11, 20)),
        (DutyKind.ROUND, "甲", DutyState.DUE, date(2024, 11, 22)),
        (DutyKind.ROUND, "乙", DutyState.AHEAD, date(2024, 11, 25)),
    ]
    book = scene.queries.duty_book()
    assert (book.due(DutyKind.ROUND), book.items[0].place) == (1, "（8）自有光纤")


def test_what_is_suspended_is_not_due(scene: Scene) -> None:
    plan, system = add_plan(scene), add_system(scene)
    scene.do(ActOnEntry(plan, 1, "suspend", {}))
    scene.do(ActOnEntry(system, 1, "suspend", {}))
    assert scene.queries.duty_book().items == ()


def test_a_system_asks_for_backups_checks_and_refreshes(scene: Scene) -> None:
    add_system(scene, since="2024-06-03", refresh_months="6")
    assert states(scene) == [
        (DutyKind.BACKUP, "公文交换系统", DutyState.OVERDUE, date(2024, 6, 3)),
        (DutyKind.RESTORE, "公文交换系统", DutyState.OVERDUE, date(2024, 9, 3)),
        (DutyKind.REFRESH, "公文交换系统", DutyState.AHEAD, date(2024, 12, 3)),
    ]
    assert scene.queries.duty_book().overdue(*BACKUP_DUTIES) == 2
    done = add_backup(scene, at="2024-11-15 09:00")
    assert states(scene)[0] == (DutyKind.RESTORE, "公文交换系统", DutyState.OVERDUE, date(2024, 9, 3))
    assert states(scene)[1] == (DutyKind.BACKUP, "公文交换系统", DutyState.DUE, date(2024, 11, 22))
    failed = {"restored": "恢复失败", "restored_on": "今天", "restore_note": "校验不过"}
    scene.do(ActOnEntry(done, 1, "verify", failed))
    assert scene.queries.duty_book().overdue(DutyKind.RESTORE) == 1
    scene.do(ActOnEntry(done, 2, "verify", failed | {"restored": "恢复成功"}))
    add_backup(scene, kind="刷新介质")
    assert states(scene) == [
        (DutyKind.BACKUP, "公文交换系统", DutyState.DUE, date(2024, 11, 22)),
        (DutyKind.RESTORE, "公文交换系统", DutyState.AHEAD, date(2025, 2, 22)),
        (DutyKind.REFRESH, "公文交换系统", DutyState.AHEAD, date(2025, 5, 22)),
    ]
    add_backup(scene, kind="增量")
    assert scene.queries.duty_book().due(*BACKUP_DUTIES) == 0


def test_the_duties_take_two_questions_however_many_rounds_there_are(scene: Scene) -> None:
    add_plan(scene)
    add_system(scene)
    few = scene.statements(scene.queries.duty_book)
    for hour in range(6):
        add_round(scene, at=f"2024-11-21 0{hour}:00")
    assert scene.statements(scene.queries.duty_book) == few


def test_the_form_of_a_round_begins_with_what_stands_in_the_room(scene: Scene) -> None:
    plan = add_plan(scene, temperature_high="25.5", who="刘平")
    add_device(scene, "AN-0002")
    add_device(scene, "AN-0001", state="故障")
    add_device(scene, "AN-0003", state="报废")
    add_device(scene, "AN-0004", site="宁湖大厦二机房")
    add_round(scene, temperature="24.5")
    form = scene.queries.round_form(plan)
    assert (form.plan, form.site, form.who, form.asked) == ("市政府日检", ROOM, "刘平", True)
    assert [(one.label, one.what) for one in form.devices] == [
        ("AN-0001", "交换机 H3C"),
        ("AN-0002", "交换机 H3C"),
    ]
    assert form.bands["temperature"].text == "18–25.5"
    assert form.before["temperature"] == "24.5"


def test_a_round_can_be_of_a_room_without_a_plan_and_of_a_plan_without_a_room(scene: Scene) -> None:
    form = scene.queries.round_form("", "shizhengfu")
    assert (form.plan, form.site, form.before) == ("", ROOM, {})
    plan = add_plan(scene, "光缆周检", site="", item="（8）自有光纤", cycle="每周")
    form = scene.queries.round_form(plan)
    assert (form.site, form.item, form.asked, form.devices) == ("", "（8）自有光纤", False, ())
    with pytest.raises(KnownError, match="没有这项巡检计划"):
        scene.queries.round_form("nothing")
    with pytest.raises(KnownError, match="没有选机房"):
        scene.queries.round_form("")


def test_the_curves_of_a_room_hold_its_rounds_in_order(scene: Scene) -> None:
    add_plan(scene, humidity_low="35")
    add_round(scene, at="2024-11-20 09:00", temperature="29")
    add_round(scene, at="2024-11-21 09:00", site="宁湖大厦二机房")
    add_round(scene, at="2024-11-21 09:05", temperature="23")
    found = scene.queries.round_trend("shizhengfu")
    assert found.site == ROOM
    assert [point.figures["temperature"] for point in found.points] == [Decimal("29.0"), Decimal("23.0")]
    assert [point.breach for point in found.points] == ["温度 29.0 ℃ 高于 27", ""]
    assert found.bands["humidity"].text == "35–60"
    later = scene.queries.round_trend("shizhengfu", scene.time("2024-11-21 00:00"))
    assert [point.number for point in later.points] == ["A-XJ0003"]
    assert scene.queries.round_sites() == (("ninghu-2", "宁湖大厦二机房"), ("shizhengfu", ROOM))


def test_what_a_round_found_becomes_a_fault_at_the_moment_of_the_round(scene: Scene) -> None:
    add_device(scene, "AN-0001")
    found = add_round(scene, at="08:00", temperature="31", devices="AN-0001 异常：风扇响")
    fault = scene.do(RegisterRoundFault(found, 1))
    row = scene.row(fault.created)
    assert (row.source, row.reported_at) == (Source.PATROL, scene.time("08:00"))
    assert row.symptom == "巡检 A-XJ0001：温度 31.0 ℃ 高于 27；AN-0001 异常：风扇响"
    detail = scene.queries.fault_detail(fault.created)
    assert (detail.device, detail.hardware) == ("AN-0001", True)
    assert fault.registers == {"rounds"}
    entry = scene.queries.register_entry(found)
    assert (entry.typed["fault"], entry.history[0].said) == ("A-0001", "关联故障")
    assert scene.queries.register_count("rounds", RegisterFilter(view="unhandled")) == 0
    with pytest.raises(KnownError, match="已经登记了故障"):
        scene.do(RegisterRoundFault(found, 2))


def test_what_cannot_become_a_fault_says_why(scene: Scene) -> None:
    fine = add_round(scene)
    with pytest.raises(KnownError, match="这次巡检没有异常"):
        scene.do(RegisterRoundFault(fine, 1))
    with pytest.raises(KnownError, match="这不是巡检记录"):
        scene.do(RegisterRoundFault(add_plan(scene), 1))
    add_plan(scene, "光缆周检", site="", item="（8）自有光纤", cycle="每周")
    nowhere = add_round(scene, site="", plan="光缆周检", surroundings="防火 异常：旁边烧荒")
    with pytest.raises(KnownError, match="这次巡检没有站点"):
        scene.do(RegisterRoundFault(nowhere, 1))


def test_a_long_list_of_what_is_wrong_is_cut_in_the_symptom(scene: Scene) -> None:
    found = add_round(scene, surroundings=f"防火 异常：{'纸箱' * 150}")
    symptom = scene.row(scene.do(RegisterRoundFault(found, 1)).created).symptom
    assert symptom.endswith("……")
    assert len(symptom) < 230
