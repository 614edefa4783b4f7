"""What a clock case is, in seconds from a report at 09:00:00."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MINUTE, HOUR, DAY = 60, 3600, 86400
MIDNIGHT = 15 * HOUR
"""From the report at 09:00:00."""
LATE = 10 * DAY
"""Long after every due moment."""


@dataclass(frozen=True)
class Case:
    """`times`: milestones in seconds after the report; `expected`: clock → (state, seconds late)."""

    name: str
    now: int
    expected: dict[str, tuple[str, int]]
    times: dict[str, Any] = field(default_factory=dict)
    outlying: bool = False
    readings: dict[str, str] = field(default_factory=dict)
    plant: bool = False


def around(clock: str, stop: str, due: int, last: int | None = None, **more: Any) -> list[Case]:
    """A stop one second before, at and after the due moment, and nobody stopping it."""
    last = due if last is None else last
    given = dict(more.pop("times", {}))
    cases = []
    for stopped in (due - 1, due, due + 1):
        expected = ("met", 0) if stopped <= last else ("breached", stopped - due)
        times = given | {stop: stopped}
        cases.append(
            Case(f"{clock} stopped by {stop} at {stopped - due:+d}", LATE, {clock: expected}, times, **more)
        )
    for now in (due - 1, due, due + 1):
        expected = ("running", 0) if now <= last else ("breached", now - due)
        cases.append(
            Case(f"{clock} at {now - due:+d}, {stop} yet to come", now, {clock: expected}, given, **more)
        )
    return cases
