"""Places the contract serves: their zone and their point on the schematic map."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.contract.facts import Zone


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
