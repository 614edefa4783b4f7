"""How far a long reading is, told to who waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Watch = Callable[[int, int], None]
"""Told how far it is: (records done, records in all, 0 while that is not known). It may raise to end it."""
WATCHED_EVERY = 100

Record = TypeVar("Record")


def unwatched(_done: int, _total: int) -> None:
    """For who does not want to know how far it is."""


def watched(records: Sequence[Record], watch: Watch) -> Iterator[Record]:
    """The records one by one; `watch` is told of every few, and what it raises ends them."""
    for done, record in enumerate(records):
        if done % WATCHED_EVERY == 0:
            watch(done, len(records))
        yield record
