"""How often each clock stood how over the cycles of ended faults, as the database itself keeps count of it.

Times: epoch seconds UTC.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import DAY, OFFSET
from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.models import ClockCount

Standards = Counter[tuple[ClockName, ClockState]]


def kept_standards(session: Session, version: str, start: int, end: int) -> Standards:
    """The standards of the cycles begun in a half-open period between Beijing midnights.

    Args:
        version: Of the law in force; clocks kept under another do not count.
    """
    first, last = (start + OFFSET) // DAY, (end + OFFSET) // DAY
    counted = (
        select(ClockCount.clock, ClockCount.state, func.sum(ClockCount.count))
        .where(
            ClockCount.readings_version == version, ClockCount.begun_on >= first, ClockCount.begun_on < last
        )
        .group_by(ClockCount.clock, ClockCount.state)
    )
    return Counter(
        {(ClockName(clock), ClockState(state)): count for clock, state, count in session.execute(counted)}
    )
