"""Calls that are no faults, what was promised to callers, and the alarms somebody has heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "call_records",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("answered_at", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.Integer(), nullable=False),
        sa.Column("operator_name", sa.String(64), nullable=False),
        sa.Column("line", sa.String(32), nullable=False),
        sa.Column("caller", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(128), nullable=False),
        sa.Column("callback", sa.String(64), nullable=False),
        sa.Column("site_id", sa.String(64), nullable=False),
        sa.Column("fault_id", sa.String(36), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_records"),
    )
    op.create_index("ix_call_records_answered_at", "call_records", ["answered_at"])
    op.create_index("ix_call_records_fault_id", "call_records", ["fault_id"])
    op.create_table(
        "callback_promises",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("fault_id", sa.String(36), nullable=False),
        sa.Column("call_id", sa.String(36), nullable=False),
        sa.Column("caller", sa.String(64), nullable=False),
        sa.Column("callback", sa.String(64), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("promised_at", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_callback_promises"),
    )
    op.create_index("ix_callback_promises_fault_id", "callback_promises", ["fault_id"])
    op.create_index("ix_callback_promises_kept_at", "callback_promises", ["kept_at"])
    op.create_table(
        "alarm_answers",
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(16), nullable=False),
        sa.Column("threshold", sa.String(16), nullable=False),
        sa.Column("due_at", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.Integer(), nullable=False),
        sa.Column("operator_name", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint(
            "subject_id", "cycle", "clock", "threshold", "due_at", name="pk_alarm_answers"
        ),
    )
