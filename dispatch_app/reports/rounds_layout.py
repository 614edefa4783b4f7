"""Sets the 巡检表: the blank one with boxes for the pen, that of a month as one table across."""

from __future__ import annotations

from dispatch_app.reports import desk_frame
from dispatch_app.reports.desk_frame import TEXT, Frame
from dispatch_app.reports.fonts import FontSet
from dispatch_app.reports.paper import A4, A4_LANDSCAPE, Paper
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.rounds import BLANK_LABELS, LABELS, BlankRoundSheet, RoundLine, RoundsSheet
from dispatch_app.reports.tables import Cell, Column, Flow, Row, Table, row

_BOX_HEIGHT = 30.0
_LINE_HEIGHT = 20.0
_NOTE_HEIGHT = 70.0
_GAP = 8.0
_TICK = "□ 正常　□ 异常"
_DEVICES = (Column("标识号", 84), Column("设备", 190), Column("情况", 92, "centre"), Column("异常现象", 162))
_SURROUNDINGS = (Column("项目", 84), Column("情况", 92, "centre"), Column("异常现象", 352))
_MONTH = (
    Column("时间", 62),
    Column("温度℃", 40, "right"),
    Column("湿度%", 40, "right"),
    Column("电压V", 44, "right"),
    Column("设备", 110),
    Column("环境", 96),
    Column("异常", 170),
    Column("处理", 110),
    Column("巡检人", 50, "centre"),
)


def lay_out_blank(sheet: BlankRoundSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_blank_fields(sheet), fonts)
    paper = Paper(A4, f"巡检表{sheet.number}", sheet.issuer, fonts)
    frame = Frame("巡检表", sheet.number, sheet.issuer, sheet.issued_at, sheet.copy_number, sheet.reprint)
    flow = desk_frame.begin(paper, frame)
    desk_frame.facts(flow, (("站点或服务项目", sheet.place), ("计划", sheet.plan), ("周期", sheet.cycle)))
    flow.y += _GAP
    heads = (*sheet.figures, "巡检时间", "巡检人签字")
    Table(flow, tuple(Column(head, 1, "centre") for head in heads), TEXT).draw(
        [row(*("",) * len(heads), min_height=_BOX_HEIGHT)]
    )
    devices = [row(one.label, one.what, _TICK, "", min_height=_LINE_HEIGHT) for one in sheet.devices]
    desk_frame.section(flow, "设备", _DEVICES, devices)
    surroundings = [row(name, _TICK, "", min_height=_LINE_HEIGHT) for name in sheet.surroundings]
    desk_frame.section(flow, "环境", _SURROUNDINGS, surroundings)
    flow.y += _GAP
    _box(flow, "发现的异常和采取的措施")
    desk_frame.feet(paper, sheet.number, "巡检后录入「巡检与备份」，时间填实际巡检的时刻")
    return paper.pdf()


def lay_out(sheet: RoundsSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_month_fields(sheet), fonts)
    paper = Paper(A4_LANDSCAPE, f"巡检表{sheet.number}", sheet.issuer, fonts)
    frame = Frame("巡检表", sheet.number, sheet.issuer, sheet.issued_at, sheet.copy_number, sheet.reprint)
    flow = desk_frame.begin(paper, frame)
    counts = f"应检 {sheet.asked}，实检 {sheet.done}，漏检 {sheet.missed}，异常 {sheet.breached}"
    desk_frame.facts(
        flow,
        (("站点", sheet.site), ("月份", sheet.month), ("计划", sheet.plans or "无"), ("次数", counts)),
    )
    flow.y += _GAP
    ranges = "；".join(sheet.ranges)
    flow.text(f"限值：{sheet.limits}" + (f"　　本月：{ranges}" if ranges else ""), TEXT)
    if sheet.note:
        flow.text(sheet.note, TEXT)
    desk_frame.section(flow, "巡检和漏检", _MONTH, [_line(one) for one in sheet.lines])
    desk_frame.feet(paper, sheet.number, "附三（二）（六）：温度、湿度、电压等参数并做好记录")
    return paper.pdf()


def _box(flow: Flow, title: str) -> None:
    flow.need(_NOTE_HEIGHT + _LINE_HEIGHT)
    Table(flow, (Column(title, 1),), TEXT).draw([row("", min_height=_NOTE_HEIGHT)])


def _line(one: RoundLine) -> Row:
    if one.missed:
        return row(Cell(one.when), Cell(f"漏检：{one.wrong}", span=len(_MONTH) - 1, label=True, align="left"))
    return row(one.when, *one.figures, one.devices, one.surroundings, one.wrong, one.done, one.who)


def _blank_fields(sheet: BlankRoundSheet) -> list[Field]:
    named = [Field(name, label, getattr(sheet, name)) for name, label in BLANK_LABELS.items()]
    return [*named, Field("devices", "设备", "".join(f"{one.label}{one.what}" for one in sheet.devices))]


def _month_fields(sheet: RoundsSheet) -> list[Field]:
    named = [Field(name, label, getattr(sheet, name)) for name, label in LABELS.items()]
    typed = "".join(f"{one.devices}{one.surroundings}{one.wrong}{one.done}" for one in sheet.lines)
    return [*named, Field("plans", "计划", sheet.plans), Field("lines", "巡检记录", typed)]
