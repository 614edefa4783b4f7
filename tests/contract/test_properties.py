"""What holds of every course of events, whatever it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dispatch_app.contract.clocks import FaultAssessment
from dispatch_app.contract.facts import (
    CancelKind,
    Cancelled,
    Confirmed,
    Fact,
    FactKind,
    Grouped,
    Part,
    Procedure,
    Reported,
    Source,
    ThirdParty,
    ThirdPartyCause,
    Zone,
)
from dispatch_app.contract.moves import allowed_moves, next_move, stage
from dispatch_app.contract.tally import settle_faults
from dispatch_app.contract.terms import READING_VALUES
from tests.contract.second_by_second import keep
from tests.contract.story import assess, corrected, fact, moment, on_breach, terms

START = moment("09:00")
MIDNIGHT = moment("2024-06-04 00:00")
OFFSETS = st.builds(
    lambda length, second: START + length + second,
    st.sampled_from([0, 600, 1200, 2400, 7200, 7800, 14400, 18000, 54000, 86400, 172800]),
    st.integers(-1, 1),
)
STOPS = [
    FactKind.ACKNOWLEDGED,
    FactKind.DEPARTED,
    FactKind.ARRIVED,
    FactKind.REPAIR_STARTED,
    FactKind.SPECIAL_REPORT_SUBMITTED,
    FactKind.RESOLVED,
]
PLAIN = [*STOPS, FactKind.ASSIGNED, FactKind.CLOSED, FactKind.INSTRUCTION_RECEIVED, FactKind.UNREACHABLE]
COURSES = st.one_of(
    st.builds(fact, st.sampled_from(PLAIN), OFFSETS),
    st.builds(fact, st.sampled_from(STOPS), OFFSETS),
    st.builds(
        lambda at, procedure: fact("confirmed", at, Confirmed(procedure)),
        OFFSETS,
        st.sampled_from([None, *Procedure]),
    ),
    st.builds(
        lambda at, kind: fact("cancelled", at, Cancelled(kind)), OFFSETS, st.sampled_from(list(CancelKind))
    ),
    st.builds(lambda at: fact("grouped", at, Grouped("G")), OFFSETS),
)
WORKS = st.builds(
    lambda at, cause, labour, price: fact(
        "third_party", at, ThirdParty(cause, Decimal(labour), (Part("件", Decimal(price), 2),))
    ),
    OFFSETS,
    st.sampled_from(list(ThirdPartyCause)),
    st.sampled_from(["0", "80.50"]),
    st.sampled_from(["299.99", "300.00", "300.01"]),
)
REOPENINGS = st.builds(fact, st.just(FactKind.REOPENED), OFFSETS)
BREACHES = st.builds(
    lambda kind, clause, cycle: on_breach(kind, "2024-06-09 09:00", clause, cycle),
    st.sampled_from(["waived", "disputed"]),
    st.sampled_from(["9.1", "9.2", "4.6"]),
    st.integers(1, 2),
)
REPORTS = st.builds(
    lambda zone, source, emergency: fact("reported", START, Reported(zone, source, emergency)),
    st.sampled_from(list(Zone)),
    st.sampled_from(list(Source)),
    st.booleans(),
)
NOWS = OFFSETS.filter(lambda at: at >= START) | st.just(moment("2024-06-30 09:00"))


@st.composite
def stories(draw: st.DrawFn) -> list[Fact]:
    """A fault with anything in it, reopenings and waivers too."""
    more = draw(st.lists(COURSES | WORKS | REOPENINGS | BREACHES, max_size=8))
    return [draw(REPORTS), *more]


READINGS = st.fixed_dictionaries(
    {}, optional={key: st.just(values[1]) for key, values in READING_VALUES.items()}
)


@given(stories(), READINGS, NOWS, st.randoms())
def test_the_order_in_which_facts_are_read_does_not_matter(facts, readings, now, luck) -> None:
    law = terms(**readings)
    told = assess(facts, now, law), stage(facts, now), next_move(facts, now), allowed_moves(facts, now)
    luck.shuffle(facts)
    assert (
        assess(facts, now, law),
        stage(facts, now),
        next_move(facts, now),
        allowed_moves(facts, now),
    ) == told


@given(stories(), st.data(), NOWS)
def test_a_correction_there_and_back_changes_nothing(facts, data, now) -> None:
    before = assess(facts, now)
    one = data.draw(st.sampled_from(facts))
    there = corrected(one, data.draw(OFFSETS | st.none()), "2024-06-10 09:00")
    back = corrected(one, one.at, "2024-06-10 09:01")
    undone = corrected(there, None, "2024-06-10 09:01")
    assert assess([*facts, there, back], now) == before
    assert assess([*facts, there, undone], now) == before


WORSE = {"met": 0, "void": 1, "running": 1, "not_started": 1, "breached": 2}


@given(REPORTS, st.lists(COURSES, max_size=6), st.sampled_from(STOPS), OFFSETS, OFFSETS, NOWS)
def test_within_a_cycle_an_earlier_stop_never_makes_a_clock_worse(
    call, others, kind, one, other, now
) -> None:
    early, late = sorted((max(one, START), max(other, START)))
    stop = fact(kind, late)
    before = assess([call, *others, stop], now)
    after = assess([call, *others, replace(stop, at=early, recorded_at=early)], now)
    for was, is_now in zip(before.clocks, after.clocks, strict=True):
        assert WORSE[is_now.state] <= WORSE[was.state]
        assert is_now.late_s <= was.late_s


@given(REPORTS, st.lists(COURSES, max_size=7), NOWS)
def test_a_cycle_is_judged_as_somebody_with_a_watch_would(call, others, now) -> None:
    found = assess([call, *others], now)
    detail = call.detail
    kept = keep(
        others,
        START,
        MIDNIGHT,
        outlying=detail.zone is Zone.OUTLYING,
        call=detail.source in (Source.CLIENT, Source.UNIT),
        now=now,
    )
    assert {
        str(one.clock): (str(one.state), one.started_at, one.due_at, one.stopped_at, one.late_s)
        for one in found.clocks
    } == kept


@given(st.lists(stories(), max_size=4), READINGS, NOWS)
def test_totals_are_the_sums_of_the_listed_penalties(faults, readings, now) -> None:
    law = terms(**readings)
    assessed = [assess(facts, now, law) for facts in faults]
    found = settle_faults(law, assessed)
    listed = [one for fault in assessed for one in fault.penalties if one.in_term]
    assert sorted(found.listed, key=repr) == sorted(listed, key=repr)
    assert found.total == sum((one.amount for one in listed if one.waiver is None), Decimal(0))
    for clause, counted in (
        ("9.1", found.unreachable),
        ("9.2", found.nobody_sent),
        ("4.6", found.third_party),
    ):
        own = [one for one in listed if one.clause == clause]
        assert (counted.count, counted.amount) == (len(own), sum((one.amount for one in own), Decimal(0)))
    assert found.payable - found.owed == found.price - found.total
    assert min(found.payable, found.owed) == 0


@given(stories(), NOWS)
def test_results_keep_their_own_rules(facts, now) -> None:
    found: FaultAssessment = assess(facts, now)
    for one in found.clocks:
        state = str(one.state)
        assert (one.late_s == 0) or state == "breached"
        assert (one.started_at is None) == (one.due_at is None)
        assert one.started_at is not None or state in ("not_started", "void")
        assert one.stopped_at is None or state in ("met", "breached")
        assert one.stopped_at is not None or state != "met"
    assert [(one.cycle, str(one.clock)) for one in found.clocks] == [
        (cycle.number, str(clock.clock)) for cycle in found.cycles for clock in cycle.clocks
    ]
    moments = [one.at for one in found.penalties if one.clause != "4.6"]
    assert moments == sorted(moments)
    assert [one.clause == "4.6" for one in found.penalties] == sorted(
        one.clause == "4.6" for one in found.penalties
    )
