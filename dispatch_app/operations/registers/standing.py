"""Reading what stands in a register, for rules that look at other entries than the one being written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.register import NUMBER, Span


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that was not withdrawn."""

    entry_id: str
    number: str
    values: Values


def within(session: Session, register: str, *spans: Span) -> list[Standing]:
    """Standing entries of a register for which every span holds, in the order they were entered."""
    cell = RegisterCell
    chosen = select(RegisterEntry.entry_id, RegisterEntry.number, RegisterEntry.content).join(
        cell, cell.id == RegisterEntry.id
    )
    chosen = chosen.where(cell.register == register, cell.column == NUMBER)
    for span in spans:
        other = aliased(RegisterCell)
        chosen = chosen.where(
            cell.id.in_(
                select(other.id).where(
                    other.register == register,
                    other.column == span.column,
                    other.key >= span.low,
                    other.key < span.high,
                )
            )
        )
    return _read(session, chosen)


def pointing(session: Session, register: str, column: str, ref: str) -> list[Standing]:
    """Standing entries of a register whose `column` points at `ref`, in the order they were entered."""
    cell = RegisterCell
    chosen = select(RegisterEntry.entry_id, RegisterEntry.number, RegisterEntry.content).join(
        cell, cell.id == RegisterEntry.id
    )
    return _read(session, chosen.where(cell.ref == ref, cell.register == register, cell.column == column))


def values_by_id(session: Session, entry_id: str) -> Values:
    """The values of one entry of any register. Raises NoResultFound for an id there is not."""
    content = select(RegisterEntry.content).where(RegisterEntry.entry_id == entry_id)
    return values_of(session.scalars(content).one())


def values_by_ids(session: Session, entry_ids: Collection[str]) -> dict[str, Values]:
    """Entry id → values, of entries of any register, in one statement."""
    found = session.execute(
        select(RegisterEntry.entry_id, RegisterEntry.content).where(RegisterEntry.entry_id.in_(entry_ids))
    )
    return {row.entry_id: values_of(row.content) for row in found}


def _read(session: Session, chosen: Select[str, str, str]) -> list[Standing]:
    rows = session.execute(chosen.order_by(RegisterEntry.id))
    return [Standing(row.entry_id, row.number, values_of(row.content)) for row in rows]
