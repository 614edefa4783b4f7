"""专报 and everything issued on paper. Money is text with two decimals, times are epoch seconds UTC."""

from __future__ import annotations

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dispatch_app.models.base import Base


class SpecialReport(Base):
    """`status`: draft, submitted or instructed."""

    __tablename__ = "special_reports"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    fault_id: Mapped[str] = mapped_column(ForeignKey("faults.id"), index=True)
    number: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column()
    device: Mapped[str] = mapped_column(Text)
    model: Mapped[str] = mapped_column(Text)
    serial: Mapped[str] = mapped_column(Text)
    parameters: Mapped[str] = mapped_column(Text)
    estimate: Mapped[str] = mapped_column(String(32))
    cause: Mapped[str] = mapped_column(Text)
    advice: Mapped[str] = mapped_column(Text)
    signer: Mapped[str] = mapped_column(String(64))
    instruction: Mapped[str] = mapped_column(Text)
    instruction_document: Mapped[str] = mapped_column(String(128))
    started_at: Mapped[int]
    submitted_at: Mapped[int | None]
    instructed_at: Mapped[int | None]
    document_id: Mapped[str] = mapped_column(String(36))

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy declares it so


class IssuedDocument(Base):
    """A paper as it was issued: the very bytes that are previewed, saved and printed."""

    __tablename__ = "issued_documents"
    __table_args__ = (UniqueConstraint("kind", "number"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), index=True)
    number: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str] = mapped_column(String(256))
    issued_at: Mapped[int]
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    sheet: Mapped[str] = mapped_column(Text)
    """What the paper was made from, canonical JSON, so that a reprint can say that it is one."""


class PrintJob(Base):
    """Which copy went where."""

    __tablename__ = "print_jobs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("issued_documents.id"), index=True)
    copy: Mapped[int]
    at: Mapped[int]
    target: Mapped[str] = mapped_column(String(256))
    succeeded: Mapped[bool]
    detail: Mapped[str] = mapped_column(Text)


class NumberSeries(Base):
    """The last number given out in a series ("fault:A", "special_report:2026", "tally:2026" …)."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(64), primary_key=True)
    last: Mapped[int]
