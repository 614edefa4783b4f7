"""A file of the first schema, kept as it was written on a busy day, opens with the present program; whatever
goes wrong on the way, the file is afterwards what it was.

`data/first_schema.db` was written by the program when `0001` was its only migration, under the tests' key.
"""

from __future__ import annotations

import errno
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, event

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_files import load_terms
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.upkeep import rebuild, verify
from dispatch_app.storage import backup, durable, schema
from dispatch_app.storage.cipher import WrongKeyError, open_connection
from dispatch_app.storage.database import BACKUPS, Database
from dispatch_app.storage.schema import UpgradeFailedError, bring_up_to_date
from tests.storage.samples import KEY, OTHER_KEY, STAMP, behind_its_back

FIRST = Path(__file__).with_name("data") / "first_schema.db"
CONTRACT = Path(__file__).resolve().parents[2] / "resources" / "contract"
WRITES = ("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE")
Rows = dict[str, list[dict[str, Any]]]


class StillClock:
    """The moment of the tests' stamp, always."""

    def now(self) -> int:
        return STAMP.now


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(FIRST, tmp_path / "desk.db"))


@pytest.fixture
def copy(old: Path) -> Path:
    return old.parent / BACKUPS / f"before-{schema.HEAD}.db"


def rows(path: Path) -> Rows:
    """Every row of every table by the names of its columns."""
    connection = open_connection(path, KEY, query_only=True)
    try:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        found: Rows = {}
        for name, sql in tables:
            # Two tables behind the search index have no row ids.
            order = "" if "WITHOUT ROWID" in sql else "ORDER BY rowid"
            cursor = connection.execute(f'SELECT * FROM "{name}" {order}')
            columns = [column[0] for column in cursor.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in cursor]
        return found
    finally:
        connection.close()


def revision(path: Path) -> str:
    return str(rows(path)["alembic_version"][0]["version_num"])


def still_there(before: Rows, after: Rows) -> bool:
    """Whether each old row stands in its table, whatever columns it has got since."""
    return all(
        [{name: row[name] for name in old_row} for old_row, row in zip(old_rows, after[table], strict=True)]
        == old_rows
        for table, old_rows in before.items()
        if table != "alembic_version"
    )


def test_the_kept_file_holds_a_busy_day_of_the_first_schema(old: Path) -> None:
    found = rows(old)
    assert revision(old) == "0001"
    assert {row["kind"] for row in found["fault_events"]} >= {
        "reported",
        "corrected",
        "waived",
        "third_party",
    }
    assert len(found["faults"]) == 14
    assert all(found[table] for table in ("frozen_clocks", "intake_drafts", "special_reports"))


def test_it_opens_with_every_fact_and_row_after_a_verified_copy_was_made(old: Path, copy: Path) -> None:
    before = rows(old)
    facts = len(before["fault_events"]) + len(before["desk_events"])
    Database.open(old, KEY).close()
    assert still_there(before, rows(old))
    assert revision(old) == schema.HEAD
    assert backup.verify_file(old, KEY) == backup.verify_file(copy, KEY) == facts
    assert rows(copy) == before
    with pytest.raises(WrongKeyError):
        open_connection(copy, OTHER_KEY)


def test_its_chains_hold_and_its_projections_are_what_its_facts_say(old: Path) -> None:
    before = rows(old)
    with Database.open(old, KEY) as database:
        assert verify(database) == len(before["fault_events"]) + len(before["desk_events"])
        # The first desk on an older file fills the list of all faults.
        Desk(database, StillClock(), CONTRACT.parent)
        done = rebuild(database, load_terms(CONTRACT), STAMP)
    assert (done.faults, done.differing) == (14, ())


