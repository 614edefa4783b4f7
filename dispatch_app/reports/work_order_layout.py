"""Sets the 派工单: the counterfoil above, the engineer's copy below, on one A4 sheet where they fit."""

from __future__ import annotations

from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.moments import doubt, moment_text
from dispatch_app.reports.paper import A4, GREY, MM, WHITE, Paper, Style
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.qr import draw_qr
from dispatch_app.reports.tables import Cell, Column, Flow, Row, Table, row
from dispatch_app.reports.work_order import LABELS, DueClock, WorkOrderSheet

_TITLE = Style(Role.TITLE, 18)
_EMERGENCY = Style(Role.SANS, 14, WHITE)
_TEXT = Style(Role.SANS, 9.5)
_SMALL = Style(Role.SANS, 8)
_FOOT = Style(Role.SANS, 8, GREY)
_MARGIN_X = 15 * MM
_TOP = 10 * MM
_BOTTOM = 283 * MM
_FOOT_TOP = 286 * MM
_QR_SIDE = 17 * MM
_HEAD_HEIGHT = 22 * MM
_CUT = 8 * MM
_ROW_HEIGHT = 19.0
_HANDWRITING = 23.0
_LABEL_HEIGHT = 17.0
_LEAST_NOTES = 20 * MM
_CLOCKS_A_ROW = 4

_FORM = tuple(Column("", width) for width in (64, 106, 64, 106, 64, 106))


def lay_out(sheet: WorkOrderSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4, f"派工单{sheet.number}", sheet.issuer, fonts)
    flow = Flow(paper, _MARGIN_X, _TOP, paper.width_pt - _MARGIN_X, _BOTTOM)
    _counterfoil(flow, sheet)
    if len(paper.pages) == 1 and flow.y + _CUT + _field_copy_height(sheet, fonts) <= _BOTTOM:
        _cut_line(flow)
    else:
        flow.new_page()
    _field_copy(flow, sheet)
    _feet(paper, sheet)
    return paper.pdf()


def _counterfoil(flow: Flow, sheet: WorkOrderSheet) -> None:
    """存根, kept at the desk."""
    _head(flow, sheet, "存根")
    _facts(flow, sheet)
    _clocks(flow, sheet.clocks, sheet.doubtful)
    Table(flow, _FORM, _TEXT).draw(
        [row(_label("工程师签领"), "", _label("领单时间"), "", _label("备注"), "", min_height=_HANDWRITING)]
    )


def _field_copy(flow: Flow, sheet: WorkOrderSheet) -> None:
    """现场, taken along, filled in by hand and brought back."""
    _head(flow, sheet, "现场")
    _facts(flow, sheet)
    _clocks(flow, sheet.clocks, sheet.doubtful)
    _by_hand(flow, flow.bottom - flow.y)


def _field_copy_height(sheet: WorkOrderSheet, fonts: FontSet) -> float:
    """What the engineer's copy needs at least, measured by setting it on a sheet that is thrown away."""
    paper = Paper(A4, "", "", fonts)
    flow = Flow(paper, _MARGIN_X, 0, paper.width_pt - _MARGIN_X, float("inf"))
    _head(flow, sheet, "现场")
    _facts(flow, sheet)
    _clocks(flow, sheet.clocks, sheet.doubtful)
    _by_hand(flow, 0)
    return flow.y


def _head(flow: Flow, sheet: WorkOrderSheet, part: str) -> None:
    page, top = flow.page, flow.y
    page.text(flow.left + flow.width / 2, top + 4, f"派工单（{part}）", _TITLE, "centre")
    if sheet.emergency:
        page.fill(flow.left, top + 2, 48, 22, (0.8, 0.0, 0.0))
        page.text(flow.left + 24, top + 6, "紧急", _EMERGENCY, "centre")
    page.text(flow.left, top + 31, f"单号：{sheet.number}", _TEXT)
    copy = f"第{sheet.copy_number}份" + ("（补打）" if sheet.reprint else "")
    page.text(flow.left, top + 46, f"出单：{moment_text(sheet.issued_at)}　{copy}", _TEXT)
    page.text(flow.left + flow.width / 2, top + 31, sheet.issuer, _TEXT, "centre")
    draw_qr(page, flow.right - _QR_SIDE, top, _QR_SIDE, sheet.fault_no)
    flow.y += _HEAD_HEIGHT


