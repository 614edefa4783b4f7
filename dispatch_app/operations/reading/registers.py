"""Lists of a register, filtered, sorted and paged by SQLite; an entry in full; what a field offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, text, tuple_
from sqlalchemy.orm import Session, aliased

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import REGISTER_WORDS, FaultListing, RegisterCell, RegisterEntry
from dispatch_app.operations.pinyin_index import fold, index, rank
from dispatch_app.operations.register_rows import (
    WITHDRAWN_VIEW,
    ChangedCell,
    Cursor,
    EntryDetail,
    EntryLine,
    EntryPage,
    EntryRow,
    Offer,
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
    FaultOf,
    Flag,
    PersonOf,
    SiteOf,
    Text,
    Value,
    Values,
)
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import EntryFact, facts_of, values_of
from dispatch_app.operations.registers.register import NUMBER, Column, Register, Span, Tone, Twice
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.search_words import question

FEW = 500
"""So many matches are cheaper to look up one by one than to meet on a walk along an index."""
MOST_OFFERS = 50

Chosen = Select[*tuple[Any, ...]]
_MATCHING = text(f"SELECT rowid FROM {REGISTER_WORDS} WHERE {REGISTER_WORDS} MATCH :words")
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
    cell = RegisterCell
    chosen: Chosen = (
        select(
            RegisterEntry.id,
            RegisterEntry.entry_id,
            RegisterEntry.number,
            RegisterEntry.version,
            RegisterEntry.standing,
            RegisterEntry.content,
            cell.key,
        )
        .join(RegisterEntry, RegisterEntry.id == cell.id)
        .where(cell.register == key, cell.column == sort.column)
    )
    chosen = _filtered(session, now, register, chosen, wanted)
    if after is not None:
        place, last = tuple_(cell.key, cell.id), tuple_(*after)
        chosen = chosen.where(place < last if sort.descending else place > last)
    order = (cell.key.desc(), cell.id.desc()) if sort.descending else (cell.key, cell.id)
    found = session.execute(chosen.order_by(*order).limit(size)).all()
    end = found[-1] if len(found) == size else None
    return EntryPage(_rows(session, now, register, found), None if end is None else (end.key, end.id))


def count(session: Session, now: int, key: str, wanted: RegisterFilter) -> int:
    """How many entries a filter lets through. Raises KnownError as `page` does."""
    register = register_of(key)
    if wanted.view == WITHDRAWN_VIEW:
        gone = select(func.count()).where(RegisterEntry.register == key, ~RegisterEntry.standing)
        return session.execute(gone).scalar_one()
    counted: Chosen = select(func.count()).where(RegisterCell.register == key, RegisterCell.column == NUMBER)
    return int(session.execute(_filtered(session, now, register, counted, wanted)).scalar_one())


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
        register.key, row, shown, entry.values, lines, refused, _relations(session, register, entry_id, shown)
    )


def offers(session: Session, now: int, key: str, column_key: str, typed: str) -> tuple[Offer, ...]:
    """What a field may be given for what has been typed so far, at most `MOST_OFFERS`, best first.

    Raises:
        LookupError: The register has no such column.
    """
    column = register_of(key).column(column_key)
    lookup = lookup_for(session, now)
    kind = column.kind
    if column.offered is not None:
        return tuple(Offer(*offer) for offer in column.offered(lookup, typed))[:MOST_OFFERS]
    if isinstance(kind, Choice):
        return tuple(Offer(word) for word in kind.words.values())
    if isinstance(kind, Flag):
        return (Offer("是"), Offer("否"))
    if isinstance(kind, SiteOf):
        ranked = [
            (found, site.name)
            for site in lookup.sites.values()
            if (found := rank(fold(typed), site.name, site.initials, site.pinyin)) is not None
        ]
        return tuple(Offer(name) for _, name in sorted(ranked)[:MOST_OFFERS])
    if isinstance(kind, PersonOf):
        there = [one for one in lookup.people.values() if one.availability != StaffState.LEFT]
        return tuple(Offer(one.name, one.role) for one in sorted(there, key=lambda one: one.digit))
    if isinstance(kind, EntryOf):
        return _entries_named(session, now, kind.register, typed)
    if isinstance(kind, FaultOf):
        return _faults_named(session, typed)
    if isinstance(kind, Text) and not kind.lines and not column.unique:
        return _used_before(session, key, column, typed)
    return ()


def entry_by_name(session: Session, now: int, key: str, typed: str) -> str:
    """Id of the standing entry of that name or number. Raises KnownError if there is none."""
    return lookup_for(session, now).find_entry(key, typed)


# ── filters ──


def _filtered(
    session: Session, now: int, register: Register, chosen: Chosen, wanted: RegisterFilter
) -> Chosen:
    if wanted.text.strip():
        chosen = chosen.where(_named(session, wanted.text))
    if wanted.view:
        for span in register.view(wanted.view).spans(now):
            chosen = chosen.where(_within(register.key, span))
    if wanted.refers is not None:
        column, ref = wanted.refers
        other = aliased(RegisterCell)
        chosen = chosen.where(
            RegisterCell.id.in_(
                select(other.id).where(
                    other.ref == ref, other.register == register.key, other.column == column
                )
            )
        )
    return chosen


def _within(key: str, span: Span | Twice) -> ColumnElement[bool]:
    other = aliased(RegisterCell)
    if isinstance(span, Twice):
        return RegisterCell.id.in_(_twice(key, span.columns))
    return RegisterCell.id.in_(
        select(other.id).where(
            other.register == key,
            other.column == span.column,
            other.key >= span.low,
            other.key < span.high,
        )
    )


def _twice(key: str, columns: Sequence[str]) -> Select[Any]:
    """Ids of entries whose value in one of these columns stands more than once; a walk along the cells."""
    cell, again = aliased(RegisterCell), aliased(RegisterCell)
    shared = (
        select(again.column, again.key)
        .where(again.register == key, again.column.in_(columns), again.key > "")
        .group_by(again.column, again.key)
        .having(func.count() > 1)
        .subquery()
    )
    return select(cell.id).join(
        shared, (cell.register == key) & (cell.column == shared.c.column) & (cell.key == shared.c.key)
    )


def _named(session: Session, typed: str) -> ColumnElement[bool]:
    """That an entry is among those the index of words names for a typed text; see `reading.history`."""
    words = question(typed)
    if words is None:
        return literal_column("0") == 1
    some = text(f"SELECT count(*) FROM ({_MATCHING.text} LIMIT {FEW + 1})").bindparams(words=words)
    few = session.execute(some).scalar_one() <= FEW
    matching = _MATCHING.bindparams(words=words).columns(literal_column("rowid")).subquery()
    place = RegisterCell.id if few else literal_column("+register_cells.id")
    return place.in_(select(matching.c[0]))


def _withdrawn(
    session: Session,
    now: int,
    register: Register,
    wanted: RegisterFilter,
    after: Cursor | None,
    size: int,
) -> EntryPage:
    """What no longer stands has no cells: it is listed as it was entered, and filtered by no text."""
    chosen = select(
        RegisterEntry.id,
        RegisterEntry.entry_id,
        RegisterEntry.number,
        RegisterEntry.version,
        RegisterEntry.standing,
        RegisterEntry.content,
    ).where(RegisterEntry.register == register.key, ~RegisterEntry.standing)
    if after is not None:
        chosen = chosen.where(RegisterEntry.id < after[1])
    found = session.execute(chosen.order_by(RegisterEntry.id.desc()).limit(size)).all()
    end = found[-1] if len(found) == size else None
    return EntryPage(_rows(session, now, register, found), None if end is None else ("", end.id))


# ── rows ──


def _rows(session: Session, now: int, register: Register, found: Sequence[Any]) -> tuple[EntryRow, ...]:
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
    cell, other = RegisterCell, aliased(RegisterCell)
    again = select(other.id).where(
        other.register == cell.register,
        other.column == cell.column,
        other.key == cell.key,
        other.id != cell.id,
    )
    twice: dict[int, dict[str, Tone]] = {}
    chosen = select(cell.id, cell.column).where(
        cell.id.in_([row.id for row in rows]), cell.column.in_(register.alone), cell.key > "", again.exists()
    )
    for found in session.execute(chosen):
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
    session: Session, register: Register, entry_id: str, shown: Mapping[str, str]
) -> tuple[Relation, ...]:
    """Entries of other registers that point here, and the faults recorded under the entry's name."""
    found = []
    for other in REGISTERS.values():
        for column in other.columns:
            if isinstance(column.kind, EntryOf) and column.kind.register == register.key:
                counted = session.execute(
                    select(func.count()).where(
                        RegisterCell.ref == entry_id,
                        RegisterCell.register == other.key,
                        RegisterCell.column == column.key,
                    )
                ).scalar_one()
                found.append(Relation(other.title, counted, other.key, column.key))
    name = shown.get(register.faults_by, "")
    if name:
        counted = session.execute(
            select(func.count()).where(FaultListing.device.startswith(name, autoescape=True))
        ).scalar_one()
        found.insert(0, Relation("故障", counted, "faults", text=name))
    return tuple(found)


