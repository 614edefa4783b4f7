"""安全生产培训 (四.4): when, what about, by whom, and who was there."""

from __future__ import annotations

from dispatch_app.operations.registers.kinds import Day, Measure, PeopleOf, Text
from dispatch_app.operations.registers.register import Check, Column, Register, View, within_days
from dispatch_app.operations.registers.rules import must_all_be_present, must_not_lie_ahead


def check(made: Check) -> None:
    """Only what has been held is written down, and only of people who belonged to the firm then."""
    must_not_lie_ahead(made, "held")
    must_all_be_present(made, "attended", "held")


TRAININGS = Register(
    key="trainings",
    title="安全培训",
    code="PX",
    counted="次培训",
    clause="四.4",
    purpose="登记安全生产和保密培训：日期、内容、讲师、参加的人和课时",
    columns=(
        Column("held", "日期", Day(), width=104, required=True, usual="今天"),
        Column("topic", "内容", Text(longest=120), width=220, required=True),
        Column("trainer", "讲师", Text(longest=40), width=104, required=True),
        Column("attended", "参加人员", PeopleOf(), width=280, required=True, hint="姓名用顿号隔开"),
        Column("hours", "课时（小时）", Measure(low="0.5", high="24", places=1), width=104, required=True),
        Column("place", "地点", Text(longest=60), width=120, shown=False),
        Column("note", "备注", Text(longest=300, lines=True), width=160, shown=False),
    ),
    views=(View("year", "近一年", lambda now: (within_days("held", now - 365 * 86_400, 365),)),),
    sort="held",
    descending=True,
    check=check,
)
