"""Every fault once more as the list of all faults shows it, and the index its text is found by.

Both are projections of the faults' facts. Times: epoch seconds UTC.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base

MOVING = 1 << 40
"""Stands for a figure that time still moves. It sorts behind every real one: what still runs is latest."""

SORTED = (
    "number",
    "reported_at",
    "ended_at",
    "site_name",
    "zone",
    "emergency",
    "symptom",
    "source",
    "stage",
    "procedure",
    "cause",
    "engineers",
    "caller",
    "unit",
    "device",
    "response_late_s",
    "arrival_late_s",
    "late_s",
    "penalty_fen",
)
"""Columns a person may sort by. Each has an index that ends in `id`, which decides between equals."""

SEARCH_TABLE = "fault_words"
"""The FTS5 table, which SQLAlchemy does not know: `ones` and `twos`, the single characters and the pairs."""


class FaultListing(Base):
    """A row of the list.

    Attributes:
        id: Place of the fault's first fact in the chain: the same after every rebuilding.
            It is the row id of the fault's words too.
        state: `open`, `ended` or `cancelled`.
        ended_at: `MOVING` while open.
        cause: Code of what was found to be the cause, empty until somebody says it.
        engineers: Names of everybody sent, in order, separated by 、.
        breach_at: First second of the first breach there is or will be if nothing happens; `MOVING` for none.
        response_late_s, arrival_late_s, late_s: Seconds late at most, of any cycle; `late_s` of any clock.
            `MOVING` where time still moves one of the fault's clocks.
        penalty_fen: What is deducted for it, waived sums left out; `MOVING` as before.
    """

    __tablename__ = "fault_listing"
    __table_args__ = tuple(Index(f"ix_fault_listing_{name}", name, "id") for name in (*SORTED, "state"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fault_id: Mapped[str] = mapped_column(String(36), ForeignKey("faults.id"), unique=True)
    number: Mapped[str] = mapped_column(String(24))
    reported_at: Mapped[int]
    ended_at: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    site_name: Mapped[str] = mapped_column(String(128))
    zone: Mapped[str] = mapped_column(String(16))
    emergency: Mapped[bool]
    symptom: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(16))
    stage: Mapped[str] = mapped_column(String(32))
    procedure: Mapped[str] = mapped_column(String(16))
    engineers: Mapped[str] = mapped_column(Text)
    caller: Mapped[str] = mapped_column(String(64))
    unit: Mapped[str] = mapped_column(String(128))
    callback: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(128))
    cause: Mapped[str] = mapped_column(String(16))
    breach_at: Mapped[int] = mapped_column(index=True)
    response_late_s: Mapped[int]
    arrival_late_s: Mapped[int]
    late_s: Mapped[int]
    penalty_fen: Mapped[int]
