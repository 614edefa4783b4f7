"""What 查找与命令 offers: one line each, leading to a place or carrying out commands. Pure, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Group(IntEnum):
    """What an entry is about; among equally good ones the smaller comes first."""

    COMMAND = 0
    FAULT = 1
    SITE = 2
    PERSON = 3
    PAGE = 4
    REGISTER = 5
    FORM = 6
    FILTER = 7
    SETTING = 8
    ENDED = 9


GROUP_WORDS = ("命令", "在办", "站点", "人员", "页面", "台账", "表单", "筛选", "设置", "已结束")
"""By `Group`."""


class Where(StrEnum):
    """Kinds of place an entry can lead to; `Place.key` says which one."""

    PAGE = "page"
    FAULT = "fault"
    SITE = "site"
    NUMBER = "number"
    CALL = "call"
    DRILL = "drill"
    UNDO = "undo"
    WORK_ORDER = "work_order"
    REGISTER = "register"
    NEW_ENTRY = "new_entry"
    ENTRY = "entry"
    CORRECTION = "correction"
    THIRD_PARTY = "third_party"
    FILTER = "filter"
    NIGHT = "night"
    BULLETIN = "bulletin"
    ROUND_PAPERS = "round_papers"
    TOOL = "tool"


@dataclass(frozen=True, slots=True)
class Place:
    """`key`: of a page or a register, the id of a fault, a site or an entry, the name of a filter, a number
    to call.

    `second`: the engineer of a work order, whose number it is, the register of an entry, or the title of one
    of a register's tools.
    """

    where: Where
    key: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list.

    Attributes:
        title, detail: What is seen in the line.
        will: What Enter does, in one sentence; of a refused entry, why it cannot be.
        remedy: What to do instead; empty unless it is refused.
        commands: Handed to the executor one after the other, each once the one before was taken.
        place: Where Enter leads, or None.
        fill: What Enter puts into the field, to be typed on; empty where it carries out or leads.
    """

    group: Group
    title: str
    detail: str
    will: str
    remedy: str = ""
    commands: tuple[object, ...] = ()
    place: Place | None = None
    fill: str = ""

    @property
    def refused(self) -> bool:
        return bool(self.remedy)
