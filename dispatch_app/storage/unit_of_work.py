"""One command, one transaction: facts onto their chains, projections beside them, a line in the log."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from dispatch_app.contract.facts import Detail, Fact, FactKind
from dispatch_app.models import Base, ChangeLog, DeskEvent, FaultEvent
from dispatch_app.storage.canonical import canonical_json
from dispatch_app.storage.chain import chain_head, row_hash
from dispatch_app.storage.fact_json import detail_to_json

NewFaultFact = tuple[str, FactKind, int, Detail]
"""(fault id, kind, at, detail); `at` in epoch seconds UTC."""
NewDeskFact = tuple[str, Mapping[str, Any], int | None]
"""(subject id, payload, at); `at` in epoch seconds UTC, None for now."""

FAULT_EVENTS = Base.metadata.tables[FaultEvent.__tablename__]
DESK_EVENTS = Base.metadata.tables[DeskEvent.__tablename__]
_APPEND = {table.name: insert(table) for table in (FAULT_EVENTS, DESK_EVENTS)}
_LOG_CHANGE = insert(Base.metadata.tables[ChangeLog.__tablename__])


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
        # The transaction has the file for itself: the end of a chain is read once and then kept.
        self._heads: dict[str, tuple[int, str]] = {}

    def append_fault_fact(self, fault_id: str, kind: FactKind, at: int, detail: Detail) -> Fact:
        """Records that something happened to a fault at `at` (epoch seconds UTC).

        Raises:
            TypeError: The detail is not the one this kind of fact has.
        """
        return self.append_fault_facts([(fault_id, kind, at, detail)])[0]

    def append_fault_facts(self, facts: Iterable[NewFaultFact]) -> tuple[Fact, ...]:
        """Records many facts, of one fault or of several, in the order given: one statement.

        Raises:
            TypeError: The detail is not the one that kind of fact has; nothing was recorded then.
        """
        given = list(facts)
        ids = self._append(
            FAULT_EVENTS,
            [
                {"fault_id": fault_id, "kind": kind.value, "at": at, "detail": detail_to_json(kind, detail)}
                for fault_id, kind, at, detail in given
            ],
        )
        return tuple(
            Fact(fact_id, kind, at, self.stamp.now, detail)
            for fact_id, (_, kind, at, detail) in zip(ids, given, strict=True)
        )

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
        return self.append_desk_facts(subject, kind, [(subject_id, payload, at)])[0]

    def append_desk_facts(self, subject: str, kind: str, facts: Iterable[NewDeskFact]) -> tuple[str, ...]:
        """Records the same kind of thing of many subjects, in the order given: one statement.

        Args:
            facts: (subject id, payload, at) of each; `at` as of `append_desk_fact`.

        Returns:
            The ids of the records in that order.
        """
        return self._append(
            DESK_EVENTS,
            [
                {
                    "subject": subject,
                    "subject_id": subject_id,
                    "kind": kind,
                    "at": self.stamp.now if at is None else at,
                    "payload": canonical_json(payload),
                }
                for subject_id, payload, at in facts
            ],
        )

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the transaction that may fail: what it wrote is gone then, and the rest stands."""
        heads = dict(self._heads)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            self._heads = heads
            raise

    def log_change(self, command: str, touched: Mapping[str, Iterable[str]]) -> None:
        """One line saying what this transaction touched: subject → ids."""
        lists = {subject: sorted(ids) for subject, ids in touched.items()}
        self.session.connection().execute(
            _LOG_CHANGE,
            {
                "at": self.stamp.now,
                "command": command,
                "operator": self.stamp.operator,
                "touched": canonical_json(lists),
            },
        )

    def _append(self, table: Table, facts: Sequence[dict[str, Any]]) -> tuple[str, ...]:
        """The ids given to these rows of a chained table."""
        if not facts:
            return ()
        seq, previous = self._heads.get(table.name) or chain_head(self.session, table.name)
        # Out until the rows are in: after a statement that failed halfway the table itself is asked.
        self._heads.pop(table.name, None)
        common = {
            "recorded_at": self.stamp.now,
            "operator": self.stamp.operator,
            "operator_name": self.stamp.operator_name,
            "desk": self.stamp.desk,
        }
        rows = []
        for fact in facts:
            seq += 1
            row = fact | common
            row |= {"seq": seq, "id": str(_event_id(self.stamp.now, seq)), "prev_hash": previous}
            previous = row["hash"] = row_hash(row)
            rows.append(row)
        self.session.connection().execute(_APPEND[table.name], rows)
        self._heads[table.name] = (seq, previous)
        return tuple(row["id"] for row in rows)


def _event_id(now: int, seq: int) -> UUID:
    """A UUID of version 7 whose counter is the place in the chain.

    Facts are ordered by (`at`, `recorded_at`, id): of two typed in the same second, the one typed first
    must come first.
    """
    head = (now * 1000) << 16 | 0x7 << 12 | (seq >> 30) & 0xFFF
    tail = 0b10 << 62 | (seq & 0x3FFFFFFF) << 32 | secrets.randbits(32)
    return UUID(int=head << 64 | tail)
