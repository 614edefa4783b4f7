"""The queue: its order, what its rows say, and how much is read for it."""

from __future__ import annotations

import pytest

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import CancelKind, FactKind, Procedure, Source
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.faults import CancelFault, CorrectFact, UndoFacts
from dispatch_app.operations.reading.view import CaseMemory
from tests.operations.scene import Scene


def test_breaches_still_running_come_first_by_age_then_the_next_moment(scene: Scene) -> None:
    old_breach = scene.at("08:00").register("caopu")
    scene.mark(old_breach, FactKind.ACKNOWLEDGED)
    breach = scene.at("08:30").register("lianran")
    scene.mark(breach, FactKind.ACKNOWLEDGED)
    soon = scene.at("10:00").register("bajie")
    later = scene.at("10:05").register("xianjie")
    done = scene.at("10:06").register("jinfang")
    scene.mark(done, FactKind.RESOLVED)
    scene.at("10:10")
    assert [row.id for row in scene.queries.queue()] == [breach, old_breach, soon, later, done]


def test_a_resolved_fault_waits_in_the_queue_until_it_is_filed(scene: Scene) -> None:
    fault = scene.register()
    scene.mark(fault, FactKind.RESOLVED)
    row = scene.queries.queue()[0]
    assert (row.id, row.stage, row.next_move) == (fault, Stage.RESOLVED, FactKind.CLOSED)


def test_a_clock_of_a_former_cycle_that_runs_on_is_shown(scene: Scene) -> None:
    fault = scene.register()
    scene.confirm(fault, Procedure.SPECIAL_REPORT)
    scene.at("08:50").finish(fault)
    scene.at("09:00").mark(fault, FactKind.REOPENED)
    shown = {(clock.cycle, clock.clock.value) for clock in scene.row(fault).clocks}
    assert (1, "special_report") in shown
    assert (1, "response") not in shown
    assert len(shown) == 8


def test_the_queue_is_read_with_as_many_statements_for_twenty_faults_as_for_one(scene: Scene) -> None:
    fault = scene.register()
    scene.queries.queue()
    few = scene.statements(scene.queries.queue)
    for _ in range(19):
        other = scene.register("bajie")
        scene.send(other, "liuping")
    assert len(scene.queries.queue()) == 20
    assert scene.statements(scene.queries.queue) == few
    scene.mark(fault, FactKind.ARRIVED)
    # The row and the facts of the one that changed, and the site it touched.
    assert scene.statements(scene.queries.queue) == few + 3


def test_only_faults_that_changed_have_their_facts_read_again(scene: Scene) -> None:
    ids = [scene.register() for _ in range(3)]
    scene.queries.queue()
    scene.send(ids[1])
    assert scene.row(ids[1]).stage is Stage.ASSIGNED
    assert scene.row(ids[0]).stage is Stage.REPORTED


def test_memory_of_facts_is_dropped_when_it_grows_too_large(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CaseMemory, "MOST", 2)
    ids = [scene.register() for _ in range(4)]
    assert {row.id for row in scene.queries.queue()} == set(ids)
    scene.send(ids[0])
    assert scene.row(ids[0]).stage is Stage.ASSIGNED


def test_rows_of_unknown_faults_are_left_out(scene: Scene) -> None:
    assert scene.queries.fault_rows(["none"]) == ()


def test_a_running_clock_says_which_breach_it_would_be_and_a_breach_which_it_is(scene: Scene) -> None:
    first = scene.at("08:00").register()
    second = scene.at("08:10").register()
    fresh = scene.at("13:30").register()
    found_by_us = scene.register(source=Source.PATROL)
    assert [scene.row(one).penalty_ordinal for one in (first, second, fresh, found_by_us)] == [1, 2, 3, 0]
    scene.mark(first, FactKind.RESOLVED)
    scene.mark(first, FactKind.CLOSED)
    assert [scene.row(one).penalty_ordinal for one in (first, second, fresh)] == [1, 2, 3]
    scene.mark(fresh, FactKind.DEPARTED)
    assert scene.row(fresh).penalty_ordinal == 0


def test_a_fault_beyond_the_term_is_no_breach_of_it(scene: Scene) -> None:
    fault = scene.at("2025-03-01 08:00").register()
    assert scene.row(fault).penalty_ordinal == 0
    scene.at("2025-03-01 14:00")
    assert scene.row(fault).penalty_ordinal == 0


