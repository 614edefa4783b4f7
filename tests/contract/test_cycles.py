"""Reopening: a new cycle with all its clocks, the former one standing."""

from __future__ import annotations

import pytest

from dispatch_app.contract.facts import CancelKind, ThirdParty, ThirdPartyCause, Zone
from tests.contract.story import (
    assess,
    cancelled,
    clock,
    confirmed,
    corrected,
    fact,
    grouped,
    moment,
    reported,
)

NOW = "23:00"


def test_all_clocks_run_again_from_the_reopening() -> None:
    facts = [reported(), fact("resolved", "09:10"), fact("reopened", "11:00")]
    found = assess(facts, NOW)
    assert [cycle.number for cycle in found.cycles] == [1, 2]
    assert {one.started_at for one in found.cycles[1].clocks} == {moment("11:00"), None}
    assert clock("response", facts, NOW) == ("met", 0)
    assert clock("response", facts, NOW, cycle=2) == ("breached", 12 * 3600 - 1200)


@pytest.mark.parametrize("end", [fact("resolved", "09:10"), fact("closed", "09:10"), cancelled("09:10")])
def test_resolved_closed_or_cancelled_may_be_reopened(end) -> None:
    assert len(assess([reported(), end, fact("reopened", "09:10:01")], NOW).cycles) == 2


def test_what_has_not_ended_is_not_reopened_and_the_rest_stays_with_the_first_cycle() -> None:
    facts = [reported(), fact("reopened", "09:10"), fact("arrived", "09:20"), fact("resolved", "09:30")]
    found = assess(facts, NOW)
    assert found.anomalies == ("reopened: the fault had not ended",)
    assert len(found.cycles) == 1
    assert clock("arrival", facts, NOW) == ("met", 0)


def test_a_reopening_falls_with_the_end_it_rested_on() -> None:
    end = fact("resolved", "09:10")
    facts = [
        reported(),
        end,
        fact("reopened", "11:00"),
        fact("departed", "11:10"),
        corrected(end, None, "12:00"),
    ]
    found = assess(facts, NOW)
    assert len(found.cycles) == 1
    assert clock("dispatch_5h", facts, NOW) == ("met", 0)


def test_each_fact_belongs_to_the_cycle_it_falls_in_and_the_former_runs_on_alone() -> None:
    facts = [
        reported(),
        confirmed("09:30", "special_report"),
        fact("resolved", "10:00"),
        fact("reopened", "10:30"),
        fact("special_report_submitted", "11:00"),
        fact("acknowledged", "10:40"),
    ]
    assert clock("special_report", facts, "11:30") == ("running", 0)
    assert clock("special_report", facts, "12:00") == ("breached", 1800)
    assert clock("special_report", facts, "12:00", cycle=2) == ("not_started", 0)
    assert clock("response", facts, "12:00", cycle=2) == ("met", 0)


def test_the_former_cycle_closed_without_anybody_sent_runs_on_and_costs() -> None:
    facts = [reported(), fact("closed", "10:00"), fact("reopened", "11:00"), fact("departed", "11:10")]
    found = assess(facts, NOW)
    assert [(one.clause, one.cycle, one.at) for one in found.penalties] == [("9.2", 1, moment("14:00"))]
    assert [(one.cycle, one.clock.value) for one in found.live_clocks if one.cycle == 1] == [
        (1, name) for name in ("response", "arrival", "dispatch_5h", "dispatch_2d", "same_day")
    ]


def test_penalties_count_per_cycle() -> None:
    facts = [
        reported(),
        fact("departed", "14:30"),
        fact("resolved", "15:00"),
        fact("reopened", "16:00"),
    ]
    found = assess(facts, "23:00")
    assert [(one.cycle, one.at) for one in found.penalties] == [(1, moment("14:00")), (2, moment("21:00"))]


def test_each_cycle_belongs_to_the_term_by_its_own_start() -> None:
    facts = [
        reported("2025-02-28 09:00"),
        fact("resolved", "2025-02-28 10:00"),
        fact("reopened", "2025-03-01 00:00"),
    ]
    found = assess(facts, "2025-03-02 00:00")
    assert [cycle.in_term for cycle in found.cycles] == [True, False]
    assert found.in_term
    assert [one.in_term for one in found.penalties] == [False]


@pytest.mark.parametrize(
    ("at", "cycle"), [("08:00", 1), ("09:30", 1), ("10:59:59", 1), ("11:00", 2), ("12:00", 2)]
)
def test_unreachable_belongs_to_the_cycle_it_falls_in(at: str, cycle: int) -> None:
    facts = [
        reported(emergency=True),
        fact("resolved", "09:10"),
        fact("reopened", "11:00"),
        fact("departed", "11:05"),
        fact("unreachable", at),
    ]
    assert [(one.clause, one.cycle) for one in assess(facts, NOW).penalties] == [("9.1", cycle)]


def test_a_cancellation_acts_on_its_own_cycle() -> None:
    facts = [
        reported(),
        fact("resolved", "09:10"),
        fact("reopened", "11:00"),
        cancelled("11:10", "duplicate"),
    ]
    found = assess(facts, NOW)
    assert found.cycles[0].cancelled is None
    assert found.cycles[1].cancelled is CancelKind.DUPLICATE
    assert clock("response", facts, NOW) == ("met", 0)
    assert {one.state.value for one in found.cycles[1].clocks} == {"void"}


def test_a_fault_cancelled_and_reopened_runs_anew() -> None:
    facts = [reported(), cancelled("09:10", "duplicate"), fact("reopened", "11:00")]
    assert clock("response", facts, NOW) == ("void", 0)
    assert clock("response", facts, "11:20", cycle=2) == ("running", 0)


def test_a_false_alarm_leaves_no_live_clock_though_a_breach_stays() -> None:
    facts = [reported(), cancelled("10:00"), fact("reopened", "11:00"), fact("arrived", "11:10")]
    found = assess(facts, "11:30")
    assert clock("arrival", facts, "11:30") == ("breached", 1200)
    assert {one.cycle for one in found.live_clocks} == {2}


def test_a_grouping_frees_the_day_of_its_own_cycle() -> None:
    facts = [reported(), grouped("09:05"), fact("resolved", "10:00"), fact("reopened", "11:00")]
    assert clock("same_day", facts, "2024-06-05 00:00") == ("void", 0)
    assert clock("same_day", facts, "2024-06-05 00:00", cycle=2)[0] == "breached"


def test_third_party_work_belongs_to_its_cycle() -> None:
    work = ThirdParty(ThirdPartyCause.LATE)
    facts = [
        reported(zone=Zone.OUTLYING),
        fact("departed", "09:01"),
        fact("resolved", "10:00"),
        fact("reopened", "11:00"),
        fact("departed", "11:01"),
        fact("third_party", "12:00", ThirdParty(ThirdPartyCause.LATE, work.labour + 5)),
    ]
    assert [(one.clause, one.cycle) for one in assess(facts, NOW).penalties] == [("4.6", 2)]


def test_reassigning_restarts_nothing() -> None:
    once = [reported(), fact("assigned", "09:05")]
    assert assess([*once, fact("assigned", "12:00")], NOW).clocks == assess(once, NOW).clocks
