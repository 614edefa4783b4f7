"""What people type for a time: `-5`, `14:05`, `昨 23:50`, `11-22 14:05`, `2024-11-22 14:05:30`.

Pure: given the text and the present moment. Beijing time throughout. Nothing is guessed: a time of day
that is still to come is refused, never taken for yesterday's.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.desk.beijing import day_of, epoch, moment_text

FORMS = "可填 -5（五分钟前）、14:05、昨 23:50 或 2024-11-22 14:05"
"""How a time can be typed; the remedy of most refusals and the tool tip of every time field."""

_AGO = re.compile(r"-(?:(?P<hours>\d{1,3}):(?P<rest>[0-5]\d)|(?P<minutes>\d{1,5}))")
_CLOCK = re.compile(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?")
_DAYS_BACK = {"今": 0, "今天": 0, "昨": 1, "昨天": 1, "前": 2, "前天": 2}
_DATED = re.compile(
    r"(?:(?P<word>今天?|昨天?|前天?)|(?:(?P<year>\d{4})[-/])?(?P<month>\d{1,2})[-/](?P<day>\d{1,2}))"
    r"[ T]?(?P<clock>\S+)"
)

_TIME = re.compile(
    r"-\d{1,5}|-\d{1,3}:[0-5]\d"
    r"|(?:(?:今天?|昨天?|前天?|(?:\d{4}[-/])?\d{1,2}[-/]\d{1,2})[ T]?)?\d{1,2}:\d{2}(?::\d{2})?"
)
_TIME_LIKE = re.compile(r"[-0-9A-Za-z:今昨前]")
NOW_WORD = "现在"


def parse_when(text: str, now: int, not_before: int | None = None, field: str = "at") -> int:
    """The moment meant by `text`, epoch seconds UTC.

    Args:
        text: As typed; full-width forms are accepted. Empty means `now`.
        now: The present moment, epoch seconds UTC; decides what 今 and 昨 are.
        not_before: The report a milestone belongs to, or None for no such bound.
        field: Name of the form field a refusal belongs to.

    Raises:
        KnownError: Unreadable, still to come, or before `not_before`.
    """
    typed = _plain(text)
    if not typed:
        return now
    at = _moment(typed, now)
    if at is None:
        raise KnownError(f"「{typed}」不是一个时间", FORMS, field)
    if at > now:
        raise KnownError(
            f"{moment_text(at, now)} 还没有到", "已发生的事才能记；若是昨天的，请写 昨 23:50 这样", field
        )
    if not_before is not None and at < not_before:
        raise KnownError(
            f"{moment_text(at, now)} 早于接报 {moment_text(not_before, now)}",
            "请核对时间；接报时间记错了，用「更正」改接报",
            field,
        )
    return at


def part_when(text: str) -> tuple[str, str]:
    """What is typed for a step parted into its time and its note: `-5 更换主控板`, `昨 23:50`, `配件已到`.

    A note that stands alone begins with a Chinese character other than 今, 昨 and 前, or with 现在 before it:
    everything else is meant as a time, so that a slip in a time never becomes a note and the moment 现在.

    Returns:
        (time as typed, note as typed); either may be empty.
    """
    text = text.strip()
    words = text.split(maxsplit=2)
    for count in (2, 1):
        head = " ".join(words[:count])
        if len(words) >= count and _TIME.fullmatch(_plain(head)):
            return head, "".join(text.split(maxsplit=count)[count:])
    if words and words[0] == NOW_WORD:
        return "", " ".join(text.split(maxsplit=1)[1:])
    if _TIME_LIKE.match(_plain(text)):
        return text, ""
    return "", text


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("−", "-").split())


def _moment(typed: str, now: int) -> int | None:
    if ago := _AGO.fullmatch(typed):
        minutes = int(ago["minutes"]) if ago["minutes"] else int(ago["hours"]) * 60 + int(ago["rest"])
        return now - minutes * 60
    dated = _DATED.fullmatch(typed)
    clock = _CLOCK.fullmatch(dated["clock"] if dated else typed)
    if clock is None:
        return None
    day = _day(dated, day_of(now)) if dated else day_of(now)
    if day is None:
        return None
    second = int(clock["hour"]) * 3600 + int(clock["minute"]) * 60 + int(clock["second"] or 0)
    return epoch(day, second)


def _day(dated: re.Match[str], today: date) -> date | None:
    if dated["word"]:
        return today - timedelta(days=_DAYS_BACK[dated["word"]])
    try:
        return date(int(dated["year"] or today.year), int(dated["month"]), int(dated["day"]))
    except ValueError:
        return None
