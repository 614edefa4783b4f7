"""Deciding a reading of the contract: recorded with its paper, and everything is counted anew."""

from __future__ import annotations

from sqlalchemy import select

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.readings import READING_GUIDE, READING_VALUES
from dispatch_app.models import DecidedReading, Fault
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.law import law_in_force
from dispatch_app.operations.projection import freeze_again
from dispatch_app.operations.settings import ChangeReading


def change_reading(job: Job, command: ChangeReading) -> Changes:
    """Decide one question; deciding the same again on the same paper does nothing.

    Raises:
        KnownError: No such question or answer, or no document to rest on.
    """
    guide = next((one for one in READING_GUIDE if one.key == command.key), None)
    if guide is None or command.value not in READING_VALUES[command.key]:
        raise KnownError("没有这个口径", "请在合同页的口径表里选择")
    document = command.document.strip()
    if not document:
        raise KnownError("没有写依据的文件", "请填双方确认口径的文件编号，结算时要能查到", "document")
    row = job.session.get(DecidedReading, command.key)
    before = getattr(job.law.terms.readings, command.key)
    if row is not None and (row.value, row.document) == (command.value, document):
        return Changes(message=f"「{guide.question}」已是这个口径")
    payload = {"before": before, "after": command.value, "document": document}
    job.work.append_desk_fact("reading", command.key, "decided", payload)
    if row is None:
        row = DecidedReading(key=command.key)
        job.session.add(row)
    row.value, row.document = command.value, document
    row.decided_by, row.decided_at = job.work.stamp.operator_name, job.now
    job.session.flush()
    job.law = law_in_force(job.session, job.law.shipped)
    freeze_again(job.session, job.law)
    open_now = job.session.scalars(select(Fault.id).where(Fault.open)).all()
    return Changes(
        settings=frozenset({"readings"}),
        faults=frozenset(open_now),
        message=f"「{guide.question}」改为：{dict(guide.options)[command.value]}",
    )
