"""What the tally of a term needs without reading every clock and every fact: how often each clock stands how
on each day, kept up by triggers, and two indexes over what can cost something.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Rows of one fault are neighbours, so that looking up where its cycles began is cheap. The day is Beijing's.
CARRY_OVER = """
INSERT INTO frozen_clocks
SELECT old.fault_id, old.readings_version, old.cycle, old.clock, old.state, old.started_at, old.due_at,
    old.stopped_at, old.late_s, coalesce((opening.started_at + 28800) / 86400, 0)
FROM frozen_clocks_before AS old LEFT JOIN frozen_clocks_before AS opening
    ON opening.fault_id = old.fault_id AND opening.readings_version = old.readings_version
    AND opening.cycle = old.cycle AND opening.clock = 'response'
ORDER BY old.rowid
"""
COUNT = """
INSERT INTO clock_counts SELECT readings_version, begun_on, clock, state, count(*)
FROM frozen_clocks GROUP BY readings_version, begun_on, clock, state
"""
COSTLY = "kind IN ('disputed', 'third_party', 'unreachable', 'waived')"


def upgrade() -> None:
    # Not ADD COLUMN: the column has no value that would do for a row nobody filled.
    op.execute("ALTER TABLE frozen_clocks RENAME TO frozen_clocks_before")
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
        sa.Column("begun_on", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fault_id"], ["faults.id"], name="fk_frozen_clocks_fault_id"),
        sa.PrimaryKeyConstraint("fault_id", "readings_version", "cycle", "clock", name="pk_frozen_clocks"),
    )
    op.execute(CARRY_OVER)
    op.execute("DROP TABLE frozen_clocks_before")
    op.create_table(
        "clock_counts",
        sa.Column("readings_version", sa.String(64), nullable=False),
        sa.Column("begun_on", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("readings_version", "begun_on", "clock", "state", name="pk_clock_counts"),
        sqlite_with_rowid=False,
    )
    op.execute(COUNT)
    op.execute(
        "CREATE TRIGGER frozen_clocks_counted AFTER INSERT ON frozen_clocks BEGIN "
        "INSERT INTO clock_counts VALUES (NEW.readings_version, NEW.begun_on, NEW.clock, NEW.state, 1) "
        "ON CONFLICT DO UPDATE SET count = count + 1; END"
    )
    op.execute(
        "CREATE TRIGGER frozen_clocks_uncounted AFTER DELETE ON frozen_clocks BEGIN "
        "UPDATE clock_counts SET count = count - 1 WHERE readings_version = OLD.readings_version "
        "AND begun_on = OLD.begun_on AND clock = OLD.clock AND state = OLD.state; END"
    )
    op.execute(
        "CREATE TRIGGER frozen_clocks_no_update BEFORE UPDATE ON frozen_clocks "
        "BEGIN SELECT RAISE(ABORT, 'kept clocks are replaced, not changed'); END"
    )
    op.create_index(
        "ix_frozen_clocks_breached",
        "frozen_clocks",
        ["readings_version", "clock", "fault_id"],
        sqlite_where=sa.text("state = 'breached'"),
    )
    op.create_index("ix_fault_events_costly", "fault_events", ["fault_id"], sqlite_where=sa.text(COSTLY))
