"""Calls beside the faults: what was rung about without being one, and what was promised to a caller.

Both are projections of the desk's own facts (subjects `call` and `promise`). Times: epoch seconds UTC.
"""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base


class CallRecord(Base):
    """A call that became no fault of its own: it has no clocks. `kind`: a `CallKind`.

    `fault_id` names the fault it was about (催办, another caller of the same fault); empty for none.
    """

    __tablename__ = "call_records"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    answered_at: Mapped[int] = mapped_column(index=True)
    recorded_at: Mapped[int]
    operator_name: Mapped[str] = mapped_column(String(64))
    line: Mapped[str] = mapped_column(String(32))
    caller: Mapped[str] = mapped_column(String(64))
    unit: Mapped[str] = mapped_column(String(128))
    callback: Mapped[str] = mapped_column(String(64))
    site_id: Mapped[str] = mapped_column(String(64))
    fault_id: Mapped[str] = mapped_column(String(36), index=True)
    note: Mapped[str] = mapped_column(Text)


class CallbackPromise(Base):
    """回电承诺: somebody was told they would be rung back by `due_at`. `kept_at` is None while it is owed."""

    __tablename__ = "callback_promises"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    fault_id: Mapped[str] = mapped_column(String(36), index=True)
    call_id: Mapped[str] = mapped_column(String(36))
    caller: Mapped[str] = mapped_column(String(64))
    callback: Mapped[str] = mapped_column(String(64))
    about: Mapped[str] = mapped_column(Text)
    promised_at: Mapped[int]
    due_at: Mapped[int]
    kept_at: Mapped[int | None] = mapped_column(index=True)
