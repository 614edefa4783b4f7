"""All registers there are. One more is one line here and one module beside."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.orm import Session

from dispatch_app.operations.registers.addresses import ADDRESSES
from dispatch_app.operations.registers.backups import BACKUP_SYSTEMS, BACKUPS
from dispatch_app.operations.registers.changes_approval import CHANGES_APPROVAL
from dispatch_app.operations.registers.devices import DEVICES
from dispatch_app.operations.registers.documents_out import DOCUMENTS_OUT
from dispatch_app.operations.registers.incidents import INCIDENTS
from dispatch_app.operations.registers.invoices import INVOICES
from dispatch_app.operations.registers.kinds import EntryOf
from dispatch_app.operations.registers.leaves import LEAVES
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.media import MEDIA
from dispatch_app.operations.registers.media_uses import MEDIA_USES
from dispatch_app.operations.registers.networks import NETWORKS
from dispatch_app.operations.registers.outside_repairs import OUTSIDE_REPAIRS
from dispatch_app.operations.registers.qualifications import QUALIFICATIONS
from dispatch_app.operations.registers.register import Register
from dispatch_app.operations.registers.renewals import RENEWALS
from dispatch_app.operations.registers.round_plans import ROUND_PLANS
from dispatch_app.operations.registers.rounds import ROUNDS
from dispatch_app.operations.registers.service_cards import SERVICE_CARDS
from dispatch_app.operations.registers.service_items import SERVICE_ITEMS
from dispatch_app.operations.registers.software_checks import SOFTWARE_CHECKS
from dispatch_app.operations.registers.spare_receipts import SPARE_RECEIPTS
from dispatch_app.operations.registers.spare_uses import SPARE_USES
from dispatch_app.operations.registers.spares import SPARES
from dispatch_app.operations.registers.staff_changes import STAFF_CHANGES
from dispatch_app.operations.registers.trainings import TRAININGS
from dispatch_app.operations.registers.visits import VISITS

_ALL = (
    DEVICES,
    SERVICE_ITEMS,
    OUTSIDE_REPAIRS,
    SERVICE_CARDS,
    NETWORKS,
    ADDRESSES,
    ROUNDS,
    ROUND_PLANS,
    BACKUPS,
    BACKUP_SYSTEMS,
    SOFTWARE_CHECKS,
    STAFF_CHANGES,
    QUALIFICATIONS,
    TRAININGS,
    LEAVES,
    VISITS,
    CHANGES_APPROVAL,
    DOCUMENTS_OUT,
    MEDIA,
    MEDIA_USES,
    SPARES,
    SPARE_USES,
    SPARE_RECEIPTS,
    INCIDENTS,
    INVOICES,
    RENEWALS,
)
REGISTERS: Mapping[str, Register] = MappingProxyType({one.key: one for one in _ALL})
"""By key, in the order pages offer them."""


def register_of(key: str) -> Register:
    """Raises LookupError for a key no register has."""
    return REGISTERS[key]


def pointed_at_first() -> tuple[Register, ...]:
    """All registers, each after those it points at: its entries are ordered by the names of theirs."""
    found: list[Register] = []
    begun: set[str] = set()

    def take(register: Register) -> None:
        if register.key in begun:
            return
        begun.add(register.key)
        for column in register.columns:
            if isinstance(column.kind, EntryOf):
                take(REGISTERS[column.kind.register])
        found.append(register)

    for register in REGISTERS.values():
        take(register)
    return tuple(found)


def pointing_at(key: str) -> tuple[tuple[str, str], ...]:
    """(register, column) of every column that points at entries of a register."""
    return tuple(
        (register.key, column.key)
        for register in REGISTERS.values()
        for column in register.columns
        if isinstance(column.kind, EntryOf) and column.kind.register == key
    )


def lookup_for(session: Session, now: int) -> Lookup:
    """What names mean in a session at a moment (epoch seconds UTC)."""
    return Lookup(session, now, _named)


def _named(key: str) -> tuple[str, str]:
    register = REGISTERS[key]
    return register.naming, register.title
