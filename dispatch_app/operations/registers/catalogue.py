"""All registers there are. One more is one line here and one module beside."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from dispatch_app.operations.registers.devices import DEVICES
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.outside_repairs import OUTSIDE_REPAIRS
from dispatch_app.operations.registers.register import Register
from dispatch_app.operations.registers.service_cards import SERVICE_CARDS
from dispatch_app.operations.registers.service_items import SERVICE_ITEMS

REGISTERS: Mapping[str, Register] = MappingProxyType(
    {one.key: one for one in (DEVICES, SERVICE_ITEMS, OUTSIDE_REPAIRS, SERVICE_CARDS)}
)
"""By key, in the order pages offer them."""

PAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"devices": ("devices", "service_items", "outside_repairs", "service_cards")}
)
"""Page of the window → keys of the registers that stand on it."""


def register_of(key: str) -> Register:
    """Raises LookupError for a key no register has."""
    return REGISTERS[key]


def page_of(key: str) -> str:
    """The page a register stands on. Raises LookupError if it stands on none."""
    for page, keys in PAGES.items():
        if key in keys:
            return page
    raise LookupError(key)


def lookup_for(session: Session, now: int) -> Lookup:
    """What names mean in a session at a moment (epoch seconds UTC)."""
    return Lookup(session, now, _named)


def _named(key: str) -> tuple[str, str]:
    register = REGISTERS[key]
    return register.naming, register.title
