"""派工单: the order an engineer takes along, and its counterfoil, both on one A4 sheet.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class DueClock:
    """One contract clock as the order prints it.

    Attributes:
        name: In Chinese, such as 到达现场.
        clause: Its clause, such as 二.3.
        due_at: When it runs out, epoch seconds UTC; None when it has not started.
        note: What it starts from or that it has been met, a few words; may be empty.
    """

    name: str
    clause: str
    due_at: int | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderSheet:
    """Everything a printed 派工单 says. Times are epoch seconds, UTC.

    Attributes:
        number: 派工单号.
        issuer: Who sends: the contractor's name.
        fault_no: Number of the fault; also in the QR code.
        site: Name of the site.
        zone: 区域 in Chinese, 市区内 or 市区外.
        room: 楼层机房; may be empty.
        device: What is said to be broken; may be empty.
        reported_at: When the call was answered.
        caller: 报障人.
        unit: 报障单位.
        callback: 回拨电话.
        symptom: 故障现象.
        emergency: 紧急.
        engineer: Name of the engineer sent.
        engineer_phone: 工程师电话 (a service line where no other is known).
        assigned_at: When the engineer was named.
        dispatcher: Who sent.
        clocks: The contract clocks with what they are due.
        service_lines: 服务电话, one line at the foot.
        issued_at: When the order was printed first.
        copy_number: 1 for the first printing.
        reprint: Printed again after the issue: says 补打.
        doubtful: Moments among these that are 待核: written down under a clock nobody had verified.
        entered_at: When the call was written down, where that was later than it was answered; else 0.
    """

    number: str
    issuer: str
    fault_no: str
    site: str
    zone: str
    reported_at: int
    caller: str
    unit: str
    callback: str
    symptom: str
    emergency: bool
    engineer: str
    engineer_phone: str
    assigned_at: int
    clocks: tuple[DueClock, ...]
    issued_at: int
    room: str = ""
    device: str = ""
    dispatcher: str = ""
    service_lines: str = ""
    copy_number: int = 1
    reprint: bool = False
    entered_at: int = 0
    doubtful: tuple[int, ...] = ()


LABELS = {
    "number": "派工单号",
    "issuer": "派工单位",
    "fault_no": "故障编号",
    "site": "站点",
    "zone": "区域",
    "room": "楼层机房",
    "device": "设备",
    "caller": "报障人",
    "unit": "报障单位",
    "callback": "回拨电话",
    "symptom": "故障现象",
    "engineer": "工程师",
    "engineer_phone": "工程师电话",
    "clocks": "合同时限",
    "dispatcher": "派单人",
    "service_lines": "服务电话",
}
_MANDATORY = ("number", "issuer", "fault_no", "site", "zone", "symptom", "engineer", "clocks")


def render_work_order(sheet: WorkOrderSheet, fonts: FontSet | None = None) -> bytes:
    """The 派工单 as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, {name: LABELS[name] for name in _MANDATORY}, "派工单")
    from dispatch_app.reports.work_order_layout import lay_out

    return lay_out(sheet, fonts)
