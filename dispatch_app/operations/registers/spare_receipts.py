"""备件入库 (八.1): what was bought for the contract's work; the stock rises with it."""

from __future__ import annotations

from dispatch_app.operations.registers.kinds import EntryOf, Measure, Moment, PersonOf, Text, Yuan
from dispatch_app.operations.registers.register import Check, Column, Register
from dispatch_app.operations.registers.rules import must_be_present
from dispatch_app.operations.registers.stock import moving

_received = moving(
    1, "入库", lambda name, left: (f"「{name}」已经领用，只剩 {left}", "先更正领用记录，再改这次入库")
)


def check(made: Check) -> None:
    """Raises KnownError for one received by somebody who has left."""
    must_be_present(made, "received_by", "received_at")


SPARE_RECEIPTS = Register(
    key="spare_receipts",
    title="备件入库",
    code="BR",
    counted="次入库",
    clause="八.1",
    purpose="登记采购和退回入库的备件与工具：库存随之增加",
    columns=(
        Column("spare", "备件", EntryOf("spares"), width=176, required=True),
        Column("quantity", "数量", Measure(low="1", high="99999"), width=64, required=True),
        Column("paid", "实付单价（元）", Yuan(), width=112),
        Column("supplier", "供货单位", Text(longest=80), width=160),
        Column("document", "凭证号", Text(longest=60), width=120, hint="发票或入库单号"),
        Column("received_by", "经手人", PersonOf(), width=80, required=True),
        Column("received_at", "入库时间", Moment(), width=136, required=True, usual="现在"),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
    ),
    descending=True,
    check=check,
    follow=_received,
    stands=_received,
    follows=True,
)
