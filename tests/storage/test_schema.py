from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import SEARCH_TABLES, Base, belongs_to_search
from dispatch_app.storage import backup, schema
from dispatch_app.storage.cipher import open_connection
from dispatch_app.storage.database import Database
from dispatch_app.storage.schema import NewerSchemaError, UpgradeFailedError, bring_up_to_date
from dispatch_app.storage.triggers import COUNTING, trigger_statements
from tests.storage.samples import KEY, behind_its_back, report

NEXT = f"{int(schema.HEAD) + 1:04d}"


def later(tmp_path: Path, *steps: str) -> Path:
    """The program's migrations and one more, `NEXT`, made of these lines."""
    folder = tmp_path / "100% later" / "migrations"
    (folder / "versions").mkdir(parents=True)
    for source in (schema.MIGRATIONS / "env.py", *schema.MIGRATIONS.glob("versions/0*.py")):
        copy = folder / source.relative_to(schema.MIGRATIONS)
        copy.write_text(source.read_text("utf-8"), "utf-8")
    body = "\n".join(f"    {step}" for step in steps)
    (folder / "versions" / f"{NEXT}_later.py").write_text(
        f"from alembic import op\n\nrevision = '{NEXT}'\ndown_revision = '{schema.HEAD}'\n\n\n"
        f"def upgrade():\n{body}\n",
        "utf-8",
    )
    return folder


def asked(path: Path, question: str) -> list[tuple[object, ...]]:
    connection = open_connection(path, KEY)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


@pytest.fixture
def written(path: Path) -> Path:
    """A database of the present schema with one report and one setting."""
    with Database.open(path, KEY) as database:
        report(database)
    behind_its_back(path, "INSERT INTO settings VALUES ('theme', 'dark')")
    return path


def test_the_migrated_schema_is_the_one_the_models_describe(scratch: Database) -> None:
    with scratch.reader() as session:
        opts = {
            "compare_type": True,
            "include_name": lambda name, kind, _parents: kind != "table" or not belongs_to_search(name),
        }
        context = MigrationContext.configure(session.connection(), opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrated_tables_read_as_the_models_would_create_them(scratch: Database) -> None:
    plain = create_engine("sqlite://")
    question = text("SELECT name, sql FROM sqlite_master WHERE sql NOTNULL AND type <> 'trigger'")

    def pieces(sql: str) -> list[str]:
        # Constraints may come in another order.
        return sorted(line.strip().rstrip(",") for line in sql.splitlines())

    with plain.begin() as connection:
        Base.metadata.create_all(connection)
        wanted = {row.name: pieces(row.sql) for row in connection.execute(question)}
    plain.dispose()
    with scratch.reader() as session:
        found = {row.name: pieces(row.sql) for row in session.execute(question)}
    assert found.pop("alembic_version")
    assert {name for name in found if not belongs_to_search(name)} == set(wanted)
    assert {name: found[name] for name in wanted} == wanted


def test_beside_the_models_there_are_the_search_indexes_and_nothing_else(scratch: Database) -> None:
    with scratch.reader() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        made = dict(map(tuple, session.execute(text("SELECT name, sql FROM sqlite_master")).all()))
    beside = set(tables) - set(Base.metadata.tables) - {"alembic_version", "sqlite_sequence"}
    shadows = {f"{name}_{part}" for name in SEARCH_TABLES for part in ("data", "idx", "docsize", "config")}
    assert beside == {*SEARCH_TABLES} | shadows
    assert all(map(belongs_to_search, beside))
    assert not any(map(belongs_to_search, (*Base.metadata.tables, None)))
    for name in SEARCH_TABLES:
        assert made[name] == (
            f"CREATE VIRTUAL TABLE {name} USING fts5("
            "ones, twos, content='', contentless_delete=1, tokenize='ascii')"
        )


def test_the_migration_makes_the_guards_that_are_asserted(scratch: Database) -> None:
    with scratch.reader() as session:
        found = session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    guards = trigger_statements("fault_events") | trigger_statements("desk_events")
    assert dict(map(tuple, found)) == guards | COUNTING


def test_the_newest_revision_is_the_one_the_program_believes_in() -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))
    assert scripts.get_current_head() == schema.HEAD
    numbers = sorted(int(script.revision) for script in scripts.walk_revisions())
    assert numbers == list(range(1, int(schema.HEAD) + 1))


def test_a_start_on_a_current_file_does_not_load_alembic(path: Path) -> None:
    steps = (
        "import sys; from pathlib import Path; from dispatch_app.storage.database import Database\n"
        "Database.open(Path(sys.argv[1]), bytes(range(32))).close()\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", steps, str(path)], check=True, timeout=60)


