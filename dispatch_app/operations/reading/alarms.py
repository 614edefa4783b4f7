"""Which alarms somebody has heard."""

from __future__ import annotations

from sqlalchemy import or_, select

from dispatch_app.models import AlarmAnswer, Fault
from dispatch_app.operations.alarm_ladder import PROMISE, AlarmKey, Rung
from dispatch_app.operations.reading.view import View


def alarm_answers(view: View) -> frozenset[AlarmKey]:
    """The answers that count now, of faults in hand and of promises.

    One given under a clock that ran ahead, for a due moment still to come, does not: it must ring then.
    """
    chosen = select(AlarmAnswer).where(
        or_(AlarmAnswer.answered_at <= view.now, AlarmAnswer.due_at <= view.now),
        or_(AlarmAnswer.clock == PROMISE, AlarmAnswer.subject_id.in_(select(Fault.id).where(Fault.open))),
    )
    return frozenset(
        AlarmKey(row.subject_id, row.cycle, row.clock, Rung[row.threshold.upper()], row.due_at)
        for row in view.session.scalars(chosen)
    )
