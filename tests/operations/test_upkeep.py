"""Rebuilding the projections and going over the chains of a whole database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text, update

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.models import Fault
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AssignFault, RecordMilestone, RegisterFault
from dispatch_app.operations.upkeep import rebuild, verify
from dispatch_app.storage.database import Database
from dispatch_app.storage.triggers import trigger_statements
from dispatch_app.storage.unit_of_work import Stamp

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NINE = 1_732_237_200
STAMP = Stamp("", "test", "A", NINE + 3600)


class Clock:
    def now(self) -> int:
        return NINE + 3600


@pytest.fixture
def database() -> Iterator[Database]:
    """With one fault under way and one resolved."""
    with Database.scratch() as made:
        desk = Desk(made, Clock(), RESOURCES)
        site = desk.queries.sites()[0].id
        person = desk.queries.staff()[0].id
        under_way = desk.perform(RegisterFault(NINE, site, "断网")).created
        desk.perform(AssignFault(under_way, person, 1))
        ended = desk.perform(RegisterFault(NINE, site, "误触")).created
        desk.perform(RecordMilestone(ended, FactKind.RESOLVED, 1))
        yield made


def test_rebuilding_from_the_facts_changes_nothing(database: Database) -> None:
    done = rebuild(database, load_terms(), STAMP)
    assert (done.faults, done.differing) == (2, 0)


def test_a_row_that_strayed_from_the_facts_is_put_right_and_counted(database: Database) -> None:
    with database.unit_of_work(STAMP) as work:
        work.session.execute(update(Fault).where(Fault.symptom == "断网").values(symptom="别的"))
    # The wrong row and the right one that was missing.
    assert rebuild(database, load_terms(), STAMP).differing == 2
    assert rebuild(database, load_terms(), STAMP).differing == 0


def test_whole_chains_are_counted(database: Database) -> None:
    # Two reports, an assignment, a resolution; and the seeding.
    assert verify(database) == 5


def test_a_changed_fact_is_refused_by_its_place(database: Database) -> None:
    with database.unit_of_work(STAMP) as work:
        for name in trigger_statements("fault_events"):
            work.session.execute(text(f"DROP TRIGGER {name}"))
        work.session.execute(text("UPDATE fault_events SET at = at - 60 WHERE seq = 2"))
    with pytest.raises(KnownError, match="fault_events 第 2 条"):
        verify(database)
