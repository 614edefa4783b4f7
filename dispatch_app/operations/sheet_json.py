"""What a paper was made from, as text and back: a reprint is made from the very same sheet."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Sheet = TypeVar("Sheet")


def sheet_to_json(sheet: object) -> str:
    """Canonical JSON of a frozen sheet: sorted names, money and days as text."""
    return json.dumps(_plain(sheet), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sheet_from_json(kind: type[Sheet], text: str) -> Sheet:
    """The sheet that was written; a field added to the form since has its default.

    Raises:
        KeyError, TypeError: The text is not what `sheet_to_json` writes.
    """
    read: Sheet = _read(kind, json.loads(text))
    return read


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _read(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _read(hints[name], item) for name, item in value.items()})  # type: ignore[operator]  # a class
    if isinstance(kind, UnionType):
        own = next(option for option in get_args(kind) if option is not type(None))
        return None if value is None else _read(own, value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], item) for item in value)
    if kind is date:
        return date.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value
