"""函告 (九.1): changes of people and telephones told to 甲方 in writing, several in one letter.

A letter is the one paper that carries a personal mobile in full: the contract asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import StaffMember
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.job import Job
from dispatch_app.operations.letter_numbers import letter_number
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.registers.entries import change, standing_entry
from dispatch_app.operations.registers.kinds import Values
from dispatch_app.operations.registers.projecting import Present
from dispatch_app.operations.registers.staff_changes import (
    GOING,
    JOIN,
    LEAVE,
    PHONE,
    STAFF_CHANGES,
    TELL,
)
from dispatch_app.operations.rows import DocumentKind, StaffState
from dispatch_app.operations.settings import setting_value
from dispatch_app.operations.staff_moves import awaited_mobile, named
from dispatch_app.reports.letter import LetterPart, LetterSheet
from dispatch_app.reports.moments import date_text

FORM = "函告"


@dataclass(frozen=True, slots=True)
class IssueStaffLetter:
    """One letter for these changes, by the ids of their entries. `Changes.created` is the document's id."""

    entry_ids: tuple[str, ...]


def issue_staff_letter(job: Job, command: IssueStaffLetter) -> Changes:
    """Number and keep the letter, and note it with each of its changes.

    Raises:
        KnownError: A change has been told already, lacks its number, or the letter cannot be printed.
    """
    number = letter_number(job, "函", DocumentKind.STAFF_LETTER, STAFF_CHANGES.key)
    sheet = staff_letter_sheet(job_view(job), command.entry_ids, number)
    document = issue(
        job,
        DocumentKind.STAFF_LETTER,
        command.entry_ids[0],
        f"函告 {number} {sheet.title}",
        sheet,
        {"changes": list(command.entry_ids)},
    )
    today = date_of(job.now).isoformat()
    for entry_id in command.entry_ids:
        change(job, entry_id, {"letter": number, "letter_sent": today}, TELL, "")
    late = _late(job.session, command.entry_ids)
    return Changes(
        registers=frozenset({STAFF_CHANGES.key}),
        documents=frozenset({document.id}),
        message=f"函告 {number} 已出{late and f'；{late}'}",
        created=document.id,
    )


def staff_letter_sheet(view: View, entry_ids: Sequence[str], number: str) -> LetterSheet:
    """The letter as it would be issued now; without a number a draft.

    Raises:
        KnownError: Nothing was chosen, or one of the changes cannot be told.
    """
    if not entry_ids:
        raise KnownError("没有选要函告的变动", "在人员变动里选一条待函告的")
    changes = [_untold(view.session, entry_id) for entry_id in entry_ids]
    contract = view.law.terms.contract
    today = date_of(view.now)
    signer = setting_value(view.session, "signer")
    lines = [_told(view, one) for one in changes]
    return LetterSheet(
        form=FORM,
        number=number,
        issuer=contract.contractor,
        letterhead=setting_value(view.session, "letterhead"),
        signer=signer,
        addressee=setting_value(view.session, "addressee"),
        title=_title([one.values for one in changes]),
        whole=("维护服务人员", "联系方式"),
        parts=(
            LetterPart(text=_opening(contract.title, [one.values for one in changes], today)),
            *_numbered(lines),
            LetterPart(text=_headcount(view, [one.values for one in changes])),
            LetterPart(text="特此函告。"),
        ),
        contact=f"{signer} {contract.service_lines[0]}".strip(),
        dated=today,
        issued_at=view.now,
        draft=not number,
    )


def _untold(session: Session, entry_id: str) -> Present:
    register, entry = standing_entry(session, entry_id)
    if register.key != STAFF_CHANGES.key:
        raise KnownError(f"{entry.number} 不是人员变动", "在人员变动里选一条待函告的")
    if "letter" in entry.values:
        raise KnownError(f"{entry.number} 已由 {entry.values['letter']} 函告", "要再发一份的，请补打那份函告")
    return entry


def _title(changes: Sequence[Values]) -> str:
    phones = sum(values["kind"] == PHONE for values in changes)
    if phones == len(changes):
        return "关于维护服务人员联系方式变更的函"
    return f"关于维护服务人员{'及联系方式' if phones else ''}变更的函"


