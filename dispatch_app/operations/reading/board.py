"""What stands on the desk, kept from one question to the next and brought up to date by the change log.

Every transaction leaves one line in the change log that names what it touched. One statement therefore tells
a session whether what is kept still holds in the state it sees, and which rows to read again if not: the
work after a command is that of what the command touched, not of what lies on the desk.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import DAY, date_of, start_of
from dispatch_app.contract.facts import Assigned, ByEngineer
from dispatch_app.contract.moves import Stage
from dispatch_app.contract.places import PLANT, PlaceKind
from dispatch_app.contract.terms import Terms
from dispatch_app.models import Base, ChangeLog, Fault, Site, StaffMember
from dispatch_app.operations.case import Case
from dispatch_app.operations.law import Law, law_in_force
from dispatch_app.operations.reading.memory import CaseMemory
from dispatch_app.operations.rows import Engagement, StaffState

_PLANT = frozenset(PlaceKind(kind) for kind in PLANT)
_DONE = (Stage.RESOLVED.value, Stage.CLOSED.value)
_LOG = Base.metadata.tables[ChangeLog.__tablename__].c
_LINES = select(_LOG.seq, _LOG.touched).where(_LOG.seq >= bindparam("seq")).order_by(_LOG.seq)
Row = TypeVar("Row", Fault, StaffMember, Site)


def _by_id(model: type[Base]) -> Select[Any]:
    table = Base.metadata.tables[model.__tablename__]
    return select(table).where(table.c.id.in_(bindparam("ids", expanding=True)))


_BY_ID: dict[type[Base], Select[Any]] = {model: _by_id(model) for model in (Fault, StaffMember, Site)}
_LOOK_BACK = 60 * DAY
"""An older fault resolved today is not counted among what somebody did today: the figure ranks, no more."""


@dataclass(frozen=True, slots=True)
class InHand:
    """One person named for an open fault. `told`: (number, site, how far along), as the person's row says."""

    part: Engagement
    site_id: str
    told: tuple[str, str, StaffState]


