"""The machine's clock was moved: recorded, until somebody has held it against another one.

Nothing is refused and nothing is corrected: what was typed meanwhile is marked 待核 (`reading.clock_doubts`).
Each record keeps how many facts of faults there were, because just then no time says what came first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import func, select

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import DeskEvent, FaultEvent
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.clock_watch import TOLERANCE_S
from dispatch_app.operations.job import Job
from dispatch_app.operations.reading.clock_doubts import SUBJECT, clock_doubt
from dispatch_app.storage.chain import chain_head

CLOCK = frozenset({"clock"})
"""What `Changes.settings` names when the banner must be read again."""


@dataclass(frozen=True, slots=True)
class RecordClockStep:
    """The clock was put from `before` to `after`, epoch seconds UTC."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class CheckClockAtStart:
    """Is the clock behind what was last recorded? Then it was set back while the program did not run."""


@dataclass(frozen=True, slots=True)
class VerifyClock:
    """已核对: the clock is right from here on."""


def record_step(job: Job, command: RecordClockStep) -> Changes:
    """Write the step down."""
    payload = {"before": command.before, "after": command.after, "facts": _facts(job)}
    job.work.append_desk_fact(SUBJECT, SUBJECT, "stepped", payload)
    return Changes(settings=CLOCK)


def check_at_start(job: Job, _command: CheckClockAtStart) -> Changes:
    """Write a step down if the latest fact since the last known step lies in the future."""
    newest = _newest(job)
    if newest - job.now <= TOLERANCE_S:
        return Changes()
    return record_step(job, RecordClockStep(newest, job.now))


def verify_clock(job: Job, _command: VerifyClock) -> Changes:
    """End the doubt.

    Raises:
        KnownError: There is none.
    """
    if clock_doubt(job.session) is None:
        raise KnownError("电脑时钟没有待核的事", "不需要做什么")
    job.work.append_desk_fact(SUBJECT, SUBJECT, "verified", {"facts": _facts(job)})
    return Changes(settings=CLOCK, message="已记下：电脑时钟已核对")


def _facts(job: Job) -> int:
    return chain_head(job.session, FaultEvent.__tablename__)[0]


def _newest(job: Job) -> int:
    """The latest `recorded_at` of everything recorded after the last step, 0 for none."""
    last = job.session.scalars(
        select(DeskEvent).where(DeskEvent.subject == SUBJECT).order_by(DeskEvent.seq.desc()).limit(1)
    ).first()
    events, facts = (0, 0) if last is None else (last.seq, int(json.loads(last.payload)["facts"]))
    return max(
        job.session.scalar(select(func.max(table.recorded_at)).where(table.seq > known)) or 0
        for table, known in ((FaultEvent, facts), (DeskEvent, events))
    )
