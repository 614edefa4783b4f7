"""Places the contract serves. Positions are confidential (附二): only ever in the encrypted database."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base


class Site(Base):
    """`longitude`/`latitude`: WGS84 degrees, None while the place is 待定."""

    __tablename__ = "sites"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(128), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    zone: Mapped[str] = mapped_column(String(16))
    street: Mapped[str] = mapped_column(String(32))
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    approximate: Mapped[bool]
    initials: Mapped[str] = mapped_column(String(128))
    pinyin: Mapped[str] = mapped_column(String(256))
    service_item: Mapped[int | None]
