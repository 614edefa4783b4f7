"""The road from a click to the database and back: one writing thread, one reading thread, queued signals.

A command handed in by `submit` runs on the writing thread in the order of its priority and, within one
priority, of arrival. The rows it touched are read again in the same job, so that every screen gets the new
rows with the news. Nothing here blocks the GUI thread.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DaySummary, FaultRow, StaffRow

T = TypeVar("T")

PERSON = 0
"""Priority of what a person clicked; it overtakes work that runs by itself."""
BACKGROUND = 10


@dataclass(frozen=True, slots=True)
class Applied:
    """A committed command with the rows it touched, as they are now."""

    changes: Changes
    faults: tuple[FaultRow, ...]
    staff: tuple[StaffRow, ...]
    summary: DaySummary


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command that was refused: nothing was changed."""

    initiator: QObject
    error: KnownError


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    order: int
    run: Callable[[], None]


class _Worker(threading.Thread):
    """Takes jobs from a priority queue until a job raises `SystemExit`."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._order = itertools.count()

    def put(self, run: Callable[[], None], priority: int = PERSON) -> None:
        self.jobs.put(_Job(priority, next(self._order), run))

    def run(self) -> None:
        while True:
            job = self.jobs.get()
            try:
                job.run()
            except SystemExit:
                return
            finally:
                self.jobs.task_done()


def _leave() -> None:
    raise SystemExit


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
        self._came_back.connect(self._deliver)
        self._writer = _Worker("desk-writer")
        self._reader = _Worker("desk-reader")
        self._writer.start()
        self._reader.start()

    @property
    def idle(self) -> bool:
        """True when nothing handed in is still under way or undelivered."""
        return self._pending == 0

    def submit(
        self,
        command: object,
        initiator: QObject,
        done: Callable[[Changes], None] | None = None,
        refused: Callable[[KnownError], None] | None = None,
        priority: int = PERSON,
    ) -> None:
        """Run `command` in the writing thread.

        Args:
            command: A frozen command of `dispatch_app.operations`.
            initiator: Who asks; `done` and `refused` are called on the GUI thread unless it is gone by then.
            done: Called with the changes, before `applied` is emitted.
            refused: Called instead of the message bar when the command is refused.
            priority: `PERSON` or `BACKGROUND`.
        """
        self._pending += 1

        def run() -> None:
            try:
                changes = replace(self._desk.perform(command), initiator=initiator)
                queries = self._desk.queries
                applied = Applied(
                    changes,
                    queries.fault_rows(changes.faults) if changes.faults else (),
                    queries.staff() if changes.faults or changes.staff else (),
                    queries.day_summary(),
                )
            except KnownError as error:
                self._came_back.emit(lambda error=error: self._refuse(initiator, error, refused))
            except Exception as error:  # noqa: BLE001 - a bug must reach the crash report, not end the writer
                self._came_back.emit(lambda error=error: self.crashed.emit(error))
            else:
                self._came_back.emit(lambda: self._apply(applied, initiator, done))

        self._writer.put(run, priority)

    def ask(self, question: Callable[[Queries], T], answer: Callable[[T], None], owner: QObject) -> None:
        """Run `question` in the reading thread and hand what it returns to `answer` on the GUI thread.

        Nothing is called when `owner` is gone by then. A KnownError goes to `refused`.
        """
        self._pending += 1

        def run() -> None:
            try:
                value = question(self._desk.queries)
            except KnownError as error:
                self._came_back.emit(lambda error=error: self._refuse(owner, error, None))
            except Exception as error:  # noqa: BLE001 - as above
                self._came_back.emit(lambda error=error: self.crashed.emit(error))
            else:
                self._came_back.emit(lambda: answer(value) if shiboken6.isValid(owner) else None)

        self._reader.put(run)

    def close(self) -> None:
        """Finish what was handed in, then end both threads. Blocks until they are gone."""
        for worker in (self._writer, self._reader):
            worker.put(_leave, BACKGROUND + 1)
            worker.join()

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        self._pending -= 1
        call()

    def _apply(self, applied: Applied, initiator: QObject, done: Callable[[Changes], None] | None) -> None:
        if done is not None and shiboken6.isValid(initiator):
            done(applied.changes)
        self.applied.emit(applied)

    def _refuse(
        self, initiator: QObject, error: KnownError, refused: Callable[[KnownError], None] | None
    ) -> None:
        if refused is not None and shiboken6.isValid(initiator):
            refused(error)
        else:
            self.refused.emit(Refusal(initiator, error))
