"""A device as 接报 and the proposal of a procedure see it: a frozen row of the 设备台账."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dispatch_app.operations.rows import SiteRow


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A standing device.

    Attributes:
        words: What goes into a fault's 设备: the label first, by which the device is found again.
        place: Rack, may be empty.
        state: In Chinese.
        warranty_until: Last day under the maker's warranty; None where it is not known.
        price_fen: What it cost, None where it is not known.
    """

    entry_id: str
    label: str
    words: str
    site_id: str
    site_name: str
    place: str
    state: str
    warranty_until: date | None
    price_fen: int | None
    important: bool


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """What a text in the site field means.

    Attributes:
        sites: Best first; that of the device first of all.
        device: The one whose label the text is, else None.
    """

    sites: tuple[SiteRow, ...]
    device: DeviceRow | None
