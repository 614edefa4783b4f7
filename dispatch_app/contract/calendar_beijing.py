"""Beijing's calendar on integer seconds: every conversion between epoch seconds (UTC) and local days.

Beijing has stood at +08:00 without summer time since 1992, so a fixed offset and whole-number arithmetic say
the same as a time-zone table, for any year and without a limit at year 9999.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

OFFSET = 28_800
"""Seconds that Beijing is ahead of UTC."""
MINUTE = 60
HOUR = 3_600
DAY = 86_400

BEIJING = timezone(timedelta(seconds=OFFSET), "Asia/Shanghai")

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def start_of(day: date) -> int:
    """First second of a Beijing day, epoch seconds UTC."""
    return (day.toordinal() - _EPOCH_ORDINAL) * DAY - OFFSET


def date_of(moment: int) -> date:
    """The Beijing day a moment falls on."""
    return date.fromordinal((moment + OFFSET) // DAY + _EPOCH_ORDINAL)


def next_midnight(moment: int) -> int:
    """First second of the Beijing day after the one `moment` falls on."""
    return ((moment + OFFSET) // DAY + 1) * DAY - OFFSET


def month_bounds(year: int, month: int) -> tuple[int, int]:
    """First second of a Beijing month and of the month after it."""
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return start_of(date(year, month, 1)), start_of(following)


def iso(moment: int) -> str:
    """`2025-03-01T00:00:00+08:00`."""
    local = moment + OFFSET
    days, second = divmod(local, DAY)
    return f"{_day_text(days)}T{second // HOUR:02d}:{second // MINUTE % 60:02d}:{second % 60:02d}+08:00"


def date_text(moment: int) -> str:
    """`2025-03-01`, the Beijing day."""
    return _day_text((moment + OFFSET) // DAY)


def moment_text(moment: int) -> str:
    """`2025-03-01 00:00:00`, as a person in Beijing reads it."""
    return iso(moment)[:-6].replace("T", " ")


def parse_moment(text: str) -> int:
    """Epoch seconds of `YYYY-MM-DD HH:MM[:SS]` or of ISO 8601 with `T`; Beijing unless an offset is given.

    Raises:
        ValueError: Anything else, a day that does not exist, or a fraction of a second.
    """
    found = _MOMENT.fullmatch(text)
    if found is None:
        return _parse_iso(text)
    year, month, day, hour, minute, second, offset = found.groups("0")
    in_day = _seconds_of_day(int(hour), int(minute), int(second))
    days = _days_of(int(year), int(month), int(day))
    return days * DAY + in_day - (OFFSET if offset == "0" else _offset_seconds(offset))


def _seconds_of_day(hour: int, minute: int, second: int) -> int:
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(f"no such time of day: {hour:02d}:{minute:02d}:{second:02d}")
    return hour * HOUR + minute * MINUTE + second


def _offset_seconds(offset: str) -> int:
    if offset == "Z":
        return 0
    seconds = _seconds_of_day(int(offset[1:3]), int(offset[4:6]), 0)
    return -seconds if offset[0] == "-" else seconds


@lru_cache(maxsize=4096)
def _days_of(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() - _EPOCH_ORDINAL


def _parse_iso(text: str) -> int:
    """The rarer spellings of ISO 8601: basic format, week dates, hours alone, other offsets."""
    day, separator, clock = text.partition("T")
    # `fromisoformat` takes any character between day and time; the grammar wants the letter.
    if separator == "" or "T" in clock or not text.isascii() or text != text.strip():
        raise ValueError(f"not a time: {text!r}")
    parsed = datetime.fromisoformat(f"{day}T{clock}")
    if parsed.microsecond:
        raise ValueError(f"not a whole second: {text!r}")
    local = parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=BEIJING)
    elapsed = local - _EPOCH
    if elapsed.microseconds:
        raise ValueError(f"not a whole second: {text!r}")
    return elapsed.days * DAY + elapsed.seconds


@lru_cache(maxsize=4096)
def _day_text(days: int) -> str:
    """Civil date of a day counted from 1970-01-01, without the limits of `datetime`.

    The count runs in eras of 400 years from 0000-03-01, where a leap day is the last of its year.
    """
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = era * 400 + year_of_era + (1 if month <= 2 else 0)
    return f"{year:04d}-{month:02d}-{day:02d}"
