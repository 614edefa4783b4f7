"""Writing a fault's row of the list of all faults, and the words it is found by, beside its projection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.orm import Session

from dispatch_app.contract.clocks import ClockName, ClockState, FaultAssessment, is_past_due
from dispatch_app.contract.facts import Assigned
from dispatch_app.contract.money import to_fen
from dispatch_app.contract.moves import Stage
from dispatch_app.models import Base, Fault, FaultListing, Site
from dispatch_app.models.listing import MOVING, SEARCH_TABLE
from dispatch_app.operations.case import Case
from dispatch_app.operations.history_rows import FaultState
from dispatch_app.operations.search_words import indexed

_TABLE = Base.metadata.tables[FaultListing.__tablename__]
_SAME_NAMES = (
    "number", "site_name", "zone", "emergency", "symptom", "source", "stage", "caller", "unit", "callback",
    "device", "reported_at",
)  # fmt: skip
"""Columns a fault's own row has under the same name."""
_SEARCHED = ("number", "site_name", "symptom", "caller", "unit", "callback", "engineers", "device")
_ROW = select(_TABLE).where(_TABLE.c.fault_id == bindparam("of"))
_INSERT = insert(_TABLE)
_CHANGE = update(_TABLE).where(_TABLE.c.id == bindparam("of"))
_REFIGURE = update(_TABLE).where(_TABLE.c.fault_id == bindparam("of"))
_SITES = Base.metadata.tables[Site.__tablename__].c
_INITIALS = select(_SITES.id, _SITES.initials).where(_SITES.id.in_(bindparam("ids", expanding=True)))
_WRITE_WORDS = text(f"INSERT INTO {SEARCH_TABLE} (rowid, ones, twos) VALUES (:id, :ones, :twos)")
_DROP_WORDS = text(f"DELETE FROM {SEARCH_TABLE} WHERE rowid = :id")


@dataclass(frozen=True, slots=True)
class Figures:
    """What the list shows of the clocks: seconds late at most, and fen. `MOVING` where time moves them."""

    response_late_s: int
    arrival_late_s: int
    late_s: int
    penalty_fen: int


STILL_MOVING = Figures(MOVING, MOVING, MOVING, MOVING)


def figures(assessment: FaultAssessment) -> Figures:
    """The figures of a fault as assessed at some moment."""
    late = dict.fromkeys(ClockName, 0)
    for clock in assessment.clocks:
        late[clock.clock] = max(late[clock.clock], clock.late_s)
    owed = sum(to_fen(one.amount) for one in assessment.penalties if one.waiver is None)
    return Figures(late[ClockName.RESPONSE], late[ClockName.ARRIVAL], max(late.values()), owed)


@dataclass(frozen=True, slots=True)
class Listed:
    """A fault to be listed.

    Attributes:
        ahead: The fault as assessed at `HORIZON`: how it ends if nothing more happens to it.
        settled: It has ended and time moves none of its clocks any more.
    """

    fault: Fault
    case: Case
    ahead: FaultAssessment
    settled: bool


def write_listing(session: Session, listed: Listed) -> None:
    """Bring the row and the words of a fault that is listed up to date, in the transaction of its facts."""
    connection = session.connection()
    row = connection.execute(_ROW, {"of": listed.fault.id}).one()
    values, before = _values(listed), row._asdict()
    changed = {name: value for name, value in values.items() if value != before[name]}
    # Every column has an index of its own: what stays as it is must not be written again.
    if changed:
        connection.execute(_CHANGE, {"of": row.id} | changed)
    if not changed.keys().isdisjoint(_SEARCHED):
        connection.execute(_DROP_WORDS, {"id": row.id})
        connection.execute(_WRITE_WORDS, _words(session, [(row.id, listed.fault.site_id, values)]))


def write_new(session: Session, some: Sequence[tuple[int, Listed]]) -> None:
    """List faults that have no row yet, one at least; with each the place of its first fact."""
    rows = [{"id": first} | _values(listed) for first, listed in some]
    connection = session.connection()
    connection.execute(_INSERT, rows)
    places = (listed.fault.site_id for _, listed in some)
    connection.execute(
        _WRITE_WORDS,
        _words(session, [(row["id"], site_id, row) for row, site_id in zip(rows, places, strict=True)]),
    )


def refigure(session: Session, some: Iterable[Listed]) -> None:
    """After a reading was decided: what it changes in the rows of these faults."""
    session.connection().execute(_REFIGURE, [{"of": listed.fault.id} | _reckoned(listed) for listed in some])


def clear_listing(session: Session) -> None:
    """Forget every row and every word."""
    session.execute(delete(FaultListing))
    session.execute(text(f"DELETE FROM {SEARCH_TABLE}"))


def _values(listed: Listed) -> dict[str, Any]:
    fault, case = listed.fault, listed.case
    sent = (item.fact.detail for item in case.course.timeline if not item.voided)
    names = dict.fromkeys(detail.engineer_name for detail in sent if isinstance(detail, Assigned))
    return {
        "fault_id": fault.id,
        **{name: getattr(fault, name) for name in _SAME_NAMES},
        "procedure": fault.procedure or "",
        "ended_at": MOVING if fault.ended_at is None else fault.ended_at,
        "state": _state(fault, case),
        "cause": case.fields["cause"],
        "engineers": "、".join(names),
        **_reckoned(listed),
    }


def _state(fault: Fault, case: Case) -> FaultState:
    if fault.open:
        return FaultState.OPEN
    return FaultState.CANCELLED if case.stage is Stage.CANCELLED else FaultState.ENDED


def _reckoned(listed: Listed) -> dict[str, int]:
    found = figures(listed.ahead) if listed.settled else STILL_MOVING
    return {"breach_at": _first_breach(listed.ahead)} | asdict(found)


def _first_breach(ahead: FaultAssessment) -> int:
    """First second at which a clock was, is or will be breached."""
    moments = [
        clock.due_at if is_past_due(clock.clock, clock.due_at, clock.due_at) else clock.due_at + 1
        for clock in ahead.clocks
        if clock.state is ClockState.BREACHED and clock.due_at is not None
    ]
    return min(moments, default=MOVING)


def _words(session: Session, some: Sequence[tuple[int, str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The words of some rows, each given with its id and its site's."""
    sites = {site_id for _, site_id, _ in some}
    # The initials are those of the place as it is called today; its name then stands in the row.
    found = session.connection().execute(_INITIALS, {"ids": list(sites)})
    initials = {row.id: row.initials.split() for row in found}
    words = []
    for row_id, site_id, values in some:
        ones, twos = indexed((*(values[name] for name in _SEARCHED), *initials.get(site_id, ())))
        words.append({"id": row_id, "ones": ones, "twos": twos})
    return words
