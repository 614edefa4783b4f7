"""Everything that happened at the desk other than to a fault, in a chain of its own; and the change log."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base


class DeskEvent(Base):
    """A fact about staff, a site, a reading, a setting, the contract, a document, a print or an export.

    Append-only like `fault_events`; `payload` is canonical JSON.
    """

    __tablename__ = "desk_events"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    subject: Mapped[str] = mapped_column(String(32), index=True)
    subject_id: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[int]
    recorded_at: Mapped[int]
    operator: Mapped[str] = mapped_column(String(64))
    operator_name: Mapped[str] = mapped_column(String(64))
    desk: Mapped[str] = mapped_column(String(16))
    payload: Mapped[str] = mapped_column(Text)
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class ChangeLog(Base):
    """One line a transaction: what it touched, for views that were not looking."""

    __tablename__ = "change_log"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[int]
    command: Mapped[str] = mapped_column(String(64))
    operator: Mapped[str] = mapped_column(String(64))
    touched: Mapped[str] = mapped_column(Text)
