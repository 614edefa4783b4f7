"""Who has left acts in no register any more; what was done before may still be written down."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.kinds import Day, Moment, PersonOf, Value
from dispatch_app.operations.registers.register import ENTER, Check, Column, Register
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from tests.operations.scene import Scene

VISITS = Register(
    key="visits",
    title="来访",
    code="LF",
    counted="次",
    clause="附二(六)",
    purpose="谁来过",
    columns=(
        Column("escort", "陪同", PersonOf()),
        Column("came", "进入", Moment()),
        Column("day", "日期", Day()),
    ),
)


def look(
    scene: Scene, after: dict[str, Value], when: str = "", before: dict[str, Value] | None = None
) -> None:
    with scene.database.reader() as session:
        law = scene.desk._law
        assert law is not None
        lookup = lookup_for(session, scene.clock.at)
        check = Check(session, law, lookup, VISITS, "", ENTER, before or {}, after)
        must_be_present(check, "escort", when)


@pytest.fixture
def left(scene: Scene) -> Scene:
    """刘平 left at 10:00 on 2024-11-22."""
    scene.at("10:00").do(SetAvailability("liuping", StaffState.LEFT))
    return scene.at("11:00")


def test_who_has_left_is_refused_by_name(left: Scene) -> None:
    with pytest.raises(KnownError) as refused:
        look(left, {"escort": "liuping"})
    assert (refused.value.field, refused.value.message) == ("escort", "陪同：刘平 已于 2024-11-22 离职")
    assert refused.value.remedy == "离职之日起不得再接触维护工作（四.3），请另选一人"


@pytest.mark.parametrize(
    ("after", "when"),
    [
        ({}, ""),
        ({"escort": "zhangyiming"}, ""),
        ({"escort": "nobody"}, ""),
        ({"escort": "liuping", "day": "2024-11-21"}, "day"),
    ],
)
def test_others_and_what_was_done_before_pass(left: Scene, after: dict[str, Value], when: str) -> None:
    look(left, after, when)


def test_the_moment_decides_on_the_day_of_leaving(left: Scene) -> None:
    look(left, {"escort": "liuping", "came": left.time("09:59")}, "came")
    with pytest.raises(KnownError, match="刘平 已于"):
        look(left, {"escort": "liuping", "came": left.time("10:00")}, "came")
    with pytest.raises(KnownError, match="刘平 已于"):
        look(left, {"escort": "liuping"}, "came")


def test_a_name_that_stood_there_before_is_left_alone(left: Scene) -> None:
    look(left, {"escort": "liuping", "day": "2024-11-22"}, before={"escort": "liuping"})
