"""The page of the people: everybody employed, with what the registers say of each."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.people_rows import PersonRow, Said
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.operations.staff_mobiles import RevealMobile
from tests.operations.registers.registering import act, add
from tests.operations.scene import Scene

MOBILE = "139" + "12345678"


def person(scene: Scene, name: str) -> PersonRow:
    return next(row for row in scene.queries.people_overview().people if row.name == name)


def test_everybody_employed_is_listed_with_load_and_line(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault, "liutao")
    found = scene.queries.people_overview()
    assert [row.name for row in found.people] == ["朱红成", "刘涛", "杨双金", "张懿明", "刘平", "李鸿兰"]
    assert (found.employed, found.required, found.untold) == (5, 5, 0)
    row = person(scene, "刘涛")
    assert (row.digit, row.post, row.role, row.technician) == (2, "技术经理", "软件工程师", True)
    assert (row.state, row.in_hand, row.done_today) == (StaffState.ASSIGNED, ("A-0001",), 0)
    assert (row.service_line, row.mobile, row.trained) == ("0871-68686833", "", "")
    assert (row.certificates, row.changes, row.absence) == (Said("没有登记"), Said(), Said())
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    found = scene.queries.people_overview()
    assert [row.name for row in found.people][-2:] == ["张懿明", "李鸿兰"]
    assert (found.employed, found.untold) == (4, 1)


def test_certificates_tell_the_worst_of_them(scene: Scene) -> None:
    def certify(name: str, number: str, expires: str) -> None:
        typed = {"person": name, "certificate": "证", "certificate_no": number, "expires": expires}
        add(scene, "qualifications", typed)

    certify("刘涛", "1", "2026-01-01")
    assert person(scene, "刘涛").certificates == Said("1 份")
    certify("刘涛", "2", "2024-12-01")
    assert person(scene, "刘涛").certificates == Said("2 份，1 将到期", Tone.SOON)
    certify("刘涛", "3", "2024-11-01")
    assert person(scene, "刘涛").certificates == Said("3 份，1 已过期", Tone.BREACHED)


def test_changes_absence_and_training_stand_with_their_person(scene: Scene) -> None:
    leaving = add(scene, "staff_changes", {"kind": "离职", "person": "刘平", "planned": "2024-11-22"})
    assert person(scene, "刘平").changes == Said("2024-11-22 离职，待函告", Tone.BREACHED)
    act(scene, leaving, "tell", letter="函〔2024〕1号", letter_sent="今天")
    assert person(scene, "刘平").changes == Said("2024-11-22 离职，已函告", Tone.SOON)
    add(scene, "leaves", {"person": "刘平", "kind": "病假", "since": "2024-12-01", "until": "2024-12-02"})
    away = add(
        scene, "leaves", {"person": "刘平", "kind": "事假", "since": "2024-11-20", "until": "2024-11-21"}
    )
    assert person(scene, "刘平").absence == Said("事假 11-20 至 11-21", Tone.BREACHED)
    act(scene, away, "back", back="2024-11-21")
    assert person(scene, "刘平").absence == Said("病假 12-01 至 12-02")
    training = {"topic": "消防", "trainer": "甲方", "attended": "刘平", "hours": "2"}
    for day in ("2024-11-20", "2024-10-20"):
        add(scene, "trainings", training | {"held": day})
    assert person(scene, "刘平").trained == "2024-11-20"


def test_a_change_of_numbers_that_is_done_and_told_is_over(scene: Scene) -> None:
    entry = add(
        scene,
        "staff_changes",
        {"kind": "更换电话", "person": "刘平", "mobile": MOBILE, "planned": "2024-11-23"},
    )
    act(scene, entry, "tell", letter="函〔2024〕1号", letter_sent="今天")
    scene.at("2024-11-23 09:00")
    act(scene, entry, "effect", effective="今天")
    row = person(scene, "刘平")
    assert (row.changes, row.mobile) == (Said(), "139****5678")


def test_what_waits_for_a_letter_is_listed_by_its_day(scene: Scene) -> None:
    add(scene, "staff_changes", {"kind": "离职", "person": "刘平", "planned": "2024-11-30"})
    joins = {
        "kind": "入职",
        "name": "王小川",
        "role": "维护工程师",
        "technician": "是",
        "planned": "2024-11-25",
    }
    add(scene, "staff_changes", joins)
    assert [(one.number, one.text) for one in scene.queries.untold_changes()] == [
        ("A-RB0002", "王小川 入职 2024-11-25"),
        ("A-RB0001", "刘平 离职 2024-11-30"),
    ]


def test_looking_at_a_number_is_recorded_and_the_record_is_masked(scene: Scene) -> None:
    with pytest.raises(KnownError, match="刘平 没有登记手机号码"):
        scene.do(RevealMobile("liuping"))
    entry = add(
        scene, "staff_changes", {"kind": "更换电话", "person": "刘平", "mobile": MOBILE, "planned": "今天"}
    )
    act(scene, entry, "effect", effective="今天")
    assert scene.do(RevealMobile("liuping")).message == "已记下：查看 刘平 的手机号码"
    assert scene.queries.mobile_of("liuping") == MOBILE
    with pytest.raises(KnownError, match="名单上没有这个人"):
        scene.queries.mobile_of("nobody")
    with scene.database.reader() as session:
        payload = session.execute(
            text("SELECT payload FROM desk_events WHERE kind = 'mobile_shown'")
        ).scalar_one()
    assert payload == '{"mobile":"139****5678"}'
