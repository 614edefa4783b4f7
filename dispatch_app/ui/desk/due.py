"""What people type for a moment to come: `+20`, `+1:30`, `15:30`, `明 9:00`. Pure; Beijing time."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.desk.beijing import clock_text, day_of, epoch

FORMS = "可填 +20（二十分钟后）、15:30 或 明 9:00"

_AFTER = re.compile(r"\+(?:(?P<hours>\d{1,2}):(?P<rest>[0-5]\d)|(?P<minutes>\d{1,4}))")
_CLOCK = re.compile(r"(?P<day>明天?)?(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?")


def parse_due(text: str, now: int, field: str) -> int:
    """The moment meant by `text`, epoch seconds UTC; full-width forms are accepted.

    Raises:
        KnownError: Unreadable, past already, or later than tomorrow; `field` is the one it was typed into.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    at = _moment(typed, now)
    if at is None:
        raise KnownError(f"「{typed}」不是一个时间", FORMS, field)
    if at <= now:
        raise KnownError(f"{clock_text(at)} 已经过了", FORMS, field)
    if (day_of(at) - day_of(now)).days > 1:
        raise KnownError("回电最远承诺到明天", FORMS, field)
    return at


def due_text(at: int, now: int) -> str:
    """`15:30:00`, `明 09:00:00`: a form `parse_due` reads again as the same moment."""
    return clock_text(at) if day_of(at) == day_of(now) else f"明 {clock_text(at)}"


def _moment(typed: str, now: int) -> int | None:
    if after := _AFTER.fullmatch(typed):
        minutes = int(after["minutes"]) if after["minutes"] else int(after["hours"]) * 60 + int(after["rest"])
        return now + minutes * 60
    clock = _CLOCK.fullmatch(typed)
    if clock is None:
        return None
    day = day_of(now) + timedelta(days=1 if clock["day"] else 0)
    return epoch(day, int(clock["hour"]) * 3600 + int(clock["minute"]) * 60 + int(clock["second"] or 0))
