"""How full the networks are, and what is free in one."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.network_rows import NetworkUse
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.network_kinds import address_key
from dispatch_app.operations.registers.networks import (
    ADDRESSES,
    KEY,
    KINDS,
    KnownNetwork,
    first_free,
    networks,
)

MOST_FREE = 20


def uses(session: Session, now: int) -> tuple[NetworkUse, ...]:
    """Every standing network, in the order of its numbers; three statements however many there are."""
    lookup = lookup_for(session, now)
    counted = (
        select(RegisterCell.ref, func.count().label("count"))
        .where(RegisterCell.register == ADDRESSES, RegisterCell.column == "network", RegisterCell.ref != "")
        .group_by(RegisterCell.ref)
    )
    given_out: dict[str, int] = {row["ref"]: row["count"] for row in session.execute(counted).mappings()}
    numbers = select(RegisterEntry.entry_id, RegisterEntry.number).where(RegisterEntry.register == KEY)
    number = {row.entry_id: row.number for row in session.execute(numbers)}
    known = sorted(networks(lookup).values(), key=_place)
    return tuple(
        NetworkUse(
            one.id,
            number[one.id],
            one.name,
            str(one.network),
            KINDS[one.kind],
            one.size,
            given_out.get(one.id, 0) + (one.gateway is not None),
        )
        for one in known
    )


def _place(one: KnownNetwork) -> tuple[str, int, str]:
    return address_key(one.network.network_address), one.network.prefixlen, one.kind


def free(session: Session, now: int, entry_id: str) -> tuple[str, ...]:
    """The first twenty free addresses of a network. Raises KnownError if it does not stand."""
    lookup = lookup_for(session, now)
    one = networks(lookup).get(entry_id)
    if one is None:
        raise KnownError("没有这个网段", "可能已作废，请刷新后再看")
    return tuple(map(str, first_free(lookup, one, MOST_FREE)))
