"""A clock that runs from another day's morning, faster than the world's, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

SLOWEST, FASTEST = 1, 60


class DrillClock:
    """The Clock port of a drill. Any thread may ask; it never goes back.

    Args:
        begins: Where it starts, epoch seconds UTC.
        counter: Seconds that only ever grow, such as `time.monotonic`; given by bootstrap.
        speed: Seconds of the drill a second of the world, 1–60.
    """

    def __init__(self, begins: int, counter: Callable[[], float], speed: int = 1) -> None:
        self._counter = counter
        self._lock = Lock()
        self._base = float(begins)
        self._since = counter()
        self._paused = False
        self._speed = _within(speed)

    @property
    def speed(self) -> int:
        return self._speed

    @property
    def paused(self) -> bool:
        return self._paused

    def now(self) -> int:
        """The drill's present moment, epoch seconds UTC."""
        with self._lock:
            return int(self._reached())

    def run_at(self, speed: int) -> None:
        """Change the speed; what is beyond 1–60 is brought within."""
        with self._lock:
            self._settle()
            self._speed = _within(speed)

    def pause(self) -> None:
        with self._lock:
            self._settle()
            self._paused = True

    def resume(self) -> None:
        with self._lock:
            self._settle()
            self._paused = False

    def skip_to(self, moment: int) -> None:
        """Go forward at once; a moment already past changes nothing."""
        with self._lock:
            self._settle()
            self._base = max(self._base, float(moment))

    def _reached(self) -> float:
        if self._paused:
            return self._base
        return self._base + (self._counter() - self._since) * self._speed

    def _settle(self) -> None:
        """Start counting again from the moment reached, so that a new speed holds from now on only."""
        self._base, self._since = self._reached(), self._counter()


def _within(speed: int) -> int:
    return max(SLOWEST, min(FASTEST, speed))
