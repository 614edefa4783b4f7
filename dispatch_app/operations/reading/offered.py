"""What a field of a register may be given: people, faults, what stood in it before."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.models import FaultListing, RegisterEntry
from dispatch_app.operations.pinyin_index import fold, index, rank
from dispatch_app.operations.register_rows import Offer
from dispatch_app.operations.registers.kinds import PEOPLE_APART
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.register import Column
from dispatch_app.operations.rows import StaffState

MOST_OFFERS = 50


def people_named(lookup: Lookup, typed: str) -> tuple[Offer, ...]:
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


def faults_named(session: Session, typed: str) -> tuple[Offer, ...]:
    """Faults whose number holds what is typed, the latest first."""
    wanted = typed.strip().upper()
    rows = session.execute(
        select(FaultListing.number, FaultListing.site_name, FaultListing.symptom)
        .where(FaultListing.number.contains(wanted, autoescape=True))
        .order_by(FaultListing.reported_at.desc())
        .limit(MOST_OFFERS)
    )
    return tuple(Offer(row.number, f"{row.site_name} · {row.symptom[:40]}") for row in rows)


def used_before(session: Session, key: str, column: Column, typed: str) -> tuple[Offer, ...]:
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
