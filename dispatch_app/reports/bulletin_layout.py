"""Sets the 硬件工作状态通报, A4 upright: figures, limits and charts that also read in black and white."""

from __future__ import annotations

from dispatch_app.reports import desk_frame
from dispatch_app.reports.bulletin import LABELS, BulletinBar, BulletinChart, BulletinSheet
from dispatch_app.reports.desk_frame import SECTION, SMALL, TEXT, Frame
from dispatch_app.reports.fonts import FontSet
from dispatch_app.reports.moments import moment_text
from dispatch_app.reports.paper import A4, Colour, Paper
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.tables import Column, Flow, Table, row

_BAR: Colour = (0.36, 0.47, 0.60)
_LATE: Colour = (0.10, 0.14, 0.20)
_BEFORE: Colour = (0.55, 0.55, 0.55)
_LABEL_SHARE = 0.36
_FIGURES = 96.0
_ROW = 17.0
_BAR_HEIGHT = 8.0
_COLUMN_HEIGHT = 92.0
_COLUMN_FOOT = 12.0
_HEADING = 20.0
_GAP = 8.0
_WIDEST_COLUMN = 22.0
MOST_BARS = 12
"""Groups a chart shows; the rest is told in one line."""


def lay_out(sheet: BulletinSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4, f"硬件工作状态通报{sheet.number}", sheet.issuer, fonts)
    frame = Frame(
        "硬件工作状态通报", sheet.number, sheet.issuer, sheet.issued_at, sheet.copy_number, sheet.reprint
    )
    flow = desk_frame.begin(paper, frame)
    flow.text(f"主送：{sheet.addressee}", TEXT)
    flow.text(f"统计期：{sheet.period}　　上期：{sheet.before}　　截至：{moment_text(sheet.as_of)}", TEXT)
    flow.y += _GAP
    flow.text(sheet.summary, TEXT, leading=1.6)
    flow.y += 4
    desk_frame.facts(flow, sheet.figures)
    _devices(flow, sheet)
    desk_frame.section(
        flow,
        "各时限执行情况",
        (Column("时限（条款）", 3), Column("市区内", 4), Column("市区外", 4)),
        [row(one.name, one.urban, one.outlying) for one in sheet.standards],
    )
    for chart in sheet.charts:
        _chart(flow, chart)
    _findings(flow, sheet)
    desk_frame.feet(paper, sheet.number, "依据：合同附件一 二.1　深色为其中有超时的故障，短竖线为上期")
    return paper.pdf()


def _devices(flow: Flow, sheet: BulletinSheet) -> None:
    if not sheet.devices:
        return
    total = sum(count for _, count in sheet.devices)
    flow.y += _GAP
    flow.need(60)
    flow.page.text(flow.left, flow.y, f"设备状态（{total} 台）", SECTION)
    flow.y += 17
    columns = tuple(Column(state, 1, "centre") for state, _ in sheet.devices)
    Table(flow, columns, TEXT).draw([row(*(str(count) for _, count in sheet.devices))])


def _chart(flow: Flow, chart: BulletinChart) -> None:
    flow.y += _GAP
    if not chart.bars:
        flow.need(_HEADING)
        flow.page.text(flow.left, flow.y, f"{chart.title}：无", SECTION)
        flow.y += 17
    elif chart.columns:
        flow.need(_HEADING + _COLUMN_HEIGHT + 2 * _COLUMN_FOOT)
        flow.page.text(flow.left, flow.y, chart.title, SECTION)
        flow.y += _HEADING
        _columns(flow, chart.bars)
    else:
        shown, rest = chart.bars[:MOST_BARS], chart.bars[MOST_BARS:]
        # A chart stays whole: half a comparison compares nothing.
        flow.need(_HEADING + _ROW * (len(shown) + bool(rest)))
        flow.page.text(flow.left, flow.y, chart.title, SECTION)
        flow.y += _HEADING
        greatest = max(max(bar.count, bar.before) for bar in shown) or 1
        for bar in shown:
            _line(flow, bar, greatest)
        if rest:
            said = f"其余 {len(rest)} 项共 {sum(bar.count for bar in rest)} 件"
            flow.page.text(flow.left, flow.y + 3, said, SMALL)
            flow.y += _ROW


def _line(flow: Flow, bar: BulletinBar, greatest: int) -> None:
    page, top = flow.page, flow.y
    width = flow.width * _LABEL_SHARE
    page.text(flow.left, top + 2, _fitting(flow.paper, bar.label, width - 6), TEXT)
    left = flow.left + width
    room = flow.width - width - _FIGURES
    middle = top + 2 + (TEXT.size - _BAR_HEIGHT) / 2
    for count, colour in ((bar.count, _BAR), (bar.breached, _LATE)):
        if count:
            page.fill(left, middle, room * count / greatest, _BAR_HEIGHT, colour)
    if bar.before:
        at = left + room * bar.before / greatest
        page.rule((at, middle - 2), (at, middle + _BAR_HEIGHT + 2), 1.2, _BEFORE)
    said = f"{bar.count}（超时 {bar.breached}，上期 {bar.before}）"
    page.text(flow.right, top + 2, said, SMALL, "right")
    flow.y += _ROW


def _fitting(paper: Paper, label: str, width: float) -> str:
    """The label, or as much of it as fits with … behind it."""
    if paper.width(label, TEXT) <= width:
        return label
    while label and paper.width(f"{label}…", TEXT) > width:
        label = label[:-1]
    return f"{label}…"


def _columns(flow: Flow, bars: tuple[BulletinBar, ...]) -> None:
    page, top = flow.page, flow.y
    step = flow.width / len(bars)
    wide = min(_WIDEST_COLUMN, step * 0.7)
    floor = top + _COLUMN_FOOT + _COLUMN_HEIGHT
    greatest = max(bar.count for bar in bars) or 1
    page.rule((flow.left, floor), (flow.right, floor), 0.6)
    every = max(1, -(-len(bars) * 30 // int(flow.width)))
    for place, bar in enumerate(bars):
        middle = flow.left + step * (place + 0.5)
        for count, colour in ((bar.count, _BAR), (bar.breached, _LATE)):
            high = _COLUMN_HEIGHT * count / greatest
            if count:
                page.fill(middle - wide / 2, floor - high, wide, high, colour)
        if bar.count:
            high = _COLUMN_HEIGHT * bar.count / greatest
            page.text(middle, floor - high - 10, str(bar.count), SMALL, "centre")
        if place % every == 0:
            page.text(middle, floor + 3, bar.label, SMALL, "centre")
    flow.y = floor + _COLUMN_FOOT + 4


def _findings(flow: Flow, sheet: BulletinSheet) -> None:
    flow.y += _GAP
    flow.need(_HEADING + 16)
    flow.page.text(flow.left, flow.y, "需要说明的情况" if sheet.findings else "需要说明的情况：无", SECTION)
    flow.y += _HEADING
    for place, text in enumerate(sheet.findings, 1):
        flow.text(f"{place}．{text}", TEXT, leading=1.6)


def _fields(sheet: BulletinSheet) -> list[Field]:
    named = [Field(name, label, getattr(sheet, name)) for name, label in LABELS.items()]
    labels = "".join(bar.label for chart in sheet.charts for bar in chart.bars)
    return [*named, Field("charts", "图表", labels), Field("findings", "说明", "".join(sheet.findings))]
