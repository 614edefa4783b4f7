"""Many facts written at once lie in the chain as if each had been written by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError

from dispatch_app.contract.facts import Assigned, FactKind, Noted, Reported, Zone
from dispatch_app.storage.chain import verify_chain
from dispatch_app.storage.database import Database
from dispatch_app.storage.facts import load_facts
from tests.storage.samples import NOW, STAMP

FAULTS = [(f"fault-{number}", FactKind.REPORTED, NOW - number, Reported(Zone.URBAN)) for number in range(40)]
PARTS = [(f"part-{number}", {"counted": number}, NOW - 60) for number in range(40)]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements any engine runs meanwhile."""
    statements: list[str] = []

    def keep(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(Engine, "before_cursor_execute", keep)
    yield statements
    event.remove(Engine, "before_cursor_execute", keep)


def verified(database: Database) -> int:
    with database.reader() as session:
        return verify_chain(session)


def test_many_facts_of_the_desk_stand_in_order_with_their_moments_in_one_chain(scratch: Database) -> None:
    with scratch.unit_of_work(STAMP) as work:
        before = work.append_desk_fact("part", "part-0", "bought", {})
        ids = work.append_desk_facts("part", "counted", [*PARTS, ("part-0", {"counted": 0}, None)])
        after = work.append_desk_fact("part", "part-0", "sold", {})
    with scratch.reader() as session:
        rows = session.execute(text("SELECT * FROM desk_events ORDER BY seq")).all()
    assert [row.id for row in rows] == [before, *ids, after]
    assert [row.id for row in rows] == sorted(row.id for row in rows)
    assert [row.subject_id for row in rows[1:41]] == [name for name, _, _ in PARTS]
    assert {row.at for row in rows[1:41]} == {NOW - 60}
    assert rows[41].at == rows[41].recorded_at == STAMP.now
    assert verified(scratch) == 43


def test_many_facts_of_faults_come_back_as_they_were_written(scratch: Database) -> None:
    sent = ("fault-3", FactKind.ASSIGNED, NOW, Assigned("liu-tao", "刘涛"))
    with scratch.unit_of_work(STAMP) as work:
        written = work.append_fault_facts([*FAULTS, sent])
    with scratch.reader() as session:
        kept = load_facts(session, [name for name, *_ in FAULTS])
    assert [item.fact for item in kept["fault-3"]] == [written[3], written[40]]
    assert [fact.at for fact in written[:40]] == [at for _, _, at, _ in FAULTS]
    assert {item[0].operator_name for item in kept.values()} == {STAMP.operator_name}
    assert verified(scratch) == 41


def test_both_chains_grow_side_by_side_in_one_transaction(scratch: Database) -> None:
    with scratch.unit_of_work(STAMP) as work:
        for start in range(0, 40, 10):
            work.append_fault_facts(FAULTS[start : start + 10])
            work.append_desk_facts("part", "counted", PARTS[start : start + 10])
    with scratch.unit_of_work(STAMP) as work:
        work.append_desk_facts("part", "counted", PARTS)
    assert verified(scratch) == 120


def test_nothing_to_record_records_nothing(scratch: Database) -> None:
    with scratch.unit_of_work(STAMP) as work:
        assert work.append_desk_facts("part", "counted", []) == ()
        assert work.append_fault_facts([]) == ()
    assert verified(scratch) == 0


def test_forty_facts_cost_the_statements_of_one(scratch: Database) -> None:
    with counted() as statements, scratch.unit_of_work(STAMP) as work:
        work.append_desk_facts("part", "counted", PARTS)
        work.append_desk_facts("part", "counted", PARTS)
    heads = [one for one in statements if "ORDER BY seq DESC" in one]
    inserts = [one for one in statements if one.startswith("INSERT INTO desk_events")]
    assert (len(heads), len(inserts)) == (1, 2)


def test_of_many_facts_one_that_cannot_be_keeps_all_of_them_out(scratch: Database) -> None:
    with scratch.unit_of_work(STAMP) as work, pytest.raises(TypeError):
        work.append_fault_facts([*FAULTS, ("fault-1", FactKind.ASSIGNED, NOW, Noted())])
    assert verified(scratch) == 0


def test_a_statement_that_failed_leaves_no_gap_where_the_work_goes_on(scratch: Database) -> None:
    with scratch.unit_of_work(STAMP) as work:
        work.append_desk_facts("part", "counted", PARTS[:2])
        with pytest.raises(IntegrityError):
            work.append_desk_facts("part", None, PARTS)  # type: ignore[arg-type]  # what no column takes
        work.append_desk_facts("part", "counted", PARTS[2:])
    assert verified(scratch) == 40
