"""Kinds of values: what may be typed, what is kept of it, and what a refusal says to do."""

from __future__ import annotations

import pytest

from dispatch_app.contract.calendar_beijing import parse_moment
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.kinds import (
    Choice,
    Day,
    EntryOf,
    FaultOf,
    Flag,
    Kind,
    Measure,
    Moment,
    PersonOf,
    SiteOf,
    Text,
    Value,
    Yuan,
    day_start,
)
from dispatch_app.operations.registers.lookup import Lookup, natural
from tests.operations.registers.test_entries import add
from tests.operations.scene import Scene

HOT = Measure(low="-20", high="80", places=1, unit="℃")
KINDS = Choice({"a": "甲", "b": "乙"})


def read(scene: Scene, kind: Kind, typed: str) -> tuple[Value, str]:
    with scene.database.reader() as session:
        lookup = lookup_for(session, scene.clock.at)
        value = kind.read(typed, lookup)
        return value, kind.text(value, lookup)


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "shown"),
    [
        (KINDS, " 乙 ", "b", "乙"),
        (KINDS, "b", "b", "乙"),
        (Flag(), "有", True, "是"),
        (Flag(), "No", False, "否"),
        (Day(), "今天", "2024-11-22", "2024-11-22"),
        (Day(), "昨天", "2024-11-21", "2024-11-21"),
        (Day(), "11-25", "2024-11-25", "2024-11-25"),
        (Day(), "2026/1/5", "2026-01-05", "2026-01-05"),
        (Day(), "2026年1月5日", "2026-01-05", "2026-01-05"),
        (Day(), "2026-01-05 00:00:00", "2026-01-05", "2026-01-05"),
        (Moment(), "现在", parse_moment("2024-11-22 08:30"), "2024-11-22 08:30"),
        (Moment(), "7：05", parse_moment("2024-11-22 07:05"), "2024-11-22 07:05"),
        (Moment(), "2024/11/21 07:05:09", parse_moment("2024-11-21 07:05:09"), "2024-11-21 07:05:09"),
        (Moment(future=True), "2027-01-01 00:00", parse_moment("2027-01-01 00:00"), "2027-01-01 00:00"),
        (Yuan(), "¥1,280.5元", 128050, "1,280.50"),
        (HOT, "-3.5℃", "-3.5", "-3.5"),
        (Measure(), "１２３４", 1234, "1,234"),
        (PersonOf(), "张懿明", "zhangyiming", "张懿明"),
        (SiteOf(), "szfdl", "shizhengfu", "市政府大楼机房"),
    ],
)
def test_what_was_typed_is_kept_and_shown_as_one_thing(
    scene: Scene, kind: Kind, typed: str, kept: Value, shown: str
) -> None:
    assert read(scene, kind, typed) == (kept, shown)


