"""Kinds of values a register holds: how they are typed, kept, shown and ordered.

Whatever comes in (a form, a spreadsheet, a command line) is text and goes through `read`; so a refusal has
the same words everywhere. Kept is what JSON can hold: text, whole numbers, yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol

from dispatch_app.contract.calendar_beijing import date_of, moment_text, parse_moment, start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.money import to_fen, to_yuan
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.registers.lookup import Lookup, natural
from dispatch_app.operations.roster_file import MOBILE, masked
from dispatch_app.operations.typed_text import clean

Value = str | int | bool
"""What is kept of a cell; a cell without a value is not kept at all."""
Values = Mapping[str, Value]
"""Column key → value."""

HIDDEN = "*"
"""Stands for what is not kept of a secret."""
PEOPLE_APART = "、"
_OFFSET = 10**15
"""Added to a number so that its digits order like itself, negative ones too."""
MINUTE = 60
"""Seconds."""
_YES = frozenset({"是", "有", "y", "yes", "1", "√", "✓"})
_NO = frozenset({"否", "无", "没有", "n", "no", "0"})
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")
_MASKED = re.compile(r"1\d{2}\*{4}\d{4}")
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_BETWEEN = re.compile(r"[、，,；;\s]+")
_TODAY = {"今天": 0, "今": 0, "昨天": 1, "昨": 1}


class Kind(Protocol):
    """How the values of a column are handled."""

    @property
    def right(self) -> bool:
        """Whether they stand at the right edge, as figures do."""
        ...

    @property
    def sample(self) -> str:
        """What a person may type, for hints and refusals."""
        ...

    def read(self, typed: str, lookup: Lookup) -> Value:
        """The value of a text that is not empty.

        Raises:
            KnownError: It is none; the caller adds the field.
        """
        ...

    def text(self, value: Value, lookup: Lookup) -> str:
        """As it is shown, printed and exported; `read` takes it back."""
        ...

    def key(self, value: Value, lookup: Lookup) -> str:
        """What orders it among others."""
        ...

    def ref(self, value: Value) -> str:
        """Id of what it points at; empty where it points at nothing."""
        ...


class Plain:
    """What most kinds share: shown at the left, pointing at nothing."""

    __slots__ = ()

    @property
    def right(self) -> bool:
        return False

    def ref(self, _value: Value) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Text(Plain):
    """`longest`: characters. `lines`: a form gives it several. `pattern`: what all of it must match;
    `sample` then says how it is written."""

    longest: int = 200
    lines: bool = False
    pattern: str = ""
    sample: str = ""

    def read(self, typed: str, _lookup: Lookup) -> Value:
        text = clean(typed)
        if len(text) > self.longest:
            raise KnownError(f"写了 {len(text)} 个字，最多 {self.longest} 个", "请缩短后再登记")
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise KnownError(f"「{text}」写法不对", f"请写成 {self.sample}")
        return text

    def text(self, value: Value, _lookup: Lookup) -> str:
        return str(value)

    def key(self, value: Value, _lookup: Lookup) -> str:
        return natural(str(value))


@dataclass(frozen=True, slots=True)
class Choice(Plain):
    """`words`: kept key → what is shown, in the order offered."""

    words: Mapping[str, str]

    @property
    def sample(self) -> str:
        return "、".join(self.words.values())

    def read(self, typed: str, _lookup: Lookup) -> Value:
        wanted = fold(typed)
        for key, word in self.words.items():
            if wanted in (fold(word), key):
                return key
        raise KnownError(f"没有「{typed}」这一项", f"可选：{self.sample}")

    def text(self, value: Value, _lookup: Lookup) -> str:
        return self.words.get(str(value), str(value))

    def key(self, value: Value, _lookup: Lookup) -> str:
        return self.order(value)

    def order(self, value: Value) -> str:
        """The key of a value; it needs no looking up."""
        known = list(self.words)
        return choice_key(known.index(str(value)) if value in known else len(known))


@dataclass(frozen=True, slots=True)
class Flag(Plain):
    """是 or 否."""

    sample: str = "是、否"

    def read(self, typed: str, _lookup: Lookup) -> Value:
        wanted = fold(typed)
        if wanted in _YES:
            return True
        if wanted in _NO:
            return False
        raise KnownError(f"「{typed}」不是「是」或「否」", "请写是或否")

    def text(self, value: Value, _lookup: Lookup) -> str:
        return "是" if value else "否"

    def key(self, value: Value, _lookup: Lookup) -> str:
        return "1" if value else "0"


@dataclass(frozen=True, slots=True)
class Day(Plain):
    """A Beijing day, kept as `2026-11-25`."""

    sample: str = "2026-11-25"

    def read(self, typed: str, lookup: Lookup) -> Value:
        today = date_of(lookup.now)
        wanted = fold(typed)
        if wanted in _TODAY:
            return date.fromordinal(today.toordinal() - _TODAY[wanted]).isoformat()
        # A spreadsheet gives a day as a moment at midnight.
        found = _DATE.fullmatch(wanted.removesuffix("00:00:00"))
        if found is not None:
            year, month, day = found.groups()
            try:
                return date(int(year or today.year), int(month), int(day)).isoformat()
            except ValueError:
                pass
        raise KnownError(f"「{typed}」不是日期", "请写成 2026-11-25、11-25 或今天")

    def text(self, value: Value, _lookup: Lookup) -> str:
        return str(value)

    def key(self, value: Value, _lookup: Lookup) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Moment(Plain):
    """Epoch seconds UTC, typed and shown in Beijing time. `future`: whether it may lie ahead."""

    future: bool = False
    sample: str = "2026-11-25 14:05"

    def read(self, typed: str, lookup: Lookup) -> Value:
        at = self._moment(typed.strip(), lookup.now)
        if at > lookup.now and not self.future:
            raise KnownError(f"{moment_text(at)[:16]} 还没有到", "请填不晚于现在的时间")
        return at

    @staticmethod
    def _moment(typed: str, now: int) -> int:
        if typed in ("现在", "now"):
            # As a person would write it: a book of visits has no seconds.
            return now - now % MINUTE
        clock = _TIME.fullmatch(typed)
        try:
            if clock is not None:
                hour, minute = map(int, clock.groups())
                return parse_moment(f"{date_of(now).isoformat()} {hour:02d}:{minute:02d}")
            return parse_moment(typed.replace("：", ":").replace("/", "-"))
        except ValueError:
            raise KnownError(f"「{typed}」不是时间", "请写成 2026-11-25 14:05、14:05 或现在") from None

    def text(self, value: Value, _lookup: Lookup) -> str:
        shown = moment_text(int(value))
        return shown[:16] if shown.endswith(":00") else shown

    def key(self, value: Value, _lookup: Lookup) -> str:
        return moment_key(int(value))


@dataclass(frozen=True, slots=True)
class Yuan(Plain):
    """Money, kept in whole fen. `low`: the least there may be, fen."""

    low: int = 0
    sample: str = "1280.00"

    @property
    def right(self) -> bool:
        return True

    def read(self, typed: str, _lookup: Lookup) -> Value:
        amount = _decimal(typed.replace("元", "").replace("¥", ""), typed, "金额", self.sample)
        try:
            fen = to_fen(amount)
        except ValueError:
            raise KnownError(f"「{typed}」不到一分", "请写到分为止") from None
        if fen < self.low:
            raise KnownError(f"「{typed}」太小", f"请写不少于 {to_yuan(self.low)} 元的金额")
        return fen

    def text(self, value: Value, _lookup: Lookup) -> str:
        return f"{to_yuan(int(value)):,.2f}"

    def key(self, value: Value, _lookup: Lookup) -> str:
        return number_key(int(value))


@dataclass(frozen=True, slots=True)
class Measure(Plain):
    """A figure with `places` decimals, kept as decimal text; `places` 0 keeps a whole number.

    `low`, `high`: what can be at all, in `unit`; what ought to be is a matter of the register's own rules.
    """

    low: str = "0"
    high: str = "999999999"
    places: int = 0
    unit: str = ""

    @property
    def right(self) -> bool:
        return True

    @property
    def sample(self) -> str:
        return f"{self.low} 到 {self.high}{' ' + self.unit if self.unit else ''}"

    def read(self, typed: str, _lookup: Lookup) -> Value:
        plain = clean(typed)
        if self.unit:
            plain = plain.removesuffix(self.unit)
        amount = _decimal(plain, typed, "数字", self.sample)
        if not Decimal(self.low) <= amount <= Decimal(self.high):
            raise KnownError(f"「{typed}」不在能有的范围内", f"请写 {self.sample} 之间的数")
        exponent = amount.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            said = f"最多 {self.places} 位小数" if self.places else "请写整数"
            raise KnownError(f"「{typed}」写得太细", said)
        if self.places == 0:
            return int(amount)
        return format(amount.quantize(Decimal(1).scaleb(-self.places)), "f")

    def text(self, value: Value, _lookup: Lookup) -> str:
        return f"{value:,}" if isinstance(value, int) else str(value)

    def key(self, value: Value, _lookup: Lookup) -> str:
        return number_key(int(Decimal(str(value)).scaleb(4)))


@dataclass(frozen=True, slots=True)
class SiteOf(Plain):
    """A site, kept by its id."""

    sample: str = "站点名称或拼音首字母"

    def read(self, typed: str, lookup: Lookup) -> Value:
        return lookup.find_site(clean(typed))

    def text(self, value: Value, lookup: Lookup) -> str:
        return lookup.site_name(str(value))

    def key(self, value: Value, lookup: Lookup) -> str:
        return natural(lookup.site_name(str(value)))

    def ref(self, value: Value) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class PersonOf(Plain):
    """Somebody of the roster, kept by id."""

    sample: str = "姓名"

    def read(self, typed: str, lookup: Lookup) -> Value:
        return lookup.find_person(clean(typed))

    def text(self, value: Value, lookup: Lookup) -> str:
        return lookup.person_name(str(value))

    def key(self, value: Value, lookup: Lookup) -> str:
        return natural(lookup.person_name(str(value)))

    def ref(self, value: Value) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class PeopleOf(Plain):
    """Several of the roster, kept as their ids with blanks between, in the order of the desk's keys."""

    sample: str = "姓名，几个人用顿号隔开"

    def read(self, typed: str, lookup: Lookup) -> Value:
        names = [name for name in _BETWEEN.split(typed.strip()) if name]
        found = {lookup.find_person(name) for name in names}
        return " ".join(sorted(found, key=lambda one: (lookup.people[one].digit or 10, one)))

    def text(self, value: Value, lookup: Lookup) -> str:
        return PEOPLE_APART.join(lookup.person_name(one) for one in str(value).split())

    def key(self, value: Value, lookup: Lookup) -> str:
        return natural(self.text(value, lookup))


