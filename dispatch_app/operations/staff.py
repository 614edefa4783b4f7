"""The roster: who may be sent, who rests or is away, and the personal numbers imported once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dispatch_app.operations.rows import StaffState


@dataclass(frozen=True, slots=True)
class SetAvailability:
    """待命, 休息, 请假 or 离职; the other states follow from the faults in hand."""

    staff_id: str
    state: StaffState
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportRoster:
    """Take personal mobiles from the annex table (text, CSV or .xlsx) into the encrypted database."""

    path: Path
