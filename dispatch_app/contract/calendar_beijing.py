"""Beijing's calendar on integer seconds: every conversion between epoch seconds (UTC) and local days.

Beijing has stood at +08:00 without summer time since 1992, so a fixed offset and whole-number arithmetic say
the same as a time-zone table, for any year and without a limit at year 9999.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

OFFSET = 28_800
"""Seconds that Beijing is ahead of UTC."""
MINUTE = 60
HOUR = 3_600
DAY = 86_400

BEIJING = timezone(timedelta(seconds=OFFSET), "Asia/Shanghai")

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]")
_SPACED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})")
# Every text the minutes of a day can be, and the seconds of a minute: a long log is read and written by
# looking up instead of by dividing.
_MINUTES = {
    f"{hour:02d}:{minute:02d}": hour * HOUR + minute * MINUTE for hour in range(24) for minute in range(60)
}
_SECONDS = {"": 0} | {f":{second:02d}": second for second in range(60)}


class _TimesOfDay(dict[str, int]):
    """`08:30:00` or `08:30` → seconds since midnight, put together the first time it is met."""

    def __missing__(self, text: str) -> int:
        self[text] = _MINUTES[text[:5]] + _SECONDS[text[5:]]
        return self[text]


class _TimeTexts(dict[int, str]):
    """Seconds since midnight → `T08:30:00+08:00`, put together the first time it is met."""

    def __missing__(self, second: int) -> str:
        hour, rest = divmod(second, HOUR)
        self[second] = f"T{hour:02d}:{rest // MINUTE:02d}:{rest % MINUTE:02d}+08:00"
        return self[second]


class _DayStarts(dict[str, int]):
    """`2024-06-03 ` or `2024-06-03T` → first second of the day, worked out once a day of a log."""

    def __missing__(self, head: str) -> int:
        found = _DAY.fullmatch(head)
        if found is None:
            raise KeyError(head)
        if len(self) == _KEPT:
            self.clear()
        self[head] = start_of(date(*map(int, found.groups())))
        return self[head]


class _DayTexts(dict[int, str]):
    """Days since 1970-01-01 → `2024-06-03`, worked out once a day of a log."""

    def __missing__(self, days: int) -> str:
        if len(self) == _KEPT:
            self.clear()
        self[days] = _civil_date(days)
        return self[days]


_KEPT = 4096
"""So many days are kept, eleven years: more than a term has, and no log can fill the memory."""
_DAY_STARTS = _DayStarts()
_DAY_TEXTS = _DayTexts()
_TIMES_OF_DAY = _TimesOfDay()
_TIME_TEXTS = _TimeTexts()


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
    return _DAY_TEXTS[local // DAY] + _TIME_TEXTS[local % DAY]


def date_text(moment: int) -> str:
    """`2025-03-01`, the Beijing day."""
    return _DAY_TEXTS[(moment + OFFSET) // DAY]


def moment_text(moment: int) -> str:
    """`2025-03-01 00:00:00`, as a person in Beijing reads it."""
    return iso(moment)[:-6].replace("T", " ")


def parse_moment(text: str) -> int:
    """Epoch seconds of `YYYY-MM-DD HH:MM[:SS]` or of ISO 8601 with `T`; Beijing unless an offset is given.

    Raises:
        ValueError: Anything else, a day that does not exist, or a fraction of a second.
    """
    try:
        return _DAY_STARTS[text[:11]] + _TIMES_OF_DAY[text[11:]]
    except KeyError:
        return _parse_rare(text)


def _parse_rare(text: str) -> int:
    """A time with its own offset, and other spellings of ISO 8601: basic format, week dates, bare hours."""
    if _SPACED.fullmatch(text):
        text = text.replace(" ", "T")
    _, separator, clock = text.partition("T")
    # `fromisoformat` takes any character between day and time; the grammar wants the letter.
    if separator == "" or "T" in clock or not text.isascii():
        raise ValueError(f"not a time: {text!r}")
    parsed = datetime.fromisoformat(text)
    local = parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=BEIJING)
    elapsed = local - _EPOCH
    if elapsed.microseconds:
        raise ValueError(f"not a whole second: {text!r}")
    return elapsed.days * DAY + elapsed.seconds


def _civil_date(days: int) -> str:
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
