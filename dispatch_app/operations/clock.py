"""The port through which every operation learns the time. Bootstrap gives the system's, the drill its own."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    def now(self) -> int:
        """The present moment, epoch seconds UTC."""
        ...
