"""回电承诺: what was promised to a caller, and that it was kept. Times: epoch seconds UTC."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import CallbackPromise, Fault
from dispatch_app.operations.changes import Changes, UndoTicket
from dispatch_app.operations.fault_checks import when
from dispatch_app.operations.job import Job
from dispatch_app.operations.rows import PromiseRow

SUBJECT = "promise"
"""Subject of the desk facts this module writes."""


@dataclass(frozen=True, slots=True)
class Promised:
    """Who is to be rung back and why. One of `fault_id` and `call_id` says what call it came from."""

    fault_id: str
    call_id: str
    caller: str
    callback: str
    about: str


@dataclass(frozen=True, slots=True)
class KeepPromise:
    """已回电. Repeating it does nothing."""

    promise_id: str


@dataclass(frozen=True, slots=True)
class OweAgain:
    """撤回 of 已回电: the caller is still to be rung back. Repeating it does nothing."""

    promise_id: str


def promise(job: Job, due_at: int, what: Promised) -> str:
    """Write down, in the transaction of `job`, that somebody is to be rung back by `due_at`; its id.

    Raises:
        KnownError: The moment has passed already, or there is no number to ring.
    """
    if due_at <= job.now:
        raise KnownError(
            f"承诺回电的时间 {when(due_at, job.now)} 已经过了", "请填以后的时间，如 +20 或 15:30", "promise"
        )
    if not what.callback:
        raise KnownError("承诺了回电，还没有回电号码", "请填回电号码，或清空回电承诺", "callback")
    promise_id = str(uuid4())
    job.work.append_desk_fact(
        SUBJECT,
        promise_id,
        "made",
        {
            "fault": what.fault_id,
            "call": what.call_id,
            "caller": what.caller,
            "callback": what.callback,
            "about": what.about,
            "due_at": due_at,
        },
    )
    job.session.add(
        CallbackPromise(
            id=promise_id,
            fault_id=what.fault_id,
            call_id=what.call_id,
            caller=what.caller,
            callback=what.callback,
            about=what.about,
            promised_at=job.now,
            due_at=due_at,
            kept_at=None,
        )
    )
    return promise_id


def keep_promise(job: Job, command: KeepPromise) -> Changes:
    """The caller was rung back now.

    Raises:
        KnownError: There is no such promise.
    """
    row = _promise_made(job, command.promise_id)
    who = row.caller or row.callback
    if row.kept_at is not None:
        return Changes(message=f"{who} 在 {when(row.kept_at, job.now)} 已经回电")
    job.work.append_desk_fact(SUBJECT, row.id, "kept", {})
    row.kept_at = job.now
    message = f"已回电 {who}"
    return Changes(promises=frozenset({row.id}), message=message, undo=UndoTicket(message, OweAgain(row.id)))


def owe_again(job: Job, command: OweAgain) -> Changes:
    """已回电 was clicked by mistake: the promise is owed again, by the moment it always had.

    Raises:
        KnownError: There is no such promise.
    """
    row = _promise_made(job, command.promise_id)
    who = row.caller or row.callback
    if row.kept_at is None:
        return Changes(message=f"{who} 还没有回电，承诺仍在")
    job.work.append_desk_fact(SUBJECT, row.id, "owed", {})
    row.kept_at = None
    return Changes(promises=frozenset({row.id}), message=f"已撤回：已回电 {who}，仍须回电")


def _promise_made(job: Job, promise_id: str) -> CallbackPromise:
    row = job.session.get(CallbackPromise, promise_id)
    if row is None:
        raise KnownError("没有这个回电承诺", "来电记录可能已撤回，请看回电清单")
    return row


def withdraw_promises(job: Job, call_id: str) -> frozenset[str]:
    """Take back what was promised in a call that is itself taken back; the ids."""
    found = job.session.scalars(select(CallbackPromise).where(CallbackPromise.call_id == call_id)).all()
    for row in found:
        job.work.append_desk_fact(SUBJECT, row.id, "withdrawn", {})
        job.session.delete(row)
    return frozenset(row.id for row in found)


def promise_rows(session: Session) -> tuple[PromiseRow, ...]:
    """The promises still owed, the one due first in front."""
    chosen = (
        select(CallbackPromise, Fault.number)
        .outerjoin(Fault, Fault.id == CallbackPromise.fault_id)
        .where(CallbackPromise.kept_at.is_(None))
        .order_by(CallbackPromise.due_at, CallbackPromise.promised_at, CallbackPromise.id)
    )
    return tuple(
        PromiseRow(row.id, row.fault_id, number or "", row.caller, row.callback, row.about, row.due_at)
        for row, number in session.execute(chosen)
    )
