"""The rows beside the facts equal what the facts say, whatever was done."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select, update

from dispatch_app.contract.clocks import ClockName, ClockState, assess_fault
from dispatch_app.contract.facts import CancelKind, FactKind, Procedure
from dispatch_app.models import Fault, FaultEngineer, FaultListing, FrozenClock
from dispatch_app.operations.case import HORIZON
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.faults import AmendFault, CancelFault, GroupFaults
from dispatch_app.operations.law import law_of
from dispatch_app.operations.projection import rebuild_projections, thaw
from dispatch_app.storage.facts import load_facts
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.scene import RESOURCES, Scene

LAW = law_of(load_terms(RESOURCES / "contract"), ())
STAMP = Stamp("", "", "A", 0)


def projected(scene: Scene) -> dict[str, set[tuple[Any, ...]]]:
    with scene.database.reader() as session:
        return {
            table.__tablename__: {tuple(row) for row in session.execute(select(*table.__table__.columns))}
            for table in (Fault, FaultEngineer, FaultListing, FrozenClock)
        }


@pytest.fixture
def busy(scene: Scene) -> Scene:
    """Faults in every condition: open, at work, resolved, filed, cancelled, reopened, amended, undone."""
    at_work = scene.register("bajie")
    scene.send(at_work, "liuping")
    scene.mark(at_work, FactKind.DEPARTED)
    scene.send(at_work, "liutao")
    scene.do(GroupFaults((at_work, scene.register("caopu"))))
    filed = scene.register()
    scene.send(filed)
    scene.at("09:15").mark(filed, FactKind.ARRIVED)
    scene.confirm(filed)
    scene.finish(filed)
    duplicate = scene.register()
    scene.do(CancelFault(duplicate, CancelKind.DUPLICATE, 1, of="A-0001"))
    reopened = scene.register("wenquan", hardware=True)
    scene.confirm(reopened, Procedure.SPECIAL_REPORT)
    scene.finish(reopened)
    scene.at("10:00").mark(reopened, FactKind.REOPENED)
    never_submitted = scene.register("qinglong")
    scene.confirm(never_submitted, Procedure.SPECIAL_REPORT)
    scene.finish(never_submitted)
    amended = scene.register()
    scene.do(AmendFault(amended, "site", "lubiao", "站点记错", 1))
    undone = scene.send(amended).undo
    assert undone is not None
    scene.do(undone.command)
    return scene


def test_what_is_rebuilt_from_the_facts_equals_what_was_kept(busy: Scene) -> None:
    kept = projected(busy)
    assert all(kept.values())
    with busy.database.unit_of_work(STAMP) as work:
        assert rebuild_projections(work.session, LAW) == 7
    assert projected(busy) == kept


def test_rows_that_were_tampered_with_or_lost_are_put_right(busy: Scene) -> None:
    kept = projected(busy)
    with busy.database.unit_of_work(STAMP) as work:
        work.session.execute(update(Fault).values(symptom="改过", version=99, number=Fault.id))
        work.session.execute(delete(FrozenClock))
        work.session.execute(update(FaultEngineer).values(state="on_scene"))
    with busy.database.unit_of_work(STAMP) as work:
        rebuild_projections(work.session, LAW)
    assert projected(busy) == kept


def test_kept_clocks_of_ended_faults_equal_a_recomputation(busy: Scene) -> None:
    with busy.database.reader() as session:
        ended = session.scalars(select(Fault.id).where(~Fault.open)).all()
        facts = load_facts(session, ended)
        kept: dict[str, list[Any]] = {}
        for row in session.scalars(select(FrozenClock)):
            assert row.readings_version == LAW.version
            kept.setdefault(row.fault_id, []).append(thaw(row))
    assert len(kept) == 2
    for fault_id, clocks in kept.items():
        fresh = assess_fault([item.fact for item in facts[fault_id]], LAW.terms, HORIZON).clocks
        assert sorted(clocks, key=lambda c: (c.cycle, c.clock)) == sorted(
            fresh, key=lambda c: (c.cycle, c.clock)
        )


def test_a_clock_that_time_still_moves_is_not_kept(busy: Scene) -> None:
    with busy.database.reader() as session:
        moving = session.scalar(select(Fault).where(Fault.site_id == "qinglong"))
        assert moving is not None
        assert not moving.open
        kept = select(FrozenClock).where(FrozenClock.fault_id == moving.id)
        assert session.scalars(kept).all() == []
    report = next(c for c in busy.row(moving.id).clocks if c.clock is ClockName.SPECIAL_REPORT)
    assert report.state is ClockState.RUNNING
    busy.at("23:00")
    late = next(c for c in busy.row(moving.id).clocks if c.clock is ClockName.SPECIAL_REPORT)
    assert (late.state, late.late_s) == (ClockState.BREACHED, busy.clock.at - late.due_at)


def test_numbers_follow_the_desk_that_took_the_call(scene: Scene) -> None:
    first, second = scene.register(), scene.register()
    with scene.database.unit_of_work(STAMP) as work:
        work.session.execute(update(Fault).values(number=Fault.id))
    with scene.database.unit_of_work(STAMP) as work:
        rebuild_projections(work.session, LAW)
    assert [scene.row(fault).number for fault in (first, second)] == ["A-0001", "A-0002"]
