"""What the map says of the rows: worst clocks, words, and who is where."""

from __future__ import annotations

import pytest

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.operations.rows import SiteKind, StaffState
from dispatch_app.ui.desk.map_contents import (
    base_of,
    engineer_marks,
    fault_line,
    remember,
    short_name,
    site_marks,
)
from dispatch_app.ui.desk.map_view import SHIPPED_THRESHOLDS
from dispatch_app.ui.desk.urgency import Urgency
from tests.ui.conftest import FRIDAY, staff_row
from tests.ui.map.map_rows import clock, fault, site

HERE = site("here", "市委大楼机房", (102.48, 24.92))
THERE = site("there", "八街街道办事处节点", (102.36, 24.67), SiteKind.STREET)
BASE = site("base", "宁湖大厦一机房", (102.47, 24.92))
ROSTER = (staff_row("s1", "张懿明", 1), staff_row("s2", "刘平", 2), staff_row("s3", "刘涛", 3))
EN_ROUTE, ON_SCENE = StaffState.EN_ROUTE, StaffState.ON_SCENE


def mark_of(*faults: object, now: int = FRIDAY):  # type: ignore[no-untyped-def]  # rows of many kinds
    (mark,) = site_marks([HERE], faults, now, SHIPPED_THRESHOLDS)
    return mark


@pytest.mark.parametrize(
    ("name", "kind", "short"),
    [
        ("县街街道办事处节点", SiteKind.STREET, "县街"),
        ("禄脿街道", SiteKind.STREET, "禄脿"),
        ("街道办事处", SiteKind.STREET, "街道办事处"),
        ("温泉街道机房", SiteKind.STREET, "温泉"),
        ("八街街道办事处节点", SiteKind.ROOM, "八街街道办事处节点"),
    ],
)
def test_towns_go_by_their_short_names(name: str, kind: SiteKind, short: str) -> None:
    assert short_name(site("x", name, kind=kind)) == short


def test_a_site_without_faults_is_its_name_alone() -> None:
    mark = mark_of()
    assert (mark.label, mark.glyph, mark.urgency) == ("市委大楼机房", "", Urgency.NONE)


@pytest.mark.parametrize(
    ("left", "label"),
    [
        (3600, "● 市委大楼机房"),
        (759, "▲ 市委大楼机房 12:39"),
        (200, "▲ 市委大楼机房 03:20"),
        (-1207, "■ 市委大楼机房 +20:07"),
    ],
)
def test_a_site_says_its_urgency_by_glyph_and_figure(left: int, label: str) -> None:
    assert mark_of(fault(1, "here", [clock(left)])).label == label


def test_the_worst_clock_of_all_faults_at_a_site_decides() -> None:
    calm = fault(1, "here", [clock(3600)])
    late = fault(2, "here", [clock(3600), clock(-5, ClockName.RESPONSE)])
    mark = mark_of(calm, late)
    assert mark.urgency is Urgency.BREACHED
    assert [row.number for row in mark.faults] == ["A-0002", "A-0001"]


def test_a_fault_without_a_running_clock_is_a_ring() -> None:
    met = clock(60, state=ClockState.VOID)
    assert mark_of(fault(1, "here", [met])).label == "○ 市委大楼机房"


def test_time_alone_turns_a_site_red() -> None:
    row = fault(1, "here", [clock(10)])
    assert mark_of(row).urgency is Urgency.LAST_CALL
    assert mark_of(row, now=FRIDAY + 11).urgency is Urgency.BREACHED


def test_a_closed_fault_leaves_no_mark() -> None:
    assert not mark_of(fault(1, "here", [clock(10)], is_open=False)).faults


def test_a_site_without_a_point_is_not_placed() -> None:
    (mark,) = site_marks([site("x", "金方")], [], FRIDAY, SHIPPED_THRESHOLDS)
    assert not mark.placed


def test_a_fault_is_told_in_one_line() -> None:
    row = fault(7, "here", [clock(759)], symptom="核心交换断")
    assert fault_line(row, FRIDAY, SHIPPED_THRESHOLDS) == "▲ A-0007 核心交换断 12:39"
    assert fault_line(fault(8, "here"), FRIDAY, SHIPPED_THRESHOLDS) == "○ A-0008 专网中断 无时限"


def test_an_engineer_on_the_spot_is_at_the_site() -> None:
    (mark,) = engineer_marks([fault(1, "here", people=[("s1", ON_SCENE)])], ROSTER, {}, "base")
    assert (mark.initial, mark.site_id, mark.origin_id, mark.en_route) == ("张", "here", "", False)


def test_an_engineer_on_the_way_comes_from_the_base() -> None:
    (mark,) = engineer_marks([fault(1, "there", people=[("s1", EN_ROUTE)])], ROSTER, {}, "base")
    assert (mark.site_id, mark.origin_id, mark.en_route) == ("there", "base", True)


def test_an_engineer_on_the_way_comes_from_where_they_were_last_seen() -> None:
    (mark,) = engineer_marks([fault(1, "there", people=[("s1", EN_ROUTE)])], ROSTER, {"s1": "here"}, "base")
    assert mark.origin_id == "here"


def test_who_leaves_one_fault_for_another_is_on_the_way_from_it() -> None:
    rows = [fault(1, "here", people=[("s1", ON_SCENE)]), fault(2, "there", people=[("s1", EN_ROUTE)])]
    (mark,) = engineer_marks(rows, ROSTER, {}, "base")
    assert (mark.site_id, mark.origin_id, mark.fault_number) == ("there", "here", "A-0002")


def test_a_way_within_one_place_has_no_line() -> None:
    (mark,) = engineer_marks([fault(1, "base", people=[("s1", EN_ROUTE)])], ROSTER, {}, "base")
    assert mark.origin_id == ""


def test_people_of_one_surname_go_by_their_last_character() -> None:
    rows = [fault(1, "here", people=[("s1", ON_SCENE), ("s2", ON_SCENE), ("s3", ON_SCENE)])]
    assert [mark.initial for mark in engineer_marks(rows, ROSTER, {}, "")] == ["张", "平", "涛"]


def test_who_is_only_named_or_unknown_or_done_is_not_on_the_map() -> None:
    rows = [
        fault(1, "here", people=[("s1", StaffState.ASSIGNED), ("stranger", ON_SCENE)]),
        fault(2, "here", people=[("s2", ON_SCENE)], is_open=False),
    ]
    assert engineer_marks(rows, ROSTER, {}, "base") == ()


def test_the_last_place_is_remembered_until_a_person_is_back() -> None:
    working = staff_row("s1", "张懿明", 1, state=ON_SCENE)
    seen = remember({}, [fault(1, "here", people=[("s1", ON_SCENE)])], [working])
    assert seen == {"s1": "here"}
    moving = staff_row("s1", "张懿明", 1, state=EN_ROUTE)
    assert remember(seen, [fault(2, "there", people=[("s1", EN_ROUTE)])], [moving]) == {"s1": "here"}
    assert remember(seen, [], [staff_row("s1", "张懿明", 1)]) == {}


def test_people_set_out_from_the_building_the_network_is_run_from() -> None:
    assert base_of([HERE, BASE, THERE]) == "base"
    assert base_of([HERE]) == ""
