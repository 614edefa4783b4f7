"""The settlement of the whole term over 100,000 ended faults, against a bare sum over their stored clocks."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from benchmarks.desks import KEY, StillClock
from benchmarks.many_faults import EVERY, FIRST
from benchmarks.measure import Measured, by_turns, milliseconds
from dispatch_app.bootstrap import build_desk
from dispatch_app.contract.calendar_beijing import DAY
from dispatch_app.operations.desk import Desk
from dispatch_app.storage.database import Database

FLOOR = text("SELECT sum(late_s) FROM frozen_clocks")


def measure_file(path: Path, faults: int, rounds: int = 10) -> list[Measured]:
    """Asked again by a desk that has settled before, and by one that has just been opened.

    Args:
        path: A file that `fill_with_ended` filled with so many faults.
    """
    with Database.open(path, KEY) as database:
        return _measured(database, StillClock(FIRST + EVERY * faults + DAY), faults, rounds)


def _measured(database: Database, clock: StillClock, faults: int, rounds: int) -> list[Measured]:
    desk = build_desk(database, clock)
    terms = desk.queries.terms()

    def floor() -> None:
        with database.reader() as session:
            session.scalar(FLOOR)

    def settle(asked: Desk) -> None:
        settled = asked.queries.tally(terms.term_start, terms.term_end)
        if not settled.penalties:
            raise RuntimeError("the made-up faults should have cost something")

    def fresh() -> float:
        opened = build_desk(database, clock)
        return milliseconds(lambda: settle(opened))

    settle(desk)
    return [
        by_turns(
            f"contract-term tally over {faults:,} faults",
            "sum over the stored clock rows",
            "≤ 2 ×",
            lambda: milliseconds(floor),
            lambda: milliseconds(lambda: settle(desk)),
            rounds,
        ),
        by_turns(
            "the same, first of a desk just opened",
            "sum over the stored clock rows",
            "≤ 1000 ms",
            lambda: milliseconds(floor),
            fresh,
            rounds,
        ),
    ]
