"""发票 (八.3): a regular invoice of the same sum, handed over before 甲方 pays."""

from __future__ import annotations

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.money import to_fen, to_yuan
from dispatch_app.operations.registers.kinds import Day, Text, Values, Yuan
from dispatch_app.operations.registers.register import Action, Check, Column, Register, View, empty
from dispatch_app.operations.registers.rules import must_not_lie_ahead

DELIVER = "deliver"


def check(made: Check) -> None:
    """The sum is the contract's, or it is said why not; nothing is dated ahead."""
    values = made.after
    price = made.law.terms.contract.price
    if int(values["amount"]) != to_fen(price) and "difference" not in values:
        raise KnownError(
            f"发票金额 {to_yuan(int(values['amount'])):,.2f} 元与合同价 {price:,.2f} 元不等额（八.3）",
            "核对金额；确有扣减的（八.4），在「差额说明」里写明依据",
            "amount",
        )
    must_not_lie_ahead(made, "dated", "delivered")
    if "delivered" in values and str(values["delivered"]) < str(values["dated"]):
        raise KnownError("发票在开出之前就交给甲方了", "核对开票日期和交付日期", "delivered")
    if made.action == DELIVER and "delivered" not in values:
        raise KnownError("没有写交付日期", "写交给甲方的那一天", "delivered")


def _at_hand(values: Values) -> tuple[str, str] | None:
    return ("这张发票已交甲方", "日期写错的，请更正") if "delivered" in values else None


INVOICES = Register(
    key="invoices",
    title="发票",
    code="FP",
    counted="张发票",
    clause="八.3",
    purpose="登记开给甲方的发票：付款前须开具等额有效发票，否则甲方有权拒付",
    naming="invoice_no",
    columns=(
        Column(
            "invoice_no",
            "发票号码",
            Text(longest=24, pattern=r"[0-9A-Za-z-]+", sample="24532000000012345678（数字）"),
            width=200,
            required=True,
            unique=True,
        ),
        Column("dated", "开票日期", Day(), width=104, required=True, usual="今天"),
        Column("amount", "金额（元）", Yuan(low=1), width=120, required=True),
        Column("delivered", "交甲方", Day(), width=104, hint="还没交的空着"),
        Column("taker", "甲方签收人", Text(longest=32), width=112),
        Column("difference", "差额说明", Text(longest=200), width=200, hint="与合同价不等额时写依据（八.4）"),
        Column("note", "备注", Text(longest=300, lines=True), width=160, shown=False),
    ),
    views=(View("at_hand", "未交甲方", lambda _now: (empty("delivered"),)),),
    actions=(Action(DELIVER, "交甲方", ("delivered", "taker"), "已交甲方", _at_hand, {"delivered": "今天"}),),
    sort="dated",
    descending=True,
    check=check,
)
