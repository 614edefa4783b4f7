"""Importing a table into a register: written some rows at a time, shown only when all of it is there.

`BeginEntries`, `WriteEntries` as often as need be, `FinishEntries`, then `ShowEntries` until nothing is left;
`AbandonEntries` at any time before `FinishEntries`. Each is a short transaction, so that a click overtakes.
See docs/adr/0008.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from uuid import uuid4

from sqlalchemy import func, select

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import DeskEvent, RegisterEntry
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.register_import_rows import PlannedEntry
from dispatch_app.operations.register_plan import identity_of
from dispatch_app.operations.registers import import_record, projecting
from dispatch_app.operations.registers.catalogue import lookup_for, register_of
from dispatch_app.operations.registers.entries import entry_numbers, settled
from dispatch_app.operations.registers.import_record import ABANDONED, BEGUN, FINISHED, SHOWN, SUBJECT, Begun
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import IMPORT, Present, facts_of, present
from dispatch_app.operations.registers.register import ENTER, Register, Written

_TOUCHED = tuple(one.name for one in fields(Changes) if one.type == "frozenset[str]")
AT_ONCE = 150
"""Rows a transaction: less than a tenth of a second, the longest a click waits for."""


@dataclass(frozen=True, slots=True)
class BeginEntries:
    """A person looked at the preview and wants it. `digest`: of the file; `entries`: how many will come;
    `seen`: end of the chain of facts the preview was made of."""

    import_id: str
    register: str
    name: str
    digest: str
    entries: int
    seen: int


@dataclass(frozen=True, slots=True)
class WriteEntries:
    """Write some entries, `AT_ONCE` at most; nothing shows yet. `place`: of the first of them, from 0."""

    import_id: str
    place: int
    entries: tuple[PlannedEntry, ...]


@dataclass(frozen=True, slots=True)
class FinishEntries:
    """Everything is written: from now on the import stands."""

    import_id: str


@dataclass(frozen=True, slots=True)
class AbandonEntries:
    """取消: nothing of it will ever count."""

    import_id: str


@dataclass(frozen=True, slots=True)
class ShowEntries:
    """Let lists show entries that `Queries.waiting_entries` names, `AT_ONCE` at most. `last`: of all."""

    import_id: str
    entry_ids: tuple[str, ...]
    last: bool = False


def begin(job: Job, command: BeginEntries) -> Changes:
    """Record who imports what."""
    if import_record.imports(job.session, command.import_id):
        raise KnownError("这次导入已经开始", "请重新选择文件预览")
    payload = asdict(command)
    del payload["import_id"]
    job.work.append_desk_fact(SUBJECT, command.import_id, BEGUN, payload)
    return Changes(created=command.import_id)


def write(job: Job, command: WriteEntries) -> Changes:
    """The facts alone; no row that a screen reads. Raises KnownError if the import is not under way."""
    begun = _under_way(job, command.import_id)
    facts = [
        (str(uuid4()), {IMPORT: command.import_id, "place": place, "values": entry.values}, None)
        for place, entry in enumerate(command.entries, command.place)
    ]
    job.work.append_desk_facts(f"{projecting.PREFIX}{begun.register}", projecting.ENTERED, facts)
    return Changes()


def finish(job: Job, command: FinishEntries) -> Changes:
    """From here on there is no way back, not even by a kill: the next start shows what is left.

    Raises:
        KnownError: The import is not under way, or somebody entered one of its rows meanwhile.
    """
    begun = _under_way(job, command.import_id)
    register = register_of(begun.register)
    _nobody_was_quicker(job, register, begun)
    numbering = entry_numbers(job, register, import_record.written(job.session, begun))
    job.work.append_desk_fact(SUBJECT, command.import_id, FINISHED, asdict(numbering))
    return Changes(created=command.import_id)


def abandon(job: Job, command: AbandonEntries) -> Changes:
    """What was written stays in the chain, as everything does, and never counts."""
    _under_way(job, command.import_id)
    job.work.append_desk_fact(SUBJECT, command.import_id, ABANDONED, {})
    return Changes()


def show(job: Job, command: ShowEntries) -> Changes:
    """The entries appear in every list; one that is there already stays as it is."""
    begun = import_record.imports(job.session, command.import_id)[0]
    register = register_of(begun.register)
    changes = _show(job, register, command.entry_ids)
    finished = command.last and begun.state == FINISHED
    if finished and not import_record.waiting(job.session, command.import_id):
        job.work.append_desk_fact(SUBJECT, command.import_id, SHOWN, {})
    return changes


def show_every_entry(job: Job) -> None:
    """At the start of the program: what a kill left unshown of finished imports."""
    for begun in import_record.imports(job.session):
        if begun.state == FINISHED:
            waiting = import_record.waiting(job.session, begun.import_id)
            for start in range(0, len(waiting), AT_ONCE):
                _show(job, register_of(begun.register), waiting[start : start + AT_ONCE])
            job.work.append_desk_fact(SUBJECT, begun.import_id, SHOWN, {})


def _show(job: Job, register: Register, entry_ids: tuple[str, ...]) -> Changes:
    shown = frozenset(
        job.session.scalars(select(RegisterEntry.entry_id).where(RegisterEntry.entry_id.in_(entry_ids)))
    )
    facts = facts_of(job.session, [one for one in entry_ids if one not in shown])
    entries = [present(entry_id, own) for entry_id, own in facts.items()]
    changes = Changes(registers=frozenset({register.key}))
    if entries:
        some = [replace(entry, values=settled(register, entry.values)) for entry in entries]
        projecting.project_new(job.session, register, some, lookup_for(job.session, job.now))
        if register.follows:
            for entry in some:
                changes = _follow(job, register, entry, changes)
    return changes


def _follow(job: Job, register: Register, entry: Present, so_far: Changes) -> Changes:
    """What an entry brings about comes when it is shown. An import that stands cannot be refused any more: an
    entry whose consequence is refused is withdrawn with the reason."""
    written = Written(register, entry.entry_id, entry.number, ENTER, {}, entry.values)
    try:
        with job.work.attempt():
            # What a single entry says of its consequence would be a hundred lines here.
            made = replace(register.follow(job, written), message="")
    except KnownError as error:
        reason = f"导入时不成立：{error.message}"
        subject = f"{projecting.PREFIX}{register.key}"
        job.work.append_desk_fact(subject, entry.entry_id, projecting.WITHDRAWN, {"reason": reason})
        facts = facts_of(job.session, [entry.entry_id])[entry.entry_id]
        gone = present(entry.entry_id, facts)
        projecting.project(job.session, register, gone, lookup_for(job.session, job.now))
        made = Changes(message=f"{entry.number} 已作废，{reason}")
    return replace(
        so_far,
        **{name: getattr(so_far, name) | getattr(made, name) for name in _TOUCHED},
        message="；".join(filter(None, (so_far.message, made.message))),
    )


def _under_way(job: Job, import_id: str) -> Begun:
    found = import_record.imports(job.session, import_id)
    if not found or found[0].state != BEGUN:
        raise KnownError("这次导入没有在进行", "请重新选择文件预览")
    return found[0]


def _nobody_was_quicker(job: Job, register: Register, begun: Begun) -> None:
    """What came in since the preview must not be what the import brings as well."""
    since = select(DeskEvent.subject_id).where(
        DeskEvent.subject == f"{projecting.PREFIX}{register.key}",
        DeskEvent.seq > begun.seen,
        func.json_extract(DeskEvent.payload, f"$.{IMPORT}").is_distinct_from(begun.import_id),
    )
    facts = facts_of(job.session, dict.fromkeys(job.session.scalars(since)))
    every = (present(entry_id, own) for entry_id, own in facts.items())
    others = [one for one in every if one.standing]
    if not others:
        return
    lookup = lookup_for(job.session, job.now)
    unique = [(column.key,) for column in register.typed if column.unique]
    wanted = (identity_of(register), *unique)
    theirs = [
        {_name(register, columns, one.values, lookup): one.number for one in others} for columns in wanted
    ]
    for values in import_record.values_written(job.session, begun):
        for columns, numbers in zip(wanted, theirs, strict=True):
            mine = _name(register, columns, values, lookup)
            if any(mine) and mine in numbers:
                raise KnownError(
                    f"导入期间已另行登记 {numbers[mine]}，与文件里的一行相同", "请重新选择文件预览"
                )


def _name(register: Register, columns: tuple[str, ...], values: Values, lookup: Lookup) -> tuple[str, ...]:
    return tuple(
        register.column(column).kind.key(values[column], lookup) if column in values else ""
        for column in columns
    )
