"""Reading facts back, and proving that they are the ones that were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from dispatch_app.contract.facts import Fact, FactKind
from dispatch_app.models import FaultEvent
from dispatch_app.storage.chain import ChainBrokenError, verify_chain
from dispatch_app.storage.fact_json import detail_from_json

__all__ = ["ChainBrokenError", "StoredFact", "all_facts", "load_facts", "verify_chain"]

_AT_ONCE = 500
_COLUMNS = (
    FaultEvent.seq,
    FaultEvent.id,
    FaultEvent.fault_id,
    FaultEvent.kind,
    FaultEvent.at,
    FaultEvent.recorded_at,
    FaultEvent.operator,
    FaultEvent.operator_name,
    FaultEvent.desk,
    FaultEvent.detail,
)


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact of the contract with who recorded it.

    Attributes:
        seq: Its place in the order of commits, from 1 without a gap.
        operator: Staff id of who recorded it; `operator_name` as it was then.
        desk: Prefix of the desk it was recorded at.
    """

    fact: Fact
    fault_id: str
    seq: int
    operator: str
    operator_name: str
    desk: str


def load_facts(session: Session, fault_ids: Iterable[str]) -> dict[str, list[StoredFact]]:
    """The facts of some faults, each fault's in order of commit; an id without facts has an empty list."""
    found: dict[str, list[StoredFact]] = {fault_id: [] for fault_id in fault_ids}
    wanted = list(found)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        rows = session.execute(
            select(*_COLUMNS).where(FaultEvent.fault_id.in_(some)).order_by(FaultEvent.seq)
        )
        for row in rows:
            found[row.fault_id].append(_stored(row))
    return found


def all_facts(session: Session) -> Iterator[StoredFact]:
    """Every fact of every fault in order of commit, a thousand rows in memory at a time."""
    rows = session.execute(select(*_COLUMNS).order_by(FaultEvent.seq), execution_options={"yield_per": 1000})
    return (_stored(row) for row in rows)


def _stored(row: Row[*tuple[Any, ...]]) -> StoredFact:
    kind = FactKind(row.kind)
    return StoredFact(
        fact=Fact(row.id, kind, row.at, row.recorded_at, detail_from_json(kind, row.detail)),
        fault_id=row.fault_id,
        seq=row.seq,
        operator=row.operator,
        operator_name=row.operator_name,
        desk=row.desk,
    )
