"""The rows kept beside the facts, in the facts' own transaction and rebuildable from them at any time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import DAY, OFFSET
from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState, assess_fault
from dispatch_app.contract.facts import Detail, FactKind
from dispatch_app.contract.places import PLANT
from dispatch_app.models import Fault, FaultEngineer, FaultEvent, FaultListing, FrozenClock, Site
from dispatch_app.operations.case import HORIZON, Case
from dispatch_app.operations.import_record import imports
from dispatch_app.operations.job import Job
from dispatch_app.operations.law import Law
from dispatch_app.operations.listing import Listed, clear_listing, refigure, write_listing, write_new
from dispatch_app.storage.facts import load_facts

NewFact = tuple[FactKind, int, Detail]
"""(kind, at, detail) of a fact about to be written."""

_AT_ONCE = 500


def append(
    job: Job, fault_id: str, facts: Sequence[NewFact], number: str = "", before: Case | None = None
) -> tuple[str, ...]:
    """Write facts of one fault and its projection in the job's transaction; the ids of the facts.

    Args:
        number: Of a new fault; one that has a row keeps its own.
        before: The fault as this transaction found it; read if None.
    """
    known = load_case(job.session, fault_id) if before is None else before
    written = tuple(job.work.append_fault_fact(fault_id, *fact) for fact in facts)
    _project(job, Case(fault_id, (*known.facts, *written)), number)
    return tuple(fact.id for fact in written)


def project(job: Job, fault_id: str, number: str) -> None:
    """Write the projection of a fault whose facts are there already."""
    _project(job, load_case(job.session, fault_id), number)


def _project(job: Job, case: Case, number: str) -> None:
    listed = _write(job.session, job.law, case, number, plant_sites(job.session))
    job.session.flush()
    write_listing(job.session, listed)


def load_case(session: Session, fault_id: str) -> Case:
    """The fault as all its facts tell it."""
    return Case(fault_id, tuple(item.fact for item in load_facts(session, [fault_id])[fault_id]))


def rebuild_projections(session: Session, law: Law) -> int:
    """Make every projection anew from the facts alone; how many faults there are."""
    for table in (FaultEngineer, FrozenClock):
        session.execute(delete(table))
    clear_listing(session)
    numbers = _numbers(session)
    wanted, plants = list(numbers), plant_sites(session)
    for start in range(0, len(wanted), _AT_ONCE):
        listed = []
        for fault_id, stored in load_facts(session, wanted[start : start + _AT_ONCE]).items():
            case = Case(fault_id, tuple(item.fact for item in stored))
            listed.append((stored[0].seq, _write(session, law, case, numbers[fault_id], plants)))
        session.flush()
        write_new(session, listed)
        session.expire_all()
    return len(wanted)


def list_again(session: Session, law: Law) -> None:
    """Where no fault is listed (a file of an older program): list every one from its facts."""
    if session.scalar(select(FaultListing.id).limit(1)) is not None:
        return
    for some in _all_listed(session, law):
        write_new(session, some)


def freeze_again(session: Session, law: Law) -> None:
    """After a reading was decided: clock results and figures of every fault under the terms now in force."""
    session.execute(delete(FrozenClock))
    for some in _all_listed(session, law):
        for _, listed in some:
            session.add_all(_frozen(law, listed))
        session.flush()
        refigure(session, [listed for _, listed in some])


def _all_listed(session: Session, law: Law) -> Iterator[list[tuple[int, Listed]]]:
    """Every fault as it is to be listed, with the place of its first fact; five hundred at a time."""
    ids, plants = session.scalars(select(Fault.id)).all(), plant_sites(session)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        faults = {fault.id: fault for fault in session.scalars(select(Fault).where(Fault.id.in_(some)))}
        found = []
        for fault_id, stored in load_facts(session, some).items():
            case = Case(fault_id, tuple(item.fact for item in stored))
            found.append((stored[0].seq, look_ahead(faults[fault_id], case, law, plants)))
        yield found


def plant_sites(session: Session) -> frozenset[str]:
    """Ids of the sites that are outdoor boxes, fibre or wireless nodes (reading `outlying_plant`)."""
    return frozenset(session.scalars(select(Site.id).where(Site.kind.in_([kind.value for kind in PLANT]))))


def look_ahead(fault: Fault, case: Case, law: Law, plants: frozenset[str]) -> Listed:
    """What becomes of a fault if nothing more happens to it. `plants`: ids of the outdoor sites."""
    plant = case.fields["site"] in plants
    ahead = assess_fault(case.facts, law.terms, HORIZON, plant=plant)
    if case.open:
        return Listed(fault, case, ahead, settled=False)
    later = assess_fault(case.facts, law.terms, HORIZON + 1, plant=plant)
    return Listed(fault, case, ahead, settled=later.clocks == ahead.clocks)


def thaw(row: FrozenClock) -> ClockResult:
    """A kept row as the result it was made from."""
    return ClockResult(
        row.cycle,
        ClockName(row.clock),
        ClockState(row.state),
        row.started_at,
        row.due_at,
        row.stopped_at,
        row.late_s,
    )


def _write(session: Session, law: Law, case: Case, number: str, plants: frozenset[str]) -> Listed:
    row = session.get(Fault, case.fault_id)
    # Only what has rows of that kind can lose them: a new fault has none, an open one no frozen clocks.
    known = row is not None
    had_ended = row is not None and not row.open
    if row is None:
        row = Fault(id=case.fault_id)
        session.add(row)
    fields = case.fields
    row.number = number or row.number
    row.version = len(case.facts)
    row.site_id, row.site_name = fields["site"], fields["site_name"]
    row.zone, row.source = fields["zone"], fields["source"]
    row.emergency, row.hardware = fields["emergency"] == "1", fields["hardware"] == "1"
    row.symptom, row.caller, row.unit = fields["symptom"], fields["caller"], fields["unit"]
    row.callback, row.line = fields["callback"], fields["line"]
    row.room, row.device = fields["room"], fields["device"]
    row.stage = case.stage.value
    row.procedure = case.procedure.value if case.procedure else None
    row.cycle = case.cycle.number
    row.reported_at = case.reported_at
    row.cycle_reported_at = case.cycle.start
    row.ended_at = case.ended_at
    row.group = case.group
    row.open = case.open
    session.flush()
    if known:
        session.execute(delete(FaultEngineer).where(FaultEngineer.fault_id == case.fault_id))
    if had_ended:
        session.execute(delete(FrozenClock).where(FrozenClock.fault_id == case.fault_id))
    session.add_all(
        FaultEngineer(
            fault_id=case.fault_id,
            staff_id=person.staff_id,
            name=person.name,
            state=person.state.value,
            since=person.since,
        )
        for person in case.engagements
    )
    listed = look_ahead(row, case, law, plants)
    session.add_all(_frozen(law, listed))
    return listed


def _frozen(law: Law, listed: Listed) -> list[FrozenClock]:
    begun = begun_on(listed)
    return [
        FrozenClock(
            fault_id=listed.case.fault_id,
            readings_version=law.version,
            cycle=clock.cycle,
            clock=clock.clock.value,
            state=clock.state.value,
            started_at=clock.started_at,
            due_at=clock.due_at,
            stopped_at=clock.stopped_at,
            late_s=clock.late_s,
            begun_on=begun[clock.cycle],
        )
        for clock in (listed.ahead.clocks if listed.settled else ())
    ]


def begun_on(listed: Listed) -> dict[int, int]:
    """Cycle → day of Beijing on which it began, counted from 1970-01-01."""
    return {cycle.number: (cycle.started_at + OFFSET) // DAY for cycle in listed.ahead.cycles}


def _numbers(session: Session) -> dict[str, str]:
    """Fault id → number: each desk counts the calls it registered, in order of commit; an imported fault
    has the one its import recorded, and one whose import was never finished is no fault at all."""
    imported = imports(session)
    uncounted = imported.uncounted
    counted: Counter[str] = Counter()
    numbers = {fault_id: fault.number for fault_id, fault in imported.finished.items()}
    reports = session.execute(
        select(FaultEvent.fault_id, FaultEvent.desk)
        .where(FaultEvent.kind == FactKind.REPORTED.value)
        .order_by(FaultEvent.seq)
    )
    for fault_id, desk in reports:
        if fault_id in numbers or fault_id in uncounted:
            continue
        counted[desk] += 1
        numbers[fault_id] = fault_number(desk, counted[desk])
    return numbers


def fault_number(desk: str, ordinal: int) -> str:
    """`A-0007`: the prefix of the desk that took the call, and its count of calls."""
    return f"{desk}-{ordinal:04d}"
