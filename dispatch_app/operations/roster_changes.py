"""What the desk and an import do to the roster stands among the changes of people, as if entered there."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import RegisterCell, RegisterEntry, StaffMember
from dispatch_app.operations import staff
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry, act, add, known_entry
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.staff_changes import EFFECT, GOING, KINDS, LEAVE, PHONE, STAFF_CHANGES
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
    typed = {"kind": KINDS[LEAVE], "person": person.name, "planned": TODAY, "reason": command.note}
    changes = _take_effect(
        job, _planned(job, person.id) or add(job, AddEntry(STAFF_CHANGES.key, typed)).created
    )
    # The name of the person comes first, as for every other state.
    said = changes.message.partition("，")[2]
    return replace(changes, message=said, created="")


def import_roster(job: Job, command: staff.ImportRoster) -> Changes:
    """As `staff.import_roster`; a number that takes another's place is a change 甲方 is to be told of (九.1).

    Raises:
        KnownError: The file cannot be read, or not one row of it can be used.
    """
    before = {person.id: person.mobile for person in job.session.scalars(select(StaffMember))}
    changes = staff.import_roster(job, command)
    replaced = [one for one in sorted(changes.staff) if before[one]]
    for staff_id in replaced:
        person = staff.member(job, staff_id)
        typed = {
            "kind": KINDS[PHONE],
            "person": person.name,
            "mobile": person.mobile,
            "planned": TODAY,
            "reason": f"导入 {command.path.name}",
        }
        _take_effect(job, add(job, AddEntry(STAFF_CHANGES.key, typed)).created)
    if not replaced:
        return changes
    said = f"{changes.message}；其中 {len(replaced)} 个替换了原号码，已记入人员变动，须函告甲方（九.1）"
    return replace(changes, registers=frozenset({STAFF_CHANGES.key}), message=said)


def _take_effect(job: Job, entry_id: str) -> Changes:
    _, entry = known_entry(job.session, entry_id)
    return act(job, ActOnEntry(entry_id, entry.version, EFFECT, {"effective": TODAY}))


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
