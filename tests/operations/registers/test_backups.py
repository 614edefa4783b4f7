"""数据备份 and 软件检查: the device 甲方 named, what comes first, what a check by restoring says."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry, AmendEntry
from dispatch_app.operations.registers.register import Tone
from tests.operations.registers.rounds_scene import NAS, add_backup, add_system
from tests.operations.scene import Scene


def test_a_backup_goes_to_the_device_the_bureau_named_and_to_no_other(scene: Scene) -> None:
    add_system(scene)
    with pytest.raises(KnownError) as refused:
        add_backup(scene, device="我的移动硬盘")
    assert refused.value.message == "「我的移动硬盘」不是甲方为公文交换系统指定的存储设备"
    assert refused.value.remedy == "附一 二.3：请备份到「三楼 NAS-01」；甲方改了指定，先更正备份系统"
    assert refused.value.field == "device"
    done = add_backup(scene, device="三楼 nas-01")
    assert scene.queries.register_entry(done).typed["medium"] == "NAS"


def test_an_old_backup_stays_right_when_another_device_is_named(scene: Scene) -> None:
    system = add_system(scene)
    done = add_backup(scene, medium="磁带")
    scene.do(AmendEntry(system, 1, {"device": "新阵列"}, "甲方改了指定"))
    scene.do(AmendEntry(done, 1, {"size": "13"}, "看错"))
    assert scene.queries.register_entry(done).typed["device"] == NAS
    with pytest.raises(KnownError, match="不是甲方为公文交换系统指定"):
        add_backup(scene)


def test_an_increment_needs_a_full_backup_before_it(scene: Scene) -> None:
    add_system(scene)
    add_system(scene, "门户网站")
    add_backup(scene, system="门户网站")
    for kind in ("增量", "刷新介质"):
        with pytest.raises(KnownError, match="公文交换系统 还没有做过全量备份"):
            add_backup(scene, kind=kind)
    add_backup(scene)
    done = add_backup(scene, kind="增量")
    scene.do(AmendEntry(done, 1, {"size": "0.25"}, "看错"))
    assert scene.queries.register_entry(done).typed["size"] == "0.250"


def test_a_system_no_longer_backed_up_takes_no_backup(scene: Scene) -> None:
    system = add_system(scene)
    scene.do(ActOnEntry(system, 1, "suspend", {}))
    with pytest.raises(KnownError, match="公文交换系统 的备份已停用"):
        add_backup(scene)


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"restored_on": ""}, "restored_on", "没有填验证日期"),
        ({"restored_on": "2024-11-23"}, "restored_on", "验证日期还没有到"),
        ({"restored_on": "2024-11-21"}, "restored_on", "恢复验证的日期早于备份"),
        ({"restored": "恢复失败"}, "restore_note", "没有写恢复失败的情况"),
    ],
)
def test_a_check_by_restoring_says_when_and_what(
    scene: Scene, typed: dict[str, str], field: str, message: str
) -> None:
    add_system(scene)
    done = add_backup(scene)
    says = {"restored": "恢复成功", "restored_on": "今天"}
    with pytest.raises(KnownError) as refused:
        scene.do(ActOnEntry(done, 1, "verify", says | typed))
    assert (refused.value.field, refused.value.message) == (field, message)


def test_a_backup_that_cannot_be_restored_is_pressing(scene: Scene) -> None:
    add_system(scene)
    done = add_backup(scene)
    says = {"restored": "恢复失败", "restored_on": "今天", "restore_note": "第 3 卷校验不过"}
    scene.do(ActOnEntry(done, 1, "verify", says))
    assert scene.queries.register_entry(done).row.tones == {"restored": Tone.BREACHED}
    (counted,) = scene.queries.register_counts(["backups"])
    assert counted.pressing == 1
    refreshed = add_backup(scene, kind="刷新介质")
    assert scene.queries.register_entry(refreshed).row.tones == {}
    with pytest.raises(KnownError, match="刷新介质不是备份"):
        scene.do(ActOnEntry(refreshed, 1, "verify", says))
    assert scene.queries.register_count("backups", RegisterFilter(view="refreshed")) == 1


def test_systems_are_seen_running_and_suspended(scene: Scene) -> None:
    system = add_system(scene)
    assert scene.queries.register_count("backup_systems", RegisterFilter(view="running")) == 1
    scene.do(ActOnEntry(system, 1, "suspend", {"note": "系统下线"}))
    assert scene.queries.register_count("backup_systems", RegisterFilter(view="suspended")) == 1


CHECKED = {"on": "今天", "system": "公文交换系统", "state": "正常", "who": "刘涛"}


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"on": "2024-11-23"}, "on", "日期还没有到"),
        ({"state": "异常待处理"}, "found", "没有写发现了什么"),
        ({"before": "超时 30 秒"}, "after", "没有写设置改后"),
        ({"after": "超时 60 秒"}, "before", "没有写设置改前"),
        ({"before": "超时 30 秒", "after": "超时 60 秒"}, "approved_by", "改了设置，没有写谁批准"),
    ],
)
def test_a_check_of_software_says_what_was_changed_and_who_approved(
    scene: Scene, typed: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(KnownError) as refused:
        scene.do(AddEntry("software_checks", CHECKED | typed))
    assert (refused.value.field, refused.value.message) == (field, message)


def test_what_is_wrong_with_software_stays_pressing_until_it_is_mended(scene: Scene) -> None:
    changed = {"before": "30 秒", "after": "60 秒", "approved_by": "系统管理员王工", "cleared_mb": "1024"}
    fine = scene.do(AddEntry("software_checks", CHECKED | changed)).created
    assert scene.queries.register_entry(fine).row.tones == {}
    with pytest.raises(KnownError, match="没有待处理的异常"):
        scene.do(ActOnEntry(fine, 1, "mend", {"found": "无"}))
    wrong = {"state": "异常待处理", "found": "日志盘将满"}
    found = scene.do(AddEntry("software_checks", CHECKED | wrong)).created
    assert scene.queries.register_entry(found).row.tones == {"state": Tone.BREACHED}
    scene.do(ActOnEntry(found, 1, "mend", {"found": "日志盘将满，已清理"}))
    assert scene.queries.register_count("software_checks", RegisterFilter(view="abnormal")) == 0
