"""What the desk and an import do to the roster stands among the changes of people."""

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.settings import ChooseOperator
from dispatch_app.operations.staff import ImportRoster, SetAvailability
from tests.operations.registers.registering import act, add, detail, view
from tests.operations.scene import Scene


def leave(scene: Scene, note: str = "") -> str:
    return scene.do(SetAvailability("liuping", StaffState.LEFT, note)).message


def entry(scene: Scene, number: str) -> str:
    return scene.queries.register_entry_named("staff_changes", number)


def test_leaving_at_the_desk_is_a_change_nobody_was_told_of(scene: Scene) -> None:
    assert leave(scene, "个人原因") == (
        "刘平 已记为离职，须函告甲方（九.1、四.3），在职技术人员 4 人，低于合同的 5 人（二.2）"
    )
    said = detail(scene, entry(scene, "A-RB0001")).typed
    assert (said["kind"], said["person"], said["effective"]) == ("离职", "刘平", "2024-11-22")
    assert (said["notice"], said["reason"]) == ("未函告", "个人原因")
    assert view(scene, "staff_changes", "late") == ["A-RB0001"]
    assert leave(scene) == ""


def test_a_planned_change_takes_effect_instead_of_a_second_one(scene: Scene) -> None:
    phone = {"kind": "更换电话", "person": "刘平", "mobile": "138****0000", "planned": "今天"}
    add(scene, "staff_changes", phone)
    planned = add(scene, "staff_changes", {"kind": "甲方遣返", "person": "刘平", "planned": "2024-11-30"})
    act(scene, planned, "tell", letter="函〔2024〕1号", letter_sent="2024-11-20")
    leave(scene)
    assert detail(scene, planned).typed["notice"] == "提前 2 天"
    (counted,) = scene.queries.register_counts(["staff_changes"])
    assert counted.standing == 2


def test_who_has_left_comes_back_by_joining(scene: Scene) -> None:
    leave(scene)
    with pytest.raises(KnownError) as refused:
        scene.do(SetAvailability("liuping", StaffState.STANDBY))
    assert refused.value.message == "刘平 已离职"
    assert "记一条入职" in refused.value.remedy


def test_who_has_left_signs_nothing_more(scene: Scene) -> None:
    scene.do(ChooseOperator("liuping"))
    leave(scene)
    assert scene.queries.operator().name == "李鸿兰"
    scene.register()
    planned = add(scene, "staff_changes", {"kind": "离职", "person": "刘涛", "planned": "今天"})
    assert detail(scene, planned).history[0].operator_name == "李鸿兰"


def test_an_imported_number_that_replaces_one_is_a_change_to_be_told(scene: Scene, tmp_path: Path) -> None:
    first, second = "139" + "1" * 8, "139" + "2" * 8
    path = tmp_path / "annex.csv"
    path.write_text(f"姓名,手机\n刘平,{first}\n", encoding="utf-8")
    assert scene.do(ImportRoster(path)).registers == frozenset()
    path.write_text(f"姓名,手机\n刘平,{second}\n刘涛,{first}\n", encoding="utf-8")
    done = scene.do(ImportRoster(path))
    assert done.message == ("已导入 2 个手机号码；其中 1 个替换了原号码，已记入人员变动，须函告甲方（九.1）")
    said = detail(scene, entry(scene, "A-RB0001")).typed
    assert (said["person"], said["mobile"], said["notice"]) == ("刘平", "139****2222", "未函告")
    assert next(row.mobile for row in scene.queries.staff() if row.name == "刘平") == second
