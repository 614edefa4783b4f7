"""Which schema a file has, and bringing it to the one the program knows.

Alembic is loaded only to run a migration: loading it takes as long as half a start may take.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.backup import DamagedError, back_up, verify_file
from dispatch_app.storage.durable import files_told_plainly, put_in_place, touch_private
from dispatch_app.storage.engines import writer_engine
from dispatch_app.storage.failures import told_plainly
from dispatch_app.storage.triggers import assert_triggers

MIGRATIONS = Path(__file__).with_name("migrations")
# The newest revision in there. Revisions are four digits and go up by one.
HEAD = "0006"


class NewerSchemaError(KnownError):
    def __init__(self) -> None:
        super().__init__("数据库是更新版本的程序写的，本版本打不开", "安装与数据相同或更新的版本后再打开")


class UpgradeFailedError(KnownError):
    """A migration failed. The file is as it was before."""

    def __init__(self, backup: Path) -> None:
        super().__init__(
            "数据库升级没有成功，数据保持升级前的样子", f"先用原来的版本继续工作并报告此问题；备份在 {backup}"
        )


def migrate(connection: Connection, migrations: Path = MIGRATIONS) -> None:
    """Runs the missing migrations inside the transaction that is open on `connection`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads the place through ConfigParser, to which a percent sign means something.
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    assert_triggers(connection)


def migrate_file(path: Path, key: bytes, migrations: Path = MIGRATIONS, *, durable: bool = True) -> None:
    """The same for a whole file that nobody else has open; nothing of it is left in a log beside it."""
    engine = writer_engine(path, key, durable=durable)
    try:
        with engine.begin() as connection:
            migrate(connection, migrations)
        # A log left behind would not follow the file to another name: a full disk has to show here.
        write_log_back(engine)
    finally:
        engine.dispose()


def write_log_back(engine: Engine) -> None:
    """Everything committed stands in the file itself afterwards, and the log beside it is empty.

    Raises:
        KnownError: Another program has the file open. driver.Error: The disk does not take it.
    """
    with closing(engine.raw_connection()) as raw:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # One row: whether somebody was in the way, and two counts of pages.
        busy = any(row[0] for row in cursor.fetchall())
    if busy:
        raise KnownError("数据库正被另一个程序占用", "关掉占用它的程序后再启动；数据没有动")


def bring_up_to_date(
    path: Path,
    key: bytes,
    backups: Path,
    *,
    patience: float = 5.0,
    migrations: Path = MIGRATIONS,
    head: str = HEAD,
) -> None:
    """Makes sure that a file has the newest schema and the guards of its append-only tables.

    An older file is never migrated itself. It is copied to `backups` and the copy verified; a second copy is
    migrated and verified, and takes the file's name in one step when it is whole. Whatever fails before that
    step, the old file stands where it stood, and there is nothing to put back.

    Raises:
        NewerSchemaError: It is at a revision this program has never heard of.
        UpgradeFailedError: A migration failed; the file is as it was.
        KnownError: The file cannot be used, copied or written.
    """
    unfinished = path.with_name(f"{path.name}.upgrading")
    engine = writer_engine(path, key, patience=patience)
    try:
        with told_plainly(), engine.begin() as connection:
            revision = _revision(connection)
            if revision > head:
                raise NewerSchemaError
            if revision == head:
                assert_triggers(connection)
                return
            # The lock is held: what another program wrote meanwhile would be missing in the copy.
            _make_upgraded(path, unfinished, key, backups / f"before-{head}.db", migrations)
        with told_plainly(), files_told_plainly():
            # The log of the file being replaced must never be applied to its successor.
            write_log_back(engine)
            engine.dispose()
            put_in_place(unfinished, path)
    except BaseException:
        _remove(unfinished)
        raise
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str:
    there = text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
    if not connection.scalar(there):
        raise KnownError("数据库文件里没有调度台的数据", "检查数据文件夹里放的是不是本程序的数据库")
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _make_upgraded(path: Path, unfinished: Path, key: bytes, backup: Path, migrations: Path) -> None:
    """A verified copy of the file under the name `backup`, and another one, migrated and verified."""
    facts = back_up(path, key, backup)
    with files_told_plainly():
        _remove(unfinished)
        touch_private(unfinished)
        shutil.copyfile(backup, unfinished)
    try:
        with told_plainly():
            migrate_file(unfinished, key, migrations)
            kept = verify_file(unfinished, key)
    except DamagedError as error:
        raise UpgradeFailedError(backup) from error
    except KnownError:
        raise
    except Exception as error:
        raise UpgradeFailedError(backup) from error
    if kept != facts:
        raise UpgradeFailedError(backup)


def _remove(unfinished: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{unfinished}{suffix}").unlink(missing_ok=True)
