"""Nothing is overwritten: a correction is a further fact, and the facts are replayed with it."""

from __future__ import annotations

from itertools import permutations

import pytest

from dispatch_app.contract.facts import Amended, Corrected, FactKind, Zone
from dispatch_app.contract.history import effective
from tests.contract.story import assess, clock, confirmed, corrected, fact, moment, reported

NOW = "18:00"


def test_a_corrected_time_is_the_one_that_counts() -> None:
    arrived = fact("arrived", "09:50")
    facts = [reported(), arrived, corrected(arrived, "09:35", "10:00")]
    assert clock("arrival", facts[:2], NOW) == ("breached", 600)
    assert clock("arrival", facts, NOW) == ("met", 0)


def test_both_the_fact_and_its_correction_stay_in_the_time_line() -> None:
    arrived = fact("arrived", "09:50")
    mended = corrected(arrived, "09:35", "10:00")
    shown = effective([mended, arrived, reported()], moment(NOW))
    assert [item.kind for item in shown] == [FactKind.REPORTED, FactKind.ARRIVED, FactKind.CORRECTED]
    assert (shown[1].at, shown[1].original_at, shown[1].by, shown[1].voided) == (
        moment("09:35"),
        moment("09:50"),
        mended,
        False,
    )


def test_a_voided_fact_counts_for_nothing_and_is_still_shown() -> None:
    arrived = fact("arrived", "09:35")
    facts = [reported(), arrived, corrected(arrived, None, "10:00")]
    assert clock("arrival", facts, "10:00") == ("breached", 1200)
    shown = effective(facts, moment(NOW))[1]
    assert shown.voided
    assert shown.at == moment("09:35")


def test_the_last_correction_decides() -> None:
    arrived = fact("arrived", "09:50")
    facts = [reported(), arrived, corrected(arrived, "09:35", "10:00"), corrected(arrived, "09:45", "10:05")]
    assert clock("arrival", facts, NOW) == ("breached", 300)


def test_there_and_back_changes_nothing() -> None:
    arrived = fact("arrived", "09:35")
    facts = [reported(), arrived]
    back = [*facts, corrected(arrived, "09:50", "10:00"), corrected(arrived, "09:35", "10:05")]
    assert assess(back, NOW) == assess(facts, NOW)


def test_a_correction_may_itself_be_taken_back_and_put_again() -> None:
    arrived = fact("arrived", "09:50")
    first = corrected(arrived, "09:35", "10:00")
    undone = corrected(first, None, "10:01")
    redone = corrected(undone, None, "10:02")
    facts = [reported(), arrived, first]
    assert clock("arrival", [*facts, undone], NOW) == ("breached", 600)
    assert clock("arrival", [*facts, undone, redone], NOW) == ("met", 0)


def test_an_earlier_correction_comes_back_when_the_later_is_taken_back() -> None:
    arrived = fact("arrived", "09:50")
    later = corrected(arrived, "09:45", "10:05")
    facts = [
        reported(),
        arrived,
        corrected(arrived, "09:35", "10:00"),
        later,
        corrected(later, None, "10:06"),
    ]
    assert clock("arrival", facts, NOW) == ("met", 0)


def test_a_new_time_for_a_correction_leaves_it_in_force() -> None:
    arrived = fact("arrived", "09:50")
    first = corrected(arrived, "09:35", "10:00")
    assert clock("arrival", [reported(), arrived, first, corrected(first, "10:01", "10:02")], NOW) == (
        "met",
        0,
    )


def test_corrections_that_name_each_other_do_not_go_round_for_ever() -> None:
    one = fact("corrected", "10:00", Corrected("b", None, ""), id="a")
    other = fact("corrected", "10:01", Corrected("a", None, ""), id="b")
    facts = [reported(), one, other]
    assert {tuple(effective(list(order), moment(NOW))) for order in permutations(facts)} == {
        tuple(effective(facts, moment(NOW)))
    }


def test_a_correction_of_something_unknown_changes_nothing() -> None:
    lost = fact("corrected", "10:00", Corrected("nobody", None, ""))
    assert assess([reported(), lost], NOW) == assess([reported()], NOW)


