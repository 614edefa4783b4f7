"""备件领用 (八.1): which spare went into which fault; the stock falls with it and never below nothing."""

from __future__ import annotations

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import EntryOf, FaultOf, Measure, Moment, PersonOf, Text
from dispatch_app.operations.registers.register import Check, Column, Register
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.registers.stock import moving

_taken = moving(-1, "领用", lambda name, left: (f"「{name}」只剩 {left}，不够领用", "减少数量，或先登记入库"))


def check(made: Check) -> None:
    """Raises KnownError for a use nobody can place."""
    must_be_present(made, "taken_by", "taken_at")
    if not made.text("fault") and not made.text("purpose"):
        raise KnownError("没有写用在哪个故障", "填故障编号；不是为故障领用的写明用途", "fault")


SPARE_USES = Register(
    key="spare_uses",
    title="备件领用",
    code="BY",
    counted="次领用",
    clause="八.1",
    purpose="登记备件和工具用在哪个故障、谁领、多少：库存随之减少",
    columns=(
        Column("spare", "备件", EntryOf("spares"), width=176, required=True),
        Column("quantity", "数量", Measure(low="1", high="99999"), width=64, required=True, usual="1"),
        Column("fault", "故障", FaultOf(), width=104, hint="用在哪个故障"),
        Column("taken_by", "领用人", PersonOf(), width=80, required=True),
        Column("taken_at", "领用时间", Moment(), width=136, required=True, usual="现在"),
        Column("purpose", "用途", Text(longest=200), width=176),
    ),
    descending=True,
    check=check,
    follow=_taken,
    stands=_taken,
    follows=True,
)
