"""Which alarms somebody has heard. Times: epoch seconds UTC."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base


class AlarmAnswer(Base):
    """One acknowledgement silences one threshold of one clock until its due moment moves.

    `subject_id` is a fault's id, or a promise's. `clock` is a `ClockName`, or `promise`. `threshold`: soon,
    last_call or breached. A correction that moves `due_at` makes another key and so arms the alarm again.
    """

    __tablename__ = "alarm_answers"

    subject_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    cycle: Mapped[int] = mapped_column(primary_key=True)
    clock: Mapped[str] = mapped_column(String(16), primary_key=True)
    threshold: Mapped[str] = mapped_column(String(16), primary_key=True)
    due_at: Mapped[int] = mapped_column(primary_key=True)
    answered_at: Mapped[int]
    operator_name: Mapped[str] = mapped_column(String(64))
