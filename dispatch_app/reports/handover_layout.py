"""Sets the 交接班表: who hands over to whom, what is open, what is owed, who is there, two signatures."""

from __future__ import annotations

from dataclasses import fields

from dispatch_app.reports import desk_frame
from dispatch_app.reports.desk_frame import Frame
from dispatch_app.reports.fonts import FontSet
from dispatch_app.reports.handover import LABELS, HandoverSheet, OpenLine
from dispatch_app.reports.moments import DOUBTFUL, moment_text
from dispatch_app.reports.paper import A4, Paper
from dispatch_app.reports.printable import Field, refuse_unprintable
from dispatch_app.reports.tables import Cell, Column, Flow, Table, row

_SIGNATURE_HEIGHT = 34.0
_SIGNATURE_GAP = 12.0

_FAULTS = (
    Column("故障", 60),
    Column("站点", 96),
    Column("现象", 118),
    Column("进度", 46, "centre"),
    Column("人员", 78),
    Column("下一时限", 112),
)
_PROMISES = (
    Column("应于", 66),
    Column("回电给", 70),
    Column("电话", 86),
    Column("何事", 176),
    Column("答应于", 66),
)
_ALARMS = (Column("事项", 110), Column("时限", 110), Column("提醒", 80, "centre"), Column("到期", 110))
_CALLS = (
    Column("来电", 66),
    Column("报障人", 80),
    Column("回拨", 86),
    Column("内容", 150),
    Column("结果", 100),
)
_STAFF = (
    Column("姓名", 56),
    Column("岗位", 90),
    Column("状态", 50, "centre"),
    Column("在办", 190),
    Column("电话", 90),
)
_DUTIES = (Column("事项", 150), Column("站点或服务项目", 170), Column("状态", 110), Column("负责人", 70))
_LISTS = (
    ("faults", "在办故障"),
    ("promises", "回电承诺"),
    ("alarms", "提醒"),
    ("calls", "来电"),
    ("duties", "巡检与备份"),
    ("staff", "人员"),
)


def lay_out(sheet: HandoverSheet, fonts: FontSet | None) -> bytes:
    """The PDF of `sheet`, whose mandatory fields have been checked."""
    fonts = fonts or FontSet()
    refuse_unprintable(_fields(sheet), fonts)
    paper = Paper(A4, f"交接班表{sheet.number}", sheet.issuer, fonts)
    flow = desk_frame.begin(
        paper,
        Frame("交接班表", sheet.number, sheet.issuer, sheet.issued_at, sheet.copy_number, sheet.reprint),
    )
    since = "未记录" if sheet.since is None else moment_text(sheet.since)
    period = f"{since} 起\n{moment_text(sheet.issued_at)} 止"
    desk_frame.facts(flow, (("交班人", sheet.outgoing), ("值班时段", period), ("接班人", sheet.incoming)))
    _lists(flow, sheet)
    if sheet.note:
        flow.y += _SIGNATURE_GAP
        Table(flow, (Column("交班留言", 1),), desk_frame.TEXT).draw([row(sheet.note)])
    _signatures(flow)
    desk_frame.feet(paper, sheet.number, "交班、接班双方核对无误后签字")
    return paper.pdf()


def _lists(flow: Flow, sheet: HandoverSheet) -> None:
    desk_frame.section(
        flow,
        "在办故障",
        _FAULTS,
        [
            row(
                f"{one.number}\n紧急" if one.emergency else one.number,
                one.site,
                one.symptom,
                one.stage,
                one.engineers or "未派人",
                "无"
                if one.due_at is None
                else f"{one.clock}\n{_short(one.due_at)} 前{_doubt(one)}\n{one.figure}",
            )
            for one in sheet.faults
        ],
    )
    desk_frame.section(
        flow,
        "未兑现的回电承诺",
        _PROMISES,
        [
            row(
                _short(one.due_at),
                one.caller,
                one.callback,
                f"{one.fault_no} {one.about}".strip(),
                _short(one.promised_at),
            )
            for one in sheet.promises
        ],
    )
    desk_frame.section(
        flow,
        "未应答的提醒",
        _ALARMS,
        [
            row(one.subject, one.clock, one.threshold, _short(one.due_at, one.doubtful))
            for one in sheet.alarms
        ],
    )
    desk_frame.section(
        flow,
        f"{moment_text(sheet.calls_since)} 以来的来电",
        _CALLS,
        [
            row(_short(one.at, one.doubtful), one.caller, one.callback, one.about, one.outcome)
            for one in sheet.calls
        ],
    )
    desk_frame.section(
        flow,
        "到期的巡检与备份",
        _DUTIES,
        [row(one.what, one.place, one.standing, one.who) for one in sheet.duties],
    )
    desk_frame.section(
        flow,
        "人员",
        _STAFF,
        [row(one.name, one.role, one.state, one.in_hand, one.phone) for one in sheet.staff],
    )


def _signatures(flow: Flow) -> None:
    """Two lines to sign on, never parted from each other."""
    flow.y += _SIGNATURE_GAP
    flow.need(2 * _SIGNATURE_HEIGHT)
    when = Cell("年　　月　　日　　时　　分", align="right")
    columns = (Column("", 60), Column("", 190), Column("", 60), Column("", 200))
    rows = [
        row(_label(f"{who}签字"), "", _label("时间"), when, min_height=_SIGNATURE_HEIGHT)
        for who in ("交班", "接班")
    ]
    Table(flow, columns, desk_frame.TEXT).draw(rows)


def _short(at: int, doubtful: bool = False) -> str:
    """`11-22 14:05`: the year stands in the head of the sheet. A moment in doubt says so."""
    return moment_text(at)[5:] + (f" {DOUBTFUL}" if doubtful else "")


def _doubt(line: OpenLine) -> str:
    return f" {DOUBTFUL}" if line.doubtful else ""


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def _fields(sheet: HandoverSheet) -> list[Field]:
    named = [Field(name, label, getattr(sheet, name)) for name, label in LABELS.items()]
    named.append(Field("incoming", "接班人", sheet.incoming))
    return named + [
        Field(name, label, _texts(line)) for name, label in _LISTS for line in getattr(sheet, name)
    ]


def _texts(line: object) -> str:
    values = (getattr(line, field.name) for field in fields(line))  # type: ignore[arg-type]  # a sheet's line
    return "".join(value for value in values if isinstance(value, str))
