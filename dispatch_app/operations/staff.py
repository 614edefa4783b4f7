"""The roster: who may be sent, who rests or is away, and the personal numbers imported once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import FaultEngineer, StaffMember
from dispatch_app.operations.changes import Changes, UndoTicket
from dispatch_app.operations.job import Job
from dispatch_app.operations.roster_file import RosterFile, masked, read_roster
from dispatch_app.operations.rows import RosterPreviewRow, StaffState
from dispatch_app.operations.words import STATE_WORDS

AVAILABILITIES = (StaffState.STANDBY, StaffState.RESTING, StaffState.ON_LEAVE, StaffState.LEFT)
"""What a person can be said to be; the other states follow from the faults in hand."""


@dataclass(frozen=True, slots=True)
class SetAvailability:
    """待命, 休息, 请假 or 离职; the other states follow from the faults in hand.

    `takes_back`: it is the 撤回 of another one.
    """

    staff_id: str
    state: StaffState
    note: str = ""
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class ImportRoster:
    """Take personal mobiles from the annex table (text, CSV or .xlsx) into the encrypted database."""

    path: Path


def member(job: Job, staff_id: str) -> StaffMember:
    """The person of that id.

    Raises:
        KnownError: Nobody on the roster has it.
    """
    found = job.session.get(StaffMember, staff_id)
    if found is None:
        raise KnownError("名单上没有这个人", "请从人员面板里选择")
    return found


def set_availability(job: Job, command: SetAvailability) -> Changes:
    """Record the state; repeating it does nothing. Faults in hand stay in hand, and the message says so."""
    if command.state not in AVAILABILITIES:
        raise KnownError(
            f"「{STATE_WORDS[command.state]}」由在办故障推出，不能直接设定", "请选择待命、休息、请假或离职"
        )
    person = member(job, command.staff_id)
    if person.availability == command.state:
        return Changes()
    before = StaffState(person.availability)
    job.work.append_desk_fact(
        "staff",
        person.id,
        "availability",
        {"before": before.value, "after": command.state.value, "note": command.note},
    )
    person.availability = command.state.value
    person.availability_since = job.now
    in_hand = job.session.scalars(
        select(FaultEngineer.fault_id).where(FaultEngineer.staff_id == person.id)
    ).all()
    message = f"{person.name} 已记为{STATE_WORDS[command.state]}"
    if command.state is StaffState.LEFT:
        message += _after_leaving(job)
    if in_hand and command.state in (StaffState.ON_LEAVE, StaffState.LEFT):
        message += f"，手上还有 {len(in_hand)} 件在办，请改派"
    back = SetAvailability(person.id, before, "撤回", takes_back=True)
    return Changes(
        staff=frozenset({person.id}),
        faults=frozenset(in_hand),
        message=message,
        undo=None if command.takes_back else UndoTicket(message, back),
    )


def _after_leaving(job: Job) -> str:
    """What the contract asks for when somebody has left: the letter, and the floor of technicians."""
    employed = select(func.count()).where(
        StaffMember.technician, StaffMember.availability != StaffState.LEFT.value
    )
    job.session.flush()
    left = job.session.scalar(employed) or 0
    floor = job.law.terms.contract.minimum_technicians
    short = f"，在职技术人员 {left} 人，低于合同的 {floor} 人（二.2）" if left < floor else ""
    return f"，须函告甲方（九.1、四.3）{short}"


def import_roster(job: Job, command: ImportRoster) -> Changes:
    """Write the numbers of the people known by name; the same file a second time changes nothing.

    Raises:
        KnownError: The file cannot be read, or not one row of it can be used.
    """
    people = {person.name: person for person in job.session.scalars(select(StaffMember))}
    file = read_roster(command.path)
    taken = [entry for entry in file.entries if entry.name in people]
    refused = [row for row in preview_rows(file, people) if not row.accepted]
    told = "；".join(f"第 {row.row} 行：{row.outcome}" for row in refused)
    if not taken:
        raise KnownError(
            f"没有一行可以导入{told and f'（{told}）'}", "请核对姓名与附五一致、号码是 11 位手机号"
        )
    touched = set()
    for entry in taken:
        person = people[entry.name]
        if person.mobile == entry.mobile:
            continue
        payload = {"mobile": masked(entry.mobile), "file": command.path.name, "row": entry.row}
        job.work.append_desk_fact("staff", person.id, "mobile_imported", payload)
        person.mobile = entry.mobile
        touched.add(person.id)
    message = f"已导入 {len(touched)} 个手机号码" if touched else "手机号码与文件一致，没有改动"
    return Changes(staff=frozenset(touched), message=message + (told and f"；未导入：{told}"))


def preview_rows(file: RosterFile, people: Mapping[str, StaffMember]) -> tuple[RosterPreviewRow, ...]:
    """What an import of `file` would do, row by row, with every number masked."""
    rows = [
        RosterPreviewRow(refusal.row, "", "", accepted=False, outcome=refusal.reason)
        for refusal in file.refusals
    ]
    for entry in file.entries:
        person = people.get(entry.name)
        if person is None:
            outcome = f"名单上没有 {entry.name}"
        elif person.mobile == entry.mobile:
            outcome = "与已存号码一致"
        else:
            outcome = f"将替换 {masked(person.mobile)}" if person.mobile else "将写入"
        rows.append(
            RosterPreviewRow(entry.row, entry.name, masked(entry.mobile), person is not None, outcome)
        )
    return tuple(sorted(rows, key=lambda row: row.row))