def test_its_kept_clocks_are_counted_by_the_day_their_cycle_began(old: Path) -> None:
    kept = rows(old)["frozen_clocks"]
    Database.open(old, KEY).close()
    after = rows(old)
    begun = {(row["fault_id"], row["cycle"]): row["started_at"] for row in kept if row["clock"] == "response"}
    days = [(begun[row["fault_id"], row["cycle"]] + 28_800) // 86_400 for row in kept]
    assert [row["begun_on"] for row in after["frozen_clocks"]] == days
    counted = {
        (row["readings_version"], row["begun_on"], row["clock"], row["state"]): row["count"]
        for row in after["clock_counts"]
    }
    assert counted == Counter(
        (row["readings_version"], day, row["clock"], row["state"])
        for row, day in zip(kept, days, strict=True)
    )


def test_its_list_of_faults_is_carried_over_before_anybody_could_say_a_cause(
    old: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older" / "migrations"
    shutil.copytree(schema.MIGRATIONS, older)
    (older / "versions" / "0006_fault_causes.py").unlink()
    bring_up_to_date(old, KEY, tmp_path / "backups", migrations=older, head="0005")
    behind_its_back(
        old,
        "INSERT INTO fault_listing SELECT rowid, id, number, reported_at, 0, 'ended', site_name, zone, "
        "emergency, symptom, source, stage, coalesce(procedure, ''), '', caller, unit, callback, device, "
        "1, 2, 3, 4, 5 "
        "FROM faults",
    )
    before = rows(old)["fault_listing"]
    assert len(before) == 14
    Database.open(old, KEY).close()
    assert rows(old)["fault_listing"] == [row | {"cause": ""} for row in before]


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _damaged(*_: object) -> int:
    raise backup.DamagedError("试验")


def _fewer(*_: object) -> int:
    return 1


def _sqlite_full(*_: object) -> None:
    error = driver.OperationalError("database or disk is full")
    error.sqlite_errorcode = 13
    raise error


def _after_commit(connection: Connection, migrations: Path) -> None:
    _MIGRATE(connection, migrations)
    connection.exec_driver_sql("COMMIT")
    raise ValueError("a light went out")


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


_MIGRATE = schema.migrate


@pytest.mark.parametrize(
    ("module", "name", "planted", "raised"),
    [
        (backup, "touch_private", _full, KnownError),
        (backup, "verify_file", _damaged, backup.DamagedError),
        (backup, "put_in_place", _full, KnownError),
        (shutil, "copyfile", _full, KnownError),
        (schema, "migrate", _after_commit, UpgradeFailedError),
        (schema, "migrate", _sqlite_full, KnownError),
        (schema, "migrate", _interrupted, KeyboardInterrupt),
        (schema, "verify_file", _damaged, UpgradeFailedError),
        (schema, "verify_file", _fewer, UpgradeFailedError),
        (schema, "put_in_place", _full, KnownError),
        (durable, "sync_file", _full, KnownError),
    ],
    ids=[
        "copying",
        "verifying the copy",
        "naming the copy",
        "copying the copy",
        "after the commit",
        "a full disk",
        "stopped by hand",
        "verifying the upgraded file",
        "a fact missing in the upgraded file",
        "putting the upgraded file in place",
        "waiting for the disk",
    ],
)
def test_a_failure_on_the_way_leaves_the_old_file_and_the_next_start_goes_on(
    old: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    planted: Callable[..., Any],
    raised: type[BaseException],
) -> None:
    before, content = rows(old), old.read_bytes()
    with monkeypatch.context() as plants:
        plants.setattr(module, name, planted)
        with pytest.raises(raised):
            Database.open(old, KEY)
    assert old.read_bytes() == content
    assert {file.name for file in old.parent.iterdir()} <= {old.name, BACKUPS}
    Database.open(old, KEY).close()
    assert still_there(before, rows(old))
    assert revision(old) == schema.HEAD


@pytest.mark.parametrize("at_checkpoint", [1, 2], ids=["of the upgraded file", "of the old file"])
def test_a_log_that_cannot_be_written_back_stops_the_upgrade(
    old: Path, monkeypatch: pytest.MonkeyPatch, at_checkpoint: int
) -> None:
    before, seen = rows(old), []
    write_back = schema.write_log_back

    def fail(engine: Engine) -> None:
        seen.append(engine)
        if len(seen) == at_checkpoint:
            _sqlite_full()
        write_back(engine)

    with monkeypatch.context() as plants:
        plants.setattr(schema, "write_log_back", fail)
        with pytest.raises(KnownError, match="磁盘已满"):
            Database.open(old, KEY)
    assert len(seen) == at_checkpoint
    assert rows(old) == before
    Database.open(old, KEY).close()
    assert revision(old) == schema.HEAD


def test_a_file_another_program_reads_is_not_replaced_under_it(old: Path) -> None:
    reading = open_connection(old, KEY)
    reading.execute("UPDATE settings SET value = 'sepia' WHERE name = 'theme'")
    reading.execute("BEGIN")
    reading.execute("SELECT count(*) FROM faults").fetchone()
    before = rows(old)
    with pytest.raises(KnownError, match="另一个程序"):
        bring_up_to_date(old, KEY, old.parent / BACKUPS, patience=0.0)
    reading.close()
    assert rows(old) == before
    Database.open(old, KEY).close()
    assert revision(old) == schema.HEAD


def test_what_stood_only_in_the_log_is_in_the_upgraded_file(old: Path) -> None:
    killed = old.with_name("killed.db")
    writing = open_connection(old, KEY)
    writing.execute("UPDATE settings SET value = 'sepia' WHERE name = 'theme'")
    for suffix in ("", "-wal"):
        shutil.copy(f"{old}{suffix}", f"{killed}{suffix}")
    writing.close()
    assert Path(f"{killed}-wal").stat().st_size > 0
    Database.open(killed, KEY).close()
    assert {"name": "theme", "value": "sepia"} in rows(killed)["settings"]
    assert revision(killed) == schema.HEAD


def test_a_migration_that_fails_at_any_of_its_statements_leaves_the_old_file(old: Path, copy: Path) -> None:
    before = rows(old)
    rehearsal = Path(shutil.copy(old, old.with_name("rehearsal.db")))
    with _failing_at(None) as seen:
        Database.open(rehearsal, KEY).close()
    assert len(seen) > 2
    for place in range(len(seen)):
        with _failing_at(place), pytest.raises(KnownError, match=copy.name):
            Database.open(old, KEY)
        assert rows(old) == before
        assert rows(copy) == before


@contextmanager
def _failing_at(place: int | None) -> Iterator[list[str]]:
    """Fail at the n-th statement that writes; for None only list them."""
    seen: list[str] = []

    def watch(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            seen.append(statement)
            if place == len(seen) - 1:
                raise ValueError("a light went out")

    event.listen(Engine, "before_cursor_execute", watch)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", watch)
