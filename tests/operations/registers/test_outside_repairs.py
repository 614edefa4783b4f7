"""外修监督: what may leave, under whose eyes, and what that does to the device (附二(四))."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.entries import (
    ActOnEntry,
    AddEntry,
    AmendEntry,
    RestoreEntry,
    WithdrawEntry,
)
from tests.operations.scene import Scene

DEVICE = {"label": "AN-0012", "kind": "服务器", "site": "市政府大楼机房", "state": "故障", "important": "是"}
REPAIR = {
    "device": "AN-0012",
    "unit": "昆明某维修站",
    "trouble": "主板不加电",
    "sent_at": "现在",
    "carrier": "张懿明",
    "data": "硬盘取出留存",
    "supervisor": "系统管理员甲",
    "record": "监督-3",
}
BACK = {"returned_at": "现在", "state_after": "在用", "result": "换主板", "cost": "1,800"}


def device(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("devices", DEVICE | other)).created


def send(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("outside_repairs", REPAIR | other)).created


def state(scene: Scene, device_id: str) -> str:
    return scene.queries.register_entry(device_id).typed["state"]


def refusal(scene: Scene, command: object) -> tuple[str, str]:
    with pytest.raises(KnownError) as refused:
        scene.do(command)
    return refused.value.field, refused.value.message


@pytest.mark.parametrize(
    ("missing", "field", "message"),
    [
        (
            {"supervisor": ""},
            "supervisor",
            "AN-0012 存有重要数据，没有系统管理员在场监督不能送外修（附二(四)）",
        ),
        ({"record": ""}, "record", "AN-0012 存有重要数据，外修监督没有记录（附二(四)）"),
        ({"data": "无重要数据"}, "data", "AN-0012 在设备台账里登记为存有重要数据"),
    ],
)
def test_important_data_leave_only_under_the_eyes_of_the_administrator(
    scene: Scene, missing: dict[str, str], field: str, message: str
) -> None:
    there = device(scene)
    assert refusal(scene, AddEntry("outside_repairs", REPAIR | missing)) == (field, message)
    assert state(scene, there) == "故障"


def test_a_device_is_away_from_its_sending_out_to_its_return(scene: Scene) -> None:
    there = device(scene)
    repair = send(scene)
    assert state(scene, there) == "外修"
    line = scene.queries.register_entry(there).history[0]
    assert line.reason == "送外修，见 A-WX0001"
    done = scene.do(ActOnEntry(repair, 1, "returned", BACK))
    assert done.message == "A-WX0001 已归还，设备状态改为在用"
    assert done.registers == {"devices", "outside_repairs"}
    assert state(scene, there) == "在用"
    assert scene.queries.register_entry(repair).typed["cost"] == "1,800.00"
    with pytest.raises(KnownError, match="这台设备已经归还"):
        scene.do(ActOnEntry(repair, 2, "returned", BACK))


def test_a_return_is_given_the_state_the_device_is_in_afterwards(scene: Scene) -> None:
    device(scene)
    repair = send(scene)
    command = ActOnEntry(repair, 1, "returned", BACK | {"state_after": ""})
    assert refusal(scene, command) == ("state_after", "没有填归还后状态")
    command = ActOnEntry(repair, 1, "returned", BACK | {"returned_at": ""})
    assert refusal(scene, command) == ("returned_at", "没有填归还时间")


def test_without_important_data_nobody_has_to_watch(scene: Scene) -> None:
    there = device(scene, important="否")
    send(scene, supervisor="", record="", data="无重要数据")
    assert state(scene, there) == "外修"


def test_the_state_of_a_device_with_important_data_is_not_set_to_away_by_hand(scene: Scene) -> None:
    there = device(scene)
    said = ("state", "AN-0012 存有重要数据，没有系统管理员监督的记录，不能算作外修（附二(四)）")
    assert refusal(scene, AmendEntry(there, 1, {"state": "外修"}, "送走了")) == said
    assert refusal(scene, AddEntry("devices", DEVICE | {"label": "AN-0013", "state": "外修"}))[0] == "state"
    free = device(scene, label="AN-0014", important="否")
    scene.do(AmendEntry(free, 1, {"state": "外修"}, "送走了"))
    assert state(scene, free) == "外修"
    assert refusal(scene, AmendEntry(free, 2, {"important": "是"}, "查明"))[0] == "state"


def test_a_device_that_is_away_comes_back_through_its_return_alone(scene: Scene) -> None:
    there = device(scene)
    send(scene)
    command = AmendEntry(there, 2, {"state": "在用"}, "回来了")
    assert refusal(scene, command) == ("state", "AN-0012 还在外修（A-WX0001）")
    scene.do(AmendEntry(there, 2, {"note": "保修卡在柜里"}, "补记"))
    scene.do(AmendEntry(there, 3, {"important": "否"}, "数据已迁走"))
    # Supervised as it is, it may be called important again.
    scene.do(AmendEntry(there, 4, {"important": "是"}, "还有一份"))
    assert state(scene, there) == "外修"


def test_a_device_is_away_once_at_a_time_and_not_when_it_was_written_off(scene: Scene) -> None:
    device(scene)
    send(scene)
    command = AddEntry("outside_repairs", REPAIR)
    assert refusal(scene, command) == ("device", "AN-0012 已在外修（A-WX0001）")
    device(scene, label="AN-0013", state="报废")
    command = AddEntry("outside_repairs", REPAIR | {"device": "AN-0013"})
    assert refusal(scene, command) == ("device", "AN-0013 已报废")


def test_times_and_returns_are_what_they_can_be(scene: Scene) -> None:
    device(scene)
    device(scene, label="AN-0013")
    repair = send(scene, sent_at="08:10")
    early = ActOnEntry(repair, 1, "returned", BACK | {"returned_at": "08:00"})
    assert refusal(scene, early) == ("returned_at", "归还时间早于送出时间")
    by_hand = AmendEntry(repair, 1, {"returned_at": "现在", "state_after": "在用"}, "回来了")
    assert refusal(scene, by_hand) == ("returned_at", "归还不能靠更正登记")
    other = AmendEntry(repair, 1, {"device": "AN-0013"}, "写错")
    assert refusal(scene, other) == ("device", "外修记录不能改成另一台设备")
    scene.do(AmendEntry(repair, 1, {"unit": "原厂"}, "改送原厂"))


def test_a_repair_of_the_past_is_entered_whole_and_leaves_the_device_as_it_is(scene: Scene) -> None:
    there = device(scene)
    past = {"sent_at": "2024-10-08 09:00", "returned_at": "2024-10-12 15:00", "state_after": "在用"}
    send(scene, **past)
    assert state(scene, there) == "故障"
    send(scene)
    assert state(scene, there) == "外修"


def test_a_past_repair_needs_a_state_to_return_in_as_well(scene: Scene) -> None:
    device(scene)
    past = {"sent_at": "2024-10-08 09:00", "returned_at": "2024-10-12 15:00"}
    command = AddEntry("outside_repairs", REPAIR | past)
    assert refusal(scene, command) == ("state_after", "没有填归还后状态")


def test_a_withdrawn_repair_gives_the_device_its_former_state_back_and_may_come_back_itself(
    scene: Scene,
) -> None:
    there = device(scene)
    repair = send(scene)
    scene.do(AmendEntry(there, 2, {"note": "保修卡在柜里"}, "补记"))
    done = scene.do(WithdrawEntry(repair, 1, "登错"))
    assert done.message == "A-WX0001 已作废，设备状态改为故障"
    assert state(scene, there) == "故障"
    done = scene.do(RestoreEntry(repair, 2, "没登错"))
    assert done.message == "A-WX0001 已恢复，设备状态改为外修"
    assert state(scene, there) == "外修"


def test_what_became_of_the_device_meanwhile_is_left_as_it_is(scene: Scene) -> None:
    there = device(scene, important="否")
    repair = send(scene)
    scene.do(WithdrawEntry(repair, 1, "登错"))
    scene.do(AmendEntry(there, 3, {"state": "外修"}, "自己送走了"))
    assert scene.do(RestoreEntry(repair, 2, "没登错")).message == "A-WX0001 已恢复"
    scene.do(ActOnEntry(repair, 3, "returned", BACK))
    # A repair that is over says nothing of where the device is.
    assert scene.do(WithdrawEntry(repair, 4, "重复")).message == "A-WX0001 已作废"
    assert state(scene, there) == "在用"


def test_a_device_away_since_it_was_entered_is_here_when_its_repair_is_withdrawn(scene: Scene) -> None:
    there = device(scene, important="否", state="外修")
    repair = send(scene)
    scene.do(WithdrawEntry(repair, 1, "登错"))
    assert state(scene, there) == "在用"


def test_a_return_finds_the_device_where_another_step_has_put_it(scene: Scene) -> None:
    there = device(scene, important="否")
    repair = send(scene)
    scene.do(AmendEntry(there, 2, {"important": "是"}, "查明"))
    assert state(scene, there) == "外修"
    assert scene.do(ActOnEntry(repair, 1, "returned", BACK)).message == "A-WX0001 已归还，设备状态改为在用"


def test_what_is_not_yet_back_is_a_view_of_its_own(scene: Scene) -> None:
    there = device(scene, important="否")
    scene.do(AmendEntry(there, 1, {"state": "外修"}, "已经送走，补登"))
    repair = send(scene)
    (counted,) = scene.queries.register_counts(["outside_repairs"])
    assert (counted.standing, counted.views["out"]) == (1, 1)
    scene.do(ActOnEntry(repair, 1, "returned", BACK))
    (counted,) = scene.queries.register_counts(["outside_repairs"])
    assert counted.views["out"] == 0
