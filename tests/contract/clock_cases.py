"""What the clocks must say, in seconds from the report at 09:00:00: boundaries at -1, 0 and +1 everywhere.

Used by the test of the true module and by the one that turns its comparisons round.
"""

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


def _around(clock: str, stop: str, due: int, last: int | None = None, **more: Any) -> list[Case]:
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


CASES: list[Case] = [
    *(
        case
        for stop in ("acknowledged", "departed", "arrived", "repair_started", "resolved")
        for case in _around("response", stop, 20 * MINUTE)
    ),
    *(case for stop in ("arrived", "resolved") for case in _around("arrival", stop, 40 * MINUTE)),
    *(case for stop in ("arrived", "resolved") for case in _around("arrival", stop, 2 * HOUR, outlying=True)),
    *(
        case
        for clock, due in (("dispatch_5h", 5 * HOUR), ("dispatch_2d", 48 * HOUR))
        for stop in ("departed", "arrived", "repair_started", "resolved")
        for case in _around(clock, stop, due)
    ),
    *_around("same_day", "resolved", MIDNIGHT, MIDNIGHT - 1),
    *(
        case
        for procedure in ("routine", "repair", "warranty")
        for stop in ("repair_started", "resolved")
        for case in _around(
            "repair_start", stop, HOUR + 2 * HOUR, times={"confirmations": [(HOUR, procedure)]}
        )
    ),
    *_around(
        "special_report",
        "report_submitted",
        HOUR + 2 * HOUR,
        times={"confirmations": [(HOUR, "special_report")]},
    ),
    Case(
        "a confirmation stops response, arrival and both dispatch clocks",
        LATE,
        {
            "response": ("breached", 1),
            "arrival": ("met", 0),
            "dispatch_5h": ("met", 0),
            "dispatch_2d": ("met", 0),
        },
        {"confirmations": [(1201, None)]},
    ),
    Case(
        "naming someone sends nobody",
        5 * HOUR + 1,
        {
            "dispatch_5h": ("breached", 1),
            "arrival": ("breached", 5 * HOUR + 1 - 2400),
            "response": ("breached", 16801),
        },
        {"assigned": 300},
    ),
    Case("leaving is not arriving", 3000, {"arrival": ("breached", 600)}, {"departed": 300}),
    Case(
        "starting the repair is not arriving", 3000, {"arrival": ("breached", 600)}, {"repair_started": 300}
    ),
    Case(
        "nothing confirmed starts no procedure clock",
        LATE,
        {"repair_start": ("not_started", 0), "special_report": ("not_started", 0)},
    ),
    Case(
        "a confirmation without procedure starts none either and leaves the day in force",
        LATE,
        {
            "repair_start": ("not_started", 0),
            "special_report": ("not_started", 0),
            "same_day": ("breached", 9 * DAY + 9 * HOUR),
        },
        {"confirmations": [(HOUR, None)]},
    ),
    Case(
        "a special report starts no repair clock and frees the day",
        LATE,
        {
            "repair_start": ("not_started", 0),
            "special_report": ("breached", LATE - 3 * HOUR),
            "same_day": ("void", 0),
        },
        {"confirmations": [(HOUR, "special_report")]},
    ),
    Case(
        "a repair starts no report clock and frees the day",
        HOUR,
        {"repair_start": ("running", 0), "special_report": ("not_started", 0), "same_day": ("void", 0)},
        {"confirmations": [(HOUR, "repair")]},
    ),
    Case(
        "a routine fault is due on its day",
        MIDNIGHT,
        {"same_day": ("breached", 0)},
        {"confirmations": [(HOUR, "routine")]},
    ),
    Case(
        "the first confirmation frees the day whenever it comes",
        LATE,
        {"same_day": ("void", 0)},
        {"confirmations": [(3 * DAY, "warranty"), (4 * DAY, "routine")], "resolved": 5 * DAY},
    ),
    Case(
        "a later procedure does not free the day",
        LATE,
        {"same_day": ("breached", 5 * DAY - MIDNIGHT)},
        {"confirmations": [(HOUR, "routine"), (2 * HOUR, "repair")], "resolved": 5 * DAY},
    ),
    Case(
        "a repair started before the confirmation counts",
        LATE,
        {"repair_start": ("met", 0)},
        {"confirmations": [(HOUR, "repair")], "repair_started": 60},
    ),
    Case(
        "a report submitted before the confirmation counts",
        LATE,
        {"special_report": ("met", 0)},
        {"confirmations": [(HOUR, "special_report")], "report_submitted": 60},
    ),
    # Confirmed again.
    Case(
        "the running clock of the first procedure is void",
        LATE,
        {"repair_start": ("void", 0), "special_report": ("breached", LATE - 4 * HOUR)},
        {"confirmations": [(HOUR, "repair"), (2 * HOUR, "special_report")]},
    ),
    Case(
        "running at its due moment, it is void",
        LATE,
        {"repair_start": ("void", 0)},
        {"confirmations": [(HOUR, "repair"), (3 * HOUR, "special_report")]},
    ),
    Case(
        "breached a second before, it stays so",
        LATE,
        {"repair_start": ("breached", LATE - 3 * HOUR)},
        {"confirmations": [(HOUR, "repair"), (3 * HOUR + 1, "special_report")]},
    ),
    Case(
        "met before, it stays so",
        LATE,
        {"repair_start": ("met", 0)},
        {"confirmations": [(HOUR, "repair"), (2 * HOUR, "special_report")], "repair_started": 2 * HOUR - 1},
    ),
    Case(
        "met at that very second, it stays so",
        LATE,
        {"repair_start": ("met", 0)},
        {"confirmations": [(HOUR, "repair"), (2 * HOUR, "special_report")], "repair_started": 2 * HOUR},
    ),
    Case(
        "stopped a second later, it was void already",
        LATE,
        {"repair_start": ("void", 0)},
        {"confirmations": [(HOUR, "repair"), (2 * HOUR, "special_report")], "repair_started": 2 * HOUR + 1},
    ),
    Case(
        "a running report clock is void when a repair is named",
        LATE,
        {"special_report": ("void", 0), "repair_start": ("breached", LATE - 4 * HOUR)},
        {"confirmations": [(HOUR, "special_report"), (2 * HOUR, "repair")]},
    ),
    Case(
        "the same clock is not started again by a further confirmation",
        LATE,
        {"repair_start": ("breached", LATE - 3 * HOUR)},
        {"confirmations": [(HOUR, "repair"), (2 * HOUR, "routine")]},
    ),
    Case(
        "a void clock starts again when its procedure comes back",
        LATE,
        {"repair_start": ("breached", LATE - 5 * HOUR), "special_report": ("void", 0)},
        {"confirmations": [(HOUR, "repair"), (2 * HOUR, "special_report"), (3 * HOUR, "repair")]},
    ),
    Case(
        "a breached clock does not start again",
        LATE,
        {"repair_start": ("breached", LATE - 3 * HOUR)},
        {"confirmations": [(HOUR, "repair"), (4 * HOUR, "special_report"), (5 * HOUR, "repair")]},
    ),
    Case(
        "a confirmation without procedure changes nothing",
        LATE,
        {"repair_start": ("breached", LATE - 3 * HOUR)},
        {"confirmations": [(HOUR, "repair"), (2 * HOUR, None)]},
    ),
    # Groups.
    *(
        Case(
            f"grouped {grouped - MIDNIGHT:+d} from midnight",
            LATE,
            {"same_day": expected},
            {"grouped": grouped},
        )
        for grouped, expected in (
            (0, ("void", 0)),
            (MIDNIGHT - 1, ("void", 0)),
            (MIDNIGHT, ("breached", LATE - MIDNIGHT)),
            (MIDNIGHT + 1, ("breached", LATE - MIDNIGHT)),
        )
    ),
    *(
        Case(
            f"resolved {resolved - HOUR:+d} from the grouping",
            LATE,
            {"same_day": expected},
            {"grouped": HOUR, "resolved": resolved},
        )
        for resolved, expected in ((HOUR - 1, ("met", 0)), (HOUR, ("void", 0)), (HOUR + 1, ("void", 0)))
    ),
    Case(
        "a late end after the grouping leaves it void",
        LATE,
        {"same_day": ("void", 0)},
        {"grouped": HOUR, "resolved": 2 * DAY},
    ),
    Case("a group touches no other clock", 5 * HOUR + 1, {"dispatch_5h": ("breached", 1)}, {"grouped": 0}),
    # Cancelled.
    Case(
        "a duplicate voids even what was breached, and what never started",
        LATE,
        dict.fromkeys(
            (
                "response",
                "arrival",
                "dispatch_5h",
                "dispatch_2d",
                "repair_start",
                "special_report",
                "same_day",
            ),
            ("void", 0),
        ),
        {"voided": True},
    ),
    Case(
        "a false alarm keeps breaches up to it and voids the rest",
        LATE,
        {
            "response": ("breached", 3000 - 1200),
            "arrival": ("breached", 600),
            "dispatch_5h": ("void", 0),
            "dispatch_2d": ("void", 0),
            "repair_start": ("void", 0),
            "special_report": ("void", 0),
            "same_day": ("void", 0),
        },
        {"false_alarm": 3000},
    ),
    Case(
        "a false alarm this very second ends the cycle",
        1000,
        {"response": ("void", 0)},
        {"false_alarm": 1000},
    ),
    Case(
        "a false alarm at the due moment voids, a second later does not",
        LATE,
        {"response": ("void", 0)},
        {"false_alarm": 1200},
    ),
    Case(
        "a false alarm a second after the due moment leaves the breach",
        LATE,
        {"response": ("breached", 1)},
        {"false_alarm": 1201},
    ),
    Case(
        "at midnight the day is already breached",
        LATE,
        {"same_day": ("breached", 0)},
        {"false_alarm": MIDNIGHT},
    ),
    Case(
        "a second before midnight it is not", LATE, {"same_day": ("void", 0)}, {"false_alarm": MIDNIGHT - 1}
    ),
    Case(
        "what was met before a false alarm stays met",
        LATE,
        {"response": ("met", 0), "arrival": ("void", 0)},
        {"acknowledged": 600, "false_alarm": 700},
    ),
    Case(
        "a stop in the second of the false alarm counts",
        LATE,
        {"arrival": ("met", 0), "response": ("met", 0)},
        {"arrived": 700, "false_alarm": 700},
    ),
    Case(
        "a stop after a false alarm counts for nothing",
        LATE,
        {"arrival": ("void", 0), "response": ("breached", 800)},
        {
            "arrived": 2001,
            "acknowledged": 2001,
            "departed": 2001,
            "repair_started": 2001,
            "resolved": 2001,
            "assigned": 2001,
            "report_submitted": 2001,
            "grouped": 2001,
            "false_alarm": 2000,
        },
    ),
    Case(
        "a late stop before a false alarm is counted to the stop",
        LATE,
        {"response": ("breached", 100)},
        {"acknowledged": 1300, "false_alarm": 2000},
    ),
    Case(
        "a confirmation after a false alarm starts and voids nothing",
        LATE,
        {"repair_start": ("void", 0), "same_day": ("breached", HOUR)},
        {"confirmations": [(MIDNIGHT + 2 * HOUR, "repair")], "false_alarm": MIDNIGHT + HOUR},
    ),
    Case(
        "a confirmation in the second of the false alarm frees the day",
        LATE,
        {"same_day": ("void", 0)},
        {"confirmations": [(MIDNIGHT + HOUR, "repair")], "false_alarm": MIDNIGHT + HOUR},
    ),
    Case(
        "a grouping after a false alarm voids nothing",
        LATE,
        {"same_day": ("breached", HOUR)},
        {"grouped": MIDNIGHT + 2 * HOUR, "false_alarm": MIDNIGHT + HOUR},
    ),
    Case(
        "a resolution does not stop the special report",
        LATE,
        {"special_report": ("breached", LATE - 3 * HOUR)},
        {"confirmations": [(HOUR, "special_report")], "resolved": HOUR},
    ),
    # No call of 九.2.
    Case(
        "what the desk found itself runs no dispatch clock",
        LATE,
        {"dispatch_5h": ("void", 0), "dispatch_2d": ("void", 0), "response": ("breached", LATE - 1200)},
        {"call": False},
    ),
    # Readings.
    *_around("arrival", "assigned", 40 * MINUTE, readings={"urban_arrival": "ordered"}),
    *_around("arrival", "departed", 40 * MINUTE, readings={"urban_arrival": "ordered"}),
    Case(
        "ordering somebody out of town is not arriving",
        7201,
        {"arrival": ("breached", 1)},
        {"assigned": 1},
        outlying=True,
        readings={"urban_arrival": "ordered"},
    ),
    Case(
        "a registered call is answered", LATE, {"response": ("met", 0)}, readings={"response": "registered"}
    ),
    *_around("dispatch_5h", "assigned", 5 * HOUR, readings={"dispatch": "assigned"}),
    *_around("dispatch_2d", "assigned", 48 * HOUR, readings={"dispatch": "assigned"}),
    *_around("dispatch_5h", "departed", 5 * HOUR, readings={"dispatch": "assigned"}),
    *_around("dispatch_2d", "departed", MIDNIGHT + 2 * DAY, readings={"two_days": "calendar"}),
    *_around("same_day", "resolved", DAY, DAY - 1, readings={"same_day": "hours_24"}),
    *_around(
        "arrival", "arrived", 600 + 2400, times={"acknowledged": 600}, readings={"arrival_from": "response"}
    ),
    *_around(
        "arrival",
        "arrived",
        600 + 7200,
        times={"acknowledged": 600},
        outlying=True,
        readings={"arrival_from": "response"},
    ),
    Case(
        "nobody has answered, so the way has not begun",
        LATE,
        {"arrival": ("not_started", 0)},
        readings={"arrival_from": "response"},
    ),
    Case(
        "registered at once, the way begins with the report",
        2401,
        {"arrival": ("breached", 1)},
        readings={"arrival_from": "response", "response": "registered"},
    ),
    Case(
        "a remote fix brings nobody",
        LATE,
        {
            "arrival": ("breached", LATE - 2400),
            "dispatch_5h": ("breached", LATE - 5 * HOUR),
            "dispatch_2d": ("breached", LATE - 2 * DAY),
            "response": ("met", 0),
            "same_day": ("met", 0),
        },
        {"resolved": 600},
        readings={"remote_fix": "not"},
    ),
    Case(
        "a person on the spot does",
        LATE,
        {"arrival": ("met", 0), "dispatch_5h": ("met", 0)},
        {"arrived": 600, "resolved": 700},
        readings={"remote_fix": "not"},
    ),
    Case(
        "only the repair procedure has two hours",
        LATE,
        {"repair_start": ("not_started", 0), "same_day": ("breached", LATE - MIDNIGHT)},
        {"confirmations": [(HOUR, "routine")]},
        readings={"repair_start": "repair_only"},
    ),
    *_around(
        "repair_start",
        "repair_started",
        3 * HOUR,
        times={"confirmations": [(HOUR, "repair")]},
        readings={"repair_start": "repair_only"},
    ),
    Case(
        "a routine confirmation ends the repair's two hours",
        LATE,
        {"repair_start": ("void", 0)},
        {"confirmations": [(HOUR, "repair"), (2 * HOUR, "routine")]},
        readings={"repair_start": "repair_only"},
    ),
    Case(
        "outdoor plant out of town has no figure",
        LATE,
        {"arrival": ("void", 0)},
        outlying=True,
        plant=True,
        readings={"outlying_plant": "none"},
    ),
    Case(
        "outdoor plant in town has one",
        2401,
        {"arrival": ("breached", 1)},
        plant=True,
        readings={"outlying_plant": "none"},
    ),
    Case(
        "a node out of town has one",
        7201,
        {"arrival": ("breached", 1)},
        outlying=True,
        readings={"outlying_plant": "none"},
    ),
    Case("outdoor plant has two hours", 7201, {"arrival": ("breached", 1)}, outlying=True, plant=True),
]
