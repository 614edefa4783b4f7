"""Numbers given out once and never again, even when what they were given to is cancelled."""

from __future__ import annotations

from sqlalchemy.orm import Session

from dispatch_app.models import NumberSeries


def next_number(session: Session, series: str) -> int:
    """The next number of a series ("fault:A", "special_report:2026"), counted from 1, taken for good."""
    row = session.get(NumberSeries, series)
    if row is None:
        row = NumberSeries(series=series, last=0)
        session.add(row)
    row.last += 1
    session.flush()
    return row.last
