"""The rows kept beside the facts, in the facts' own transaction and rebuildable from them at any time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dispatch_app.contract.clocks import ClockName, ClockResult, ClockState, assess_fault
from dispatch_app.contract.facts import Detail, FactKind
from dispatch_app.models import Fault, FaultEngineer, FaultEvent, FaultListing, FrozenClock
from dispatch_app.operations.case import HORIZON, Case
from dispatch_app.operations.import_record import imports
from dispatch_app.operations.job import Job
from dispatch_app.operations.law import Law
from dispatch_app.operations.listing import Listed, clear_listing, refigure, write_listing, write_new
from dispatch_app.operations.projected_rows import (
    freeze_clocks,
    plant_among,
    plant_sites,
    put_changes,
    put_engagements,
    put_engineers,
    put_new,
    row_of,
    thaw_clocks,
)
from dispatch_app.storage.facts import first_seq, load_facts

__all__ = ["NewFact", "append", "fault_number", "look_ahead", "plant_sites", "project"]

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
    written = job.work.append_fault_facts((fault_id, *fact) for fact in facts)
    case = Case(fault_id, (*known.facts, *written))
    # What a handler changed by way of objects (a site's name) must be there for the statements below.
    job.session.flush()
    plants = plant_among(job.session, [case.fields["site"]])
    fault = job.session.get(Fault, fault_id) if known.facts else None
    if fault is None:
        (fault,) = put_new(job.session, [row_of(case, number)])
        first = {fault_id: (first_seq(job.session, fault_id), case)}
        _write_beside(job.session, job.law, {fault_id: fault}, first, plants)
    else:
        _write_changes(job.session, job.law, fault, known, case, plants)
    return tuple(fact.id for fact in written)


def project(job: Job, numbers: Mapping[str, str]) -> None:
    """Write the projections of faults whose facts are there and who have no row. `numbers`: id → number."""
    _write_all(job.session, job.law, numbers, list(numbers), plant_sites(job.session))


def _write_changes(
    session: Session, law: Law, fault: Fault, before: Case, case: Case, plants: frozenset[str]
) -> None:
    """Bring the projection of a fault that has one up to date. `before`: the facts it was made of."""
    had_ended = not fault.open
    put_changes(session, fault, row_of(case, fault.number))
    put_engagements(session, case, before.engagements)
    # Only an ended fault can have clocks that are kept.
    if had_ended:
        thaw_clocks(session, case.fault_id)
    listed = look_ahead(fault, case, law, plants)
    freeze_clocks(session, law, [listed])
    write_listing(session, listed)


def _write_all(
    session: Session, law: Law, numbers: Mapping[str, str], ids: Sequence[str], plants: frozenset[str]
) -> None:
    """Write the projections of some faults of whom no engineer, clock or line of the list is kept."""
    known = {fault.id: fault for fault in session.scalars(select(Fault).where(Fault.id.in_(ids)))}
    cases = {
        fault_id: (stored[0].seq, Case(fault_id, tuple(item.fact for item in stored)))
        for fault_id, stored in load_facts(session, ids).items()
    }
    for fault_id, fault in known.items():
        put_changes(session, fault, row_of(cases[fault_id][1], numbers[fault_id]))
    new = [row_of(case, numbers[case.fault_id]) for _, case in cases.values() if case.fault_id not in known]
    known |= {fault.id: fault for fault in put_new(session, new)}
    _write_beside(session, law, known, cases, plants)


def _write_beside(
    session: Session,
    law: Law,
    faults: Mapping[str, Fault],
    cases: Mapping[str, tuple[int, Case]],
    plants: frozenset[str],
) -> None:
    """Engineers, clocks and lines of the list of faults of whom only the own row is there."""
    listed = [(seq, look_ahead(faults[case.fault_id], case, law, plants)) for seq, case in cases.values()]
    put_engineers(session, [(case.fault_id, one) for _, case in cases.values() for one in case.engagements])
    freeze_clocks(session, law, [one for _, one in listed])
    write_new(session, listed)


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
        _write_all(session, law, numbers, wanted[start : start + _AT_ONCE], plants)
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
        freeze_clocks(session, law, [listed for _, listed in some])
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
