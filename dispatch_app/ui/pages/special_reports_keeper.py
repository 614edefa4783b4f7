"""Keeps what is being written: after a pause, at once on demand, never two saves of one report at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.rows import SpecialReportRow
from dispatch_app.operations.special_reports import EditSpecialReport
from dispatch_app.ui.context import UiContext

PAUSE_MS = 800


@dataclass(frozen=True, slots=True)
class Written:
    """The fields of a 专报 as typed; `estimate` in yuan, empty for not yet known."""

    device: str
    model: str
    serial: str
    parameters: str
    estimate: str
    cause: str
    advice: str
    signer: str


class KeepState(StrEnum):
    SAVED = "saved"
    WAITING = "waiting"
    REFUSED = "refused"


@dataclass(slots=True)
class _Draft:
    """One report being written.

    Attributes:
        unsaved: What was typed and not yet handed in.
        saving: A save is under way; the version is not known until it is back.
        then: What waits until all is saved.
    """

    report_id: str
    version: int
    unsaved: Written | None = None
    saving: bool = False
    then: Callable[[int], None] | None = None


class DraftKeeper(QObject):
    """Signals:
    state_changed: `KeepState` of the report in hand.
    saved: `SpecialReportRow` as it is after a save, of whichever report.
    refused: KnownError of a save; what was typed is still there and is tried again with the next.
    """

    state_changed = Signal(object)
    saved = Signal(object)
    refused = Signal(object)

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._drafts: dict[str, _Draft] = {}
        self._held: _Draft | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)

    @property
    def report_id(self) -> str:
        """The report in hand, or an empty string."""
        return self._held.report_id if self._held is not None else ""

    @property
    def clean(self) -> bool:
        """Whether nothing typed into the report in hand waits to be saved."""
        return self._held is None or (self._held.unsaved is None and not self._held.saving)

    def hold(self, row: SpecialReportRow | None) -> None:
        """Take this report in hand; what was typed into the former one is saved first."""
        self.flush()
        if row is None:
            self._held = None
            return
        draft = self._drafts.setdefault(row.id, _Draft(row.id, row.version))
        if not draft.saving:
            draft.version = row.version
        self._held = draft

    def write(self, written: Written) -> None:
        """Something was typed: save it after a pause."""
        if self._held is not None:
            self._held.unsaved = written
            self.state_changed.emit(KeepState.WAITING)
            self._pause.start()

    @Slot()
    def flush(self) -> None:
        """Save now what is not saved yet."""
        self._pause.stop()
        if self._held is not None:
            self._save(self._held)

    def when_saved(self, then: Callable[[int], None]) -> None:
        """Save, then call `then` with the version of the report; not at all if the save is refused."""
        if self._held is None:
            return
        if self.clean:
            then(self._held.version)
            return
        self._held.then = then
        self.flush()

    def _save(self, draft: _Draft) -> None:
        if draft.unsaved is None or draft.saving or self._context.executor.closed:
            return
        written, draft.unsaved = draft.unsaved, None
        draft.saving = True
        command = EditSpecialReport(draft.report_id, draft.version, **asdict(written))
        self._context.executor.submit(
            command, self, partial(self._saved, draft), partial(self._not_saved, draft, written)
        )

    def _saved(self, draft: _Draft, _changes: Changes) -> None:
        self._ask_for(draft, self._read_again)

    def _ask_for(self, draft: _Draft, answer: Callable[[_Draft, SpecialReportRow], None]) -> None:
        executor = self._context.executor
        # The last save of all comes back when the program has ended and nobody asks any more.
        if not executor.closed:
            executor.ask(
                lambda queries: queries.special_report(draft.report_id), partial(answer, draft), self
            )

    def _read_again(self, draft: _Draft, row: SpecialReportRow) -> None:
        draft.version, draft.saving = row.version, False
        self.saved.emit(row)
        if draft.unsaved is not None:
            self._save(draft)
            return
        if draft is self._held:
            self.state_changed.emit(KeepState.SAVED)
        then, draft.then = draft.then, None
        if then is not None:
            then(draft.version)

    def _not_saved(self, draft: _Draft, written: Written, error: KnownError) -> None:
        draft.saving, draft.then = False, None
        draft.unsaved = draft.unsaved or written
        # Somebody may have written meanwhile; the next save must know the version there is now.
        self._ask_for(draft, self._take_version)
        if draft is self._held:
            self.state_changed.emit(KeepState.REFUSED)
        self.refused.emit(error)

    def _take_version(self, draft: _Draft, row: SpecialReportRow) -> None:
        draft.version = row.version
