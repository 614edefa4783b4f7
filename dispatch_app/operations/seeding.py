"""What a new database begins with: the people and the sites of the annexes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.places import RosterMember, SiteEntry
from dispatch_app.contract.terms import Contract
from dispatch_app.models import RegisterEntry, Site, StaffMember
from dispatch_app.operations.pinyin_index import fold, index, merged
from dispatch_app.operations.rows import StaffState
from dispatch_app.storage.unit_of_work import UnitOfWork


def seed(
    work: UnitOfWork, contract: Contract, roster: Sequence[RosterMember], sites: Sequence[SiteEntry]
) -> None:
    """Fill a new database; one that has people already is left as it is."""
    if work.session.scalar(select(StaffMember.id).limit(1)) is not None:
        return
    work.session.add_all(_person(member, work.stamp.now) for member in roster)
    work.session.add_all(_place(entry) for entry in sites)
    payload = {
        "title": contract.title,
        "price": str(contract.price),
        "staff": [member.name for member in roster],
        "sites": len(sites),
    }
    work.append_desk_fact("contract", "terms", "seeded", payload)


def _person(member: RosterMember, now: int) -> StaffMember:
    return StaffMember(
        id=member.id,
        digit=member.digit,
        name=member.name,
        post=member.post,
        role=member.role,
        technician=member.technician,
        call_taker=member.call_taker,
        skills=" ".join(member.skills),
        service_line=member.service_lines[0] if member.service_lines else "",
        mobile="",
        availability=StaffState.STANDBY.value,
        availability_since=now,
    )


def _place(entry: SiteEntry) -> Site:
    names = (entry.name, *entry.aliases)
    indexes = [index(name) for name in names]
    return Site(
        id=entry.id,
        name=entry.name,
        kind=entry.kind.value,
        zone=entry.zone.value,
        street=entry.street,
        longitude=entry.longitude,
        latitude=entry.latitude,
        approximate=entry.approximate,
        initials=merged(*(initials for initials, _ in indexes)),
        # Another name is found by its characters too, and this is where find looks.
        pinyin=merged(*(full for _, full in indexes), *(fold(name) for name in entry.aliases)),
        service_item=entry.service_item or None,
    )


def lacks_service_items(session: Session) -> bool:
    """Whether no item of 附一 was ever entered: a new database, or one from before there were registers."""
    entered = select(RegisterEntry.id).where(RegisterEntry.register == "service_items").limit(1)
    return session.scalar(entered) is None
