"""The triggers that make a table append-only, and those that count the kept clocks.

Asserted at every open: a rebuilt table loses them silently.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.chain import CHAINED_TABLES

# The third one stops INSERT OR REPLACE, which deletes rows without asking the second.
_SHAPES = {
    "no_update": "BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "no_delete": "BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "no_replace": (
        "BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} "
        "WHERE seq = NEW.seq OR id = NEW.id OR hash = NEW.hash) "
        "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    ),
}

COUNTING = {
    "frozen_clocks_counted": (
        "CREATE TRIGGER frozen_clocks_counted AFTER INSERT ON frozen_clocks BEGIN "
        "INSERT INTO clock_counts VALUES (NEW.readings_version, NEW.begun_on, NEW.clock, NEW.state, 1) "
        "ON CONFLICT DO UPDATE SET count = count + 1; END"
    ),
    "frozen_clocks_uncounted": (
        "CREATE TRIGGER frozen_clocks_uncounted AFTER DELETE ON frozen_clocks BEGIN "
        "UPDATE clock_counts SET count = count - 1 WHERE readings_version = OLD.readings_version "
        "AND begun_on = OLD.begun_on AND clock = OLD.clock AND state = OLD.state; END"
    ),
    "frozen_clocks_no_update": (
        "CREATE TRIGGER frozen_clocks_no_update BEFORE UPDATE ON frozen_clocks "
        "BEGIN SELECT RAISE(ABORT, 'kept clocks are replaced, not changed'); END"
    ),
}
"""Name → CREATE TRIGGER of what keeps `clock_counts` in step with `frozen_clocks`."""


def trigger_statements(table: str) -> dict[str, str]:
    """Name → CREATE TRIGGER of everything that guards one append-only table."""
    return {
        f"{table}_{name}": f"CREATE TRIGGER {table}_{name} {shape.format(table=table)}"
        for name, shape in _SHAPES.items()
    }


def assert_triggers(connection: Connection) -> None:
    """Raises:
    KnownError: One of them is gone or is not the one this program made.
    """
    found: dict[str, str] = {
        row.name: row.sql
        for row in connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    }
    wanted = COUNTING.copy()
    for table in CHAINED_TABLES:
        wanted |= trigger_statements(table)
    if any(found.get(name) != statement for name, statement in wanted.items()):
        raise KnownError(
            "数据库里保护记录不被改动的机关不见了",
            "不要继续使用这个文件；从最近的备份恢复，并保留原文件备查",
        )
