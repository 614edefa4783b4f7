"""Which schema a file has, and bringing it to the one the program knows."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from dispatch_app.contract.errors import KnownError

MIGRATIONS = Path(__file__).with_name("migrations")


class NewerSchemaError(KnownError):
    def __init__(self) -> None:
        super().__init__("数据库是更新版本的程序写的，本版本打不开", "安装与数据相同或更新的版本后再打开")


def current_revision(connection: Connection) -> str | None:
    """The revision a file is at; None for one without any schema of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def needs_upgrade(connection: Connection, migrations: Path = MIGRATIONS) -> bool:
    """Whether the file is older than the program.

    Raises:
        NewerSchemaError: It is at a revision this program has never heard of.
    """
    scripts = ScriptDirectory(str(migrations))
    revision = current_revision(connection)
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerSchemaError
    return revision != scripts.get_current_head()


def upgrade(connection: Connection, migrations: Path = MIGRATIONS) -> None:
    """Brings the schema to the newest inside the transaction that is open on `connection`."""
    config = Config()
    # Alembic reads the place through ConfigParser, to which a percent sign means something.
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