@dataclass(frozen=True, slots=True)
class Mobile(Plain):
    """A personal mobile. Only its masked form is kept, for mobiles stand in the roster and nowhere else;
    the whole of it goes to `Register.follow`, so the column is to be `secret`."""

    sample: str = "11 位手机号"

    def read(self, typed: str, _lookup: Lookup) -> Value:
        text = fold(typed)
        if _MASKED.fullmatch(text):
            return text
        if not MOBILE.fullmatch(text):
            # The refusal does not repeat it: it may be somebody's number with one digit too many.
            raise KnownError("不是 11 位手机号", "请写 1 开头的 11 位号码，不带区号和短横")
        return masked(text)

    def text(self, value: Value, _lookup: Lookup) -> str:
        return str(value)

    def key(self, value: Value, _lookup: Lookup) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class FaultOf(Plain):
    """A fault, kept by its id, typed by its number."""

    sample: str = "故障编号"

    def read(self, typed: str, lookup: Lookup) -> Value:
        return lookup.find_fault(clean(typed))

    def text(self, value: Value, lookup: Lookup) -> str:
        return lookup.fault_number(str(value))

    def key(self, value: Value, lookup: Lookup) -> str:
        return natural(lookup.fault_number(str(value)))

    def ref(self, value: Value) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class EntryOf(Plain):
    """An entry of another register, kept by its id, typed by its name or number."""

    register: str
    sample: str = "名称或编号"

    def read(self, typed: str, lookup: Lookup) -> Value:
        return lookup.find_entry(self.register, clean(typed))

    def text(self, value: Value, lookup: Lookup) -> str:
        return lookup.entry_name(str(value))

    def key(self, value: Value, lookup: Lookup) -> str:
        return natural(lookup.entry_name(str(value)))

    def ref(self, value: Value) -> str:
        return str(value)


def number_key(number: int) -> str:
    """A whole number as text that orders like it; for |number| < 10^15."""
    return f"{number + _OFFSET:016d}"


def choice_key(place: int) -> str:
    """The place of a choice among the others, as text that orders like it."""
    return f"{place:03d}"


def day_key(day: date) -> str:
    """A day as text that orders like it."""
    return day.isoformat()


def moment_key(moment: int) -> str:
    """Epoch seconds as text that orders like them."""
    return f"{moment:012d}"


def day_start(value: Value) -> int:
    """Epoch seconds at which a kept day begins in Beijing."""
    return start_of(date.fromisoformat(str(value)))


def _decimal(text: str, typed: str, what: str, sample: str) -> Decimal:
    try:
        amount = Decimal(fold(text).replace(",", ""))
        if amount.is_finite() and abs(amount) < 10**12:
            return amount
    except InvalidOperation:
        pass
    raise KnownError(f"「{typed}」不是{what}", f"请写成 {sample}")
