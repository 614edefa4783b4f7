"""What an accepted row says, column by column, however it is spelled. Times: epoch seconds UTC."""

from __future__ import annotations

from collections.abc import Mapping

from dispatch_app.contract.calendar_beijing import moment_text, parse_moment
from dispatch_app.contract.money import to_yuan
from dispatch_app.operations.assess_rows import (
    CANCEL_KINDS,
    EMERGENCY,
    MILESTONES,
    PROCEDURES,
    SOURCES,
    LogCall,
    split_list,
)
from dispatch_app.operations.words import (
    CANCEL_WORDS,
    CAUSE_WORDS,
    PROCEDURE_WORDS,
    SOURCE_WORDS,
    ZONE_WORDS,
)

Value = int | str
"""A moment, or words; an empty text for nothing."""


def values_of(call: LogCall, said: Mapping[str, str]) -> dict[str, Value]:
    """English column name → what it says, of the columns that bear on a clock or a sum."""
    procedure = PROCEDURES[said["procedure"]]
    uncounted = {text.partition(":")[0] for text in call.anomalies}
    times = {column: _time(said[column], counts=column not in uncounted) for column in MILESTONES}
    parts = [f"{name} {to_yuan(price):.2f}×{quantity}" for name, price, quantity in call.work.parts]
    costs = call.work.labour_fen or parts
    return {
        "reported_at": call.start,
        "zone": ZONE_WORDS[call.zone],
        "emergency": "是" if EMERGENCY[said["emergency"]] else "否",
        "source": SOURCE_WORDS[SOURCES[said["source"]]],
        **times,
        "procedure": PROCEDURE_WORDS[procedure] if procedure else "",
        "cancel_kind": CANCEL_WORDS[CANCEL_KINDS[said["cancel_kind"]]] if said["cancelled_at"] else "",
        "unreachable_at": "、".join(
            moment_text(at) for at in sorted(map(parse_moment, split_list(said["unreachable_at"])))
        ),
        "group": "有" if said["group"] else "",
        "third_party_cause": CAUSE_WORDS[call.work.cause] if costs else "",
        "third_party_labor": f"{to_yuan(call.work.labour_fen):.2f}" if call.work.labour_fen else "",
        "third_party_parts": "、".join(parts),
    }


def _time(text: str, *, counts: bool) -> Value:
    if not text:
        return ""
    at = parse_moment(text)
    return at if counts else f"{moment_text(at)}（不计）"


def value_text(value: Value) -> str:
    """As a person reads it."""
    return moment_text(value) if isinstance(value, int) else value
