"""What the command line does to a whole database: build the projections anew, go over the hash chains."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.terms import Terms
from dispatch_app.models import Fault, FaultEngineer, FaultListing, FrozenClock
from dispatch_app.operations.law import law_in_force
from dispatch_app.operations.projection import rebuild_projections
from dispatch_app.storage.chain import ChainBrokenError, verify_chain
from dispatch_app.storage.database import Database
from dispatch_app.storage.unit_of_work import Stamp

PROJECTIONS = (Fault, FaultEngineer, FrozenClock, FaultListing)
Rows = frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`differing`: rows that were not what the facts say, missing and superfluous ones counted too."""

    faults: int
    differing: int


def rebuild(database: Database, shipped: Terms, stamp: Stamp) -> Rebuilt:
    """Make every projection anew from the facts, in one transaction, and say what had been wrong."""
    with database.unit_of_work(stamp) as work:
        before = _rows(work.session)
        faults = rebuild_projections(work.session, law_in_force(work.session, shipped))
        work.session.flush()
        after = _rows(work.session)
    return Rebuilt(faults, len(before ^ after))


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


def _rows(session: Session) -> Rows:
    return frozenset(
        (table.__tablename__, *row)
        for table in PROJECTIONS
        for row in session.execute(select(*table.__table__.columns)).all()
    )