def _opening(title: str, changes: Sequence[Values], today: date) -> str:
    """Whether it comes beforehand, as the contract asks, or after the fact, is said as it is."""
    after = any(_day(values) <= today for values in changes)
    told = "因故未能提前函告，现将变更情况补告如下。" if after else "现将变更事项提前函告如下。"
    return f"根据《{title}》第九条第一款关于服务人员及其联系方式变更须提前函告的约定，{told}"


def _numbered(lines: Sequence[tuple[str, str]]) -> tuple[LetterPart, ...]:
    numerals = "一二三四五六七八九十"
    return tuple(
        LetterPart(
            heading=f"{numerals[place]}、{heading}" if place < len(numerals) else f"{place + 1}、{heading}",
            text=text,
        )
        for place, (heading, text) in enumerate(lines)
    )


def _told(view: View, change_: Present) -> tuple[str, str]:
    """Heading and text of one change."""
    values = change_.values
    day = date_text(_day(values))
    if values["kind"] == JOIN:
        return f"新增服务人员{values['name']}", _joins(view, change_, day)
    person = view.session.get_one(StaffMember, str(values["person"]))
    if values["kind"] == PHONE:
        mobile = awaited_mobile(view.session, change_.entry_id) or _in_effect(values, person.mobile)
        if not mobile:
            raise KnownError(f"{change_.number} 没有完整的新手机号码", "请更正这条变动，写入 11 位手机号")
        text = f"{person.name}（{person.role}）的手机号码自{day}起变更为{mobile}，"
        return f"变更{person.name}的联系方式", f"{text}服务电话{person.service_line}不变。"
    if values["kind"] == LEAVE:
        text = (
            f"{person.name}（{person.role}）自{day}起不再从事本合同项下的维护服务工作，"
            "并自该日起不再接触本合同项下的任何维护工作。"
        )
        heading = f"{person.name}离职"
    else:
        text = f"按贵局要求，{person.name}（{person.role}）自{day}起不再派驻从事本合同项下的维护服务工作。"
        heading = f"更换服务人员{person.name}"
    return heading, text + _successor(view.session, values)


def _joins(view: View, change_: Present, day: str) -> str:
    values = change_.values
    person = named(view.session, str(values["name"])) if "effective" in values else None
    mobile = awaited_mobile(view.session, change_.entry_id) or ("" if person is None else person.mobile)
    line = str(values.get("line") or view.law.terms.contract.service_lines[0])
    post = f"，职务{values['post']}" if "post" in values else ""
    phone = f"，手机号码{mobile}" if mobile else ""
    return (
        f"{values['name']}，岗位{values['role']}{post}，自{day}起从事本合同项下的维护服务工作。"
        f"服务电话{line}{phone}。"
    )


def _successor(session: Session, values: Values) -> str:
    """Who takes over, with a telephone where the roster knows one: the contract asks for name and number."""
    if "successor" not in values:
        return "接替人员确定后另行函告。"
    name = str(values["successor"])
    person = named(session, name)
    if person is None or person.availability == StaffState.LEFT:
        return f"其工作由{name}接替。"
    return f"其工作由{name}接替，联系电话{person.mobile or person.service_line}。"


def _headcount(view: View, changes: Sequence[Values]) -> str:
    """How many technicians there are once the changes that are still to come have come (二.2)."""
    there = select(func.count()).where(
        StaffMember.technician, StaffMember.availability != StaffState.LEFT.value
    )
    count = view.session.scalar(there) or 0
    for values in changes:
        if "effective" in values:
            continue
        if values["kind"] == JOIN and values["technician"]:
            count += 1
        elif values["kind"] in GOING:
            count -= view.session.get_one(StaffMember, str(values["person"])).technician
    floor = view.law.terms.contract.minimum_technicians
    said = f"上述变更后，我公司从事本合同维护服务的专业技术人员为{count}人"
    if count >= floor:
        return f"{said}，符合合同不少于{floor}人的约定。"
    return f"{said}，低于合同不少于{floor}人的约定，我公司将尽快补足并另行函告。"


def _day(values: Values) -> date:
    return date.fromisoformat(str(values.get("effective", values["planned"])))


def _in_effect(values: Values, mobile: str) -> str:
    return mobile if "effective" in values else ""


def _late(session: Session, entry_ids: Sequence[str]) -> str:
    """Which of the changes were told too late, for the message bar."""
    entries = [standing_entry(session, entry_id)[1] for entry_id in entry_ids]
    return "；".join(
        f"{entry.number} {entry.values['notice']}"
        for entry in entries
        if entry.values.get("timely") in ("same_day", "late")
    )
