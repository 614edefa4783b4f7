"""移动存储介质 and where they are used: classes never mixed, given back, destroyed only as 附四 says."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry, AmendEntry
from dispatch_app.operations.registers.media import held_by
from dispatch_app.operations.registers.register import Tone
from tests.operations.scene import Scene

STICK = {
    "label": "U-01",
    "kind": "优盘",
    "level": "机密",
    "holder": "刘平",
    "place": "2 号保密柜",
    "state": "在用",
}
USE = {
    "medium": "U-01",
    "system": "机要办公系统",
    "level": "机密",
    "wireless": "否",
    "scanned": "是",
    "used_by": "刘平",
    "used_at": "现在",
}
APPROVAL = {"leader": "王局长", "approval": "销批〔2024〕3号", "approved_on": "今天"}
HANDED = {"sent_on": "今天", "sent_by": "刘平", "receipt": "保密局收〔2024〕15号"}


def keep(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("media", STICK | other)).created


def use(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("media_uses", USE | other)).created


def step(scene: Scene, entry_id: str, action: str, **typed: str) -> None:
    version = scene.queries.register_entry(entry_id).row.version
    scene.do(ActOnEntry(entry_id, version, action, typed))


def state(scene: Scene, entry_id: str) -> str:
    return scene.queries.register_entry(entry_id).typed["state"]


def held(scene: Scene) -> tuple[str, ...]:
    with scene.database.reader() as session:
        return held_by(session, "liuping")


def test_a_secret_medium_has_its_place_in_a_safe(scene: Scene) -> None:
    with pytest.raises(KnownError) as refused:
        keep(scene, place="")
    assert (refused.value.field, refused.value.message) == (
        "place",
        "涉密介质 U-01 没有写存放在哪个保密设备里",
    )
    keep(scene, place="", level="非涉密")


@pytest.mark.parametrize(
    ("medium", "typed", "field", "message"),
    [
        ("机密", {"scanned": "否"}, "scanned", "介质 U-01 接入前没有查杀病毒、木马（附四 四）"),
        (
            "机密",
            {"level": "非涉密"},
            "level",
            "涉密介质 U-01（机密）不得在非涉密信息系统中使用（附四 二）",
        ),
        ("机密", {"level": "秘密"}, "level", "机密介质 U-01 不得在秘密级系统中使用（附四 三）"),
        (
            "机密",
            {"level": "与互联网连接的计算机"},
            "level",
            "涉密介质 U-01（机密）严禁接入与互联网连接的计算机（附四 三）",
        ),
        ("秘密", {"level": "个人计算机"}, "level", "涉密介质 U-01（秘密）严禁接入个人计算机（附四 三）"),
        ("非涉密", {"level": "秘密"}, "level", "非涉密介质 U-01 不得接入涉密信息系统（附四 二）"),
        ("机密", {"wireless": "是"}, "wireless", "涉密介质 U-01 不得接入带无线设备的系统（附四 二）"),
    ],
)
def test_a_medium_is_never_used_across_classes(
    scene: Scene, medium: str, typed: dict[str, str], field: str, message: str
) -> None:
    keep(scene, level=medium)
    with pytest.raises(KnownError) as refused:
        use(scene, **typed)
    assert (refused.value.field, refused.value.message) == (field, message)


@pytest.mark.parametrize(
    ("medium", "system"),
    [("机密", "机密"), ("机密", "绝密"), ("非涉密", "非涉密"), ("非涉密", "与互联网连接的计算机")],
)
def test_a_medium_is_used_in_its_own_class(scene: Scene, medium: str, system: str) -> None:
    entry_id = keep(scene, level=medium)
    use(scene, level=system)
    (relation,) = scene.queries.register_entry(entry_id).relations
    assert (relation.title, relation.count) == ("介质使用", 1)


def test_a_medium_bound_to_a_system_is_used_in_no_other(scene: Scene) -> None:
    keep(scene, system="档案系统")
    with pytest.raises(KnownError, match="介质 U-01 专用于「档案系统」") as refused:
        use(scene)
    assert refused.value.field == "system"
    use(scene, system="档案系统")


def test_only_what_is_in_use_is_used(scene: Scene) -> None:
    entry_id = keep(scene)
    written = use(scene)
    step(scene, entry_id, "give_back", place="2 号保密柜", note="")
    with pytest.raises(KnownError, match="介质 U-01 封存，不能使用"):
        use(scene)
    scene.do(AmendEntry(written, 1, {"purpose": "拷贝备份"}, "补写"))
    scene.do(AmendEntry(written, 2, {"system": "机要系统"}, "写全"))
    assert scene.queries.register_entry(written).typed["system"] == "机要系统"
    with pytest.raises(KnownError, match="不得在非涉密信息系统中使用"):
        scene.do(AmendEntry(written, 3, {"level": "非涉密"}, "写错"))


def test_what_was_used_in_one_class_stays_in_it(scene: Scene) -> None:
    entry_id = keep(scene)
    scene.do(AmendEntry(entry_id, 1, {"level": "秘密"}, "登错"))
    use(scene)
    with pytest.raises(KnownError) as refused:
        scene.do(AmendEntry(entry_id, 2, {"level": "非涉密"}, "改用"))
    assert refused.value.message == "U-01 已按秘密接入过系统（A-JS0001），密级不能再改"


def test_a_secret_medium_is_never_lent(scene: Scene) -> None:
    entry_id = keep(scene)
    refused = scene.queries.register_entry(entry_id).refused
    assert refused["lend"][0] == "U-01 是涉密介质，严禁借给外单位使用（附四 三）"
    with pytest.raises(KnownError, match="严禁借给外单位使用"):
        step(scene, entry_id, "lend", lent_to="市财政局", lent_until="2024-11-30")
    with pytest.raises(KnownError, match="严禁借给外单位使用"):
        scene.do(AmendEntry(entry_id, 1, {"state": "借出"}, "借走"))


def test_what_is_lent_comes_back_and_is_pointed_out_until_then(scene: Scene) -> None:
    entry_id = keep(scene, level="非涉密")
    with pytest.raises(KnownError, match="U-01 没有写借到哪天"):
        step(scene, entry_id, "lend", lent_to="市财政局")
    step(scene, entry_id, "lend", lent_to="市财政局", lent_until="2024-11-25")
    assert scene.queries.register_entry(entry_id).row.tones == {}
    scene.at("2024-11-26 08:00")
    assert scene.queries.register_entry(entry_id).row.tones == {"lent_until": Tone.BREACHED}
    (counted,) = scene.queries.register_counts(["media"])
    assert counted.views["loan_overdue"] == counted.pressing == 1
    step(scene, entry_id, "take_back", place="抽屉")
    assert state(scene, entry_id) == "在用"
    with pytest.raises(KnownError, match="这件介质在用，现在不能这样做"):
        step(scene, entry_id, "take_back", place="抽屉")


def test_who_leaves_gives_secret_media_back_first(scene: Scene) -> None:
    entry_id = keep(scene)
    keep(scene, label="U-02", level="非涉密")
    keep(scene, label="U-03", holder="张懿明")
    assert held(scene) == ("U-01",)
    step(scene, entry_id, "give_back", place="2 号保密柜", note="离职退回")
    assert held(scene) == ()
    step(scene, entry_id, "reopen", holder="刘平", place="2 号保密柜")
    assert held(scene) == ("U-01",)
    step(scene, entry_id, "hand_over", holder="张懿明", place="2 号保密柜")
    assert held(scene) == ()


def test_a_medium_is_destroyed_with_approval_and_through_the_bureau_of_secrecy(scene: Scene) -> None:
    entry_id = keep(scene)
    with pytest.raises(KnownError, match="这件介质在用，现在不能这样做"):
        step(scene, entry_id, "destroy", **HANDED)
    with pytest.raises(KnownError, match="没有写为什么销毁 U-01"):
        step(scene, entry_id, "ask_to_destroy", destroy_reason="")
    step(scene, entry_id, "ask_to_destroy", destroy_reason="坏道")
    assert scene.queries.register_entry(entry_id).row.tones == {"state": Tone.SOON}
    assert held(scene) == ("U-01",)
    with pytest.raises(KnownError) as refused:
        step(scene, entry_id, "destroy", **HANDED)
    assert refused.value.message == "销毁 U-01 还没有单位主管领导的批准（附四 九）"
    with pytest.raises(KnownError, match="销毁 U-01 没有批准文号"):
        step(scene, entry_id, "approve_destroying", **APPROVAL | {"approval": ""})
    step(scene, entry_id, "approve_destroying", **APPROVAL)
    with pytest.raises(KnownError, match="已经批准销毁"):
        step(scene, entry_id, "approve_destroying", **APPROVAL)
    with pytest.raises(KnownError, match="涉密介质 U-01 没有市保密局的接收回执"):
        step(scene, entry_id, "destroy", **HANDED | {"receipt": ""})
    with pytest.raises(KnownError, match="销毁 U-01 没有写送交人"):
        step(scene, entry_id, "destroy", **HANDED | {"sent_by": ""})
    with pytest.raises(KnownError, match="送交日期早于批准日期 2024-11-22"):
        step(scene, entry_id, "destroy", **HANDED | {"sent_on": "昨天"})
    step(scene, entry_id, "destroy", **HANDED)
    assert state(scene, entry_id) == "已销毁"
    found = scene.queries.register_page("media", RegisterFilter(view="destroyed"), RegisterSort())
    assert [row.cells[1] for row in found.rows] == ["U-01"]
    assert held(scene) == ()


def test_nobody_writes_a_medium_off_by_a_correction(scene: Scene) -> None:
    entry_id = keep(scene)
    with pytest.raises(KnownError, match="销毁 U-01 没有批准领导"):
        scene.do(AmendEntry(entry_id, 1, {"state": "已销毁", "destroy_reason": "坏了"}, "扔了"))


def test_an_open_medium_is_destroyed_without_the_bureau_of_secrecy(scene: Scene) -> None:
    entry_id = keep(scene, level="非涉密")
    step(scene, entry_id, "ask_to_destroy", destroy_reason="坏道")
    step(scene, entry_id, "approve_destroying", **APPROVAL)
    step(scene, entry_id, "destroy", **HANDED | {"receipt": ""})
    assert state(scene, entry_id) == "已销毁"
