"""What a change of people or telephones does to the roster once it takes effect.

A mobile that is to be is kept with the settings of the encrypted database until then: facts, registers and
logs hold masked forms only.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import Setting, StaffMember
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.roster_file import masked
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability, member, set_availability

DIGITS = range(1, 10)
"""The keys of the desk that send somebody."""
_AWAITED = "mobile_of_change:"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who joins. `skills`: as `StaffMember.skills`; `mobile`: whole, or empty."""

    name: str
    post: str
    role: str
    technician: bool
    skills: str
    service_line: str
    mobile: str = ""


def await_mobile(session: Session, change_id: str, mobile: str) -> None:
    """Keep the whole number of a change that has not taken effect."""
    row = session.get(Setting, _AWAITED + change_id)
    if row is None:
        session.add(Setting(name=_AWAITED + change_id, value=mobile))
    else:
        row.value = mobile


def awaited_mobile(session: Session, change_id: str) -> str:
    """The whole number of a change that has not taken effect, or an empty string."""
    row = session.get(Setting, _AWAITED + change_id)
    return "" if row is None else row.value


def forget_mobile(session: Session, change_id: str) -> None:
    row = session.get(Setting, _AWAITED + change_id)
    if row is not None:
        session.delete(row)


def join(job: Job, who: Newcomer, since: int, because: str) -> Changes:
    """Put somebody on the roster with a free key; one who had left is taken up again under the same name.

    Args:
        since: When, epoch seconds UTC. because: number of the change that says so.

    Raises:
        KnownError: Every key of the desk is somebody's.
    """
    digit = free_digit(job.session) if who.technician else 0
    person = named(job.session, who.name)
    if person is None:
        person = StaffMember(
            id=str(uuid4()), name=who.name, call_taker=not who.technician, mobile="", technician=False
        )
        job.session.add(person)
    person.digit, person.post, person.role = digit, who.post, who.role
    person.technician, person.call_taker = who.technician, not who.technician
    person.skills, person.service_line = who.skills, who.service_line
    person.availability, person.availability_since = StaffState.STANDBY.value, since
    if who.mobile:
        person.mobile = who.mobile
    payload = {
        "change": because,
        "name": who.name,
        "post": who.post,
        "role": who.role,
        "technician": who.technician,
        "digit": digit,
        "mobile": masked(who.mobile) if who.mobile else "",
    }
    job.work.append_desk_fact("staff", person.id, "joined", payload, since)
    key = f"，数字键 {digit}" if digit else ""
    return Changes(staff=frozenset({person.id}), message=f"{who.name} 已列入名单{key}")


def leave(job: Job, staff_id: str, since: int, because: str) -> Changes:
    """离职 or 遣返 from `since`, epoch seconds UTC. Faults in hand are said."""
    person = member(job, staff_id)
    changes = set_availability(job, SetAvailability(staff_id, StaffState.LEFT, because))
    person.availability_since = since
    return changes


def change_mobile(job: Job, staff_id: str, mobile: str, because: str) -> Changes:
    """Write a number into the encrypted roster; the fact holds it masked."""
    person = member(job, staff_id)
    payload = {"mobile": masked(mobile), "change": because}
    job.work.append_desk_fact("staff", person.id, "mobile_changed", payload)
    person.mobile = mobile
    return Changes(staff=frozenset({person.id}), message=f"{person.name} 的号码已改为 {masked(mobile)}")


def named(session: Session, name: str) -> StaffMember | None:
    """Whoever is or was on the roster under that name."""
    return session.scalars(select(StaffMember).where(StaffMember.name == name)).one_or_none()


def free_digit(session: Session) -> int:
    """The lowest key of the desk that is nobody's.

    Raises:
        KnownError: There is none.
    """
    there = select(StaffMember.digit).where(StaffMember.availability != StaffState.LEFT.value)
    taken = set(session.scalars(there))
    for digit in DIGITS:
        if digit not in taken:
            return digit
    raise KnownError("数字键 1 到 9 都有人用", "先把已离开的人记为离职，键就空出来")
