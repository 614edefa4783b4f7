"""Copies of the database: encrypted with the same key, whole, and proved before they count."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.chain import ChainBrokenError, verify_chain
from dispatch_app.storage.cipher import open_connection
from dispatch_app.storage.durable import files_told_plainly, put_in_place, touch_private
from dispatch_app.storage.engines import reader_engine
from dispatch_app.storage.failures import told_plainly


class DamagedError(KnownError):
    """A file opens, but what is in it is not what was written."""

    def __init__(self, what: str) -> None:
        super().__init__(f"数据库没有通过核对：{what}", "不要删除任何文件；退出程序，从最近的备份恢复")


def back_up(path: Path, key: bytes, target: Path) -> int:
    """Copies a database, which may be in use, and verifies the copy. An older copy of that name is replaced.

    Returns:
        How many recorded facts the copy holds, both chains together.

    Raises:
        DamagedError: The copy did not verify. KnownError: The disk is full or cannot be written.
    """
    unfinished = target.with_name(target.name + ".new")
    with files_told_plainly(), told_plainly():
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        touch_private(unfinished)
        try:
            with closing(open_connection(path, key)) as connection:
                connection.execute("VACUUM INTO ?", (str(unfinished),))
            count = verify_file(unfinished, key)
            put_in_place(unfinished, target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    return count


def verify_file(path: Path, key: bytes) -> int:
    """Pages, indexes and both hash chains of a database file.

    Returns:
        How many recorded facts it holds.

    Raises:
        DamagedError: Something is not as it was written. WrongKeyError: It is not this key's.
    """
    engine = reader_engine(path, key)
    try:
        with told_plainly(), Session(engine) as session:
            raw: Any = session.connection().connection.driver_connection
            if raw.execute("PRAGMA cipher_integrity_check").fetchall():
                raise DamagedError("有数据页被改动或损坏")
            if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise DamagedError("内部结构不一致")
            try:
                return verify_chain(session)
            except ChainBrokenError as error:
                raise DamagedError(f"第 {error.seq} 条记录与当初记下的不符") from error
    finally:
        engine.dispose()
