"""The hash chain under the append-only tables: each row carries the SHA-256 of itself and of the row before.

A row's hash is taken over the canonical JSON of all its columns but `hash`, leaving out those that are
NULL: a column added by a later migration (always nullable) leaves the old hashes as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from dispatch_app.storage.canonical import canonical_json

CHAINED_TABLES = ("fault_events", "desk_events")
GENESIS = "0" * 64
_HEADS = {table: text(f"SELECT seq, hash FROM {table} ORDER BY seq DESC LIMIT 1") for table in CHAINED_TABLES}


class ChainBrokenError(Exception):
    """A recorded row is not what was recorded.

    Attributes:
        table: Name of the table. seq: Number of the first row that does not fit.
    """

    def __init__(self, table: str, seq: int, what: str) -> None:
        super().__init__(f"{table} seq {seq}: {what}")
        self.table = table
        self.seq = seq


def chain_head(session: Session, table: str) -> tuple[int, str]:
    """(seq, hash) of the last row; (0, GENESIS) of an empty table."""
    row = session.connection().execute(_HEADS[table]).first()
    return (0, GENESIS) if row is None else (row.seq, row.hash)


def row_hash(row: Mapping[str, Any]) -> str:
    """Hex SHA-256 of a row given as column → value; its own `hash`, if there, is left out."""
    kept = {name: value for name, value in row.items() if name != "hash" and value is not None}
    return hashlib.sha256(canonical_json(kept).encode()).hexdigest()


def verify_chain(session: Session) -> int:
    """Recomputes both chains from the first row to the last.

    Returns:
        How many rows were verified.

    Raises:
        ChainBrokenError: Names the table and the first row that does not fit.
    """
    return sum(_verify_table(session, table) for table in CHAINED_TABLES)


def stored_chains(session: Session) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """(table, its rows as column → value) of both chains from the first row on; read one after the other."""
    return ((table, _stored_rows(session, table)) for table in CHAINED_TABLES)


def _stored_rows(session: Session, table: str) -> Iterator[dict[str, Any]]:
    # Whatever columns the file has, not those the models know: backups of older schemas verify too.
    result = session.execute(
        text(f"SELECT * FROM {table} ORDER BY seq"), execution_options={"yield_per": 1000}
    )
    return (dict(row) for row in result.mappings())


def _verify_table(session: Session, table: str) -> int:
    seq, previous = 0, GENESIS
    for row in _stored_rows(session, table):
        if row["seq"] != seq + 1:
            raise ChainBrokenError(table, seq + 1, "is missing")
        seq = row["seq"]
        if row["prev_hash"] != previous:
            raise ChainBrokenError(table, seq, "does not follow the row before it")
        if row_hash(row) != row["hash"]:
            raise ChainBrokenError(table, seq, "was changed after it was recorded")
        previous = row["hash"]
    return seq