def test_the_detail_knows_earlier_faults_of_the_site_and_what_may_follow(scene: Scene) -> None:
    old = scene.at("2024-10-01 08:00").register("bajie", "早前断网")
    for _ in range(2):
        scene.at("2024-11-20 09:00").register("bajie", "掉线")
    fault = scene.at("09:00").register("bajie", caller="段主任", room="二楼", device="交换机", hardware=True)
    detail = scene.queries.fault_detail(fault)
    assert detail.same_site_30d == 2
    assert detail.last_same_site.startswith("2024-11-20 A-000")
    assert detail.allowed[0] is FactKind.ASSIGNED
    assert (detail.room, detail.device, detail.hardware) == ("二楼", "交换机", True)
    assert [one.title for one in detail.clocks][:2] == ["响应", "到场"]
    assert detail.clocks[0].why
    assert scene.queries.fault_detail(old).same_site_30d == 0
    assert scene.queries.fault_detail(old).last_same_site == ""


def test_details_and_suggestions_of_no_fault_are_refused(scene: Scene) -> None:
    for question in (scene.queries.fault_detail, scene.queries.suggestions):
        with pytest.raises(KnownError, match="没有这件故障"):
            question("none")


def test_what_an_ended_fault_cost_is_read_anew_when_it_changes(scene: Scene) -> None:
    fault = scene.at("08:00").register()
    scene.at("13:30").mark(fault, FactKind.DEPARTED)
    scene.finish(fault)
    assert scene.queries.day_summary().nobody_sent_count == 1
    entry = next(one for one in scene.queries.fault_detail(fault).timeline if one.kind is FactKind.DEPARTED)
    scene.do(CorrectFact(fault, entry.fact_id, scene.time("12:59"), "途中先报", scene.version(fault)))
    assert scene.queries.day_summary().nobody_sent_count == 0


def test_what_ended_faults_cost_is_not_read_again_for_every_question(scene: Scene) -> None:
    for _ in range(3):
        fault = scene.at("08:00").register()
        scene.at("13:30").finish(fault)
    scene.register()
    scene.queries.day_summary()
    few = scene.statements(scene.queries.day_summary)
    scene.at("13:31").register()
    assert scene.queries.day_summary().nobody_sent_count == 3
    assert scene.statements(scene.queries.day_summary) == few
    ended = scene.register()
    scene.do(CancelFault(ended, CancelKind.FALSE_ALARM, 1))
    assert scene.statements(scene.queries.day_summary) > few


def test_an_ended_fault_that_is_opened_and_ended_again_is_looked_at_again(scene: Scene) -> None:
    fault = scene.at("08:00").register()
    other = scene.register()
    scene.at("13:30").finish(fault)
    scene.finish(other)
    assert scene.queries.day_summary().nobody_sent_count == 2
    closed = scene.queries.fault_detail(fault).timeline[-1].fact_id
    resolved = scene.queries.fault_detail(fault).timeline[-2].fact_id
    scene.do(UndoFacts(fault, (closed,)))
    scene.do(CorrectFact(fault, resolved, scene.time("12:00"), "早已解决", scene.version(fault)))
    assert scene.queries.day_summary().nobody_sent_count == 1
    scene.mark(fault, FactKind.CLOSED)
    assert scene.queries.day_summary().nobody_sent_count == 1


def test_a_late_clock_keeps_growing_where_it_is_shown(scene: Scene) -> None:
    fault = scene.at("08:00").register()
    scene.at("08:41").queries.queue()
    for at, late in (("08:42", 120), ("08:43", 180)):
        scene.at(at)
        arrival = next(c for c in scene.row(fault).clocks if c.clock is ClockName.ARRIVAL)
        assert arrival.late_s == late


def test_what_lies_ahead_after_the_clock_was_set_back_counts_when_its_time_comes(scene: Scene) -> None:
    fault = scene.at("08:00").register()
    scene.at("08:30").mark(fault, FactKind.ARRIVED)
    scene.at("08:10")
    assert scene.row(fault).clocks[0].state is ClockState.RUNNING
    scene.at("08:15")
    assert scene.row(fault).clocks[0].state is ClockState.RUNNING
    scene.at("08:31")
    assert scene.row(fault).clocks[0].state is ClockState.BREACHED


def test_a_view_opened_before_a_commit_does_not_become_the_memory_of_what_is(scene: Scene) -> None:
    fault = scene.at("08:00").register()
    scene.at("13:30")
    queries = scene.queries
    with queries._looking():
        pass
    generation = queries._ledger.generation
    with queries._view() as view:
        scene.finish(fault)
        assert queries._ledger.ended(view, generation) == ()
    assert queries.day_summary().nobody_sent_count == 1
