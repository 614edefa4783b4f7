"""SQLAlchemy engines over one file: one connection that writes, a few that only read."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from dispatch_app.storage.cipher import open_connection

READERS = 4


def writer_engine(path: Path, key: bytes, *, durable: bool = True, patience: float = 5.0) -> Engine:
    """One connection. Its transactions take the write lock at once: none has to be given up halfway."""
    opening = partial(open_connection, path, key, durable=durable, patience=patience)
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=opening,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=10,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader_engine(path: Path, key: bytes, *, patience: float = 5.0) -> Engine:
    """Connections that cannot write; each transaction sees the database as it was at its first read."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=partial(open_connection, path, key, query_only=True, patience=patience),
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=READERS,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin_immediate(connection: Connection) -> None:
    # The driver runs with isolation_level=None: left to itself it would keep DDL out of the transaction.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
