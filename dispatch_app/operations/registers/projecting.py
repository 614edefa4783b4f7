"""Keeping what lists read beside the facts of the registers: entries, cells, words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import Session

from dispatch_app.models import REGISTER_WORDS, Base, DeskEvent, RegisterCell, RegisterEntry
from dispatch_app.operations.registers.import_record import finished
from dispatch_app.operations.registers.kinds import (
    EntryOf,
    FaultOf,
    PeopleOf,
    PersonOf,
    SiteOf,
    Value,
    Values,
)
from dispatch_app.operations.registers.lookup import Lookup, natural
from dispatch_app.operations.registers.register import NUMBER, Register
from dispatch_app.operations.search_words import indexed
from dispatch_app.storage.canonical import canonical_json

PREFIX = "register."
"""Subjects of the facts: `register.devices`."""
IMPORT = "import"
"""In the payload of a fact that entered something by an import: its id; `place` is the place in there."""
ENTERED, AMENDED, WITHDRAWN, RESTORED, REVERTED = "entered", "amended", "withdrawn", "restored", "reverted"

_ENTRIES = Base.metadata.tables[RegisterEntry.__tablename__]
_CELLS = Base.metadata.tables[RegisterCell.__tablename__]
_WRITE_WORDS = text(f"INSERT INTO {REGISTER_WORDS} (rowid, ones, twos) VALUES (:id, :ones, :twos)")
_DROP_WORDS = text(f"DELETE FROM {REGISTER_WORDS} WHERE rowid = :id")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class EntryFact:
    """A fact of an entry. `payload`: as it was recorded. `at`, `recorded_at`: epoch seconds UTC."""

    seq: int
    id: str
    kind: str
    at: int
    recorded_at: int
    operator_name: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Present:
    """An entry as its facts tell it. `version`: how many facts; `last`: the last one that counts."""

    id: int
    entry_id: str
    number: str
    version: int
    standing: bool
    values: Values
    last: EntryFact


def values_of(content: str) -> dict[str, Value]:
    """What an entry's `content` holds."""
    found: dict[str, Value] = json.loads(content)
    return found


def present(entry_id: str, facts: Sequence[EntryFact]) -> Present:
    """Fold the facts of one entry, in order of commit, the first of which entered it."""
    taken_back = {fact.payload["of"] for fact in facts if fact.kind == REVERTED}
    values: dict[str, Value] = {}
    standing = True
    last = facts[0]
    for fact in facts:
        if fact.kind == REVERTED or fact.id in taken_back:
            continue
        last = fact
        if fact.kind == ENTERED:
            values = dict(fact.payload["values"])
        elif fact.kind == AMENDED:
            for column, (_, after) in fact.payload["changes"].items():
                values.pop(column, None)
                if after is not None:
                    values[column] = after
        else:
            standing = fact.kind == RESTORED
    if facts[0].id in taken_back:
        standing = False
    return Present(facts[0].seq, entry_id, facts[0].payload["number"], len(facts), standing, values, last)


def facts_of(session: Session, entry_ids: Iterable[str]) -> dict[str, list[EntryFact]]:
    """The facts of some entries, each entry's in order of commit; those of an import that was never finished
    are no entries."""
    found: dict[str, list[EntryFact]] = {}
    wanted = list(entry_ids)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = session.scalars(
            select(DeskEvent)
            .where(
                DeskEvent.subject_id.in_(wanted[start : start + _AT_ONCE]),
                DeskEvent.subject.startswith(PREFIX),
            )
            .order_by(DeskEvent.seq)
        )
        for row in rows:
            found.setdefault(row.subject_id, []).append(entry_fact(row))
    return _counted(session, found)


def _counted(session: Session, found: dict[str, list[EntryFact]]) -> dict[str, list[EntryFact]]:
    """Without what does not count, and every entry with its number: an import says it when it is finished."""
    came_by = {entry_id: facts[0].payload.get(IMPORT) for entry_id, facts in found.items()}
    imports = finished(session, {one for one in came_by.values() if one}) if any(came_by.values()) else {}
    for entry_id, one in came_by.items():
        if one in imports:
            said = found[entry_id][0].payload
            said["number"] = imports[one].number(said["place"])
        elif one:
            del found[entry_id]
    return found


