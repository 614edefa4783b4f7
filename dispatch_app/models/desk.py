"""Small state of the desk itself: settings, readings decided, calls half typed, alarms acknowledged."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base


class Setting(Base):
    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class DecidedReading(Base):
    """A reading of the contract that somebody decided; the shipped one counts where there is none."""

    __tablename__ = "decided_readings"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(32))
    decided_by: Mapped[str] = mapped_column(String(64))
    decided_at: Mapped[int]
    document: Mapped[str] = mapped_column(String(128))


class IntakeDraft(Base):
    """A call being taken. `fields` is JSON of the form's values; drafts are the only rows ever deleted."""

    __tablename__ = "intake_drafts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    answered_at: Mapped[int]
    parked: Mapped[bool]
    fields: Mapped[str] = mapped_column(Text)
