"""The desk's database: one encrypted file, one connection that writes, a few that read."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.backup import back_up
from dispatch_app.storage.cipher import KEY_BYTES, PAGE_BYTES
from dispatch_app.storage.durable import files_told_plainly, put_in_place, touch_private
from dispatch_app.storage.engines import reader_engine, writer_engine
from dispatch_app.storage.failures import told_plainly
from dispatch_app.storage.schema import bring_up_to_date, migrate_file
from dispatch_app.storage.unit_of_work import Stamp, UnitOfWork

BACKUPS = "backups"


class Database:
    """Made by `create`, `open` or `scratch`; closed by `close` or by leaving a `with`."""

    def __init__(self, path: Path, key: bytes, *, durable: bool = True, patience: float = 5.0) -> None:
        self.path = path
        self._key = key
        self._writer: Engine = writer_engine(path, key, durable=durable, patience=patience)
        self._readers: Engine = reader_engine(path, key, patience=patience)
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def create(cls, path: Path, key: bytes) -> Self:
        """A new database with the newest schema. It appears under its name only when it is whole.

        Raises:
            KnownError: A file of that name exists, or the disk does not take it.
        """
        if path.exists():
            raise KnownError("数据库文件已经存在", "不会覆盖它；请打开它，或换一个数据文件夹")
        with files_told_plainly(), told_plainly():
            _build(path, key, durable=True)
        return cls.open(path, key)

    @classmethod
    def open(cls, path: Path, key: bytes, *, patience: float = 5.0) -> Self:
        """An existing database, brought to the newest schema.

        Args:
            patience: Seconds to wait for a lock another process holds.

        Raises:
            WrongKeyError, PlaintextError, NewerSchemaError, KnownError: The file cannot be used as it is.
        """
        # To SQLite, a file shorter than a page is an empty database waiting to be written.
        if not path.exists() or (path.is_file() and path.stat().st_size < PAGE_BYTES):
            raise KnownError("没有找到完整的数据库文件", "检查数据文件夹是否完整；文件若已丢失，请从备份恢复")
        bring_up_to_date(path, key, path.parent / BACKUPS, patience=patience)
        return cls(path, key, patience=patience)

    @classmethod
    def scratch(cls) -> Self:
        """A database for drills and tests: encrypted, its key in memory only, deleted on `close`.

        It differs from a real one in not waiting for the disk: nothing in it has to outlive a power cut.
        """
        folder = tempfile.TemporaryDirectory(prefix="dispatch-scratch-")
        path = Path(folder.name) / "scratch.db"
        key = secrets.token_bytes(KEY_BYTES)
        _build(path, key, durable=False)
        database = cls(path, key, durable=False)
        database._folder = folder
        return database

    def close(self) -> None:
        """Ends every connection; the last to go writes the log back into the file. May be repeated."""
        self._readers.dispose()
        self._writer.dispose()
        if self._folder is not None:
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def unit_of_work(self, stamp: Stamp) -> Iterator[UnitOfWork]:
        """One transaction: committed, and on the disk, when the `with` is left; rolled back by any exception.

        Only one can be open at a time.

        Raises:
            KnownError: The disk is full, the file is locked or cannot be written; nothing was stored.
        """
        with told_plainly(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            yield UnitOfWork(session, stamp)

    @contextmanager
    def reader(self) -> Iterator[Session]:
        """A session that cannot write and sees one state of the database from first read to last.

        Any thread may have its own.
        """
        with told_plainly(), Session(self._readers, autoflush=False) as session:
            yield session

    def back_up(self, target: Path) -> int:
        """Copies everything committed so far to an encrypted file of the same key, and verifies the copy.

        Work may go on meanwhile. An older copy of that name is replaced.

        Returns:
            How many recorded facts the copy holds.

        Raises:
            DamagedError: The copy did not verify. KnownError: The disk is full or cannot be written.
        """
        return back_up(self.path, self._key, target)


def _build(path: Path, key: bytes, *, durable: bool) -> None:
    unfinished = path.with_name(path.name + ".new")
    for suffix in ("", "-wal", "-shm"):
        Path(f"{unfinished}{suffix}").unlink(missing_ok=True)
    touch_private(unfinished)
    migrate_file(unfinished, key, durable=durable)
    put_in_place(unfinished, path)
