"""Writing a long list to a file, two thousand rows at a time, away from the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.list_files import ListFile, list_file
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.bridge.executor import Executor

PIECE = 2000


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as they are written. `after`: where the next piece begins; None when this was the last."""

    cells: Sequence[Sequence[str]]
    after: Any


class ExportPlan(Protocol):
    """What is exported: a frozen dataclass."""

    @property
    def title(self) -> str:
        """Of the sheet."""
        ...

    def head(self, queries: Queries) -> Iterable[Sequence[str]]:
        """The lines over the rows, the headings last."""
        ...

    def rows(self, queries: Queries, after: Any, size: int) -> Rows:
        """The next rows. Raises KnownError as the list's question does."""
        ...

    def record(self, file_name: str, rows: int) -> object:
        """The command that writes down who took so many rows out."""
        ...


@dataclass(frozen=True, slots=True)
class _Written:
    rows: int
    after: Any


class ListExport(QObject):
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
        self._plan: ExportPlan | None = None
        self._file: ListFile | None = None
        self._written = 0
        self._cancelled = False

    def begin(self, path: Path, plan: ExportPlan) -> None:
        """Write every row of a plan to `path`: .xlsx by its ending, otherwise CSV."""
        self._path, self._plan = path, plan
        self._file = list_file(path, plan.title)
        self._written, self._cancelled = 0, False
        self.progressed.emit(0)
        self._ask(partial(_first, self._file, plan))

    @Slot()
    def cancel(self) -> None:
        """Stop after the piece that is being written; nothing is left of the file."""
        self._cancelled = True

    def _ask(self, question: Callable[[Queries], _Written]) -> None:
        assert self._file is not None
        self._executor.ask(partial(_or_refusal, self._file, question), self._take, self)

    def _take(self, found: _Written | KnownError) -> None:
        plan, file = self._plan, self._file
        assert plan is not None
        assert file is not None
        if isinstance(found, KnownError):
            self.ended.emit(found)
            return
        self._written += found.rows
        if found.after is None:
            self._executor.submit(plan.record(self._path.name, self._written), self)
            self.ended.emit(None)
        elif self._cancelled or self._executor.closed:
            file.drop()
            self.ended.emit(None)
        else:
            self.progressed.emit(self._written)
            self._ask(partial(_next, file, plan, found.after))


def _first(file: ListFile, plan: ExportPlan, queries: Queries) -> _Written:
    file.begin(plan.head(queries))
    return _next(file, plan, None, queries)


def _next(file: ListFile, plan: ExportPlan, after: Any, queries: Queries) -> _Written:
    found = plan.rows(queries, after, PIECE)
    file.add(found.cells)
    if found.after is None:
        file.finish()
    return _Written(len(found.cells), found.after)


def _or_refusal(
    file: ListFile, question: Callable[[Queries], _Written], queries: Queries
) -> _Written | KnownError:
    # Handed back and not raised: whoever waits for the export must learn that it is over.
    try:
        return question(queries)
    except KnownError as error:
        file.drop()
        return error
