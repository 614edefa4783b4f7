"""Real emergency calls as load: far more of them at once than the desk will see.

The file (San Francisco Fire Department calls for service, public domain) is not part of the project. Whoever
measures names it; without it this measurement is left out and says so.
"""

from __future__ import annotations

import csv
import gzip
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.desks import ENGINEERS
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.faults import AssignFault, RecordMilestone, RegisterFault
from dispatch_app.operations.queries import Queries

HOUR = 3600
_STEPS = (
    ("responded_or_enroute", FactKind.DEPARTED),
    ("on_scene", FactKind.ARRIVED),
    ("cleared", FactKind.RESOLVED),
)


@dataclass(frozen=True, slots=True)
class Call:
    """Moments in seconds of a clock that begins anywhere; None for what was not recorded."""

    number: str
    received: int
    dispatched: int | None
    steps: tuple[tuple[FactKind, int], ...]
    cleared: int | None


@dataclass(frozen=True, slots=True)
class Window:
    """The densest stretch of the file.

    Attributes:
        start: Its first moment on the file's clock, seconds.
        most_open: So many of its calls were not cleared at once.
    """

    start: int
    calls: tuple[Call, ...]
    most_open: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to hand in at `at` (epoch seconds UTC of the drilled day); resolved when its turn comes."""

    at: int
    fault_id: str
    kind: FactKind
    site_id: str = ""
    staff_id: str = ""

    def resolve(self, queries: Queries) -> object:
        if self.kind is FactKind.REPORTED:
            return RegisterFault(self.at, self.site_id, "通话记录重放", fault_id=self.fault_id)
        (row,) = queries.fault_rows([self.fault_id])
        if self.kind is FactKind.ASSIGNED:
            return AssignFault(self.fault_id, self.staff_id, row.version, self.at)
        return RecordMilestone(self.fault_id, self.kind, row.version, self.at, staff_id=self.staff_id)


def densest(path: Path, hours: int) -> Window:
    """The window of so many hours with the most calls."""
    calls = sorted(_read(path), key=lambda call: call.received)
    starts = [call.received for call in calls]
    best = max(range(len(calls)), key=lambda first: bisect_left(starts, starts[first] + hours * HOUR) - first)
    chosen = calls[best : bisect_left(starts, starts[best] + hours * HOUR)]
    ends = sorted(call.cleared for call in chosen if call.cleared is not None)
    most = max(place + 1 - bisect_left(ends, call.received) for place, call in enumerate(chosen))
    return Window(starts[best], tuple(chosen), most)


def script(window: Window, begins: int, sites: list[str]) -> list[Step]:
    """Everything that happens in the window, moved to `begins` (epoch seconds UTC), in order."""
    steps: list[Step] = []
    shift = begins - window.start
    for place, call in enumerate(window.calls):
        fault = f"call-{place:05d}"
        engineer = ENGINEERS[place % len(ENGINEERS)]
        site = sites[place % len(sites)]
        steps.append(Step(call.received + shift, fault, FactKind.REPORTED, site))
        last = call.received
        moments = [(FactKind.ASSIGNED, call.dispatched), *call.steps]
        for kind, moment in moments:
            if moment is not None and moment >= last:
                named = "" if kind is FactKind.RESOLVED else engineer
                steps.append(Step(moment + shift, fault, kind, staff_id=named))
                last = moment
        if call.cleared is not None and last == call.cleared:
            steps.append(Step(call.cleared + shift, fault, FactKind.CLOSED))
    order = {kind: place for place, kind in enumerate(FactKind)}
    return sorted(steps, key=lambda step: (step.at, step.fault_id, order[step.kind]))


def _read(path: Path) -> Iterator[Call]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            moments = {name: _seconds(row[name]) for name, _ in _STEPS}
            received = _seconds(row["received"])
            if received is not None:
                yield Call(
                    row["call_id"],
                    received,
                    _seconds(row["dispatched"]),
                    tuple((kind, at) for name, kind in _STEPS if (at := moments[name]) is not None),
                    moments["cleared"],
                )


def _seconds(text: str) -> int | None:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) if text else None
