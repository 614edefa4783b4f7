"""人员变动: told beforehand, taking effect on a day, and the roster with it."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.register_rows import EntryDetail, RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import (
    ActOnEntry,
    AddEntry,
    AmendEntry,
    RevertEntry,
    WithdrawEntry,
)
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.rows import StaffRow, StaffState
from dispatch_app.operations.staff import SetAvailability
from tests.operations.scene import Scene

MOBILE, TYPO = "139" + "12345678", "139" + "00005678"
JOINS = {
    "kind": "入职",
    "name": "王小川",
    "role": "维护工程师",
    "technician": "是",
    "skill": "光纤",
    "mobile": MOBILE,
    "planned": "2024-11-25",
}
LEAVES = {"kind": "离职", "person": "刘平", "planned": "2024-11-22", "reason": "个人原因"}


def add(scene: Scene, typed: dict[str, str], **other: str) -> str:
    return scene.do(AddEntry("staff_changes", typed | other)).created


def detail(scene: Scene, entry_id: str) -> EntryDetail:
    return scene.queries.register_entry(entry_id)


def act(scene: Scene, entry_id: str, action: str, **typed: str) -> Changes:
    return scene.do(ActOnEntry(entry_id, detail(scene, entry_id).row.version, action, typed))


def effect(scene: Scene, entry_id: str, day: str = "今天") -> Changes:
    return act(scene, entry_id, "effect", effective=day)


def tell(scene: Scene, entry_id: str, day: str, number: str = "函〔2024〕1号") -> Changes:
    return act(scene, entry_id, "tell", letter=number, letter_sent=day)


def person(scene: Scene, name: str) -> StaffRow:
    return next(row for row in scene.queries.staff() if row.name == name)


def view(scene: Scene, key: str) -> list[str]:
    page = scene.queries.register_page("staff_changes", RegisterFilter(view=key), RegisterSort())
    return [row.number for row in page.rows]


def test_joining_puts_somebody_on_the_roster_only_when_it_takes_effect(scene: Scene) -> None:
    entry = add(scene, JOINS)
    assert all(row.name != "王小川" for row in scene.queries.staff())
    scene.at("2024-11-25 09:00")
    done = effect(scene, entry)
    assert "王小川 已列入名单，数字键 6" in done.message
    row = person(scene, "王小川")
    assert (row.digit, row.technician, row.state) == (6, True, StaffState.STANDBY)
    assert (row.mobile, row.service_line, row.role) == (MOBILE, "0871-68686833", "维护工程师")
    assert row.id in done.staff
    assert scene.queries.day_summary().employed_technicians == 6
    fault = scene.register()
    assert "已派给 王小川" in scene.send(fault, row.id).message


def test_who_leaves_frees_the_key_and_cannot_be_sent(scene: Scene) -> None:
    done = effect(scene, add(scene, LEAVES), "2024-11-20")
    assert "刘平 已记为离职" in done.message
    assert "低于合同的 5 人（二.2）" in done.message
    row = person(scene, "刘平")
    assert (row.state, row.since, row.digit) == (StaffState.LEFT, scene.time("2024-11-20 00:00"), 0)
    with pytest.raises(KnownError, match="刘平 已离职，不能派单"):
        scene.send(scene.register(), "liuping")
    effect(scene, add(scene, JOINS, planned="今天"))
    assert person(scene, "王小川").digit == 5
    # The call-taker still acts where nobody was chosen.
    assert scene.queries.operator().name == "李鸿兰"


def test_somebody_who_left_can_come_back(scene: Scene) -> None:
    effect(scene, add(scene, LEAVES))
    entry = add(scene, JOINS, name="刘平", mobile="")
    effect(scene, entry)
    assert (person(scene, "刘平").state, person(scene, "刘平").digit) == (StaffState.STANDBY, 5)


def test_a_call_taker_gets_no_key(scene: Scene) -> None:
    done = effect(scene, add(scene, JOINS, technician="否", line="0871-68699125"))
    assert "数字键" not in done.message
    row = person(scene, "王小川")
    assert (row.digit, row.technician, row.service_line) == (0, False, "0871-68699125")


def test_a_tenth_technician_finds_no_key(scene: Scene) -> None:
    for name in ("甲一", "甲二", "甲三", "甲四"):
        effect(scene, add(scene, JOINS, name=name))
    entry = add(scene, JOINS)
    with pytest.raises(KnownError, match="数字键 1 到 9 都有人用"):
        effect(scene, entry)


def test_a_new_number_goes_whole_into_the_roster_and_masked_anywhere_else(scene: Scene) -> None:
    entry = add(scene, {"kind": "更换电话", "person": "张懿明", "mobile": MOBILE, "planned": "今天"})
    assert person(scene, "张懿明").mobile == ""
    assert detail(scene, entry).typed["mobile"] == "139****5678"
    done = effect(scene, entry)
    assert "张懿明 的号码已改为 139****5678" in done.message
    assert person(scene, "张懿明").mobile == MOBILE
    with scene.database.reader() as session:
        for table in ("desk_events", "register_entries", "register_cells", "register_words", "change_log"):
            for row in session.execute(text(f"SELECT * FROM {table}")):
                assert MOBILE not in "|".join(map(str, row)), table
        left = session.execute(text("SELECT value FROM settings")).scalars().all()
    assert MOBILE not in left


def test_the_hidden_digits_can_be_corrected_before_the_effect(scene: Scene) -> None:
    entry = add(scene, {"kind": "更换电话", "person": "张懿明", "mobile": TYPO, "planned": "今天"})
    scene.do(AmendEntry(entry, 1, {"mobile": MOBILE}, "抄错"))
    with pytest.raises(KnownError, match="没有任何改动"):
        scene.do(AmendEntry(entry, 2, {"mobile": "139****5678"}, "没变"))
    effect(scene, entry)
    assert person(scene, "张懿明").mobile == MOBILE


def test_a_masked_number_is_not_enough_to_take_effect(scene: Scene) -> None:
    entry = add(scene, {"kind": "更换电话", "person": "张懿明", "mobile": "139****5678", "planned": "今天"})
    with pytest.raises(KnownError, match="没有完整的新手机号码"):
        effect(scene, entry)


def test_a_number_taken_out_again_is_forgotten(scene: Scene) -> None:
    entry = add(scene, JOINS)
    scene.do(AmendEntry(entry, 1, {"mobile": ""}, "先不登记"))
    effect(scene, entry, "今天")
    assert person(scene, "王小川").mobile == ""


@pytest.mark.parametrize(
    ("told", "effective", "notice", "tone"),
    [
        ("2024-11-19", "2024-11-22", "提前 3 天", None),
        ("2024-11-22", "2024-11-22", "当天函告，未提前", Tone.BREACHED),
        ("2024-11-22", "2024-11-20", "迟于变更 2 天", Tone.BREACHED),
        ("", "2024-11-22", "未函告", Tone.BREACHED),
        ("2024-11-19", "", "已函告", None),
    ],
)
def test_the_list_says_whether_the_letter_came_first(
    scene: Scene, told: str, effective: str, notice: str, tone: Tone | None
) -> None:
    entry = add(scene, LEAVES, planned="2024-11-29")
    if effective:
        effect(scene, entry, effective)
    if told:
        tell(scene, entry, told)
    found = detail(scene, entry)
    assert found.typed["notice"] == notice
    assert found.row.tones.get("notice") is tone
    assert bool(view(scene, "late")) == (tone is Tone.BREACHED)


def test_what_is_due_shows_before_it_is_too_late(scene: Scene) -> None:
    far = add(scene, LEAVES, planned="2024-12-20")
    near = add(scene, LEAVES, person="刘涛", planned="2024-11-25")
    due = add(scene, LEAVES, person="杨双金", planned="2024-11-22")
    assert [detail(scene, one).row.tones.get("notice") for one in (far, near, due)] == [
        None,
        Tone.SOON,
        Tone.BREACHED,
    ]
    assert detail(scene, due).row.tones["planned"] is Tone.SOON
    assert view(scene, "untold") == ["A-RB0002", "A-RB0003"]
    assert view(scene, "due") == ["A-RB0003"]
    assert view(scene, "coming") == ["A-RB0002", "A-RB0003"]
    assert len(view(scene, "planned")) == 3


def test_who_was_sent_back_is_to_be_replaced(scene: Scene) -> None:
    entry = add(scene, LEAVES, kind="甲方遣返")
    assert detail(scene, entry).row.tones["kind"] is Tone.BREACHED
    assert view(scene, "unreplaced") == ["A-RB0001"]
    scene.do(AmendEntry(entry, 1, {"successor": "王小川"}, "已定人"))
    assert "kind" not in detail(scene, entry).row.tones
    effect(scene, entry)
    assert person(scene, "刘平").state is StaffState.LEFT


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (JOINS | {"name": ""}, "name", "入职没有写新人的姓名"),
        (JOINS | {"role": ""}, "role", "入职没有写新人的岗位"),
        (JOINS | {"technician": ""}, "technician", "入职没有写是否技术人员"),
        (JOINS | {"name": "刘涛"}, "name", "刘涛 已在名单上"),
        (JOINS | {"mobile": "1391234567"}, "mobile", "新手机号码：不是 11 位手机号"),
        (JOINS | {"reason": f"电话 {MOBILE}"}, "reason", "事由里有手机号码"),
        (LEAVES | {"person": ""}, "person", "离职没有写是谁"),
        (LEAVES | {"kind": "更换电话"}, "mobile", "更换电话没有写新手机号码"),
        (LEAVES | {"kind": "甲方遣返", "person": ""}, "person", "甲方遣返没有写是谁"),
    ],
)
def test_what_is_missing_is_refused_by_field(
    scene: Scene, typed: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(KnownError) as refused:
        add(scene, typed)
    assert (refused.value.field, refused.value.message) == (field, message)


def test_nobody_leaves_with_classified_media(scene: Scene) -> None:
    stick = {"label": "U-01", "kind": "优盘", "level": "机密", "holder": "刘平", "state": "在用"}
    medium = scene.do(AddEntry("media", stick | {"place": "1 号保密柜"})).created
    entry = add(scene, LEAVES)
    at_the_desk = SetAvailability("liuping", StaffState.LEFT)
    for leaving in (lambda: effect(scene, entry), lambda: scene.do(at_the_desk)):
        with pytest.raises(KnownError) as refused:
            leaving()
        assert refused.value.message == "刘平 还保管着涉密存储介质 U-01"
        assert "离职前必须全部退回（附四 七）" in refused.value.remedy
    act(scene, medium, "give_back", place="2 号保密柜", note="离职退回")
    effect(scene, entry)
    assert person(scene, "刘平").state is StaffState.LEFT


def test_nobody_leaves_twice(scene: Scene) -> None:
    second = add(scene, LEAVES)
    effect(scene, add(scene, LEAVES))
    with pytest.raises(KnownError, match="刘平 已经离职"):
        effect(scene, second)
    with pytest.raises(KnownError, match="人员：刘平 已于 2024-11-22 离职"):
        add(scene, LEAVES)


def test_nobody_joins_twice(scene: Scene) -> None:
    second = add(scene, JOINS)
    effect(scene, add(scene, JOINS))
    with pytest.raises(KnownError, match="王小川 已在名单上"):
        effect(scene, second)


def test_an_effect_waits_for_its_day(scene: Scene) -> None:
    entry = add(scene, LEAVES)
    with pytest.raises(KnownError, match="2024-11-23 还没有到，变动不能先生效"):
        effect(scene, entry, "2024-11-23")
    with pytest.raises(KnownError, match="没有写生效日期"):
        effect(scene, entry, "")


@pytest.mark.parametrize(
    ("number", "day", "message"),
    [
        ("", "今天", "没有写函告的编号"),
        ("函〔2024〕1号", "", "没有写函告日期"),
        ("函〔2024〕1号", "2024-11-23", "函告日期还没有到"),
    ],
)
def test_a_letter_is_noted_with_number_and_day(scene: Scene, number: str, day: str, message: str) -> None:
    with pytest.raises(KnownError, match=message):
        tell(scene, add(scene, LEAVES), day, number)


def test_what_is_done_is_not_done_again(scene: Scene) -> None:
    entry = add(scene, LEAVES)
    tell(scene, entry, "今天")
    with pytest.raises(KnownError, match="已函告：函〔2024〕1号"):
        tell(scene, entry, "今天")
    effect(scene, entry)
    with pytest.raises(KnownError, match="这条变动已经生效"):
        effect(scene, entry)


def test_what_changed_the_roster_stands(scene: Scene) -> None:
    made = scene.do(AddEntry("staff_changes", LEAVES))
    assert made.undo is None
    with pytest.raises(KnownError, match="人员变动的记录不能撤回"):
        scene.do(RevertEntry(made.created, _last_fact(scene, made.created)))
    effect(scene, made.created)
    with pytest.raises(KnownError, match="人员已随变动生效写进名单，不能再改"):
        scene.do(AmendEntry(made.created, 2, {"person": "刘涛"}, "写错人"))
    with pytest.raises(KnownError, match="A-RB0001 已经生效，名单已改，不能作废"):
        scene.do(WithdrawEntry(made.created, 2, "登错"))
    scene.do(AmendEntry(made.created, 2, {"reason": "合同到期"}, "补写"))


def test_only_the_step_makes_a_change_take_effect(scene: Scene) -> None:
    with pytest.raises(KnownError, match="生效日期不在这里写"):
        add(scene, LEAVES, effective="2024-11-22")
    entry = add(scene, LEAVES)
    with pytest.raises(KnownError, match="生效日期不在这里写"):
        scene.do(AmendEntry(entry, 1, {"effective": "今天"}, "漏了"))
    effect(scene, entry)
    with pytest.raises(KnownError, match="变动已经生效，生效日期不能去掉"):
        scene.do(AmendEntry(entry, 2, {"effective": ""}, "写错"))
    with pytest.raises(KnownError, match="生效日期还没有到"):
        scene.do(AmendEntry(entry, 2, {"effective": "2024-11-23"}, "写错"))
    with pytest.raises(KnownError, match="没有写函告日期"):
        scene.do(AmendEntry(entry, 2, {"letter": "函〔2024〕1号"}, "漏了"))


def test_a_corrected_day_of_leaving_is_the_roster_s_too(scene: Scene) -> None:
    entry = add(scene, LEAVES)
    effect(scene, entry)
    scene.do(AmendEntry(entry, 2, {"effective": "2024-11-19"}, "人早走了"))
    assert person(scene, "刘平").since == scene.time("2024-11-19 00:00")
    effect(scene, add(scene, JOINS, name="刘平", mobile=""))
    scene.do(AmendEntry(entry, 3, {"effective": "2024-11-18"}, "又核对过"))
    assert person(scene, "刘平").since == scene.clock.at


def test_a_corrected_day_of_a_new_number_changes_nobody(scene: Scene) -> None:
    entry = add(scene, {"kind": "更换电话", "person": "张懿明", "mobile": MOBILE, "planned": "今天"})
    effect(scene, entry)
    assert scene.do(AmendEntry(entry, 2, {"effective": "2024-11-21"}, "写错")).staff == frozenset()


def test_a_planned_change_can_be_withdrawn(scene: Scene) -> None:
    entry = add(scene, LEAVES)
    assert scene.do(WithdrawEntry(entry, 1, "不走了")).undo is None
    assert view(scene, "planned") == []


def _last_fact(scene: Scene, entry_id: str) -> str:
    with scene.database.reader() as session:
        found = session.execute(
            text("SELECT id FROM desk_events WHERE subject_id = :id ORDER BY seq DESC LIMIT 1"),
            {"id": entry_id},
        ).scalar_one()
    return str(found)
