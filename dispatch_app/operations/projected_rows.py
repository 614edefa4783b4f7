"""The rows of a fault: its own, those of the engineers at work on it, those of its clocks once they rest.

Plain statements and not units of work of the ORM: a click writes a few columns of one fault, an import
thousands of faults, and both are waited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from dispatch_app.contract.calendar_beijing import DAY, OFFSET
from dispatch_app.contract.places import PLANT
from dispatch_app.models import Base, Fault, FaultEngineer, FrozenClock, Site
from dispatch_app.operations.case import Case
from dispatch_app.operations.law import Law
from dispatch_app.operations.listing import Listed
from dispatch_app.operations.rows import Engagement

_FAULTS = Base.metadata.tables[Fault.__tablename__]
_ENGINEERS = Base.metadata.tables[FaultEngineer.__tablename__]
_CLOCKS = Base.metadata.tables[FrozenClock.__tablename__]
_SITES = Base.metadata.tables[Site.__tablename__]
_PLANT_KINDS = [kind.value for kind in PLANT]

_NEW_FAULT, _NEW_ENGINEER, _NEW_CLOCK = insert(_FAULTS), insert(_ENGINEERS), insert(_CLOCKS)
_CHANGE = update(_FAULTS).where(_FAULTS.c.id == bindparam("of"))
_LEAVE = delete(_ENGINEERS).where(
    _ENGINEERS.c.fault_id == bindparam("of"), _ENGINEERS.c.staff_id == bindparam("who")
)
_THAW = delete(_CLOCKS).where(_CLOCKS.c.fault_id == bindparam("of"))
_PLANT_SITES = select(_SITES.c.id).where(_SITES.c.kind.in_(_PLANT_KINDS))
_PLANT_AMONG = _PLANT_SITES.where(_SITES.c.id.in_(bindparam("ids", expanding=True)))

_SAME_NAMES = (
    "site_name", "zone", "source", "symptom", "caller", "unit", "callback", "line", "room", "device"
)  # fmt: skip
"""Fields of a report that the fault's row has under the same name."""


def row_of(case: Case, number: str) -> dict[str, Any]:
    """The fault's own row: column → value."""
    fields = case.fields
    return {
        "id": case.fault_id,
        "number": number,
        "version": len(case.facts),
        "site_id": fields["site"],
        "emergency": fields["emergency"] == "1",
        "hardware": fields["hardware"] == "1",
        **{name: fields[name] for name in _SAME_NAMES},
        "stage": case.stage.value,
        "procedure": case.procedure.value if case.procedure else None,
        "cycle": case.cycle.number,
        "reported_at": case.reported_at,
        "cycle_reported_at": case.cycle.start,
        "ended_at": case.ended_at,
        "group": case.group,
        "open": case.open,
    }


def put_new(session: Session, rows: Sequence[dict[str, Any]]) -> list[Fault]:
    """Insert rows of faults that have none; the same as objects that belong to no session."""
    if rows:
        session.connection().execute(_NEW_FAULT, rows)
    return [Fault(**row) for row in rows]


def put_changes(session: Session, fault: Fault, row: Mapping[str, Any]) -> None:
    """Bring the row of a fault up to date; `fault` says the same afterwards."""
    changed = {name: value for name, value in row.items() if getattr(fault, name) != value}
    if not changed:
        return
    session.connection().execute(_CHANGE, {"of": fault.id} | changed)
    for name, value in changed.items():
        set_committed_value(fault, name, value)


def put_engagements(session: Session, case: Case, before: Iterable[Engagement]) -> None:
    """Bring the rows of the engineers up to date. `before`: as they are now."""
    was = {person.staff_id: person for person in before}
    now = {person.staff_id: person for person in case.engagements}
    gone = [staff_id for staff_id, person in was.items() if now.get(staff_id) != person]
    come = [person for staff_id, person in now.items() if was.get(staff_id) != person]
    if gone:
        session.connection().execute(_LEAVE, [{"of": case.fault_id, "who": staff_id} for staff_id in gone])
    put_engineers(session, [(case.fault_id, person) for person in come])


def put_engineers(session: Session, some: Iterable[tuple[str, Engagement]]) -> None:
    """Insert rows for (fault id, engagement) that have none."""
    rows = [
        {
            "fault_id": fault_id,
            "staff_id": person.staff_id,
            "name": person.name,
            "state": person.state.value,
            "since": person.since,
        }
        for fault_id, person in some
    ]
    if rows:
        session.connection().execute(_NEW_ENGINEER, rows)


def thaw_clocks(session: Session, fault_id: str) -> None:
    """Forget the clock results kept of a fault."""
    session.connection().execute(_THAW, {"of": fault_id})


def freeze_clocks(session: Session, law: Law, some: Iterable[Listed]) -> None:
    """Keep the clock results of those faults among these whose clocks time moves no more."""
    rows = [
        {
            "fault_id": listed.case.fault_id,
            "readings_version": law.version,
            "cycle": clock.cycle,
            "clock": clock.clock.value,
            "state": clock.state.value,
            "started_at": clock.started_at,
            "due_at": clock.due_at,
            "stopped_at": clock.stopped_at,
            "late_s": clock.late_s,
            "begun_on": begun[clock.cycle],
        }
        for listed in some
        if listed.settled
        for begun in [begun_on(listed)]
        for clock in listed.ahead.clocks
    ]
    if rows:
        session.connection().execute(_NEW_CLOCK, rows)


def begun_on(listed: Listed) -> dict[int, int]:
    """Cycle → day of Beijing on which it began, counted from 1970-01-01."""
    return {cycle.number: (cycle.started_at + OFFSET) // DAY for cycle in listed.ahead.cycles}


def plant_sites(session: Session) -> frozenset[str]:
    """Ids of the sites that are outdoor boxes, fibre or wireless nodes (reading `outlying_plant`)."""
    return frozenset(session.connection().execute(_PLANT_SITES).scalars())


def plant_among(session: Session, site_ids: Iterable[str]) -> frozenset[str]:
    """Those of these sites that `plant_sites` names."""
    return frozenset(session.connection().execute(_PLANT_AMONG, {"ids": list(site_ids)}).scalars())
