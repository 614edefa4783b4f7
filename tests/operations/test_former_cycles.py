"""What a reopened fault still shows of its former cycle: what time can change, and nothing else."""

from __future__ import annotations

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.facts import CancelKind, FactKind
from dispatch_app.operations.faults import CancelFault
from tests.operations.scene import Scene


def test_a_breach_frozen_by_a_false_alarm_is_not_counted_as_running_after_a_reopening(scene: Scene) -> None:
    fault = scene.register()
    scene.at("09:30").do(CancelFault(fault, CancelKind.FALSE_ALARM, scene.version(fault)))
    scene.at("10:00").mark(fault, FactKind.REOPENED)
    scene.at("10:05")

    assert {clock.cycle for clock in scene.row(fault).clocks} == {2}
    assert scene.queries.day_summary().breached_open == 0


def test_a_former_clock_that_ran_on_stays_in_sight_when_it_is_breached(scene: Scene) -> None:
    fault = scene.register()
    scene.at("08:45").mark(fault, FactKind.CLOSED)
    scene.at("13:00").mark(fault, FactKind.REOPENED)
    scene.at("13:05").mark(fault, FactKind.ARRIVED)
    scene.at("13:31")
    former = {clock.clock: clock.state for clock in scene.row(fault).clocks if clock.cycle == 1}

    assert former[ClockName.DISPATCH_5H] is ClockState.BREACHED
    assert scene.queries.day_summary().breached_open == 1


def test_a_false_alarm_looked_at_afterwards_says_of_no_clock_that_it_still_runs(scene: Scene) -> None:
    fault = scene.register()
    scene.at("09:30").do(CancelFault(fault, CancelKind.FALSE_ALARM, scene.version(fault)))
    scene.at("13:00")
    clocks = {clock.result.clock: clock for clock in scene.queries.fault_detail(fault).clocks}

    assert clocks[ClockName.RESPONSE].result.state is ClockState.BREACHED
    assert clocks[ClockName.RESPONSE].result.late_s == 40 * 60
    assert not any(clock.live for clock in clocks.values())
