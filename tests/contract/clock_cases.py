"""What the clocks must say: boundaries at -1, 0 and +1 everywhere.

Used by the test of the true module and by the one that turns its comparisons round.
"""

from __future__ import annotations

from tests.contract.clock_case import DAY, HOUR, LATE, MIDNIGHT, MINUTE, Case, around
from tests.contract.clock_cases_readings import READINGS
from tests.contract.clock_cases_turns import TURNS

TABLE: list[Case] = [
    *(
        case
        for stop in ("acknowledged", "departed", "arrived", "repair_started", "resolved")
        for case in around("response", stop, 20 * MINUTE)
    ),
    *(case for stop in ("arrived", "resolved") for case in around("arrival", stop, 40 * MINUTE)),
    *(case for stop in ("arrived", "resolved") for case in around("arrival", stop, 2 * HOUR, outlying=True)),
    *(
        case
        for clock, due in (("dispatch_5h", 5 * HOUR), ("dispatch_2d", 48 * HOUR))
        for stop in ("departed", "arrived", "repair_started", "resolved")
        for case in around(clock, stop, due)
    ),
    *around("same_day", "resolved", MIDNIGHT, MIDNIGHT - 1),
    *(
        case
        for procedure in ("routine", "repair", "warranty")
        for stop in ("repair_started", "resolved")
        for case in around(
            "repair_start", stop, HOUR + 2 * HOUR, times={"confirmations": [(HOUR, procedure)]}
        )
    ),
    *around(
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
    # No call of 九.2.
    Case(
        "what the desk found itself runs no dispatch clock",
        LATE,
        {"dispatch_5h": ("void", 0), "dispatch_2d": ("void", 0), "response": ("breached", LATE - 1200)},
        {"call": False},
    ),
]

CASES: list[Case] = [*TABLE, *TURNS, *READINGS]
