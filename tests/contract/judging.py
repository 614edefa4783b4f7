"""Puts the clock cases to a module that has the names of `contract.clocks`."""

from __future__ import annotations

from typing import Any

from dispatch_app.contract.facts import Procedure
from tests.contract.clock_case import Case
from tests.contract.story import moment, terms

START = moment("09:00")


def judge(module: Any, case: Case, start: int = START) -> dict[str, tuple[Any, ...]]:
    """Clock → (state, started, due, stopped, late)."""
    times: dict[str, Any] = {}
    for name, value in case.times.items():
        if name == "confirmations":
            times[name] = [(start + at, Procedure(said) if said else None) for at, said in value]
        else:
            times[name] = value if isinstance(value, bool) else start + value
    filled = module.CycleTimes(start=start, outlying=case.outlying, plant=case.plant, **times)
    judged = module.cycle_clocks(filled, terms(**case.readings).rules, start + case.now)
    return dict(zip(map(str, module.ClockName), judged, strict=True))


def mismatches(module: Any, case: Case) -> list[str]:
    """Where the module differs from what the case expects."""
    judged = judge(module, case)
    return [
        f"{case.name}: {name} is {judged[name][0]} {judged[name][4]}, not {expected}"
        for name, expected in case.expected.items()
        if (str(judged[name][0]), judged[name][4]) != expected
    ]
