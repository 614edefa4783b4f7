"""巡检计划 (附三 二、六, 附一 二.1): which room or service item is looked after how often, from when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_files import load_service_items
from dispatch_app.operations.registers.duties import Cycle
from dispatch_app.operations.registers.kinds import Choice, Day, Flag, PersonOf, SiteOf, Text, Values
from dispatch_app.operations.registers.register import (
    Action,
    Check,
    Column,
    Register,
    View,
    exactly,
)
from dispatch_app.operations.registers.round_limits import QUANTITIES, bands_in_force
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.settings import chosen_settings

CYCLES: Mapping[str, str] = {Cycle.DAILY: "每天", Cycle.WEEKLY: "每周", Cycle.MONTHLY: "每月"}
ITEMS = {str(item.number): f"（{item.number}）{item.title}" for item in load_service_items()}
_ON, _OFF = "1", "0"


def check(made: Check) -> None:
    """A plan is for something, its figures leave room between them, and who does it is still there."""
    if made.after.get("site") is None and made.after.get("item") is None:
        raise KnownError("没有填站点，也没有填服务项目", "写明巡检哪个机房，或附一的哪一项", "site")
    bands = bands_in_force(chosen_settings(made.session), made.after)
    for one in QUANTITIES:
        band = bands[one.key]
        if band.low >= band.high:
            raise KnownError(
                f"{one.title}下限 {band.low:f} 不低于上限 {band.high:f}",
                "没有填的一边按设置里的限值",
                f"{one.key}_low",
            )
    must_be_present(made, "who")


def suspendable(values: Values) -> tuple[str, str] | None:
    """Why it cannot be suspended now."""
    return ("已经停用", "要再用它，请点「恢复」") if values.get("suspended") else None


def resumable(values: Values) -> tuple[str, str] | None:
    """Why it cannot be resumed now."""
    return None if values.get("suspended") else ("没有停用", "不用恢复")


SUSPENDED = Column("suspended", "停用", Flag(), width=64, required=True, usual="否", entered=False)
"""Shared with the systems that are backed up."""
SUSPEND = Action("suspend", "停用", ("note",), "已停用", suspendable, sets={"suspended": True})
RESUME = Action(
    "resume", "恢复执行", ("since",), "已恢复执行", resumable, {"since": "今天"}, {"suspended": False}
)
"""Asks from which day on: what was left out meanwhile is not overdue."""

ROUND_PLANS = Register(
    key="round_plans",
    title="巡检计划",
    code="XP",
    counted="项计划",
    clause="附三（二）（六）",
    purpose="写明哪个机房、哪一项服务多久巡检一次：到期和逾期的会列在巡检页和调度台上",
    naming="name",
    columns=(
        Column(
            "name", "名称", Text(longest=40), width=180, required=True, unique=True, hint="例如 一机房日检"
        ),
        Column("site", "站点", SiteOf(), width=188),
        Column("item", "服务项目", Choice(ITEMS), width=220, hint="附一 一 的项目"),
        Column("cycle", "周期", Choice(CYCLES), width=72, required=True, usual="每天"),
        Column(
            "workdays",
            "只在工作日",
            Flag(),
            width=96,
            required=True,
            usual="是",
            hint="按国务院节假日安排，调休上班的周末也算",
        ),
        Column("who", "巡检人", PersonOf(), width=88),
        Column("since", "从哪天起", Day(), width=104, required=True, usual="今天"),
        SUSPENDED,
        *(
            Column(
                f"{one.key}_{end}",
                f"{one.title}{word}（{one.unit}）",
                one.kind,
                width=112,
                shown=False,
                hint="不填就按设置里的限值",
            )
            for one in QUANTITIES
            for end, word in (("low", "下限"), ("high", "上限"))
        ),
        Column("note", "备注", Text(longest=300, lines=True), width=160, shown=False),
    ),
    views=(
        View("running", "执行中", lambda _now: (exactly("suspended", _OFF),)),
        View("suspended", "停用", lambda _now: (exactly("suspended", _ON),)),
    ),
    actions=(SUSPEND, RESUME),
    check=check,
)


def begins(values: Values) -> date:
    """The day a plan or a system is looked after from."""
    return date.fromisoformat(str(values["since"]))
