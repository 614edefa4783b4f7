"""An alarm was heard: kept, so that a restart does not ring it again."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.models import AlarmAnswer
from dispatch_app.operations.alarm_ladder import AlarmKey
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job

SUBJECT = "alarm"
"""Subject of the desk facts this module writes."""


@dataclass(frozen=True, slots=True)
class AnswerAlarm:
    """知道了: silences one rung of one watch until its due moment moves."""

    key: AlarmKey


def answer_alarm(job: Job, command: AnswerAlarm) -> Changes:
    """Keep the answer; one that stands already is left as it is.

    One given for a moment still to come (the clock was set back since) is given anew.
    """
    key = command.key
    row = job.session.get(AlarmAnswer, (key.subject_id, key.cycle, key.clock, key.rung.word, key.due_at))
    if row is not None and row.answered_at <= job.now:
        return Changes()
    if row is None:
        row = AlarmAnswer(
            subject_id=key.subject_id,
            cycle=key.cycle,
            clock=key.clock,
            threshold=key.rung.word,
            due_at=key.due_at,
        )
        job.session.add(row)
    row.answered_at = job.now
    row.operator_name = job.work.stamp.operator_name
    job.work.append_desk_fact(
        SUBJECT,
        key.subject_id,
        "answered",
        {"cycle": key.cycle, "clock": key.clock, "threshold": key.rung.word, "due": key.due_at},
    )
    return Changes()
