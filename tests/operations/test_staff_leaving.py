"""离职 said at the desk stands among the changes of people, with what the contract asks for."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
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
