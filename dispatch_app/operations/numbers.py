"""Numbers given out once and never again, even when what they were given to is cancelled."""

from __future__ import annotations

from sqlalchemy.orm import Session

from dispatch_app.models import NumberSeries


def next_number(session: Session, series: str) -> int:
    """The next number of a series ("fault:A", "special_report:2026"), counted from 1, taken for good."""
    return next_numbers(session, series, 1)


def next_numbers(session: Session, series: str, count: int) -> int:
    """The first of the next `count` numbers of a series, all of them taken for good."""
    row = session.get(NumberSeries, series)
    if row is None:
        row = NumberSeries(series=series, last=0)
        session.add(row)
    first = row.last + 1
    row.last += count
    session.flush()
    return first
