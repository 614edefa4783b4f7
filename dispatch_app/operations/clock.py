"""The port through which every operation learns the time. Bootstrap gives the system's, the drill its own."""

from __future__ import annotations

from typing import Protocol


class Clock(Protocol):
    def now(self) -> int:
        """The present moment, epoch seconds UTC."""
        ...


class MachineTime(Protocol):
    """What else the machine knows of the time. A drill has none: its clock is moved on purpose."""

    def through_sleep(self) -> float:
        """Seconds that only ever grow, also while the machine sleeps, and that nobody can set."""
        ...

    def local_offset(self) -> int:
        """Seconds the machine's own time zone is ahead of UTC."""
        ...
