"""What the clocks must say after a further confirmation, a grouping or a cancellation."""

from __future__ import annotations

from tests.contract.clock_case import DAY, HOUR, LATE, MIDNIGHT, Case

TURNS: list[Case] = [  # Confirmed again.
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
]
