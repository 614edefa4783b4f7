"""A row of 夜间补录 as typed, read into a command. Pure; Beijing time. Nothing is guessed.

A time of day stands for the row's own date; what happened after midnight says so with a plus: `+00:30`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from dispatch_app.contract.calendar_beijing import HOUR, MINUTE, date_of, moment_text, start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.night_calls import STEPS, RegisterNightCall
from dispatch_app.operations.pinyin_index import fold, rank
from dispatch_app.operations.rows import SiteRow, StaffRow
from dispatch_app.operations.words import FACT_WORDS

DATE_FORMS = "可写 11-22、2024-11-22、今（0）或昨（-1）"
TIME_FORMS = "写 23:50 或 2350；过了零点的写 +00:30"
_YES = frozenset({"是", "紧急", "急", "y", "1", "√", "✓"})
_NO = frozenset({"", "否", "不", "一般", "n", "0"})
_TIME = re.compile(r"(?P<next>\+|次日)?(?P<hour>\d{1,2}):?(?P<minute>[0-5]\d)")
_DATE = re.compile(r"(?:(?P<year>\d{4})[-/.])?(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAYS_BACK = {"今": 0, "今天": 0, "0": 0, "昨": 1, "昨天": 1, "-1": 1}


@dataclass(frozen=True, slots=True)
class NightRow:
    """One row as typed, cell by cell in the order of the grid; all text."""

    date: str = ""
    time: str = ""
    site: str = ""
    symptom: str = ""
    caller: str = ""
    callback: str = ""
    emergency: str = ""
    engineer: str = ""
    assigned: str = ""
    acknowledged: str = ""
    departed: str = ""
    arrived: str = ""
    resolved: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(getattr(self, name).strip() for name in COLUMNS)


COLUMNS = tuple(field.name for field in fields(NightRow))
COLUMN_WORDS = {
    "date": "日期",
    "time": "时间",
    "site": "站点",
    "symptom": "现象",
    "caller": "报障人",
    "callback": "回拨",
    "emergency": "紧急",
    "engineer": "工程师",
    "assigned": "派单",
    "acknowledged": "响应",
    "departed": "出发",
    "arrived": "到场",
    "resolved": "解决",
}
"""Column → its heading."""


@dataclass(frozen=True, slots=True)
class NightBook:
    """What rows are read against: the places and the people there are."""

    sites: tuple[SiteRow, ...]
    staff: tuple[StaffRow, ...]

    def find_site(self, text: str) -> SiteRow:
        """The one site meant by a name, its initials, its pinyin or a fragment of it.

        Raises:
            KnownError: None, or more than one that is no better than the others.
        """
        if not fold(text):
            raise KnownError("没有站点", "输入拼音首字母或任意字，回车取用", "site")
        meant = self.sites_named(text)
        if not meant:
            raise KnownError(f"没有叫「{text.strip()}」的站点", "核对名称，或先在设置里添加站点", "site")
        if len(meant) > 1:
            names = "、".join(row.name for row in meant[:3])
            raise KnownError(f"「{text.strip()}」不止一个站点", f"请写全，如 {names}", "site")
        return meant[0]

    def sites_named(self, text: str) -> tuple[SiteRow, ...]:
        """The sites that a text can mean: the one of that very name, else all it is a part of."""
        wanted = fold(text)
        exact = tuple(row for row in self.sites if fold(row.name) == wanted)
        return exact or tuple(
            row for row in self.sites if rank(wanted, row.name, row.initials, row.pinyin) is not None
        )

    def find_engineer(self, text: str) -> StaffRow:
        """The person of that name or of that key on the desk (1–9).

        Raises:
            KnownError: There is nobody.
        """
        wanted = fold(text)
        for row in self.staff:
            if wanted == fold(row.name) or (row.digit and wanted == str(row.digit)):
                return row
        names = "、".join(f"{row.digit} {row.name}" for row in self.staff if row.digit)
        raise KnownError(f"没有叫「{text.strip()}」的工程师", f"写姓名或数字：{names}", "engineer")


def read_night_row(row: NightRow, row_id: str, book: NightBook, now: int) -> RegisterNightCall:
    """The command a row stands for.

    Args:
        row_id: The id its fault is to have.
        now: The present moment, epoch seconds UTC.

    Raises:
        KnownError: Something is missing, unknown, still to come, or before the report; `field` is the column.
    """
    day = _day(row.date, now)
    answered_at = _moment(row.time, day, "time")
    _not_to_come(answered_at, now, "time")
    site = book.find_site(row.site)
    if not row.symptom.strip():
        raise KnownError("没有现象", "写一句出了什么事", "symptom")
    return RegisterNightCall(
        fault_id=row_id,
        answered_at=answered_at,
        site_id=site.id,
        symptom=row.symptom.strip(),
        caller=row.caller.strip(),
        callback=row.callback.strip(),
        emergency=_emergency(row.emergency),
        assigned=_assigned(row, book, day, answered_at, now),
        steps=_steps(row, day, answered_at, now),
    )


def settled_date(text: str, now: int) -> str:
    """A date as it is kept: 昨 means another day tomorrow. What is no date stays as typed."""
    try:
        day = _day(text, now)
    except KnownError:
        return text
    return f"{day:%m-%d}" if day.year == date_of(now).year else day.isoformat()


def _emergency(text: str) -> bool:
    typed = _plain(text).lower()
    if typed not in _YES | _NO:
        raise KnownError(f"「{typed}」看不出是不是紧急", "紧急的写 是，一般的留空", "emergency")
    return typed in _YES


def _assigned(
    row: NightRow, book: NightBook, day: date, answered_at: int, now: int
) -> tuple[str, int] | None:
    if not row.engineer.strip():
        if row.assigned.strip():
            raise KnownError("有派单时间，没有工程师", "写上派了谁", "engineer")
        return None
    person = book.find_engineer(row.engineer)
    if not row.assigned.strip():
        raise KnownError(f"派了 {person.name}，没有派单时间", TIME_FORMS, "assigned")
    return person.id, _later(row.assigned, day, answered_at, now, "assigned")


def _steps(row: NightRow, day: date, answered_at: int, now: int) -> tuple[tuple[FactKind, int], ...]:
    found: list[tuple[FactKind, int]] = []
    for kind in STEPS:
        typed = getattr(row, kind.value)
        if not typed.strip():
            continue
        at = _later(typed, day, answered_at, now, kind.value)
        if found and at < found[-1][1]:
            before = FACT_WORDS[found[-1][0]]
            raise KnownError(
                f"{FACT_WORDS[kind]} {_short(at)} 早于{before} {_short(found[-1][1])}",
                "请核对两个时间；过了零点的写 +00:30",
                kind.value,
            )
        found.append((kind, at))
    return tuple(found)


def _later(text: str, day: date, answered_at: int, now: int, field: str) -> int:
    """A moment of the row that is not before its report."""
    at = _moment(text, day, field)
    _not_to_come(at, now, field)
    if at < answered_at:
        raise KnownError(
            f"{COLUMN_WORDS[field]} {_short(at)} 早于接报 {_short(answered_at)}",
            "请核对时间；过了零点的写 +00:30",
            field,
        )
    return at


def _not_to_come(at: int, now: int, field: str) -> None:
    if at > now:
        raise KnownError(
            f"{COLUMN_WORDS[field]} {_short(at)} 还没有到", "已发生的才能补录，请核对日期和时间", field
        )


def _moment(text: str, day: date, field: str) -> int:
    typed = _plain(text)
    if not typed:
        raise KnownError(f"没有{COLUMN_WORDS[field]}", TIME_FORMS, field)
    found = _TIME.fullmatch(typed)
    if found is None or int(found["hour"]) > 23:
        raise KnownError(f"「{typed}」不是一个时间", TIME_FORMS, field)
    meant = day + timedelta(days=1) if found["next"] else day
    return start_of(meant) + int(found["hour"]) * HOUR + int(found["minute"]) * MINUTE


def _day(text: str, now: int) -> date:
    typed = _plain(text)
    today = date_of(now)
    if typed in _DAYS_BACK:
        return today - timedelta(days=_DAYS_BACK[typed])
    found = _DATE.fullmatch(typed)
    try:
        if found is not None:
            return date(int(found["year"] or today.year), int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise KnownError(f"没有「{typed}」这一天", DATE_FORMS, "date") from error
    raise KnownError(f"「{typed}」不是一个日期" if typed else "没有日期", DATE_FORMS, "date")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _short(at: int) -> str:
    return moment_text(at)[5:16]


def rows_from_text(text: str) -> tuple[tuple[str, ...], ...]:
    """Cells of a piece copied from a spreadsheet: lines of cells divided by tabs, empty lines left out."""
    lines: Sequence[str] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines if line.strip())
