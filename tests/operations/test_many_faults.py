"""The database that speed is measured on is one the desk could have written."""

from __future__ import annotations

from benchmarks.desks import StillClock
from benchmarks.many_faults import FIRST, fill_with_ended
from dispatch_app.bootstrap import RESOURCES, build_desk
from dispatch_app.contract.calendar_beijing import DAY
from dispatch_app.operations.clock import Clock
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.upkeep import rebuild, verify
from dispatch_app.storage.database import Database
from dispatch_app.storage.unit_of_work import Stamp


def test_it_is_what_its_facts_say_and_costs_what_it_should() -> None:
    with Database.scratch() as database:
        fill_with_ended(database, 40, costly_one_in=20)
        told = verify(database)
        done = rebuild(database, load_terms(RESOURCES / "contract"), Stamp("", "", "A", FIRST + DAY))
        clock: Clock = StillClock(FIRST + DAY)
        settled = build_desk(database, clock).queries.tally(FIRST, FIRST + DAY)
    assert told > 40 * 8
    assert (done.faults, done.differing) == (40, ())
    assert (settled.faults, settled.unreachable_count, settled.nobody_sent_count) == (40, 2, 2)
