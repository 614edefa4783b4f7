"""Writing the list of all faults to a file, two thousand rows at a time, away from the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.history import RecordExport
from dispatch_app.operations.history_csv import add_to_csv, begin_csv, drop_csv, finish_csv
from dispatch_app.operations.history_rows import Cursor
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.bridge.executor import Executor
from dispatch_app.ui.lists.paged_model import Wish

PIECE = 2000
WHAT = "history"


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows were written. `after`: where the next piece begins; None when the file is whole."""

    rows: int
    after: Cursor | None


class HistoryExport(QObject):
    """One export at a time; between two pieces everybody else's questions have their turn.

    Signals:
        progressed: how many rows are written.
        ended: None, or the `KnownError` that ended it; also after `cancel`.
    """

    progressed = Signal(object)
    ended = Signal(object)

    def __init__(self, executor: Executor, parent: QObject) -> None:
        super().__init__(parent)
        self._executor = executor
        self._path = Path()
        self._wish: Wish | None = None
        self._written = 0
        self._cancelled = False

    def begin(self, path: Path, wish: Wish) -> None:
        """Write every row of a filter to `path`, in the order shown."""
        self._path, self._wish = path, wish
        self._written, self._cancelled = 0, False
        self.progressed.emit(0)
        self._ask(partial(_first, path, wish))

    @Slot()
    def cancel(self) -> None:
        """Stop after the piece that is being written; nothing is left of the file."""
        self._cancelled = True

    def _ask(self, question: Callable[[Queries], Piece]) -> None:
        self._executor.ask(partial(_or_refusal, self._path, question), self._take, self)

    def _take(self, found: Piece | KnownError) -> None:
        wish = self._wish
        assert wish is not None
        if isinstance(found, KnownError):
            self.ended.emit(found)
            return
        self._written += found.rows
        if found.after is None:
            self._executor.submit(RecordExport(WHAT, self._path.name, self._written, wish.filter), self)
            self.ended.emit(None)
        elif self._cancelled or self._executor.closed:
            drop_csv(self._path)
            self.ended.emit(None)
        else:
            self.progressed.emit(self._written)
            self._ask(partial(_next, self._path, wish, found.after))


def _first(path: Path, wish: Wish, queries: Queries) -> Piece:
    begin_csv(path)
    return _next(path, wish, None, queries)


def _next(path: Path, wish: Wish, after: Cursor | None, queries: Queries) -> Piece:
    page = queries.history(wish.filter, wish.sort, after, PIECE)
    add_to_csv(path, page.rows)
    if page.after is None:
        finish_csv(path)
    return Piece(len(page.rows), page.after)


def _or_refusal(path: Path, question: Callable[[Queries], Piece], queries: Queries) -> Piece | KnownError:
    # Handed back and not raised: whoever waits for the export must learn that it is over.
    try:
        return question(queries)
    except KnownError as error:
        drop_csv(path)
        return error
