"""What the command line does to a whole database: build the projections anew, go over the hash chains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.terms import Terms
from dispatch_app.models import (
    AlarmAnswer,
    CallbackPromise,
    CallRecord,
    Fault,
    FaultEngineer,
    FaultListing,
    FrozenClock,
    RegisterCell,
    RegisterEntry,
)
from dispatch_app.models.base import Base
from dispatch_app.operations.desk_projections import rebuild_desk_projections
from dispatch_app.operations.law import law_in_force
from dispatch_app.operations.projection import rebuild_projections
from dispatch_app.operations.registers.entries import rebuild_registers
from dispatch_app.storage.chain import ChainBrokenError, verify_chain
from dispatch_app.storage.database import Database
from dispatch_app.storage.unit_of_work import Stamp

PROJECTIONS: Mapping[type[Base], str] = MappingProxyType(
    {
        Fault: "故障",
        FaultEngineer: "派出人员",
        FrozenClock: "时限结果",
        FaultListing: "故障清单",
        CallRecord: "来电记录",
        CallbackPromise: "回电承诺",
        AlarmAnswer: "警报应答",
        RegisterEntry: "登记簿",
        RegisterCell: "登记簿索引",
    }
)
"""Every table made from facts alone → what it is called."""
Rows = frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many faults there are, and of each table that was not what the facts say its name and how many
    rows, missing and superfluous ones counted too."""

    faults: int
    differing: tuple[tuple[str, int], ...]


def rebuild(database: Database, shipped: Terms, stamp: Stamp) -> Rebuilt:
    """Make every projection anew from the facts, in one transaction, and say what had been wrong."""
    with database.unit_of_work(stamp) as work:
        before = _rows(work.session)
        faults = rebuild_projections(work.session, law_in_force(work.session, shipped))
        rebuild_desk_projections(work.session)
        rebuild_registers(work.session, stamp.now)
        work.session.flush()
        after = _rows(work.session)
    wrong = ((words, len(before[table] ^ after[table])) for table, words in PROJECTIONS.items())
    return Rebuilt(faults, tuple((words, rows) for words, rows in wrong if rows))


def verify(database: Database) -> int:
    """Go over both hash chains; how many facts hold.

    Raises:
        KnownError: A fact is not what was recorded.
    """
    with database.reader() as session:
        try:
            return verify_chain(session)
        except ChainBrokenError as error:
            raise KnownError(
                f"{error.table} 第 {error.seq} 条与记录时不符", "不要再用这份数据记录；保留它，从备份恢复"
            ) from error


def _rows(session: Session) -> dict[type[Base], Rows]:
    return {
        table: frozenset(tuple(row) for row in session.execute(select(*table.__table__.columns)))
        for table in PROJECTIONS
    }
