"""Rules that several registers share: who may still act at all."""

from __future__ import annotations

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import Moment, day_start
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
    if named is None or not check.changed(column):
        return
    person = check.lookup.people.get(str(named))
    if person is None or person.availability != StaffState.LEFT:
        return
    if when and when in check.after and _done_at(check, when) < person.availability_since:
        return
    heading = check.register.column(column).heading
    left = date_of(person.availability_since).isoformat()
    raise KnownError(
        f"{heading}：{person.name} 已于 {left} 离职",
        "离职之日起不得再接触维护工作（四.3），请另选一人",
        column,
    )


def _done_at(check: Check, when: str) -> int:
    """Epoch seconds."""
    value = check.after[when]
    kind = check.register.column(when).kind
    return int(value) if isinstance(kind, Moment) else day_start(value)
