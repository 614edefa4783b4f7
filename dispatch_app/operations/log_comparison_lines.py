"""A comparison of two logs as lines: for the table, for the CSV, and the two tallies side by side."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dispatch_app.contract.clocks import Judged
from dispatch_app.contract.explain import CLOCK_GUIDE, STATE_WORDS
from dispatch_app.contract.tally import ClauseSum
from dispatch_app.operations.assess_log import LogAssessment
from dispatch_app.operations.assess_rows import LogCall
from dispatch_app.operations.assess_table import COLUMNS
from dispatch_app.operations.log_comparison import ComparedCall, Comparison, Difference
from dispatch_app.operations.log_files import neutral
from dispatch_app.operations.log_values import value_text

HEADINGS = ("我方单号", "对方单号", "次", "站点", "项目", "我方", "对方", "相差", "说明")


class LineKind(StrEnum):
    """Agreeing, one time or word, one clock, the sum of a call, or a call only one side has."""

    SAME = "same"
    VALUE = "value"
    CLOCK = "clock"
    SUM = "sum"
    ALONE = "alone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """`fault_id`: of our fault, empty where there is none; `costly`: it bears on a sum."""

    kind: LineKind
    our_no: str
    their_no: str
    cycle: int
    site: str
    item: str
    ours: str = ""
    theirs: str = ""
    apart: str = ""
    remark: str = ""
    fault_id: str = ""
    costly: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of `HEADINGS`."""
        return (
            self.our_no,
            self.their_no,
            str(self.cycle),
            self.site,
            self.item,
            self.ours,
            self.theirs,
            self.apart,
            self.remark,
        )


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One figure of both tallies. `apart`: theirs minus ours."""

    item: str
    ours: str
    theirs: str
    apart: str


@dataclass(frozen=True, slots=True)
class ComparedLogs:
    """The other party's file against the desk. `start`, `end`: the days it covers, half-open, epoch seconds;
    `notes`: what was ignored, and where our own rows come to something else than the desk."""

    name: str
    start: int
    end: int
    lines: tuple[ComparisonLine, ...]
    totals: tuple[TotalLine, ...]
    notes: tuple[str, ...]


def lines_of(comparison: Comparison, fault_ids: Mapping[str, str]) -> tuple[ComparisonLine, ...]:
    """Every line, call by call. `fault_ids`: our call number → fault id."""
    found = [line for call in comparison.calls for line in _call_lines(call, fault_ids)]
    for side, who in ((comparison.ours, "我方"), (comparison.theirs, "对方")):
        for one in side.refused:
            our_no, their_no = (one.call_no, "") if who == "我方" else ("", one.call_no)
            item = f"{who}第 {one.row} 行不收"
            found.append(ComparisonLine(LineKind.REFUSED, our_no, their_no, 1, "", item, remark=one.reason))
    return tuple(found)


def totals_of(comparison: Comparison) -> tuple[TotalLine, ...]:
    """Both tallies, figure by figure."""
    ours, theirs = comparison.ours.tally, comparison.theirs.tally
    return (
        _count("在期内的行", _in_term(comparison.ours), _in_term(comparison.theirs)),
        _sum("联系不上（九.1）", ours.unreachable, theirs.unreachable),
        _sum("逾期未派人（九.2）", ours.nobody_sent, theirs.nobody_sent),
        _sum("第三方费用（四.6）", ours.third_party, theirs.third_party),
        _money("合计", ours.total, theirs.total),
        _money("应付", ours.payable, theirs.payable),
    )


def comparison_csv(lines: Iterable[ComparisonLine], totals: Iterable[TotalLine]) -> bytes:
    """UTF-8 with BOM: the lines, an empty one, and the tallies side by side."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows([neutral(cell) for cell in line.cells] for line in lines)
    writer.writerow([])
    writer.writerow(("合计项目", "我方", "对方", "相差"))
    writer.writerows((one.item, one.ours, one.theirs, neutral(one.apart)) for one in totals)
    return text.getvalue().encode("utf-8-sig")


