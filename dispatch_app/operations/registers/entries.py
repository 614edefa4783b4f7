"""Writing into a register: entering, correcting, the steps of an entry's life, taking back.

Every one of them is a fact in `desk_events`; nothing is edited and nothing deleted. What was there before a
correction, and why it was corrected, stays with the entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import DeskEvent, RegisterEntry
from dispatch_app.operations.changes import Changes, UndoTicket
from dispatch_app.operations.job import Job
from dispatch_app.operations.law import Law
from dispatch_app.operations.numbers import next_numbers
from dispatch_app.operations.registers import projecting
from dispatch_app.operations.registers.catalogue import lookup_for, pointed_at_first, register_of
from dispatch_app.operations.registers.import_record import Numbering
from dispatch_app.operations.registers.kinds import HIDDEN, Value, Values
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import Present, facts_of, present, project
from dispatch_app.operations.registers.register import (
    AMEND,
    ENTER,
    RESTORE,
    WITHDRAW,
    Check,
    Column,
    Register,
    Written,
)

AT_ONCE = 500
"""Entries rebuilt at a time."""


@dataclass(frozen=True, slots=True)
class AddEntry:
    """登记. `typed`: column key → text as a person typed it. `at`: when it happened, now if None."""

    register: str
    typed: Mapping[str, str]
    at: int | None = None


@dataclass(frozen=True, slots=True)
class AmendEntry:
    """更正 of some columns, with the reason. `expected_version`: what the screen had seen."""

    entry_id: str
    expected_version: int
    typed: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True)
class ActOnEntry:
    """A step of an entry's life (an `Action` of its register) with the fields it asks for, as typed."""

    entry_id: str
    expected_version: int
    action: str
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WithdrawEntry:
    """作废: the entry stands no more; it and the reason stay on record."""

    entry_id: str
    expected_version: int
    reason: str


@dataclass(frozen=True, slots=True)
class RestoreEntry:
    """恢复 of one that was withdrawn."""

    entry_id: str
    expected_version: int
    reason: str


@dataclass(frozen=True, slots=True)
class RevertEntry:
    """撤回 of one fact of an entry, while it is the last."""

    entry_id: str
    fact_id: str


def add(job: Job, command: AddEntry) -> Changes:
    """Raises KnownError with the column as `field`; `Changes.created` is the entry's id."""
    register = register_of(command.register)
    lookup = lookup_for(job.session, job.now)
    after = completed(register, job.law, lookup, {}, read_typed(register, command.typed, lookup))
    check(Check(job.session, job.law, lookup, register, "", ENTER, {}, after))
    entry_id = str(uuid4())
    number = entry_number(job, register)
    payload = {"number": number, "values": after}
    subject = f"{projecting.PREFIX}{register.key}"
    fact_id = job.work.append_desk_fact(subject, entry_id, projecting.ENTERED, payload, command.at)
    written = Written(register, entry_id, number, ENTER, {}, after, _secrets(register, command.typed))
    return _finish(job, written, lookup, f"已登记 {_called(register, number, after)}", fact_id)


def amend(job: Job, command: AmendEntry) -> Changes:
    """Raises KnownError for a missing reason, an outdated screen, or what a rule refuses."""
    register, entry = standing_entry(job.session, command.entry_id, command.expected_version)
    if not command.reason.strip():
        raise KnownError("没有写更正的原因", "请写明原因；更正前后的内容都会保留", "reason")
    lookup = lookup_for(job.session, job.now)
    typed = read_typed(register, command.typed, lookup, partly=True)
    secrets = _secrets(register, command.typed)
    return _change(job, register, entry, lookup, AMEND, typed, command.reason.strip(), "已更正 {}", secrets)


def act(job: Job, command: ActOnEntry) -> Changes:
    """Raises KnownError when the step cannot be taken now, or what it asks for is missing or refused."""
    register, entry = standing_entry(job.session, command.entry_id, command.expected_version)
    action = register.action(command.action)
    refusal = action.allowed(entry.values)
    if refusal is not None:
        raise KnownError(*refusal)
    lookup = lookup_for(job.session, job.now)
    asked = {key: command.typed.get(key, "") for key in action.fields}
    typed = read_typed(register, asked, lookup, partly=True) | dict(action.sets)
    said = f"{{}} {action.done}"
    return _change(job, register, entry, lookup, action.key, typed, "", said, _secrets(register, asked))


def withdraw(job: Job, command: WithdrawEntry) -> Changes:
    """Raises KnownError for a missing reason or an outdated screen."""
    register, entry = standing_entry(job.session, command.entry_id, command.expected_version)
    return _stand(job, register, entry, projecting.WITHDRAWN, command.reason, "作废")


def restore(job: Job, command: RestoreEntry) -> Changes:
    """Raises KnownError if it stands, or cannot stand again beside what was entered since."""
    register, entry = known_entry(job.session, command.entry_id, command.expected_version)
    if entry.standing:
        raise KnownError("这条记录没有作废", "请刷新后再看")
    lookup = lookup_for(job.session, job.now)
    check(Check(job.session, job.law, lookup, register, entry.entry_id, ENTER, {}, entry.values))
    return _stand(job, register, entry, projecting.RESTORED, command.reason, "恢复")


