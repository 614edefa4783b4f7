"""Moments as the forms print them: Beijing time from epoch seconds, by integer arithmetic.

Beijing has kept +8 h without summer time since 1992, so no time zone table is needed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

BEIJING_OFFSET_S = 28_800
_DAY_S = 86_400
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


def beijing_date(at: int) -> date:
    """The calendar day in Beijing of `at` (epoch seconds, UTC)."""
    return date.fromordinal(_EPOCH_ORDINAL + (at + BEIJING_OFFSET_S) // _DAY_S)


def clock_text(at: int) -> str:
    """`14:05`, or `14:05:09` when the seconds are not zero. Beijing time of `at` (epoch seconds, UTC)."""
    second_of_day = (at + BEIJING_OFFSET_S) % _DAY_S
    hours, rest = divmod(second_of_day, 3600)
    minutes, seconds = divmod(rest, 60)
    text = f"{hours:02d}:{minutes:02d}"
    return f"{text}:{seconds:02d}" if seconds else text


DOUBTFUL = "待核"


def doubt(at: int | None, doubtful: Collection[int], before: str = "\n") -> str:
    """What stands behind a moment that is in doubt, `before` in front of it; nothing behind another."""
    return f"{before}{DOUBTFUL}" if at in doubtful else ""


def moment_text(at: int) -> str:
    """`2026-03-05 14:05` for tables; Beijing time of `at` (epoch seconds, UTC)."""
    return f"{beijing_date(at).isoformat()} {clock_text(at)}"


def date_text(day: date) -> str:
    """`2026年3月5日`, months and days without a leading nought as GB/T 9704-2012 7.3.5.4 asks."""
    return f"{day.year}年{day.month}月{day.day}日"


def written_moment(at: int) -> str:
    """`2026年3月5日14时05分` for running text; Beijing time of `at` (epoch seconds, UTC)."""
    second_of_day = (at + BEIJING_OFFSET_S) % _DAY_S
    hours, rest = divmod(second_of_day, 3600)
    minutes, seconds = divmod(rest, 60)
    tail = f"{seconds:02d}秒" if seconds else ""
    return f"{date_text(beijing_date(at))}{hours}时{minutes:02d}分{tail}"


def duration_text(seconds: int) -> str:
    """`2天3小时04分05秒`, leading noughts left out. `seconds` is a length of time, 0 or more."""
    days, rest = divmod(seconds, _DAY_S)
    hours, rest = divmod(rest, 3600)
    minutes, secs = divmod(rest, 60)
    text = f"{days}天" if days else ""
    if text or hours:
        text += f"{hours}小时"
    if text or minutes:
        text += f"{minutes:02d}分" if text else f"{minutes}分"
    return text + (f"{secs:02d}秒" if text else f"{secs}秒")


def minutes_text(seconds: int) -> str:
    """`45分`, from two hours on `2小时05分`: a length of time to the nearest minute."""
    minutes = (seconds + 30) // 60
    return f"{minutes}分" if minutes < 120 else f"{minutes // 60}小时{minutes % 60:02d}分"