def _call_lines(call: ComparedCall, fault_ids: Mapping[str, str]) -> Iterator[ComparisonLine]:
    known = call.ours or call.theirs
    assert known is not None
    our_no = call.ours.call_no if call.ours else ""
    their_no = call.theirs.call_no if call.theirs else ""
    matched = "" if call.by_number else "按站点和接报时间对上"

    def line(kind: LineKind, item: str, ours: str, theirs: str, apart: str, remark: str) -> ComparisonLine:
        return ComparisonLine(
            kind, our_no, their_no, known.cycle, known.site, item, ours, theirs, apart, remark,
            fault_ids.get(our_no, ""), kind in (LineKind.SUM, LineKind.ALONE) and our_sum != their_sum,
        )  # fmt: skip

    our_sum, their_sum = call.amounts
    if call.ours is None or call.theirs is None:
        who = "只有我方有" if call.theirs is None else "只有对方有"
        yield line(LineKind.ALONE, who, *_alone(call), _signed(their_sum - our_sum), "")
        return
    for one in call.differences:
        title = COLUMNS[one.column]
        ours, theirs = value_text(one.ours), value_text(one.theirs)
        yield line(LineKind.VALUE, title, ours or "没有", theirs or "没有", _seconds(one), matched)
    for clock in call.consequences:
        title = f"{CLOCK_GUIDE[clock.clock].title}时限"
        late = clock.theirs[4] - clock.ours[4]
        yield line(
            LineKind.CLOCK, title, _clock(clock.ours), _clock(clock.theirs), _span(late), _why(clock.columns)
        )
    if call.sum_columns:
        amounts = (f"{our_sum:,.2f}", f"{their_sum:,.2f}")
        yield line(LineKind.SUM, "违约金", *amounts, _signed(their_sum - our_sum), _why(call.sum_columns))
    elif not call.differences:
        yield line(LineKind.SAME, "一致", "", "", "", matched)


def _alone(call: ComparedCall) -> tuple[str, str]:
    def said(one: LogCall | None) -> str:
        return f"接报 {value_text(one.start)}" if one is not None else ""

    return said(call.ours), said(call.theirs)


def _why(columns: tuple[str, ...]) -> str:
    names = "、".join(COLUMNS[column] for column in columns)
    return f"由{names}决定"


def _clock(judged: Judged) -> str:
    late = f" {_span(judged[4]).removeprefix('+')}" if judged[4] else ""
    return STATE_WORDS[judged[0]] + late


def _seconds(one: Difference) -> str:
    return "" if one.seconds is None else _span(one.seconds)


def _span(seconds: int) -> str:
    """`+0:12:05`, `−1:00:00`, empty for none."""
    if not seconds:
        return ""
    minutes, second = divmod(abs(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{'+' if seconds > 0 else '−'}{hours}:{minute:02d}:{second:02d}"


def _signed(amount: Decimal) -> str:
    return f"{amount:+,.2f}".replace("-", "−") if amount else ""


def _in_term(side: LogAssessment) -> int:
    return sum(call.in_term for call in side.calls)


def _count(item: str, ours: int, theirs: int) -> TotalLine:
    return TotalLine(item, str(ours), str(theirs), f"{theirs - ours:+d}" if theirs != ours else "")


def _sum(item: str, ours: ClauseSum, theirs: ClauseSum) -> TotalLine:
    def said(one: ClauseSum) -> str:
        return f"{one.count} 次，{one.amount:,.2f}"

    return TotalLine(item, said(ours), said(theirs), _signed(theirs.amount - ours.amount))


def _money(item: str, ours: Decimal, theirs: Decimal) -> TotalLine:
    return TotalLine(item, f"{ours:,.2f}", f"{theirs:,.2f}", _signed(theirs - ours))
