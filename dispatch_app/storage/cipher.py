"""Opening an SQLCipher file and nothing else: the one place where the driver is called.

Two slips make a plaintext file without a word: the standard driver, and a forgotten key. A key of
another length than 32 bytes is taken for a passphrase. Every connection is therefore asked what it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from dispatch_app.contract.errors import KnownError

KEY_BYTES = 32
PAGE_BYTES = 4096
PLAIN_HEADER = b"SQLite format 3\x00"
SQLITE_NOTADB = 26


class WrongKeyError(KnownError):
    """The file is there and whole as far as anyone can tell, but this key does not open it."""

    def __init__(self) -> None:
        super().__init__(
            "密钥打不开数据库文件", "用打印保存的恢复码打开；若确认密钥无误，则文件已损坏，请从备份恢复"
        )


class PlaintextError(KnownError):
    """The file is an SQLite database that nobody encrypted."""

    def __init__(self) -> None:
        super().__init__(
            "数据库文件没有加密，不是本程序写的", "把这个文件移出数据文件夹，换回本程序的数据库或备份"
        )


def open_connection(
    path: Path,
    key: bytes,
    *,
    query_only: bool = False,
    durable: bool = True,
    patience: float = 5.0,
) -> Any:
    """A driver connection that has proved to be encrypted and to hold the right key.

    Args:
        path: The database file; it must exist; an empty one becomes a database.
        key: Exactly 32 random bytes, used raw: no derivation, no 100 ms.
        query_only: Refuse every write on this connection.
        durable: Wait for the disk at every commit; only scratch databases do without.
        patience: Seconds to wait for a lock another process holds.

    Raises:
        ValueError: A key of another length.
        PlaintextError, WrongKeyError: The file is not this program's, or not this key's.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a database key has {KEY_BYTES} bytes, not {len(key)}")
    refuse_plaintext(path)
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=patience,
    )
    try:
        _prepare(connection, key, query_only, durable)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, key: bytes, query_only: bool, durable: bool) -> None:
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise RuntimeError("the SQLite driver in use cannot encrypt")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        if error.sqlite_errorcode == SQLITE_NOTADB:
            raise WrongKeyError from error
        raise
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
    connection.execute("PRAGMA foreign_keys = ON")
    # What sorting spills would otherwise lie in a temporary file, unencrypted.
    connection.execute("PRAGMA temp_store = MEMORY")
    if query_only:
        connection.execute("PRAGMA query_only = ON")


def refuse_plaintext(path: Path) -> None:
    """Looks at the head of the file, if there is a file.

    Raises:
        PlaintextError: It is SQLite's plain one. KnownError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(PLAIN_HEADER))
    except FileNotFoundError:
        return
    except OSError as error:
        raise KnownError("数据库文件打不开", "检查数据文件夹是否还在、是否有权限读写") from error
    if head == PLAIN_HEADER:
        raise PlaintextError
