"""`dataclass`, as in the standard library, but a frozen one costs a tenth to define.

The standard decorator compiles six functions for each class, two thirds of a millisecond; for the three
hundred records of this program that was a fifth of the whole start. Here the functions all records share are
closures over the names of the fields, and `__init__` is compiled when the first record of its class is made,
which for most classes is never in one sitting. Equality, hash, text, copies and refusals are the standard's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # To the type checker it is the standard decorator, plugin and all.
    from dataclasses import dataclass as dataclass
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, order: bool = False, kw_only: bool = False
    ) -> Callable[[type], type]:
        """A frozen class becomes a record; every other one is left to the standard library."""
        if order or not frozen:
            return dataclasses.dataclass(frozen=frozen, slots=slots, order=order, kw_only=kw_only)
        plain = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)
        return lambda cls: _record(plain(cls))


_set = object.__setattr__


def _record(cls: type) -> type:
    """Add what `plain` left out, unless the class says it itself."""
    fields = dataclasses.fields(cls)
    compared = _values([field.name for field in fields if field.compare])
    shown = [field.name for field in fields if field.repr]

    def first(self: Any, *args: Any, **kwargs: Any) -> None:
        made = _init(cls, fields)
        cls.__init__ = made  # type: ignore[misc]  # the compiled one takes the place of this one for good
        made(self, *args, **kwargs)

    def same(self: Any, other: object) -> object:
        if other.__class__ is self.__class__:
            return compared(self) == compared(other)
        return NotImplemented

    def digest(self: Any) -> int:
        return hash(compared(self))

    def text(self: Any) -> str:
        return f"{cls.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def state(self: Any) -> list[object]:
        return [getattr(self, field.name) for field in fields]

    def restore(self: Any, values: list[object]) -> None:
        for field, value in zip(fields, values, strict=True):
            _set(self, field.name, value)

    own = dict(vars(cls))
    # Python itself puts None there as soon as a class has its own `__eq__`.
    if own.get("__hash__") is None:
        own.pop("__hash__", None)
    made = {"__init__": first, "__eq__": same, "__hash__": digest, "__repr__": text}
    kept = {"__getstate__": state, "__setstate__": restore}
    for name, function in (made | kept | {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}).items():
        if name not in own:
            setattr(cls, name, function)
    return cls


def _values(names: list[str]) -> Callable[[Any], object]:
    """What two records are compared by: the tuple of these fields."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _refuse_set(self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _init(cls: type, fields: tuple[Field[Any], ...]) -> Callable[..., None]:
    """The `__init__` of a class, compiled: plain parameters first, then the keyword-only ones."""
    known: dict[str, Any] = {"_set": _set, "_missing": MISSING}
    heads: dict[bool, list[str]] = {False: [], True: []}
    body = []
    for field in fields:
        name, value, head = field.name, field.name, field.name
        if field.default is not MISSING:
            known[f"_default_{name}"] = field.default
            head = f"{name}=_default_{name}"
        elif field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            head = f"{name}=_missing"
            value = f"_make_{name}() if {name} is _missing else {name}"
        heads[bool(field.kw_only)].append(head)
        body.append(f" _set(self, {name!r}, {value})")
    keyword_only = ["*", *heads[True]] if heads[True] else []
    head = ", ".join(["self", *heads[False], *keyword_only])
    exec(f"def __init__({head}):\n" + "\n".join(body or [" pass"]), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made
