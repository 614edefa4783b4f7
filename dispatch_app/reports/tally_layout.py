"""Sets the 违约结算表: A4 across, tables whose headings repeat, the reckoning kept together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.moments import beijing_date, date_text, duration_text, moment_text
from dispatch_app.reports.paper import A4_LANDSCAPE, GREY, MM, Paper, Style
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.tables import Cell, Column, Flow, Row, Table, row
from dispatch_app.reports.tally_sheet import LABELS, TallyLine, TallySheet

_TITLE = Style(Role.TITLE, 22)
_HEADING = Style(Role.SANS, 11)
_TEXT = Style(Role.BODY, 10)
_FOOT = Style(Role.SANS, 8, GREY)
_MARGIN_X = 15 * MM
_TOP, _BOTTOM = 15 * MM, 193 * MM
_GAP = 9.0
_NONE = "—"

_LINE_COLUMNS = (
    Column("序号", 24, "centre"),
    Column("故障编号", 80),
    Column("站点", 118),
    Column("条款", 34, "centre"),
    Column("次数", 28, "centre"),
    Column("起算时间", 84),
    Column("到期时间", 84),
    Column("实际时间", 84),
    Column("超时", 68),
    Column("金额（元）", 62, "right"),
    Column("申辩、豁免及说明", 120),
)
_THIRD_COLUMNS = (
    Column("序号", 24, "centre"),
    Column("故障编号", 80),
    Column("站点", 118),
    Column("次数", 28, "centre"),
    Column("委托原因", 52, "centre"),
    Column("人工费（元）", 62, "right"),
    Column("更换零件（单价×数量）", 150),
    Column("计入零件费（元）", 74, "right"),
    Column("计入金额（元）", 68, "right"),
    Column("申辩、豁免及说明", 130),
)
_STANDARD_COLUMNS = (
    Column("时限", 150),
    Column("条款", 60, "centre"),
    Column("按时", 60, "right"),
    Column("逾期", 60, "right"),
    Column("计时中", 60, "right"),
    Column("不适用", 60, "right"),
    Column("未起算", 60, "right"),
    Column("按时率", 60, "right"),
)
_COUNTER_COLUMNS = (
    Column("条款", 40, "centre"),
    Column("违约情形", 200),
    Column("合同期内累计（次）", 80, "right"),
    Column("合同限度（次）", 80, "right"),
    Column("是否超过", 110, "centre"),
)
_ADJUSTMENT_COLUMNS = (
    Column("原结算表", 100),
    Column("故障编号", 100),
    Column("条款", 40, "centre"),
    Column("调整原因", 280),
    Column("调整金额（元）", 90, "right"),
)


def lay_out(sheet: TallySheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields and sums have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4_LANDSCAPE, f"违约结算表{sheet.number}", sheet.contractor, fonts)
    flow = Flow(paper, _MARGIN_X, _TOP, paper.width_pt - _MARGIN_X, _BOTTOM)
    _head(flow, sheet)
    _penalties(flow, sheet)
    _third_party(flow, sheet)
    _counters(flow, sheet)
    _standards(flow, sheet)
    _adjustments(flow, sheet)
    _reckoning(flow, sheet)
    _signatures(flow)
    _feet(paper, sheet)
    return paper.pdf()


def money(amount: Decimal) -> str:
    """`12,800.00`."""
    return f"{amount:,.2f}"


def _head(flow: Flow, sheet: TallySheet) -> None:
    flow.text("违约结算表", _TITLE, "centre")
    period = f"{date_text(beijing_date(sheet.period_start))}至{date_text(beijing_date(sheet.period_end - 1))}"
    number = sheet.number or "（未编号）"
    flow.y += 2
    flow.page.text(flow.left, flow.y, f"编号：{number}", _TEXT)
    flow.page.text(flow.left + flow.width / 2, flow.y, f"结算期间：{period}", _TEXT, "centre")
    flow.page.text(flow.right, flow.y, f"计时截至：{moment_text(sheet.as_of)}", _TEXT, "right")
    flow.y += 15
    flow.page.text(flow.left, flow.y, f"甲方：{sheet.client}", _TEXT)
    flow.page.text(flow.right, flow.y, f"乙方：{sheet.contractor}", _TEXT, "right")
    flow.y += 15
    if sheet.basis:
        flow.text(f"依据：{sheet.basis}", _TEXT)


def _section(flow: Flow, heading: str, following: float = 60.0) -> None:
    flow.y += _GAP
    flow.need(_HEADING.size * 1.6 + following)
    flow.page.text(flow.left, flow.y, heading, _HEADING)
    flow.y += _HEADING.size * 1.6


def _penalties(flow: Flow, sheet: TallySheet) -> None:
    _section(flow, "一、违约金")
    if not sheet.lines:
        flow.text("本期无违约。", _TEXT)
        return
    rows = [_penalty_row(number, line) for number, line in enumerate(sheet.lines, 1)]
    listed = sum((line.amount for line in sheet.lines), Decimal(0))
    counted = sum((line.amount for line in sheet.lines if not line.waiver), Decimal(0))
    words = f"列示{money(listed)}元，其中豁免{money(listed - counted)}元"
    rows.append(row(Cell("小计（计入金额）", 9, True), money(counted), words))
    Table(flow, _LINE_COLUMNS).draw(rows)


def _penalty_row(number: int, line: TallyLine) -> Row:
    actual = moment_text(line.actual_at) if line.actual_at is not None else _NONE
    return row(
        str(number),
        line.fault_no,
        line.site,
        line.clause,
        str(line.cycle),
        moment_text(line.started_at) if line.started_at is not None else _NONE,
        moment_text(line.due_at) if line.due_at is not None else _NONE,
        actual,
        duration_text(line.overrun_s) if line.overrun_s else _NONE,
        money(line.amount),
        "\n".join(_remarks(line.note, line.dispute, line.waiver)),
    )


def _remarks(note: str, dispute: str, waiver: str) -> Iterator[str]:
    if note:
        yield note
    if dispute:
        yield f"申辩：{dispute}"
    if waiver:
        yield f"豁免：{waiver}（不计入）"


def _third_party(flow: Flow, sheet: TallySheet) -> None:
    _section(flow, "二、甲方委托第三方处理的费用（四.6）")
    if not sheet.third_party:
        flow.text("本期无此项费用。", _TEXT)
        return
    rows = []
    for number, line in enumerate(sheet.third_party, 1):
        note = "含单价恰为300元的零件（四.6与八.1(4)重叠），已计入" if line.flag_300 else ""
        rows.append(
            row(
                str(number),
                line.fault_no,
                line.site,
                str(line.cycle),
                line.cause,
                money(line.labour),
                line.parts or _NONE,
                money(line.parts_amount),
                money(line.amount),
                "\n".join(_remarks(note, line.dispute, line.waiver)),
            )
        )
    total = sum((line.amount for line in sheet.third_party), Decimal(0))
    rows.append(row(Cell("小计（计入金额）", 8, True), money(total), ""))
    Table(flow, _THIRD_COLUMNS).draw(rows)


def _counters(flow: Flow, sheet: TallySheet) -> None:
    _section(flow, "三、次数累计与解除权")
    rows = [
        row(
            counter.clause,
            counter.name,
            str(counter.count),
            str(counter.limit),
            "已超过" if counter.count > counter.limit else f"未超过，余{counter.limit - counter.count}次",
        )
        for counter in sheet.counters
    ]
    Table(flow, _COUNTER_COLUMNS).draw(rows)
    flow.y += 4
    if not sheet.terminations:
        flow.text("截至计时时刻，甲方单方解除合同的条件未成就。", _TEXT)
    for right in sheet.terminations:
        flow.text(f"甲方单方解除权：{right.clause}，{right.reason}，自{moment_text(right.at)}起。", _TEXT)


def _standards(flow: Flow, sheet: TallySheet) -> None:
    _section(flow, "四、服务时限履行情况（佐证，不单独计价）")
    rows = []
    for line in sheet.standards:
        judged = line.met + line.breached
        rate = f"{Decimal(100) * line.met / judged:.1f}%" if judged else _NONE
        counts = (line.met, line.breached, line.running, line.void, line.not_started)
        rows.append(row(line.name, line.clause, *map(str, counts), rate))
    Table(flow, _STANDARD_COLUMNS).draw(rows)


def _adjustments(flow: Flow, sheet: TallySheet) -> None:
    _section(flow, "五、对已出具结算表的调整")
    if not sheet.adjustments:
        flow.text("本期无调整。", _TEXT)
        return
    rows = [
        row(line.former_number, line.fault_no, line.clause, line.reason, f"{line.amount:+,.2f}")
        for line in sheet.adjustments
    ]
    rows.append(row(Cell("小计", 4, True), f"{sheet.adjustments_total:+,.2f}"))
    Table(flow, _ADJUSTMENT_COLUMNS).draw(rows)


def _reckoning(flow: Flow, sheet: TallySheet) -> None:
    """The sums, on one page together with the place to sign."""
    _section(flow, "六、结算", 190.0)
    columns = (Column("", 150), Column("", 110, "right"), Column("", 150), Column("", 110, "right"))
    pairs = (
        ("违约金（九.1、九.2）", sheet.penalties, "合同总价", sheet.price),
        ("第三方费用（四.6）", sheet.third_party_total, "已付", sheet.paid),
        ("索赔及赔偿（九.4）", sheet.claims, "应付余额", sheet.payable),
        ("调整", sheet.adjustments_total, "不足抵扣、尚欠", sheet.owed),
    )
    rows = [
        row(Cell(left, label=True), money(sum_left), Cell(right, label=True), money(sum_right))
        for left, sum_left, right, sum_right in pairs
    ]
    rows += [
        row(Cell("本期合计", label=True), money(sheet.total), Cell(sheet.total_in_words, 2, align="left")),
        row(Cell("应付余额大写", label=True), Cell(sheet.payable_in_words, 3, align="left")),
    ]
    Table(flow, columns).draw(rows)
    flow.y += 4
    for reading in sheet.readings:
        flow.text(reading, _FOOT)


def _signatures(flow: Flow) -> None:
    flow.need(70)
    flow.y += 14
    half = flow.width / 2
    for index, party in enumerate(("甲方", "乙方")):
        x = flow.left + index * half
        flow.page.text(x, flow.y, f"{party}（盖章）：", _TEXT)
        flow.page.text(x, flow.y + 22, "经办人（签字）：", _TEXT)
        flow.page.text(x + half / 2, flow.y + 22, "日期：　　　年　　月　　日", _TEXT)
    flow.y += 40


def _feet(paper: Paper, sheet: TallySheet) -> None:
    for number, page in enumerate(paper.pages, 1):
        parts = [f"违约结算表 {sheet.number or '（未编号）'}", f"第{sheet.copy_number}份"]
        parts.append(f"{'打印' if sheet.draft else '出具'} {moment_text(sheet.issued_at)}")
        if sheet.reprint:
            parts.append("补打")
        if sheet.draft:
            parts.append("草稿，不作结算依据")
        page.text(_MARGIN_X, 198 * MM, "　".join(parts), _FOOT)
        page.text(
            paper.width_pt - _MARGIN_X, 198 * MM, f"第{number}页 共{len(paper.pages)}页", _FOOT, "right"
        )


def _fields(sheet: TallySheet) -> list[Field]:
    fields = [
        Field(name, label, getattr(sheet, name)) for name, label in LABELS.items() if name != "counters"
    ]
    fields.append(Field("basis", "依据", sheet.basis))
    for line in sheet.lines:
        text = line.fault_no + line.site + line.clause + line.dispute + line.waiver + line.note
        fields.append(Field("lines", f"违约金“{line.fault_no}”行", text))
    for item in sheet.third_party:
        text = item.fault_no + item.site + item.cause + item.parts + item.dispute + item.waiver
        fields.append(Field("third_party", f"第三方费用“{item.fault_no}”行", text))
    for change in sheet.adjustments:
        text = change.former_number + change.fault_no + change.clause + change.reason
        fields.append(Field("adjustments", f"调整“{change.fault_no}”行", text))
    fields += [Field("counters", "次数累计", item.clause + item.name) for item in sheet.counters]
    fields += [Field("standards", "服务时限", item.name + item.clause) for item in sheet.standards]
    fields += [Field("terminations", "解除权", item.clause + item.reason) for item in sheet.terminations]
    return fields + [Field("readings", "条款释义", text) for text in sheet.readings]
