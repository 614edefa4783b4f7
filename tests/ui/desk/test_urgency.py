"""How pressing a clock is, to the second, and the order that follows from it."""

from __future__ import annotations

import pytest

from dispatch_app.ui.desk.urgency import (
    Urgency,
    binding_clock,
    figure,
    is_live,
    next_change,
    queue_key,
    share,
    urgency,
)
from tests.ui.desk.rows import (
    HOUR,
    MINUTE,
    NOW,
    THRESHOLDS,
    C,
    breached,
    fault,
    met,
    running,
    unstarted,
    void,
)


@pytest.mark.parametrize(
    ("left", "meant"),
    [
        (15 * MINUTE + 1, Urgency.IN_TIME),
        (15 * MINUTE, Urgency.SOON),
        (5 * MINUTE + 1, Urgency.SOON),
        (5 * MINUTE, Urgency.LAST_CALL),
        (0, Urgency.LAST_CALL),
        (-1, Urgency.BREACHED),
    ],
)
def test_a_clock_grows_more_pressing_at_its_thresholds(left: int, meant: Urgency) -> None:
    assert urgency(running(C.ARRIVAL, NOW + left), NOW, THRESHOLDS) is meant


def test_a_day_is_over_at_its_midnight_and_not_a_second_later() -> None:
    assert urgency(running(C.SAME_DAY, NOW), NOW, THRESHOLDS) is Urgency.BREACHED
    assert urgency(running(C.SAME_DAY, NOW + 1), NOW, THRESHOLDS) is Urgency.LAST_CALL


@pytest.mark.parametrize(
    "clock",
    [met(C.RESPONSE, 60), unstarted(C.REPAIR_START), void(C.SAME_DAY), breached(C.ARRIVAL, NOW - 9, NOW)],
)
def test_a_clock_on_which_no_time_counts_is_not_pressing(clock: object) -> None:
    assert not is_live(clock)  # type: ignore[arg-type]
    assert urgency(clock, NOW, THRESHOLDS) is Urgency.NONE  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "shown"), [(1069, "17:49"), (5465, "1:31:05"), (0, "00:00"), (-1, "+00:01"), (-1207, "+20:07")]
)
def test_the_figure_counts_down_and_once_overdue_up(left: int, shown: str) -> None:
    assert figure(running(C.RESPONSE, NOW + left), NOW) == shown


def test_the_bar_is_as_full_as_time_is_used_up() -> None:
    clock = running(C.ARRIVAL, NOW + HOUR, started=NOW - HOUR)
    assert share(clock, NOW) == 0.5
    assert share(clock, NOW + 3 * HOUR) == 1.0
    assert share(clock, NOW - 2 * HOUR) == 0.0
    assert share(met(C.ARRIVAL, HOUR), NOW) == pytest.approx(0.2)


def test_the_next_to_fall_due_binds() -> None:
    soon, later = running(C.RESPONSE, NOW + 60), running(C.ARRIVAL, NOW + 600)
    assert binding_clock((later, met(C.SAME_DAY, 1), soon), NOW) is soon


def test_a_running_breach_binds_before_what_is_still_to_come() -> None:
    over, soon = breached(C.RESPONSE, NOW - 600), running(C.ARRIVAL, NOW + 1)
    assert binding_clock((soon, over), NOW) is over


def test_of_several_breaches_the_one_that_costs_money_binds() -> None:
    older, costly = breached(C.RESPONSE, NOW - 5 * HOUR), breached(C.DISPATCH_5H, NOW - 60)
    assert binding_clock((older, costly), NOW) is costly
    newer = breached(C.ARRIVAL, NOW - HOUR)
    assert binding_clock((newer, older), NOW) is older


def test_nothing_binds_where_no_clock_counts() -> None:
    assert binding_clock((met(C.RESPONSE, 60), void(C.SAME_DAY)), NOW) is None


def test_the_queue_has_breaches_by_age_then_the_next_due_then_the_rest() -> None:
    old = fault(1, breached(C.RESPONSE, NOW - 500))
    young = fault(2, running(C.ARRIVAL, NOW - 1), running(C.SAME_DAY, NOW + 9))
    soon = fault(3, running(C.ARRIVAL, NOW + 60))
    later = fault(4, running(C.RESPONSE, NOW + 600), breached(C.ARRIVAL, NOW - 900, NOW - 800))
    timeless = fault(5, met(C.RESPONSE, 60), reported_at=NOW - 2 * HOUR)
    younger = fault(6, reported_at=NOW - HOUR)
    mixed = [younger, later, young, timeless, old, soon]
    assert sorted(mixed, key=lambda row: queue_key(row, NOW)) == [old, young, soon, later, timeless, younger]


def test_the_next_change_is_the_first_threshold_still_to_come() -> None:
    due = NOW + HOUR
    clocks = (running(C.ARRIVAL, due), running(C.SAME_DAY, due + HOUR), met(C.RESPONSE, 1))
    moments = []
    moment: int | None = NOW
    while (moment := next_change(clocks, moment, THRESHOLDS)) is not None:
        moments.append(moment - due)
    arrival = [-15 * MINUTE, -5 * MINUTE, 1]
    assert moments == [*arrival, HOUR - 15 * MINUTE, HOUR - 5 * MINUTE, HOUR]


def test_nothing_changes_by_itself_once_everything_is_overdue_or_stopped() -> None:
    assert next_change((breached(C.ARRIVAL, NOW - 5), void(C.SAME_DAY)), NOW, THRESHOLDS) is None
