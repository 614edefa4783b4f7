"""From an issued document to paper or to a file, with a record of which copy went where."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.documents import RecordPrint
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentRow
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.reports.rasters import page_size
from dispatch_app.ui.bridge.executor import Applied, Executor
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.media import medium_of
from dispatch_app.ui.printing.spooler import Job, PrintFailure, Queue, Receipt, Spooler

PRINTER_SETTING = "printer"
_NO_PRINTER = KnownError("还没有选打印机", "在「打印机」里选一台，或另存 PDF")


def make_spooler(executor: Executor, parent: QObject) -> Spooler:
    """The way to printers of this platform. Loads only what that way needs."""
    if sys.platform == "win32":
        from dispatch_app.ui.printing.raster_spooler import RasterSpooler

        return RasterSpooler(executor, parent)
    from dispatch_app.ui.printing.cups import CupsSpooler

    return CupsSpooler(parent)


class PaperPrinter(QObject):
    """Prints and saves issued documents for one page of the program.

    Signals:
        printers_changed: The printers there are, or the chosen one, changed.
        took: `Receipt`, a printer took a copy.
        failed: `PrintFailure`, no printer took it; `again` sends it once more.
        saved: Path of a PDF written.
    """

    printers_changed = Signal()
    took = Signal(object)
    failed = Signal(object)
    saved = Signal(object)

    def __init__(
        self, context: UiContext, parent: QObject | None = None, spooler: Spooler | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._spooler = spooler or make_spooler(context.executor, self)
        self._queues: tuple[Queue, ...] = ()
        self._chosen = ""
        self._held: PrintFailure | None = None
        self._waiting: Job | None = None
        self._to_say: KnownError | None = None
        self._setting = PRINTER_SETTING
        self._spooler.listed.connect(self._listed)
        self._spooler.unlisted.connect(self._unlisted)
        self._spooler.took.connect(self._taken)
        self._spooler.failed.connect(self._not_taken)
        context.executor.applied.connect(self._applied)
        self._read_setting()

    # ── printers ──

    @property
    def queues(self) -> tuple[Queue, ...]:
        """The printers found, the default one first."""
        return self._queues

    @property
    def queue(self) -> str:
        """The printer jobs go to: the chosen one, else the system's default or the only one; may be empty."""
        if self._chosen:
            return self._chosen
        if self._queues and (self._queues[0].is_default or len(self._queues) == 1):
            return self._queues[0].name
        return ""

    @property
    def held(self) -> PrintFailure | None:
        """The job that no printer took, until it is sent again or another is printed."""
        return self._held

    def look(self) -> None:
        """Ask for the printers there are."""
        self._spooler.look()

    def choose(self, queue: str) -> None:
        """Send jobs to this printer from now on; kept as a setting."""
        self._chosen = queue
        self.printers_changed.emit()
        self._context.executor.submit(ChangeSetting(self._setting, queue), self)

    def use_setting(self, name: str) -> None:
        """Keep the printer chosen under another setting: what prints labels is seldom what prints letters."""
        if name != self._setting:
            self._setting = name
            self._read_setting()

    # ── paper and files ──

    def print_document(self, document: DocumentRow, *, reprint: bool = False, copies: int = 1) -> None:
        """Send a copy to the printer; `reprint` for one that says 补打."""

        def read(queries: Queries) -> Job:
            pdf = queries.document_pdf(document.id, reprint=reprint)
            medium = medium_of(page_size(pdf))
            return Job(document.id, document.number, document.kind, pdf, copies, reprint, medium)

        self._context.executor.ask(read, self._send, self)

    def again(self) -> None:
        """Send the job that failed once more: the same number, the same bytes."""
        if self._held is not None:
            self._send(self._held.job)

    def save(self, document: DocumentRow, path: Path) -> None:
        """Write the document's bytes to a file; the writing is recorded like a print."""

        def write(queries: Queries) -> KnownError | None:
            pdf = queries.document_pdf(document.id)
            try:
                path.write_bytes(pdf)
            except OSError as error:
                reason = error.strerror or str(error)
                return KnownError(f"没有存成 {path.name}：{reason}", "换一个文件夹或腾出空间后再存")
            return None

        def written(error: KnownError | None) -> None:
            self._to_say = error
            self._record(document.id, path.name, error is None, str(error) if error else str(path))
            if error is None:
                self.saved.emit(path)

        self._context.executor.ask(write, written, self)

    def close(self) -> None:
        """Let go of what is under way; before the program ends."""
        self._spooler.close()

    # ── what comes back ──

    def _send(self, job: Job) -> None:
        self._held = None
        if self.queue:
            self._spooler.send(job, self.queue)
        else:
            # Nobody asked for the printers yet: ask, and send as soon as it is known where to.
            self._waiting = job
            self._spooler.look()

    def _read_setting(self) -> None:
        setting = self._setting

        def taken(value: str) -> None:
            if setting == self._setting:
                self._take_setting(value)

        self._context.executor.ask(lambda queries: queries.setting(setting), taken, self)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        """Another page may have chosen another printer; and a record of our own may be of a failure, whose
        remedy stands longer in the message bar than the record's own words."""
        changes = applied.changes
        if changes.initiator is self:
            error, self._to_say = self._to_say, None
            if error is not None:
                self._context.messages.refuse(error)
        elif self._setting in changes.settings:
            self._read_setting()

    def _take_setting(self, value: str) -> None:
        self._chosen = value
        self.printers_changed.emit()

    @Slot(object)
    def _listed(self, queues: tuple[Queue, ...]) -> None:
        self._queues = queues
        self.printers_changed.emit()
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self.queue:
            self._spooler.send(waiting, self.queue)
        elif waiting is not None:
            self._not_taken(PrintFailure(waiting, "", _NO_PRINTER))

    @Slot(object)
    def _unlisted(self, error: KnownError) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._not_taken(PrintFailure(waiting, "", error))
        else:
            self._context.messages.refuse(error)

    @Slot(object)
    def _taken(self, receipt: Receipt) -> None:
        self._held = None
        self._record(receipt.job.document_id, receipt.queue, True, receipt.job_number)
        self.took.emit(receipt)

    @Slot(object)
    def _not_taken(self, failure: PrintFailure) -> None:
        self._held, self._to_say = failure, failure.error
        self._record(failure.job.document_id, failure.queue, False, str(failure.error))
        self.failed.emit(failure)

    def _record(self, document_id: str, target: str, succeeded: bool, detail: str) -> None:
        """Write down what became of a copy; the answer is what the message bar says."""
        if self._context.executor.closed:
            # The printer answered after the window had gone.
            return
        self._context.executor.submit(RecordPrint(document_id, target, succeeded, detail), self)
