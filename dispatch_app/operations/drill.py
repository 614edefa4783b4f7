"""演练: a scripted day done at the desk through the same door as everything else."""

from __future__ import annotations

from pathlib import Path

from dispatch_app.operations.desk import Desk
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.drill_file import DrillDay, load_drill
from dispatch_app.operations.drill_steps import DrillStep, steps_of

DAY_FILE = Path("drill") / "day.toml"
"""The shipped day, within the resources."""


def shipped_day(resources: Path) -> DrillDay:
    """The day that comes with the product.

    Raises:
        KnownError: Its file cannot be used.
    """
    return load_drill(resources / DAY_FILE)


class DrillPlayer:
    """Hands out what is to be done as the drill's clock reaches it. Every step is handed out once, in order;
    what becomes of it is the desk's business: a step a trainee has forestalled is refused like anybody's."""

    def __init__(self, day: DrillDay) -> None:
        self.day = day
        self._ahead = [step for entry in day.entries for step in steps_of(day, entry)]
        self._done = 0

    @property
    def finished(self) -> bool:
        return self._done == len(self._ahead)

    @property
    def next_at(self) -> int | None:
        """When the next step is due, epoch seconds; None after the last."""
        return None if self.finished else self._ahead[self._done].entry.at

    @property
    def progress(self) -> tuple[int, int]:
        """(steps handed out, steps in all)."""
        return self._done, len(self._ahead)

    def due(self, now: int) -> tuple[DrillStep, ...]:
        """The steps whose moment has come and that were not handed out before, for `Desk.perform`."""
        end = self._done
        while end < len(self._ahead) and self._ahead[end].entry.at <= now:
            end += 1
        steps = tuple(self._ahead[self._done : end])
        self._done = end
        return steps


def run_to_end(desk: Desk, clock: DrillClock, player: DrillPlayer) -> None:
    """Do the rest of the day at once, each step at its own moment; `clock` is the desk's.

    Raises:
        KnownError: A step was refused; what was done before it stays.
    """
    while player.next_at is not None:
        clock.skip_to(player.next_at)
        for step in player.due(player.next_at):
            desk.perform(step)
    clock.skip_to(player.day.ends)
