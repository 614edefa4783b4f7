"""The milestones, 销单, 第三方 and 并发: one fact at a time, and what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import CancelKind, FactKind, Procedure, ThirdPartyCause
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.faults import (
    CancelFault,
    CorrectFact,
    GroupFaults,
    RecordMilestone,
    RecordThirdParty,
)
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.special_reports import DraftSpecialReport
from dispatch_app.operations.staff import SetAvailability
from tests.operations.scene import Scene


def clock_state(scene: Scene, fault: str, clock: ClockName) -> ClockState:
    return next(one.state for one in scene.row(fault).clocks if one.clock is clock)


def test_a_fault_goes_from_the_report_to_the_file_and_leaves_the_queue(scene: Scene) -> None:
    fault = scene.register()
    scene.at("08:32").send(fault)
    for at, kind, stage in [
        ("08:34", FactKind.ACKNOWLEDGED, Stage.ACKNOWLEDGED),
        ("08:36", FactKind.DEPARTED, Stage.DEPARTED),
        ("08:50", FactKind.ARRIVED, Stage.ARRIVED),
    ]:
        scene.at(at).mark(fault, kind)
        assert scene.row(fault).stage is stage
    assert scene.row(fault).engagements[0].state is StaffState.ON_SCENE
    scene.at("08:55").confirm(fault)
    assert scene.row(fault).next_move is FactKind.REPAIR_STARTED
    scene.at("08:56").mark(fault, FactKind.REPAIR_STARTED)
    scene.at("09:10").mark(fault, FactKind.RESOLVED)
    assert scene.row(fault).engagements == ()
    assert scene.row(fault).open
    assert len(scene.queries.queue()) == 1
    scene.mark(fault, FactKind.CLOSED)
    assert scene.queries.queue() == ()
    assert not scene.row(fault).open


def test_what_is_noted_with_a_step_of_an_engineer_is_kept(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    scene.mark(fault, FactKind.DEPARTED, note="车辆途中抛锚，换车后出发")
    assert scene.queries.fault_detail(fault).timeline[-1].note == "张懿明 · 车辆途中抛锚，换车后出发"


def test_an_earlier_time_is_taken_and_both_times_are_kept(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    changes = scene.at("09:00").mark(fault, FactKind.ARRIVED, at=scene.time("08:50"))
    assert changes.message == "A-0001 到场 08:50"
    entry = scene.queries.fault_detail(fault).timeline[-1]
    assert (entry.at, entry.recorded_at) == (scene.time("08:50"), scene.time("09:00"))


def test_a_message_of_another_day_names_the_day(scene: Scene) -> None:
    fault = scene.register()
    scene.clock.at += 86_400
    changes = scene.mark(fault, FactKind.ARRIVED, at=scene.time("08:50:30"))
    assert changes.message == "A-0001 到场 2024-11-22 08:50:30"


@pytest.mark.parametrize(("at", "why"), [("08:29:59", "早于接报"), ("09:00:01", "还没有到")])
def test_a_time_before_the_report_or_to_come_is_refused_and_nothing_is_kept(
    scene: Scene, at: str, why: str
) -> None:
    fault = scene.register()
    scene.at("09:00")
    with pytest.raises(KnownError, match=why):
        scene.mark(fault, FactKind.ARRIVED, at=scene.time(at))
    assert scene.version(fault) == 1


def test_the_only_engineer_is_meant_where_none_is_named(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault, "liuping")
    scene.mark(fault, FactKind.DEPARTED)
    scene.send(fault, "liutao")
    scene.mark(fault, FactKind.ARRIVED)
    states = {one.name: one.state for one in scene.row(fault).engagements}
    assert states == {"刘平": StaffState.ON_SCENE, "刘涛": StaffState.ASSIGNED}


def test_where_two_could_be_meant_nobody_is_named_and_both_move(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault, "liuping")
    scene.send(fault, "liutao")
    scene.mark(fault, FactKind.DEPARTED)
    assert scene.queries.fault_detail(fault).timeline[-1].note == ""
    assert {one.state for one in scene.row(fault).engagements} == {StaffState.EN_ROUTE}
    scene.confirm(fault)
    assert {one.state for one in scene.row(fault).engagements} == {StaffState.ON_SCENE}


def test_arriving_without_having_been_named_puts_a_person_on_the_fault(scene: Scene) -> None:
    fault = scene.register()
    scene.mark(fault, FactKind.ARRIVED, staff_id="liutao")
    assert [(one.name, one.state) for one in scene.row(fault).engagements] == [("刘涛", StaffState.ON_SCENE)]
    scene.mark(fault, FactKind.ACKNOWLEDGED, staff_id="liutao")
    assert scene.row(fault).engagements[0].state is StaffState.ON_SCENE


def test_a_confirmation_leaves_those_on_the_road_on_the_road(scene: Scene) -> None:
    fault = scene.register()
    scene.mark(fault, FactKind.ARRIVED, staff_id="liutao")
    scene.mark(fault, FactKind.DEPARTED, staff_id="liuping")
    scene.confirm(fault)
    assert [one.state for one in scene.row(fault).engagements] == [StaffState.ON_SCENE, StaffState.EN_ROUTE]


def test_a_milestone_of_nobody_known_on_a_fault_without_people_is_kept(scene: Scene) -> None:
    fault = scene.register()
    scene.mark(fault, FactKind.ACKNOWLEDGED)
    assert scene.row(fault).stage is Stage.ACKNOWLEDGED
    assert scene.row(fault).engagements == ()


def test_who_has_left_does_no_more_work(scene: Scene) -> None:
    fault = scene.register()
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    with pytest.raises(KnownError, match="离职"):
        scene.mark(fault, FactKind.ARRIVED, staff_id="liuping")


def test_a_confirmation_names_its_procedure_and_starts_its_clock(scene: Scene) -> None:
    fault = scene.register()
    with pytest.raises(KnownError) as refused:
        scene.mark(fault, FactKind.CONFIRMED)
    assert refused.value.field == "procedure"
    scene.at("09:00").confirm(fault, Procedure.SPECIAL_REPORT, note="主板烧毁")
    assert scene.row(fault).procedure is Procedure.SPECIAL_REPORT
    assert clock_state(scene, fault, ClockName.SPECIAL_REPORT) is ClockState.RUNNING
    assert scene.row(fault).next_move is FactKind.SPECIAL_REPORT_SUBMITTED
    assert scene.queries.fault_detail(fault).timeline[-1].note == "专报程序 · 主板烧毁"


def test_the_same_step_from_a_screen_that_had_not_seen_it_does_nothing(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    seen = scene.version(fault)
    scene.mark(fault, FactKind.ARRIVED)
    again = scene.at("08:31").do(RecordMilestone(fault, FactKind.ARRIVED, seen))
    assert "已经记过" in again.message
    assert again.undo is None
    assert scene.version(fault) == seen + 1


def test_a_step_of_another_engineer_meanwhile_makes_no_difference(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault, "liuping")
    scene.send(fault, "liutao")
    seen = scene.version(fault)
    scene.mark(fault, FactKind.ARRIVED, staff_id="liuping")
    scene.do(RecordMilestone(fault, FactKind.ARRIVED, seen, staff_id="liutao"))
    assert {one.state for one in scene.row(fault).engagements} == {StaffState.ON_SCENE}


@pytest.mark.parametrize("meanwhile", [FactKind.CONFIRMED, FactKind.RESOLVED])
def test_what_matters_meanwhile_makes_the_screen_look_again(scene: Scene, meanwhile: FactKind) -> None:
    fault = scene.register()
    seen = scene.version(fault)
    scene.mark(fault, meanwhile, procedure=Procedure.REPAIR)
    with pytest.raises(KnownError, match="A-0001 已被更新") as refused:
        scene.do(RecordMilestone(fault, FactKind.REPAIR_STARTED, seen))
    assert "重新读入" in refused.value.remedy


def test_unreachable_is_recorded_each_time_whatever_happened_meanwhile(scene: Scene) -> None:
    fault = scene.register(emergency=True)
    scene.finish(fault)
    for _ in range(2):
        scene.do(RecordMilestone(fault, FactKind.UNREACHABLE, 1, note="无人接听"))
    assert scene.queries.day_summary().unreachable_count == 2


def test_reopening_starts_a_new_cycle_with_nobody_on_it(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    with pytest.raises(KnownError, match="尚未结束"):
        scene.mark(fault, FactKind.REOPENED)
    scene.at("09:00").finish(fault)
    scene.at("10:00").mark(fault, FactKind.REOPENED)
    row = scene.row(fault)
    assert (row.cycle, row.open, row.engagements, row.stage) == (2, True, (), Stage.REPORTED)
    assert clock_state(scene, fault, ClockName.RESPONSE) is ClockState.RUNNING
    assert row.reported_at == scene.time("08:30")


def test_a_kind_that_is_no_milestone_is_a_bug(scene: Scene) -> None:
    fault = scene.register()
    with pytest.raises(ValueError, match="no milestone"):
        scene.mark(fault, FactKind.ASSIGNED)


def test_where_a_report_is_drafted_its_milestones_are_written_on_its_page(scene: Scene) -> None:
    fault = scene.register()
    scene.confirm(fault, Procedure.SPECIAL_REPORT)
    other = scene.register()
    scene.confirm(other, Procedure.SPECIAL_REPORT)
    scene.do(DraftSpecialReport(fault))
    with pytest.raises(KnownError, match="专报页"):
        scene.mark(fault, FactKind.SPECIAL_REPORT_SUBMITTED)
    scene.mark(other, FactKind.SPECIAL_REPORT_SUBMITTED, document="手写件")
    assert scene.row(other).stage is Stage.AWAITING_INSTRUCTION


def test_a_duplicate_names_the_fault_it_repeats_and_voids_its_clocks(scene: Scene) -> None:
    first, second = scene.register(), scene.register()
    changes = scene.do(
        CancelFault(second, CancelKind.DUPLICATE, 1, of="a-0001", note="同一故障", at=scene.clock.at)
    )
    assert changes.message == "A-0002 已销单：重复A-0001"
    assert {one.state for one in scene.row(second).clocks} == {ClockState.VOID}
    assert scene.queries.fault_detail(second).timeline[-1].note == "重复（同 A-0001） · 同一故障"
    assert [row.id for row in scene.queries.queue()] == [first]


@pytest.mark.parametrize("of", ["", "A-0009", "A-0001"])
def test_a_duplicate_of_nothing_or_of_itself_is_refused(scene: Scene, of: str) -> None:
    fault = scene.register()
    with pytest.raises(KnownError) as refused:
        scene.do(CancelFault(fault, CancelKind.DUPLICATE, 1, of=of))
    assert refused.value.field == "of"


def test_cancelling_from_a_screen_that_missed_a_milestone_is_refused(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    with pytest.raises(KnownError, match="已被更新（派单）"):
        scene.do(CancelFault(fault, CancelKind.FALSE_ALARM, 1))
    scene.do(CancelFault(fault, CancelKind.FALSE_ALARM, scene.version(fault)))
    assert scene.row(fault).stage is Stage.CANCELLED


def test_third_party_work_is_costed_with_its_parts(scene: Scene) -> None:
    fault = scene.register()
    parts = (("尾纤", "80", 2), ("电源", "300.00", 1), ("模块", "300.01", 1))
    scene.do(RecordThirdParty(fault, "unable", "1,150.5", parts, 1, at=scene.clock.at))
    tally = scene.queries.tally(scene.clock.at - 86_400, scene.clock.at + 86_400)
    assert tally.third_party_amount == Decimal("1610.50")
    assert tally.penalties[0].flags == ("300",)
    note = scene.queries.fault_detail(fault).timeline[-1].note
    assert note == "无力处理 · 人工费 1150.50 元 · 尾纤 80.00×2 · 电源 300.00×1 · 模块 300.01×1"


@pytest.mark.parametrize(
    ("cause", "labour", "parts", "field"),
    [
        ("why", "1", (), "cause"),
        ("late", "一百", (), "labour"),
        ("late", "1.001", (), "labour"),
        ("late", "1", ((" ", "1", 1),), "parts"),
        ("late", "1", (("尾纤", "-1", 1),), "parts"),
        ("late", "1", (("尾纤", "1", 0),), "parts"),
    ],
)
def test_third_party_work_that_makes_no_sense_is_refused_by_field(
    scene: Scene, cause: str, labour: str, parts: tuple[tuple[str, str, int], ...], field: str
) -> None:
    fault = scene.register()
    with pytest.raises(KnownError) as refused:
        scene.do(RecordThirdParty(fault, cause, labour, parts, 1))
    assert refused.value.field == field


def test_third_party_work_is_not_entered_twice_by_two_screens(scene: Scene) -> None:
    fault = scene.register()
    command = RecordThirdParty(fault, ThirdPartyCause.LATE, "100", (), 1)
    scene.do(command)
    with pytest.raises(KnownError, match="已被更新"):
        scene.do(command)


def test_faults_of_one_cause_are_grouped_and_lose_the_same_day_clock(scene: Scene) -> None:
    first, second, third = scene.register("bajie"), scene.register("caopu"), scene.register("xianjie")
    changes = scene.do(GroupFaults((first, second, first)))
    assert changes.faults == {first, second}
    assert [(scene.row(one).group, scene.row(one).group_size) for one in (first, second, third)] == [
        ("A-0001", 2),
        ("A-0001", 2),
        ("", 0),
    ]
    assert clock_state(scene, second, ClockName.SAME_DAY) is ClockState.VOID
    scene.do(GroupFaults((second, third), at=scene.clock.at))
    assert scene.row(third).group_size == 3
    assert "已在并发组" in scene.do(GroupFaults((first, third))).message
    assert scene.queries.fault_detail(third).timeline[-1].note == "并发组 A-0001"


def test_one_fault_is_no_group(scene: Scene) -> None:
    fault = scene.register()
    with pytest.raises(KnownError, match="两件"):
        scene.do(GroupFaults((fault, fault)))


def test_a_correction_meanwhile_makes_the_screen_look_again(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    seen = scene.version(fault)
    fact = scene.queries.fault_detail(fault).timeline[-1].fact_id
    scene.do(CorrectFact(fault, fact, None, "没有派成", seen))
    with pytest.raises(KnownError, match="已被更新（更正"):
        scene.do(RecordMilestone(fault, FactKind.DEPARTED, seen))
