"""夜间补录: what was typed of a night becomes faults with their milestones, or is refused with what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.night_calls import RegisterNightCall
from dispatch_app.operations.night_rows import (
    NightBook,
    NightRow,
    read_night_row,
    rows_from_text,
    settled_date,
)
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from tests.operations.scene import Scene

NIGHT = NightRow(
    date="11-21",
    time="23:50",
    site="八街街道办事处节点",
    symptom="专网不通",
    caller="段主任",
    callback="0871-9",
    emergency="是",
    engineer="刘平",
    assigned="23:55",
    acknowledged="2358",
    departed="+0:10",
    arrived="+00:40",
    resolved="次日 01：30",
)
BARE = NightRow(date="昨", time="23:50", site="八街街道办事处节点", symptom="断网")


@pytest.fixture
def book(scene: Scene) -> NightBook:
    return NightBook(scene.queries.sites(), scene.queries.staff())


def read(scene: Scene, book: NightBook, row: NightRow) -> RegisterNightCall:
    return read_night_row(row, "n1", book, scene.clock.at)


def test_a_row_of_the_night_becomes_a_fault_with_everything_that_happened(
    scene: Scene, book: NightBook
) -> None:
    done = scene.do(read(scene, book, NIGHT))
    assert done.message.startswith("A-0001 已登记：八街")
    detail = scene.queries.fault_detail("n1")
    assert (detail.caller, detail.callback, detail.line) == ("段主任", "0871-9", "夜间手机")
    assert detail.row.emergency
    times = [(one.kind, one.at) for one in detail.timeline]
    assert times == [
        (FactKind.REPORTED, scene.time("2024-11-21 23:50")),
        (FactKind.ASSIGNED, scene.time("2024-11-21 23:55")),
        (FactKind.ACKNOWLEDGED, scene.time("2024-11-21 23:58")),
        (FactKind.DEPARTED, scene.time("00:10")),
        (FactKind.ARRIVED, scene.time("00:40")),
        (FactKind.RESOLVED, scene.time("01:30")),
    ]
    assert {one.recorded_at for one in detail.timeline} == {scene.clock.at}
    assert "liuping" in done.staff


def test_a_bare_row_is_a_call_nobody_was_sent_to(scene: Scene, book: NightBook) -> None:
    command = read(scene, book, BARE)
    assert (command.assigned, command.steps, command.emergency) == (None, (), False)
    scene.do(command)
    assert scene.row("n1").engagements == ()


def test_a_row_handed_in_twice_is_one_fault(scene: Scene, book: NightBook) -> None:
    command = read(scene, book, BARE)
    scene.do(command)
    with pytest.raises(KnownError, match="已经登记"):
        scene.do(command)
    assert len(scene.queries.queue()) == 1


def test_a_row_whose_step_is_refused_leaves_nothing_behind(scene: Scene, book: NightBook) -> None:
    command = read(scene, book, NIGHT)
    scene.do(SetAvailability("liuping", StaffState.ON_LEAVE))
    with pytest.raises(KnownError, match="请假"):
        scene.do(command)
    assert scene.queries.queue() == ()
    assert scene.register()
    assert scene.queries.queue()[0].number == "A-0001"


@pytest.mark.parametrize(
    ("change", "field", "message", "remedy"),
    [
        ({"date": ""}, "date", "没有日期", "11-22"),
        ({"date": "前天"}, "date", "不是一个日期", "11-22"),
        ({"date": "2-30"}, "date", "没有「2-30」这一天", "11-22"),
        ({"time": ""}, "time", "没有时间", "23:50"),
        ({"time": "24:10"}, "time", "不是一个时间", "23:50"),
        ({"time": "十点"}, "time", "不是一个时间", "23:50"),
        ({"date": "今", "time": "23:50"}, "time", "还没有到", "核对日期"),
        ({"date": "2025-01-01"}, "time", "还没有到", "核对日期"),
        ({"site": ""}, "site", "没有站点", "拼音"),
        ({"site": "月球"}, "site", "没有叫「月球」的站点", "核对名称"),
        ({"site": "街道"}, "site", "不止一个站点", "请写全"),
        ({"symptom": " "}, "symptom", "没有现象", "写一句"),
        ({"emergency": "也许"}, "emergency", "看不出", "留空"),
        ({"assigned": "23:55"}, "engineer", "没有工程师", "派了谁"),
        ({"engineer": "路人", "assigned": "23:55"}, "engineer", "没有叫「路人」的工程师", "刘平"),
        ({"engineer": "刘平"}, "assigned", "没有派单时间", "23:50"),
        ({"engineer": "刘平", "assigned": "23:40"}, "assigned", "早于接报", "+00:30"),
        ({"arrived": "00:30"}, "arrived", "早于接报 11-21 23:50", "+00:30"),
        ({"resolved": "+23:00"}, "resolved", "还没有到", "核对"),
        ({"departed": "+00:30", "arrived": "+00:20"}, "arrived", "早于出发", "核对"),
    ],
)
def test_what_cannot_have_been_is_refused_with_what_to_do(
    scene: Scene, book: NightBook, change: dict[str, str], field: str, message: str, remedy: str
) -> None:
    with pytest.raises(KnownError, match=message) as refusal:
        read(scene, book, replace(BARE, **change))
    assert refusal.value.field == field
    assert remedy in refusal.value.remedy


@pytest.mark.parametrize("text", ["bjjd", "八街街道", "bajie", "八街街道办事处节点"])
def test_a_site_is_named_as_at_the_intake(scene: Scene, book: NightBook, text: str) -> None:
    assert book.find_site(text).id == "bajie"


def test_an_engineer_is_named_by_name_or_by_the_key_on_the_desk(scene: Scene, book: NightBook) -> None:
    liuping = next(row for row in book.staff if row.id == "liuping")
    assert book.find_engineer(" 刘 平").id == "liuping"
    assert book.find_engineer(str(liuping.digit)).id == "liuping"
    with pytest.raises(KnownError):
        book.find_engineer("0")


def test_a_date_named_by_a_word_is_kept_as_the_day_it_meant(scene: Scene) -> None:
    now = scene.clock.at
    kept = [settled_date(text, now) for text in ("昨", "-1", "今", "0", "2023-12-31", "2024-11-2", "十一月")]
    assert kept == ["11-21", "11-21", "11-22", "11-22", "2023-12-31", "11-02", "十一月"]


def test_a_row_in_which_nothing_was_typed_is_empty() -> None:
    assert NightRow(date=" ").empty
    assert not replace(NightRow(), symptom="断网").empty


def test_a_piece_of_a_spreadsheet_comes_apart_into_cells() -> None:
    assert rows_from_text("11-21\t23:50 \r\n\r\n11-21\t\t八街\n") == (
        ("11-21", "23:50"),
        ("11-21", "", "八街"),
    )
