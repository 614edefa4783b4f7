"""The words commands begin with, and how they are typed on a Latin keyboard. Pure, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from re import compile as pattern

from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.words import FACT_WORDS, STATE_WORDS


class Act(StrEnum):
    """Which commands a word makes."""

    ASSIGN = "assign"
    REASSIGN = "reassign"
    STEP = "step"
    CANCEL = "cancel"
    AVAILABILITY = "availability"
    WORK_ORDER = "work_order"
    CALL = "call"
    UNDO = "undo"
    CORRECT = "correct"
    THIRD_PARTY = "third_party"
    THEME = "theme"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Verb:
    """`typed`: pinyin and initials. `wants`: what follows, in Chinese. `step`, `state`: which one it is."""

    word: str
    typed: tuple[str, ...]
    act: Act
    wants: str = ""
    step: FactKind | None = None
    state: StaffState | None = None


def _step(kind: FactKind, *typed: str, word: str = "", wants: str = "故障 时间 备注") -> Verb:
    return Verb(word or FACT_WORDS[kind], typed, Act.STEP, wants, kind)


def _state(state: StaffState, *typed: str) -> Verb:
    return Verb(STATE_WORDS[state], typed, Act.AVAILABILITY, "姓名", state=state)


VERBS = (
    Verb("派工单", ("paigongdan", "pgd"), Act.WORK_ORDER, "故障 姓名"),
    Verb("派", ("pai", "p"), Act.ASSIGN, "故障 姓名 时间"),
    Verb("派单", ("paidan", "pd"), Act.ASSIGN, "故障 姓名 时间"),
    Verb("改派", ("gaipai", "gp"), Act.REASSIGN, "故障 姓名"),
    _step(FactKind.ACKNOWLEDGED, "xiangying", "xy"),
    _step(FactKind.DEPARTED, "chufa", "cf"),
    _step(FactKind.ARRIVED, "daochang", "dc"),
    _step(FactKind.CONFIRMED, "queren", "qr", word="确认", wants="故障 程序 时间"),
    _step(FactKind.CONFIRMED, "xianchangqueren", "xcqr", wants="故障 程序 时间"),
    _step(FactKind.REPAIR_STARTED, "kaixiu", "kx"),
    _step(FactKind.SPECIAL_REPORT_SUBMITTED, "zhuanbaoshangbao", "zbsb"),
    _step(FactKind.INSTRUCTION_RECEIVED, "pishi", "ps"),
    _step(FactKind.RESOLVED, "jiejue", "jj"),
    _step(FactKind.CLOSED, "guidang", "gd"),
    Verb("销单", ("xiaodan", "xd"), Act.CANCEL, "故障 重复/非服务对象/误报"),
    _step(FactKind.REOPENED, "chongkai", "ck"),
    _step(FactKind.UNREACHABLE, "lianxibushang", "lxbs"),
    Verb("接报", ("jiebao", "jb"), Act.CALL),
    Verb("更正", ("gengzheng", "gz"), Act.CORRECT, "故障"),
    Verb("委托第三方", ("weituodisanfang", "wtdsf", "disanfang", "dsf"), Act.THIRD_PARTY, "故障"),
    _state(StaffState.ON_LEAVE, "qingjia", "qj"),
    _state(StaffState.STANDBY, "daiming", "dm"),
    _state(StaffState.RESTING, "xiuxi", "xx"),
    _state(StaffState.LEFT, "lizhi", "lz"),
    Verb("撤回", ("chehui", "ch"), Act.UNDO),
    Verb("主题", ("zhuti", "zt"), Act.THEME, "浅色/深色/跟随系统"),
    Verb("演练", ("yanlian", "yl"), Act.DRILL),
)
_LATIN = pattern(r"([A-Za-zＡ-Ｚａ-ｚ]+)\s*(.*)")


@dataclass(frozen=True, slots=True)
class Said:
    """A command as typed: the word meant, and what follows it. `whole`: the word stands there in full."""

    verb: Verb
    rest: str
    whole: bool


def said(text: str) -> tuple[Said, ...]:
    """The commands `text` may begin, those whose word is complete first.

    No space is needed after the word.
    """
    narrow = text.strip()
    whole = [Said(verb, narrow[len(verb.word) :].strip(), True) for verb in _longest(narrow)]
    if whole:
        return tuple(whole)
    folded = fold(narrow)
    found = _LATIN.fullmatch(narrow)
    if found is not None:
        whole = [Said(verb, found[2], True) for verb in VERBS if fold(found[1]) in verb.typed]
    begun = [
        Said(verb, "", False)
        for verb in VERBS
        if folded
        and all(known.verb is not verb for known in whole)
        and (verb.word.startswith(folded) or any(typed.startswith(folded) for typed in verb.typed))
    ]
    return (*whole, *begun)


def _longest(text: str) -> tuple[Verb, ...]:
    """The verb that `text` begins with in Chinese; of 派 and 派工单 the longer."""
    meant = [verb for verb in VERBS if text.startswith(verb.word)]
    return (max(meant, key=lambda verb: len(verb.word)),) if meant else ()