@pytest.mark.parametrize(
    ("kind", "typed", "message", "remedy"),
    [
        (Text(longest=3), "四个字了", "写了 4 个字，最多 3 个", "请缩短后再登记"),
        (Text(pattern="[A-Z]+", sample="大写字母"), "abc", "「abc」写法不对", "请写成 大写字母"),
        (KINDS, "丙", "没有「丙」这一项", "可选：甲、乙"),
        (Flag(), "也许", "「也许」不是「是」或「否」", "请写是或否"),
        (Day(), "2024-02-30", "「2024-02-30」不是日期", "请写成 2026-11-25、11-25 或今天"),
        (Day(), "下周", "「下周」不是日期", "请写成 2026-11-25、11-25 或今天"),
        (Moment(), "刚才", "「刚才」不是时间", "请写成 2026-11-25 14:05、14:05 或现在"),
        (Moment(), "25:00", "「25:00」不是时间", "请写成 2026-11-25 14:05、14:05 或现在"),
        (Moment(), "2024-11-23 08:00", "2024-11-23 08:00 还没有到", "请填不晚于现在的时间"),
        (Yuan(), "一百", "「一百」不是金额", "请写成 1280.00"),
        (Yuan(), "1e15", "「1e15」不是金额", "请写成 1280.00"),
        (Yuan(), "0.001", "「0.001」不到一分", "请写到分为止"),
        (Yuan(low=100), "0.5", "「0.5」太小", "请写不少于 1.00 元的金额"),
        (HOT, "90", "「90」不在能有的范围内", "请写 -20 到 80 ℃ 之间的数"),
        (HOT, "3.55", "「3.55」写得太细", "最多 1 位小数"),
        (Measure(), "3.5", "「3.5」写得太细", "请写整数"),
        (Measure(), "很多", "「很多」不是数字", "请写成 0 到 999999999"),
        (SiteOf(), "街道", "「街道」不止一个站点", ""),
        (PersonOf(), "王小二", "名单上没有「王小二」", ""),
        (FaultOf(), "A-9999", "没有编号为「A-9999」的故障", "写故障编号，例如 A-0007"),
        (EntryOf("devices"), "AN-1", "设备台账里没有「AN-1」", "先在设备台账登记，或核对写法"),
    ],
)
def test_what_is_none_says_what_to_write(
    scene: Scene, kind: Kind, typed: str, message: str, remedy: str
) -> None:
    with pytest.raises(KnownError) as refused:
        read(scene, kind, typed)
    assert refused.value.message == message
    assert refused.value.remedy.startswith(remedy)


def test_figures_stand_at_the_right_and_order_as_numbers_do(scene: Scene) -> None:
    with scene.database.reader() as session:
        lookup = lookup_for(session, scene.clock.at)
        for kind, ordered in (
            (Yuan(), [0, 99, 1000]),
            (HOT, ["-20.0", "-3.5", "3.5", "10.0"]),
            (Measure(), [2, 10]),
        ):
            assert kind.right
            keys = [kind.key(value, lookup) for value in ordered]
            assert keys == sorted(keys)
        assert not Text().right
        assert [KINDS.key(one, lookup) for one in ("a", "b", "gone")] == ["000", "001", "002"]
        assert KINDS.text("gone", lookup) == "gone"
        assert Flag().key(True, lookup) > Flag().key(False, lookup)
        assert day_start("2024-11-22") == parse_moment("2024-11-22 00:00")


def test_a_fault_is_named_by_its_digits_and_an_entry_by_its_number(scene: Scene) -> None:
    fault = scene.register()
    device = add(scene)
    assert read(scene, FaultOf(), "1") == (fault, "A-0001")
    assert read(scene, EntryOf("devices"), "a-sb0001") == (device, "AN-0012")
    # Of a register whose entries have no name, the number is the name.
    assert FaultOf().ref(fault) == fault
    with scene.database.reader() as session, pytest.raises(KnownError, match="里没有「无名」"):
        lookup_for(session, scene.clock.at).find_entry("visits", "无名")


def test_what_is_gone_shows_its_id(scene: Scene) -> None:
    with scene.database.reader() as session:
        lookup = lookup_for(session, scene.clock.at)
        assert lookup.site_name("gone") == "gone"
        assert lookup.person_name("gone") == "gone"
        assert lookup.entry_name("gone") == "gone"
        assert lookup.fault_number("gone") == ""


def test_something_is_read_once_under_its_name(scene: Scene) -> None:
    with scene.database.reader() as session:
        lookup: Lookup = lookup_for(session, scene.clock.at)
        assert lookup.kept("one", lambda: [1]) is lookup.kept("one", lambda: [2])


@pytest.mark.parametrize(
    ("low", "high"), [("A2", "A10"), ("a-2", "Ａ-10"), ("3 柜 2U", "3 柜 12U"), ("007", "8")]
)
def test_text_orders_by_the_numbers_in_it(low: str, high: str) -> None:
    assert natural(low) < natural(high)
