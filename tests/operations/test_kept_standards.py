"""The count of the standards is that of the kept clocks, whatever is written on an ended fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.bootstrap import build_desk
from dispatch_app.contract.calendar_beijing import month_bounds
from dispatch_app.contract.facts import FactKind
from dispatch_app.models import ClockCount, FrozenClock
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.deciding import ChangeReading
from dispatch_app.operations.faults import CorrectFact
from dispatch_app.operations.law import law_in_force
from dispatch_app.operations.reading.standards import Standards, kept_standards
from tests.operations.scene import RESOURCES, Scene

NOVEMBER, DECEMBER = month_bounds(2024, 11), month_bounds(2024, 12)


def filed(scene: Scene, day: str) -> str:
    fault = scene.at(f"{day} 08:00").register("caopu")
    scene.at(f"{day} 08:30").mark(fault, FactKind.DEPARTED)
    scene.finish(fault)
    return fault


def reopen(scene: Scene, fault: str) -> None:
    scene.mark(fault, FactKind.REOPENED)


def reopen_and_file_again(scene: Scene, fault: str) -> None:
    scene.mark(fault, FactKind.REOPENED)
    scene.finish(fault)


def another_one(scene: Scene, fault: str) -> None:
    filed(scene, "2024-12-02")


def correct_the_departure(scene: Scene, fault: str) -> None:
    departed = next(
        item for item in scene.queries.fault_detail(fault).timeline if item.kind is FactKind.DEPARTED
    )
    sooner = scene.time("2024-11-30 08:15")
    scene.do(CorrectFact(fault, departed.fact_id, sooner, "看错钟", scene.version(fault)))


@pytest.mark.parametrize("change", [reopen, reopen_and_file_again, another_one, correct_the_departure])
def test_a_count_kept_up_is_the_count_made_anew(scene: Scene, change: Callable[[Scene, str], None]) -> None:
    filed(scene, "2024-11-29")
    fault = filed(scene, "2024-11-30")
    before = scene.queries.tally(*NOVEMBER).standards
    change(scene, fault)
    fresh = build_desk(scene.database, scene.clock).queries
    for period in (NOVEMBER, DECEMBER):
        assert scene.queries.tally(*period).standards == fresh.tally(*period).standards
    if change is not another_one:
        assert scene.queries.tally(*NOVEMBER).standards != before


def test_what_began_before_a_fault_was_filed_does_not_see_it_filed(scene: Scene) -> None:
    filed(scene, "2024-11-29")
    with scene.database.reader() as early:
        before = _count(early)
        filed(scene, "2024-11-30")
        with scene.database.reader() as late:
            assert _count(late).total() == 2 * before.total()
        assert _count(early) == before


def test_the_count_is_that_of_the_clocks_that_are_kept(scene: Scene) -> None:
    fault = filed(scene, "2024-11-30")
    reopen_and_file_again(scene, fault)
    another_one(scene, fault)
    correct_the_departure(scene, fault)
    scene.do(ChangeReading("dispatch", "assigned", "会议纪要"))
    with scene.database.reader() as session:
        kept = session.scalars(select(FrozenClock)).all()
        counted = session.scalars(select(ClockCount).where(ClockCount.count != 0)).all()
    found = {(row.readings_version, row.begun_on, row.clock, row.state): row.count for row in counted}
    assert found == Counter((row.readings_version, row.begun_on, row.clock, row.state) for row in kept)
    assert len({row.begun_on for row in kept}) > 1


def _count(session: Session) -> Standards:
    law = law_in_force(session, load_terms(RESOURCES / "contract"))
    return kept_standards(session, law.version, *NOVEMBER)
