"""A thread that does one job after another, the most urgent first."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

PERSON = 0
"""Priority of what a person clicked; it overtakes work that runs by itself."""
BACKGROUND = 10
PATIENCE_S = 30.0
"""A command waits five seconds for a lock at most; what takes so much longer will not come back."""
_LAST = 1000


@dataclass(order=True, slots=True)
class _Job:
    priority: int
    order: int
    run: Callable[[], None] | None = field(compare=False)
    """None ends the thread."""


class Worker:
    """Jobs of one priority run in the order they came. A job must catch its own exceptions: one that gets
    out goes to `threading.excepthook` and the thread carries on."""

    def __init__(self, name: str) -> None:
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._order = itertools.count()
        self._ended = False
        # A daemon, so that a program that dies without `close` does not hang on in the process list.
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def name(self) -> str:
        return self._thread.name

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def put(self, run: Callable[[], None], priority: int = PERSON) -> None:
        """Hand in a job.

        Raises:
            RuntimeError: The worker was closed; whoever asks then has a bug.
        """
        if self._ended:
            raise RuntimeError(f"{self._thread.name} was closed")
        self._jobs.put(_Job(priority, next(self._order), run))

    def close(self, patience: float = PATIENCE_S) -> bool:
        """Finish what was handed in, then end the thread. Blocks until it is gone; may be repeated.

        Returns:
            False when a job has not come back after `patience` seconds: the thread is left to itself then,
            so that a program whose window is gone does not stay on for ever.
        """
        if not self._ended:
            self._ended = True
            self._jobs.put(_Job(_LAST, next(self._order), None))
        self._thread.join(patience)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while True:
            job = self._jobs.get()
            if job.run is None:
                return
            try:
                job.run()
            except BaseException as error:  # noqa: BLE001 - handed to the same hook a dying thread would call
                threading.excepthook(
                    threading.ExceptHookArgs((type(error), error, error.__traceback__, self._thread))
                )
            # The job holds rows and callbacks; waiting for the next one must not keep them alive.
            del job
