"""Which devices are away for repair, read from 外修监督: what both registers of it have to know."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.projecting import facts_of, values_of

REPAIRS = "outside_repairs"
"""Key of the register 外修监督."""
SEND, RETURN = "sent", "returned"
"""What a change of a device's state is called that follows from 送外修 and from 归还."""


@dataclass(frozen=True, slots=True)
class Away:
    """A standing entry of 外修监督 that has not come back."""

    entry_id: str
    number: str
    values: Values

    @property
    def supervised(self) -> bool:
        """Whether the 系统管理员 is named, and the record (附二(四))."""
        return bool(self.values.get("supervisor") and self.values.get("record"))


def away(session: Session, device_id: str) -> Away | None:
    """The repair a device is away for; None while it is here."""
    rows = session.execute(
        select(RegisterEntry.entry_id, RegisterEntry.number, RegisterEntry.content)
        .join(RegisterCell, RegisterCell.id == RegisterEntry.id)
        .where(
            RegisterCell.ref == device_id,
            RegisterCell.register == REPAIRS,
            RegisterCell.column == "device",
        )
    )
    for row in rows:
        values = values_of(row.content)
        if "returned_at" not in values:
            return Away(row.entry_id, row.number, values)
    return None


def device_values(session: Session, device_id: str) -> Values:
    """What the 设备台账 says of a device, withdrawn ones too."""
    content = session.scalars(select(RegisterEntry.content).where(RegisterEntry.entry_id == device_id)).one()
    return values_of(content)


def state_before(session: Session, device_id: str) -> str:
    """What a device that is away was before; 在用 where it has been away since it was entered."""
    for fact in reversed(facts_of(session, [device_id])[device_id]):
        before, after = fact.payload.get("changes", {}).get("state", ("running", ""))
        if after == "away":
            return str(before)
    return "running"
