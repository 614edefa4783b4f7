"""What a field of a register's form may be given for what has been typed so far."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.models import FaultListing, RegisterEntry
from dispatch_app.operations.pinyin_index import fold, index, rank
from dispatch_app.operations.reading.registers import page
from dispatch_app.operations.register_rows import Offer, RegisterFilter, RegisterSort
from dispatch_app.operations.registers.catalogue import lookup_for, register_of
from dispatch_app.operations.registers.kinds import (
    PEOPLE_APART,
    Choice,
    EntryOf,
    FaultOf,
    Flag,
    PeopleOf,
    PersonOf,
    SiteOf,
    Text,
)
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.register import Column
from dispatch_app.operations.rows import StaffState

MOST_OFFERS = 50


def offers(session: Session, now: int, key: str, column_key: str, typed: str) -> tuple[Offer, ...]:
    """What a field may be given for what has been typed so far, at most `MOST_OFFERS`, best first.

    Raises:
        LookupError: The register has no such column.
    """
    column = register_of(key).column(column_key)
    lookup = lookup_for(session, now)
    kind = column.kind
    if column.offered is not None:
        return tuple(Offer(*offer) for offer in column.offered(lookup, typed))[:MOST_OFFERS]
    if isinstance(kind, Choice):
        return tuple(Offer(word) for word in kind.words.values())
    if isinstance(kind, Flag):
        return (Offer("是"), Offer("否"))
    if isinstance(kind, SiteOf):
        ranked = [
            (found, site.name)
            for site in lookup.sites.values()
            if (found := rank(fold(typed), site.name, site.initials, site.pinyin)) is not None
        ]
        return tuple(Offer(name) for _, name in sorted(ranked)[:MOST_OFFERS])
    if isinstance(kind, PersonOf):
        there = [one for one in lookup.people.values() if one.availability != StaffState.LEFT]
        return tuple(Offer(one.name, one.role) for one in sorted(there, key=lambda one: one.digit))
    if isinstance(kind, PeopleOf):
        return _people_named(lookup, typed)
    if isinstance(kind, EntryOf):
        return _entries_named(session, now, kind.register, typed)
    if isinstance(kind, FaultOf):
        return _faults_named(session, typed)
    if isinstance(kind, Text) and not kind.lines and not column.unique:
        return _used_before(session, key, column, typed)
    return ()


def entry_by_name(session: Session, now: int, key: str, typed: str) -> str:
    """Id of the standing entry of that name or number. Raises KnownError if there is none."""
    return lookup_for(session, now).find_entry(key, typed)


def _people_named(lookup: Lookup, typed: str) -> tuple[Offer, ...]:
    """One more person after those already named; the last fragment typed says which."""
    *named, last = typed.replace("，", PEOPLE_APART).replace(",", PEOPLE_APART).split(PEOPLE_APART)
    before = [name.strip() for name in named]
    ranked = [
        (found, person.digit or 10, person)
        for person in lookup.people.values()
        if person.availability != StaffState.LEFT and person.name not in before
        if (found := rank(fold(last), person.name, *lookup.spelled(person.id))) is not None
    ]
    return tuple(
        Offer(PEOPLE_APART.join([*before, person.name]), person.role)
        for _, _, person in sorted(ranked, key=lambda one: one[:2])
    )


def _entries_named(session: Session, now: int, key: str, typed: str) -> tuple[Offer, ...]:
    register = register_of(key)
    found = page(session, now, key, RegisterFilter(typed), RegisterSort(), size=MOST_OFFERS).rows
    place = 1 + next((n for n, one in enumerate(register.columns) if one.key == register.naming), -1)
    return tuple(
        Offer(
            row.cells[place], " · ".join(cell for cell in row.cells[1:7] if cell and cell != row.cells[place])
        )
        for row in found
    )


def _faults_named(session: Session, typed: str) -> tuple[Offer, ...]:
    wanted = typed.strip().upper()
    rows = session.execute(
        select(FaultListing.number, FaultListing.site_name, FaultListing.symptom)
        .where(FaultListing.number.contains(wanted, autoescape=True))
        .order_by(FaultListing.reported_at.desc())
        .limit(MOST_OFFERS)
    )
    return tuple(Offer(row.number, f"{row.site_name} · {row.symptom[:40]}") for row in rows)


def _used_before(session: Session, key: str, column: Column, typed: str) -> tuple[Offer, ...]:
    """What was written in this column before and goes on from what is typed, by letters or pinyin initials,
    the latest first: most of it comes again."""
    contents = session.scalars(
        select(RegisterEntry.content)
        .where(RegisterEntry.register == key, RegisterEntry.standing)
        .order_by(RegisterEntry.id.desc())
        .limit(400)
    )
    texts = (str(value) for one in contents if (value := values_of(one).get(column.key)))
    wanted = fold(typed)
    found = [one for one in dict.fromkeys(texts) if not wanted or rank(wanted, one, *index(one)) is not None]
    return tuple(Offer(one) for one in found[:MOST_OFFERS])
