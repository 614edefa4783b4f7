"""A fact's detail as text and back. Codes for enumerations, decimal text for money."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any

from dispatch_app.contract.facts import (
    Amended,
    Assigned,
    ByEngineer,
    CancelKind,
    Cancelled,
    Confirmed,
    Corrected,
    Detail,
    FactKind,
    Grouped,
    Noted,
    OnBreach,
    Part,
    Procedure,
    Reported,
    Source,
    ThirdParty,
    ThirdPartyCause,
    Zone,
)
from dispatch_app.storage.canonical import canonical_json

DETAIL_OF: dict[FactKind, type[Detail]] = {
    FactKind.REPORTED: Reported,
    FactKind.ASSIGNED: Assigned,
    FactKind.ACKNOWLEDGED: ByEngineer,
    FactKind.DEPARTED: ByEngineer,
    FactKind.ARRIVED: ByEngineer,
    FactKind.CONFIRMED: Confirmed,
    FactKind.REPAIR_STARTED: ByEngineer,
    FactKind.SPECIAL_REPORT_SUBMITTED: Noted,
    FactKind.INSTRUCTION_RECEIVED: Noted,
    FactKind.RESOLVED: Noted,
    FactKind.CLOSED: Noted,
    FactKind.CANCELLED: Cancelled,
    FactKind.REOPENED: Noted,
    FactKind.UNREACHABLE: Noted,
    FactKind.THIRD_PARTY: ThirdParty,
    FactKind.GROUPED: Grouped,
    FactKind.CORRECTED: Corrected,
    FactKind.AMENDED: Amended,
    FactKind.DISPUTED: OnBreach,
    FactKind.WAIVED: OnBreach,
}


def _parts(values: list[dict[str, Any]]) -> tuple[Part, ...]:
    return tuple(Part(**value | {"unit_price": Decimal(value["unit_price"])}) for value in values)


def _procedure(value: str | None) -> Procedure | None:
    return None if value is None else Procedure(value)


# Fields that JSON does not give back as they went in.
_READ: dict[type[Detail], dict[str, Callable[[Any], object]]] = {
    Reported: {"zone": Zone, "source": Source},
    Confirmed: {"procedure": _procedure},
    Cancelled: {"kind": CancelKind},
    ThirdParty: {"cause": ThirdPartyCause, "labour": Decimal, "parts": _parts},
}


def detail_to_json(kind: FactKind, detail: Detail) -> str:
    """Canonical JSON.

    Raises:
        TypeError: The detail is not the one this kind of fact has.
    """
    if type(detail) is not DETAIL_OF[kind]:
        raise TypeError(f"a fact of kind {kind} has no {type(detail).__name__}")
    return canonical_json(_plain(dataclasses.asdict(detail)))


def detail_from_json(kind: FactKind, text: str) -> Detail:
    """The very detail that was written.

    Raises:
        TypeError, KeyError, ValueError: The text is not what `detail_to_json` writes.
    """
    cls = DETAIL_OF[kind]
    values = json.loads(text)
    for name, read in _READ.get(cls, {}).items():
        if name in values:
            values[name] = read(values[name])
    return cls(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.value if isinstance(value, Enum) else value