def _facts(flow: Flow, sheet: WorkOrderSheet) -> None:
    rows = [
        row(
            _label("故障编号"), sheet.fault_no, _label("接报时间"), _reported(sheet),
            _label("区域"), sheet.zone,
        ),
        row(_label("站点"), Cell(sheet.site, 3), _label("楼层机房"), sheet.room),
        row(
            _label("报障单位"), sheet.unit, _label("报障人"), sheet.caller,
            _label("回拨电话"), sheet.callback,
        ),
        row(_label("故障现象"), Cell(_symptom(sheet), 5), min_height=2 * _ROW_HEIGHT),
        row(
            _label("工程师"), sheet.engineer, _label("电话"), sheet.engineer_phone,
            _label("派单"), _assigned(sheet),
        ),
    ]  # fmt: skip
    Table(flow, _FORM, _TEXT).draw([Row(each.cells, max(each.min_height, _ROW_HEIGHT)) for each in rows])


def _reported(sheet: WorkOrderSheet) -> str:
    entered = f"\n{moment_text(sheet.entered_at)} 补记" if sheet.entered_at else ""
    return f"{moment_text(sheet.reported_at)}{doubt(sheet.reported_at, sheet.doubtful, ' ')}{entered}"


def _assigned(sheet: WorkOrderSheet) -> str:
    at = f"{moment_text(sheet.assigned_at)}{doubt(sheet.assigned_at, sheet.doubtful, ' ')}"
    return f"{at}\n{sheet.dispatcher}".strip()


def _symptom(sheet: WorkOrderSheet) -> str:
    return f"设备：{sheet.device}\n{sheet.symptom}" if sheet.device else sheet.symptom


def _clocks(flow: Flow, clocks: tuple[DueClock, ...], doubtful: tuple[int, ...]) -> None:
    """The clocks side by side, name over due time, in as few rows as are needed, all equally wide."""
    rows_needed = -(-len(clocks) // _CLOCKS_A_ROW)
    per_row = -(-len(clocks) // rows_needed)
    rows = []
    for start in range(0, len(clocks), per_row):
        part = clocks[start : start + per_row]
        missing = per_row - len(part)
        rows.append(
            Row(
                tuple(Cell(f"{clock.name}　{clock.clause}", label=True) for clock in part)
                + (_label(""),) * missing
            )
        )
        rows.append(Row(tuple(Cell(_due(clock, doubtful)) for clock in part) + (Cell(""),) * missing))
    Table(flow, (Column("", 1, "centre"),) * per_row, _TEXT).draw(rows)


def _due(clock: DueClock, doubtful: tuple[int, ...]) -> str:
    if clock.due_at is None:
        return clock.note or "确认后起算"
    due = f"{moment_text(clock.due_at)} 前{doubt(clock.due_at, doubtful, ' ')}"
    return f"{due}\n{clock.note}" if clock.note else due


def _by_hand(flow: Flow, room: float) -> None:
    """What the engineer fills in; the notes take what is left of `room` points."""
    times = [
        Row(
            tuple(_label(name) for name in ("响应", "出发", "到场", "现场确认", "开修", "解决")),
            _LABEL_HEIGHT,
        ),
        Row((Cell("　　日　　时　　分", style=_SMALL),) * 6, _HANDWRITING),
    ]
    choices = "□ 常规　　□ 维修　　□ 专报　　□ 厂家免费维保"
    before = [
        row(_label("处理程序"), Cell(choices, 5), min_height=_HANDWRITING),
        row(_label("设备型号"), "", _label("序列号"), "", _label("预估价格"), Cell("元", align="right")),
    ]
    after = [
        row(_label("更换配件"), Cell("", 5)),
        row(_label("用户签字"), Cell("", 2), _label("工程师签字"), Cell("", 2)),
    ]
    fixed = _LABEL_HEIGHT + _HANDWRITING * (1 + len(before) + len(after))
    notes = row(_label("原因及处理"), Cell("", 5), min_height=max(room - fixed, _LEAST_NOTES))
    Table(flow, (Column("", 1, "centre"),) * 6, _TEXT).draw(times)
    Table(flow, _FORM, _TEXT).draw(
        [Row(each.cells, max(each.min_height, _HANDWRITING)) for each in (*before, notes, *after)]
    )


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def _cut_line(flow: Flow) -> None:
    y = flow.y + _CUT / 2
    flow.page.rule((flow.left, y), (flow.right, y), 0.6, GREY, (4, 3))
    flow.y += _CUT


def _feet(paper: Paper, sheet: WorkOrderSheet) -> None:
    pages = paper.pages
    for number, page in enumerate(pages, 1):
        if sheet.service_lines:
            page.text(_MARGIN_X, _FOOT_TOP, f"服务电话：{sheet.service_lines}", _FOOT)
        page.text(paper.width_pt - _MARGIN_X, _FOOT_TOP, f"第{number}页 共{len(pages)}页", _FOOT, "right")


def _fields(sheet: WorkOrderSheet) -> list[Field]:
    fields = [Field(name, label, getattr(sheet, name)) for name, label in LABELS.items() if name != "clocks"]
    return fields + [
        Field("clocks", LABELS["clocks"], clock.name + clock.clause + clock.note) for clock in sheet.clocks
    ]
