"""Sets the 在办故障清单, A4 across: what is known on the left, boxes for the pen on the right."""

from __future__ import annotations

from dataclasses import replace

from dispatch_app.reports import desk_frame
from dispatch_app.reports.desk_frame import SMALL, Frame
from dispatch_app.reports.fonts import FontSet
from dispatch_app.reports.moments import clock_text, moment_text
from dispatch_app.reports.open_faults import LABELS, STEPS, OpenFaultsSheet, PaperFault
from dispatch_app.reports.paper import A4_LANDSCAPE, Paper
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.tables import Column, Flow, Row, Table, row

_ROW_HEIGHT = 50.0
_SPARE_HEIGHT = 34.0
_LEAST_SPARE = 2
_HEADING_HEIGHT = 20.0
_COLUMNS = (
    Column("故障", 64),
    Column("站点、现象", 148),
    Column("报障人、回拨", 88),
    Column("工程师、电话", 88),
    Column("合同时限（到期时刻）", 112),
    *(Column(step, 38, "centre") for step in STEPS),
    Column("备注", 52),
)
_TYPED = ("number", "site", "symptom", "room", "device", "caller", "unit", "callback", "engineers")


def lay_out(sheet: OpenFaultsSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4_LANDSCAPE, f"在办故障清单{sheet.number}", sheet.issuer, fonts)
    frame = Frame(
        "在办故障清单", sheet.number, sheet.issuer, sheet.issued_at, sheet.copy_number, sheet.reprint
    )
    flow = desk_frame.begin(paper, frame)
    counted = f"在办 {len(sheet.faults)} 件" if sheet.faults else "没有在办故障"
    flow.text(f"{counted}　值班员：{sheet.operator}　合同时限：{sheet.limits}", SMALL)
    flow.y += 4
    if sheet.faults:
        Table(flow, _COLUMNS, SMALL).draw([_row(one) for one in sheet.faults])
    _spare_lines(flow, under_faults=bool(sheet.faults))
    desk_frame.feet(
        paper, sheet.number, f"服务电话：{sheet.service_lines}　手写的时刻请在恢复后按「发生时刻」补录"
    )
    return paper.pdf()


def _spare_lines(flow: Flow, *, under_faults: bool) -> None:
    """Lines left empty down to the foot of the page, for what comes in while the power is off."""
    if under_faults and flow.y + _LEAST_SPARE * _SPARE_HEIGHT > flow.bottom:
        flow.new_page()
        under_faults = False
    columns = tuple(replace(column, heading="") for column in _COLUMNS) if under_faults else _COLUMNS
    room = flow.bottom - flow.y - (0 if under_faults else _HEADING_HEIGHT)
    lines = row(*("",) * len(_COLUMNS), min_height=_SPARE_HEIGHT)
    Table(flow, columns, SMALL).draw([lines] * int(room / _SPARE_HEIGHT))


def _row(one: PaperFault) -> Row:
    head = f"{one.number}\n{moment_text(one.reported_at)}\n{'紧急　' if one.emergency else ''}{one.stage}"
    place = f"{one.site}（{one.zone}）" + (f" {one.room}" if one.room else "")
    what = f"{one.device}：{one.symptom}" if one.device else one.symptom
    dues = "\n".join(
        f"{due.name} {moment_text(due.due_at)[5:]}{' 已超' if due.breached else ''}" for due in one.dues
    )
    return row(
        head,
        f"{place}\n{what}",
        "\n".join(part for part in (one.caller, one.unit, one.callback) if part),
        one.engineers or "未派人",
        dues or "无在走的时限",
        *("" if at is None else f"{moment_text(at)[5:10]}\n{clock_text(at)[:5]}" for at in one.steps),
        "",
        min_height=_ROW_HEIGHT,
    )


def _fields(sheet: OpenFaultsSheet) -> list[Field]:
    named = [Field(name, label, getattr(sheet, name)) for name, label in LABELS.items()]
    typed = "".join(getattr(one, name) for one in sheet.faults for name in _TYPED)
    return [*named, Field("faults", "在办故障", typed)]
