"""Rules that several registers share: who may still act, and what may not lie ahead."""

from __future__ import annotations

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import Moment
from dispatch_app.operations.registers.register import Check
from dispatch_app.operations.rows import StaffState


def must_be_present(check: Check, column: str, when: str = "") -> None:
    """Who has left touches nothing of this contract any more (四.3).

    Args:
        column: A `PersonOf` column that names who acts; only a name put there now is looked at.
        when: A `Day` or `Moment` column that says when it was done: what somebody did before leaving may
            still be written down afterwards. Empty: it is done now.

    Raises:
        KnownError: The person has left.
    """
    named = check.after.get(column)
    if named is not None and check.changed(column):
        _refuse_who_left(check, column, str(named), when)


def must_all_be_present(check: Check, column: str, when: str = "") -> None:
    """As `must_be_present`, for a `PeopleOf` column."""
    before = str(check.before.get(column, "")).split()
    for named in str(check.after.get(column, "")).split():
        if named not in before:
            _refuse_who_left(check, column, named, when)


def _refuse_who_left(check: Check, column: str, staff_id: str, when: str) -> None:
    person = check.lookup.people.get(staff_id)
    if person is None or person.availability != StaffState.LEFT:
        return
    if when and when in check.after and _was_before(check, when, person.availability_since):
        return
    heading = check.register.column(column).heading
    left = date_of(person.availability_since).isoformat()
    raise KnownError(
        f"{heading}：{person.name} 已于 {left} 离职",
        "离职之日起不得再接触维护工作（四.3），请另选一人",
        column,
    )


def must_not_lie_ahead(check: Check, *columns: str) -> None:
    """Raises KnownError for a `Day` that has not come: what is to be is no record yet."""
    for column in columns:
        if str(check.after.get(column, "")) > check.today.isoformat():
            heading = check.register.column(column).heading
            raise KnownError(f"{heading}还没有到", "请填不晚于今天的日期", column)


def _was_before(check: Check, when: str, left: int) -> bool:
    """Whether it was done before a moment of leaving, epoch seconds; the day of leaving itself is not."""
    value = check.after[when]
    if isinstance(check.register.column(when).kind, Moment):
        return int(value) < left
    return str(value) < date_of(left).isoformat()
