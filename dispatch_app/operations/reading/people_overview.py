"""The roster with what the registers of people say of each, and the changes that wait for a letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.models import RegisterEntry, StaffMember
from dispatch_app.operations.people_rows import PeopleOverview, PersonRow, Said, UntoldChange
from dispatch_app.operations.reading.people import staff_rows
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.registers import leaves, qualifications, staff_changes, trainings
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.roster_file import masked
from dispatch_app.operations.rows import StaffRow, StaffState

_WORST = (Tone.QUIET, Tone.SOON, Tone.BREACHED)
Entries = tuple[tuple[RegisterEntry, Values], ...]


def people_overview(view: View) -> PeopleOverview:
    """Everybody still employed, by the keys of the desk, the call-taker last."""
    rows = [row for row in staff_rows(view) if row.state is not StaffState.LEFT]
    today = date_of(view.now)
    certificates, changes, absences, held = (
        standing(view.session, register.key)
        for register in (
            qualifications.QUALIFICATIONS,
            staff_changes.STAFF_CHANGES,
            leaves.LEAVES,
            trainings.TRAININGS,
        )
    )
    people = tuple(
        PersonRow(
            id=row.id,
            digit=row.digit,
            name=row.name,
            post=row.post,
            role=row.role,
            technician=row.technician,
            state=row.state,
            in_hand=tuple(number for number, _, _ in row.engagements),
            done_today=row.done_today,
            service_line=row.service_line,
            mobile=masked(row.mobile) if row.mobile else "",
            certificates=_certificates(_of(certificates, row), today),
            changes=_change(_of(changes, row), today),
            absence=_absence(_of(absences, row), today),
            trained=max(
                (str(v["held"]) for _, v in held if row.id in str(v["attended"]).split()), default=""
            ),
        )
        for row in rows
    )
    return PeopleOverview(
        people=people,
        employed=sum(row.technician for row in rows),
        required=view.law.terms.contract.minimum_technicians,
        untold=sum("letter" not in values for _, values in changes),
    )


def untold_changes(session: Session) -> tuple[UntoldChange, ...]:
    """The changes that wait for their 函告, by the day they are planned for."""
    found = [
        (str(values["planned"]), entry, values)
        for entry, values in standing(session, staff_changes.STAFF_CHANGES.key)
        if "letter" not in values
    ]
    names = {person.id: person.name for person in session.scalars(select(StaffMember))}
    return tuple(
        UntoldChange(
            entry.entry_id,
            entry.number,
            f"{values.get('name') or names[str(values['person'])]} "
            f"{staff_changes.KINDS[str(values['kind'])]} {values.get('effective', planned)}",
        )
        for planned, entry, values in sorted(found, key=lambda one: (one[0], one[1].id))
    )


def standing(session: Session, register: str) -> Entries:
    """What stands in a register, in the order it was entered."""
    rows = session.scalars(
        select(RegisterEntry)
        .where(RegisterEntry.register == register, RegisterEntry.standing)
        .order_by(RegisterEntry.id)
    )
    return tuple((row, values_of(row.content)) for row in rows)


def _of(entries: Entries, row: StaffRow) -> list[Values]:
    return [values for _, values in entries if values.get("person") == row.id]


def _certificates(found: list[Values], today: date) -> Said:
    if not found:
        return Said("没有登记")
    tone = _worst(qualifications.tones(values, today) for values in found)
    ended = sum(Tone.BREACHED in qualifications.tones(values, today).values() for values in found)
    count = sum(bool(qualifications.tones(values, today)) for values in found)
    word = {Tone.QUIET: "", Tone.SOON: f"，{count} 将到期", Tone.BREACHED: f"，{ended} 已过期"}
    return Said(f"{len(found)} 份{word[tone]}", tone)


def _change(found: list[Values], today: date) -> Said:
    """The next change that has not taken effect, or one that was never told."""
    waiting = [values for values in found if "effective" not in values or "letter" not in values]
    if not waiting:
        return Said()
    values = min(waiting, key=lambda one: str(one["planned"]))
    tone = _worst([staff_changes.tones(values, today)])
    kind = staff_changes.KINDS[str(values["kind"])]
    return Said(f"{values.get('effective', values['planned'])} {kind}，{values['notice']}", tone)


def _absence(found: list[Values], today: date) -> Said:
    """The leave that is, or the next to come."""
    open_ = [values for values in found if "back" not in values]
    if not open_:
        return Said()
    values = min(open_, key=lambda one: str(one["since"]))
    kind = leaves.KINDS[str(values["kind"])]
    days = f"{str(values['since'])[5:]} 至 {str(values['until'])[5:]}"
    return Said(f"{kind} {days}", _worst([leaves.tones(values, today)]))


def _worst(tones: Iterable[Mapping[str, Tone]]) -> Tone:
    return max((tone for each in tones for tone in each.values()), key=_WORST.index, default=Tone.QUIET)
