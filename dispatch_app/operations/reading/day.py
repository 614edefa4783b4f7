"""The head of the window: how the day, the staff and the contract stand."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, func, select

from dispatch_app.contract.calendar_beijing import DAY, date_of, start_of
from dispatch_app.contract.clocks import ClockState
from dispatch_app.contract.moves import OPEN_STAGES
from dispatch_app.contract.tally import settle_faults
from dispatch_app.models import DecidedReading, Fault, FaultEngineer, StaffMember
from dispatch_app.operations.reading.ledger import CostlyFault
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.rows import DaySummary, StaffState


def day_summary(view: View, ended: Sequence[CostlyFault]) -> DaySummary:
    """Counts for the head of the window; the number of statements is fixed."""
    cases = view.cases(view.on_desk)
    assessed = {fault_id: view.standing(case) for fault_id, case in cases.items()}
    past = [one.assessment for one in ended]
    tally = settle_faults(view.law.terms, [*assessed.values(), *past])
    late = [
        fault_id
        for fault_id, assessment in assessed.items()
        if any(clock.state is ClockState.BREACHED for clock in assessment.live_clocks)
    ]
    employed, sendable = _technicians(view)
    today = start_of(date_of(view.now))
    last_day = view.law.terms.last_day
    decided = exists().where(DecidedReading.key == "term")
    return DaySummary(
        employed_technicians=employed,
        required_technicians=view.law.terms.contract.minimum_technicians,
        sendable=sendable,
        reported_today=view.session.scalar(
            select(func.count()).where(Fault.reported_at >= today, Fault.reported_at < today + DAY)
        )
        or 0,
        open_now=sum(case.stage in OPEN_STAGES for case in cases.values()),
        breached_open=len(late),
        unreachable_count=tally.counter_unreachable,
        nobody_sent_count=tally.counter_nobody_sent,
        count_limit=tally.count_limit,
        term_last_day=last_day.isoformat(),
        days_left=(last_day - date_of(view.now)).days,
        term_disputed=not view.session.scalar(select(decided)),
    )


def _technicians(view: View) -> tuple[int, int]:
    """(employed, free to be sent)."""
    busy = exists().where(FaultEngineer.staff_id == StaffMember.id)
    rows = view.session.execute(
        select(StaffMember.availability, busy.label("busy")).where(StaffMember.technician)
    ).all()
    employed = [row for row in rows if row.availability != StaffState.LEFT]
    free = [row for row in employed if row.availability == StaffState.STANDBY and not row.busy]
    return len(employed), len(free)
