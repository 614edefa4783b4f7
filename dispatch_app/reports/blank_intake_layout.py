"""Sets the blank 接报单: the intake card's fields, boxes for milestones, the limits as small print."""

from __future__ import annotations

from dispatch_app.reports import desk_frame
from dispatch_app.reports.blank_intake import LABELS, BlankIntakeSheet
from dispatch_app.reports.desk_frame import MARGIN_X, SMALL, TEXT, TITLE, TOP, Frame
from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.paper import A4, GREY, MM, Paper, Style
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.tables import Cell, Column, Flow, Row, Table, row

FORMS = 2
_BOTTOM = 283 * MM
_HALF = 140 * MM
_LINE = 24.0
_TALL = 44.0
_STEP_LINE = 26.0
_FORM = tuple(Column("", width) for width in (58, 112, 58, 112, 58, 112))
_NARROW = Style(Role.SANS, 7.5)
_STEPS = ("派单", "响应", "出发", "到场", "现场确认", "开修", "解决")
_MOMENT = "年　　月　　日　　时　　分"


def lay_out(sheet: BlankIntakeSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable([Field(name, label, getattr(sheet, name)) for name, label in LABELS.items()], fonts)
    paper = Paper(A4, "接报单", sheet.issuer, fonts)
    flow = Flow(paper, MARGIN_X, TOP, paper.width_pt - MARGIN_X, _BOTTOM)
    for place in range(FORMS):
        flow.y = TOP + place * _HALF
        if place:
            y = flow.y - 5 * MM
            flow.page.rule((flow.left, y), (flow.right, y), 0.6, GREY, (4, 3))
        _form(flow, sheet)
    desk_frame.feet(paper, "", f"服务电话：{sheet.service_lines}")
    return paper.pdf()


def _form(flow: Flow, sheet: BlankIntakeSheet) -> None:
    frame = Frame("接报单", "", sheet.issuer, sheet.issued_at, sheet.copy_number, sheet.reprint)
    flow.page.text(flow.left + flow.width / 2, flow.y, frame.title, TITLE, "centre")
    flow.y += 26
    flow.page.text(flow.left, flow.y, sheet.issuer, TEXT)
    flow.page.text(flow.right, flow.y, desk_frame.issue_text(frame), TEXT, "right")
    flow.y += 15
    Table(flow, _FORM, TEXT).draw(_intake())
    columns = (Column("", 1, "centre"),) * len(_STEPS)
    Table(flow, columns, TEXT).draw(
        [
            Row(tuple(_label(step) for step in _STEPS)),
            Row((Cell("　日　　时　　分", style=_NARROW),) * len(_STEPS), _STEP_LINE),
        ]
    )
    Table(flow, _FORM, TEXT).draw(_ending())
    flow.y += 4
    flow.text(f"合同时限：{sheet.limits}", SMALL)


def _intake() -> list[Row]:
    return [
        row(_label("接听时刻"), Cell(_MOMENT, 3), _label("故障编号"), Cell("恢复后补", style=SMALL),
            min_height=_LINE),
        row(_label("站点"), Cell("", 3), _label("区域"), "□ 市区内　□ 市区外", min_height=_LINE),
        row(_label("楼层机房"), "", _label("设备"), "", _label("硬件故障"), "□ 是　□ 否", min_height=_LINE),
        row(_label("报障人"), "", _label("报障单位"), "", _label("回拨电话"), "", min_height=_LINE),
        row(_label("来源"), Cell("□ 甲方　□ 用户单位　□ 巡检　□ 监控", 3), _label("紧急"),
            "□ 紧急　□ 一般", min_height=_LINE),
        row(_label("来电线路"), "", _label("答应回电"), "　　时　　分 前", _label("接线人"), "",
            min_height=_LINE),
        row(_label("故障现象"), Cell("", 5), min_height=_TALL),
    ]  # fmt: skip


def _ending() -> list[Row]:
    return [
        row(_label("工程师"), "", _label("处理程序"), Cell("□ 常规　□ 维修　□ 专报　□ 厂家免费维保", 3),
            min_height=_LINE),
        row(_label("原因及处理"), Cell("", 5), min_height=_TALL - 8),
    ]  # fmt: skip


def _label(text: str) -> Cell:
    return Cell(text, label=True)
