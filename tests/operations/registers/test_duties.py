"""When a round, a backup, a check by restoring is due: by the calendar alone."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from dispatch_app.operations.registers.duties import (
    Cycle,
    Due,
    DutyState,
    Rhythm,
    add_months,
    asked_for,
    interval_due,
    periods,
    round_due,
)

OVERDUE, DUE, AHEAD = DutyState.OVERDUE, DutyState.DUE, DutyState.AHEAD
MONDAY, WEDNESDAY, FRIDAY = date(2024, 11, 18), date(2024, 11, 20), date(2024, 11, 22)
SATURDAY, SUNDAY, NEXT_MONDAY = date(2024, 11, 23), date(2024, 11, 24), date(2024, 11, 25)
DAILY = Rhythm(Cycle.DAILY, workdays=True, since=MONDAY)
WEEKLY = Rhythm(Cycle.WEEKLY, workdays=True, since=MONDAY)
MONTHLY = Rhythm(Cycle.MONTHLY, workdays=True, since=MONDAY)


@pytest.mark.parametrize(
    ("rhythm", "done", "today", "due"),
    [
        (DAILY, None, date(2024, 11, 15), Due(AHEAD, MONDAY)),
        (DAILY, None, MONDAY, Due(DUE, MONDAY)),
        (DAILY, MONDAY, MONDAY, Due(AHEAD, date(2024, 11, 19))),
        (DAILY, None, WEDNESDAY, Due(OVERDUE, WEDNESDAY, MONDAY, 2)),
        (DAILY, FRIDAY, SATURDAY, Due(AHEAD, NEXT_MONDAY)),
        (DAILY, FRIDAY, NEXT_MONDAY, Due(DUE, NEXT_MONDAY)),
        (DAILY, WEDNESDAY, SUNDAY, Due(OVERDUE, NEXT_MONDAY, date(2024, 11, 21), 2)),
        # Done before the plan was taken up again: what lay between asks for nothing.
        (DAILY, date(2024, 6, 3), MONDAY, Due(DUE, MONDAY)),
        (Rhythm(Cycle.DAILY, False, MONDAY), FRIDAY, SATURDAY, Due(DUE, SATURDAY)),
        (WEEKLY, None, MONDAY, Due(DUE, FRIDAY)),
        (WEEKLY, None, FRIDAY, Due(DUE, FRIDAY)),
        (WEEKLY, None, SATURDAY, Due(OVERDUE, date(2024, 11, 29), FRIDAY, 1)),
        (WEEKLY, SATURDAY, SUNDAY, Due(AHEAD, date(2024, 11, 29))),
        (Rhythm(Cycle.WEEKLY, False, MONDAY), None, SUNDAY, Due(DUE, SUNDAY)),
        (MONTHLY, None, MONDAY, Due(DUE, date(2024, 11, 29))),
        (MONTHLY, None, date(2024, 11, 30), Due(OVERDUE, date(2024, 12, 31), date(2024, 11, 29), 1)),
        (MONTHLY, FRIDAY, date(2024, 11, 30), Due(AHEAD, date(2024, 12, 31))),
        (MONTHLY, None, date(2025, 1, 2), Due(OVERDUE, date(2025, 1, 27), date(2024, 11, 29), 2)),
    ],
)
def test_a_round_is_due_within_its_period_and_overdue_after(
    rhythm: Rhythm, done: date | None, today: date, due: Due
) -> None:
    assert round_due(rhythm, done, today) == due


def test_holidays_ask_for_nothing_and_make_up_days_do() -> None:
    festival = Rhythm(Cycle.DAILY, True, date(2025, 1, 25))
    asked = [period.by for period in islice(periods(festival, festival.since), 3)]
    assert asked == [date(2025, 1, 26), date(2025, 1, 27), date(2025, 2, 5)]


def test_a_week_of_nothing_but_holidays_asks_for_nothing() -> None:
    golden = Rhythm(Cycle.WEEKLY, True, date(2023, 10, 2))
    # 2023-10-07 and -08 were worked; the first week ends with them.
    assert next(periods(golden, golden.since)).by == date(2023, 10, 8)
    late = Rhythm(Cycle.WEEKLY, True, SATURDAY)
    assert next(periods(late, SATURDAY)).by == date(2024, 11, 29)


def test_a_year_nobody_has_announced_is_said_beside_the_day() -> None:
    far = date(2099, 6, 1)
    due = round_due(Rhythm(Cycle.DAILY, True, far), None, far)
    assert (due.state, due.note) == (DUE, "2099 年尚无该年节假日安排，暂按周一至周五计，日期待定")
    assert round_due(Rhythm(Cycle.DAILY, False, far), None, far).note == ""


@pytest.mark.parametrize(
    ("done", "today", "due"),
    [
        (None, MONDAY, Due(DUE, MONDAY)),
        (None, FRIDAY, Due(OVERDUE, MONDAY, MONDAY, 1)),
        (MONDAY, FRIDAY, Due(AHEAD, NEXT_MONDAY)),
        (MONDAY, NEXT_MONDAY, Due(DUE, NEXT_MONDAY)),
        (date(2024, 1, 1), MONDAY, Due(DUE, MONDAY)),
    ],
)
def test_what_is_done_every_so_many_days_is_due_that_long_after(
    done: date | None, today: date, due: Due
) -> None:
    assert interval_due(done, MONDAY, today, days=7) == due


def test_months_end_where_they_end() -> None:
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert interval_due(date(2024, 11, 30), MONDAY, date(2025, 2, 28), months=3).state is DUE


def test_a_period_counts_what_was_asked_and_what_was_left_out() -> None:
    asked, missed = asked_for(DAILY, [MONDAY, FRIDAY], MONDAY, SUNDAY, FRIDAY)
    assert asked == 5
    assert [period.by for period in missed] == [date(2024, 11, 19), WEDNESDAY, date(2024, 11, 21)]
    assert asked_for(DAILY, [MONDAY], MONDAY, SUNDAY, date(2024, 11, 19)) == (1, ())
