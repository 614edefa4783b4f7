"""The three papers of the print test: made up, complete, and of a length that turns the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dispatch_app.contract.calendar_beijing import start_of
from dispatch_app.contract.money import price_in_words
from dispatch_app.reports.special_report import SpecialReportSheet, render_special_report
from dispatch_app.reports.tally_sheet import Counter, StandardLine, TallyLine, TallySheet, render_tally
from dispatch_app.reports.work_order import DueClock, WorkOrderSheet, render_work_order
from dispatch_app.ui.printing.spooler import Job

_DAY = date(2024, 11, 22)
_NOON = start_of(_DAY) + 12 * 3600
_CLIENT = "安宁市工业和科学技术信息化局"
_CONTRACTOR = "安宁网盛信息技术有限公司"
_LINE = "0871-68686833"
_SUM = Decimal("2000.00")
_ROWS = 40


def sample_jobs() -> tuple[Job, ...]:
    """A 专报, a 派工单 and a 违约结算表 of 40 rows, rendered as every other paper is."""
    return (
        Job("", "打印试验一", "special-report", _special_report()),
        Job("", "打印试验二", "work-order", _work_order()),
        Job("", "打印试验三", "tally", _tally()),
    )


def _special_report() -> bytes:
    estimate = Decimal("12800.00")
    sheet = SpecialReportSheet(
        number="〔2024〕0号",
        issuer=_CONTRACTOR,
        letterhead=f"{_CONTRACTOR}文件",
        signer="朱红成",
        addressee=_CLIENT,
        title="关于禄脿街道办事处节点核心交换机故障的专报（打印试验）",
        fault_no="T-0001",
        site="禄脿街道办事处节点",
        reported_at=_NOON - 7200,
        confirmed_at=_NOON - 3600,
        device="核心交换机",
        model="打印试验用型号",
        parameters="二十四个千兆电口，四个万兆光口，双电源。",
        cause="这是一份打印试验的样张。市电波动后电源模块烧毁，设备无法加电。" * 4,
        advice="更换同型号设备。",
        estimate=estimate,
        estimate_in_words=price_in_words(estimate),
        contact=f"朱红成 {_LINE}",
        dated=_DAY,
        issued_at=_NOON,
    )
    return render_special_report(sheet)


def _work_order() -> bytes:
    clocks = tuple(
        DueClock(name=name, clause=clause, due_at=_NOON + seconds)
        for name, clause, seconds in (
            ("响应（20 分钟）", "二.3", 1200),
            ("到场（2 小时）", "二.3", 7200),
            ("派人（5 小时）", "九.2", 18000),
            ("两天（48 小时）", "九.2", 172800),
        )
    )
    sheet = WorkOrderSheet(
        number="T-0001-1",
        issuer=_CONTRACTOR,
        fault_no="T-0001",
        site="禄脿街道办事处节点",
        zone="市区外",
        room="二楼机房",
        device="核心交换机",
        reported_at=_NOON,
        caller="值班员",
        unit="禄脿街道办事处",
        callback=_LINE,
        symptom="这是一份打印试验的样张：专网中断，交换机指示灯不亮。",
        emergency=True,
        engineer="张懿明",
        engineer_phone=_LINE,
        assigned_at=_NOON + 60,
        dispatcher="李鸿兰",
        clocks=clocks,
        service_lines=_LINE,
        issued_at=_NOON + 60,
    )
    return render_work_order(sheet)


def _tally() -> bytes:
    lines = tuple(
        TallyLine(
            fault_no=f"T-{number:04d}",
            site="禄脿街道办事处节点",
            clause="九.2",
            cycle=1,
            amount=_SUM,
            started_at=_NOON + number * 3600,
            due_at=_NOON + number * 3600 + 18000,
            actual_at=_NOON + number * 3600 + 18000 + number,
            overrun_s=number,
        )
        for number in range(1, _ROWS + 1)
    )
    total, price = _SUM * _ROWS, Decimal("160000.00")
    sheet = TallySheet(
        number="结算〔2024〕0号",
        client=_CLIENT,
        contractor=_CONTRACTOR,
        period_start=start_of(date(2024, 11, 1)),
        period_end=start_of(date(2024, 12, 1)),
        as_of=_NOON,
        lines=lines,
        counters=(Counter(clause="九.2", name="逾期未派人", count=_ROWS),),
        standards=(StandardLine(name="派人 5h", clause="九.2", met=0, breached=_ROWS),),
        price=price,
        paid=Decimal("0.00"),
        penalties=total,
        third_party_total=Decimal("0.00"),
        counted_to_date=total,
        claims=Decimal("0.00"),
        adjustments_total=Decimal("0.00"),
        total=total,
        payable=price - total,
        owed=Decimal("0.00"),
        total_in_words=price_in_words(total),
        payable_in_words=price_in_words(price - total),
        basis="打印试验的样张，数字是编的",
        issued_at=_NOON,
    )
    return render_tally(sheet)
