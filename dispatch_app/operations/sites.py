"""Places the contract serves: their zone and their point on the schematic map."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Amended, FactKind, Zone
from dispatch_app.models import Fault, Site
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.pinyin_index import fold, index, merged
from dispatch_app.operations.projection import append
from dispatch_app.operations.rows import SiteKind
from dispatch_app.operations.words import ZONE_WORDS

WORLD = (-180.0, 180.0, -90.0, 90.0)


@dataclass(frozen=True, slots=True)
class PlaceSite:
    """Put a site at a point, WGS84 degrees. Recorded with who and when."""

    site_id: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class AmendSite:
    """Rename a site or correct its zone; open faults there are assessed again with the new zone."""

    site_id: str
    name: str
    zone: Zone
    reason: str


@dataclass(frozen=True, slots=True)
class AddSite:
    name: str
    kind: str
    zone: Zone
    street: str = ""


def site(job: Job, site_id: str) -> Site:
    """The site of that id.

    Raises:
        KnownError: There is none; `field` is "site".
    """
    found = job.session.get(Site, site_id)
    if found is None:
        raise KnownError("没有选定站点", "请输入站点名称的拼音首字母或任意片段，再从列表里选择", "site")
    return found


def place_site(job: Job, command: PlaceSite) -> Changes:
    """Move the site; its position is no longer an approximation."""
    place = site(job, command.site_id)
    west, east, south, north = WORLD
    if not (west <= command.longitude <= east and south <= command.latitude <= north):
        raise KnownError("这个位置不在地图上", "请把站点放在站点图的范围内")
    payload = {
        "before": [place.longitude, place.latitude],
        "after": [command.longitude, command.latitude],
    }
    job.work.append_desk_fact("site", place.id, "placed", payload)
    place.longitude, place.latitude = command.longitude, command.latitude
    place.approximate = False
    return Changes(sites=frozenset({place.id}), message=f"{place.name} 的位置已更新")


def amend_site(job: Job, command: AmendSite) -> Changes:
    """Rename or rezone; a new zone is written to every open fault there as a fact of its own."""
    place = site(job, command.site_id)
    name = _free_name(job, command.name, place)
    if (name, command.zone) == (place.name, place.zone):
        return Changes()
    if not command.reason.strip():
        raise KnownError("改站点须写明原因", "请填写原因，例如「局方 2024 年 11 月确认在市区外」", "reason")
    payload = {
        "before": {"name": place.name, "zone": place.zone},
        "after": {"name": name, "zone": command.zone.value},
        "reason": command.reason,
    }
    job.work.append_desk_fact("site", place.id, "amended", payload)
    touched = _rezone(job, place, command) if place.zone != command.zone else frozenset()
    if name != place.name:
        # People go on typing the old name: it stays a way of finding the site.
        initials, pinyin = index(name)
        place.initials = merged(initials, place.initials)
        place.pinyin = merged(pinyin, place.pinyin, fold(place.name))
    place.name, place.zone = name, command.zone.value
    return Changes(
        sites=frozenset({place.id}),
        faults=touched,
        message=f"{name} 已更正" + (f"，{len(touched)} 件在办故障按新区域重算" if touched else ""),
    )


def _rezone(job: Job, place: Site, command: AmendSite) -> frozenset[str]:
    """Replay the zone of the site's open faults that still carry its old zone."""
    open_here = job.session.scalars(
        select(Fault).where(Fault.open, Fault.site_id == place.id, Fault.zone == place.zone)
    ).all()
    for fault in open_here:
        detail = Amended("zone", fault.zone, command.zone.value, command.reason)
        append(job, fault.id, [(FactKind.AMENDED, job.now, detail)])
    return frozenset(fault.id for fault in open_here)


def add_site(job: Job, command: AddSite) -> Changes:
    """A new place; `Changes.created` is its id."""
    if command.kind not in set(SiteKind):
        raise KnownError("没有这种站点类别", "请从类别列表里选择", "kind")
    name = _free_name(job, command.name, None)
    initials, pinyin = index(name)
    place = Site(
        id=str(uuid4()),
        name=name,
        kind=command.kind,
        zone=command.zone.value,
        street=command.street.strip(),
        longitude=None,
        latitude=None,
        approximate=True,
        initials=initials,
        pinyin=pinyin,
        service_item=None,
    )
    job.session.add(place)
    job.work.append_desk_fact(
        "site",
        place.id,
        "added",
        {"name": name, "kind": place.kind, "zone": place.zone, "street": place.street},
    )
    zone = ZONE_WORDS[command.zone]
    return Changes(sites=frozenset({place.id}), created=place.id, message=f"已添加站点 {name}（{zone}）")


def _free_name(job: Job, name: str, own: Site | None) -> str:
    wanted = name.strip()
    if not wanted:
        raise KnownError("站点没有名称", "请填写站点名称", "name")
    other = job.session.scalar(select(Site).where(Site.name == wanted))
    if other is not None and other is not own:
        raise KnownError(f"已有站点叫「{wanted}」", "请换一个名称，或直接使用已有站点", "name")
    return wanted
