"""The settlement: counters, sums, what is payable, rights to terminate."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dispatch_app.contract.money import price_in_words, to_fen, to_yuan
from dispatch_app.contract.tally import (
    Claimed,
    Compensation,
    ContractFacts,
    Paid,
    Party,
    Period,
    Right,
    SecrecyBreach,
    Tally,
    Terminated,
    Termination,
    settle,
    settle_faults,
)
from tests.contract.story import assess, fact, moment, on_breach, reported, terms

CLIENT, CONTRACTOR = Party
NOW = "2025-06-01 00:00"


def late(day: str):
    """A fault of 九.2 that day, somebody sent an hour too late."""
    return [reported(f"{day} 09:00"), fact("departed", f"{day} 15:00")]


def tally(*faults, facts: ContractFacts | None = None, period: Period | None = None, law=None) -> Tally:
    law = law or terms()
    return settle_faults(law, [assess(found, NOW, law) for found in faults], facts, period)


def test_nothing_happened_and_the_whole_price_is_payable() -> None:
    found = settle(terms(), [], [])
    assert (found.payable, found.owed, found.total) == (
        Decimal("160000.00"),
        Decimal("0.00"),
        Decimal("0.00"),
    )
    assert found.termination == ()
    assert found.period == Period.term(terms())


def test_total_is_the_sum_of_the_three_clauses() -> None:
    emergency = [reported("2024-06-05 09:00", emergency=True), fact("unreachable", "2024-06-05 09:05")]
    found = tally(late("2024-06-03"), emergency)
    assert (found.unreachable.count, found.nobody_sent.count, found.third_party.count) == (1, 2, 0)
    assert found.total == Decimal("6000.00") == sum(one.amount for one in found.listed)
    assert found.payable == Decimal("154000.00")


def test_the_sixth_of_either_opens_a_right_in_order_of_moment() -> None:
    faults = [late(f"2024-06-{day:02d}") for day in (9, 3, 5, 1, 7, 6)]
    assert tally(*faults[:5]).termination == ()
    assert tally(*faults).termination == (Termination("9.2", Right.COUNT, moment("2024-06-09 14:00")),)


def test_the_counters_run_separately() -> None:
    five = [late(f"2024-06-{day:02d}") for day in range(1, 6)]
    calls = [reported("2024-07-01 09:00", emergency=True), fact("departed", "2024-07-01 09:01")]
    calls += [fact("unreachable", f"2024-07-01 09:0{n}") for n in range(2, 7)]
    found = tally(*five, calls)
    assert (found.counter_unreachable, found.counter_nobody_sent) == (5, 5)
    assert found.termination == ()


def test_two_days_and_secrecy_open_rights_of_their_own() -> None:
    secrets = ContractFacts(
        secrecy_breaches=(SecrecyBreach(moment("2024-07-02 09:00"), "函1"), SecrecyBreach(9, "函2"))
    )
    found = tally([reported("2024-06-05 09:00")], [reported("2024-06-03 09:00")], facts=secrets)
    assert found.termination == (
        Termination("9.2", Right.TWO_DAYS, moment("2024-06-05 09:00")),
        Termination("9.3", Right.SECRECY, 9),
    )


def test_what_was_reported_out_of_term_is_listed_nowhere() -> None:
    found = tally([reported("2024-02-29 23:59:59")], [reported("2025-03-01 00:00:00")])
    assert found.listed == found.termination == ()
    assert (found.counter_nobody_sent, found.total) == (0, 0)


def test_under_the_words_the_term_is_longer() -> None:
    assert tally([reported("2025-03-01 00:00:00")], law=terms(term="words")).nobody_sent.count == 1


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        ("2024-05-31 23:59:59", False),
        ("2024-06-01 00:00:00", True),
        ("2024-06-30 23:59:59", True),
        ("2024-07-01 00:00:00", False),
    ],
)
def test_a_month_is_cut_at_beijing_midnight_by_the_moment_of_the_report(day: str, inside: bool) -> None:
    found = tally([reported(day)], period=Period.month(2024, 6))
    assert found.nobody_sent.count == int(inside)


def test_in_a_month_the_counters_and_the_price_run_from_the_start_of_the_term() -> None:
    faults = [late(f"2024-0{month}-03") for month in (4, 5, 6, 7)]
    june = tally(*faults, period=Period.month(2024, 6))
    assert (june.nobody_sent.count, june.total) == (1, Decimal("2000.00"))
    assert (june.counter_nobody_sent, june.counted_to_date) == (3, Decimal("6000.00"))
    assert june.payable == Decimal("154000.00")


def test_a_right_opened_after_the_period_is_not_of_it() -> None:
    secrets = ContractFacts(secrecy_breaches=(SecrecyBreach(moment("2024-07-01 00:00"), "函1"),))
    faults = [late(f"2024-06-0{day}") for day in range(1, 7)], [reported("2024-07-01 00:00")]
    june = tally(*faults[0][:5], faults[1], period=Period.month(2024, 6), facts=secrets)
    assert june.termination == ()


def test_waived_sums_are_shown_and_subtracted_and_disputed_ones_count() -> None:
    waived = [*late("2024-06-03"), on_breach("waived", "2024-06-10 09:00", "9.2")]
    disputed = [*late("2024-06-04"), on_breach("disputed", "2024-06-10 09:00", "9.2")]
    both = [
        *late("2024-06-05"),
        on_breach("disputed", "2024-06-09 09:00", "9.2"),
        on_breach("waived", "2024-06-10 09:00", "9.2"),
    ]
    found = tally(waived, disputed, both)
    assert (found.nobody_sent.count, found.nobody_sent.amount) == (3, Decimal("6000.00"))
    assert (found.nobody_sent.waived, found.nobody_sent.disputed) == (Decimal("4000.00"), Decimal("2000.00"))
    assert found.nobody_sent.counted == found.total == Decimal("2000.00")
    assert (found.waived, found.disputed) == (Decimal("4000.00"), Decimal("2000.00"))
    assert found.counter_nobody_sent == 3


def test_paid_claims_and_compensation_reduce_what_is_payable() -> None:
    at = moment("2024-07-01 09:00")
    facts = ContractFacts(
        payments=(Paid(at, Decimal("100000.00"), "付1"),),
        claims=(
            Claimed(at, "9.4", CLIENT, None, "函1", accepted=True),
            Claimed(at, "9.4", CLIENT, Decimal("40000.00"), "函2", accepted=False),
        ),
        compensations=(Compensation(at, CONTRACTOR, Decimal("500.00"), "函3", accepted=True),),
        terminations=(Terminated(at, CLIENT, "函4"),),
    )
    found = tally(late("2024-06-03"), facts=facts)
    assert (found.paid, found.claims) == (Decimal("100000.00"), Decimal("32500.00"))
    assert (found.payable, found.owed) == (Decimal("25500.00"), Decimal("0.00"))


@pytest.mark.parametrize(
    ("clause", "named", "amount"),
    [
        ("9.4", None, "32000.00"),
        ("9.4", "31999.99", "32000.00"),
        ("9.4", "32000.01", "32000.01"),
        ("9.3", "100.00", "100.00"),
        ("9.3", None, "0.00"),
    ],
)
def test_a_claim_for_general_breach_is_a_fifth_of_the_price_or_the_larger_loss(clause, named, amount) -> None:
    claim = Claimed(
        moment("2024-07-01 09:00"), clause, CLIENT, named and Decimal(named), "函1", accepted=True
    )
    assert tally(facts=ContractFacts(claims=(claim,))).claims == Decimal(amount)


def test_the_contractors_own_claims_stand_on_the_other_side() -> None:
    at = moment("2024-07-01 09:00")
    facts = ContractFacts(
        claims=(Claimed(at, "9.4", CONTRACTOR, None, "函1", accepted=True),),
        compensations=(
            Compensation(at, CLIENT, Decimal("5.00"), "函2", accepted=True),
            Compensation(at, CLIENT, Decimal("7.00"), "函3", accepted=False),
        ),
    )
    found = tally(facts=facts)
    assert (found.claims, found.client_owes) == (Decimal("0.00"), Decimal("32005.00"))
    assert found.payable == Decimal("160000.00")


def test_what_comes_after_the_period_is_not_in_it() -> None:
    end = Period.month(2024, 6).end
    facts = ContractFacts(
        payments=(Paid(end, Decimal("1.00"), ""), Paid(end - 1, Decimal("10.00"), "")),
        claims=(Claimed(end, "9.4", CLIENT, None, "", accepted=True),),
        compensations=(Compensation(end, CONTRACTOR, Decimal("100.00"), "", accepted=True),),
    )
    found = tally(facts=facts, period=Period.month(2024, 6))
    assert (found.paid, found.claims) == (Decimal("10.00"), Decimal("0.00"))


@pytest.mark.parametrize(
    ("paid", "payable", "owed"),
    [("159999.99", "0.01", "0.00"), ("160000.00", "0.00", "0.00"), ("160000.01", "0.00", "0.01")],
)
def test_payable_never_falls_below_nought_and_the_rest_is_owed(paid: str, payable: str, owed: str) -> None:
    facts = ContractFacts(payments=(Paid(moment("2024-07-01 09:00"), Decimal(paid), "付1"),))
    found = tally(facts=facts)
    assert (found.payable, found.owed) == (Decimal(payable), Decimal(owed))


# Money.


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("160000.00", "壹拾陆万元整"),
        ("2000", "贰仟元整"),
        ("0.00", "零元整"),
        ("1234.05", "壹仟贰佰叁拾肆元零伍分"),
        ("1234.50", "壹仟贰佰叁拾肆元伍角"),
        ("10.00", "壹拾元整"),
        ("0.05", "伍分"),
        ("1.05", "壹元零伍分"),
        ("32000.00", "叁万贰仟元整"),
        ("100010.00", "壹拾万零壹拾元整"),
        ("20000010.01", "贰仟万零壹拾元零壹分"),
        ("-2000.00", "负贰仟元整"),
        ("299.99", "贰佰玖拾玖元玖角玖分"),
    ],
)
def test_a_sum_in_words(amount: str, words: str) -> None:
    assert price_in_words(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["0.001", "1E+17"])
def test_what_is_no_sum_has_no_words(amount: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        price_in_words(Decimal(amount))


def test_fen_and_yuan_turn_into_each_other_exactly() -> None:
    assert to_fen(Decimal("160000.01")) == 16000001
    assert str(to_yuan(16000001)) == "160000.01"
    assert str(to_yuan(0)) == "0.00"
