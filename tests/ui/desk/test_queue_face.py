"""What a row of the queue says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_app.ui.desk.queue_face import (
    Mark,
    breach_line,
    make_face,
    marks,
    spoken_clock,
    spoken_fault,
)
from dispatch_app.ui.desk.urgency import Urgency
from tests.ui.desk.rows import (
    AMOUNT,
    HOUR,
    MINUTE,
    NOW,
    THRESHOLDS,
    C,
    StaffState,
    Stage,
    Zone,
    breached,
    fault,
    met,
    part,
    running,
    unstarted,
    void,
)


def test_chips_say_what_sets_a_fault_apart_the_alarming_one_first() -> None:
    made = make_face(fault(1, emergency=True, zone=Zone.OUTLYING, group_size=3, cycle=2), NOW, THRESHOLDS)
    assert [chip.text for chip in made.chips] == ["紧急", "市区外", "多节并发 3", "第 2 次"]
    assert [chip.alarming for chip in made.chips] == [True, False, False, False]
    assert make_face(fault(1, group_size=1), NOW, THRESHOLDS).chips == ()


def test_a_fault_nobody_was_sent_to_says_whom_to_send() -> None:
    made = make_face(fault(1), NOW, THRESHOLDS, "刘涛")
    assert (made.who, made.who_role, made.doing) == ("待派单", "accent", "建议 刘涛")
    assert make_face(fault(1), NOW, THRESHOLDS).doing == ""


@pytest.mark.parametrize(
    ("state", "doing"),
    [
        (StaffState.ASSIGNED, "已派·未出发"),
        (StaffState.EN_ROUTE, "在途·14:22 出发"),
        (StaffState.ON_SCENE, "在场·14:22 到"),
    ],
)
def test_the_engineer_is_said_with_how_far_along_they_are(state: StaffState, doing: str) -> None:
    made = make_face(fault(1, engagements=(part("张懿明", state),)), NOW, THRESHOLDS)
    assert (made.who, made.who_role, made.doing) == ("张懿明", "text", doing)


def test_several_engineers_are_named_or_counted() -> None:
    two = make_face(fault(1, engagements=(part("甲"), part("乙"))), NOW, THRESHOLDS)
    three = make_face(fault(1, engagements=(part("甲"), part("乙"), part("丙"))), NOW, THRESHOLDS)
    assert (two.who, three.who) == ("甲、乙", "甲 等 3 人")


def test_nobody_out_after_five_hours_is_said_in_the_colour_of_the_breach() -> None:
    late = breached(C.DISPATCH_5H, NOW - 1207)
    made = make_face(fault(1, late, engagements=(part("刘平", StaffState.ASSIGNED),)), NOW, THRESHOLDS)
    assert (made.who, made.who_role, made.doing) == ("未派出", "breached_text", "已派 刘平")
    out = make_face(fault(1, late, engagements=(part("刘平"),)), NOW, THRESHOLDS)
    assert out.who == "刘平"


def test_a_resolved_fault_waits_to_be_archived() -> None:
    made = make_face(fault(1, stage=Stage.RESOLVED), NOW, THRESHOLDS)
    assert (made.who, made.urgency, made.clock) == ("已解决·待归档", Urgency.NONE, "无时限")


def test_the_small_clocks_have_the_pressing_first_and_the_met_last() -> None:
    made = make_face(
        fault(
            1,
            met(C.RESPONSE, 190),
            running(C.ARRIVAL, NOW + 759),
            met(C.DISPATCH_5H, 554),
            running(C.DISPATCH_2D, NOW + 40 * HOUR),
            unstarted(C.REPAIR_START),
            void(C.SPECIAL_REPORT),
            running(C.SAME_DAY, NOW + 9 * HOUR + 27 * MINUTE),
        ),
        NOW,
        THRESHOLDS,
    )
    assert made.clock == "到场"
    assert marks(made, NOW, THRESHOLDS) == (
        Mark("当天", "余 9 小时 27 分", Urgency.IN_TIME),
        Mark("响应", "3 分", Urgency.NONE, done=True),
        Mark("派人 5h", "9 分", Urgency.NONE, done=True),
    )


def test_a_late_stop_and_a_clock_run_out_are_small_clocks_in_red() -> None:
    made = make_face(
        fault(
            1,
            breached(C.DISPATCH_5H, NOW - 30),
            breached(C.ARRIVAL, NOW - HOUR, NOW - HOUR + 12 * MINUTE),
            running(C.RESPONSE, NOW - 5 * MINUTE),
        ),
        NOW,
        THRESHOLDS,
    )
    assert marks(made, NOW, THRESHOLDS) == (
        Mark("到场", "迟 12 分", Urgency.BREACHED),
        Mark("响应", "超 5 分", Urgency.BREACHED),
    )


def test_a_clock_of_a_former_cycle_says_so_and_its_met_ones_are_left_out() -> None:
    former = running(C.SPECIAL_REPORT, NOW + HOUR)
    made = make_face(fault(1, former, met(C.RESPONSE, 60), cycle=2), NOW, THRESHOLDS)
    assert made.clock == "专报（前次）"
    assert marks(made, NOW, THRESHOLDS) == ()


def test_the_two_day_clock_is_marked_only_when_it_has_run_out() -> None:
    made = make_face(
        fault(1, breached(C.DISPATCH_5H, NOW - 50 * HOUR), breached(C.DISPATCH_2D, NOW - HOUR)),
        NOW,
        THRESHOLDS,
    )
    assert [mark.name for mark in marks(made, NOW, THRESHOLDS)] == ["派人 2 天"]


def test_a_breach_says_what_it_costs_and_what_stops_it() -> None:
    row = fault(
        1,
        breached(C.DISPATCH_5H, NOW - 1207),
        running(C.DISPATCH_2D, NOW + 42 * HOUR + 39 * MINUTE),
        penalty_ordinal=1,
    )
    made = make_face(row, NOW, THRESHOLDS)
    assert breach_line(made, NOW, AMOUNT) == (
        "九.2 已计 2,000.00 元·第 1 次·出发即停·两天时限余 42 小时 39 分"
    )
    beyond = replace(row, clocks=(row.clocks[0], running(C.DISPATCH_2D, NOW - 1)), penalty_ordinal=0)
    assert breach_line(make_face(beyond, NOW, THRESHOLDS), NOW, AMOUNT) == (
        "九.2 已计 2,000.00 元·出发即停·两天时限已过，甲方可解除合同"
    )


def test_a_missed_standard_costs_nothing_of_its_own() -> None:
    made = make_face(fault(1, breached(C.ARRIVAL, NOW - 60)), NOW, THRESHOLDS)
    assert breach_line(made, NOW, AMOUNT) == "超出服务标准，记入凭据·到场即停"


def test_a_screen_reader_hears_the_row_in_words() -> None:
    made = make_face(
        fault(1, running(C.ARRIVAL, NOW + 759), met(C.RESPONSE, 190), emergency=True), NOW, THRESHOLDS
    )
    assert spoken_fault(made) == "市委大楼机房，紧急，公文交换系统登录缓慢"
    assert spoken_clock(made, NOW, THRESHOLDS, AMOUNT) == "到场 余 12:39，响应已达到，用时 3 分"
    late = make_face(fault(1, breached(C.DISPATCH_5H, NOW - 61)), NOW, THRESHOLDS)
    assert spoken_clock(late, NOW, THRESHOLDS, AMOUNT).startswith("派人 5h 已超 01:01，九.2 已计")
    assert spoken_clock(make_face(fault(1), NOW, THRESHOLDS), NOW, THRESHOLDS, AMOUNT) == "无时限"
