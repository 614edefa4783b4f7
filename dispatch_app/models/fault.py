"""Faults: the append-only facts, and the projections beside them. Times: epoch seconds UTC."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base

COSTLY = text("kind IN ('disputed', 'third_party', 'unreachable', 'waived')")
"""Facts that bear on a sum, in the very words of the index over them: only then SQLite takes it."""
BREACHED = text("state = 'breached'")
"""Kept clocks that were missed, likewise."""


class FaultEvent(Base):
    """One fact. Never updated, never deleted: triggers forbid both. `hash` chains to the event before it.

    `detail` is the fact's detail as canonical JSON; `prev_hash` and `hash` are hex SHA-256.
    """

    __tablename__ = "fault_events"
    __table_args__ = (Index("ix_fault_events_costly", "fault_id", sqlite_where=COSTLY),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    fault_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[int]
    recorded_at: Mapped[int]
    operator: Mapped[str] = mapped_column(String(64))
    operator_name: Mapped[str] = mapped_column(String(64))
    desk: Mapped[str] = mapped_column(String(16))
    detail: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Fault(Base):
    """Projection of a fault's facts; rebuilt from them at any time. `version` counts its facts."""

    __tablename__ = "faults"
    __table_args__ = (Index("ix_faults_open_reported_at", "open", "reported_at"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    version: Mapped[int] = mapped_column()
    site_id: Mapped[str] = mapped_column(String(64), index=True)
    site_name: Mapped[str] = mapped_column(String(128))
    zone: Mapped[str] = mapped_column(String(16))
    emergency: Mapped[bool]
    source: Mapped[str] = mapped_column(String(16))
    symptom: Mapped[str] = mapped_column(Text)
    caller: Mapped[str] = mapped_column(String(64))
    unit: Mapped[str] = mapped_column(String(128))
    callback: Mapped[str] = mapped_column(String(64))
    line: Mapped[str] = mapped_column(String(32))
    room: Mapped[str] = mapped_column(String(128))
    device: Mapped[str] = mapped_column(String(128))
    hardware: Mapped[bool]
    stage: Mapped[str] = mapped_column(String(32))
    procedure: Mapped[str | None] = mapped_column(String(16))
    cycle: Mapped[int]
    reported_at: Mapped[int] = mapped_column(index=True)
    """The report that opened the fault: it decides the term and the month."""
    cycle_reported_at: Mapped[int]
    ended_at: Mapped[int | None]
    group: Mapped[str] = mapped_column(String(64))
    open: Mapped[bool]

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012  SQLAlchemy declares it so


class FaultEngineer(Base):
    """Projection: who is named for an open fault and how far along they are."""

    __tablename__ = "fault_engineers"

    fault_id: Mapped[str] = mapped_column(ForeignKey("faults.id"), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    since: Mapped[int]


class FrozenClock(Base):
    """Clock results of an ended fault, kept for the ten-year tally, keyed by the readings they rest on.

    Never updated: triggers forbid it, and count every row into `clock_counts`. `begun_on` is the day of
    Beijing on which the cycle began, counted from 1970-01-01.
    """

    __tablename__ = "frozen_clocks"
    __table_args__ = (
        Index("ix_frozen_clocks_breached", "readings_version", "clock", "fault_id", sqlite_where=BREACHED),
    )

    fault_id: Mapped[str] = mapped_column(ForeignKey("faults.id"), primary_key=True)
    readings_version: Mapped[str] = mapped_column(String(64), primary_key=True)
    cycle: Mapped[int] = mapped_column(primary_key=True)
    clock: Mapped[str] = mapped_column(String(16), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[int | None]
    due_at: Mapped[int | None]
    stopped_at: Mapped[int | None]
    late_s: Mapped[int]
    begun_on: Mapped[int]


class ClockCount(Base):
    """How many kept clocks of the cycles begun on a day stand how. Only the triggers write here."""

    __tablename__ = "clock_counts"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  SQLAlchemy declares it so

    readings_version: Mapped[str] = mapped_column(String(64), primary_key=True)
    begun_on: Mapped[int] = mapped_column(primary_key=True)
    clock: Mapped[str] = mapped_column(String(16), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int]