# ── what a field offers ──


def _entries_named(session: Session, now: int, key: str, typed: str) -> tuple[Offer, ...]:
    register = register_of(key)
    found = page(session, now, key, RegisterFilter(typed), RegisterSort(), size=MOST_OFFERS).rows
    place = 1 + next((n for n, one in enumerate(register.columns) if one.key == register.naming), -1)
    return tuple(
        Offer(
            row.cells[place], " · ".join(cell for cell in row.cells[1:7] if cell and cell != row.cells[place])
        )
        for row in found
    )


def _faults_named(session: Session, typed: str) -> tuple[Offer, ...]:
    wanted = typed.strip().upper()
    rows = session.execute(
        select(FaultListing.number, FaultListing.site_name, FaultListing.symptom)
        .where(FaultListing.number.contains(wanted, autoescape=True))
        .order_by(FaultListing.reported_at.desc())
        .limit(MOST_OFFERS)
    )
    return tuple(Offer(row.number, f"{row.site_name} · {row.symptom[:40]}") for row in rows)


def _used_before(session: Session, key: str, column: Column, typed: str) -> tuple[Offer, ...]:
    """What was written in this column before and goes on from what is typed, by letters or pinyin initials,
    the latest first: most of it comes again."""
    contents = session.scalars(
        select(RegisterEntry.content)
        .where(RegisterEntry.register == key, RegisterEntry.standing)
        .order_by(RegisterEntry.id.desc())
        .limit(400)
    )
    texts = (str(value) for one in contents if (value := values_of(one).get(column.key)))
    wanted = fold(typed)
    found = [one for one in dict.fromkeys(texts) if not wanted or rank(wanted, one, *index(one)) is not None]
    return tuple(Offer(one) for one in found[:MOST_OFFERS])
