"""九.1, 九.2 and 四.6, one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dispatch_app.contract.facts import Part, ThirdParty, ThirdPartyCause
from tests.contract.story import assess, cancelled, corrected, fact, moment, on_breach, reported, terms

GONE = fact("departed", "09:01")
NOW = "2024-06-04 09:00"
LATE, UNABLE, OTHER = ThirdPartyCause


def sums(facts, now=NOW, law=None) -> list[tuple[str, str]]:
    return [(one.clause, f"{one.amount:.2f}") for one in assess(facts, now, law or terms()).penalties]


def third_party(labour: str, *parts: Part, cause: ThirdPartyCause = LATE):
    return fact("third_party", "12:00", ThirdParty(cause, Decimal(labour), parts))


def test_every_unreachable_of_an_emergency_costs_two_thousand() -> None:
    facts = [reported(emergency=True), GONE, fact("unreachable", "09:02"), fact("unreachable", "09:02")]
    assert sums(facts) == [("9.1", "2000.00"), ("9.1", "2000.00")]


def test_unreachable_on_another_fault_is_recorded_and_costs_nothing() -> None:
    assert sums([reported(), GONE, fact("unreachable", "09:02")]) == []


def test_unreachable_may_precede_the_report_but_not_follow_now() -> None:
    facts = [reported(emergency=True), GONE, fact("unreachable", "08:00"), fact("unreachable", "12:00:01")]
    found = assess(facts, "12:00")
    assert [one.at for one in found.penalties] == [moment("08:00")]
    assert found.anomalies == ("unreachable: after now",)


def test_an_unreachable_taken_back_costs_nothing() -> None:
    call = fact("unreachable", "09:02")
    assert sums([reported(emergency=True), GONE, call, corrected(call, None, "09:03")]) == []


def test_redials_within_one_fault_may_count_once_over_all_cycles() -> None:
    facts = [
        reported(emergency=True),
        GONE,
        fact("unreachable", "09:20"),
        fact("unreachable", "09:10"),
        fact("resolved", "10:00"),
        fact("reopened", "11:00"),
        fact("departed", "11:01"),
        fact("unreachable", "11:02"),
    ]
    assert len(sums(facts)) == 3
    found = assess(facts, NOW, terms(redials="once")).penalties
    assert [one.at for one in found] == [moment("09:10")]


@pytest.mark.parametrize(("gone", "expected"), [("14:00:00", []), ("14:00:01", [("9.2", "2000.00")])])
def test_nobody_sent_within_five_hours_costs_two_thousand_at_the_fifth(gone: str, expected) -> None:
    facts = [reported(), fact("departed", gone)]
    assert sums(facts) == expected
    assert [one.at for one in assess(facts, NOW).penalties] == [moment("14:00")] * len(expected)


@pytest.mark.parametrize("source", ["patrol", "monitoring"])
def test_what_the_desk_found_itself_costs_nothing(source: str) -> None:
    assert sums([reported(source=source)]) == []


def test_a_user_units_call_may_be_none_of_the_clients() -> None:
    assert sums([reported(source="unit")]) == [("9.2", "2000.00")]
    assert sums([reported(source="unit")], law=terms(user_unit="own")) == []


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (third_party("100.00"), [("4.6", "100.00")]),
        (third_party("100.00", cause=UNABLE), [("4.6", "100.00")]),
        (third_party("100.00", cause=OTHER), []),
        (third_party("0.00"), []),
        (third_party("0.00", Part("网线", Decimal("299.99"), 2)), [("4.6", "599.98")]),
        (third_party("0.00", Part("电源", Decimal("300.01"))), []),
        (third_party("1.00", Part("电源", Decimal("300.01"))), [("4.6", "1.00")]),
    ],
)
def test_third_party_work_costs_labour_and_parts_within_the_line(work, expected) -> None:
    assert sums([reported(), GONE, work]) == expected


def test_a_part_at_exactly_the_line_is_flagged_where_it_counts() -> None:
    facts = [reported(), GONE, third_party("0.00", Part("电源", Decimal("300.00"), 2))]
    (found,) = assess(facts, NOW).penalties
    assert (found.amount, found.flags) == (Decimal("600.00"), ("300",))
    assert sums(facts, law=terms(parts_300="client")) == []


def test_several_works_are_several_sums_and_come_last() -> None:
    facts = [reported(), third_party("1.00"), third_party("2.00")]
    assert [clause for clause, _ in sums(facts)] == ["9.2", "4.6", "4.6"]


@pytest.mark.parametrize("kind", ["false_alarm", "duplicate", "out_of_scope"])
def test_cancelling_removes_neither_unreachable_nor_third_party(kind: str) -> None:
    facts = [
        reported(emergency=True),
        cancelled("09:02", kind),
        fact("unreachable", "10:00"),
        third_party("5.00"),
    ]
    assert sums(facts) == [("9.1", "2000.00"), ("4.6", "5.00")]


def test_a_duplicate_removes_the_breach_and_a_false_alarm_after_it_does_not() -> None:
    assert sums([reported(), cancelled("15:00", "duplicate")]) == []
    assert sums([reported(), cancelled("15:00")]) == [("9.2", "2000.00")]


# Disputed and waived.


def test_a_dispute_and_a_waiver_stand_on_their_breach() -> None:
    dispute, waiver = on_breach("disputed", "15:00", "9.2"), on_breach("waived", "16:00", "9.2")
    (found,) = assess([reported(), dispute, waiver], NOW).penalties
    assert (found.dispute, found.waiver) == (dispute.detail, waiver.detail)
    assert found.amount == Decimal("2000.00")


def test_nine_two_is_one_a_cycle_however_its_moment_moves() -> None:
    call = reported()
    facts = [call, on_breach("waived", "16:00", "9.2", of="14:00"), corrected(call, "09:10", "17:00")]
    assert assess(facts, NOW).penalties[0].waiver is not None


def test_a_waiver_names_one_of_several_unreachables() -> None:
    first, second = fact("unreachable", "09:02"), fact("unreachable", "09:05")
    waiver = on_breach("waived", "16:00", "9.1", of="09:05")
    facts = [reported(emergency=True), GONE, first, second, waiver]
    assert [one.waiver is not None for one in assess(facts, NOW).penalties] == [False, True]
    # The correction of a fact must not lose what was waived on it.
    moved = assess([*facts, corrected(second, "09:06", "17:00")], NOW)
    assert [one.waiver is not None for one in moved.penalties] == [False, True]
    assert moved.anomalies == ()


def test_a_waiver_without_a_moment_is_on_all_of_the_clause_and_cycle() -> None:
    facts = [reported(emergency=True), fact("unreachable", "09:02"), fact("unreachable", "09:05")]
    found = assess([*facts, on_breach("waived", "16:00", "9.1")], NOW).penalties
    assert [(one.clause, one.waiver is not None) for one in found] == [
        ("9.1", True),
        ("9.1", True),
        ("9.2", False),
    ]


@pytest.mark.parametrize(
    "lost",
    [
        on_breach("waived", "16:00", "9.1"),
        on_breach("disputed", "16:00", "9.2", cycle=2),
        on_breach("waived", "16:00", "4.6"),
    ],
)
def test_what_fits_no_breach_is_an_anomaly(lost) -> None:
    found = assess([reported(), lost], NOW)
    assert found.anomalies == (f"{lost.kind}: no such breach",)
    assert found.penalties[0].waiver is found.penalties[0].dispute is None


def test_a_waiver_taken_back_or_yet_to_come_is_none() -> None:
    waiver = on_breach("waived", "16:00", "9.2")
    assert assess([reported(), waiver], "15:59").penalties[0].waiver is None
    assert assess([reported(), waiver, corrected(waiver, None, "16:01")], NOW).penalties[0].waiver is None


def test_the_last_waiver_is_the_one_shown() -> None:
    first, second = on_breach("waived", "16:00", "9.2"), on_breach("waived", "17:00", "9.2")
    assert assess([second, reported(), first], NOW).penalties[0].waiver == second.detail
