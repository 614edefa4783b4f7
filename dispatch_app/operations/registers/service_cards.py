"""服务卡片发放 (附一 三.1): who at which point was handed how many cards, when and by whom."""

from __future__ import annotations

from datetime import date

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import Day, Measure, PersonOf, SiteOf, Text
from dispatch_app.operations.registers.register import Check, Column, Register, View, this_month

MOST_CARDS = "1000"


def check(made: Check) -> None:
    """Cards are recorded once they have been handed out. Raises KnownError for a day to come."""
    if date.fromisoformat(str(made.after["handed_on"])) > made.today:
        raise KnownError("发放日期还没有到", "发到手上再登记，请填不晚于今天的日期", "handed_on")


SERVICE_CARDS = Register(
    key="service_cards",
    title="服务卡片发放",
    code="KP",
    counted="次发放",
    clause="附一 三.1",
    purpose="登记服务卡片发到了哪个服务点、谁的手上",
    columns=(
        Column("handed_on", "发放日期", Day(), width=104, required=True, usual="今天"),
        Column("site", "服务点", SiteOf(), width=188, required=True),
        Column("room", "科室", Text(longest=60), width=112),
        Column("receiver", "领取人", Text(longest=40), width=88, required=True),
        Column("unit", "单位", Text(longest=60), width=160, required=True),
        Column(
            "cards", "张数", Measure(low="1", high=MOST_CARDS, unit="张"), width=72, required=True, usual="10"
        ),
        Column("handed_by", "发放人", PersonOf(), width=80, required=True),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
    ),
    views=(View("month", "本月", lambda now: (this_month("handed_on", now),)),),
    identity=("handed_on", "site", "receiver"),
    sort="handed_on",
    descending=True,
    check=check,
)
