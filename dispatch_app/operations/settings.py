"""Settings that describe themselves, the operator on duty, and the readings of the contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import Setting
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.setting_list import definition
from dispatch_app.operations.staff import member

OPERATOR = "operator"
"""Name of the setting that holds the staff id of whoever acts at the desk."""


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ChooseOperator:
    """Who acts from now on; every fact carries it."""

    staff_id: str


@dataclass(frozen=True, slots=True)
class ChangeReading:
    """Decide one question of the contract. `document`: number of the paper the decision rests on."""

    key: str
    value: str
    document: str


def setting_value(session: Session, name: str) -> str:
    """The value in force: what somebody chose, else the default.

    Raises:
        KnownError: There is no such setting.
    """
    row = session.get(Setting, name)
    return definition(name).default if row is None else row.value


def chosen_settings(session: Session) -> Callable[[str], str]:
    """`setting_value` for who needs several: one statement for all of them."""
    chosen = dict(session.execute(select(Setting.name, Setting.value)).all())

    def value(name: str) -> str:
        return chosen[name] if name in chosen else definition(name).default

    return value


def change_setting(job: Job, command: ChangeSetting) -> Changes:
    """Keep a value; the same value again does nothing. What no page shows leaves no record of its own."""
    wanted = definition(command.name)
    if wanted.name == OPERATOR:
        raise KnownError("值班员不在设置里改", "请在窗口右上角换人，交接才有记录")
    value = wanted.accept(command.value)
    before = setting_value(job.session, wanted.name)
    if value == before:
        return Changes()
    _keep(job.session, wanted.name, value)
    if not wanted.group:
        return Changes(settings=frozenset({wanted.name}))
    job.work.append_desk_fact("setting", wanted.name, "changed", {"before": before, "after": value})
    return Changes(settings=frozenset({wanted.name}), message=f"「{wanted.label}」已改")


def choose_operator(job: Job, command: ChooseOperator) -> Changes:
    """Hand the desk over; the record of it is still signed by who handed over."""
    person = member(job, command.staff_id)
    if person.availability == StaffState.LEFT:
        raise KnownError(
            f"{person.name} 已离职，不能再值班", "离职之日起不得再接触维护工作（四.3），请选择别人"
        )
    if setting_value(job.session, OPERATOR) == person.id:
        return Changes()
    _keep(job.session, OPERATOR, person.id)
    job.work.append_desk_fact("staff", person.id, "on_duty", {"before": job.work.stamp.operator})
    return Changes(
        settings=frozenset({OPERATOR}), staff=frozenset({person.id}), message=f"值班员：{person.name}"
    )


def _keep(session: Session, name: str, value: str) -> None:
    row = session.get(Setting, name)
    if row is None:
        session.add(Setting(name=name, value=value))
    else:
        row.value = value
