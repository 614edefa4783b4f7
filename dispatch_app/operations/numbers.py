"""Numbers given out once and never again, even when what they were given to is cancelled."""

from __future__ import annotations

from sqlalchemy import bindparam
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from dispatch_app.models import Base, NumberSeries

_TABLE = Base.metadata.tables[NumberSeries.__tablename__]
_TAKE = (
    insert(_TABLE)
    .values(series=bindparam("of"), last=bindparam("count"))
    .on_conflict_do_update(index_elements=["series"], set_={"last": _TABLE.c.last + bindparam("count")})
    .returning(_TABLE.c.last)
)


def next_number(session: Session, series: str) -> int:
    """The next number of a series ("fault:A", "special_report:2026"), counted from 1, taken for good."""
    return next_numbers(session, series, 1)[0]


def next_numbers(session: Session, series: str, count: int) -> range:
    """The next `count` numbers of a series, taken for good."""
    last: int = session.connection().execute(_TAKE, {"of": series, "count": count}).scalar_one()
    return range(last - count + 1, last + 1)
