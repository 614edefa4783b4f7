"""The rounds that speed is measured on are some the desk could have written."""

from __future__ import annotations

from benchmarks.desks import StillClock
from benchmarks.many_rounds import ROOMS, fill_with_rounds
from dispatch_app.bootstrap import RESOURCES, build_desk
from dispatch_app.operations.clock import Clock
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.operations.round_rows import DutyKind
from dispatch_app.operations.upkeep import rebuild, verify
from dispatch_app.storage.database import Database
from dispatch_app.storage.unit_of_work import Stamp


def test_they_are_what_their_facts_say_and_the_next_one_goes_on_from_them() -> None:
    with Database.scratch() as database:
        end = fill_with_rounds(database, 30)
        told = verify(database)
        done = rebuild(database, load_terms(RESOURCES / "contract"), Stamp("", "", "A", end))
        clock: Clock = StillClock(end)
        desk = build_desk(database, clock)
        found = desk.queries.register_page("rounds", RegisterFilter("高于"), RegisterSort("at", True))
        due = desk.queries.duty_book()
        typed = {"at": "现在", "site": "宁湖大厦一机房", "who": "刘平"}
        figures = {"temperature": "22", "humidity": "45", "voltage": "220"}
        next_one = desk.perform(AddEntry("rounds", typed | figures)).created
        number = desk.queries.register_entry(next_one).row.number
    assert told >= 30 * len(ROOMS)
    assert done.differing == ()
    assert [row.number for row in found.rows] == ["A-XJ0100", "A-XJ0050"]
    assert (due.due(DutyKind.ROUND), due.overdue(DutyKind.ROUND)) == (len(ROOMS), 0)
    assert number == "A-XJ0121"
