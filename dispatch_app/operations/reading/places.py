"""Sites with the faults open at them, and finding one by what somebody types."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dispatch_app.contract.facts import Zone
from dispatch_app.models import Fault, Site
from dispatch_app.operations.pinyin_index import fold, rank
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import SiteKind, SiteRow


def site_rows(view: View) -> tuple[SiteRow, ...]:
    """Every site by its service item and name."""
    sites = view.session.scalars(select(Site).order_by(Site.service_item.is_(None), Site.service_item)).all()
    return _rows(view, sites)


def find_sites(view: View, text: str, limit: int) -> tuple[SiteRow, ...]:
    """Sites that `text` names, best first: a prefix before a fragment, the name before its pinyin, sites
    with open faults before others. Nothing typed finds nothing."""
    wanted = fold(text)
    if not wanted:
        return ()
    ranked = []
    for row in site_rows(view):
        order = rank(wanted, row.name, row.initials, row.pinyin)
        if order is not None:
            ranked.append((order, not row.open_faults, len(row.name), row.name, row))
    ranked.sort(key=lambda entry: entry[:4])
    return tuple(entry[4] for entry in ranked[:limit])


def _rows(view: View, sites: Sequence[Site]) -> tuple[SiteRow, ...]:
    faults: dict[str, tuple[tuple[str, str, str], ...]] = {}
    open_now = select(Fault.site_id, Fault.id, Fault.number, Fault.symptom).where(Fault.open)
    for row in view.session.execute(open_now.order_by(Fault.reported_at)):
        faults[row.site_id] = (*faults.get(row.site_id, ()), (row.id, row.number, row.symptom))
    return tuple(
        SiteRow(
            id=site.id,
            name=site.name,
            kind=SiteKind(site.kind),
            zone=Zone(site.zone),
            street=site.street,
            longitude=site.longitude,
            latitude=site.latitude,
            approximate=site.approximate,
            initials=site.initials,
            pinyin=site.pinyin,
            open_faults=faults.get(site.id, ()),
        )
        for site in sites
    )
