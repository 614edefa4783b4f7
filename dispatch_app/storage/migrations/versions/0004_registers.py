"""The registers: entries, their cells, and the index their text is found by.

All come up empty: no program before this one kept a register.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_entries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(36), nullable=False),
        sa.Column("register", sa.String(32), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_register_entries"),
        sa.UniqueConstraint("entry_id", name="uq_register_entries_entry_id"),
    )
    op.create_index("ix_register_entries_register", "register_entries", ["register", "standing", "id"])
    op.create_index("ix_register_entries_number", "register_entries", ["number"])
    op.create_table(
        "register_cells",
        sa.Column("register", sa.String(32), nullable=False),
        sa.Column("column", sa.String(32), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["register_entries.id"], name="fk_register_cells_id"),
        sa.PrimaryKeyConstraint("register", "column", "key", "id", name="pk_register_cells"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_register_cells_id", "register_cells", ["id", "column"])
    op.create_index("ix_register_cells_ref", "register_cells", ["ref", "register", "column"])
    op.execute(
        "CREATE VIRTUAL TABLE register_words USING fts5("
        "ones, twos, content='', contentless_delete=1, tokenize='ascii')"
    )