def test_an_older_file_is_copied_verified_and_upgraded(written: Path, tmp_path: Path) -> None:
    migrations = later(tmp_path, "op.execute('ALTER TABLE fault_events ADD COLUMN weather TEXT')")
    bring_up_to_date(written, KEY, tmp_path / "backups", migrations=migrations, head=NEXT)
    assert asked(written, "SELECT version_num FROM alembic_version") == [(NEXT,)]
    assert asked(written, "SELECT weather FROM fault_events") == [(None,)]
    copy = tmp_path / "backups" / f"before-{NEXT}.db"
    assert backup.verify_file(copy, KEY) == 1
    assert asked(copy, "SELECT version_num FROM alembic_version") == [(schema.HEAD,)]


def test_a_current_file_is_neither_copied_nor_changed(written: Path, tmp_path: Path) -> None:
    before = written.read_bytes()
    bring_up_to_date(written, KEY, tmp_path / "backups")
    assert written.read_bytes() == before
    assert not (tmp_path / "backups").exists()


def test_a_file_of_a_newer_program_is_refused_and_not_touched(written: Path, tmp_path: Path) -> None:
    bring_up_to_date(written, KEY, tmp_path / "backups", migrations=later(tmp_path, "pass"), head=NEXT)
    before = written.read_bytes()
    with pytest.raises(NewerSchemaError):
        Database.open(written, KEY)
    assert written.read_bytes() == before


def test_a_file_without_our_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    behind_its_back(path, "CREATE TABLE other (id TEXT)")
    with pytest.raises(KnownError, match="没有调度台的数据"):
        Database.open(path, KEY)


def test_a_failing_migration_leaves_the_file_as_it_was(written: Path, tmp_path: Path) -> None:
    migrations = later(
        tmp_path, "op.execute('CREATE TABLE half (id TEXT)')", "op.drop_table('settings')", "raise ValueError"
    )
    with pytest.raises(UpgradeFailedError, match=f"before-{NEXT}"):
        bring_up_to_date(written, KEY, tmp_path / "backups", migrations=migrations, head=NEXT)
    assert asked(written, "SELECT count(*) FROM sqlite_master WHERE name = 'half'") == [(0,)]
    with Database.open(written, KEY) as database, database.reader() as session:
        assert session.scalar(text("SELECT value FROM settings")) == "dark"


@pytest.mark.parametrize(
    "damage",
    [
        ("op.drop_table('settings')",),
        ("op.execute(\"UPDATE settings SET value = 'light'\")",),
        ("op.execute('DROP TABLE alembic_version')", "op.execute('DROP TABLE fault_events')"),
    ],
)
def test_a_migration_that_commits_and_then_fails_has_not_touched_the_file(
    written: Path, tmp_path: Path, damage: tuple[str, ...]
) -> None:
    migrations = later(tmp_path, *damage, "op.execute('COMMIT')", "raise ValueError")
    with pytest.raises(UpgradeFailedError):
        bring_up_to_date(written, KEY, tmp_path / "backups", migrations=migrations, head=NEXT)
    with Database.open(written, KEY) as database, database.reader() as session:
        assert session.scalar(text("SELECT value FROM settings")) == "dark"
        assert session.scalar(text("SELECT count(*) FROM fault_events")) == 1
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == schema.HEAD


def test_a_migration_that_drops_a_guard_does_not_pass(written: Path, tmp_path: Path) -> None:
    migrations = later(tmp_path, "op.execute('DROP TRIGGER fault_events_no_delete')")
    with pytest.raises(KnownError, match="机关"):
        bring_up_to_date(written, KEY, tmp_path / "backups", migrations=migrations, head=NEXT)
    Database.open(written, KEY).close()


def test_nothing_is_migrated_when_the_copy_does_not_verify(written: Path, tmp_path: Path) -> None:
    guards = trigger_statements("fault_events")
    behind_its_back(
        written,
        *(f"DROP TRIGGER {name}" for name in guards),
        "UPDATE fault_events SET at = 0",
        *guards.values(),
    )
    with pytest.raises(backup.DamagedError, match="第 1 条"):
        bring_up_to_date(
            written, KEY, tmp_path / "backups", migrations=later(tmp_path, "raise ValueError"), head=NEXT
        )
    assert list((tmp_path / "backups").iterdir()) == []
    assert asked(written, "SELECT version_num FROM alembic_version") == [(schema.HEAD,)]


def test_a_half_migrated_file_is_never_left_by_the_driver(written: Path) -> None:
    # The reason for isolation_level=None: DDL has to stand inside the transaction.
    connection = open_connection(written, KEY)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE half (id TEXT)")
    connection.execute("ROLLBACK")
    with pytest.raises(driver.OperationalError, match="half"):
        connection.execute("SELECT * FROM half")
    connection.close()
