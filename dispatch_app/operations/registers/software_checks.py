"""软件检查 (附一 二.2): how an information system was found, what was set otherwise, what was cleared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import Choice, Day, FaultOf, Measure, PersonOf, Text, Values
from dispatch_app.operations.registers.register import (
    Action,
    Check,
    Column,
    Register,
    Tone,
    View,
    chosen,
    empty,
    this_month,
)
from dispatch_app.operations.registers.round_plans import ITEMS
from dispatch_app.operations.registers.rules import must_be_present, must_not_lie_ahead

STATES = {"normal": "正常", "mended": "异常已处理", "abnormal": "异常待处理"}


def check(made: Check) -> None:
    """A setting has both its values and who approved it; what is wrong is said."""
    must_not_lie_ahead(made, "on")
    if made.after["state"] != "normal" and "found" not in made.after:
        raise KnownError("没有写发现了什么", "写明哪里不正常", "found")
    before, after = "before" in made.after, "after" in made.after
    if before != after:
        missing = "after" if before else "before"
        raise KnownError(
            f"没有写{made.register.column(missing).heading}",
            "改了设置，改前、改后都要写",
            missing,
        )
    if after and "approved_by" not in made.after:
        raise KnownError(
            "改了设置，没有写谁批准", "附三（三）：任何人不得擅自更改系统设置，写明批准人", "approved_by"
        )
    must_be_present(made, "who", "on")


def tones(values: Values, _today: date) -> Mapping[str, Tone]:
    """What is still wrong with a system and no fault."""
    open_still = values["state"] == "abnormal" and "fault" not in values
    return {"state": Tone.BREACHED} if open_still else {}


def mendable(values: Values) -> tuple[str, str] | None:
    """Why a check leaves nothing to be mended."""
    return None if values["state"] == "abnormal" else ("没有待处理的异常", "不用处理")


SOFTWARE_CHECKS = Register(
    key="software_checks",
    title="软件检查",
    code="RJ",
    counted="次检查",
    clause="附一 二.2",
    purpose="每次检查信息系统记一条：运行状况、调整了什么设置、清理了什么",
    columns=(
        Column("on", "日期", Day(), width=104, required=True, usual="今天"),
        Column("system", "系统", Text(longest=60), width=180, required=True),
        Column("item", "服务项目", Choice(ITEMS), width=200, shown=False),
        Column("state", "状况", Choice(STATES), width=96, required=True, usual="正常"),
        Column("found", "发现", Text(longest=500, lines=True), width=180),
        Column("before", "设置改前", Text(longest=500, lines=True), width=140),
        Column("after", "设置改后", Text(longest=500, lines=True), width=140),
        Column(
            "approved_by", "批准人", Text(longest=40), width=88, hint="改了设置才填：系统管理员姓名或批准号"
        ),
        Column("cleared", "清理了什么", Text(longest=300), width=160, hint="垃圾信息、错误数据"),
        Column("cleared_mb", "清理（MB）", Measure("0", "100000000", 1, "MB"), width=96),
        Column("who", "检查人", PersonOf(), width=80, required=True),
        Column("fault", "故障", FaultOf(), width=84, entered=False),
        Column("note", "备注", Text(longest=300, lines=True), width=160, shown=False),
    ),
    views=(
        View(
            "abnormal",
            "异常待处理",
            lambda _now: (chosen("state", STATES, "abnormal"), empty("fault")),
            pressing=True,
        ),
        View("month", "本月", lambda now: (this_month("on", now),)),
    ),
    actions=(
        Action("mend", "已处理", ("found",), "已处理", mendable, sets={"state": "mended"}),
        Action("fault", "关联故障", ("fault",), "已关联故障", mendable),
    ),
    sort="on",
    descending=True,
    identity=("on", "system"),
    check=check,
    tones=tones,
)
