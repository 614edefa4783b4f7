"""When the machine's clock could not be trusted, worked out from the desk's own facts (subject `clock`).

A doubt begins with a step and ends with 已核对, or with a step that takes the earlier ones back. It is
counted in facts, not in moments: between two steps the same moment comes twice, or never.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.models import Base, DeskEvent
from dispatch_app.operations.clock_watch import TOLERANCE_S
from dispatch_app.operations.rows import ClockDoubt

SUBJECT = "clock"
_TABLE = Base.metadata.tables[DeskEvent.__tablename__].c
_STEPS = select(_TABLE.kind, _TABLE.payload).where(_TABLE.subject == SUBJECT).order_by(_TABLE.seq)


@dataclass(frozen=True, slots=True)
class Doubts:
    """`spans`: (last fact before it began, last fact of it), numbers in the chain of fault facts; the last
    span has no end (None) while the doubt stands. `open`: the step it began with or was renewed by."""

    spans: tuple[tuple[int, int | None], ...] = ()
    open: ClockDoubt | None = None

    def __contains__(self, seq: int) -> bool:
        return any(begin < seq and (end is None or seq <= end) for begin, end in self.spans)


def doubtful_facts(session: Session) -> Doubts:
    """Every doubt there ever was; the clock is stepped a few times a year at most."""
    rows = session.connection().execute(_STEPS)
    spans: list[tuple[int, int | None]] = []
    standing: ClockDoubt | None = None
    begun, off = 0, 0
    for kind, text in rows:
        payload = json.loads(text)
        if kind == "stepped":
            if standing is None:
                begun, off = payload["facts"], 0
            standing = ClockDoubt(payload["before"], payload["after"])
            off += standing.after - standing.before
        if kind == "verified" or abs(off) <= TOLERANCE_S:
            spans.append((begun, payload["facts"]))
            standing = None
    if standing is not None:
        spans.append((begun, None))
    return Doubts(tuple(spans), standing)


def clock_doubt(session: Session) -> ClockDoubt | None:
    """The step nobody has verified yet; None where the clock is trusted."""
    return doubtful_facts(session).open