def entry_fact(row: DeskEvent) -> EntryFact:
    """A recorded fact, read."""
    return EntryFact(
        row.seq, row.id, row.kind, row.at, row.recorded_at, row.operator_name, json.loads(row.payload)
    )


def project(session: Session, register: Register, entry: Present, lookup: Lookup) -> None:
    """Write one entry's row, cells and words, in the transaction of its facts."""
    known = session.scalar(select(RegisterEntry.id).where(RegisterEntry.id == entry.id)) is not None
    if known:
        values = {
            "version": entry.version,
            "standing": entry.standing,
            "content": canonical_json(entry.values),
        }
        session.execute(update(_ENTRIES).where(_ENTRIES.c.id == entry.id).values(values))
        session.execute(delete(_CELLS).where(_CELLS.c.id == entry.id))
        session.execute(_DROP_WORDS, {"id": entry.id})
        if entry.standing:
            session.execute(insert(_CELLS), cells(register, entry, lookup))
            session.execute(_WRITE_WORDS, _words(register, entry, lookup))
    else:
        project_new(session, register, [entry], lookup)


def project_new(session: Session, register: Register, some: Sequence[Present], lookup: Lookup) -> None:
    """Write entries that have no row yet, one at least."""
    session.execute(
        insert(_ENTRIES),
        [
            {
                "id": entry.id,
                "entry_id": entry.entry_id,
                "register": register.key,
                "number": entry.number,
                "version": entry.version,
                "standing": entry.standing,
                "content": canonical_json(entry.values),
            }
            for entry in some
        ],
    )
    standing = [entry for entry in some if entry.standing]
    if standing:
        learn(register, [entry.values for entry in standing], lookup)
        every = [cell for entry in standing for cell in cells(register, entry, lookup)]
        session.execute(insert(_CELLS), every)
        session.execute(_WRITE_WORDS, [_words(register, entry, lookup) for entry in standing])


def cells(register: Register, entry: Present, lookup: Lookup) -> list[dict[str, object]]:
    """The cells of a standing entry, one for each column, its number first."""
    base = {"register": register.key, "id": entry.id}
    found: list[dict[str, object]] = [base | {"column": NUMBER, "key": natural(entry.number), "ref": ""}]
    for column in register.columns:
        value = entry.values.get(column.key)
        kind = column.kind
        key, ref = ("", "") if value is None else (kind.key(value, lookup), kind.ref(value))
        found.append(base | {"column": column.key, "key": key, "ref": ref})
    return found


def learn(register: Register, some: Iterable[Values], lookup: Lookup) -> None:
    """Let `lookup` read at once what values of these entries point at."""
    every = list(some)
    for kind, read in ((EntryOf, lookup.learn_entries), (FaultOf, lookup.learn_faults)):
        columns = [column.key for column in register.columns if isinstance(column.kind, kind)]
        read(str(values[key]) for values in every for key in columns if key in values)


def rename(session: Session, pointing: Iterable[tuple[str, str]], entry_id: str, name: str) -> None:
    """Order what points at an entry by the name it has now.

    Args:
        pointing: (register, column) that may point at it.
    """
    for register, column in pointing:
        session.execute(
            update(_CELLS)
            .where(_CELLS.c.ref == entry_id, _CELLS.c.register == register, _CELLS.c.column == column)
            .values(key=natural(name))
        )


def clear(session: Session) -> None:
    """Forget every row, cell and word of every register."""
    session.execute(delete(_CELLS))
    session.execute(delete(_ENTRIES))
    session.execute(text(f"DELETE FROM {REGISTER_WORDS}"))


def _words(register: Register, entry: Present, lookup: Lookup) -> dict[str, object]:
    """What an entry is found by: everything it shows, and the pinyin of its places and people."""
    texts = [entry.number]
    for column in register.columns:
        value = entry.values.get(column.key)
        if value is None:
            continue
        texts.append(column.kind.text(value, lookup))
        if isinstance(column.kind, SiteOf) and value in lookup.sites:
            site = lookup.sites[str(value)]
            texts += [site.initials.split(" ")[0], site.pinyin.split(" ")[0]]
        elif isinstance(column.kind, PersonOf):
            texts += lookup.spelled(str(value))
        elif isinstance(column.kind, PeopleOf):
            for one in str(value).split():
                texts += lookup.spelled(one)
    ones, twos = indexed(texts)
    return {"id": entry.id, "ones": ones, "twos": twos}
