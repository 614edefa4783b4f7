"""变更审批: approved before executed, what it was before, and where an executed one leads."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry, AmendEntry
from dispatch_app.operations.registers.register import Tone
from tests.operations.registers.test_entries import add as add_device
from tests.operations.scene import Scene

CHANGE = {
    "kind": "更改配置",
    "title": "调整核心交换机 VLAN",
    "site": "市政府大楼机房",
    "before": "VLAN 20 在 1 至 12 口",
    "after": "VLAN 20 在 1 至 16 口",
    "applicant": "刘平",
    "asked_at": "08:00",
}
APPROVAL = {"approver": "周主任", "approval": "变更批〔2024〕7号", "approved_at": "08:30"}
EXECUTION = {"executed_by": "张懿明", "executed_at": "现在", "result": "业务正常"}


def ask(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("changes_approval", CHANGE | other)).created


def step(scene: Scene, entry_id: str, action: str, typed: dict[str, str]) -> str:
    version = scene.queries.register_entry(entry_id).row.version
    return scene.do(ActOnEntry(entry_id, version, action, typed)).message


def seen(scene: Scene, view: str) -> list[str]:
    page = scene.queries.register_page("changes_approval", RegisterFilter(view=view), RegisterSort())
    return [row.number for row in page.rows]


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"before": ""}, "before", "更改配置没有写变更前的情况"),
        ({"after": ""}, "after", "更改配置没有写变更后的情况"),
        ({"kind": "更换设备"}, "device", "更换设备没有写是哪台设备"),
        ({"kind": "撤除设备", "after": ""}, "device", "撤除设备没有写是哪台设备"),
        ({"kind": "甲方线路变更通知"}, "document", "甲方线路变更通知没有写文号"),
        ({"device": "AN-9"}, "device", "设备：设备台账里没有「AN-9」"),
    ],
)
def test_a_change_says_what_it_changes(scene: Scene, typed: dict[str, str], field: str, message: str) -> None:
    with pytest.raises(KnownError) as refused:
        ask(scene, **typed)
    assert (refused.value.field, refused.value.message) == (field, message)


def test_nothing_is_executed_before_it_was_approved(scene: Scene) -> None:
    entry_id = ask(scene)
    detail = scene.queries.register_entry(entry_id)
    assert (detail.typed["state"], detail.row.tones) == ("待批准", {"state": Tone.SOON})
    assert detail.refused["execute"][0] == "还没有系统管理员的批准，不能执行（附二（五））"
    with pytest.raises(KnownError, match="还没有系统管理员的批准，不能执行"):
        step(scene, entry_id, "execute", EXECUTION)
    with pytest.raises(KnownError) as refused:
        scene.do(AmendEntry(entry_id, 1, EXECUTION, "补记"))
    assert refused.value.message == "「调整核心交换机 VLAN」还没有批准，不能先执行（附二（五））"
    step(scene, entry_id, "approve", APPROVAL)
    assert seen(scene, "to_execute") == ["A-BG0001"]
    with pytest.raises(KnownError, match="2024-11-22 08:30 才批准，不能先执行"):
        step(scene, entry_id, "execute", EXECUTION | {"executed_at": "08:29"})
    step(scene, entry_id, "execute", EXECUTION)
    assert seen(scene, "executed") == ["A-BG0001"]
    with pytest.raises(KnownError, match="这项变更已执行，不能再执行"):
        step(scene, entry_id, "execute", EXECUTION)
    with pytest.raises(KnownError, match="这项变更已执行，不再等批准"):
        step(scene, entry_id, "approve", APPROVAL)


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("approver", "批准没有写批准人"),
        ("approval", "批准没有写批准文号"),
        ("approved_at", "批准没有写批准时间"),
    ],
)
def test_an_approval_is_whole(scene: Scene, missing: str, message: str) -> None:
    entry_id = ask(scene)
    with pytest.raises(KnownError) as refused:
        step(scene, entry_id, "approve", APPROVAL | {missing: ""})
    assert (refused.value.field, refused.value.message) == (missing, message)
    assert "系统管理员" in refused.value.remedy


@pytest.mark.parametrize(
    ("missing", "message"), [("executed_by", "没有写执行人"), ("result", "没有写执行结果")]
)
def test_an_execution_says_who_and_how_it_went(scene: Scene, missing: str, message: str) -> None:
    entry_id = ask(scene)
    step(scene, entry_id, "approve", APPROVAL)
    with pytest.raises(KnownError, match=message):
        step(scene, entry_id, "execute", EXECUTION | {missing: ""})


def test_a_maintenance_plan_is_approved_by_the_bureau(scene: Scene) -> None:
    entry_id = ask(scene, kind="维护方案", before="")
    refused = scene.queries.register_entry(entry_id).refused
    assert refused["execute"][0] == "还没有甲方的批准，不能执行（附二（五））"


def test_a_notice_of_the_bureau_needs_its_number_and_no_approval(scene: Scene) -> None:
    entry_id = ask(scene, kind="甲方线路变更通知", before="", document="安工信函〔2024〕9号")
    assert seen(scene, "to_execute") == ["A-BG0001"]
    with pytest.raises(KnownError, match="甲方的通知不用批准"):
        step(scene, entry_id, "approve", APPROVAL)
    step(scene, entry_id, "execute", EXECUTION)
    assert seen(scene, "executed") == ["A-BG0001"]


def test_what_was_declined_is_not_executed(scene: Scene) -> None:
    entry_id = ask(scene)
    with pytest.raises(KnownError, match="没有写谁不同意"):
        step(scene, entry_id, "decline", {"declined": "影响会议"})
    step(scene, entry_id, "decline", {"approver": "周主任", "declined": "影响会议"})
    assert scene.queries.register_entry(entry_id).typed["state"] == "未获同意"
    with pytest.raises(KnownError, match="这项变更未获同意，不能再执行"):
        step(scene, entry_id, "execute", EXECUTION)


def test_an_executed_change_of_a_device_leads_to_the_devices(scene: Scene) -> None:
    add_device(scene)
    add_device(scene, label="AN-0013")
    entry_id = ask(scene, kind="更换设备", device="AN-0012")
    step(scene, entry_id, "approve", APPROVAL)
    with pytest.raises(KnownError, match="更换设备没有写新设备的标识号") as refused:
        step(scene, entry_id, "execute", EXECUTION)
    assert refused.value.field == "new_device"
    said = step(scene, entry_id, "execute", EXECUTION | {"new_device": "an-0013"})
    assert said.endswith("已登记执行，请到设备台账核对 AN-0012、AN-0013 的站点和状态")
    device = scene.queries.register_entry_named("devices", "AN-0013")
    relations = scene.queries.register_entry(device).relations
    there = RegisterFilter(refers=("new_device", device))
    assert ("变更审批（新设备）", 1, there) in [(one.title, one.count, one.filter) for one in relations]


def test_an_executed_change_can_be_rolled_back_and_no_other(scene: Scene) -> None:
    back = {"rolled_back_at": "09:00", "rollback": "语音中断，退回原配置"}
    entry_id = ask(scene)
    with pytest.raises(KnownError, match="没有执行，谈不上回退"):
        step(scene, entry_id, "roll_back", back)
    with pytest.raises(KnownError, match="没有执行过，谈不上回退"):
        scene.do(AmendEntry(entry_id, 1, {"rolled_back_at": "08:00", "rollback": "补记"}, "补记"))
    step(scene, entry_id, "approve", APPROVAL)
    step(scene, entry_id, "execute", EXECUTION)
    scene.at("09:00")
    with pytest.raises(KnownError, match="回退时间早于执行时间 2024-11-22 08:30"):
        step(scene, entry_id, "roll_back", back | {"rolled_back_at": "08:29"})
    with pytest.raises(KnownError, match="没有写为什么回退"):
        step(scene, entry_id, "roll_back", back | {"rollback": ""})
    step(scene, entry_id, "roll_back", back)
    assert seen(scene, "rolled_back") == ["A-BG0001"]
