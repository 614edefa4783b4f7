"""Time a floor and the program by turns, so that whatever the machine is doing meets both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table. Times in milliseconds; `ratio` is median over median."""

    name: str
    floor: str
    goal: str
    floor_median: float
    figure_median: float
    figure_p95: float
    ratio: float
    rounds: int

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def by_turns(
    name: str,
    floor_name: str,
    goal: str,
    floor: Callable[[], float],
    figure: Callable[[], float],
    rounds: int = 30,
) -> Measured:
    """Run `floor` and `figure` alternately.

    Args:
        floor: Does the least work that could do and answers with the milliseconds it took.
        figure: Does the program's work and answers likewise.
    """
    floors: list[float] = []
    figures: list[float] = []
    for _ in range(rounds):
        floors.append(floor())
        figures.append(figure())
    return measured(name, floor_name, goal, floors, figures)


def measured(name: str, floor: str, goal: str, floors: list[float], figures: list[float]) -> Measured:
    """A line from what was measured by turns, milliseconds."""
    low, mid = statistics.median(floors), statistics.median(figures)
    p95 = sorted(figures)[min(len(figures) - 1, round(0.95 * len(figures)))]
    return Measured(name, floor, goal, low, mid, p95, mid / low, len(figures))


def milliseconds(work: Callable[[], object]) -> float:
    """How long `work` takes, milliseconds of the monotonic clock."""
    start = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - start) / 1e6


TABLE_HEAD = (
    "| action | floor | floor ms | program ms | p95 ms | ratio | goal | rounds |\n"
    "|---|---|---:|---:|---:|---:|---|---:|"
)


def as_line(row: Measured) -> str:
    """A measurement as a line under `TABLE_HEAD`, Markdown."""
    times = f"{row.floor_median:.2f} | {row.figure_median:.2f} | {row.figure_p95:.2f}"
    return f"| {row.name} | {row.floor} | {times} | {row.ratio:.2f} | {row.goal} | {row.rounds} |"


def as_table(rows: Iterable[Measured]) -> str:
    """The measurements as a Markdown table."""
    return "\n".join((TABLE_HEAD, *map(as_line, rows)))
