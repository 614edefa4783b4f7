"""The form of a round, and the curves of a room's figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import RegisterCell, RegisterEntry, Site
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.kinds import Values, moment_key
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.round_limits import QUANTITIES, bands_in_force
from dispatch_app.operations.registers.round_plans import ITEMS
from dispatch_app.operations.registers.rounds import ROOMS, ROUNDS, devices_at, only_plan, plan_values
from dispatch_app.operations.round_rows import RoundDevice, RoundForm, Trend, TrendPoint
from dispatch_app.operations.settings import chosen_settings


def round_form(session: Session, now: int, plan_id: str, site_id: str) -> RoundForm:
    """What the form of a round of a plan, or of a site without one, begins with.

    Raises:
        KnownError: The plan does not stand, or neither is given.
    """
    lookup = lookup_for(session, now)
    plan = plan_values(session, plan_id)
    if plan_id and not plan:
        raise KnownError("没有这项巡检计划", "请在巡检计划里重新选择")
    site = lookup.sites.get(str(plan.get("site", site_id)))
    if site is None and not plan:
        raise KnownError("没有选机房，也没有选计划", "请选一项计划或一个机房")
    last = next(iter(rounds_at(session, site.id, limit=1)), None) if site is not None else None
    before = {} if last is None else values_of(last.content)
    return RoundForm(
        plan_id=plan_id,
        plan=str(plan.get("name", "")),
        site_id="" if site is None else site.id,
        site="" if site is None else site.name,
        item=ITEMS.get(str(plan.get("item")), ""),
        who=lookup.person_name(str(plan.get("who") or before.get("who", ""))),
        bands=bands_in_force(chosen_settings(session), plan),
        asked=site is not None and site.kind in ROOMS,
        devices=tuple(
            RoundDevice(label, what)
            for label, what in (devices_at(session, site.id) if site is not None else {}).items()
        ),
        before={one.key: str(before[one.key]) for one in QUANTITIES if one.key in before},
    )


def round_sites(session: Session) -> tuple[tuple[str, str], ...]:
    """(id, name) of the sites that have a plan or were ever gone round, by name."""
    named = aliased(RegisterCell)
    ids = set(
        session.scalars(
            select(named.ref)
            .where(named.register.in_((ROUNDS.key, "round_plans")), named.column == "site", named.ref != "")
            .distinct()
        )
    )
    rows = session.execute(select(Site.id, Site.name).where(Site.id.in_(ids)).order_by(Site.name))
    return tuple((row.id, row.name) for row in rows)


def trend(session: Session, now: int, site_id: str, since: int) -> Trend:
    """The rounds of a room from a moment on, with the limits that hold there today."""
    lookup = lookup_for(session, now)
    points = [
        _point(row.entry_id, row.number, values_of(row.content)) for row in rounds_at(session, site_id, since)
    ]
    plan = plan_values(session, only_plan(session, site_id))
    bands = bands_in_force(chosen_settings(session), plan)
    return Trend(site_id, lookup.site_name(site_id), tuple(reversed(points)), bands)


def _point(entry_id: str, number: str, values: Values) -> TrendPoint:
    figures = {one.key: Decimal(str(values[one.key])) for one in QUANTITIES if one.key in values}
    return TrendPoint(int(values["at"]), entry_id, number, figures, str(values.get("breach", "")))


def rounds_at(
    session: Session, site_id: str, since: int = 0, until: int | None = None, limit: int | None = None
) -> Iterator[Row[str, str, str]]:
    """Standing rounds of a site from `since` until before `until` (epoch seconds UTC), the latest first."""
    ends = moment_key(until) if until is not None else "\U0010ffff"
    when, place = aliased(RegisterCell), aliased(RegisterCell)
    yield from session.execute(
        select(RegisterEntry.entry_id, RegisterEntry.number, RegisterEntry.content)
        .join(when, when.id == RegisterEntry.id)
        .join(place, place.id == RegisterEntry.id)
        .where(
            when.register == ROUNDS.key,
            when.column == "at",
            when.key >= moment_key(since),
            when.key < ends,
            place.register == ROUNDS.key,
            place.column == "site",
            place.ref == site_id,
        )
        .order_by(when.key.desc())
        .limit(limit)
    )
