"""The clocks of one cycle once more, as a person with a watch would keep them: event after event.

Nothing is taken from the program but the kinds of facts. Readings as used; times are epoch seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dispatch_app.contract.facts import Cancelled, Confirmed, Fact, FactKind

GONE = {"departed", "arrived", "confirmed", "repair_started", "resolved"}
STOPS: dict[str, set[str]] = {
    "response": GONE | {"acknowledged"},
    "arrival": {"arrived", "confirmed", "resolved"},
    "dispatch_5h": GONE,
    "dispatch_2d": GONE,
    "repair_start": {"repair_started", "resolved"},
    "special_report": {"special_report_submitted"},
    "same_day": {"resolved"},
}


@dataclass
class Watch:
    """One clock; `open`: it has not been decided."""

    stops: set[str]
    state: str = "not_started"
    start: int | None = None
    due: int = 0
    last: int = 0
    stop: int | None = None

    def begin(self, at: int, due: int, last: int) -> None:
        self.state, self.start, self.due, self.last, self.stop = "running", at, due, last, None

    def pass_time(self, now: int) -> None:
        if self.state == "running" and now > self.last:
            self.state = "breached"

    def hear(self, kind: str, at: int) -> None:
        if kind in self.stops and self.stop is None:
            if self.state == "running":
                self.state, self.stop = "met", at
            elif self.state == "breached":
                self.stop = at


def keep(
    facts: Iterable[Fact], start: int, midnight: int, outlying: bool, call: bool, now: int
) -> dict[str, Any]:
    """Clock → (state, start, due, stop, seconds late), for facts without corrections and reopenings."""
    watches = {name: Watch(set(stops)) for name, stops in STOPS.items()}
    lengths = {
        "response": 1200,
        "arrival": 7200 if outlying else 2400,
        "dispatch_5h": 18000,
        "dispatch_2d": 172800,
    }
    for name, length in lengths.items():
        watches[name].begin(start, start + length, start + length)
    watches["same_day"].begin(start, midnight, midnight - 1)
    events = sorted((f for f in facts if start <= f.at <= now), key=lambda f: (f.at, f.recorded_at, f.id))
    heard: list[Fact] = []
    duplicate, end, first = False, now, None
    for at in sorted({fact.at for fact in events}):
        here = [fact for fact in events if fact.at == at]
        for watch in watches.values():
            watch.pass_time(at)
        if any(f.kind is FactKind.GROUPED for f in here) and watches["same_day"].state == "running":
            watches["same_day"].state = "void"
        for fact in here:
            for watch in watches.values():
                watch.hear(fact.kind.value, at)
        heard += here
        for fact in here:
            if isinstance(fact.detail, Confirmed):
                first = first or fact.detail
                _confirm(watches, fact.detail, at, heard)
        kinds = {str(fact.detail.kind) for fact in here if isinstance(fact.detail, Cancelled)}
        duplicate = duplicate or bool(kinds - {"false_alarm"})
        if "false_alarm" in kinds:
            end = at
            break
    for watch in watches.values():
        watch.pass_time(end)
        if watch.state in ("running", "not_started") and end_is_alarm(events, end):
            watch.state = "void"
    if first is not None and first.procedure is not None and first.procedure != "routine":
        watches["same_day"].state = "void"
    return {
        name: _told(watch, end, void=duplicate or (not call and name.startswith("dispatch")))
        for name, watch in watches.items()
    }


def end_is_alarm(events: Iterable[Fact], end: int) -> bool:
    return any(
        fact.at == end and isinstance(fact.detail, Cancelled) and fact.detail.kind == "false_alarm"
        for fact in events
    )


def _confirm(watches: dict[str, Watch], said: Confirmed, at: int, heard: list[Fact]) -> None:
    if said.procedure is None:
        return
    own, other = "repair_start", "special_report"
    if said.procedure == "special_report":
        own, other = other, own
    watches[other].state = "void" if watches[other].state == "running" else watches[other].state
    if watches[own].state in ("not_started", "void"):
        watches[own].begin(at, at + 7200, at + 7200)
        early = [fact.at for fact in heard if fact.kind.value in watches[own].stops]
        if early:
            watches[own].state, watches[own].stop = "met", min(early)


def _told(watch: Watch, end: int, *, void: bool) -> tuple[Any, ...]:
    state = "void" if void else watch.state
    due = None if watch.start is None else watch.due
    if state in ("void", "not_started"):
        return state, watch.start, due, None, 0
    late = (end if watch.stop is None else watch.stop) - watch.due if state == "breached" else 0
    return state, watch.start, due, watch.stop, late
