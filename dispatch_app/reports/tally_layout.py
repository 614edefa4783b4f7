"""Sets the 违约结算表: A4 across, headings repeated, the reckoning kept together with the signatures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.moments import beijing_date, date_text, doubt, duration_text, moment_text
from dispatch_app.reports.paper import A4_LANDSCAPE, GREY, MM, PALE, Paper, Style
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.tables import Cell, Column, Flow, Row, Table, row
from dispatch_app.reports.tally_sheet import LABELS, TallyLine, TallySheet, ThirdPartyLine

_TITLE = Style(Role.TITLE, 22)
_HEADING = Style(Role.SANS, 11)
_TEXT = Style(Role.BODY, 10)
_NOTE = Style(Role.SANS, 8.5)
_RECKONING = Style(Role.SANS, 9.5)
_FOOT = Style(Role.SANS, 8, GREY)
_WATERMARK = Style(Role.SANS, 150, PALE)
_MARGIN_X = 15 * MM
_TOP, _BOTTOM, _FOOT_TOP = 14 * MM, 193 * MM, 198 * MM
_GAP = 10.0
_HEADING_HEIGHT = 18.0
_LINE_HEIGHT = 16.0
_SIGNATURE_HEIGHT = 62.0
_RECKONING_ROW = 20.0
_RECKONING_HEIGHT = 7 * _RECKONING_ROW + 20 + _SIGNATURE_HEIGHT
_STANDARDS_HEIGHT = 145.0
_NUMERALS = "一二三四五六七"
_NONE = "—"

_LINE_COLUMNS = (
    Column("序号", 30, "centre"),
    Column("故障编号", 78),
    Column("站点", 118),
    Column("条款", 34, "centre"),
    Column("轮次", 32, "centre"),
    Column("起算时间", 82, "centre"),
    Column("到期（发生）时间", 82, "centre"),
    Column("实际派人", 82, "centre"),
    Column("超时", 70, "centre"),
    Column("金额（元）", 62, "right"),
    Column("申辩、豁免及说明", 122),
)
_THIRD_COLUMNS = (
    Column("序号", 30, "centre"),
    Column("故障编号", 78),
    Column("站点", 118),
    Column("轮次", 32, "centre"),
    Column("委托原因", 52, "centre"),
    Column("人工费（元）", 66, "right"),
    Column("零件（单价×数量）", 150),
    Column("零件费（元）", 66, "right"),
    Column("金额（元）", 62, "right"),
    Column("申辩、豁免及说明", 138),
)
_COUNTER_COLUMNS = (
    Column("条款", 40, "centre"),
    Column("违约情形", 220),
    Column("合同期内累计（次）", 90, "centre"),
    Column("合同限度（次）", 90, "centre"),
    Column("是否超过", 110, "centre"),
)
_STANDARD_COLUMNS = (
    Column("时限", 160),
    Column("条款", 60, "centre"),
    Column("按时（次）", 60, "right"),
    Column("逾期（次）", 60, "right"),
    Column("计时中（次）", 60, "right"),
    Column("不适用（次）", 60, "right"),
    Column("未起算（次）", 60, "right"),
    Column("按时率", 60, "right"),
)
_ADJUSTMENT_COLUMNS = (
    Column("原结算表", 100),
    Column("故障编号", 100),
    Column("条款", 40, "centre"),
    Column("调整原因", 280),
    Column("调整金额（元）", 80, "right"),
)
_RECKONING_COLUMNS = (Column("", 130), Column("", 130, "right"), Column("", 170), Column("", 130, "right"))


def lay_out(sheet: TallySheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields and sums have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4_LANDSCAPE, f"违约结算表{sheet.number}", sheet.contractor, fonts)
    flow = Flow(paper, _MARGIN_X, _TOP, paper.width_pt - _MARGIN_X, _BOTTOM)
    _head(flow, sheet)
    numerals = iter(_NUMERALS)
    _penalties(flow, sheet, next(numerals))
    _third_party(flow, sheet, next(numerals))
    _counters(flow, sheet, next(numerals))
    _standards(flow, sheet, next(numerals))
    _adjustments(flow, sheet, next(numerals))
    if sheet.readings:
        _readings(flow, sheet, next(numerals))
    _reckoning(flow, sheet, next(numerals))
    _signatures(flow)
    _feet(paper, sheet)
    return paper.pdf()


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _head(flow: Flow, sheet: TallySheet) -> None:
    flow.text("违约结算表", _TITLE, "centre")
    period = f"{date_text(beijing_date(sheet.period_start))}至{date_text(beijing_date(sheet.period_end - 1))}"
    page, middle = flow.page, flow.left + flow.width / 2
    flow.y += 2
    page.text(flow.left, flow.y, f"编号：{sheet.number or '（未编号）'}", _TEXT)
    page.text(middle, flow.y, f"结算期间：{period}", _TEXT, "centre")
    page.text(flow.right, flow.y, f"计时截至：{moment_text(sheet.as_of)}", _TEXT, "right")
    flow.y += _LINE_HEIGHT
    page.text(flow.left, flow.y, f"甲方：{sheet.client}", _TEXT)
    page.text(flow.right, flow.y, f"乙方：{sheet.contractor}", _TEXT, "right")
    flow.y += _LINE_HEIGHT
    if sheet.basis:
        flow.text(f"依据：{sheet.basis}", _TEXT)


def _section(flow: Flow, numeral: str, heading: str, following: float = 50.0) -> None:
    """A heading, on the same page as the `following` points under it."""
    flow.y += _GAP
    flow.need(_HEADING_HEIGHT + following)
    flow.page.text(flow.left, flow.y, f"{numeral}、{heading}", _HEADING)
    flow.y += _HEADING_HEIGHT


def _penalties(flow: Flow, sheet: TallySheet, numeral: str) -> None:
    _section(flow, numeral, "违约金（九.1、九.2）")
    if not sheet.lines:
        flow.text("本期无违约。", _TEXT)
        return
    rows = [_penalty_row(number, line) for number, line in enumerate(sheet.lines, 1)]
    waived = sum((line.amount for line in sheet.lines if line.waiver), Decimal(0))
    words = f"列示{_money(sheet.penalties + waived)}元，豁免{_money(waived)}元" if waived else ""
    rows.append(row(Cell("小计（计入金额）", 9, True), _money(sheet.penalties), words))
    Table(flow, _LINE_COLUMNS).draw(rows)


def _penalty_row(number: int, line: TallyLine) -> Row:
    sent = _moment(line.actual_at, line)
    if line.actual_at is None and line.started_at is not None:
        sent = "未派人"
    return row(
        str(number),
        line.fault_no,
        line.site,
        line.clause,
        str(line.cycle),
        _moment(line.started_at, line),
        _moment(line.due_at, line),
        sent,
        duration_text(line.overrun_s) if line.overrun_s else _NONE,
        _money(line.amount),
        "\n".join(_remarks(line.note, line.dispute, line.waiver)),
    )


def _moment(at: int | None, line: TallyLine) -> str:
    return _NONE if at is None else f"{moment_text(at)}{doubt(at, line.doubtful)}"


def _remarks(note: str, dispute: str, waiver: str) -> Iterator[str]:
    if note:
        yield note
    if dispute:
        yield f"申辩：{dispute}"
    if waiver:
        yield f"豁免：{waiver}（不计入）"


def _third_party(flow: Flow, sheet: TallySheet, numeral: str) -> None:
    _section(flow, numeral, "甲方委托第三方处理的费用（四.6）")
    if not sheet.third_party:
        flow.text("本期无此项费用。", _TEXT)
        return
    rows = [_third_party_row(number, line) for number, line in enumerate(sheet.third_party, 1)]
    rows.append(row(Cell("小计（计入金额）", 8, True), _money(sheet.third_party_total), ""))
    Table(flow, _THIRD_COLUMNS).draw(rows)


def _third_party_row(number: int, line: ThirdPartyLine) -> Row:
    note = "有零件单价恰为300元（四.6与八.1(4)重叠）" if line.flag_300 else ""
    return row(
        str(number),
        line.fault_no,
        line.site,
        str(line.cycle),
        line.cause,
        _money(line.labour),
        line.parts or _NONE,
        _money(line.parts_amount),
        _money(line.amount),
        "\n".join(_remarks(note, line.dispute, line.waiver)),
    )


def _counters(flow: Flow, sheet: TallySheet, numeral: str) -> None:
    _section(flow, numeral, "次数累计与解除权")
    rows = [
        row(
            counter.clause,
            counter.name,
            str(counter.count),
            str(counter.limit),
            "已超过" if counter.count > counter.limit else f"未超过，尚余{counter.limit - counter.count}次",
        )
        for counter in sheet.counters
    ]
    Table(flow, _COUNTER_COLUMNS).draw(rows)
    flow.y += 4
    if not sheet.terminations:
        flow.text("截至计时时刻，甲方单方解除合同的条件未成就。", _TEXT)
    for right in sheet.terminations:
        flow.text(
            f"甲方单方解除权已成就：{right.clause}，{right.reason}，自{moment_text(right.at)}起。", _TEXT
        )


def _standards(flow: Flow, sheet: TallySheet, numeral: str) -> None:
    _section(flow, numeral, "服务时限履行情况（佐证，不单独计价）", _STANDARDS_HEIGHT)
    rows = []
    for line in sheet.standards:
        judged = line.met + line.breached
        rate = f"{Decimal(100) * line.met / judged:.1f}%" if judged else _NONE
        counts = (line.met, line.breached, line.running, line.void, line.not_started)
        rows.append(row(line.name, line.clause, *map(str, counts), rate))
    Table(flow, _STANDARD_COLUMNS).draw(rows)


def _adjustments(flow: Flow, sheet: TallySheet, numeral: str) -> None:
    _section(flow, numeral, "对已出具结算表的调整")
    if not sheet.adjustments:
        flow.text("本期无调整。", _TEXT)
        return
    rows = [
        row(line.former_number, line.fault_no, line.clause, line.reason, f"{line.amount:+,.2f}")
        for line in sheet.adjustments
    ]
    rows.append(row(Cell("小计", 4, True), f"{sheet.adjustments_total:+,.2f}"))
    Table(flow, _ADJUSTMENT_COLUMNS).draw(rows)


def _readings(flow: Flow, sheet: TallySheet, numeral: str) -> None:
    _section(flow, numeral, "所采用的条款释义")
    cells = [f"{index}. {reading}" for index, reading in enumerate(sheet.readings, 1)]
    cells += [""] * (len(cells) % 2)
    pairs = zip(cells[::2], cells[1::2], strict=True)
    Table(flow, (Column("", 1), Column("", 1)), _NOTE).draw([row(*pair) for pair in pairs])


def _reckoning(flow: Flow, sheet: TallySheet, numeral: str) -> None:
    """The sums, on one page together with the place to sign."""
    _section(flow, numeral, "结算", _RECKONING_HEIGHT)
    pairs = (
        ("本期违约金", sheet.penalties, "合同总价", sheet.price),
        ("本期第三方费用", sheet.third_party_total, "已付", sheet.paid),
        ("本期调整", sheet.adjustments_total, "合同期内累计计入（含本期）", sheet.counted_to_date),
        ("本期合计", sheet.total, "累计索赔及赔偿（九.4，对乙方）", sheet.claims),
        ("不足抵扣、乙方尚欠", sheet.owed, "应付余额", sheet.payable),
    )
    rows = [
        row(
            Cell(left, label=True),
            _money(left_sum),
            Cell(right, label=True),
            _money(right_sum),
            min_height=_RECKONING_ROW,
        )
        for left, left_sum, right, right_sum in pairs
    ]
    for label, words in (("本期合计大写", sheet.total_in_words), ("应付余额大写", sheet.payable_in_words)):
        rows.append(row(Cell(label, label=True), Cell(words, 3, align="left"), min_height=_RECKONING_ROW))
    Table(flow, _RECKONING_COLUMNS, _RECKONING).draw(rows)
    flow.y += 4
    if sheet.client_owes:
        flow.text(f"甲方应承担的赔偿{_money(sheet.client_owes)}元另行结算，未在应付余额中抵减。", _NOTE)


def _signatures(flow: Flow) -> None:
    flow.need(_SIGNATURE_HEIGHT)
    flow.y += 16
    half = flow.width / 2
    for index, party in enumerate(("甲方", "乙方")):
        x = flow.left + index * half
        flow.page.text(x, flow.y, f"{party}（盖章）：", _TEXT)
        flow.page.text(x, flow.y + 24, "经办人（签字）：", _TEXT)
        flow.page.text(x + half * 0.55, flow.y + 24, "日期：　　　　年　　月　　日", _TEXT)
    flow.y += 40


def _feet(paper: Paper, sheet: TallySheet) -> None:
    parts = [f"违约结算表 {sheet.number or '（未编号）'}", f"第{sheet.copy_number}份"]
    parts.append(f"{'打印' if sheet.draft else '出具'} {moment_text(sheet.issued_at)}")
    if sheet.reprint:
        parts.append("补打")
    if sheet.draft:
        parts.append("草稿，不作结算依据")
    for number, page in enumerate(paper.pages, 1):
        page.text(_MARGIN_X, _FOOT_TOP, "　".join(parts), _FOOT)
        right = paper.width_pt - _MARGIN_X
        page.text(right, _FOOT_TOP, f"第{number}页 共{len(paper.pages)}页", _FOOT, "right")
        if sheet.draft:
            page.watermark("草稿", _WATERMARK)


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
