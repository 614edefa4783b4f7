"""派单 and 撤出: who is named, who cannot be, and what a repeat does."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.faults import AssignFault, ReleaseEngineer
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from tests.operations.scene import Scene


def test_one_command_names_the_engineer_and_offers_to_take_it_back(scene: Scene) -> None:
    fault = scene.register()
    changes = scene.at("08:35").send(fault)
    row = scene.row(fault)
    assert row.stage is Stage.ASSIGNED
    assert [(one.staff_id, one.state, one.since) for one in row.engagements] == [
        ("zhangyiming", StaffState.ASSIGNED, scene.time("08:35"))
    ]
    assert changes.staff == {"zhangyiming"}
    assert changes.undo is not None
    assert changes.message == "A-0001 已派给 张懿明"

    scene.do(changes.undo.command)
    assert scene.row(fault).engagements == ()
    assert scene.row(fault).stage is Stage.REPORTED


def test_naming_somebody_twice_does_nothing_even_from_a_stale_screen(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    before = scene.version(fault)
    again = scene.do(AssignFault(fault, "zhangyiming", 1))
    assert (again.faults, again.undo) == (frozenset(), None)
    assert scene.version(fault) == before


def test_a_second_engineer_is_added_and_both_keep_their_order(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault, "liuping", at=scene.time("08:30"))
    scene.at("08:33").send(fault, "zhangyiming")
    assert [one.name for one in scene.row(fault).engagements] == ["刘平", "张懿明"]


@pytest.mark.parametrize(("state", "says"), [(StaffState.ON_LEAVE, "待命"), (StaffState.LEFT, "四.3")])
def test_who_is_on_leave_or_has_left_is_refused_with_what_to_do(
    scene: Scene, state: StaffState, says: str
) -> None:
    fault = scene.register()
    scene.do(SetAvailability("liuping", state))
    with pytest.raises(KnownError) as refused:
        scene.send(fault, "liuping")
    assert says in refused.value.remedy
    assert scene.version(fault) == 1


def test_who_rests_can_be_sent_all_the_same(scene: Scene) -> None:
    fault = scene.register()
    scene.do(SetAvailability("liuping", StaffState.RESTING))
    scene.send(fault, "liuping")
    assert scene.row(fault).engagements[0].name == "刘平"


def test_the_call_taker_and_strangers_are_never_sent(scene: Scene) -> None:
    fault = scene.register()
    for nobody in ("lihonglan", "stranger"):
        with pytest.raises(KnownError):
            scene.send(fault, nobody)


def test_an_ended_fault_takes_no_engineer(scene: Scene) -> None:
    fault = scene.register()
    seen = scene.version(fault)
    scene.at("09:00").finish(fault)
    with pytest.raises(KnownError, match="已被更新"):
        scene.do(AssignFault(fault, "zhangyiming", seen))
    with pytest.raises(KnownError, match="结束"):
        scene.at("09:30").send(fault)


def test_a_fault_nobody_knows_is_refused(scene: Scene) -> None:
    with pytest.raises(KnownError, match="没有这件故障"):
        scene.do(AssignFault("none", "zhangyiming", 1))


def test_taking_somebody_off_frees_them_and_leaves_the_facts(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault, "liutao")
    scene.at("08:40").send(fault, "yangshuangjin")
    changes = scene.do(ReleaseEngineer(fault, "liutao", "联系不上，改派", scene.version(fault)))
    assert [one.name for one in scene.row(fault).engagements] == ["杨双金"]
    assert changes.staff == {"liutao", "yangshuangjin"}
    kinds = [(entry.kind, entry.voided) for entry in scene.queries.fault_detail(fault).timeline]
    assert (FactKind.ASSIGNED, False) in kinds
    told = [(entry.title, entry.note) for entry in scene.queries.fault_detail(fault).timeline]
    assert ("撤出", "联系不上，改派") in told

    again = scene.do(ReleaseEngineer(fault, "liutao", "再撤", scene.version(fault)))
    assert again.faults == frozenset()

    assert changes.undo is not None
    scene.do(changes.undo.command)
    assert [one.name for one in scene.row(fault).engagements] == ["刘涛", "杨双金"]


def test_who_was_taken_off_can_be_named_again(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault, "liutao")
    scene.at("08:40").do(ReleaseEngineer(fault, "liutao", "改派", scene.version(fault)))
    scene.at("08:50").send(fault, "liutao")
    assert scene.row(fault).engagements[0].since == scene.time("08:50")


def test_taking_somebody_off_wants_a_reason(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    with pytest.raises(KnownError) as refused:
        scene.do(ReleaseEngineer(fault, "zhangyiming", " ", scene.version(fault)))
    assert refused.value.field == "reason"
