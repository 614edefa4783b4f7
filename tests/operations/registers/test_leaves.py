"""请假: the desk sees who is away, and everybody comes back."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.entries import AmendEntry, RestoreEntry, WithdrawEntry
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from tests.operations.registers.registering import act, add, detail, view
from tests.operations.scene import Scene

LEAVE = {"person": "刘平", "kind": "年假", "since": "2024-11-22", "until": "2024-11-24", "cover": "刘涛"}


def state(scene: Scene, name: str = "刘平") -> StaffState:
    return next(row.state for row in scene.queries.staff() if row.name == name)


def amend(scene: Scene, entry: str, **typed: str) -> str:
    return scene.do(AmendEntry(entry, detail(scene, entry).row.version, typed, "记错")).message


def test_a_leave_that_has_begun_shows_at_the_desk_until_it_is_over(scene: Scene) -> None:
    entry = add(scene, "leaves", LEAVE)
    assert state(scene) is StaffState.ON_LEAVE
    assert scene.queries.day_summary().employed_technicians == 5
    with pytest.raises(KnownError, match="刘平 已请假，不能派单"):
        scene.send(scene.register(), "liuping")
    assert "已记为待命" in act(scene, entry, "back", back="今天").message
    assert state(scene) is StaffState.STANDBY
    with pytest.raises(KnownError, match="这张假条已经销假"):
        act(scene, entry, "back", back="今天")


def test_a_coming_or_past_leave_sends_nobody_away(scene: Scene) -> None:
    scene.do(SetAvailability("liuping", StaffState.ON_LEAVE, "口头请假"))
    add(scene, "leaves", LEAVE, since="2024-12-02", until="2024-12-03")
    add(scene, "leaves", LEAVE, since="2024-10-08", until="2024-10-09")
    assert state(scene) is StaffState.ON_LEAVE
    assert view(scene, "leaves", "coming") == ["A-QJ0001"]
    assert view(scene, "leaves", "now") == []


def test_a_corrected_or_withdrawn_leave_brings_back_whom_it_sent_away(scene: Scene) -> None:
    entry = add(scene, "leaves", LEAVE)
    assert view(scene, "leaves", "now") == ["A-QJ0001"]
    assert detail(scene, entry).typed["begun"] == "是"
    assert "刘平 已记为待命" in amend(scene, entry, since="2024-11-23")
    assert state(scene) is StaffState.STANDBY
    assert "begun" not in detail(scene, entry).typed
    amend(scene, entry, since="2024-11-22")
    assert state(scene) is StaffState.ON_LEAVE
    scene.do(WithdrawEntry(entry, detail(scene, entry).row.version, "不休了"))
    assert state(scene) is StaffState.STANDBY
    scene.do(RestoreEntry(entry, detail(scene, entry).row.version, "还是要休"))
    assert state(scene) is StaffState.ON_LEAVE


def test_a_leave_that_was_another_s_sends_the_right_one_away(scene: Scene) -> None:
    entry = add(scene, "leaves", LEAVE)
    said = amend(scene, entry, person="张懿明")
    assert "刘平 已记为待命，张懿明 已记为请假" in said
    assert (state(scene), state(scene, "张懿明")) == (StaffState.STANDBY, StaffState.ON_LEAVE)


def test_a_planned_leave_begins_when_somebody_says_so_on_its_day(scene: Scene) -> None:
    entry = add(scene, "leaves", LEAVE, since="2024-11-23")
    assert view(scene, "leaves", "due") == []
    with pytest.raises(KnownError, match="2024-11-23 还没有到，假期还没有开始"):
        act(scene, entry, "begin")
    scene.at("2024-11-23 09:00")
    assert view(scene, "leaves", "due") == ["A-QJ0001"]
    assert detail(scene, entry).row.tones == {"since": Tone.SOON}
    assert "刘平 已记为请假" in act(scene, entry, "begin").message
    assert view(scene, "leaves", "due") == []
    with pytest.raises(KnownError, match="这张假条已经开始"):
        act(scene, entry, "begin")
    act(scene, entry, "back", back="今天")
    assert state(scene) is StaffState.STANDBY
    # What is over is over: a later correction sends nobody anywhere.
    scene.do(SetAvailability("liuping", StaffState.ON_LEAVE, "口头请假"))
    amend(scene, entry, reason="补写")
    assert state(scene) is StaffState.ON_LEAVE


def test_a_leave_said_not_to_have_begun_after_all_brings_back(scene: Scene) -> None:
    entry = add(scene, "leaves", LEAVE, since="2024-11-20", until="2024-11-22")
    scene.at("2024-11-23 09:00")
    amend(scene, entry, begun="否")
    assert state(scene) is StaffState.STANDBY
    assert "begun" not in detail(scene, entry).typed


def test_withdrawing_a_coming_leave_changes_nobody(scene: Scene) -> None:
    scene.do(SetAvailability("liuping", StaffState.RESTING))
    entry = add(scene, "leaves", LEAVE, since="2024-12-02", until="2024-12-03")
    scene.do(WithdrawEntry(entry, 1, "不休了"))
    assert state(scene) is StaffState.RESTING


def test_somebody_who_has_left_stays_so(scene: Scene) -> None:
    entry = add(scene, "leaves", LEAVE)
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    act(scene, entry, "back", back="今天")
    assert state(scene) is StaffState.LEFT
    past = add(scene, "leaves", LEAVE, since="2024-11-20", until="2024-11-21")
    amend(scene, past, reason="补记")
    assert state(scene) is StaffState.LEFT


def test_a_leave_amended_after_somebody_was_called_back_is_left_alone(scene: Scene) -> None:
    entry = add(scene, "leaves", LEAVE)
    scene.do(SetAvailability("liuping", StaffState.RESTING))
    amend(scene, entry, since="2024-11-23")
    assert state(scene) is StaffState.RESTING


def test_who_is_not_back_in_time_is_pointed_out(scene: Scene) -> None:
    entry = add(scene, "leaves", LEAVE)
    assert detail(scene, entry).row.tones == {}
    scene.at("2024-11-25 09:00")
    assert view(scene, "leaves", "overdue") == ["A-QJ0001"]
    assert detail(scene, entry).row.tones == {"until": Tone.BREACHED}


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"until": "2024-11-21"}, "until", "假期在开始之前就结束了"),
        ({"cover": "刘平"}, "cover", "代班的是请假的人自己"),
        (
            {"person": "张懿明", "since": "2024-11-24"},
            "since",
            "这几天已有假条 A-QJ0001（2024-11-23 至 2024-11-26）",
        ),
        ({"cover": "张懿明"}, "cover", "张懿明 这几天也请了假（A-QJ0001）"),
        ({"cover": "杨双金"}, "cover", "代班：杨双金 已于 2024-11-22 离职"),
        ({"person": "杨双金"}, "person", "人员：杨双金 已于 2024-11-22 离职"),
    ],
)
def test_a_leave_that_cannot_be_is_refused(
    scene: Scene, typed: dict[str, str], field: str, message: str
) -> None:
    add(scene, "leaves", LEAVE, person="张懿明", since="2024-11-23", until="2024-11-26", cover="")
    scene.do(SetAvailability("yangshuangjin", StaffState.LEFT))
    with pytest.raises(KnownError) as refused:
        add(scene, "leaves", LEAVE, until=typed.pop("until", "2024-11-24"), **typed)
    assert (refused.value.field, refused.value.message) == (field, message)


def test_a_leave_is_not_over_before_it_begins(scene: Scene) -> None:
    entry = add(scene, "leaves", LEAVE)
    with pytest.raises(KnownError, match="还没有开始请假就销假了"):
        act(scene, entry, "back", back="2024-11-21")


def test_days_after_an_early_return_are_free_again(scene: Scene) -> None:
    act(scene, add(scene, "leaves", LEAVE), "back", back="2024-11-22")
    add(scene, "leaves", LEAVE, since="2024-11-24")
    assert len(view(scene, "leaves", "coming")) == 1
