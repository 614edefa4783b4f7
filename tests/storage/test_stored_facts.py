from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_app.contract.facts import (
    Amended,
    Assigned,
    ByEngineer,
    CancelKind,
    Cancelled,
    Confirmed,
    Corrected,
    FactKind,
    Grouped,
    Noted,
    OnBreach,
    Part,
    Procedure,
    Reported,
    Source,
    ThirdParty,
    ThirdPartyCause,
    Zone,
)
from dispatch_app.storage.database import Database
from dispatch_app.storage.fact_json import DETAIL_OF, detail_from_json, detail_to_json
from dispatch_app.storage.facts import all_facts, load_facts
from tests.storage.samples import NOW, STAMP

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
MONEY = st.decimals(0, 10**6, allow_nan=False, places=2)
DETAILS = {
    Reported: st.builds(Reported, zone=st.sampled_from(Zone), source=st.sampled_from(Source), symptom=TEXT),
    Assigned: st.builds(Assigned, TEXT, TEXT),
    ByEngineer: st.builds(ByEngineer, TEXT, TEXT, TEXT),
    Confirmed: st.builds(Confirmed, st.none() | st.sampled_from(Procedure), TEXT),
    Noted: st.builds(Noted, TEXT, TEXT),
    Cancelled: st.builds(Cancelled, st.sampled_from(CancelKind), TEXT, TEXT),
    ThirdParty: st.builds(
        ThirdParty,
        st.sampled_from(ThirdPartyCause),
        MONEY,
        st.lists(st.builds(Part, TEXT, MONEY, st.integers(1, 99)), max_size=3).map(tuple),
    ),
    Grouped: st.builds(Grouped, TEXT),
    Corrected: st.builds(Corrected, TEXT, st.none() | st.integers(0, 2**40), TEXT),
    Amended: st.builds(Amended, TEXT, TEXT, TEXT, TEXT),
    OnBreach: st.builds(OnBreach, TEXT, st.integers(1, 9), st.none() | st.integers(0, 2**40), TEXT, TEXT),
}


@pytest.mark.parametrize("kind", FactKind)
@settings(max_examples=15)
@given(data=st.data())
def test_a_detail_comes_back_as_it_went_in_with_its_types(kind: FactKind, data: st.DataObject) -> None:
    detail = data.draw(DETAILS[DETAIL_OF[kind]])
    text = detail_to_json(kind, detail)
    back = detail_from_json(kind, text)
    assert back == detail
    assert repr(back) == repr(detail)
    assert detail_to_json(kind, back) == text


def test_every_kind_of_fact_has_its_detail() -> None:
    assert set(DETAIL_OF) == set(FactKind)
    assert set(DETAILS) == set(DETAIL_OF.values())


def test_money_is_text_and_codes_are_plain() -> None:
    part = Part("光模块", Decimal("300.00"), 2)
    detail = ThirdParty(ThirdPartyCause.LATE, Decimal("1E+2"), (part,))
    assert detail_to_json(FactKind.THIRD_PARTY, detail) == (
        '{"cause":"late","labour":"100","parts":[{"name":"光模块","quantity":2,"unit_price":"300.00"}]}'
    )


def test_a_detail_written_before_a_field_existed_takes_the_default() -> None:
    assert detail_from_json(FactKind.REPORTED, '{"zone":"outlying"}') == Reported(Zone.OUTLYING)


def test_a_detail_with_a_field_nobody_knows_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        detail_from_json(FactKind.GROUPED, '{"group":"a","colour":"red"}')


def test_a_fact_with_the_detail_of_another_kind_is_refused_and_not_stored(scratch: Database) -> None:
    def wrong() -> None:
        with scratch.unit_of_work(STAMP) as work:
            work.append_fault_fact("f", FactKind.REPORTED, NOW, Noted("?"))

    with pytest.raises(TypeError, match="Noted"):
        wrong()
    with scratch.reader() as session:
        assert list(all_facts(session)) == []


def test_facts_are_loaded_by_fault_and_in_order_of_commit(scratch: Database) -> None:
    faults = [f"fault-{number}" for number in range(520)]
    with scratch.unit_of_work(STAMP) as work:
        written = {
            fault: [
                work.append_fault_fact(fault, FactKind.REPORTED, NOW, Reported(Zone.URBAN)),
                work.append_fault_fact(fault, FactKind.RESOLVED, NOW - 9, Noted()),
            ]
            for fault in faults
        }
    with scratch.reader() as session:
        loaded = load_facts(session, iter([*faults, "nobody"]))
        everything = list(all_facts(session))
    assert loaded.pop("nobody") == []
    assert {fault: [stored.fact for stored in facts] for fault, facts in loaded.items()} == written
    assert [stored.seq for stored in everything] == list(range(1, 1041))
    assert [stored.fault_id for stored in everything[:4]] == ["fault-0", "fault-0", "fault-1", "fault-1"]
