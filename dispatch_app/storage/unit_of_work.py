"""One command, one transaction: facts onto their chains, projections beside them, a line in the log."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import DeclarativeBase, Session

from dispatch_app.contract.facts import Detail, Fact, FactKind
from dispatch_app.models import ChangeLog, DeskEvent, FaultEvent
from dispatch_app.storage.canonical import canonical_json
from dispatch_app.storage.chain import chain_head, row_hash
from dispatch_app.storage.fact_json import detail_to_json


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acts, at which desk, and when (`now`: epoch seconds UTC)."""

    operator: str
    operator_name: str
    desk: str
    now: int


class UnitOfWork:
    """What an operation writes through while its transaction is open. `Database.unit_of_work` makes it.

    Attributes:
        session: For projections and everything that is not a fact.
    """

    def __init__(self, session: Session, stamp: Stamp) -> None:
        self.session = session
        self.stamp = stamp

    def append_fault_fact(self, fault_id: str, kind: FactKind, at: int, detail: Detail) -> Fact:
        """Records that something happened to a fault at `at` (epoch seconds UTC).

        Raises:
            TypeError: The detail is not the one this kind of fact has.
        """
        recorded = self._append(
            FaultEvent, fault_id=fault_id, kind=kind.value, at=at, detail=detail_to_json(kind, detail)
        )
        return Fact(recorded["id"], kind, at, self.stamp.now, detail)

    def append_desk_fact(
        self, subject: str, subject_id: str, kind: str, payload: Mapping[str, Any], at: int | None = None
    ) -> str:
        """Records what happened to anything but a fault: staff, site, reading, setting, contract, document,
        print, export.

        Args:
            payload: What JSON can hold; money as text.
            at: When it happened, epoch seconds UTC; now if None.

        Returns:
            The id of the record.
        """
        recorded = self._append(
            DeskEvent,
            subject=subject,
            subject_id=subject_id,
            kind=kind,
            at=self.stamp.now if at is None else at,
            payload=canonical_json(payload),
        )
        return str(recorded["id"])

    def log_change(self, command: str, touched: Mapping[str, Iterable[str]]) -> None:
        """One line saying what this transaction touched: subject → ids."""
        lists = {subject: sorted(ids) for subject, ids in touched.items()}
        self.session.add(
            ChangeLog(
                at=self.stamp.now,
                command=command,
                operator=self.stamp.operator,
                touched=canonical_json(lists),
            )
        )

    def _append(self, table: type[DeclarativeBase], **columns: Any) -> dict[str, Any]:
        last, previous = chain_head(self.session, table.__tablename__)
        row = columns | {
            "seq": last + 1,
            "id": str(_event_id(self.stamp.now, last + 1)),
            "recorded_at": self.stamp.now,
            "operator": self.stamp.operator,
            "operator_name": self.stamp.operator_name,
            "desk": self.stamp.desk,
            "prev_hash": previous,
        }
        row["hash"] = row_hash(row)
        self.session.execute(insert(table.__table__), row)  # type: ignore[arg-type]  # a Table, declared wider
        return row


def _event_id(now: int, seq: int) -> UUID:
    """A UUID of version 7 whose counter is the place in the chain.

    Facts are ordered by (`at`, `recorded_at`, id): of two typed in the same second, the one typed first
    must come first.
    """
    head = (now * 1000) << 16 | 0x7 << 12 | (seq >> 30) & 0xFFF
    tail = 0b10 << 62 | (seq & 0x3FFFFFFF) << 32 | secrets.randbits(32)
    return UUID(int=head << 64 | tail)
