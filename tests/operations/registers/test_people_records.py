"""资质证书 and 安全培训."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import AmendEntry
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from tests.operations.registers.registering import add, detail, view
from tests.operations.scene import Scene

CERTIFICATE = {
    "person": "刘涛",
    "certificate": "软件设计师",
    "certificate_no": "R-1",
    "expires": "2025-12-31",
}
TRAINING = {
    "held": "2024-11-20",
    "topic": "登高作业安全",
    "trainer": "安监站",
    "attended": "张懿明、刘平，刘涛",
    "hours": "2.5",
}


def test_a_certificate_is_pointed_out_before_it_ends_and_red_after(scene: Scene) -> None:
    later = add(scene, "qualifications", CERTIFICATE)
    soon = add(scene, "qualifications", CERTIFICATE, certificate_no="R-2", expires="2025-01-21")
    ended = add(scene, "qualifications", CERTIFICATE, certificate_no="R-3", expires="2024-11-21")
    lasting = add(scene, "qualifications", CERTIFICATE, certificate_no="R-4", expires="")
    assert [detail(scene, one).row.tones.get("expires") for one in (later, soon, ended, lasting)] == [
        None,
        Tone.SOON,
        Tone.BREACHED,
        None,
    ]
    assert view(scene, "qualifications", "ending") == ["A-ZZ0002"]
    assert view(scene, "qualifications", "ended") == ["A-ZZ0003"]
    assert view(scene, "qualifications", "lasting") == ["A-ZZ0004"]


def test_a_certificate_has_an_owner_who_is_there_and_days_in_order(scene: Scene) -> None:
    with pytest.raises(KnownError, match="有效期在发证之前就结束了"):
        add(scene, "qualifications", CERTIFICATE, issued="2025-12-31")
    add(scene, "qualifications", CERTIFICATE, issued="2022-12-31")
    with pytest.raises(KnownError, match="证书编号 R-1 已用在 A-ZZ0001"):
        add(scene, "qualifications", CERTIFICATE)
    scene.do(SetAvailability("liutao", StaffState.LEFT))
    with pytest.raises(KnownError, match="人员：刘涛 已于 2024-11-22 离职"):
        add(scene, "qualifications", CERTIFICATE, certificate_no="R-2")


def test_a_training_names_everybody_and_is_found_by_each(scene: Scene) -> None:
    entry = add(scene, "trainings", TRAINING)
    assert detail(scene, entry).typed["attended"] == "刘涛、张懿明、刘平"
    assert detail(scene, entry).typed["hours"] == "2.5"
    for words in ("刘平", "zym", "liutao", "登高"):
        page = scene.queries.register_page("trainings", RegisterFilter(words), RegisterSort("attended"))
        assert [row.number for row in page.rows] == ["A-PX0001"], words
    assert view(scene, "trainings", "year") == ["A-PX0001"]


def test_a_training_is_written_down_after_it_was_held(scene: Scene) -> None:
    with pytest.raises(KnownError, match="日期还没有到"):
        add(scene, "trainings", TRAINING, held="2024-11-23")
    with pytest.raises(KnownError, match="参加人员：名单上没有「某人」"):
        add(scene, "trainings", TRAINING, attended="刘平 某人")


def test_who_has_left_attends_no_training_but_what_was_before_stays(scene: Scene) -> None:
    entry = add(scene, "trainings", TRAINING, held="2024-11-22", attended="刘平")
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    add(scene, "trainings", TRAINING)
    scene.do(AmendEntry(entry, 1, {"attended": "刘平、刘涛"}, "漏了一人"))
    with pytest.raises(KnownError, match="参加人员：刘平 已于 2024-11-22 离职"):
        add(scene, "trainings", TRAINING, held="2024-11-22")


def test_names_are_offered_one_after_another(scene: Scene) -> None:
    def offered(typed: str) -> list[str]:
        return [one.typed for one in scene.queries.register_offers("trainings", "attended", typed)]

    assert offered("zym") == ["张懿明"]
    assert offered("张懿明、刘") == ["张懿明、刘涛", "张懿明、刘平"]
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    assert offered("张懿明，liu") == ["张懿明、刘涛"]
    assert len(offered("")) == 5
