"""The roster. Personal mobiles live here and nowhere else; they come in through an import."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base


class StaffMember(Base):
    """`availability`: standby, resting, on_leave or left; what a person is doing follows from the faults."""

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    digit: Mapped[int]
    name: Mapped[str] = mapped_column(String(64), unique=True)
    post: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(64))
    technician: Mapped[bool]
    call_taker: Mapped[bool]
    skills: Mapped[str] = mapped_column(String(256))
    service_line: Mapped[str] = mapped_column(String(64))
    mobile: Mapped[str] = mapped_column(String(32))
    availability: Mapped[str] = mapped_column(String(16))
    availability_since: Mapped[int]
