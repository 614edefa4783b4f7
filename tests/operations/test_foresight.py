"""What a step would do is said before it is taken, and nothing is written meanwhile."""

from __future__ import annotations

import pytest

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.facts import CancelKind, FactKind, Procedure
from dispatch_app.operations.faults import AssignFault, CancelFault, RecordMilestone
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.special_reports import DraftSpecialReport
from dispatch_app.operations.staff import SetAvailability
from tests.operations.scene import Scene


def clocks(scene: Scene, fault: str, kind: FactKind, at: str | None = None) -> dict[ClockName, ClockState]:
    moment = None if at is None else scene.time(at)
    seen = scene.queries.foresee(RecordMilestone(fault, kind, 1, moment))
    assert seen.refusal is None
    return {clock.clock: clock.state for clock in seen.stopped}


def test_a_step_says_which_clocks_it_stops_and_how(scene: Scene) -> None:
    fault = scene.at("09:00").register()
    scene.at("09:45")
    assert clocks(scene, fault, FactKind.ACKNOWLEDGED) == {ClockName.RESPONSE: ClockState.BREACHED}
    assert clocks(scene, fault, FactKind.ARRIVED, "09:15") == {
        ClockName.RESPONSE: ClockState.MET,
        ClockName.ARRIVAL: ClockState.MET,
        ClockName.DISPATCH_5H: ClockState.MET,
        ClockName.DISPATCH_2D: ClockState.MET,
    }
    assert scene.version(fault) == 1


def test_naming_somebody_stops_nothing_and_is_said_so(scene: Scene) -> None:
    fault = scene.at("09:00").register()
    seen = scene.queries.foresee(AssignFault(fault, "zhangyiming", 1))
    assert (seen.refusal, seen.stopped, seen.costs, seen.spares) == (None, (), (), ())


def test_what_costs_money_is_said_before_and_what_saves_it_too(scene: Scene) -> None:
    fault = scene.at("09:00").register(emergency=True)
    lost = scene.queries.foresee(RecordMilestone(fault, FactKind.UNREACHABLE, 1))
    assert [(one.clause, one.amount) for one in lost.costs] == [("9.1", 2000)]
    scene.at("14:30")
    saved = scene.queries.foresee(RecordMilestone(fault, FactKind.DEPARTED, 1, scene.time("10:00")))
    assert [(one.clause, one.amount) for one in saved.spares] == [("9.2", 2000)]


@pytest.mark.parametrize(
    ("kind", "at", "reason"),
    [
        (FactKind.ARRIVED, "08:00", "早于接报"),
        (FactKind.ARRIVED, "12:00", "还没有到"),
        (FactKind.REOPENED, None, "尚未结束"),
    ],
)
def test_the_contract_refuses_beforehand_what_it_would_refuse(
    scene: Scene, kind: FactKind, at: str | None, reason: str
) -> None:
    fault = scene.at("09:00").register()
    moment = None if at is None else scene.time(at)
    refusal = scene.queries.foresee(RecordMilestone(fault, kind, 1, moment)).refusal
    assert refusal is not None
    assert reason in refusal.message
    assert refusal.remedy


def test_who_cannot_be_sent_is_said_beforehand(scene: Scene) -> None:
    fault = scene.at("09:00").register()
    scene.do(SetAvailability("liuping", StaffState.ON_LEAVE))
    for person, reason in (("liuping", "请假"), ("lihonglan", "接线"), ("nobody", "没有这个人")):
        refusal = scene.queries.foresee(AssignFault(fault, person, 1)).refusal
        assert refusal is not None
        assert reason in refusal.message


def test_a_fault_nobody_knows_is_refused(scene: Scene) -> None:
    refusal = scene.queries.foresee(RecordMilestone("nothing", FactKind.ARRIVED, 1)).refusal
    assert refusal is not None
    assert "没有这件故障" in refusal.message


def test_a_cancellation_is_foreseen_and_its_duplicate_looked_up(scene: Scene) -> None:
    first, second = scene.at("09:00").register(), scene.register()
    plain = scene.queries.foresee(CancelFault(second, CancelKind.FALSE_ALARM, 1))
    assert plain.refusal is None
    number = scene.row(first).number
    assert scene.queries.foresee(CancelFault(second, CancelKind.DUPLICATE, 1, number)).refusal is None
    refusal = scene.queries.foresee(CancelFault(second, CancelKind.DUPLICATE, 1, "A-0099")).refusal
    assert refusal is not None
    assert "A-0099" in refusal.message


def test_a_confirmation_and_its_report_are_foreseen(scene: Scene) -> None:
    fault = scene.at("09:00").register()
    command = RecordMilestone(fault, FactKind.CONFIRMED, 1, procedure=Procedure.SPECIAL_REPORT)
    assert scene.queries.foresee(command).refusal is None
    scene.confirm(fault, Procedure.SPECIAL_REPORT)
    report = RecordMilestone(fault, FactKind.SPECIAL_REPORT_SUBMITTED, 2)
    seen = scene.queries.foresee(report)
    assert ClockName.SPECIAL_REPORT in {clock.clock for clock in seen.stopped}
    scene.do(DraftSpecialReport(fault))
    refusal = scene.queries.foresee(report).refusal
    assert refusal is not None
    assert "专报页" in refusal.message


def test_faults_off_the_desk_are_found_by_number_and_site_twenty_at_most(scene: Scene) -> None:
    scene.at("09:00")
    ended = [scene.register() for _ in range(22)]
    for fault in ended:
        scene.finish(fault)
    still = scene.register()
    find = scene.queries.find_ended
    assert [row.number for row in find("7")] == ["A-0007"]
    assert [row.number for row in find("0017")] == ["A-0017"]
    assert len(find("市政府")) == len(find("a-00")) == 20
    assert scene.row(still).number not in {row.number for row in find("A-0023")}
    assert find("") == find("  ") == find("没有这个地方") == find("%") == ()
