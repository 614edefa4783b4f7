"""Which schema a file has, and bringing it to the one the program knows.

Alembic is loaded only to run a migration: loading it takes as long as half a start may take.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.backup import back_up, restore, same_content
from dispatch_app.storage.engines import writer_engine
from dispatch_app.storage.failures import told_plainly
from dispatch_app.storage.triggers import assert_triggers

MIGRATIONS = Path(__file__).with_name("migrations")
# The newest revision in there. Revisions are four digits and go up by one.
HEAD = "0004"


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

    An older file is copied to `backups` and the copy verified before anything is touched. Should the
    migration fail, its transaction is rolled back; should that not have been enough, the copy is put back.

    Raises:
        NewerSchemaError: It is at a revision this program has never heard of.
        UpgradeFailedError: A migration failed; the file is as it was.
        KnownError: The file cannot be used, copied or written.
    """
    engine = writer_engine(path, key, patience=patience)
    try:
        with told_plainly(), engine.begin() as connection:
            revision = _revision(connection)
            if revision > head:
                raise NewerSchemaError
            if revision == head:
                assert_triggers(connection)
                return
        backup = backups / f"before-{head}.db"
        back_up(path, key, backup)
        _upgrade_or_restore(engine, path, key, backup, migrations)
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str:
    there = text("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'")
    if not connection.scalar(there):
        raise KnownError("数据库文件里没有调度台的数据", "检查数据文件夹里放的是不是本程序的数据库")
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _upgrade_or_restore(engine: Engine, path: Path, key: bytes, backup: Path, migrations: Path) -> None:
    try:
        with told_plainly(), engine.begin() as connection:
            migrate(connection, migrations)
    except BaseException as error:
        engine.dispose()
        if not same_content(path, backup, key):
            restore(backup, path)
        if isinstance(error, KnownError) or not isinstance(error, Exception):
            raise
        raise UpgradeFailedError(backup) from error
