"""One import under way: a few faults a command, handed in one after the other so that clicks overtake."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.import_record import ImportedFault
from dispatch_app.operations.log_import import (
    AT_ONCE,
    AbandonImport,
    BeginImport,
    FinishImport,
    ShowImported,
    WriteImported,
)
from dispatch_app.operations.log_rows import ImportPreview
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.bridge.executor import BACKGROUND, Executor


class ImportRun(QObject):
    """The next command is handed in only when the one before is done, at background priority: whatever a
    person clicks meanwhile comes first.

    Signals:
        progressed: (steps done, steps in all); each fault is written and shown.
        binding: From here on it can no longer be cancelled.
        ended: How many faults came in, None after a cancellation.
        failed: The `KnownError` that stopped it; nothing was kept.
        held: The `KnownError` that stopped it once it was binding: all of it counts, some is not shown yet.
    """

    progressed = Signal(int, int)
    binding = Signal()
    ended = Signal(object)
    failed = Signal(object)
    held = Signal(object)

    def __init__(self, executor: Executor, preview: ImportPreview, parent: QObject) -> None:
        super().__init__(parent)
        self._executor = executor
        self._preview = preview
        self._id = str(uuid4())
        self._written = self._shown = 0
        self._waiting: tuple[ImportedFault, ...] = ()
        self._cancelled = False
        self._bound = False
        self._error: KnownError | None = None

    def start(self) -> None:
        preview = self._preview
        self._do(BeginImport(self._id, preview.name, preview.digest, len(preview.faults)), self._write_next)

    def cancel(self) -> None:
        """Stop before the next command; what is written already never counts."""
        self._cancelled = True

    def _do(self, command: object, then: Callable[[Changes], None]) -> None:
        # A window that is being closed takes no more: what is unfinished then counts for nothing.
        if not self._executor.closed:
            self._executor.submit(command, self, then, self._refused, priority=BACKGROUND, broke=self._broke)

    def _write_next(self, _changes: Changes) -> None:
        faults = self._preview.faults
        self.progressed.emit(self._written, 2 * len(faults))
        if self._cancelled:
            self._do(AbandonImport(self._id), self._abandoned)
        elif self._written < len(faults):
            chunk = faults[self._written : self._written + AT_ONCE]
            self._written += len(chunk)
            self._do(WriteImported(self._id, chunk), self._write_next)
        else:
            self.binding.emit()
            self._do(FinishImport(self._id), self._finished)

    def _abandoned(self, _changes: Changes) -> None:
        if self._error is None:
            self.ended.emit(None)
        else:
            self.failed.emit(self._error)

    def _finished(self, _changes: Changes) -> None:
        self._bound = True
        if not self._executor.closed:
            self._executor.ask(Queries.waiting_imports, self._take_waiting, self, self._broke)

    def _take_waiting(self, faults: tuple[ImportedFault, ...]) -> None:
        self._waiting = faults
        self._show_next(Changes())

    def _show_next(self, changes: Changes) -> None:
        self._shown += len(changes.faults)
        total = self._shown + len(self._waiting)
        self.progressed.emit(total + self._shown, 2 * total)
        chunk, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        if chunk:
            self._do(ShowImported(chunk), self._show_next)
        else:
            self.ended.emit(self._shown)

    def _refused(self, error: KnownError) -> None:
        """What was written counts for nothing as it is; saying so ends it in the record too."""
        if self._bound:
            self.held.emit(error)
        elif self._error is None:
            self._error = error
            self._do(AbandonImport(self._id), self._abandoned)
        else:
            self.failed.emit(self._error)

    def _broke(self, _error: Exception) -> None:
        """A bug: the crash report tells it, and the page must not wait for what will not come."""
        if self._bound:
            self._refused(KnownError("程序内部出错", "重新启动程序，余下的会列出来；请把错误报告交给开发者"))
        else:
            self._refused(KnownError("程序内部出错", "什么也没有导入；请把错误报告交给开发者，再试一次"))
