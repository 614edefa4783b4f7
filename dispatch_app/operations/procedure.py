"""Which procedure a confirmed fault follows: the program proposes and says why, the person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dispatch_app.contract.facts import Procedure
from dispatch_app.contract.terms import Terms


@dataclass(frozen=True, slots=True)
class Proposal:
    """`reasons`: Chinese sentences with the clause, in the order they decided."""

    procedure: Procedure
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found on the spot.

    Attributes:
        warranty_until: Last day under the maker's warranty, None where nobody knows.
        estimate: What the repair would cost in parts, yuan; None for not yet known.
        repairable: Whether it can be repaired at all.
        device: Label of the device in the 设备台账 that the warranty and the price are of; empty for none.
        price: What the whole device cost, yuan; None where nobody knows.
    """

    hardware: bool
    today: date
    warranty_until: date | None = None
    estimate: Decimal | None = None
    repairable: bool = True
    device: str = ""
    price: Decimal | None = None

    @property
    def source(self) -> str:
        """What the warranty is known from, as a sentence begins; empty for a person's word."""
        return f"设备台账 {self.device}：" if self.device else ""


def propose(findings: Findings, terms: Terms) -> Proposal:
    """The procedure that 附一 二.1, 二.4 and 八.1(4) lead to under the readings in force."""
    if not findings.hardware:
        return Proposal(Procedure.ROUTINE, ("不是硬件故障，按常规故障当天解决（二.4）",))
    if findings.warranty_until is not None and findings.today <= findings.warranty_until:
        day = findings.warranty_until.isoformat()
        said = f"{findings.source}免费维保到 {day}，走厂家免费维保（附一 二.1）"
        return Proposal(Procedure.WARRANTY, (said,))
    known = findings.source + (
        "未填维保期，按已过维保处理"
        if findings.warranty_until is None
        else f"免费维保已于 {findings.warranty_until.isoformat()} 到期（附一 二.1）"
    )
    if not findings.repairable:
        return Proposal(Procedure.SPECIAL_REPORT, (known, "硬件不可维修，走专报程序（二.4）"))
    if terms.readings.out_of_warranty == "always_report":
        return Proposal(Procedure.SPECIAL_REPORT, (known, "按现行口径，过了维保期一律走专报（附一 二.1）"))
    return _by_estimate(findings, known, terms)


def _by_estimate(findings: Findings, known: str, terms: Terms) -> Proposal:
    limit, estimate, price = terms.contract.part_line, findings.estimate, findings.price
    if estimate is None and price is not None and _within(price, terms):
        said = f"整机购置价 {price:.2f} 元，零部件不会超过 {limit:.0f} 元，按维修程序（二.4、八.1(4)）"
        return Proposal(Procedure.REPAIR, (known, said))
    if estimate is None:
        return Proposal(
            Procedure.REPAIR,
            (known, f"可维修、尚无估价，先按维修程序；估价超过 {limit:.0f} 元改走专报（八.1(4)）"),
        )
    if _within(estimate, terms):
        return Proposal(
            Procedure.REPAIR,
            (known, f"估价 {estimate:.2f} 元，在 {limit:.0f} 元以内，按维修程序（二.4、八.1(4)）"),
        )
    return Proposal(
        Procedure.SPECIAL_REPORT, (known, f"估价 {estimate:.2f} 元，不在合同价内，走专报程序（八.1(4)）")
    )


def _within(amount: Decimal, terms: Terms) -> bool:
    """Whether a sum is within the contract's price."""
    limit = terms.contract.part_line
    return amount < limit or (amount == limit and terms.readings.parts_300 == "contractor")
