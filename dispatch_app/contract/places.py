"""The people, sites and service items of the annexes, parsed from mappings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dispatch_app.contract.facts import Zone
from dispatch_app.contract.terms_table import Table


class PlaceKind(StrEnum):
    """What stands at a site. Boxes, fibre and nodes are the plant of the reading `outlying_plant`."""

    ROOM = "room"
    STREET = "street"
    FIBRE = "fibre"
    BOX = "box"
    NODE = "node"
    SERVICE = "service"
    OFFICE = "office"


PLANT = frozenset({PlaceKind.FIBRE, PlaceKind.BOX, PlaceKind.NODE})


@dataclass(frozen=True, slots=True)
class RosterMember:
    """One person of 附五.

    Attributes:
        digit: The key that assigns this person; 0 for who is never sent.
        post: 职务, may be empty.
        role: 备注 of the annex, such as 网络工程师.
        service_lines: Telephones of the annex; personal mobiles never stand here.
    """

    id: str
    name: str
    digit: int
    post: str
    role: str
    technician: bool
    call_taker: bool
    service_lines: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """A site as shipped.

    Attributes:
        aliases: Other ways the site is written.
        street: 街道 it stands in, may be empty.
        longitude, latitude: WGS84, None for 待定 or not to be shown.
        approximate: The point is a settlement's, not the site's own.
        pending: 待定: to be placed by hand.
        service_item: Number in 附一, 0 for none.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: PlaceKind
    zone: Zone
    street: str
    longitude: float | None
    latitude: float | None
    approximate: bool
    pending: bool
    service_item: int

    @property
    def plant(self) -> bool:
        """Whether this is an outdoor box, fibre or wireless node."""
        return self.kind in PLANT


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One of the fourteen items of 附一, under the contract's own number."""

    number: int
    title: str


def parse_roster(mapping: Mapping[str, Any], file: str) -> tuple[RosterMember, ...]:
    """The people from `roster.toml`, in its order.

    Raises:
        TermsFileError: A key is missing, unknown or of the wrong kind, or an id or digit stands twice.
    """
    table = Table(mapping, file)
    entries = table.tables("member")
    table.finish()
    members = tuple(_member(entry) for entry in entries)
    _once(entries, "id", (member.id for member in members))
    _once(entries, "digit", (member.digit or -place for place, member in enumerate(members, start=1)))
    return members


def parse_sites(mapping: Mapping[str, Any], file: str) -> tuple[SiteEntry, ...]:
    """The sites from `sites.toml`, in its order.

    Raises:
        TermsFileError: As for the roster; also a name or alias that two sites share, or half a position.
    """
    table = Table(mapping, file)
    entries = table.tables("site")
    table.finish()
    sites = tuple(_site(entry) for entry in entries)
    _once(entries, "id", (site.id for site in sites))
    owners: dict[str, str] = {}
    for entry, site in zip(entries, sites, strict=True):
        for name in (site.name, *site.aliases):
            if owners.setdefault(name, site.id) != site.id:
                raise entry.error("name", f"的“{name}”已属于 {owners[name]}", "改一个不重复的名称或别名")
    return sites


def parse_service_items(mapping: Mapping[str, Any], file: str) -> tuple[ServiceItem, ...]:
    """The service items from `service_items.toml`.

    Raises:
        TermsFileError: A key is missing, unknown or of the wrong kind, or a number stands twice.
    """
    table = Table(mapping, file)
    entries = table.tables("item")
    table.finish()
    items = tuple(ServiceItem(entry.whole("number"), entry.text("title")) for entry in entries)
    for entry in entries:
        entry.finish()
    _once(entries, "number", (item.number for item in items))
    return items


def _member(entry: Table) -> RosterMember:
    call_taker = entry.flag("call_taker")
    member = RosterMember(
        id=entry.text("id"),
        name=entry.text("name"),
        digit=0 if call_taker else entry.whole("digit"),
        post=entry.text("post", ""),
        role=entry.text("role"),
        technician=entry.flag("technician"),
        call_taker=call_taker,
        service_lines=entry.texts("service_lines"),
        skills=entry.texts("skills"),
    )
    entry.finish()
    return member


def _site(entry: Table) -> SiteEntry:
    longitude, latitude = entry.number("longitude", 73.0, 136.0), entry.number("latitude", 3.0, 54.0)
    if (longitude is None) != (latitude is None):
        raise entry.error("longitude", "与 latitude 只填了一个", "两个都填，或都删去表示待定")
    site = SiteEntry(
        id=entry.text("id"),
        name=entry.text("name"),
        aliases=entry.texts("aliases"),
        kind=PlaceKind(entry.choice("kind", list(PlaceKind))),
        zone=Zone(entry.choice("zone", list(Zone))),
        street=entry.text("street", ""),
        longitude=longitude,
        latitude=latitude,
        approximate=entry.flag("approximate"),
        pending=entry.flag("pending"),
        service_item=entry.whole("service_item") if entry.has("service_item") else 0,
    )
    entry.finish()
    return site


def _once(entries: Iterable[Table], key: str, values: Iterable[object]) -> None:
    seen: set[object] = set()
    for entry, value in zip(entries, values, strict=True):
        if value in seen:
            raise entry.error(key, f"的值 {value} 重复", "每一条都要不同")
        seen.add(value)
