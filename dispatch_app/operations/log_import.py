"""Importing a call log: written a few faults at a time, shown only when all of it is there.

`BeginImport`, `WriteImported` as often as need be, `FinishImport`, then `ShowImported` until nothing is left;
`AbandonImport` at any time before `FinishImport`. Each is a short transaction, so that a click overtakes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import uuid4

from sqlalchemy import select

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Corrected, FactKind
from dispatch_app.models import Fault
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.import_record import (
    ABANDONED,
    BEGUN,
    FINISHED,
    ROWS,
    SUBJECT,
    ImportedFault,
    imports,
    state_of,
    waiting,
)
from dispatch_app.operations.job import Job
from dispatch_app.operations.log_rows import PlannedFault
from dispatch_app.operations.numbers import next_numbers
from dispatch_app.operations.projection import project

AT_ONCE = 25
"""Faults of the first transaction; those that follow carry as many as a click has the patience for."""
ALL_AT_ONCE = 500
"""Faults written together at the start, when nobody waits for a click."""


@dataclass(frozen=True, slots=True)
class BeginImport:
    """A person looked at the preview and wants it. `digest`: of the file; `faults`: how many will come."""

    import_id: str
    name: str
    digest: str
    faults: int


@dataclass(frozen=True, slots=True)
class WriteImported:
    """Write the facts of some faults; nothing shows yet."""

    import_id: str
    faults: tuple[PlannedFault, ...]


@dataclass(frozen=True, slots=True)
class FinishImport:
    """Everything is written: from now on the import stands."""

    import_id: str


@dataclass(frozen=True, slots=True)
class AbandonImport:
    """取消: nothing of it will ever count."""

    import_id: str


@dataclass(frozen=True, slots=True)
class ShowImported:
    """Give rows to faults that `Queries.waiting_imports` lists."""

    faults: tuple[ImportedFault, ...]


def series(desk: str) -> str:
    """The series that imported faults are numbered in: the calls taken at the desk are counted apart."""
    return f"import:{desk}"


def number_text(desk: str) -> str:
    """To be formatted with the ordinal: `A-L0007`."""
    return desk + "-L{:04d}"


def begin(job: Job, command: BeginImport) -> Changes:
    """Record who imports what."""
    if state_of(job.session, command.import_id):
        raise KnownError("这次导入已经开始", "请重新选择文件预览")
    payload = {"name": command.name, "digest": command.digest, "faults": command.faults}
    job.work.append_desk_fact(SUBJECT, command.import_id, BEGUN, payload)
    return Changes(created=command.import_id)


def write(job: Job, command: WriteImported) -> Changes:
    """Facts and the record of where they come from; no row that a screen reads.

    Raises:
        KnownError: The import is not under way.
    """
    _must_be_under_way(job, command.import_id)
    desk = job.work.stamp.desk
    ids = [str(uuid4()) for _ in command.faults]
    numbers = next_numbers(job.session, series(desk), len(ids))
    written = [
        {
            "fault_id": fault_id,
            "number": number_text(desk).format(ordinal),
            "call_no": fault.call_no,
            "rows": [asdict(row) for row in fault.rows],
        }
        for fault_id, ordinal, fault in zip(ids, numbers, command.faults, strict=True)
    ]
    _write_facts(job, list(zip(ids, command.faults, strict=True)))
    job.work.append_desk_fact(SUBJECT, command.import_id, ROWS, {"faults": written})
    return Changes()


def finish(job: Job, command: FinishImport) -> Changes:
    """From here on there is no way back, not even by a kill: the next start shows what is left.

    Raises:
        KnownError: The import is not under way, or one of its calls came in by another one meanwhile.
    """
    _must_be_under_way(job, command.import_id)
    every = imports(job.session)
    known = {fault.call_no for fault in every.finished.values()}
    for fault in every.unfinished.get(command.import_id, ()):
        if fault.call_no in known:
            raise KnownError(f"单号 {fault.call_no} 已由另一次导入记下", "请重新选择文件预览")
    job.work.append_desk_fact(SUBJECT, command.import_id, FINISHED, {})
    return Changes(created=command.import_id)


def abandon(job: Job, command: AbandonImport) -> Changes:
    """What was written stays in the chain, as everything does, and never counts."""
    _must_be_under_way(job, command.import_id)
    job.work.append_desk_fact(SUBJECT, command.import_id, ABANDONED, {})
    return Changes()


def show(job: Job, command: ShowImported) -> Changes:
    """The faults appear on every screen; one that is there already stays as it is."""
    ids = [fault.fault_id for fault in command.faults]
    there = frozenset(job.session.scalars(select(Fault.id).where(Fault.id.in_(ids))))
    new = [fault for fault in command.faults if fault.fault_id not in there]
    _project(job, new)
    return Changes(faults=frozenset(fault.fault_id for fault in new))


def show_all_waiting(job: Job) -> None:
    """At the start of the program: what a kill left unshown of finished imports."""
    faults = waiting(job.session)
    for start in range(0, len(faults), ALL_AT_ONCE):
        _project(job, faults[start : start + ALL_AT_ONCE])


def _project(job: Job, faults: Sequence[ImportedFault]) -> None:
    if faults:
        project(job, {fault.fault_id: fault.number for fault in faults})


def _must_be_under_way(job: Job, import_id: str) -> None:
    if state_of(job.session, import_id) not in (BEGUN, ROWS):
        raise KnownError("这次导入没有在进行", "请重新选择文件预览")


def _write_facts(job: Job, faults: Sequence[tuple[str, PlannedFault]]) -> None:
    """The facts of these faults, given with the ids they are to have; what voids some of them comes last."""
    planned = [(fault_id, one) for fault_id, fault in faults for one in fault.facts]
    written = job.work.append_fault_facts(
        (fault_id, one.kind, one.at, one.detail) for fault_id, one in planned
    )
    job.work.append_fault_facts(
        (fault_id, FactKind.CORRECTED, job.now, Corrected(fact.id, None, one.void))
        for (fault_id, one), fact in zip(planned, written, strict=True)
        if one.void
    )
