"""Sheets as the desk would fill them in; each test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dispatch_app.reports.special_report import SpecialReportSheet
from dispatch_app.reports.tally_sheet import (
    AdjustmentLine,
    Counter,
    StandardLine,
    TallyLine,
    TallySheet,
    TerminationRight,
    ThirdPartyLine,
)
from dispatch_app.reports.work_order import DueClock, WorkOrderSheet

# 2026-03-05 08:40:00 in Beijing.
MORNING = 1_772_671_200
MINUTE, HOUR = 60, 3600
FINE = Decimal("2000.00")

_SPECIAL_REPORT = SpecialReportSheet(
    number="〔2026〕12号",
    issuer="安宁网盛信息技术有限公司",
    letterhead="安宁网盛信息技术有限公司文件",
    signer="朱红成",
    addressee="安宁市工业和科学技术信息化局",
    title="关于禄脿街道办事处电子政务网络机房汇聚交换机故障的专报",
    fault_no="A-2026-0312",
    site="禄脿街道办事处电子政务网络机房",
    reported_at=MORNING,
    confirmed_at=MORNING + 75 * MINUTE,
    device="汇聚交换机",
    model="H3C S5130S-28P-EI",
    serial="219801A1NQ9187Q00123",
    parameters="24个10/100/1000BASE-T电口，4个SFP光口，交换容量336Gbps",
    cause="主板电源管理芯片烧毁，加电后指示灯不亮；更换电源线后仍不能启动。",
    advice="建议更换同档次汇聚交换机1台。",
    estimate=Decimal("12800.00"),
    estimate_in_words="壹万贰仟捌佰元整",
    attachments=("故障设备现场照片", "设备报价单"),
    contact="李鸿兰，电话：0871-68686833",
    dated=date(2026, 3, 5),
    issued_at=MORNING + 150 * MINUTE,
)

_WORK_ORDER = WorkOrderSheet(
    number="派〔2026〕312号",
    issuer="安宁网盛信息技术有限公司",
    fault_no="A-2026-0312",
    site="禄脿街道办事处电子政务网络机房",
    zone="市区外",
    room="三楼机房",
    device="汇聚交换机",
    reported_at=MORNING,
    caller="王主任",
    unit="禄脿街道办事处",
    callback="0871-68686833",
    symptom="机房汇聚交换机指示灯全灭，政务外网中断。",
    emergency=True,
    engineer="张懿明",
    engineer_phone="18787077889",
    assigned_at=MORNING + 4 * MINUTE,
    dispatcher="李鸿兰",
    clocks=(
        DueClock(name="响应", clause="二.3", due_at=MORNING + 20 * MINUTE),
        DueClock(name="到达现场", clause="二.3", due_at=MORNING + 2 * HOUR),
        DueClock(name="派人", clause="九.2", due_at=MORNING + 5 * HOUR),
        DueClock(name="当天解决", clause="二.4", due_at=MORNING + 55_200),
        DueClock(name="开展维修", clause="二.4", due_at=None),
        DueClock(name="专报", clause="二.4", due_at=None),
    ),
    service_lines="0871-68686833　68699125　68681675",
    issued_at=MORNING + 5 * MINUTE,
)


def special_report(**changes: Any) -> SpecialReportSheet:
    return replace(_SPECIAL_REPORT, **changes)


def work_order(**changes: Any) -> WorkOrderSheet:
    return replace(_WORK_ORDER, **changes)


def tally_line(number: int, **changes: Any) -> TallyLine:
    """Nobody sent within five hours, but half an hour and nine seconds later."""
    start = MORNING + number * 7 * HOUR
    line = TallyLine(
        fault_no=f"A-2026-{number:04d}",
        site="八街街道办事处机房",
        clause="九.2",
        cycle=1,
        amount=FINE,
        started_at=start,
        due_at=start + 5 * HOUR,
        actual_at=start + 5 * HOUR + 1809,
        overrun_s=1809,
    )
    return replace(line, **changes)


def third_party(**changes: Any) -> ThirdPartyLine:
    line = ThirdPartyLine(
        fault_no="A-2026-0007",
        site="宁湖大厦一楼机房",
        cycle=1,
        cause="逾期",
        labour=Decimal("450.00"),
        parts="光模块 300.00×2",
        parts_amount=Decimal("600.00"),
        amount=Decimal("1050.00"),
        flag_300=True,
    )
    return replace(line, **changes)


ADJUSTMENT = AdjustmentLine(
    former_number="结〔2026〕1号",
    fault_no="A-2026-0033",
    clause="九.2",
    reason="出发时间更正为10:42，未超时",
    amount=Decimal("-2000.00"),
)
SIXTH = TerminationRight(clause="九.2", reason="累计超过五次", at=MORNING + 30 * HOUR)


def tally(
    lines: tuple[TallyLine, ...] = (),
    third_parties: tuple[ThirdPartyLine, ...] = (),
    adjustments: tuple[AdjustmentLine, ...] = (),
    **changes: Any,
) -> TallySheet:
    """A tally of February 2026 whose sums fit its lines."""
    penalties = sum((line.amount for line in lines if not line.waiver), Decimal("0.00"))
    third = sum((line.amount for line in third_parties if not line.waiver), Decimal("0.00"))
    adjusted = sum((line.amount for line in adjustments), Decimal("0.00"))
    total = penalties + third + adjusted
    price = Decimal("160000.00")
    sheet = TallySheet(
        number="结〔2026〕2号",
        client="安宁市工业和科学技术信息化局",
        contractor="安宁网盛信息技术有限公司",
        period_start=1_769_875_200,
        period_end=1_772_294_400,
        as_of=1_772_294_400,
        lines=lines,
        counters=(
            Counter(clause="九.1", name="紧急故障时联系不上服务人员", count=0),
            Counter(clause="九.2", name="超过五小时未派人处理", count=len(lines)),
        ),
        standards=(
            StandardLine(name="响应（20分钟）", clause="二.3", met=39, breached=1),
            StandardLine(name="专报（2小时）", clause="二.4", met=0, breached=0, not_started=40),
        ),
        price=price,
        paid=Decimal("0.00"),
        penalties=penalties,
        third_party_total=third,
        claims=Decimal("0.00"),
        adjustments_total=adjusted,
        total=total,
        counted_to_date=total,
        payable=price - total,
        owed=Decimal("0.00"),
        total_in_words="贰仟元整",
        payable_in_words="壹拾伍万捌仟元整",
        issued_at=1_772_300_000,
        third_party=third_parties,
        adjustments=adjustments,
    )
    return replace(sheet, **changes)
