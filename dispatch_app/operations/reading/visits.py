"""Who is in the rooms now, and what the same visitor's last visit was like."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of, start_of
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.register_rows import InsideRow
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.lookup import natural
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.visits import VISITS, inside

AGAIN = ("site", "unit", "people", "purpose", "escort", "items")
"""What a visit shares with the one before it. Its approval is asked for anew: the last one was for then."""


def inside_rows(session: Session, now: int) -> tuple[InsideRow, ...]:
    """Everyone who is in a room, the longest first."""
    lookup = lookup_for(session, now)
    today = start_of(date_of(now))
    found = [
        InsideRow(
            one.entry_id,
            one.number,
            str(one.values["visitor"]),
            str(one.values["unit"]),
            lookup.site_name(str(one.values["site"])),
            int(one.values["people"]),
            lookup.person_name(str(one.values["escort"])),
            int(one.values["came"]),
            int(one.values["came"]) < today,
        )
        for one in inside(session)
    ]
    return tuple(sorted(found, key=lambda row: row.came))


def last_visit(session: Session, now: int, visitor: str) -> dict[str, str]:
    """Column → text as it would be typed, of the latest visit of that name; empty if there was none."""
    cell = RegisterCell
    content = session.scalars(
        select(RegisterEntry.content)
        .join(cell, cell.id == RegisterEntry.id)
        .where(cell.register == VISITS.key, cell.column == "visitor", cell.key == natural(visitor.strip()))
        .order_by(RegisterEntry.id.desc())
        .limit(1)
    ).first()
    if content is None:
        return {}
    lookup = lookup_for(session, now)
    values = values_of(content)
    return {key: VISITS.column(key).kind.text(values[key], lookup) for key in AGAIN if key in values}
