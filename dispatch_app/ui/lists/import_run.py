"""One import under way: a few rows a command, handed in one after the other so that clicks overtake."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.log_import import AT_ONCE
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.bridge.executor import BACKGROUND, Executor

WANTED_MS = 60
"""How long a command may take, with the reading that follows it: a click that comes meanwhile waits."""
FEWEST, MOST = 5, 100


class ImportSteps(Protocol):
    """The commands of one import, of one id of its own."""

    @property
    def total(self) -> int:
        """How many things it brings."""
        ...

    def begin(self) -> object: ...

    def write(self, start: int, size: int) -> object:
        """Write `size` things from the one at `start` on; nothing shows yet."""
        ...

    def finish(self) -> object: ...

    def abandon(self) -> object: ...

    def waiting(self, queries: Queries) -> tuple[Any, ...]:
        """What a finished import has not shown yet."""
        ...

    def show(self, some: tuple[Any, ...], *, last: bool) -> object:
        """Show some of it. `last`: the rest of it."""
        ...


class Pace:
    """How many things the next command may carry on this machine. Grows slowly and shrinks at once."""

    def __init__(self) -> None:
        self.size = AT_ONCE

    def took(self, carried: int, ms: float) -> None:
        """A command with so many things has taken `ms` milliseconds from handing it in to its answer."""
        fitting = round(carried * WANTED_MS / max(ms, 1.0))
        if fitting > self.size and carried < self.size:
            # The last of an import says nothing about a full one.
            return
        self.size = max(FEWEST, min(MOST, fitting, self.size + AT_ONCE))


class ImportRun(QObject):
    """The next command is handed in only when the one before is done, at background priority: whatever a
    person clicks meanwhile comes first.

    Signals:
        progressed: (steps done, steps in all); each thing is written and shown.
        binding: From here on it can no longer be cancelled.
        ended: How many things came in, None after a cancellation.
        failed: The `KnownError` that stopped it; nothing was kept.
        held: The `KnownError` that stopped it once it was binding: all of it counts, some is not shown yet.
    """

    progressed = Signal(int, int)
    binding = Signal()
    ended = Signal(object)
    failed = Signal(object)
    held = Signal(object)

    def __init__(self, executor: Executor, steps: ImportSteps, parent: QObject) -> None:
        super().__init__(parent)
        self._executor = executor
        self._steps = steps
        self._written = self._shown = 0
        self._waiting: tuple[Any, ...] = ()
        self._cancelled = False
        self._bound = False
        self._error: KnownError | None = None
        self._writing, self._showing = Pace(), Pace()
        self._clock = QElapsedTimer()
        self._handed_in = 0

    def start(self) -> None:
        self._do(self._steps.begin(), self._write_next)

    def cancel(self) -> None:
        """Stop before the next command; what is written already never counts."""
        self._cancelled = True

    def _do(self, command: object, then: Callable[[Changes], None]) -> None:
        # A window that is being closed takes no more: what is unfinished then counts for nothing.
        if not self._executor.closed:
            self._executor.submit(command, self, then, self._refused, priority=BACKGROUND, broke=self._broke)

    def _write_next(self, _changes: Changes) -> None:
        total = self._steps.total
        self.progressed.emit(self._written, 2 * total)
        if self._cancelled:
            self._do(self._steps.abandon(), self._abandoned)
        elif self._written < total:
            self._pace(self._writing)
            start, size = self._written, min(self._writing.size, total - self._written)
            self._written += size
            self._handed_in = size
            self._do(self._steps.write(start, size), self._write_next)
        else:
            self._handed_in = 0
            self.binding.emit()
            self._do(self._steps.finish(), self._finished)

    def _pace(self, pace: Pace) -> None:
        """Take the time of the command before, if there was one of this kind."""
        if self._handed_in:
            pace.took(self._handed_in, self._clock.nsecsElapsed() / 1e6)
        self._handed_in = 0
        self._clock.start()

    def _abandoned(self, _changes: Changes) -> None:
        if self._error is None:
            self.ended.emit(None)
        else:
            self.failed.emit(self._error)

    def _finished(self, _changes: Changes) -> None:
        self._bound = True
        if not self._executor.closed:
            self._executor.ask(self._steps.waiting, self._take_waiting, self, self._broke)

    def _take_waiting(self, found: tuple[Any, ...]) -> None:
        self._waiting = found
        self._show_next(Changes())

    def _show_next(self, _changes: Changes) -> None:
        self._shown += self._handed_in
        total = self._shown + len(self._waiting)
        self.progressed.emit(total + self._shown, 2 * total)
        self._pace(self._showing)
        size = self._showing.size
        chunk, self._waiting = self._waiting[:size], self._waiting[size:]
        if chunk:
            self._handed_in = len(chunk)
            self._do(self._steps.show(chunk, last=not self._waiting), self._show_next)
        else:
            self.ended.emit(self._shown)

    def _refused(self, error: KnownError) -> None:
        """What was written counts for nothing as it is; saying so ends it in the record too."""
        if self._bound:
            self.held.emit(error)
        elif self._error is None:
            self._error = error
            self._do(self._steps.abandon(), self._abandoned)
        else:
            self.failed.emit(self._error)

    def _broke(self, _error: Exception) -> None:
        """A bug: the crash report tells it, and the page must not wait for what will not come."""
        if self._bound:
            self._refused(KnownError("程序内部出错", "重新启动程序，余下的会列出来；请把错误报告交给开发者"))
        else:
            self._refused(KnownError("程序内部出错", "什么也没有导入；请把错误报告交给开发者，再试一次"))
