"""Silence for some minutes, never for good. Pure; times: epoch seconds UTC."""

from __future__ import annotations

MINUTES = (5, 15, 30)
"""What can be chosen."""


class Mute:
    """Counts down by the clock that is given to it, which may be set back."""

    def __init__(self) -> None:
        self._until = 0
        self._seconds = 0

    @property
    def on(self) -> bool:
        return self._until > 0

    def begin(self, minutes: int, now: int) -> None:
        self._seconds = minutes * 60
        self._until = now + self._seconds

    def end(self) -> None:
        self._until = 0

    def left(self, now: int) -> int:
        """Seconds still to go, 0 for none."""
        # A clock set back must not make it longer than was asked for.
        self._until = min(self._until, now + self._seconds)
        return max(0, self._until - now)

    def has_run_out(self, now: int) -> bool:
        """Whether it has ended by itself; asked again it has not, for it is over."""
        if not self.on or self.left(now):
            return False
        self.end()
        return True
