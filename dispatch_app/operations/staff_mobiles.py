"""Seeing a personal mobile in full: who looked, and when, stays on record."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.roster_file import masked
from dispatch_app.operations.staff import member


@dataclass(frozen=True, slots=True)
class RevealMobile:
    """Somebody wants to see a number; after this `Queries.mobile_of` is asked for it."""

    staff_id: str


def reveal_mobile(job: Job, command: RevealMobile) -> Changes:
    """Raises KnownError if there is no number."""
    person = member(job, command.staff_id)
    if not person.mobile:
        raise KnownError(f"{person.name} 没有登记手机号码", "在设置里导入服务人员表，或记一条更换电话")
    job.work.append_desk_fact("staff", person.id, "mobile_shown", {"mobile": masked(person.mobile)})
    return Changes(message=f"已记下：查看 {person.name} 的手机号码")
