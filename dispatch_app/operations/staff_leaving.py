"""离职 said at the desk: it stands among the changes of people as if it had been entered there."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations import staff
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry, act, add, known_entry
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.staff_changes import EFFECT, GOING, KINDS, LEAVE, STAFF_CHANGES
from dispatch_app.operations.rows import StaffState

TODAY = "今天"


def set_availability(job: Job, command: staff.SetAvailability) -> Changes:
    """As `staff.set_availability`; leaving takes effect as a change of people, the planned one if there is.

    Raises:
        KnownError: Somebody who has left is said to be back, or has something to give back first (附四 七).
    """
    person = staff.member(job, command.staff_id)
    leaves, gone = command.state is StaffState.LEFT, person.availability == StaffState.LEFT
    if gone and not leaves:
        raise KnownError(
            f"{person.name} 已离职", "回来上班的，在人员页的人员变动里记一条入职，名单和函告才会一致"
        )
    if gone or not leaves:
        return staff.set_availability(job, command)
    entry_id = _planned(job, person.id) or _entered(job, person.name, command.note)
    _, entry = known_entry(job.session, entry_id)
    changes = act(job, ActOnEntry(entry_id, entry.version, EFFECT, {"effective": TODAY}))
    # The name of the person comes first, as for every other state.
    said = changes.message.partition("，")[2]
    return replace(changes, message=said, created="")


def _entered(job: Job, name: str, reason: str) -> str:
    typed = {"kind": KINDS[LEAVE], "person": name, "planned": TODAY, "reason": reason}
    return add(job, AddEntry(STAFF_CHANGES.key, typed)).created


def _planned(job: Job, staff_id: str) -> str:
    """Id of the change that says this person will go, the oldest first; empty for none."""
    rows = job.session.scalars(
        select(RegisterEntry)
        .join(RegisterCell, RegisterCell.id == RegisterEntry.id)
        .where(
            RegisterCell.register == STAFF_CHANGES.key,
            RegisterCell.column == "person",
            RegisterCell.ref == staff_id,
        )
        .order_by(RegisterEntry.id)
    )
    for row in rows:
        values = values_of(row.content)
        if values["kind"] in GOING and "effective" not in values:
            return row.entry_id
    return ""
