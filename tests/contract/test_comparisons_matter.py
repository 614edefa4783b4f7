"""Turn any comparison of `clocks.py` round and a case fails: none of them stands there for nothing."""

from __future__ import annotations

import ast
import copy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dispatch_app.contract import clocks
from dispatch_app.contract.facts import Fact, Zone
from tests.contract.clock_cases import CASES
from tests.contract.judging import mismatches
from tests.contract.story import cancelled, confirmed, fact, moment, reported, terms

SOURCE = ast.parse(Path(clocks.__file__).read_text("utf-8"))
TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


def _comparisons(tree: ast.AST) -> list[ast.Compare]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]


def _mutations() -> Iterator[tuple[int, int, type[ast.cmpop]]]:
    for index, node in enumerate(_comparisons(SOURCE)):
        for place, operator in enumerate(node.ops):
            for other in TURNED[type(operator)]:
                yield index, place, other


def _name(mutation: tuple[int, int, type[ast.cmpop]]) -> str:
    index, place, other = mutation
    node = _comparisons(SOURCE)[index]
    return f"{node.lineno}: {ast.unparse(node)} with {other.__name__} at {place}"


def _loaded(tree: ast.Module) -> ModuleType:
    module = ModuleType("clocks_turned_round")
    # Dataclasses look their module up while they are made.
    sys.modules[module.__name__] = module
    try:
        exec(compile(ast.fix_missing_locations(tree), "clocks_turned_round.py", "exec"), module.__dict__)
    finally:
        del sys.modules[module.__name__]
    return module


def _mutant(mutation: tuple[int, int, type[ast.cmpop]]) -> ModuleType:
    index, place, other = mutation
    tree = copy.deepcopy(SOURCE)
    _comparisons(tree)[index].ops[place] = other()
    return _loaded(tree)


NOW = moment("2024-06-06 09:00")


def _states(fault: Any) -> dict[str, str]:
    return {str(one.clock): str(one.state) for one in fault.clocks}


def _costs(fault: Any) -> list[tuple[str, int]]:
    return [(one.clause, one.at) for one in fault.penalties]


def _nobody_came(fault: Any) -> bool:
    return (
        _costs(fault) == [("9.2", moment("14:00"))]
        and fault.two_days_breaches == ((moment("09:00"), moment("2024-06-05 09:00")),)
        and fault.open
        and fault.ended_at is None
        and len(fault.live_clocks) == 5
        and fault.clocks[1].due_at == moment("11:00")
    )


def _false_alarm_after_a_breach(fault: Any) -> bool:
    states = _states(fault)
    return (
        fault.cycles[0].false_alarm
        and not fault.live_clocks
        and not fault.open
        and fault.ended_at == moment("15:00")
        and states["dispatch_5h"] == "breached"
        and states["dispatch_2d"] == "void"
        and not fault.two_days_breaches
    )


def _reopened(fault: Any) -> bool:
    return (
        [cycle.ended_at for cycle in fault.cycles] == [moment("10:00"), None]
        and fault.reported_at == moment("09:00")
        and fault.in_term
        and not any(cycle.false_alarm for cycle in fault.cycles)
        and fault.two_days_breaches == ((moment("11:00"), moment("2024-06-05 11:00")),)
    )


STORIES: list[tuple[list[Fact], Callable[[Any], bool]]] = [
    ([reported(zone=Zone.OUTLYING)], _nobody_came),
    ([reported()], lambda fault: fault.clocks[1].due_at == moment("09:40")),
    ([reported(source="patrol")], lambda fault: not fault.penalties and not fault.two_days_breaches),
    ([reported(), cancelled("15:00")], _false_alarm_after_a_breach),
    (
        [reported(), cancelled("15:00", "duplicate"), cancelled("15:00")],
        lambda fault: set(_states(fault).values()) == {"void"} and not fault.penalties,
    ),
    (
        [reported(), cancelled("15:00"), cancelled("15:00:01", "duplicate")],
        lambda fault: _costs(fault) == [("9.2", moment("14:00"))],
    ),
    (
        [reported(), confirmed("10:00", "repair"), confirmed("10:30", None)],
        lambda fault: str(fault.cycles[0].procedure) == "repair",
    ),
    ([reported(), confirmed("10:00", None)], lambda fault: fault.cycles[0].procedure is None),
    (
        [reported(), fact("acknowledged", "09:30"), fact("departed", "14:00:01")],
        lambda fault: {str(one.clock) for one in fault.live_clocks} == {"arrival", "same_day"},
    ),
    ([reported(), fact("resolved", "10:00"), fact("reopened", "11:00")], _reopened),
    ([reported("2024-06-09 09:00")], lambda fault: fault.reported_at is None and not fault.in_term),
]


def _told_rightly(module: Any) -> bool:
    return all(check(module.assess_fault(facts, terms(), NOW)) for facts, check in STORIES)


def _turns_on_time(module: Any) -> bool:
    past = [
        module.is_past_due(module.ClockName(name), NOW, NOW + second)
        for name in ("same_day", "arrival")
        for second in (-1, 0, 1)
    ]
    return past == [False, True, True, False, False, True]


def _objections(module: Any) -> bool:
    try:
        return (
            any(mismatches(module, case) for case in CASES)
            or not _told_rightly(module)
            or not _turns_on_time(module)
        )
    except (AssertionError, AttributeError, IndexError, TypeError, ValueError):
        return True


def test_the_module_as_it_stands_passes_every_case() -> None:
    assert not _objections(_loaded(copy.deepcopy(SOURCE)))


@pytest.mark.parametrize("mutation", list(_mutations()), ids=_name)
def test_turned_round_it_fails(mutation: tuple[int, int, type[ast.cmpop]]) -> None:
    assert _objections(_mutant(mutation))


def test_there_are_comparisons_to_turn() -> None:
    assert len(list(_mutations())) > 40
