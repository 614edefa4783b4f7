"""What every command on a fault asks first: is it there, was it changed meanwhile, when did it happen."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from re import compile as pattern

from sqlalchemy import select

from dispatch_app.contract.calendar_beijing import date_of, moment_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Assigned, ByEngineer, Detail, Fact
from dispatch_app.contract.moves import check_closing
from dispatch_app.models import Fault
from dispatch_app.operations.case import Case
from dispatch_app.operations.job import Job
from dispatch_app.operations.projection import NewFact, load_case
from dispatch_app.operations.words import FACT_WORDS

_MONEY = pattern(r"[0-9]{1,9}(\.[0-9]{1,2})?")


def fault_and_case(job: Job, fault_id: str) -> tuple[Fault, Case]:
    """The fault's row and its facts.

    Raises:
        KnownError: There is no such fault.
    """
    row = job.session.get(Fault, fault_id)
    if row is None:
        raise KnownError("没有这件故障", "请在队列里选中一件故障再操作")
    return row, load_case(job.session, fault_id)


def check_version(row: Fault, case: Case, expected: int, matters: Callable[[Fact], bool]) -> None:
    """Refuse if something that matters was written since the screen last read the fault.

    Args:
        expected: Version the screen showed: so many facts it had seen.

    Raises:
        KnownError: The screen has to look again.
    """
    unseen = [fact for fact in case.facts[expected:] if matters(fact)]
    if unseen:
        raise KnownError(
            f"{row.number} 已被更新（{FACT_WORDS[unseen[-1].kind]}）", "已重新读入，请看过最新情况后再操作"
        )


def check_group_may_close(job: Job, row: Fault) -> None:
    """Refuse to close the fault a concurrent group is named after before the others have ended.

    Raises:
        KnownError: It names those still in hand.
    """
    others = (
        select(Fault.number)
        .where(Fault.group == row.number, Fault.id != row.id, Fault.open)
        .order_by(Fault.number)
    )
    check_closing(row.number, job.session.scalars(others))


def staff_touched(case: Case, facts: list[NewFact]) -> frozenset[str]:
    """Whose state these facts may change: those at work, and those the facts name."""
    named = {engineer_of(detail) for _, _, detail in facts} - {""}
    return frozenset({person.staff_id for person in case.engagements} | named)


def engineer_of(detail: Detail) -> str:
    """Staff id a detail names, or an empty string."""
    return detail.engineer if isinstance(detail, Assigned | ByEngineer) else ""


def yuan(text: str, label: str, field: str) -> Decimal:
    """A sum as typed.

    Raises:
        KnownError: It is none; `field` is where it was typed.
    """
    typed = text.strip().replace(",", "").replace("，", "")
    if not _MONEY.fullmatch(typed):
        raise KnownError(f"{label}不是金额", "请填数字，至多两位小数，如 150.00", field)
    return Decimal(typed).quantize(Decimal("0.01"))


def when(at: int, now: int) -> str:
    """A moment as messages name it: the time of day, with the day where it is not today."""
    day, _, time = moment_text(at).partition(" ")
    short = time.removesuffix(":00")
    return short if date_of(at) == date_of(now) else f"{day} {short}"
