"""The list of all faults and the index its text is found by.

Both come up empty: only the facts say what stands in them, and reading facts is no business of a migration.
The first desk opened on the file fills them (`operations.projection.list_again`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SORTED = (
    "number", "reported_at", "ended_at", "site_name", "zone", "emergency", "symptom", "source", "stage",
    "procedure", "engineers", "caller", "unit", "device", "response_late_s", "arrival_late_s", "late_s",
    "penalty_fen",
)  # fmt: skip


def upgrade() -> None:
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
        sa.Column("breach_at", sa.Integer(), nullable=False),
        sa.Column("response_late_s", sa.Integer(), nullable=False),
        sa.Column("arrival_late_s", sa.Integer(), nullable=False),
        sa.Column("late_s", sa.Integer(), nullable=False),
        sa.Column("penalty_fen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fault_id"], ["faults.id"], name="fk_fault_listing_fault_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fault_listing"),
        sa.UniqueConstraint("fault_id", name="uq_fault_listing_fault_id"),
    )
    for name in (*SORTED, "state"):
        op.create_index(f"ix_fault_listing_{name}", "fault_listing", [name, "id"])
    op.create_index("ix_fault_listing_breach_at", "fault_listing", ["breach_at"])
    # The words are lower-case hexadecimal (`operations.search_words`): the plainest tokenizer does. There
    # is no content: what was written stands in the facts, and a copy would only make the file larger.
    op.execute(
        "CREATE VIRTUAL TABLE fault_words USING fts5("
        "ones, twos, content='', contentless_delete=1, tokenize='ascii')"
    )
