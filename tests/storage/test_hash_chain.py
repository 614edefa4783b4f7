from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.chain import GENESIS, ChainBrokenError, verify_chain
from dispatch_app.storage.database import Database
from dispatch_app.storage.triggers import COUNTING, trigger_statements
from tests.storage.samples import KEY, NOW, STAMP, behind_its_back, report


def recorded(database: Database) -> None:
    """Three reports and two settings."""
    for number in range(3):
        report(database, f"fault-{number}")
    with database.unit_of_work(STAMP) as work:
        work.append_desk_fact("setting", "theme", "changed", {"to": "dark"})
        work.append_desk_fact("setting", "theme", "changed", {"to": "light"})


@pytest.fixture
def written(path: Path) -> Path:
    with Database.open(path, KEY) as database:
        recorded(database)
    return path


def tamper(path: Path, table: str, statement: str) -> None:
    """Changes a row as somebody would who has the key and takes the guards away first, and puts them back."""
    guards = trigger_statements(table)
    behind_its_back(path, *(f"DROP TRIGGER {name}" for name in guards), statement, *guards.values())


def test_both_chains_verify_and_are_counted(scratch: Database) -> None:
    with scratch.reader() as session:
        assert verify_chain(session) == 0
    recorded(scratch)
    with scratch.reader() as session:
        assert verify_chain(session) == 5


def test_a_hash_is_that_of_every_column_and_of_the_row_before(scratch: Database) -> None:
    recorded(scratch)
    with scratch.reader() as session:
        first, second = session.execute(text("SELECT * FROM desk_events ORDER BY seq")).mappings().all()
    assert first["prev_hash"] == GENESIS
    assert second["prev_hash"] == first["hash"]
    # Spelt out by hand: another program must be able to verify a chain.
    spelt = (
        f'{{"at":{NOW},"desk":"A","id":"{second["id"]}","kind":"changed","operator":"li-honglan",'
        '"operator_name":"李鸿兰","payload":"{\\"to\\":\\"light\\"}",'
        f'"prev_hash":"{first["hash"]}","recorded_at":{NOW},"seq":2,'
        '"subject":"setting","subject_id":"theme"}'
    )
    assert second["hash"] == hashlib.sha256(spelt.encode()).hexdigest()


@pytest.mark.parametrize("table", ["fault_events", "desk_events"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET at = at - 60 WHERE seq = 1",
        "UPDATE {table} SET operator = operator",
        "DELETE FROM {table} WHERE seq = 2",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE seq = 1",
        "REPLACE INTO {table} SELECT * FROM {table}",
        "INSERT INTO {table} SELECT * FROM {table} WHERE seq = 1 ON CONFLICT (id) DO UPDATE SET at = 0",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_recorded(
    scratch: Database, table: str, statement: str
) -> None:
    recorded(scratch)

    def change() -> None:
        with scratch.unit_of_work(STAMP) as work:
            work.session.execute(text(statement.format(table=table)))

    with pytest.raises(IntegrityError, match=f"{table} is append-only"):
        change()
    with scratch.reader() as session:
        assert verify_chain(session) == 5


@pytest.mark.parametrize("table", ["fault_events", "desk_events"])
@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE {table} SET at = at - 1 WHERE seq = 2", 2),
        ("UPDATE {table} SET operator_name = '别人' WHERE seq = 1", 1),
        ("UPDATE {table} SET prev_hash = hash WHERE seq = 2", 2),
        ("DELETE FROM {table} WHERE seq = 1", 1),
        ("UPDATE {table} SET seq = 9 WHERE seq = 2", 2),
        ("UPDATE {table} SET hash = '00' WHERE seq = 2", 2),
    ],
)
def test_a_row_changed_behind_the_programs_back_is_named(
    written: Path, table: str, statement: str, seq: int
) -> None:
    tamper(written, table, statement.format(table=table))
    with Database.open(written, KEY) as database, database.reader() as session:
        with pytest.raises(ChainBrokenError) as caught:
            verify_chain(session)
        assert (caught.value.table, caught.value.seq) == (table, seq)


@pytest.mark.parametrize("table", ["fault_events", "desk_events"])
@pytest.mark.parametrize("guard", ["no_update", "no_delete", "no_replace"])
def test_a_file_whose_guards_are_gone_or_changed_is_refused(path: Path, table: str, guard: str) -> None:
    name = f"{table}_{guard}"
    behind_its_back(path, f"DROP TRIGGER {name}")
    with pytest.raises(KnownError, match="机关"):
        Database.open(path, KEY)
    behind_its_back(path, f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} WHEN 0 BEGIN SELECT 1; END")
    with pytest.raises(KnownError, match="机关"):
        Database.open(path, KEY)
    behind_its_back(path, f"DROP TRIGGER {name}", trigger_statements(table)[name])
    Database.open(path, KEY).close()


@pytest.mark.parametrize("name", list(COUNTING))
def test_a_file_that_no_longer_counts_its_kept_clocks_is_refused(path: Path, name: str) -> None:
    behind_its_back(path, f"DROP TRIGGER {name}")
    with pytest.raises(KnownError, match="机关"):
        Database.open(path, KEY)
    behind_its_back(path, COUNTING[name])
    Database.open(path, KEY).close()


def test_a_column_added_later_leaves_the_old_hashes_valid(written: Path) -> None:
    behind_its_back(written, "ALTER TABLE fault_events ADD COLUMN weather VARCHAR(16)")
    with Database.open(written, KEY) as database, database.reader() as session:
        assert verify_chain(session) == 5
