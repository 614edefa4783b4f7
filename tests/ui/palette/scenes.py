"""A morning as 查找与命令 sees it, made by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dispatch_app.contract.facts import FactKind, Zone
from dispatch_app.contract.moves import Stage
from dispatch_app.operations.history_rows import HistoryFilter, SavedFilter
from dispatch_app.operations.pinyin_index import index
from dispatch_app.operations.register_rows import FoundEntry
from dispatch_app.operations.rows import FaultRow, SettingRow, SiteKind, SiteRow, StaffState
from dispatch_app.ui.palette.entries import Entry
from dispatch_app.ui.palette.finding import find
from dispatch_app.ui.palette.references import Asked
from dispatch_app.ui.palette.snapshot import known_entry, known_fault, snapshot
from tests.ui.conftest import staff_row
from tests.ui.desk.rows import NOW, fault, part


@dataclass(frozen=True)
class StrawPage:
    key: str
    title: str


def site(site_id: str, name: str, *open_faults: tuple[str, str, str]) -> SiteRow:
    return SiteRow(site_id, name, SiteKind.ROOM, Zone.URBAN, "", None, None, False, *index(name), open_faults)


SEVEN = fault(7, site_id="s-nhds", site_name="宁湖大厦一机房", symptom="核心交换断电", version=3)
SIX = fault(
    6, site_id="s-bj", site_name="八街街道办事处节点", stage=Stage.ARRIVED, next_move=FactKind.CONFIRMED,
    engagements=(part("刘平", StaffState.ON_SCENE),), version=5,
)  # fmt: skip
SEVENTEEN = fault(17, site_id="s-sw", site_name="市委大楼机房")
OLD = fault(3, site_id="s-bj", site_name="八街街道办事处节点", open=False, stage=Stage.CLOSED)
PEOPLE = (
    replace(staff_row("id-张懿明", "张懿明", 1)),
    replace(
        staff_row("id-刘平", "刘平", 2, state=StaffState.ON_SCENE),
        engagements=(("A-0006", "八街街道办事处节点", StaffState.ON_SCENE),),
    ),
    staff_row("id-杨双金", "杨双金", 5, state=StaffState.LEFT),
    staff_row("id-李鸿兰", "李鸿兰", 0, "电话接线派单"),
)
SITES = (
    site("s-nhds", "宁湖大厦一机房", ("fault-7", "A-0007", "核心交换断电")),
    site("s-bj", "八街街道办事处节点", ("fault-6", "A-0006", "")),
    site("s-sw", "市委大楼机房"),
)
SETTINGS = (
    SettingRow("theme", "主题", "choice", "外观", "", "system", "dark", 0, 0, (("dark", "深色"),)),
    SettingRow("undo_seconds", "撤回时间", "whole", "调度", "秒", "8", "8", 1, 60, ()),
)
FILTERS = (SavedFilter("年度超时", HistoryFilter(breached=True)),)
PAGES = (StrawPage("desk", "调度台"), StrawPage("contract", "合同"))


def asked(
    *faults: FaultRow,
    selected: FaultRow | None = None,
    ended: tuple[FaultRow, ...] = (),
    entries: tuple[FoundEntry, ...] = (),
) -> Asked:
    rows = faults or (SEVEN, SIX, SEVENTEEN)
    known = snapshot(rows, SITES, PEOPLE, SETTINGS, PAGES, filters=FILTERS)
    off_desk, in_registers = map(known_fault, ended), map(known_entry, entries)
    return Asked(known, NOW, selected, tuple(off_desk), tuple(in_registers))


def found(text: str, *faults: FaultRow, **says: object) -> tuple[Entry, ...]:
    return find(text, asked(*faults, **says))  # type: ignore[arg-type]


def first(text: str, *faults: FaultRow, **says: object) -> Entry:
    return found(text, *faults, **says)[0]


def titles(text: str, *faults: FaultRow, **says: object) -> list[str]:
    return [entry.title for entry in found(text, *faults, **says)]