def revert(job: Job, command: RevertEntry) -> Changes:
    """Take the last fact back; both stay on record. Raises KnownError when something came after it."""
    facts = facts_of(job.session, [command.entry_id]).get(command.entry_id, [])
    if not facts or present(command.entry_id, facts).last.id != command.fact_id:
        raise KnownError("之后又有改动，不能撤回", "请打开这条记录更正")
    register, entry = known_entry(job.session, command.entry_id)
    if register.follows:
        raise KnownError(f"{register.title}的记录不能撤回", "请更正或作废，原因和记录一起保留")
    subject = f"{projecting.PREFIX}{register.key}"
    job.work.append_desk_fact(subject, command.entry_id, projecting.REVERTED, {"of": command.fact_id})
    lookup = lookup_for(job.session, job.now)
    now_stands = _project_again(job, register, command.entry_id, lookup)
    if now_stands.standing:
        # What stood before may not stand any more: a label can have been given to another device since.
        before = entry.values if entry.standing else {}
        check(Check(job.session, job.law, lookup, register, entry.entry_id, AMEND, before, now_stands.values))
    message = f"已撤回 {_called(register, entry.number, entry.values)}"
    return Changes(registers=frozenset({register.key}), message=message)


def read_typed(
    register: Register, typed: Mapping[str, str], lookup: Lookup, *, partly: bool = False
) -> dict[str, Value | None]:
    """Column key → value, None where nothing was typed.

    Args:
        partly: Only the columns named in `typed`; else all that an entry is made of.

    Raises:
        KnownError: A text is no value of its column; `field` is the column.
    """
    found: dict[str, Value | None] = {}
    for column in register.typed:
        if partly and column.key not in typed:
            continue
        text = typed.get(column.key, "")
        found[column.key] = read_cell(column, text, lookup) if text.strip() else None
    return found


def read_cell(column: Column, text: str, lookup: Lookup) -> Value:
    """The value of a text that is not empty. Raises KnownError with the column as `field`."""
    try:
        return column.kind.read(text, lookup)
    except KnownError as error:
        raise KnownError(f"{column.heading}：{error.message}", error.remedy, column.key) from None


def completed(
    register: Register, law: Law, lookup: Lookup, before: Values, values: Mapping[str, Value | None]
) -> dict[str, Value]:
    """As `settled`, with what the register fills in from elsewhere at this moment."""
    kept = {key: value for key, value in values.items() if value is not None}
    return settled(register, kept | dict(register.fill(law, lookup, before, kept)))


def settled(register: Register, values: Mapping[str, Value | None]) -> dict[str, Value]:
    """Values with those derived from them, empty ones left out."""
    kept = {key: value for key, value in values.items() if value is not None}
    every = kept | dict(register.derive(kept))
    return {key: value for key, value in every.items() if value is not None}


def check(made: Check) -> None:
    """Everything that may refuse an entry: what is required, what must be unique, the register's own rules.

    Raises:
        KnownError: `field` is the column.
    """
    for column in made.register.columns:
        value = made.after.get(column.key)
        if column.required and value is None:
            raise KnownError(f"没有填{column.heading}", f"请填写{column.heading}后再登记", column.key)
        if column.unique and value is not None and made.changed(column.key):
            taken = made.same(column.key, column.kind.key(value, made.lookup))
            if taken:
                said = column.kind.text(value, made.lookup)
                raise KnownError(
                    f"{column.heading} {said} 已用在 {taken[0].number}", "请核对，或先更正那一条", column.key
                )
    made.register.check(made)


def known_entry(session: Session, entry_id: str, expected: int | None = None) -> tuple[Register, Present]:
    """An entry of any register.

    Raises:
        KnownError: There is none, or it has changed since a screen showed version `expected`.
    """
    row = session.scalars(select(RegisterEntry).where(RegisterEntry.entry_id == entry_id)).one_or_none()
    if row is None:
        raise KnownError("没有这条记录", "请在列表里重新选择")
    if expected is not None and row.version != expected:
        raise KnownError(f"{row.number} 刚被改过", "已为你刷新，请看过再操作")
    entry = present(entry_id, facts_of(session, [entry_id])[entry_id])
    return register_of(row.register), replace(entry, values=projecting.values_of(row.content))


def standing_entry(session: Session, entry_id: str, expected: int | None = None) -> tuple[Register, Present]:
    """As `known_entry`, and it was not withdrawn."""
    register, entry = known_entry(session, entry_id, expected)
    if not entry.standing:
        raise KnownError(f"{entry.number} 已作废", "要再用它，请先恢复")
    return register, entry


def change(job: Job, entry_id: str, values: Mapping[str, Value | None], action: str, reason: str) -> Changes:
    """Change an entry because of something entered elsewhere, in the same transaction. The rules apply.

    Raises:
        KnownError: It does not stand, or a rule refuses.
    """
    register, entry = standing_entry(job.session, entry_id)
    return _change(job, register, entry, lookup_for(job.session, job.now), action, values, reason, "")


