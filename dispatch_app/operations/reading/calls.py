"""What the intake card asks: calls on record, who called before, what is known of a site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import DAY, date_of, date_text, start_of
from dispatch_app.contract.calls import CallKind
from dispatch_app.models import Base, CallRecord, Fault, Site
from dispatch_app.operations.call_rows import CallerRow, CallRow, IntakeHelp, OpenFault, SiteHistory
from dispatch_app.operations.pinyin_index import fold, index, rank
from dispatch_app.operations.settings import setting_value

_FAULTS = Base.metadata.tables[Fault.__tablename__].c
_CALLS = Base.metadata.tables[CallRecord.__tablename__]
_SITES = Base.metadata.tables[Site.__tablename__].c
# What every selected fault asks for is made once.
_REPEATED = (
    select(_FAULTS.number, _FAULTS.reported_at, _FAULTS.symptom)
    .where(
        _FAULTS.site_id == bindparam("site"),
        _FAULTS.id != bindparam("but"),
        _FAULTS.reported_at <= bindparam("until"),
        _FAULTS.reported_at > bindparam("since"),
    )
    .order_by(_FAULTS.reported_at.desc())
)
_RECORDS = (
    select(_CALLS, _SITES.name.label("site_name"), _FAULTS.number.label("fault_number"))
    .outerjoin_from(_CALLS, _SITES.id.table, _SITES.id == _CALLS.c.site_id)
    .outerjoin(_FAULTS.id.table, _FAULTS.id == _CALLS.c.fault_id)
    .order_by(_CALLS.c.answered_at, _CALLS.c.recorded_at, _CALLS.c.id)
)
_ABOUT = _RECORDS.where(_CALLS.c.fault_id == bindparam("of"))
_BETWEEN = _RECORDS.where(_CALLS.c.answered_at >= bindparam("start"), _CALLS.c.answered_at < bindparam("end"))

LOOKED_THROUGH = 2000
"""So many of the latest faults, and as many call records, are searched for a caller."""
REPEATED_WITHIN = 30 * DAY


def calls_of_day(session: Session, now: int) -> tuple[CallRow, ...]:
    """The call records of the Beijing day of `now`, the latest first."""
    start = start_of(date_of(now))
    return _rows(session, _BETWEEN, {"start": start, "end": start + DAY})[::-1]


def calls_about(session: Session, fault_id: str) -> tuple[CallRow, ...]:
    """The calls about one fault that made no fault of their own, the earliest first."""
    return _rows(session, _ABOUT, {"of": fault_id})


def intake_help(session: Session) -> IntakeHelp:
    """What the card offers before anything is typed."""
    phrases = setting_value(session, "phrases").replace("，", "、").split("、")
    return IntakeHelp(_open_faults(session), tuple(phrase.strip() for phrase in phrases if phrase.strip()))


def _open_faults(session: Session) -> tuple[OpenFault, ...]:
    chosen = (
        select(Fault.id, Fault.number, Fault.site_name, Fault.symptom)
        .where(Fault.open)
        .order_by(Fault.reported_at.desc(), Fault.number.desc())
    )
    return tuple(OpenFault(*row) for row in session.execute(chosen))


def site_history(session: Session, site_id: str, now: int) -> SiteHistory:
    """Faults reported at a site in the 30 days before `now`."""
    return SiteHistory(*repeated(session, site_id, now, ""))


def repeated(session: Session, site_id: str, until: int, but: str) -> tuple[int, str]:
    """Faults at a site in the 30 days up to `until`, the fault `but` left out, and a line on the latest."""
    asked = {"site": site_id, "but": but, "until": until, "since": until - REPEATED_WITHIN}
    earlier = session.connection().execute(_REPEATED, asked).all()
    if not earlier:
        return 0, ""
    latest = earlier[0]
    return len(earlier), f"{date_text(latest.reported_at)} {latest.number} {latest.symptom}"


@dataclass(frozen=True, slots=True)
class _Known:
    row: CallerRow
    here: bool
    at: int


def find_callers(session: Session, text: str, site_id: str, limit: int) -> tuple[CallerRow, ...]:
    """Who called before, named by any fragment of name, unit or number, or by the initials of name or unit.

    Those of this site come first, then the latest; an empty text names everybody of this site.
    """
    wanted = fold(text)
    found = [
        known
        for known in _known(session, site_id)
        if (known.here if not wanted else _matches(wanted, known.row))
    ]
    found.sort(key=lambda known: (not known.here, -known.at))
    return tuple(known.row for known in found[:limit])


def _known(session: Session, site_id: str) -> list[_Known]:
    """Everybody of the latest calls once, with whether they called about this site and when last."""
    fault_calls = (
        select(Fault.caller, Fault.unit, Fault.callback, Fault.site_id, Fault.reported_at.label("at"))
        .order_by(Fault.reported_at.desc())
        .limit(LOOKED_THROUGH)
        .subquery()
    )
    other_calls = (
        select(
            CallRecord.caller,
            CallRecord.unit,
            CallRecord.callback,
            CallRecord.site_id,
            CallRecord.answered_at.label("at"),
        )
        .order_by(CallRecord.answered_at.desc())
        .limit(LOOKED_THROUGH)
        .subquery()
    )
    both = union_all(select(fault_calls), select(other_calls)).subquery()
    here = func.max(both.c.site_id == site_id)
    grouped = (
        select(both.c.caller, both.c.unit, both.c.callback, here, func.max(both.c.at))
        .where(both.c.caller + both.c.callback != "")
        .group_by(both.c.caller, both.c.unit, both.c.callback)
    )
    return [
        _Known(CallerRow(caller, unit, callback), bool(site_id) and bool(same), at)
        for caller, unit, callback, same, at in session.execute(grouped)
    ]


def _matches(wanted: str, row: CallerRow) -> bool:
    if any(wanted in fold(part) for part in (row.caller, row.unit, row.callback)):
        return True
    # Only letters can be initials; a number or a character is found above or not at all.
    if not (wanted.isascii() and wanted.isalpha()):
        return False
    return any(rank(wanted, part, *_spelled(part)) is not None for part in (row.caller, row.unit) if part)


_spelled = lru_cache(maxsize=2 * LOOKED_THROUGH)(index)


def _rows(session: Session, statement: Select[Any], asked: dict[str, Any]) -> tuple[CallRow, ...]:
    return tuple(
        CallRow(
            id=row.id,
            kind=CallKind(row.kind),
            answered_at=row.answered_at,
            recorded_at=row.recorded_at,
            operator=row.operator_name,
            line=row.line,
            caller=row.caller,
            unit=row.unit,
            callback=row.callback,
            site_name=row.site_name or "",
            fault_id=row.fault_id,
            fault_number=row.fault_number or "",
            note=row.note,
        )
        for row in session.connection().execute(statement, asked)
    )
