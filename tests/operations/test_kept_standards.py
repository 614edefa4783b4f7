"""The count of the standards keeps up with the facts, whatever is written on an ended fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from dispatch_app.bootstrap import build_desk
from dispatch_app.contract.calendar_beijing import month_bounds
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.faults import CorrectFact
from dispatch_app.operations.law import law_in_force
from dispatch_app.operations.projection import plant_sites
from dispatch_app.operations.reading.standards import KeptStandards, Standards
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
    kept = KeptStandards()
    filed(scene, "2024-11-29")
    with scene.database.reader() as early:
        before = _count(kept, early)
        filed(scene, "2024-11-30")
        with scene.database.reader() as late:
            assert _count(kept, late).total() == 2 * before.total()
        assert _count(kept, early) == before


def _count(kept: KeptStandards, session: Session) -> Standards:
    law = law_in_force(session, load_terms(RESOURCES / "contract"))
    return kept.within(session, law, plant_sites(session), *NOVEMBER)
