"""The road from a click to the database and back: one writing thread, one reading thread, queued signals.

A command handed in by `submit` runs on the writing thread in the order of its priority and, within one
priority, of arrival. The rows it touched are read again in the same job, so that every screen gets the new
rows with the news. Nothing here blocks the GUI thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DaySummary, FaultRow, Selected, SiteRow, StaffRow
from dispatch_app.ui.bridge.worker import BACKGROUND, PATIENCE_S, PERSON, Worker

__all__ = ["BACKGROUND", "PERSON", "Applied", "Executor", "Refusal"]

T = TypeVar("T")

SWITCH_S = 0.0005
"""Python's own five milliseconds are a third of a frame, and one click changes threads several times."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A committed command with the rows it touched, as they are now.

    `selected`: the fault that is watched, if the command touched it.
    """

    changes: Changes
    faults: tuple[FaultRow, ...]
    staff: tuple[StaffRow, ...]
    sites: tuple[SiteRow, ...]
    summary: DaySummary
    selected: Selected | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command that was refused: nothing was changed."""

    initiator: QObject
    error: KnownError


class Executor(QObject):
    """Runs commands and questions away from the GUI thread; lives in the GUI thread itself.

    Signals:
        applied: `Applied`, after every committed command.
        refused: `Refusal`, with the KnownError and who asked.
        crashed: the exception of a bug in a command or a question; the crash report listens.
    """

    applied = Signal(object)
    refused = Signal(object)
    crashed = Signal(object)
    _came_back = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pending = 0
        self._watched = ""
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        # What a thread asks for the interpreter is granted within this time: a paint must not wait longer.
        sys.setswitchinterval(SWITCH_S)
        self._writer = Worker("desk-writer")
        self._reader = Worker("desk-reader")

    @property
    def idle(self) -> bool:
        """True when nothing handed in is still under way or undelivered."""
        return self._pending == 0

    @property
    def closed(self) -> bool:
        """True once both threads are gone."""
        return not (self._writer.alive or self._reader.alive)

    def submit(
        self,
        command: object,
        initiator: QObject,
        done: Callable[[Changes], None] | None = None,
        refused: Callable[[KnownError], None] | None = None,
        priority: int = PERSON,
        broke: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `command` in the writing thread.

        Args:
            command: A frozen command of `dispatch_app.operations`.
            initiator: Who asks; `done` and `refused` are called on the GUI thread unless it is gone by then.
            done: Called with the changes, before `applied` is emitted.
            refused: Called instead of the message bar when the command is refused.
            priority: `PERSON` or `BACKGROUND`.
            broke: Called after `crashed` when a bug ended the command: for who must not wait for ever.

        Raises:
            RuntimeError: The executor was closed.
        """

        def run() -> None:
            try:
                applied = self._perform(command, initiator)
            except KnownError as error:
                self._hand_back(partial(self._refuse, initiator, error, refused))
            except Exception as error:  # noqa: BLE001 - a bug must reach the crash report, not end the writer
                self._hand_back(partial(self._crash, initiator, error, broke))
            else:
                self._hand_back(partial(self._apply, applied, initiator, done))

        self._writer.put(run, priority)
        self._pending += 1

    def watch(self, fault_id: str) -> None:
        """Bring this fault whole with the news of every command that touches it; empty for none.

        The writing thread may look at the old one once more: whoever watches holds the id against its own.
        """
        self._watched = fault_id

    def ask(
        self,
        question: Callable[[Queries], T],
        answer: Callable[[T], None],
        owner: QObject,
        broke: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `question` in the reading thread and hand what it returns to `answer` on the GUI thread.

        Nothing is called when `owner` is gone by then. A KnownError goes to `refused`.
        `broke` is called after `crashed` when a bug ended the question.

        Raises:
            RuntimeError: The executor was closed.
        """

        def run() -> None:
            try:
                value = question(self._desk.queries)
            except KnownError as error:
                self._hand_back(partial(self._refuse, owner, error, None))
            except Exception as error:  # noqa: BLE001 - as above
                self._hand_back(partial(self._crash, owner, error, broke))
            else:
                self._hand_back(partial(self._answer, value, answer, owner))

        self._reader.put(run)
        self._pending += 1

    def close(self, patience: float = PATIENCE_S) -> None:
        """Finish what was handed in, end both threads and deliver what they answered.

        Blocks until the threads are gone, but no longer than `patience` seconds for each: one that hangs in
        a job is a bug and told by `crashed`. May be repeated.
        """
        for worker in (self._writer, self._reader):
            if not worker.close(patience):
                self.crashed.emit(TimeoutError(f"{worker.name} did not come back"))
        # A bug in the very last command must still reach the crash report.
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def _perform(self, command: object, initiator: QObject) -> Applied:
        changes = replace(self._desk.perform(command), initiator=initiator)
        news = self._desk.queries.news(changes, self._watched)
        return Applied(changes, news.faults, news.staff, news.sites, news.summary, news.selected)

    def _hand_back(self, call: Callable[[], None]) -> None:
        if shiboken6.isValid(self):
            self._came_back.emit(call)

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        self._pending -= 1
        call()

    def _apply(self, applied: Applied, initiator: QObject, done: Callable[[Changes], None] | None) -> None:
        if done is not None and shiboken6.isValid(initiator):
            done(applied.changes)
        # The last save of a window that was closed: no screen is left that could ask for more.
        if not self.closed:
            self.applied.emit(applied)

    def _answer(self, value: T, answer: Callable[[T], None], owner: QObject) -> None:
        if shiboken6.isValid(owner):
            answer(value)

    def _crash(self, initiator: QObject, error: Exception, broke: Callable[[Exception], None] | None) -> None:
        self.crashed.emit(error)
        if broke is not None and shiboken6.isValid(initiator):
            broke(error)

    def _refuse(
        self, initiator: QObject, error: KnownError, refused: Callable[[KnownError], None] | None
    ) -> None:
        if refused is not None and shiboken6.isValid(initiator):
            refused(error)
        else:
            self.refused.emit(Refusal(initiator, error))
