"""The list of all faults: filtered, sorted and cut into pages by SQLite, never in Python."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Row,
    Select,
    bindparam,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    tuple_,
)

from dispatch_app.contract.calendar_beijing import DAY, date_of, month_bounds, start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Procedure, Source, Zone
from dispatch_app.contract.moves import Stage
from dispatch_app.models import Base, Fault, FaultListing
from dispatch_app.models.listing import MOVING, SEARCH_TABLE, SORTED
from dispatch_app.operations.history_rows import (
    PAGE,
    Cursor,
    FaultState,
    HistoryFilter,
    HistoryPage,
    HistoryRow,
    HistorySort,
    PeriodKind,
)
from dispatch_app.operations.listing import Figures, figures
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.search_words import question

FEW = 500
"""So many matches are cheaper to look up one by one than to meet on a walk along an index."""

_STATES = {one.value: one for one in FaultState}
_ZONES = {one.value: one for one in Zone}
_SOURCES = {one.value: one for one in Source}
_STAGES = {one.value: one for one in Stage}
_PROCEDURES: dict[str, Procedure | None] = {"": None} | {one.value: one for one in Procedure}
_LISTING = Base.metadata.tables[FaultListing.__tablename__]
_READ = [column for column in _LISTING.columns if column.name != "breach_at"]
_WORDS = table(SEARCH_TABLE, column("rowid"))
_MATCH = text(f"{SEARCH_TABLE} MATCH :words")


def page(
    view: View, wanted: HistoryFilter, sort: HistorySort, after: Cursor | None = None, size: int = PAGE
) -> HistoryPage:
    """The next `size` faults of a filter after a row of the page before; figures as of the view's moment.

    Raises:
        KnownError: The list cannot be sorted by that, or the days are none.
    """
    if sort.column not in SORTED:
        raise KnownError(f"不能按「{sort.column}」排序", "请点表头选择一列")
    key, number = _LISTING.c[sort.column], _LISTING.c.id
    chosen = _filtered(view, select(*_READ), wanted)
    if after is not None:
        place, last = tuple_(key, number), tuple_(*after)
        chosen = chosen.where(place < last if sort.descending else place > last)
    order = (key.desc(), number.desc()) if sort.descending else (key, number)
    found = view.session.execute(chosen.order_by(*order).limit(size)).all()
    end = found[-1] if len(found) == size else None
    return HistoryPage(_rows(view, found), None if end is None else (getattr(end, sort.column), end.id))


def count(view: View, wanted: HistoryFilter) -> int:
    """How many faults a filter lets through. Raises KnownError as `page` does."""
    words = question(wanted.text)
    if words is not None and replace(wanted, text="") == HistoryFilter():
        found = select(func.count()).select_from(_WORDS).where(_MATCH.bindparams(bindparam("words", words)))
        return int(view.session.execute(found).scalar_one())
    counted = select(func.count()).select_from(_LISTING)
    return int(view.session.execute(_filtered(view, counted, wanted)).scalar_one())


def bounds(view: View, wanted: HistoryFilter) -> tuple[int, int] | None:
    """The period of a filter, half-open; None for all time.

    Raises:
        KnownError: The days are no days, or the last lies before the first.
    """
    today = date_of(view.now)
    match wanted.period:
        case PeriodKind.ALL:
            return None
        case PeriodKind.TODAY:
            return start_of(today), start_of(today) + DAY
        case PeriodKind.MONTH:
            return month_bounds(today.year, today.month)
        case PeriodKind.TERM:
            return view.law.terms.term_start, view.law.terms.term_end
        case _:
            return _days(wanted)


def _days(wanted: HistoryFilter) -> tuple[int, int]:
    try:
        start, end = (start_of(date.fromisoformat(day)) for day in (wanted.first, wanted.last))
    except ValueError:
        raise KnownError("起止日期不完整", "请填写起始日和截止日，例如 2025-03-01") from None
    if end < start:
        raise KnownError("截止日在起始日之前", "请把截止日改到起始日当天或以后")
    return start, end + DAY


def _filtered(view: View, chosen: Select[Any], wanted: HistoryFilter) -> Select[Any]:
    rows = _LISTING.c
    if wanted.text.strip():
        chosen = chosen.where(_named(view, wanted.text))
    period = bounds(view, wanted)
    if period is not None:
        chosen = chosen.where(rows.reported_at >= period[0], rows.reported_at < period[1])
    if wanted.only:
        ids = func.json_each(json.dumps(wanted.only)).table_valued("value")
        chosen = chosen.where(rows.fault_id.in_(select(ids.c.value)))
    if wanted.state:
        few = wanted.state != FaultState.ENDED
        chosen = chosen.where((rows.state if few else _unaided("state")) == wanted.state)
    if wanted.zone:
        chosen = chosen.where(_unaided("zone") == wanted.zone)
    if wanted.breached:
        chosen = chosen.where(rows.breach_at <= view.now)
    if wanted.emergency:
        # Not the bare column: SQLite looks only a comparison up in an index.
        chosen = chosen.where(rows.emergency == literal(1))
    return chosen


def _named(view: View, typed: str) -> ColumnElement[bool]:
    """That a fault is among those the index of words names for a typed text.

    A few are looked up one by one. Where there are many, SQLite shall walk the index of the sort, which holds
    the ids, and stop at two hundred: it cannot know how many there are and would look up and sort them all.
    """
    words = question(typed)
    if words is None:
        return false()
    named = select(_WORDS.c.rowid).where(_MATCH.bindparams(bindparam("words", words)))
    some = named.limit(FEW + 1).subquery()
    few = view.session.execute(select(func.count()).select_from(some)).scalar_one() <= FEW
    return (_LISTING.c.id if few else _unaided("id")).in_(named)


def _unaided(name: str) -> ColumnClause[Any]:
    """A column whose index SQLite leaves alone: what lets half of all rows through is read in order."""
    return literal_column(f"+{_LISTING.name}.{name}")


def _rows(view: View, found: Sequence[Row[Any]]) -> tuple[HistoryRow, ...]:
    moving = [row.fault_id for row in found if row.late_s == MOVING]
    present: dict[str, Figures] = {}
    if moving:
        at_hand = select(Fault.id, Fault.version).where(Fault.id.in_(moving))
        versions = dict(view.session.execute(at_hand).all())
        cases = view.cases(versions)
        present = {fault_id: figures(view.assess(case)) for fault_id, case in cases.items()}
    return tuple(_row(row, present.get(row.fault_id)) for row in found)


def _row(row: Row[Any], present: Figures | None) -> HistoryRow:
    # By place and through tables: a page is two hundred of these, and a keystroke waits for them.
    values: tuple[Any, ...] = tuple(row)
    row_id, fault_id, number, reported_at, ended_at, state, site_name, zone, emergency = values[:9]
    symptom, source, stage, procedure, engineers, caller, unit, callback, device, cause = values[9:19]
    response, arrival, late, penalty = values[19:] if present is None else astuple(present)
    return HistoryRow(
        row_id, fault_id, number, reported_at, None if ended_at == MOVING else ended_at, _STATES[state],
        site_name, _ZONES[zone], emergency, symptom, _SOURCES[source], _STAGES[stage],
        _PROCEDURES[procedure], engineers, caller, unit, callback, device, cause, response, arrival, late,
        penalty, present is not None,
    )  # fmt: skip
