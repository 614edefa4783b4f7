"""Which faults belong to a device, and which of a period to an item of 附一 一; by their reports."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_app.models import Fault, Site


def faults_of_device(session: Session, label: str) -> tuple[str, ...]:
    """Ids of the faults whose 设备 begins with this label as a word, in whatever case."""
    said = func.lower(Fault.device)
    wanted = label.lower()
    named = (said == wanted) | said.startswith(f"{wanted} ", autoescape=True)
    return tuple(session.scalars(select(Fault.id).where(named).order_by(Fault.reported_at, Fault.id)))


def faults_of_item(session: Session, number: int, start: int, end: int) -> tuple[str, ...]:
    """Ids of the faults at the sites of an item, first reported in the half-open period (epoch seconds)."""
    chosen = (
        select(Fault.id)
        .join(Site, Site.id == Fault.site_id)
        .where(Site.service_item == number, Fault.reported_at >= start, Fault.reported_at < end)
    )
    return tuple(session.scalars(chosen.order_by(Fault.reported_at, Fault.id)))
