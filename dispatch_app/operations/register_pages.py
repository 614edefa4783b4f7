"""Which register stands on which page. Known at the start, when no register has been imported yet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "devices": (
            "devices",
            "service_items",
            "networks",
            "addresses",
            "outside_repairs",
            "service_cards",
        ),
        "rounds": ("rounds", "round_plans", "backups", "backup_systems", "software_checks"),
        "people": ("staff_changes", "qualifications", "trainings", "leaves"),
        "registers": (
            "visits",
            "changes_approval",
            "documents_out",
            "media",
            "media_uses",
            "spares",
            "spare_uses",
            "spare_receipts",
            "incidents",
            "invoices",
            "renewals",
        ),
    }
)
"""Page of the window → keys of the registers that stand on it."""


DUTIES_OF = frozenset({"rounds", "round_plans", "backups", "backup_systems"})
"""Registers whose changes change what is due."""


def page_of(key: str) -> str:
    """The page a register stands on. Raises LookupError if it stands on none."""
    for page, keys in PAGES.items():
        if key in keys:
            return page
    raise LookupError(key)
