"""The head of the window: how the day, the staff and the contract stand."""

from __future__ import annotations

from collections.abc import Sequence

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.moves import OPEN_STAGES
from dispatch_app.contract.tally import settle_faults
from dispatch_app.operations.reading.ledger import CostlyFault
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import DaySummary, StaffState


def day_summary(view: View, ended: Sequence[CostlyFault]) -> DaySummary:
    """Counts for the head of the window; issues no statement of its own."""
    costly = [assessment for _, assessment in view.standings.costly]
    past = [one.assessment for one in ended]
    tally = settle_faults(view.law.terms, [*costly, *past])
    employed, sendable = _technicians(view)
    last_day = view.law.terms.last_day
    return DaySummary(
        employed_technicians=employed,
        required_technicians=view.law.terms.contract.minimum_technicians,
        sendable=sendable,
        reported_today=len(view.board.today.reported),
        open_now=sum(one.case.stage in OPEN_STAGES for one in view.board.faults.values()),
        breached_open=view.standings.late,
        unreachable_count=tally.counter_unreachable,
        nobody_sent_count=tally.counter_nobody_sent,
        count_limit=tally.count_limit,
        term_last_day=last_day.isoformat(),
        days_left=(last_day - date_of(view.now)).days,
        term_disputed="term" not in dict(view.law.decided),
    )


def _technicians(view: View) -> tuple[int, int]:
    """(employed, free to be sent)."""
    people = [person for person in view.board.people if person.technician]
    employed = [person for person in people if person.availability != StaffState.LEFT]
    rested = [person for person in employed if person.availability == StaffState.STANDBY]
    return len(employed), sum(person.id not in view.board.in_hand for person in rested)
