"""The cause of a fault in the list of all faults, to sort and count by without reading a fact.

Empty in every row carried over: no desk before this one asked for a cause.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEPT = (
    "id", "fault_id", "number", "reported_at", "ended_at", "state", "site_name", "zone", "emergency",
    "symptom", "source", "stage", "procedure", "engineers", "caller", "unit", "callback", "device",
    "breach_at", "response_late_s", "arrival_late_s", "late_s", "penalty_fen",
)  # fmt: skip
SORTED = (
    "number", "reported_at", "ended_at", "site_name", "zone", "emergency", "symptom", "source", "stage",
    "procedure", "cause", "engineers", "caller", "unit", "device", "response_late_s", "arrival_late_s",
    "late_s", "penalty_fen",
)  # fmt: skip


def upgrade() -> None:
    # Not ADD COLUMN: it would leave a default behind, and a row nobody filled must not pass for a full one.
    op.execute("ALTER TABLE fault_listing RENAME TO fault_listing_before")
    op.create_table(
        "fault_listing",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("fault_id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("reported_at", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("site_name", sa.String(128), nullable=False),
        sa.Column("zone", sa.String(16), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("symptom", sa.Text(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("procedure", sa.String(16), nullable=False),
        sa.Column("engineers", sa.Text(), nullable=False),
        sa.Column("caller", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(128), nullable=False),
        sa.Column("callback", sa.String(64), nullable=False),
        sa.Column("device", sa.String(128), nullable=False),
        sa.Column("cause", sa.String(16), nullable=False),
        sa.Column("breach_at", sa.Integer(), nullable=False),
        sa.Column("response_late_s", sa.Integer(), nullable=False),
        sa.Column("arrival_late_s", sa.Integer(), nullable=False),
        sa.Column("late_s", sa.Integer(), nullable=False),
        sa.Column("penalty_fen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fault_id"], ["faults.id"], name="fk_fault_listing_fault_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fault_listing"),
        sa.UniqueConstraint("fault_id", name="uq_fault_listing_fault_id"),
    )
    kept = ", ".join(KEPT)
    op.execute(
        f"INSERT INTO fault_listing ({kept}, cause) SELECT {kept}, '' FROM fault_listing_before ORDER BY id"
    )
    op.execute("DROP TABLE fault_listing_before")
    # Only now: an index keeps its name for as long as the table it stands on.
    for name in (*SORTED, "state"):
        op.create_index(f"ix_fault_listing_{name}", "fault_listing", [name, "id"])
    op.create_index("ix_fault_listing_breach_at", "fault_listing", ["breach_at"])
