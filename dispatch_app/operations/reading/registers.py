"""Lists of a register, filtered, sorted and paged by SQLite; an entry in full."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    CompoundSelect,
    Select,
    func,
    literal_column,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import REGISTER_WORDS, Base, RegisterCell, RegisterEntry
from dispatch_app.operations.history_rows import HistoryFilter
from dispatch_app.operations.reading.fault_parts import faults_of_device
from dispatch_app.operations.register_rows import (
    WITHDRAWN_VIEW,
    ChangedCell,
    Cursor,
    EntryDetail,
    EntryLine,
    EntryPage,
    EntryRow,
    RegisterCount,
    RegisterFilter,
    RegisterSort,
    Relation,
)
from dispatch_app.operations.register_words import PAGE
from dispatch_app.operations.registers import projecting
from dispatch_app.operations.registers.catalogue import REGISTERS, lookup_for, register_of
from dispatch_app.operations.registers.entries import known_entry
from dispatch_app.operations.registers.kinds import (
    Choice,
    EntryOf,
    Value,
    Values,
)
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import EntryFact, facts_of, values_of
from dispatch_app.operations.registers.register import NUMBER, Register, Span, Tone, Twice
from dispatch_app.operations.search_words import question

FEW = 500
"""So many matches are cheaper to look up one by one than to meet on a walk along an index."""

Chosen = Select[*tuple[Any, ...]]
_ENTRIES, _CELLS = (Base.metadata.tables[table.__tablename__] for table in (RegisterEntry, RegisterCell))
_SHOWN = tuple(_ENTRIES.c[name] for name in ("id", "entry_id", "number", "version", "standing", "content"))
_ROWID: ColumnClause[int] = literal_column("rowid")
_HOW_MANY = text(
    f"SELECT count(*) FROM (SELECT rowid FROM {REGISTER_WORDS} WHERE {REGISTER_WORDS} MATCH :words "
    f"LIMIT {FEW + 1})"
)
_MATCHING = text(f"SELECT rowid FROM {REGISTER_WORDS} WHERE {REGISTER_WORDS} MATCH :words")
_STANDS_TWICE = text(
    """SELECT id, "column" FROM register_cells AS cell
    WHERE id IN (SELECT value FROM json_each(:ids))
    AND "column" IN (SELECT value FROM json_each(:columns))
    AND key > '' AND EXISTS (
        SELECT 1 FROM register_cells AS other
        WHERE other.register = cell.register AND other."column" = cell."column"
        AND other.key = cell.key AND other.id != cell.id
    )"""
)
_SAID = {
    projecting.ENTERED: "登记",
    projecting.WITHDRAWN: "作废",
    projecting.RESTORED: "恢复",
    projecting.REVERTED: "撤回",
}


def page(
    session: Session,
    now: int,
    key: str,
    wanted: RegisterFilter,
    sort: RegisterSort,
    after: Cursor | None = None,
    size: int = PAGE,
) -> EntryPage:
    """The next `size` entries of a filter after a row of the page before.

    Raises:
        KnownError: The register cannot be sorted by that, or has no such view.
    """
    register = register_of(key)
    if wanted.view == WITHDRAWN_VIEW:
        return _withdrawn(session, now, register, wanted, after, size)
    if sort.column not in {NUMBER, *(column.key for column in register.columns)}:
        raise KnownError(f"不能按「{sort.column}」排序", "请点表头选择一列")
    cell = _CELLS.c
    chosen: Chosen = select(*_SHOWN, cell.key).select_from(_CELLS.join(_ENTRIES, _ENTRIES.c.id == cell.id))
    chosen = _filtered(session, now, register, sort.column, chosen, wanted)
    if after is not None:
        place, last = tuple_(cell.key, cell.id), tuple_(*after)
        chosen = chosen.where(place < last if sort.descending else place > last)
    order = (cell.key.desc(), cell.id.desc()) if sort.descending else (cell.key, cell.id)
    found = session.connection().execute(chosen.order_by(*order).limit(size)).all()
    end = found[-1] if len(found) == size else None
    return EntryPage(rows_of(session, now, register, found), None if end is None else (end.key, end.id))


def count(session: Session, now: int, key: str, wanted: RegisterFilter) -> int:
    """How many entries a filter lets through. Raises KnownError as `page` does."""
    register = register_of(key)
    if wanted.view == WITHDRAWN_VIEW:
        gone = select(func.count()).where(_ENTRIES.c.register == key, ~_ENTRIES.c.standing)
        return session.connection().execute(gone).scalar_one()
    chosen = _filtered(session, now, register, NUMBER, select(func.count()).select_from(_CELLS), wanted)
    return int(session.connection().execute(chosen).scalar_one())


def counts(session: Session, now: int, keys: Sequence[str]) -> tuple[RegisterCount, ...]:
    """How many entries stand in these registers and their views."""
    found = []
    for key in keys:
        register = register_of(key)
        views = {view.key: count(session, now, key, RegisterFilter(view=view.key)) for view in register.views}
        pressing = sum(views[view.key] for view in register.views if view.pressing)
        found.append(RegisterCount(key, count(session, now, key, RegisterFilter()), views, pressing))
    return tuple(found)


def detail(session: Session, now: int, entry_id: str) -> EntryDetail:
    """An entry in full, withdrawn ones too.

    Raises:
        KnownError: There is none of that id.
    """
    register, entry = known_entry(session, entry_id)
    lookup = lookup_for(session, now)
    plain = _row(
        register, lookup, entry.id, entry_id, entry.number, entry.version, entry.standing, entry.values
    )
    (row,) = _marked(session, register, [plain])
    shown = {
        column.key: column.kind.text(entry.values[column.key], lookup)
        for column in register.columns
        if column.key in entry.values
    }
    refused = {one.key: said for one in register.actions if (said := one.allowed(entry.values)) is not None}
    lines = _history(register, facts_of(session, [entry_id])[entry_id], lookup)
    return EntryDetail(
        register.key,
        row,
        shown,
        entry.values,
        lines,
        refused,
        _relations(session, now, register, entry_id, entry.values, shown),
    )


# ── filters ──


def _filtered(
    session: Session, now: int, register: Register, column: str, chosen: Chosen, wanted: RegisterFilter
) -> Chosen:
    """With the cells of one column that a filter lets through, each standing for its entry."""
    cell = _CELLS.c
    chosen = chosen.where(cell.column == column)
    if not wanted.text.strip():
        chosen = chosen.where(cell.register == register.key)
    else:
        chosen = chosen.where(*_named(session, register.key, wanted.text))
    if wanted.view:
        for span in register.view(wanted.view).spans(now):
            chosen = chosen.where(_within(register.key, span))
    if wanted.refers is not None:
        chosen = chosen.where(_refers(register, *wanted.refers))
    return chosen


def _refers(register: Register, column: str, *values: str) -> ColumnElement[bool]:
    kind = register.column(column).kind
    other = _CELLS.alias().c
    place = other.ref
    if isinstance(kind, Choice):
        place, values = other.key, tuple(kind.order(value) for value in values)
    return _CELLS.c.id.in_(
        select(other.id).where(place.in_(values), other.register == register.key, other.column == column)
    )


def _within(key: str, span: Span | Twice) -> ColumnElement[bool]:
    if isinstance(span, Twice):
        return _CELLS.c.id.in_(_twice(key, span.columns))
    other = _CELLS.alias().c
    return _CELLS.c.id.in_(
        select(other.id).where(
            other.register == key,
            other.column == span.column,
            other.key >= span.low,
            other.key < span.high,
        )
    )


def _twice(key: str, columns: Sequence[str]) -> CompoundSelect[Any]:
    """Ids of entries whose value in one of these columns stands more than once: one walk along the cells of
    each column, and the few that share a key looked up."""
    found = []
    for column in columns:
        cell, again = _CELLS.alias().c, _CELLS.alias().c
        shared = select(again.key).where(again.register == key, again.column == column, again.key > "")
        several = shared.group_by(again.key).having(func.count() > 1)
        found.append(
            select(cell.id).where(cell.register == key, cell.column == column, cell.key.in_(several))
        )
    return union_all(*found)


def _named(session: Session, key: str, typed: str) -> tuple[ColumnElement[bool], ...]:
    """Only those of a register the index of words names for a typed text; see `reading.history`."""
    words = question(typed)
    if words is None:
        return (literal_column("0") == 1,)
    few = session.connection().execute(_HOW_MANY, {"words": words}).scalar_one() <= FEW
    matching = select(_MATCHING.bindparams(words=words).columns(_ROWID).subquery().c[0])
    # A plus keeps SQLite from walking along what stands after it: the register's cells, or the matches.
    if few:
        return literal_column("+register_cells.register") == key, _CELLS.c.id.in_(matching)
    return _CELLS.c.register == key, literal_column("+register_cells.id").in_(matching)


def _withdrawn(
    session: Session,
    now: int,
    register: Register,
    wanted: RegisterFilter,
    after: Cursor | None,
    size: int,
) -> EntryPage:
    """What no longer stands has no cells: it is listed as it was entered, and filtered by no text."""
    entry = _ENTRIES.c
    chosen = select(*_SHOWN).where(entry.register == register.key, ~entry.standing)
    if after is not None:
        chosen = chosen.where(entry.id < after[1])
    found = session.connection().execute(chosen.order_by(entry.id.desc()).limit(size)).all()
    end = found[-1] if len(found) == size else None
    return EntryPage(rows_of(session, now, register, found), None if end is None else ("", end.id))


# ── rows ──


def rows_of(session: Session, now: int, register: Register, found: Sequence[Any]) -> tuple[EntryRow, ...]:
    lookup = lookup_for(session, now)
    read = [(row, values_of(row.content)) for row in found]
    projecting.learn(register, [values for _, values in read], lookup)
    return _marked(
        session,
        register,
        [
            _row(register, lookup, row.id, row.entry_id, row.number, row.version, row.standing, values)
            for row, values in read
        ],
    )


def _marked(session: Session, register: Register, rows: Sequence[EntryRow]) -> tuple[EntryRow, ...]:
    """Rows with the cells marked whose value ought to stand once and stands twice."""
    if not register.alone or not rows:
        return tuple(rows)
    asked = {
        "ids": json.dumps([row.id for row in rows]),
        "columns": json.dumps(list(register.alone)),
    }
    twice: dict[int, dict[str, Tone]] = {}
    for found in session.connection().execute(_STANDS_TWICE, asked):
        twice.setdefault(found.id, {})[register.alone[found.column]] = Tone.BREACHED
    return tuple(
        replace(row, tones={**row.tones, **twice[row.id]}) if row.id in twice else row for row in rows
    )


def _row(
    register: Register,
    lookup: Lookup,
    row_id: int,
    entry_id: str,
    number: str,
    version: int,
    standing: bool,
    values: Values,
) -> EntryRow:
    texts = [number]
    for column in register.columns:
        value = values.get(column.key)
        texts.append("" if value is None else column.kind.text(value, lookup))
    tones = register.tones(values, date_of(lookup.now)) if standing else {}
    return EntryRow(row_id, entry_id, number, version, standing, tuple(texts), tones)


# ── one entry ──


def _history(register: Register, facts: Sequence[EntryFact], lookup: Lookup) -> tuple[EntryLine, ...]:
    taken_back = {fact.payload["of"] for fact in facts if fact.kind == projecting.REVERTED}
    lines = [
        EntryLine(
            _said(register, fact),
            fact.recorded_at,
            fact.operator_name,
            fact.payload.get("reason", ""),
            _changes(register, fact, lookup),
            fact.id in taken_back,
        )
        for fact in facts
    ]
    return tuple(reversed(lines))


def _said(register: Register, fact: EntryFact) -> str:
    if projecting.IMPORT in fact.payload:
        return "导入"
    if fact.kind != projecting.AMENDED:
        return _SAID[fact.kind]
    titles = {action.key: action.title for action in register.actions}
    return titles.get(fact.payload["action"], "更正")


def _changes(register: Register, fact: EntryFact, lookup: Lookup) -> tuple[ChangedCell, ...]:
    changes: Mapping[str, tuple[Value | None, Value | None]] = fact.payload.get("changes", {})
    return tuple(
        ChangedCell(
            column.heading,
            *("" if value is None else column.kind.text(value, lookup) for value in changes[column.key]),
        )
        for column in register.columns
        if column.key in changes
    )


def _relations(
    session: Session, now: int, register: Register, entry_id: str, values: Values, shown: Mapping[str, str]
) -> tuple[Relation, ...]:
    """The faults of a device, entries of other registers that point here, and what the register adds."""
    found = []
    name = shown.get(register.faults_by, "")
    if name:
        ids = faults_of_device(session, name)
        found.append(Relation("故障", len(ids), "faults", HistoryFilter(only=ids, called=f"设备 {name}")))
    for other in REGISTERS.values():
        pointing = [
            column
            for column in other.columns
            if isinstance(column.kind, EntryOf) and column.kind.register == register.key
        ]
        for column in pointing:
            title = other.title if len(pointing) == 1 else f"{other.title}（{column.heading}）"
            here = RegisterFilter(refers=(column.key, entry_id))
            found.append(Relation(title, count(session, now, other.key, here), other.key, here))
    return (*found, *register.related(session, now, entry_id, values))
