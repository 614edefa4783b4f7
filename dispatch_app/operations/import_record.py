"""What the desk's own facts say of imports: which were finished, and which fault came of which row.

The facts of a fault that is being imported are written before its import is finished, and count for nothing
until then: only a finished import's faults get a row in `faults`. See docs/adr/0008.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.models import DeskEvent, Fault

SUBJECT = "import"
"""Subject of the desk facts; the subject id is the import's."""
BEGUN, ROWS, FINISHED, ABANDONED = "begun", "rows", "finished", "abandoned"


@dataclass(frozen=True, slots=True)
class ImportedFault:
    """`cycles`: (cycle, digest of the row it came from)."""

    fault_id: str
    number: str
    call_no: str
    cycles: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Imports:
    """Attributes:
    finished: Faults of finished imports by id, in the order in which they were written.
    unfinished: Import id → its faults, where it is under way, was given up or died: their facts count for
        nothing.
    """

    finished: dict[str, ImportedFault]
    unfinished: dict[str, list[ImportedFault]]

    @property
    def uncounted(self) -> frozenset[str]:
        """Ids of the faults of unfinished imports."""
        return frozenset(fault.fault_id for faults in self.unfinished.values() for fault in faults)


def imports(session: Session) -> Imports:
    """Every import there ever was; one statement."""
    written: dict[str, list[ImportedFault]] = {}
    finished: dict[str, ImportedFault] = {}
    events = select(DeskEvent.subject_id, DeskEvent.kind, DeskEvent.payload)
    for event in session.execute(events.where(DeskEvent.subject == SUBJECT).order_by(DeskEvent.seq)):
        if event.kind == ROWS:
            written.setdefault(event.subject_id, []).extend(_faults(event.payload))
        elif event.kind == FINISHED:
            finished |= {fault.fault_id: fault for fault in written.pop(event.subject_id, [])}
    return Imports(finished, written)


def state_of(session: Session, import_id: str) -> str:
    """The last kind recorded of an import; empty for one nobody began."""
    last = session.scalar(
        select(DeskEvent.kind)
        .where(DeskEvent.subject == SUBJECT, DeskEvent.subject_id == import_id)
        .order_by(DeskEvent.seq.desc())
        .limit(1)
    )
    return last or ""


def waiting(session: Session) -> list[ImportedFault]:
    """Faults of finished imports that have no row yet, in the order in which they were written."""
    finished = imports(session).finished
    shown = frozenset(session.scalars(select(Fault.id))) if finished else frozenset[str]()
    return [fault for fault in finished.values() if fault.fault_id not in shown]


def _faults(payload: str) -> Iterator[ImportedFault]:
    for said in json.loads(payload)["faults"]:
        cycles = tuple((row["cycle"], row["digest"]) for row in said["rows"])
        yield ImportedFault(said["fault_id"], said["number"], said["call_no"], cycles)
