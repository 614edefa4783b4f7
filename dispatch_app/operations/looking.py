"""What every question starts from: one state of the database, and what is remembered between questions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dispatch_app.contract.places import ServiceItem
from dispatch_app.contract.terms import Terms
from dispatch_app.operations.clock import Clock
from dispatch_app.operations.reading.board import Boards
from dispatch_app.operations.reading.ledger import CostlyFault, Ledger
from dispatch_app.operations.reading.view import CaseMemory, View
from dispatch_app.storage.database import Database


class Looking:
    """Opens a read-only session for each question. Any thread may ask."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        shipped: Terms,
        items: tuple[ServiceItem, ...],
        desk_prefix: str = "A",
    ) -> None:
        self._database = database
        self._clock = clock
        self._shipped = shipped
        self._items = items
        self._prefix = desk_prefix
        self._memory = CaseMemory()
        self._boards = Boards(shipped)
        self._ledger = Ledger()

    def forget(self, touched: frozenset[str], ended: frozenset[str]) -> None:
        """A commit touched these faults, `ended` of them have ended: what they cost is read again."""
        self._ledger.forget(touched, ended)

    @contextmanager
    def _view(self) -> Iterator[View]:
        with self._database.reader() as session:
            now = self._clock.now()
            board = self._boards.at(session, self._memory, now)
            yield View(session, board.law, now, self._memory, board)

    @contextmanager
    def _looking(self) -> Iterator[tuple[View, tuple[CostlyFault, ...]]]:
        """A view with the ended faults that cost something."""
        generation = self._ledger.generation
        with self._view() as view:
            yield view, self._ledger.ended(view, generation)
