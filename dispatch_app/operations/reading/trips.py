"""How long the way to a site has really taken: from 出发 to 到场, as the facts tell it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import bindparam, select

from dispatch_app.contract.calendar_beijing import MINUTE
from dispatch_app.contract.facts import ByEngineer, FactKind
from dispatch_app.models import Base, Fault
from dispatch_app.operations.case import Case
from dispatch_app.operations.reading.view import View

LAST_FAULTS = 20
"""Roads and traffic change: what is older than the last twenty faults of a site tells little."""
_TABLE = Base.metadata.tables[Fault.__tablename__].c
_LATEST = (
    select(_TABLE.id, _TABLE.version)
    .where(_TABLE.site_id == bindparam("site"))
    .order_by(_TABLE.reported_at.desc())
    .limit(LAST_FAULTS)
)
LONGEST_S = 6 * 3600
"""Nobody is on the way for longer within the city: somebody forgot to write down the arrival."""


def trips_to(view: View, site_id: str) -> tuple[int, ...]:
    """Minutes of the journeys to a site in its latest faults, rounded to the nearest; two statements."""
    found = view.session.connection().execute(_LATEST, {"site": site_id})
    versions = {row.id: row.version for row in found}
    return tuple(minutes for case in view.cases(versions).values() for minutes in _trips(case))


def _trips(case: Case) -> Iterator[int]:
    for cycle in case.course.cycles:
        left: dict[str, int] = {}
        for item in cycle.facts:
            detail = item.fact.detail
            if not isinstance(detail, ByEngineer):
                continue
            if item.kind is FactKind.DEPARTED:
                left[detail.engineer] = item.at
            elif item.kind is FactKind.ARRIVED and detail.engineer in left:
                lasted = item.at - left.pop(detail.engineer)
                if lasted <= LONGEST_S:
                    yield (lasted + MINUTE // 2) // MINUTE
