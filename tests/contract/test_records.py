"""A record behaves as the standard library's dataclass of the same fields."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field
from typing import Any

import pytest

from dispatch_app.contract import records

Decorator = Any


def _named(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Named:
        number: int
        words: str = "无"
        secret: str = field(default="", repr=False)
        note: str = field(default="", compare=False)
        parts: list[int] = field(default_factory=list, compare=False)

    return Named


def _keyed(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True, kw_only=True)
    class Keyed:
        one: int
        two: int = 2

    return Keyed


def _empty(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Empty:
        pass

    return Empty


def _said(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True)
    class Said:
        one: int

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "said"

    return Said


CASES = [
    (_named, (1,), {}),
    (_named, (1, "二"), {"secret": "x", "note": "y", "parts": [1]}),
    (_keyed, (), {"one": 1}),
    (_empty, (), {}),
    (_said, (1,), {}),
]


@pytest.mark.parametrize(("make", "values", "named"), CASES)
def test_a_record_is_what_the_standard_library_makes_of_it(
    make: Any, values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    ours, theirs = make(records.dataclass), make(dataclasses.dataclass)
    one, other = ours(*values, **named), theirs(*values, **named)
    assert repr(one) == repr(other)
    assert hash(one) == hash(other)
    assert dataclasses.asdict(one) == dataclasses.asdict(other)
    assert ours.__match_args__ == theirs.__match_args__
    assert getattr(ours, "__slots__", None) == getattr(theirs, "__slots__", None)
    assert one == ours(*values, **named)
    assert (one == other) == (other == one)
    assert one != 1 or make is _said
    assert copy.deepcopy(one) == one
    assert dataclasses.replace(one) == one


def test_what_is_not_compared_makes_no_difference_and_what_is_does() -> None:
    named = _named(records.dataclass)
    assert named(1, note="x") == named(1, note="y")
    assert named(1) != named(2)
    assert named(1, secret="x") != named(1)


def test_each_record_has_a_list_of_its_own() -> None:
    named = _named(records.dataclass)
    named(1).parts.append(1)
    assert named(1).parts == []


@pytest.mark.parametrize(("values", "named"), [((), {}), ((1,), {"three": 3}), ((1, "", "", "", [], 6), {})])
def test_a_record_refuses_what_its_fields_do_not_say(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            _named(records.dataclass)(*values, **named)


def test_a_record_cannot_be_changed() -> None:
    one = _named(records.dataclass)(1)
    with pytest.raises(FrozenInstanceError, match="number"):
        one.number = 2
    with pytest.raises(FrozenInstanceError, match="number"):
        del one.number
    assert one.number == 1


@records.dataclass(frozen=True, slots=True)
class Travelling:
    """Stands in the module, where pickle finds it."""

    one: int
    two: str


def test_a_record_survives_the_way_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Travelling(1, "二"))) == Travelling(1, "二")


def test_what_can_be_changed_or_ordered_is_left_to_the_standard_library() -> None:
    @records.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        one: int

    @records.dataclass(slots=True)
    class Open:
        one: int

    assert Ordered(1) < Ordered(2)
    changed = Open(1)
    changed.one = 2
    assert changed == Open(2)
