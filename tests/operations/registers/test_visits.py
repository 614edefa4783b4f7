"""机房出入: who may enter, who is inside, what a list points out."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry, AmendEntry
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from tests.operations.scene import Scene

VISIT = {
    "site": "宁湖大厦二机房",
    "visitor": "王建国",
    "unit": "昆明电力检修公司",
    "people": "2",
    "purpose": "检修配电柜",
    "approval": "安工信函〔2024〕31号",
    "escort": "张懿明",
    "came": "现在",
    "items": "万用表",
}


def enter(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("visits", VISIT | other)).created


def refusal(scene: Scene, **other: str) -> tuple[str, str | None]:
    with pytest.raises(KnownError) as refused:
        enter(scene, **other)
    return refused.value.message, refused.value.field


def seen(scene: Scene, view: str) -> list[str]:
    page = scene.queries.register_page("visits", RegisterFilter(view=view), RegisterSort())
    return [row.number for row in page.rows]


def test_nobody_enters_without_the_approval_of_the_bureau(scene: Scene) -> None:
    assert refusal(scene, approval=" ") == (
        "王建国 没有安宁市工业和信息化局的批准，不能进入机房（附二（六））",
        "approval",
    )
    assert seen(scene, "inside") == []


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (StaffState.LEFT, "陪同人：张懿明 已于 2024-11-22 离职"),
        (StaffState.ON_LEAVE, "张懿明 正在请假，不能陪同进入机房"),
    ],
)
def test_an_escort_has_to_be_there(scene: Scene, state: StaffState, said: str) -> None:
    scene.do(SetAvailability("zhangyiming", state))
    assert refusal(scene) == (said, "escort")


@pytest.mark.parametrize(
    ("leave", "came", "refused"),
    [
        ({"since": "2024-11-20", "until": "2024-11-21"}, "2024-11-20 10:00", True),
        ({"since": "2024-11-20", "until": "2024-11-21"}, "2024-11-19 10:00", False),
        ({"since": "2024-11-20", "until": "2024-11-21"}, "2024-11-22 08:00", False),
        ({"since": "2024-11-20", "until": "2024-11-25", "back": "2024-11-22"}, "2024-11-22 08:00", False),
        ({"since": "2024-11-20", "until": "2024-11-25", "back": "2024-11-22"}, "2024-11-21 08:00", True),
    ],
)
def test_an_escort_was_there_on_the_day_of_the_visit(
    scene: Scene, leave: dict[str, str], came: str, refused: bool
) -> None:
    scene.do(AddEntry("leaves", {"person": "张懿明", "kind": "年假"} | leave))
    if refused:
        assert refusal(scene, came=came) == ("张懿明 那天请假（A-QJ0001），不能陪同进入机房", "escort")
    else:
        assert enter(scene, came=came)


def test_who_went_on_leave_afterwards_was_there(scene: Scene) -> None:
    scene.do(SetAvailability("zhangyiming", StaffState.ON_LEAVE))
    assert enter(scene, came="2024-11-21 10:00")


def test_a_correction_asks_no_more_whether_the_escort_is_still_there(scene: Scene) -> None:
    entry_id = enter(scene)
    scene.do(SetAvailability("zhangyiming", StaffState.LEFT))
    scene.do(AmendEntry(entry_id, 1, {"people": "3"}, "数错"))
    assert scene.queries.register_entry(entry_id).typed["people"] == "3"


def test_who_came_in_goes_out_before_coming_in_again(scene: Scene) -> None:
    entry_id = enter(scene)
    assert refusal(scene, site="市政府大楼机房") == (
        "王建国（昆明电力检修公司）还在 宁湖大厦二机房 里：A-JC0001，2024-11-22 08:30 进入",
        "visitor",
    )
    enter(scene, visitor="李工")
    assert seen(scene, "inside") == ["A-JC0001", "A-JC0002"]
    scene.at("10:15").do(ActOnEntry(entry_id, 1, "leave", {"left": "现在"}))
    assert seen(scene, "inside") == ["A-JC0002"]
    assert scene.queries.register_entry(entry_id).typed["left"] == "2024-11-22 10:15"
    enter(scene)
    with pytest.raises(KnownError, match="已经登记过离开"):
        scene.do(ActOnEntry(entry_id, 2, "leave", {"left": "现在"}))


def test_nobody_leaves_before_coming_in(scene: Scene) -> None:
    entry_id = enter(scene)
    with pytest.raises(KnownError, match="离开时间早于进入时间 2024-11-22 08:30") as refused:
        scene.do(ActOnEntry(entry_id, 1, "leave", {"left": "08:29"}))
    assert refused.value.field == "left"


def test_whoever_is_inside_since_yesterday_is_pointed_out(scene: Scene) -> None:
    entry_id = enter(scene)
    assert scene.queries.register_entry(entry_id).row.tones == {}
    scene.at("2024-11-23 00:00")
    assert seen(scene, "overnight") == ["A-JC0001"]
    assert scene.queries.register_entry(entry_id).row.tones == {"came": Tone.BREACHED}
    (counted,) = scene.queries.register_counts(["visits"])
    assert counted.pressing == 1


def test_now_is_written_to_the_minute(scene: Scene) -> None:
    scene.clock.at += 47
    assert scene.queries.register_entry(enter(scene)).typed["came"] == "2024-11-22 08:30"
