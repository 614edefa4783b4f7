"""Entries of all registers, found by what somebody types."""

from __future__ import annotations

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from dispatch_app.models import REGISTER_WORDS, RegisterEntry
from dispatch_app.operations.reading.registers import rows_of
from dispatch_app.operations.register_rows import EntryRow, FoundEntry
from dispatch_app.operations.registers.catalogue import REGISTERS, lookup_for, register_of
from dispatch_app.operations.registers.register import Register
from dispatch_app.operations.search_words import question

_LATEST = text(
    f"SELECT rowid FROM {REGISTER_WORDS} WHERE {REGISTER_WORDS} MATCH :words ORDER BY rowid DESC LIMIT :most"
)


def find(session: Session, now: int, typed: str, limit: int) -> tuple[FoundEntry, ...]:
    """At most `limit` standing entries: those of that very name or number, then the latest that have every
    part typed. Nothing typed finds nothing."""
    words = question(typed)
    if words is None:
        return ()
    lookup = lookup_for(session, now)
    named = [found for key in REGISTERS if (found := lookup.entry_if_any(key, typed))]
    exact = select(RegisterEntry.id).where(RegisterEntry.entry_id.in_(named)).order_by(RegisterEntry.id)
    latest = session.execute(_LATEST, {"words": words, "most": limit}).scalars()
    places = list(dict.fromkeys((*session.scalars(exact), *latest)))[:limit]
    entries = session.scalars(select(RegisterEntry).where(RegisterEntry.id.in_(places))).all()
    rows: dict[int, FoundEntry] = {}
    for key in {entry.register for entry in entries}:
        register = register_of(key)
        of_it = [entry for entry in entries if entry.register == key]
        rows.update((row.id, _found(register, row)) for row in rows_of(session, now, register, of_it))
    return tuple(rows[place] for place in places)


def _found(register: Register, row: EntryRow) -> FoundEntry:
    said = dict(zip((column.key for column in register.columns), row.cells[1:], strict=True))
    name = said.pop(register.naming, "") or row.number
    return FoundEntry(
        register.key, row.entry_id, row.number, name, tuple(one for one in said.values() if one)
    )
