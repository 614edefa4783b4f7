"""The table of contract.md read a second time, naively: one row of a log, text in, plain words out.

Written against the contract and not against the program: dates and times instead of integers, one small
function a clock, no shared judging. Slow and simple on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

Moment = datetime | None
FORMAT = "%Y-%m-%d %H:%M:%S"
ORDER = ("response", "arrival", "dispatch_5h", "dispatch_2d", "repair_start", "special_report", "same_day")
DEFAULTS = {
    "term": "dates", "urban_arrival": "on_site", "response": "answered", "dispatch": "departed",
    "two_days": "hours_48", "parts_300": "contractor", "arrival_from": "report", "remote_fix": "counts",
    "repair_start": "all", "same_day": "calendar", "user_unit": "client", "redials": "each",
}  # fmt: skip


class Row:
    """A row with what counts of it."""

    def __init__(self, said: Mapping[str, str], as_of: datetime, readings: Mapping[str, str]) -> None:
        self.said = said
        self.as_of = as_of
        self.readings = DEFAULTS | dict(readings)
        self.reported = datetime.fromisoformat(said["reported_at"])

    def time(self, name: str) -> Moment:
        """A milestone, if it was given, is not before the report and not after as-of."""
        text = self.said.get(name, "")
        if not text:
            return None
        at = datetime.fromisoformat(text)
        return at if self.reported <= at <= self.as_of else None

    @property
    def false_alarm(self) -> Moment:
        return self.time("cancelled_at") if self.said.get("cancel_kind", "") in ("", "false_alarm") else None

    @property
    def voided(self) -> bool:
        return self.time("cancelled_at") is not None and self.false_alarm is None

    @property
    def today(self) -> datetime:
        """What counts as now for a clock nobody stops."""
        return self.false_alarm or self.as_of

    def stop(self, *names: str) -> Moment:
        times = [at for at in map(self.time, names) if at is not None and at <= self.today]
        return min(times) if times else None

    @property
    def procedure(self) -> str:
        """What was confirmed, if it was confirmed in a way that counts."""
        return self.said.get("procedure", "") if self.stop("confirmed_at") else ""


def second_reading(said: Mapping[str, str], as_of: datetime, readings: Mapping[str, str]) -> dict[str, Any]:
    """Clock → (state, start, due, stop, seconds late)."""
    row = Row(said, as_of, readings)
    clocks = {
        "response": _response(row),
        "arrival": _arrival(row),
        "dispatch_5h": _dispatch(row, row.reported + timedelta(hours=5)),
        "dispatch_2d": _dispatch(row, _two_days(row)),
        "repair_start": _repair(row),
        "special_report": _special_report(row),
        "same_day": _same_day(row),
    }
    if row.voided:
        return {name: ("void", found[1], found[2], None, 0) for name, found in clocks.items()}
    if row.false_alarm:
        return {
            name: ("void", found[1], found[2], None, 0) if found[0] in ("running", "not_started") else found
            for name, found in clocks.items()
        }
    return clocks


def _outcome(
    row: Row, start: datetime, due: datetime, stop: Moment, *, exclusive: bool = False
) -> tuple[Any, ...]:
    if stop is not None:
        on_time = stop < due if exclusive else stop <= due
        if on_time:
            return "met", start, due, stop, 0
        return "breached", start, due, stop, int((stop - due).total_seconds())
    over = row.today >= due if exclusive else row.today > due
    if over:
        return "breached", start, due, None, int((row.today - due).total_seconds())
    return "running", start, due, None, 0


ANSWERED = (
    "acknowledged_at",
    "departed_at",
    "arrived_at",
    "confirmed_at",
    "repair_started_at",
    "resolved_at",
)


def _answered(row: Row) -> Moment:
    return row.reported if row.readings["response"] == "registered" else row.stop(*ANSWERED)


def _response(row: Row) -> tuple[Any, ...]:
    return _outcome(row, row.reported, row.reported + timedelta(minutes=20), _answered(row))


def _fixed(row: Row) -> tuple[str, ...]:
    return ("resolved_at",) if row.readings["remote_fix"] == "counts" else ()


def _arrival(row: Row) -> tuple[Any, ...]:
    urban = row.said["zone"] == "urban"
    stops = ["arrived_at", "confirmed_at", *_fixed(row)]
    if urban and row.readings["urban_arrival"] == "ordered":
        stops += ["assigned_at", "departed_at", "repair_started_at"]
    start = row.reported if row.readings["arrival_from"] == "report" else _answered(row)
    if start is None:
        return "not_started", None, None, None, 0
    allowed = timedelta(minutes=40) if urban else timedelta(hours=2)
    return _outcome(row, start, start + allowed, row.stop(*stops))


def _two_days(row: Row) -> datetime:
    if row.readings["two_days"] == "hours_48":
        return row.reported + timedelta(hours=48)
    return datetime.combine(row.reported.date() + timedelta(days=3), datetime.min.time())


def _dispatch(row: Row, due: datetime) -> tuple[Any, ...]:
    source = row.said.get("source", "")
    if source in ("patrol", "monitoring") or (source == "unit" and row.readings["user_unit"] == "own"):
        return "void", row.reported, due, None, 0
    stops = ["departed_at", "arrived_at", "confirmed_at", "repair_started_at", *_fixed(row)]
    if row.readings["dispatch"] == "assigned":
        stops.append("assigned_at")
    return _outcome(row, row.reported, due, row.stop(*stops))


def _two_hours(row: Row, procedures: set[str], *stops: str) -> tuple[Any, ...]:
    start = row.stop("confirmed_at")
    if start is None or row.procedure not in procedures:
        return "not_started", None, None, None, 0
    return _outcome(row, start, start + timedelta(hours=2), row.stop(*stops))


def _repair(row: Row) -> tuple[Any, ...]:
    every = {"routine", "repair", "warranty"}
    procedures = every if row.readings["repair_start"] == "all" else {"repair"}
    return _two_hours(row, procedures, "repair_started_at", "resolved_at")


def _special_report(row: Row) -> tuple[Any, ...]:
    return _two_hours(row, {"special_report"}, "special_report_at")


def _same_day(row: Row) -> tuple[Any, ...]:
    if row.readings["same_day"] == "hours_24":
        due = row.reported + timedelta(hours=24)
    else:
        due = datetime.combine(row.reported.date() + timedelta(days=1), datetime.min.time())
    if row.procedure in ("repair", "special_report", "warranty") or row.said.get("group", ""):
        return "void", row.reported, due, None, 0
    return _outcome(row, row.reported, due, row.stop("resolved_at"), exclusive=True)


def second_sums(
    said: Mapping[str, str], as_of: datetime, readings: Mapping[str, str]
) -> list[tuple[str, Any, str]]:
    """(clause, moment, amount) of one row, where `redials` counts each."""
    row = Row(said, as_of, readings)
    sums: list[tuple[str, Any, str]] = []
    if said.get("emergency") == "1":
        for text in filter(None, said.get("unreachable_at", "").split(";")):
            if datetime.fromisoformat(text) <= as_of:
                sums.append(("9.1", datetime.fromisoformat(text), "2000.00"))
    state, _, due, _, _ = second_reading(said, as_of, readings)["dispatch_5h"]
    if state == "breached":
        sums.append(("9.2", due, "2000.00"))
    sums.sort(key=lambda found: (found[1], found[0]))
    cost = Decimal(said.get("third_party_labor", "") or "0")
    for part in filter(None, said.get("third_party_parts", "").split(";")):
        price, _, quantity = part.rpartition(":")[2].partition("×")
        at_the_line = Decimal(price) == 300 and row.readings["parts_300"] == "contractor"
        if Decimal(price) < 300 or at_the_line:
            cost += Decimal(price) * int(quantity or "1")
    if cost and said.get("third_party_cause", "") != "other":
        sums.append(("4.6", None, f"{cost:.2f}"))
    return sums
