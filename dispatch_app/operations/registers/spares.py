"""备品备件 (八.1): the spares and tools the contract's price includes, and what is left of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dispatch_app.contract.money import to_fen
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.law import Law
from dispatch_app.operations.registers.kinds import Choice, Measure, Text, Values, Yuan, number_key
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.register import Column, Register, Span, Tone, View, Written, chosen

KINDS = {"part": "配件", "tool": "工具", "consumable": "耗材"}
PAYERS = {"price": "合同价内", "client": "甲方另付"}


def in_the_price(law: Law, price_fen: int) -> bool:
    """Whether the contract's price includes a part of this unit price (八.1(4), as it is read)."""
    line = to_fen(law.terms.contract.part_line)
    return price_fen < line or (price_fen == line and law.terms.readings.parts_300 == "contractor")


def fill(law: Law, _lookup: Lookup, _before: Values, values: Values) -> Values:
    """Who pays for it; nothing while no price is known."""
    if "price" not in values:
        return {}
    return {"payer": "price" if in_the_price(law, int(values["price"])) else "client"}


def derive(values: Values) -> Values:
    """How many are missing up to the least there should be."""
    return {"missing": max(0, int(values.get("minimum", 0)) - int(values.get("stock", 0)))}


def follow(job: Job, written: Written) -> Changes:
    """A price beyond the line is said when it is written."""
    price = written.after["price"]
    if written.before.get("price") == price or written.after["payer"] == "price":
        return Changes()
    line = job.law.terms.contract.part_line
    yuan = f"{int(price) / 100:.2f}"
    return Changes(message=f"单价 {yuan} 元不在 {line:.0f} 元以内，采购费不含在合同价内（八.1(4)）")


def tones(values: Values, _today: date) -> Mapping[str, Tone]:
    """Stock below the least there should be."""
    return {"stock": Tone.BREACHED} if int(values["missing"]) else {}


SPARES = Register(
    key="spares",
    title="备品备件",
    code="BJ",
    counted="种备件",
    clause="八.1",
    purpose="登记合同价内的备品备件和工具：库存、最低库存、单价；领用和入库自动增减库存",
    naming="name",
    columns=(
        Column(
            "name",
            "名称",
            Text(longest=80),
            width=176,
            required=True,
            unique=True,
            hint="型号不同的分开写，例如 千兆单模光模块 10 公里",
        ),
        Column("stock", "库存", Measure(high="99999"), width=60, required=True, usual="0"),
        Column("minimum", "最低库存", Measure(high="99999"), width=76, required=True, usual="0"),
        Column("missing", "缺", Measure(high="99999"), width=44, derived=True),
        Column("unit", "单位", Text(longest=8), width=48, required=True, usual="个"),
        Column("price", "单价（元）", Yuan(), width=92, required=True),
        Column("payer", "费用", Choice(PAYERS), width=84, derived=True),
        Column("kind", "类别", Choice(KINDS), width=64, required=True, usual="配件"),
        Column("model", "型号", Text(longest=60), width=136),
        Column("place", "存放处", Text(longest=80), width=136),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
    ),
    views=(
        View(
            "short",
            "低于最低库存",
            lambda _now: (Span("missing", number_key(1), "\U0010ffff"),),
            pressing=True,
        ),
        View("included", "合同价内", lambda _now: (chosen("payer", PAYERS, "price"),)),
        View("client", "甲方另付", lambda _now: (chosen("payer", PAYERS, "client"),)),
    ),
    sort="name",
    derive=derive,
    fill=fill,
    follow=follow,
    tones=tones,
)
