"""The first schema: facts in their chains, projections, papers, the small state of the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _chains()
    _faults()
    _progress()
    _people_and_places()
    _special_reports()
    _papers()
    _desk()
    for table in ("fault_events", "desk_events"):
        _append_only(table)


def _append_only(table: str) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    known = f"SELECT 1 FROM {table} WHERE seq = NEW.seq OR id = NEW.id OR hash = NEW.hash"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({known}) {refuse}")


def _chains() -> None:
    op.create_table(
        "fault_events",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("fault_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(64), nullable=False),
        sa.Column("operator_name", sa.String(64), nullable=False),
        sa.Column("desk", sa.String(16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_fault_events"),
        sa.UniqueConstraint("hash", name="uq_fault_events_hash"),
        sa.UniqueConstraint("id", name="uq_fault_events_id"),
    )
    op.create_index("ix_fault_events_fault_id", "fault_events", ["fault_id"])
    op.create_table(
        "desk_events",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.Integer(), nullable=False),
        sa.Column("operator", sa.String(64), nullable=False),
        sa.Column("operator_name", sa.String(64), nullable=False),
        sa.Column("desk", sa.String(16), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_desk_events"),
        sa.UniqueConstraint("hash", name="uq_desk_events_hash"),
        sa.UniqueConstraint("id", name="uq_desk_events_id"),
    )
    op.create_index("ix_desk_events_subject", "desk_events", ["subject"])
    op.create_index("ix_desk_events_subject_id", "desk_events", ["subject_id"])
    op.create_table(
        "change_log",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("command", sa.String(64), nullable=False),
        sa.Column("operator", sa.String(64), nullable=False),
        sa.Column("touched", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_change_log"),
    )


def _faults() -> None:
    op.create_table(
        "faults",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("site_name", sa.String(128), nullable=False),
        sa.Column("zone", sa.String(16), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("symptom", sa.Text(), nullable=False),
        sa.Column("caller", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(128), nullable=False),
        sa.Column("callback", sa.String(64), nullable=False),
        sa.Column("line", sa.String(32), nullable=False),
        sa.Column("room", sa.String(128), nullable=False),
        sa.Column("device", sa.String(128), nullable=False),
        sa.Column("hardware", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("procedure", sa.String(16), nullable=True),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.Integer(), nullable=False),
        sa.Column("cycle_reported_at", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.Integer(), nullable=True),
        sa.Column("group", sa.String(64), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_faults"),
        sa.UniqueConstraint("number", name="uq_faults_number"),
    )
    op.create_index("ix_faults_open_reported_at", "faults", ["open", "reported_at"])
    op.create_index("ix_faults_reported_at", "faults", ["reported_at"])
    op.create_index("ix_faults_site_id", "faults", ["site_id"])


def _progress() -> None:
    op.create_table(
        "fault_engineers",
        sa.Column("fault_id", sa.String(36), nullable=False),
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fault_id"], ["faults.id"], name="fk_fault_engineers_fault_id"),
        sa.PrimaryKeyConstraint("fault_id", "staff_id", name="pk_fault_engineers"),
    )
    op.create_table(
        "frozen_clocks",
        sa.Column("fault_id", sa.String(36), nullable=False),
        sa.Column("readings_version", sa.String(64), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.Integer(), nullable=True),
        sa.Column("stopped_at", sa.Integer(), nullable=True),
        sa.Column("late_s", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fault_id"], ["faults.id"], name="fk_frozen_clocks_fault_id"),
        sa.PrimaryKeyConstraint("fault_id", "readings_version", "cycle", "clock", name="pk_frozen_clocks"),
    )


def _people_and_places() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("digit", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("post", sa.String(64), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("technician", sa.Boolean(), nullable=False),
        sa.Column("call_taker", sa.Boolean(), nullable=False),
        sa.Column("skills", sa.String(256), nullable=False),
        sa.Column("service_line", sa.String(64), nullable=False),
        sa.Column("mobile", sa.String(32), nullable=False),
        sa.Column("availability", sa.String(16), nullable=False),
        sa.Column("availability_since", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("zone", sa.String(16), nullable=False),
        sa.Column("street", sa.String(32), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("initials", sa.String(128), nullable=False),
        sa.Column("pinyin", sa.String(256), nullable=False),
        sa.Column("service_item", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
        sa.UniqueConstraint("name", name="uq_sites_name"),
    )


def _special_reports() -> None:
    op.create_table(
        "special_reports",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("fault_id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("estimate", sa.String(32), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("signer", sa.String(64), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("instruction_document", sa.String(128), nullable=False),
        sa.Column("started_at", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.Integer(), nullable=True),
        sa.Column("instructed_at", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.String(36), nullable=False),
        sa.ForeignKeyConstraint(["fault_id"], ["faults.id"], name="fk_special_reports_fault_id"),
        sa.PrimaryKeyConstraint("id", name="pk_special_reports"),
    )
    op.create_index("ix_special_reports_fault_id", "special_reports", ["fault_id"])


def _papers() -> None:
    op.create_table(
        "issued_documents",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("subject_id", sa.String(64), nullable=False),
        sa.Column("title", sa.String(256), nullable=False),
        sa.Column("issued_at", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_issued_documents"),
        sa.UniqueConstraint("kind", "number", name="uq_issued_documents_kind_number"),
    )
    op.create_index("ix_issued_documents_kind", "issued_documents", ["kind"])
    op.create_index("ix_issued_documents_subject_id", "issued_documents", ["subject_id"])
    op.create_table(
        "print_jobs",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("document_id", sa.String(36), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(256), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["issued_documents.id"], name="fk_print_jobs_document_id"),
        sa.PrimaryKeyConstraint("id", name="pk_print_jobs"),
    )
    op.create_index("ix_print_jobs_document_id", "print_jobs", ["document_id"])
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(64), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name="pk_number_series"),
    )


def _desk() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    op.create_table(
        "decided_readings",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("value", sa.String(32), nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=False),
        sa.Column("decided_at", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_decided_readings"),
    )
    op.create_table(
        "intake_drafts",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("answered_at", sa.Integer(), nullable=False),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_intake_drafts"),
    )
