"""Working days by the State Council's table, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.terms import Terms
from dispatch_app.contract.workdays import (
    NOT_ANNOUNCED,
    UnknownYearError,
    decision_due,
    is_workday,
    renewal_window,
    workdays_after,
    workdays_before,
)
from tests.contract.story import terms


def ending(last: date, **readings: str) -> Terms:
    law = terms(**readings)
    return Terms(replace(law.contract, term_last=last), law.readings)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 1, 24), True),
        (date(2025, 1, 25), False),
        (date(2025, 1, 26), True),  # made up for 春节
        (date(2025, 1, 28), False),
        (date(2025, 10, 1), False),
    ],
)
def test_holidays_and_make_up_days_are_known(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_a_year_nobody_has_announced_is_refused() -> None:
    with pytest.raises(UnknownYearError, match=NOT_ANNOUNCED) as raised:
        is_workday(date(2003, 1, 6))
    assert isinstance(raised.value, KnownError)
    assert raised.value.year == 2003


@pytest.mark.parametrize(
    ("last", "first"),
    [(date(2025, 2, 28), date(2025, 1, 13)), (date(2026, 2, 28), date(2026, 1, 12))],
)
def test_renewal_opens_thirty_working_days_before_expiry_which_is_not_counted(
    last: date, first: date
) -> None:
    found = renewal_window(ending(last))
    assert (found.first, found.last, found.provisional, found.note) == (first, last, False, "")


@pytest.mark.parametrize(
    ("last", "first"),
    [(date(2025, 2, 28), date(2025, 1, 14)), (date(2026, 2, 28), date(2026, 1, 13))],
)
def test_with_the_day_of_expiry_counted_it_opens_one_working_day_later(last: date, first: date) -> None:
    assert renewal_window(ending(last, renewal_day="included")).first == first


@pytest.mark.parametrize("renewal_day", ["excluded", "included"])
def test_beyond_the_table_the_window_is_provisional_and_says_so(renewal_day: str) -> None:
    # 2003-01-01 is a Wednesday, and the table begins with 2004.
    found = renewal_window(ending(date(2003, 12, 31), renewal_day=renewal_day))
    assert found.provisional
    assert NOT_ANNOUNCED in found.note
    assert found.first == {"excluded": date(2003, 11, 19), "included": date(2003, 11, 20)}[renewal_day]


def test_under_the_words_the_window_moves_with_the_term() -> None:
    assert renewal_window(terms(term="words")).last == date(2027, 2, 28)


def test_the_client_decides_within_three_working_days() -> None:
    found = decision_due(date(2025, 1, 24), terms())
    # Friday; 26 and 27 January are worked, 28 January to 4 February are 春节.
    assert (found.day, found.provisional) == (date(2025, 2, 5), False)


def test_working_days_count_from_the_day_after_or_before() -> None:
    assert workdays_after(date(2025, 3, 3), 1).day == date(2025, 3, 4)
    assert workdays_before(date(2025, 3, 3), 1).day == date(2025, 2, 28)
    assert workdays_after(date(2025, 3, 7), 1).day == date(2025, 3, 10)
    assert workdays_before(date(2025, 3, 3), 0).day == date(2025, 3, 3)


def test_a_week_end_in_an_unknown_year_is_not_counted() -> None:
    found = workdays_after(date(2003, 1, 3), 1)
    assert (found.day, found.provisional) == (date(2003, 1, 6), True)


def test_one_unknown_day_on_the_way_is_enough_to_be_provisional() -> None:
    assert workdays_before(date(2004, 1, 5), 2).provisional
    assert not workdays_before(date(2004, 1, 5), 1).provisional
