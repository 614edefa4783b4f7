"""Devices of the 设备台账 as 接报 asks for them: by the label on the device, or by the site it stands at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.money import to_yuan
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.device_rows import DeviceRow, PlaceFound
from dispatch_app.operations.procedure import Findings
from dispatch_app.operations.reading import places, registers
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.devices import DEVICES, KINDS, STATES
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.lookup import Lookup, natural
from dispatch_app.operations.registers.projecting import values_of

MOST = 8
"""Devices offered at a time."""


def device_by_label(session: Session, now: int, label: str) -> DeviceRow | None:
    """The device that bears this label, whatever the case or width of its letters."""
    wanted = label.strip()
    if not wanted:
        return None
    row = session.execute(
        select(RegisterEntry.entry_id, RegisterEntry.content)
        .join(RegisterCell, RegisterCell.id == RegisterEntry.id)
        .where(
            RegisterCell.register == DEVICES.key,
            RegisterCell.column == "label",
            RegisterCell.key == natural(wanted),
        )
    ).first()
    return None if row is None else _row(lookup_for(session, now), row.entry_id, values_of(row.content))


def device_of(session: Session, now: int, said: str) -> DeviceRow | None:
    """The device a fault's 设备 names: its first word is the label."""
    first = said.split(maxsplit=1)
    return device_by_label(session, now, first[0]) if first else None


def place_found(view: View, text: str, limit: int) -> PlaceFound:
    """The sites a text names, at most `limit`; where it is a label, the site of that device before all."""
    sites = places.find_sites(view, text, limit)
    device = device_by_label(view.session, view.now, text)
    if device is None:
        return PlaceFound(sites, None)
    here = tuple(row for row in places.site_rows(view) if row.id == device.site_id)
    others = tuple(row for row in sites if row.id != device.site_id)
    return PlaceFound((here + others)[:limit], device)


def with_device(view: View, findings: Findings, said: str) -> Findings:
    """The findings with the warranty and the price of the device a fault's 设备 names, if it names one."""
    device = device_of(view.session, view.now, said)
    if device is None:
        return findings
    price = None if device.price_fen is None else to_yuan(device.price_fen)
    return replace(findings, warranty_until=device.warranty_until, device=device.label, price=price)


def devices_at(session: Session, now: int, site_id: str, typed: str) -> tuple[DeviceRow, ...]:
    """Devices at a site in order of their labels, those `typed` finds. An empty `site_id` is any site."""
    wanted = RegisterFilter(typed, refers=("site", site_id) if site_id else None)
    page = registers.page(session, now, DEVICES.key, wanted, RegisterSort("label"), size=MOST)
    return device_rows(session, now, [row.entry_id for row in page.rows])


def device_rows(session: Session, now: int, ids: Sequence[str]) -> tuple[DeviceRow, ...]:
    """These devices in this order; those that do not stand are left out."""
    chosen = select(RegisterEntry.entry_id, RegisterEntry.content).where(
        RegisterEntry.register == DEVICES.key, RegisterEntry.standing, RegisterEntry.entry_id.in_(ids)
    )
    contents = {row.entry_id: values_of(row.content) for row in session.execute(chosen)}
    lookup = lookup_for(session, now)
    return tuple(_row(lookup, entry_id, contents[entry_id]) for entry_id in ids if entry_id in contents)


def _row(lookup: Lookup, entry_id: str, values: Values) -> DeviceRow:
    label, until, price = str(values["label"]), values.get("warranty_until"), values.get("price")
    named = (label, KINDS[str(values["kind"])], values.get("brand"), values.get("model"))
    site_id = str(values["site"])
    return DeviceRow(
        entry_id=entry_id,
        label=label,
        words=" ".join(str(one) for one in named if one),
        site_id=site_id,
        site_name=lookup.site_name(site_id),
        place=str(values.get("rack", "")),
        state=STATES[str(values["state"])],
        warranty_until=None if until is None else date.fromisoformat(str(until)),
        price_fen=None if price is None else int(price),
        important=bool(values["important"]),
    )
