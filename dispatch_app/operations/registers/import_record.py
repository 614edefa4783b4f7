"""What the desk's own facts say of imports into registers: which were finished, what is not shown yet.

Entries that are being imported are facts before their import is finished, and count for nothing until then:
`projecting.facts_of` leaves them out. See docs/adr/0008.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from dispatch_app.models import DeskEvent, RegisterEntry

SUBJECT = "register_import"
"""Subject of the desk facts; the subject id is the import's."""
BEGUN, FINISHED, ABANDONED, SHOWN = "begun", "finished", "abandoned", "shown"


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the entries of a finished import are numbered, `first` being that of the first (`A-SB`, 12)."""

    prefix: str
    first: int

    def number(self, place: int) -> str:
        """Of the entry at a place of the import, counted from 0."""
        return f"{self.prefix}{self.first + place:04d}"


@dataclass(frozen=True, slots=True)
class Begun:
    """An import that was begun. `seq`: place of that fact in the chain; `seen`: the end of the chain when
    the file was looked at; `state`: the last kind recorded."""

    import_id: str
    register: str
    seq: int
    seen: int
    state: str


def finished(session: Session, import_ids: Iterable[str]) -> dict[str, Numbering]:
    """Those of these imports that count."""
    rows = session.execute(
        select(DeskEvent.subject_id, DeskEvent.payload).where(
            DeskEvent.subject == SUBJECT,
            DeskEvent.kind == FINISHED,
            DeskEvent.subject_id.in_(list(import_ids)),
        )
    )
    return {row.subject_id: Numbering(**json.loads(row.payload)) for row in rows}


def imports(session: Session, import_id: str = "") -> list[Begun]:
    """Every import into a register there ever was, or the one named; one statement."""
    chosen = select(DeskEvent).where(DeskEvent.subject == SUBJECT).order_by(DeskEvent.seq)
    if import_id:
        chosen = chosen.where(DeskEvent.subject_id == import_id)
    found: dict[str, Begun] = {}
    for event in session.scalars(chosen):
        if event.kind == BEGUN:
            said = json.loads(event.payload)
            begun = Begun(event.subject_id, said["register"], event.seq, said["seen"], BEGUN)
        else:
            known = found[event.subject_id]
            begun = Begun(known.import_id, known.register, known.seq, known.seen, event.kind)
        found[event.subject_id] = begun
    return list(found.values())


def unshown(session: Session) -> bool:
    """Whether a finished import has not said yet that all of it shows; one statement."""
    shown = aliased(DeskEvent)
    said = select(shown.seq).where(
        shown.subject == SUBJECT, shown.subject_id == DeskEvent.subject_id, shown.kind == SHOWN
    )
    left = select(DeskEvent.seq).where(
        DeskEvent.subject == SUBJECT, DeskEvent.kind == FINISHED, ~said.exists()
    )
    return session.scalar(left.limit(1)) is not None


def written(session: Session, begun: Begun) -> int:
    """How many entries an import wrote."""
    return session.execute(select(func.count()).select_from(_of(begun).subquery())).scalar_one()


def values_written(session: Session, begun: Begun) -> Iterator[dict[str, Any]]:
    """The values of every entry an import wrote, in the order of the file."""
    facts = _of(begun).add_columns(DeskEvent.payload)
    for row in session.execute(facts.order_by(DeskEvent.seq)):
        values: dict[str, Any] = json.loads(row.payload)["values"]
        yield values


def waiting(session: Session, import_id: str) -> tuple[str, ...]:
    """Ids of the entries of a finished import that no list shows yet, in the order of the file."""
    found = imports(session, import_id)
    if not found or found[0].state != FINISHED:
        return ()
    missing = _of(found[0]).where(~select(RegisterEntry.id).where(RegisterEntry.id == DeskEvent.seq).exists())
    return tuple(row.subject_id for row in session.execute(missing.order_by(DeskEvent.seq)))


def _of(begun: Begun) -> Select[*tuple[Any, ...]]:
    return select(DeskEvent.seq, DeskEvent.subject_id).where(
        DeskEvent.subject == f"register.{begun.register}",
        DeskEvent.seq > begun.seq,
        func.json_extract(DeskEvent.payload, "$.import") == begun.import_id,
    )
