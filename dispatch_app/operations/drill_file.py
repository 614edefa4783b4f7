"""Reading a drill day: a script in TOML that anyone can write, described in docs/drill-format.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from dispatch_app.contract.calendar_beijing import start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.toml_text import TomlError, parse_toml

FORMAT = 1
FIXED = frozenset({"time", "action"})


@dataclass(frozen=True, slots=True)
class ActionForm:
    """What an entry of one action says. `words`: what it may be called; `makes`: it names a new fault."""

    words: tuple[str, ...]
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    makes: bool = False


def _form(words: str, required: str, optional: str = "", *, makes: bool = False) -> ActionForm:
    return ActionForm(tuple(words.split()), frozenset(required.split()), frozenset(optional.split()), makes)


FORMS: Mapping[str, ActionForm] = MappingProxyType(
    {
        "register": _form(
            "接报",
            "fault site symptom",
            "at emergency source caller unit callback line room device hardware",
            makes=True,
        ),
        "assign": _form("派单", "fault engineer", "at"),
        "release": _form("撤出", "fault engineer reason"),
        "acknowledge": _form("响应", "fault", "engineer note at"),
        "depart": _form("出发", "fault", "engineer note at"),
        "arrive": _form("到场", "fault", "engineer note at"),
        "confirm": _form("现场确认 确认", "fault procedure", "note at"),
        "start_repair": _form("开修", "fault", "engineer note at"),
        "draft_report": _form(
            "专报起草", "fault device model parameters estimate cause advice", "serial signer"
        ),
        "submit_report": _form("专报上报", "fault", "at"),
        "instruct": _form("批示", "fault text document", "at"),
        "resolve": _form("解决", "fault", "note at"),
        "close": _form("归档", "fault", "note at"),
        "reopen": _form("重开", "fault", "note at"),
        "cancel": _form("销单", "fault kind", "of note at"),
        "unreachable": _form("联系不上", "fault", "note at"),
        "third_party": _form("第三方", "fault cause labour", "parts at"),
        "correct": _form("更正时间", "fault fact to reason", "engineer"),
        "amend": _form("更正内容", "fault field after reason"),
        "state_cause": _form("故障原因", "fault cause"),
        "group": _form("并入多节并发", "fault faults"),
        "availability": _form("人员", "engineer state", "note"),
        "work_order": _form("派工单", "fault engineer"),
        "dispute": _form("申辩", "fault clause document", "note"),
        "waive": _form("豁免", "fault clause document", "note"),
    }
)
ACTION_OF: Mapping[str, str] = MappingProxyType(
    {word: name for name, form in FORMS.items() for word in (name, *form.words)}
)
"""What an action may be called → its name."""


@dataclass(frozen=True, slots=True)
class DrillEntry:
    """One thing done at the desk.

    Attributes:
        place: How messages name the entry: 「第 3 条（08:41 派单）」.
        at: When it is done, epoch seconds UTC.
        action: A key of `FORMS`.
        happened_at: The moment the fact is given, where it is another than `at`.
        says: The entry's further fields as written.
    """

    place: str
    at: int
    action: str
    fault: str
    happened_at: int
    says: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DrillDay:
    """A scripted day. `begins` and `ends`: epoch seconds UTC; entries in the order they are done."""

    title: str
    day: date
    begins: int
    ends: int
    entries: tuple[DrillEntry, ...]

    def moment(self, text: str) -> int:
        """Epoch seconds of `14:05` or `14:05:30` on this day.

        Raises:
            ValueError: It is no time of day.
        """
        return moment_of(self.day, text)


def moment_of(day: date, text: str) -> int:
    """Epoch seconds of a time of day in Beijing.

    Raises:
        ValueError: It is none.
    """
    shape = "%H:%M" if text.count(":") == 1 else "%H:%M:%S"
    read = datetime.strptime(text, shape)  # noqa: DTZ007 - only the time of day is taken
    return start_of(day) + read.hour * 3600 + read.minute * 60 + read.second


def load_drill(path: Path) -> DrillDay:
    """The scripted day in `path`.

    Raises:
        KnownError: The file cannot be read or is no drill; it names file, entry and remedy.
    """
    return _Reader(path).read()


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = ""
        self.known: set[str] = set()

    def read(self) -> DrillDay:
        head = self._document()
        if head.get("format") != FORMAT:
            self._refuse("format 不是 1", "请在文件开头写 format = 1")
        day = head.get("day")
        if type(day) is not date:
            self._refuse("day 不是日期", "请写成 day = 2024-11-22")
        begins, ends = (self._time(day, key, head.get(key)) for key in ("begins", "ends"))
        written = head.get("entry")
        if not isinstance(written, list) or not written:
            self._refuse("没有一条 [[entry]]", "请至少写一条接报，格式见 docs/drill-format.md")
        entries: list[DrillEntry] = []
        for number, raw in enumerate(written, start=1):
            self.place = f"第 {number} 条"
            entry = self._entry(number, day, raw)
            if not (entries[-1].at if entries else begins) <= entry.at <= ends:
                self._refuse("时间早于上一条，或不在演练时段内", "各条请按时间先后排列")
            entries.append(entry)
        return DrillDay(str(head.get("title", self.path.stem)), day, begins, ends, tuple(entries))

    def _document(self) -> dict[str, Any]:
        try:
            return parse_toml(self.path.read_bytes())
        except OSError as error:
            self._refuse(f"读不了（{error.strerror}）", "请检查文件是否存在、是否有权读取")
        except TomlError as error:
            self._refuse(error.problem, "请按提示的行列改正，用 UTF-8 保存，格式见 docs/drill-format.md")

    def _entry(self, number: int, day: date, raw: object) -> DrillEntry:
        if not isinstance(raw, dict):
            self._refuse("不是一张表", "请用 [[entry]] 开头，逐行写键 = 值")
        word = str(raw.get("action", ""))
        self.place = f"第 {number} 条（{raw.get('time', '没有时间')} {word or '没有动作'}）"
        if word not in ACTION_OF:
            self._refuse(f"没有「{word}」这个动作", f"可用：{'、'.join(f.words[0] for f in FORMS.values())}")
        action = ACTION_OF[word]
        form = FORMS[action]
        self._check_fields(raw, form)
        fault = str(raw.get("fault", ""))
        self._check_faults(raw, form, fault)
        self._check_parts(raw)
        at = self._time(day, "time", raw.get("time"))
        happened = self._time(day, "at", raw["at"]) if "at" in raw else at
        says = {key: value for key, value in raw.items() if key not in FIXED | {"fault", "at"}}
        return DrillEntry(self.place, at, action, fault, happened, MappingProxyType(says))

    def _check_fields(self, raw: dict[str, Any], form: ActionForm) -> None:
        missing = sorted(form.required - raw.keys())
        if missing:
            self._refuse(f"缺少 {'、'.join(missing)}", "请补上，格式见 docs/drill-format.md")
        unknown = sorted(raw.keys() - form.required - form.optional - FIXED)
        if unknown:
            self._refuse(f"不认识 {'、'.join(unknown)}", "请删去或改正拼写，格式见 docs/drill-format.md")

    def _check_faults(self, raw: dict[str, Any], form: ActionForm, fault: str) -> None:
        if form.makes and fault in self.known:
            self._refuse(f"故障「{fault}」前面已经接报", "请给每件故障起不同的名字")
        if form.makes:
            self.known.add(fault)
        named = [fault] if "fault" in form.required else []
        others = raw.get("faults", [])
        if not isinstance(others, list):
            self._refuse("faults 不是一列名字", '请写成 faults = ["甲", "乙"]')
        named += [str(other) for other in others]
        if raw.get("of"):
            named.append(str(raw["of"]))
        for name in named:
            if name not in self.known:
                self._refuse(f"故障「{name}」前面没有接报", "请核对名字，或先写它的接报")

    def _check_parts(self, raw: dict[str, Any]) -> None:
        parts = raw.get("parts", [])
        good = isinstance(parts, list) and all(
            isinstance(part, dict)
            and part.keys() >= {"name", "price"}
            and type(part.get("quantity", 1)) is int
            for part in parts
        )
        if not good:
            self._refuse(
                "parts 不是零件的列表", '请写成 parts = [{ name = "尾纤", price = "80.00", quantity = 2 }]'
            )

    def _time(self, day: date, key: str, value: object) -> int:
        try:
            return moment_of(day, str(value))
        except ValueError:
            self._refuse(f"{key} 不是时间", f'请写成 {key} = "14:05" 或 "14:05:30"')

    def _refuse(self, what: str, remedy: str) -> NoReturn:
        place = f"{self.place}：" if self.place else "："
        raise KnownError(f"演练文件 {self.path.name} {place}{what}".replace(" ：", "："), remedy)
