"""待核 on paper: a moment written down while nobody had verified the clock says so wherever it is printed."""

from __future__ import annotations

import pytest

from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.contract.tally import month_bounds
from dispatch_app.operations.clock_steps import RecordClockStep, VerifyClock
from dispatch_app.operations.faults import CorrectFact
from dispatch_app.operations.special_reports import DraftSpecialReport
from tests.operations.scene import Scene
from tests.reports.pdf import text

NOVEMBER = month_bounds(2024, 11)
DOUBTFUL = "待核"


def step(scene: Scene) -> None:
    """The machine's clock is set an hour on, and the desk notices."""
    before = scene.clock.at
    scene.clock.at += 3600
    scene.do(RecordClockStep(before, scene.clock.at))


@pytest.fixture
def doubtful(scene: Scene) -> str:
    """A fault at 草铺 taken at 08:00 under a clock that was set on just before; verified at 08:01, and
    nobody sent until 13:30."""
    scene.at("2024-11-22 07:00")
    step(scene)
    fault = scene.register("caopu")
    scene.at("08:01").do(VerifyClock())
    return fault


def test_a_work_order_doubts_the_call_and_what_counts_from_it(scene: Scene, doubtful: str) -> None:
    scene.at("08:10").send(doubtful)
    words = text(scene.queries.preview_work_order(doubtful, "zhangyiming"))
    assert f"08:00 {DOUBTFUL}" in words.replace("\n", " ")
    # On the counterfoil and on the order: the call itself and response, arrival, the five hours, two days and
    # the same day; the sending was later.
    assert words.count(DOUBTFUL) == 2 * 6
    other = scene.register("shizhengfu")
    scene.send(other)
    assert DOUBTFUL not in text(scene.queries.preview_work_order(other, "zhangyiming"))


def test_a_moment_corrected_since_is_doubted_no_more(scene: Scene, doubtful: str) -> None:
    scene.at("08:10").send(doubtful)
    fact = scene.queries.fault_detail(doubtful).timeline[0].fact_id
    scene.do(CorrectFact(doubtful, fact, scene.time("07:58"), "对过电话记录", scene.version(doubtful)))
    assert DOUBTFUL not in text(scene.queries.preview_work_order(doubtful, "zhangyiming"))


def test_a_special_report_doubts_its_two_moments(scene: Scene, doubtful: str) -> None:
    scene.at("08:30").send(doubtful)
    scene.at("09:00").confirm(doubtful, Procedure.SPECIAL_REPORT)
    report = scene.do(DraftSpecialReport(doubtful)).created
    assert text(scene.queries.preview_special_report(report)).count(DOUBTFUL) == 1


def test_a_tally_doubts_the_start_and_the_limit_that_counts_from_it(scene: Scene, doubtful: str) -> None:
    scene.at("13:30").mark(doubtful, FactKind.DEPARTED)
    sure = scene.at("2024-11-23 08:00").register("caopu")
    scene.at("2024-11-23 13:30").mark(sure, FactKind.DEPARTED)
    words = text(scene.queries.preview_tally(*NOVEMBER))
    assert words.count(DOUBTFUL) == 2


def test_a_tally_doubts_a_call_nobody_answered(scene: Scene, doubtful: str) -> None:
    emergency = scene.register("shizhengfu", emergency=True)
    scene.at("08:05")
    step(scene)
    scene.mark(emergency, FactKind.UNREACHABLE)
    assert text(scene.queries.preview_tally(*NOVEMBER)).count(DOUBTFUL) == 1


def test_a_handover_doubts_calls_limits_and_reminders(scene: Scene, doubtful: str) -> None:
    scene.at("08:19")
    scene.register("shizhengfu")
    words = text(scene.queries.preview_handover("", ""))
    # The next limit of the fault, the reminder of it, and the call; nothing of the other fault.
    assert words.count(DOUBTFUL) == 3
