"""A clock that was moved: recorded, doubted until verified, and never a reason to refuse anything."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.clock_steps import CheckClockAtStart, RecordClockStep, VerifyClock
from dispatch_app.operations.faults import CorrectFact
from dispatch_app.operations.rows import ClockDoubt
from tests.operations.scene import Scene

HOUR = 3600


def step(scene: Scene, seconds: int) -> None:
    """Somebody moves the machine's clock, and the desk notices."""
    before = scene.clock.at
    scene.clock.at += seconds
    scene.do(RecordClockStep(before, scene.clock.at))


def doubted(scene: Scene, fault: str) -> dict[FactKind, bool]:
    return {entry.kind: entry.doubtful for entry in scene.queries.fault_detail(fault).timeline}


def test_nothing_is_doubted_without_a_step(scene: Scene) -> None:
    fault = scene.register()
    assert scene.queries.clock_doubt() is None
    assert doubted(scene, fault) == {FactKind.REPORTED: False}
    with pytest.raises(KnownError, match="没有待核"):
        scene.do(VerifyClock())


@pytest.mark.parametrize("seconds", [-HOUR, 86_400])
def test_what_is_typed_between_the_step_and_its_verifying_is_marked(scene: Scene, seconds: int) -> None:
    fault = scene.register()
    scene.at("08:40")
    before = scene.clock.at
    step(scene, seconds)
    assert scene.queries.clock_doubt() == ClockDoubt(before, before + seconds)
    meanwhile = scene.register("ninghu-1")
    changes = scene.do(VerifyClock())
    assert changes.message == "已记下：电脑时钟已核对"
    scene.clock.at += 60
    scene.send(meanwhile)

    assert scene.queries.clock_doubt() is None
    assert doubted(scene, fault) == {FactKind.REPORTED: False}
    assert doubted(scene, meanwhile) == {FactKind.REPORTED: True, FactKind.ASSIGNED: False}


def test_a_step_that_takes_the_first_one_back_ends_the_doubt(scene: Scene) -> None:
    fault = scene.register()
    step(scene, HOUR)
    scene.clock.at += 60
    scene.send(fault)
    step(scene, -HOUR)
    scene.clock.at += 60
    scene.mark(fault, FactKind.ACKNOWLEDGED)

    assert scene.queries.clock_doubt() is None
    assert [kind for kind, doubtful in doubted(scene, fault).items() if doubtful] == [FactKind.ASSIGNED]


def test_a_second_step_renews_the_doubt_and_one_verifying_ends_it(scene: Scene) -> None:
    fault = scene.register()
    step(scene, HOUR)
    at = scene.clock.at
    step(scene, HOUR)
    assert scene.queries.clock_doubt() == ClockDoubt(at, at + HOUR)
    scene.send(fault)
    assert doubted(scene, fault)[FactKind.ASSIGNED]
    scene.do(VerifyClock())
    assert scene.queries.clock_doubt() is None
    step(scene, -60)
    assert scene.queries.clock_doubt() is not None


def test_a_fact_corrected_under_a_clock_beyond_doubt_is_doubted_no_more(scene: Scene) -> None:
    step(scene, HOUR)
    fault = scene.register()
    fact = scene.queries.fault_detail(fault).timeline[0]
    scene.clock.at += 60
    scene.do(CorrectFact(fault, fact.fact_id, fact.at - 30, "电脑快了", scene.version(fault)))
    assert doubted(scene, fault) == {FactKind.REPORTED: True}
    scene.do(VerifyClock())
    assert doubted(scene, fault) == {FactKind.REPORTED: True}
    scene.do(CorrectFact(fault, fact.fact_id, fact.at - 40, "电脑快了", scene.version(fault)))
    assert doubted(scene, fault) == {FactKind.REPORTED: False}


def test_a_start_behind_the_latest_fact_is_a_step_and_is_told_once(scene: Scene) -> None:
    scene.at("10:00").register()
    scene.at("09:00").do(CheckClockAtStart())
    assert scene.queries.clock_doubt() == ClockDoubt(scene.time("10:00"), scene.time("09:00"))
    scene.do(VerifyClock())
    scene.do(CheckClockAtStart())
    assert scene.queries.clock_doubt() is None


def test_an_ordinary_start_and_a_fault_registered_meanwhile_are_none(scene: Scene) -> None:
    scene.at("10:00").register()
    scene.at("10:00").do(CheckClockAtStart())
    step(scene, HOUR)
    scene.do(VerifyClock())
    scene.register()
    scene.clock.at += 1
    scene.do(CheckClockAtStart())
    assert scene.queries.clock_doubt() is None


def test_a_clock_set_back_refuses_nobody(scene: Scene) -> None:
    first = scene.at("10:00").register()
    scene.at("09:00").do(CheckClockAtStart())
    second = scene.register("ninghu-1")
    assert {row.id for row in scene.queries.queue()} == {first, second}
    detail = scene.queries.fault_detail(first)
    assert [clock.result.due_at for clock in detail.clocks][:1] == [scene.time("10:20")]
    assert scene.queries.suggestions(first)
    assert scene.queries.day_summary().open_now == 2


def test_a_step_before_a_report_that_lies_ahead_is_refused_with_what_to_do(scene: Scene) -> None:
    fault = scene.at("10:00").register()
    scene.at("09:00").do(CheckClockAtStart())
    with pytest.raises(KnownError, match="早于接报 2024-11-22 10:00") as refusal:
        scene.mark(fault, FactKind.ACKNOWLEDGED)
    assert "对准电脑的时钟" in refusal.value.remedy
