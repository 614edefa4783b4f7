"""What the clocks must say under the other readings, at -1, 0 and +1 again."""

from __future__ import annotations

from tests.contract.clock_case import DAY, HOUR, LATE, MIDNIGHT, MINUTE, Case, around

READINGS: list[Case] = [  # Readings.
    *around("arrival", "assigned", 40 * MINUTE, readings={"urban_arrival": "ordered"}),
    *around("arrival", "departed", 40 * MINUTE, readings={"urban_arrival": "ordered"}),
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
    *around("dispatch_5h", "assigned", 5 * HOUR, readings={"dispatch": "assigned"}),
    *around("dispatch_2d", "assigned", 48 * HOUR, readings={"dispatch": "assigned"}),
    *around("dispatch_5h", "departed", 5 * HOUR, readings={"dispatch": "assigned"}),
    *around("dispatch_2d", "departed", MIDNIGHT + 2 * DAY, readings={"two_days": "calendar"}),
    *around("same_day", "resolved", DAY, DAY - 1, readings={"same_day": "hours_24"}),
    *around(
        "arrival", "arrived", 600 + 2400, times={"acknowledged": 600}, readings={"arrival_from": "response"}
    ),
    *around(
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
    *around(
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
