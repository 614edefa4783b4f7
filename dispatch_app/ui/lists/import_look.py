"""A file being looked through on the reading thread: how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.watching import Watch
from dispatch_app.ui.bridge.executor import Executor

Look = Callable[[Path, Queries, Watch], Any]


class _StoppedError(Exception):
    """A person wants to see no more of the file."""


class ImportLook(QObject):
    """One look at one file; `look` reads it and answers with a preview, telling the watch how far it is.

    Signals:
        progressed: (rows done, rows in all); 0 in all while that is not known yet.
        ended: the preview, the `KnownError` why there is none, or None where it was stopped or a bug
            got in the way, which the crash report tells.
    """

    progressed = Signal(int, int)
    ended = Signal(object)
    _read = Signal(int, int)

    def __init__(self, executor: Executor, look: Look, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._executor = executor
        self._look, self._path = look, path
        self._stop = Event()
        # Told by the reading thread, shown by the GUI's.
        self._read.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        self._executor.ask(self._found, self.ended.emit, self, self._broke)

    @Slot()
    def stop(self) -> None:
        """Give up at the next few rows."""
        self._stop.set()

    def _found(self, queries: Queries) -> Any:
        try:
            return self._look(self._path, queries, self._watch)
        except KnownError as error:
            return error
        except _StoppedError:
            return None

    def _watch(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _StoppedError
        self._read.emit(done, total)

    def _broke(self, _error: Exception) -> None:
        self.ended.emit(None)