def entry_number(job: Job, register: Register) -> str:
    """The next number of a register at this desk, taken for good."""
    return entry_numbers(job, register, 1).number(0)


def entry_numbers(job: Job, register: Register, count: int) -> Numbering:
    """The next numbers of a register at this desk, all of them taken for good."""
    desk = job.work.stamp.desk
    numbers = next_numbers(job.session, f"register.{register.key}:{desk}", count)
    return Numbering(f"{desk}-{register.code}", numbers.start)


def _change(
    job: Job,
    register: Register,
    entry: Present,
    lookup: Lookup,
    action: str,
    values: Mapping[str, Value | None],
    reason: str,
    message: str,
    secrets: Mapping[str, str] = MappingProxyType({}),
) -> Changes:
    after = completed(register, job.law, lookup, entry.values, {**entry.values, **values})
    before = {key: entry.values.get(key) for key in {*entry.values, *after}}
    changes = {key: [before[key], after.get(key)] for key in sorted(before) if before[key] != after.get(key)}
    check(Check(job.session, job.law, lookup, register, entry.entry_id, action, entry.values, after))
    # What is hidden of a secret may be all that differs.
    if not changes and not secrets:
        raise KnownError("没有任何改动", "改了内容再保存，或按 Esc 离开")
    subject = f"{projecting.PREFIX}{register.key}"
    payload = {"action": action, "changes": changes, "reason": reason}
    fact_id = job.work.append_desk_fact(subject, entry.entry_id, projecting.AMENDED, payload)
    written = Written(register, entry.entry_id, entry.number, action, entry.values, after, secrets)
    said = message.format(_called(register, entry.number, after))
    return _finish(job, written, lookup, said, fact_id)


def _stand(job: Job, register: Register, entry: Present, kind: str, reason: str, word: str) -> Changes:
    if not reason.strip():
        raise KnownError(f"没有写{word}的原因", "请写明原因，它会和记录一起保留", "reason")
    subject = f"{projecting.PREFIX}{register.key}"
    fact_id = job.work.append_desk_fact(subject, entry.entry_id, kind, {"reason": reason.strip()})
    lookup = lookup_for(job.session, job.now)
    _project_again(job, register, entry.entry_id, lookup)
    message = f"{_called(register, entry.number, entry.values)} 已{word}"
    step = WITHDRAW if kind == projecting.WITHDRAWN else RESTORE
    written = Written(register, entry.entry_id, entry.number, step, entry.values, entry.values)
    return _told(written, register.stands(job, written), message, fact_id)


def _finish(job: Job, written: Written, lookup: Lookup, message: str, fact_id: str) -> Changes:
    register = written.register
    _project_again(job, register, written.entry_id, lookup)
    return _told(written, register.follow(job, written), message, fact_id)


def _told(written: Written, other: Changes, message: str, fact_id: str) -> Changes:
    """What was written and what followed from it, as one."""
    register = written.register
    undo = None if register.follows else UndoTicket(message, RevertEntry(written.entry_id, fact_id))
    return replace(
        other,
        registers=other.registers | {register.key},
        message=f"{message}，{other.message}" if other.message else message,
        undo=undo,
        created=written.entry_id,
    )


def _project_again(job: Job, register: Register, entry_id: str, lookup: Lookup) -> Present:
    entry = present(entry_id, facts_of(job.session, [entry_id])[entry_id])
    entry = replace(entry, values=settled(register, entry.values))
    project(job.session, register, entry, lookup)
    return entry


def _secrets(register: Register, typed: Mapping[str, str]) -> Mapping[str, str]:
    """What was typed in full where only a part is kept."""
    return {
        column.key: text
        for column in register.columns
        if column.secret and (text := typed.get(column.key, "").strip()) and HIDDEN not in text
    }


def _called(register: Register, number: str, values: Values) -> str:
    name = values.get(register.naming)
    return f"{number} {name}" if isinstance(name, str) and name else number


def rebuild_registers(session: Session, now: int) -> None:
    """Make every entry, cell and word anew from the facts alone."""
    projecting.clear(session)
    for register in pointed_at_first():
        lookup = lookup_for(session, now)
        subject = f"{projecting.PREFIX}{register.key}"
        entered = select(DeskEvent.subject_id).where(
            DeskEvent.subject == subject, DeskEvent.kind == projecting.ENTERED
        )
        ids = session.scalars(entered.order_by(DeskEvent.seq)).all()
        for start in range(0, len(ids), AT_ONCE):
            facts = facts_of(session, ids[start : start + AT_ONCE])
            entries = (present(entry_id, own) for entry_id, own in facts.items())
            some = [replace(entry, values=settled(register, entry.values)) for entry in entries]
            if some:
                projecting.project_new(session, register, some, lookup)


def rules_hold(session: Session, law: Law, register: Register, typed: Mapping[str, str], now: int) -> Values:
    """The values an entry would have; nothing is written. Raises KnownError as `add` does."""
    lookup = lookup_for(session, now)
    after = completed(register, law, lookup, {}, read_typed(register, typed, lookup))
    check(Check(session, law, lookup, register, "", ENTER, {}, after))
    return after
