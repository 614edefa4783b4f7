"""Moments and lengths of time as the desk shows them: Beijing time by integer arithmetic.

Beijing has kept +8 h without summer time since 1992, so no time zone table is needed.
"""

from __future__ import annotations

from datetime import date

OFFSET_S = 28_800
DAY_S = 86_400
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


def day_of(at: int) -> date:
    """The calendar day in Beijing of `at` (epoch seconds, UTC)."""
    return date.fromordinal(_EPOCH_ORDINAL + (at + OFFSET_S) // DAY_S)


def epoch(day: date, second_of_day: int) -> int:
    """Epoch seconds, UTC, of a moment given as Beijing day and second of it."""
    return (day.toordinal() - _EPOCH_ORDINAL) * DAY_S + second_of_day - OFFSET_S


def clock_text(at: int) -> str:
    """`14:05:09`, always with its seconds: the desk compares such times down a column."""
    minutes, seconds = divmod((at + OFFSET_S) % DAY_S, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def short_clock_text(at: int) -> str:
    """`14:05`."""
    return clock_text(at)[:5]


def moment_text(at: int, now: int) -> str:
    """`14:05:09` today, `昨 23:50:00`, `11-20 08:00:00` this year, else with the year."""
    return _with_day(at, now, clock_text(at))


def short_moment_text(at: int, now: int) -> str:
    """The same without seconds, for marks in running text."""
    return _with_day(at, now, short_clock_text(at))


def _with_day(at: int, now: int, clock: str) -> str:
    day, today = day_of(at), day_of(now)
    if day == today:
        return clock
    if (today - day).days == 1:
        return f"昨 {clock}"
    if day.year == today.year:
        return f"{day:%m-%d} {clock}"
    return f"{day:%Y-%m-%d} {clock}"


def figure_text(seconds: int) -> str:
    """`17:49`, `1:31:05`; the large figure of a clock. `seconds` is 0 or more."""
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes:02d}:{rest:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def length_text(seconds: int) -> str:
    """`42 小时 39 分`, `9 分`, `不到 1 分`: for marks that should not flicker every second."""
    minutes = seconds // 60
    if not minutes:
        return "不到 1 分"
    if minutes < 60:
        return f"{minutes} 分"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if minutes else f"{hours} 小时"
