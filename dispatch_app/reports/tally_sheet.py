"""违约结算表: every sum of a period with its fault, clause and times, and what is payable.

Sums are worked out by `contract.tally`; this form only prints them. Importing this module loads neither
reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyLine:
    """One penalty of 九.1 or 九.2. Times are epoch seconds, UTC; `amount` in yuan.

    Attributes:
        clause: As printed, such as 九.2.
        cycle: 1, or more after a reopening.
        started_at: When the clock started; None for 九.1.
        due_at: The moment the sum fell due.
        actual_at: When somebody was sent at last; None if nobody was.
        overrun_s: Seconds over the limit.
        dispute: 申辩, with its document; empty if none.
        waiver: 豁免, with its document; empty if none. A waived sum is shown and not counted.
        note: Further words, such as 联系不上.
        doubtful: Moments among these that are 待核: written down under a clock nobody had verified.
    """

    fault_no: str
    site: str
    clause: str
    cycle: int
    amount: Decimal
    started_at: int | None = None
    due_at: int | None = None
    actual_at: int | None = None
    overrun_s: int = 0
    dispute: str = ""
    waiver: str = ""
    note: str = ""
    doubtful: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyLine:
    """Work 甲方 gave to a third party (四.6), in yuan.

    Attributes:
        cause: 逾期, 无力处理 or 其他.
        labour: 人工费.
        parts: What was fitted, as printed: `电源模块 260.00×2`.
        parts_amount: What of the parts counts.
        amount: Labour and parts that count, 0.00 where the cause is not the contractor's; waived or not.
        flag_300: A part stands at exactly 300.00, where 四.6 and 八.1(4) overlap.
        waiver: 豁免, with its document; empty if none.
    """

    fault_no: str
    site: str
    cycle: int
    cause: str
    labour: Decimal
    parts: str
    parts_amount: Decimal
    amount: Decimal
    flag_300: bool = False
    dispute: str = ""
    waiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardLine:
    """How often one clock was kept within the period: evidence, no sum of its own."""

    name: str
    clause: str
    met: int
    breached: int
    running: int = 0
    void: int = 0
    not_started: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Breaches of 九.1 or 九.2 since the start of the term, against the five of the contract."""

    clause: str
    name: str
    count: int
    limit: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationRight:
    """A right of 甲方 to terminate that has arisen, and when (epoch seconds, UTC)."""

    clause: str
    reason: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentLine:
    """调整: the difference to a tally already issued. `amount` in yuan, negative where less is owed."""

    former_number: str
    fault_no: str
    clause: str
    reason: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TallySheet:
    """Everything a printed 违约结算表 says. Times are epoch seconds, UTC; sums are yuan.

    Attributes:
        number: 结算表编号; may be empty in a draft (a trial reckoning).
        client, contractor: 甲方 and 乙方 in full.
        period_start: First second of the period.
        period_end: First second after the period.
        as_of: Moment the clocks were read at.
        lines: Penalties and claims, in the order they print.
        price: 合同总价.
        penalties: Sum of `lines`, waived ones left out.
        third_party_total: Sum of `third_party`, waived ones left out.
        adjustments_total: Sum of `adjustments`.
        total: 本期合计, the sum of these three.
        paid: 已付 up to the period's end.
        counted_to_date: What has been counted since the start of the term, this period included.
        claims: Accepted claims and compensation (九.4) against 乙方 up to the period's end.
        client_owes: The same against 甲方: they stand on the other side and reduce nothing.
        payable: 应付余额 = price − paid − counted_to_date − claims, never below 0.
        owed: What these exceed the price by, else 0.00.
        total_in_words, payable_in_words: 大写.
        readings: The readings of the contract used, one line each.
        basis: What the figures rest on, one line, such as the name of a call log; may be empty.
        issued_at: When the number was given (for a draft: when it was printed).
    """

    number: str
    client: str
    contractor: str
    period_start: int
    period_end: int
    as_of: int
    lines: tuple[TallyLine, ...]
    counters: tuple[Counter, ...]
    standards: tuple[StandardLine, ...]
    price: Decimal
    paid: Decimal
    penalties: Decimal
    third_party_total: Decimal
    claims: Decimal
    adjustments_total: Decimal
    total: Decimal
    counted_to_date: Decimal
    payable: Decimal
    owed: Decimal
    total_in_words: str
    payable_in_words: str
    issued_at: int
    third_party: tuple[ThirdPartyLine, ...] = ()
    adjustments: tuple[AdjustmentLine, ...] = ()
    terminations: tuple[TerminationRight, ...] = ()
    readings: tuple[str, ...] = ()
    basis: str = ""
    client_owes: Decimal = Decimal("0.00")
    copy_number: int = 1
    reprint: bool = False
    draft: bool = False


LABELS = {
    "number": "结算表编号",
    "client": "甲方",
    "contractor": "乙方",
    "counters": "次数累计",
    "total_in_words": "合计大写",
    "payable_in_words": "应付余额大写",
}


def _refuse_contradiction(sheet: TallySheet) -> None:
    """A sheet whose sums are not those of its lines is a bug of the caller and never reaches paper."""
    penalties = sum((line.amount for line in sheet.lines if not line.waiver), Decimal(0))
    third_party = sum((line.amount for line in sheet.third_party if not line.waiver), Decimal(0))
    adjustments = sum((line.amount for line in sheet.adjustments), Decimal(0))
    balance = sheet.price - sheet.paid - sheet.counted_to_date - sheet.claims
    for name, stated, worked_out in (
        ("penalties", sheet.penalties, penalties),
        ("third_party_total", sheet.third_party_total, third_party),
        ("adjustments_total", sheet.adjustments_total, adjustments),
        ("total", sheet.total, sheet.penalties + sheet.third_party_total + sheet.adjustments_total),
        ("payable", sheet.payable, max(balance, Decimal(0))),
        ("owed", sheet.owed, max(-balance, Decimal(0))),
    ):
        if stated != worked_out:
            raise ValueError(f"{name} is {stated}, but its lines make {worked_out}")


def render_tally(sheet: TallySheet, fonts: FontSet | None = None) -> bytes:
    """The 违约结算表 as a PDF; the same sheet gives the same bytes.

    Raises:
        ValueError: The sums are not those of the lines: a bug of the caller.
        KnownError: A mandatory field is empty (the number may be in a draft), or a field holds characters no
            font has.
    """
    labels = {name: label for name, label in LABELS.items() if not (sheet.draft and name == "number")}
    require(sheet, labels, "违约结算表")
    _refuse_contradiction(sheet)
    from dispatch_app.reports.tally_layout import lay_out

    return lay_out(sheet, fonts)