@dataclass(frozen=True, slots=True)
class OnDesk:
    """An open fault: its row, which belongs to no session any more, and what its facts tell.

    `order`: what puts the oldest first. `line`: (id, number, symptom), as the site's row names it.
    `hands`: who is named for it.
    """

    fault: Fault
    case: Case
    site_id: str
    order: tuple[int, str]
    line: tuple[str, str, str]
    hands: tuple[InHand, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """`start`: Beijing midnight, epoch seconds. `reported`: ids of the faults reported since then.
    `workers`: id of each fault resolved since then → staff ids of those who worked on it."""

    start: int
    reported: frozenset[str]
    workers: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Board:
    """One state of the desk; nothing in it is ever changed.

    Attributes:
        seq: The last line of the change log in this state, 0 for none.
        people: The roster. sites: By service item, those without one last.
        faults: The open faults by id, the oldest first.
    """

    seq: int
    law: Law
    people: tuple[StaffMember, ...]
    sites: tuple[Site, ...]
    faults: Mapping[str, OnDesk]
    today: Today

    @cached_property
    def plants(self) -> frozenset[str]:
        """Ids of the sites that are outdoor boxes, fibre or wireless nodes (reading `outlying_plant`)."""
        return frozenset(site.id for site in self.sites if PlaceKind(site.kind) in _PLANT)

    @cached_property
    def versions(self) -> dict[str, int]:
        """Id → version of the open faults."""
        return {fault_id: one.fault.version for fault_id, one in self.faults.items()}

    @cached_property
    def in_hand(self) -> dict[str, list[InHand]]:
        """Staff id → the faults that person is named for, the longest standing first."""
        named = [hand for one in self.faults.values() for hand in one.hands]
        named.sort(key=lambda hand: hand.part.since)
        found: dict[str, list[InHand]] = {}
        for hand in named:
            found.setdefault(hand.part.staff_id, []).append(hand)
        return found

    @cached_property
    def done_today(self) -> Counter[str]:
        """Staff id → faults resolved today on which that person worked."""
        return Counter(person for workers in self.today.workers.values() for person in workers)


class Boards:
    """Keeps the last board asked for. Any thread may ask: what is kept is checked against each session, so it
    does not matter which of two threads keeps its own."""

    def __init__(self, shipped: Terms) -> None:
        self._shipped = shipped
        self._known: Board | None = None

    def at(self, session: Session, memory: CaseMemory, now: int) -> Board:
        """The board of the state that `session` sees, for the Beijing day of `now` (epoch seconds UTC)."""
        known = self._known
        day = start_of(date_of(now))
        if known is None:
            board = read_board(session, self._shipped, memory, day)
        else:
            lines = _lines_since(session, known.seq)
            if known.seq and (not lines or lines[0][0] != known.seq):
                # The session sees a state from before the last commit: its board is nobody else's.
                return read_board(session, self._shipped, memory, day)
            board = _caught_up(session, memory, known, [line for line in lines if line[0] > known.seq])
        if board.today.start != day:
            board = replace(board, today=_read_today(session, memory, day))
        self._known = board
        return board


def read_board(session: Session, shipped: Terms, memory: CaseMemory, day: int) -> Board:
    """All of it, from the database alone. `day`: Beijing midnight, epoch seconds."""
    opened = session.scalars(select(Fault).where(Fault.open)).all()
    return Board(
        seq=session.scalar(select(func.max(ChangeLog.seq))) or 0,
        law=law_in_force(session, shipped),
        people=tuple(session.scalars(select(StaffMember))),
        sites=_in_order(session.scalars(select(Site))),
        faults=_oldest_first(_on_desk(session, memory, opened)),
        today=_read_today(session, memory, day),
    )


def _lines_since(session: Session, seq: int) -> list[tuple[int, dict[str, list[str]]]]:
    rows = session.connection().execute(_LINES, {"seq": seq})
    return [(row.seq, json.loads(row.touched)) for row in rows]


def _caught_up(
    session: Session, memory: CaseMemory, known: Board, lines: list[tuple[int, dict[str, list[str]]]]
) -> Board:
    """The board after these lines; what no line names stays the very object it was."""
    if not lines:
        return known
    touched: dict[str, set[str]] = {}
    for _, line in lines:
        for subject, ids in line.items():
            touched.setdefault(subject, set()).update(ids)
    board = replace(known, seq=lines[-1][0])
    if touched.get("faults"):
        board = _with_faults(session, memory, board, touched["faults"])
    if touched.get("staff"):
        board = _with_people(session, board, touched["staff"])
    if touched.get("sites"):
        board = _with_sites(session, board, touched["sites"])
    if touched.get("settings"):
        board = replace(board, law=law_in_force(session, known.law.shipped, known.law))
    return board


def _with_faults(session: Session, memory: CaseMemory, board: Board, ids: set[str]) -> Board:
    again = _read_again(session, Fault, ids)
    stay = {fault_id: one for fault_id, one in board.faults.items() if fault_id not in ids}
    opened = _on_desk(session, memory, [fault for fault in again if fault.open])
    today = board.today
    reported = {fault.id for fault in again if today.start <= fault.reported_at < today.start + DAY}
    workers = {fault_id: found for fault_id, found in today.workers.items() if fault_id not in ids}
    return replace(
        board,
        faults=_oldest_first(stay | opened),
        today=Today(
            today.start,
            (today.reported - ids) | reported,
            workers
            | _workers(session, memory, [fault for fault in again if _done(fault, today.start)], today.start),
        ),
    )


def _with_people(session: Session, board: Board, ids: set[str]) -> Board:
    again = {person.id: person for person in _read_again(session, StaffMember, ids)}
    known = [again.pop(person.id, person) for person in board.people]
    return replace(board, people=(*known, *again.values()))


def _with_sites(session: Session, board: Board, ids: set[str]) -> Board:
    again = {site.id: site for site in _read_again(session, Site, ids)}
    known = [again.pop(site.id, site) for site in board.sites]
    return replace(board, sites=_in_order([*known, *again.values()]))


def _read_again(session: Session, model: type[Row], ids: Iterable[str]) -> list[Row]:
    """The rows of these ids as objects that belong to no session."""
    found = session.connection().execute(_BY_ID[model], {"ids": list(ids)})
    return [model(**row) for row in found.mappings()]


def _on_desk(session: Session, memory: CaseMemory, faults: Iterable[Fault]) -> dict[str, OnDesk]:
    found = {fault.id: fault for fault in faults}
    cases = memory.cases(session, {fault.id: fault.version for fault in found.values()})
    return {
        fault_id: OnDesk(
            fault,
            cases[fault_id],
            fault.site_id,
            (fault.reported_at, fault.number),
            (fault_id, fault.number, fault.symptom),
            tuple(
                InHand(part, fault.site_id, (fault.number, fault.site_name, part.state))
                for part in cases[fault_id].engagements
            ),
        )
        for fault_id, fault in found.items()
    }


def _oldest_first(faults: dict[str, OnDesk]) -> dict[str, OnDesk]:
    return dict(sorted(faults.items(), key=lambda pair: pair[1].order))


def _in_order(sites: Iterable[Site]) -> tuple[Site, ...]:
    return tuple(sorted(sites, key=lambda site: (site.service_item is None, site.service_item or 0)))


def _read_today(session: Session, memory: CaseMemory, start: int) -> Today:
    reported = select(Fault.id).where(Fault.reported_at >= start, Fault.reported_at < start + DAY)
    done = session.scalars(
        select(Fault).where(
            Fault.reported_at > start - _LOOK_BACK,
            Fault.stage.in_(_DONE),
            (Fault.ended_at >= start) | Fault.open,
        )
    ).all()
    return Today(start, frozenset(session.scalars(reported)), _workers(session, memory, done, start))


def _done(fault: Fault, start: int) -> bool:
    """Whether a fault may have been resolved on the day that begins at `start`."""
    recent = fault.reported_at > start - _LOOK_BACK and fault.stage in _DONE
    return recent and (fault.open or (fault.ended_at or 0) >= start)


def _workers(
    session: Session, memory: CaseMemory, done: Iterable[Fault], start: int
) -> dict[str, frozenset[str]]:
    cases = memory.cases(session, {fault.id: fault.version for fault in done})
    return {fault_id: found for fault_id, case in cases.items() if (found := _worked_on(case, start))}


def _worked_on(case: Case, start: int) -> frozenset[str]:
    ended = case.cycle.ended_at
    if ended is None or ended < start:
        return frozenset()
    details = [item.fact.detail for item in case.cycle.facts]
    return frozenset(one.engineer for one in details if isinstance(one, Assigned | ByEngineer)) - {""}