def test_corrections_hold_for_any_now_since_they_say_what_was_true() -> None:
    arrived = fact("arrived", "09:50")
    facts = [reported(), arrived, corrected(arrived, "09:35", "12:00")]
    assert clock("arrival", facts, "10:00") == ("met", 0)


def test_correcting_the_report_moves_every_clock() -> None:
    call = reported("09:00")
    facts = [call, fact("arrived", "09:50"), corrected(call, "09:15", "10:00")]
    assert clock("arrival", facts, NOW) == ("met", 0)
    assert assess(facts, NOW).reported_at == moment("09:15")


def test_correcting_a_zone_replays_the_facts() -> None:
    mended = fact("amended", "15:00", Amended("zone", "urban", "outlying", "八街"))
    facts = [reported(), fact("arrived", "10:50")]
    assert clock("arrival", facts, NOW) == ("breached", 4200)
    assert clock("arrival", [*facts, mended], NOW) == ("met", 0)
    assert assess([*facts, mended], NOW).zone is Zone.OUTLYING


def test_an_amendment_taken_back_no_longer_counts() -> None:
    mended = fact("amended", "15:00", Amended("zone", "urban", "outlying", "八街"))
    assert assess([reported(), mended, corrected(mended, None, "15:01")], NOW).zone is Zone.URBAN


@pytest.mark.parametrize(
    ("field", "after", "seen"),
    [
        ("emergency", "1", ("9.1", "9.2")),
        ("source", "patrol", ()),
        ("site", "bajie", ("9.2",)),
        ("caller", "王", ("9.2",)),
    ],
)
def test_amended_fields_decide_what_is_owed(field: str, after: str, seen: tuple[str, ...]) -> None:
    facts = [
        reported(),
        fact("unreachable", "10:00"),
        fact("amended", "15:00", Amended(field, "", after, "")),
    ]
    assert tuple(one.clause for one in assess(facts, NOW).penalties) == seen


def test_an_amended_site_is_the_site() -> None:
    facts = [reported(site="lianran"), fact("amended", "15:00", Amended("site", "lianran", "bajie", ""))]
    assert assess(facts, NOW).site == "bajie"


def test_the_last_amendment_decides() -> None:
    facts = [
        reported(),
        fact("amended", "15:01", Amended("emergency", "1", "0", "")),
        fact("amended", "15:00", Amended("emergency", "0", "1", "")),
    ]
    assert not assess(facts, NOW).emergency


def test_facts_of_one_second_stand_in_the_order_they_were_typed() -> None:
    first = fact("resolved", "10:00", id="z", typed=moment("10:01"))
    second = fact("reopened", "10:00", id="a", typed=moment("10:02"))
    assert len(assess([second, reported(), first], NOW).cycles) == 2
    assert (
        len(
            assess(
                [reported(), fact("resolved", "10:00", id="z"), fact("reopened", "10:00", id="a")], NOW
            ).cycles
        )
        == 1
    )


def test_a_fault_whose_report_was_taken_back_has_no_clocks() -> None:
    call = reported()
    found = assess([call, fact("unreachable", "09:10"), corrected(call, None, "09:01")], NOW)
    assert (found.cycles, found.clocks, found.penalties, found.reported_at) == ((), (), (), None)
    assert not found.open
    assert found.ended_at is None
    assert not found.in_term
    assert found.zone is Zone.URBAN


def test_what_holds_no_report_is_no_fault() -> None:
    with pytest.raises(ValueError, match="without a report"):
        assess([fact("arrived", "10:00")], NOW)


def test_a_second_report_is_an_anomaly() -> None:
    found = assess([reported(), reported("09:30", Zone.OUTLYING)], NOW)
    assert found.anomalies == ("reported: a second report",)
    assert found.zone is Zone.URBAN
    assert found.reported_at == moment("09:00")


def test_what_lies_ahead_of_now_or_before_the_report_is_named_and_not_counted() -> None:
    facts = [
        reported(),
        fact("departed", "08:59:59"),
        fact("arrived", "18:00:01"),
        confirmed("08:00", "repair"),
    ]
    found = assess(facts, NOW)
    assert sorted(found.anomalies) == [
        "arrived: after now",
        "confirmed: before the report",
        "departed: before the report",
    ]
    assert clock("dispatch_5h", facts, NOW)[0] == "breached"
    assert clock("repair_start", facts, NOW)[0] == "not_started"
