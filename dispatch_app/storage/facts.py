"""Reading facts back, and proving that they are the ones that were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session

from dispatch_app.contract.facts import Fact, FactKind
from dispatch_app.models import Base, FaultEvent
from dispatch_app.storage.chain import ChainBrokenError, verify_chain
from dispatch_app.storage.fact_json import detail_from_json

__all__ = ["ChainBrokenError", "StoredFact", "all_facts", "first_seq", "load_facts", "verify_chain"]

_AT_ONCE = 500
_TABLE = Base.metadata.tables[FaultEvent.__tablename__].c
_FACTS = select(
    _TABLE.seq,
    _TABLE.id,
    _TABLE.fault_id,
    _TABLE.kind,
    _TABLE.at,
    _TABLE.recorded_at,
    _TABLE.operator,
    _TABLE.operator_name,
    _TABLE.desk,
    _TABLE.detail,
).order_by(_TABLE.seq)
# Made once: a click reads the facts of a fault several times, and most of that was the making of statements.
_FACTS_OF = _FACTS.where(_TABLE.fault_id.in_(bindparam("ids", expanding=True)))
_FIRST = select(func.min(_TABLE.seq)).where(_TABLE.fault_id == bindparam("of"))


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
        for row in session.connection().execute(_FACTS_OF, {"ids": some}):
            found[row.fault_id].append(_stored(row))
    return found


def first_seq(session: Session, fault_id: str) -> int:
    """The place in the chain of a fault's first fact; it must have one."""
    first: int = session.connection().execute(_FIRST, {"of": fault_id}).scalar_one()
    return first


def all_facts(session: Session) -> Iterator[StoredFact]:
    """Every fact of every fault in order of commit, a thousand rows in memory at a time."""
    rows = session.execute(_FACTS, execution_options={"yield_per": 1000})
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
