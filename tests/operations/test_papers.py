"""专报, 派工单 and 违约结算表: number, time and bytes are fixed together; a reprint says what it is."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256

import pytest

from dispatch_app.contract.calendar_beijing import DAY, month_bounds
from dispatch_app.contract.clocks import ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.models import IssuedDocument, SpecialReport
from dispatch_app.operations.contract_ledger import WaiveBreach
from dispatch_app.operations.documents import IssueTally, IssueWorkOrder, RecordPrint
from dispatch_app.operations.faults import RecordThirdParty, RegisterFault, UndoFacts
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.sample_papers import sample_papers
from dispatch_app.operations.sample_registers import sample_entries
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.operations.sheet_json import sheet_from_json, sheet_to_json
from dispatch_app.operations.shift import HandOver
from dispatch_app.operations.special_reports import (
    DraftSpecialReport,
    EditSpecialReport,
    RecordInstruction,
    SubmitSpecialReport,
)
from dispatch_app.reports.special_report import SpecialReportSheet
from dispatch_app.reports.tally_sheet import TallySheet
from dispatch_app.reports.work_order import WorkOrderSheet
from tests.operations.scene import RESOURCES, Scene

NOVEMBER = month_bounds(2024, 11)


def sheet_of(scene: Scene, document_id: str, kind: type) -> object:
    with scene.database.reader() as session:
        kept = session.get_one(IssuedDocument, document_id).sheet
    return sheet_from_json(kind, json.dumps(json.loads(kept)["sheet"]))


@pytest.fixture
def fault(scene: Scene) -> str:
    """A switch burnt out at 八街, confirmed for the special-report procedure at 09:00."""
    found = scene.register("bajie", "专网不通", device="接入交换机", hardware=True, caller="段主任")
    scene.send(found, "liuping")
    scene.at("09:00").confirm(found, Procedure.SPECIAL_REPORT)
    return found


def draft(scene: Scene, fault: str) -> str:
    return scene.do(DraftSpecialReport(fault)).created


def write(scene: Scene, report: str, **other: str) -> None:
    says = {
        "device": "接入交换机",
        "model": "S5720",
        "serial": "",
        "parameters": "24 口",
        "estimate": "4860",
        "cause": "雷击烧毁。",
        "advice": "更换。",
        "signer": "朱红成",
    } | other
    scene.do(EditSpecialReport(report, scene.queries.special_report(report).version, **says))


def submit(scene: Scene, report: str) -> str:
    return scene.do(SubmitSpecialReport(report, scene.queries.special_report(report).version)).created


def test_a_report_begins_with_what_the_fault_tells_and_is_begun_once(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    row = scene.queries.special_report(report)
    assert (row.fault_number, row.device, row.status) == ("A-0001", "接入交换机", "draft")
    assert row.signer == "朱红成"
    assert (row.confirmed_at, row.due_at) == (scene.time("09:00"), scene.time("11:00"))
    assert row.clock is not None
    assert row.clock.state is ClockState.RUNNING
    assert draft(scene, fault) == report
    assert scene.queries.fault_detail(fault).special_report_id == report


def test_a_fault_not_confirmed_for_it_has_no_report(scene: Scene) -> None:
    with pytest.raises(KnownError, match="专报程序"):
        draft(scene, scene.register())


def test_what_was_written_is_kept_and_the_same_again_is_nothing(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    write(scene, report)
    row = scene.queries.special_report(report)
    assert (row.estimate, row.parameters) == (Decimal("4860.00"), "24 口")
    write(scene, report)
    assert scene.queries.special_report(report).version == row.version
    write(scene, report, estimate="")
    assert scene.queries.special_report(report).estimate is None
    with pytest.raises(KnownError) as refused:
        write(scene, report, estimate="约五千")
    assert refused.value.field == "estimate"


def test_two_writers_do_not_overwrite_each_other(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    write(scene, report)
    with pytest.raises(KnownError, match="已被更新"):
        scene.do(EditSpecialReport(report, 1, "", "", "", "", "", "", "", ""))
    with pytest.raises(KnownError, match="没有这份专报"):
        scene.do(SubmitSpecialReport("none", 1))
    with pytest.raises(KnownError, match="没有这份专报"):
        scene.queries.special_report("none")


def test_submitting_fixes_number_time_and_bytes_and_stops_the_clock(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    write(scene, report)
    document = submit(scene.at("10:30"), report)
    row = scene.queries.special_report(report)
    assert (row.number, row.status, row.submitted_at) == ("〔2024〕1号", "submitted", scene.time("10:30"))
    assert row.clock is not None
    assert row.clock.state is ClockState.MET
    pdf = scene.queries.document_pdf(document)
    assert pdf.startswith(b"%PDF")
    listed = scene.queries.documents(DocumentKind.SPECIAL_REPORT)[0]
    assert (listed.number, listed.sha256, listed.copies) == ("〔2024〕1号", sha256(pdf).hexdigest(), 0)
    assert scene.queries.preview_special_report(report) == pdf
    entry = scene.queries.fault_detail(fault).timeline[-1]
    assert (entry.kind, entry.note) == (FactKind.SPECIAL_REPORT_SUBMITTED, "〔2024〕1号")
    sheet = sheet_of(scene, document, SpecialReportSheet)
    assert isinstance(sheet, SpecialReportSheet)
    assert sheet.estimate_in_words == "肆仟捌佰陆拾元整"
    assert sheet.title == "关于八街街道办事处节点接入交换机故障的专报"


def test_an_incomplete_report_is_refused_by_field_and_uses_no_number(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    write(scene, report, model="")
    with pytest.raises(KnownError, match="设备型号") as refused:
        submit(scene, report)
    assert refused.value.field == "model"
    assert scene.queries.special_report(report).status == "draft"
    assert scene.queries.documents() == ()
    assert scene.queries.fault_detail(fault).timeline[-1].kind is FactKind.CONFIRMED
    write(scene, report)
    submit(scene, report)
    assert scene.queries.special_report(report).number == "〔2024〕1号"


def test_numbers_count_by_the_year_in_beijing(scene: Scene) -> None:
    numbers = []
    for at in ("2024-12-31 23:59:59", "2025-01-01 00:00:00", "2025-01-01 08:00:00"):
        fault = scene.at(at).register(device="交换机", hardware=True)
        scene.confirm(fault, Procedure.SPECIAL_REPORT)
        report = draft(scene, fault)
        write(scene, report)
        submit(scene, report)
        numbers.append(scene.queries.special_report(report).number)
    assert numbers == ["〔2024〕1号", "〔2025〕1号", "〔2025〕2号"]


def test_a_submitted_report_is_neither_changed_nor_submitted_again(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    write(scene, report)
    submit(scene, report)
    with pytest.raises(KnownError, match="不能再改"):
        write(scene, report, model="别的")
    with pytest.raises(KnownError, match="已上报"):
        submit(scene, report)


def test_the_instruction_is_recorded_once_with_its_document(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    write(scene, report)
    with pytest.raises(KnownError, match="还没有上报"):
        scene.do(RecordInstruction(report, scene.queries.special_report(report).version, "同意", ""))
    submit(scene, report)
    version = scene.queries.special_report(report).version
    with pytest.raises(KnownError) as refused:
        scene.do(RecordInstruction(report, version, " ", "x"))
    assert refused.value.field == "instruction"
    scene.at("15:10").do(RecordInstruction(report, version, "同意更换", "安工信批〔2024〕31号"))
    row = scene.queries.special_report(report)
    assert (row.status, row.instruction, row.instructed_at) == ("instructed", "同意更换", scene.time("15:10"))
    assert scene.row(fault).next_move is FactKind.RESOLVED
    assert scene.queries.fault_detail(fault).timeline[-1].note == "同意更换 · 安工信批〔2024〕31号"


def test_times_of_a_report_typed_late_are_taken(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    write(scene, report)
    scene.at("12:00")
    version = scene.queries.special_report(report).version
    scene.do(SubmitSpecialReport(report, version, at=scene.time("10:50")))
    version = scene.queries.special_report(report).version
    scene.do(RecordInstruction(report, version, "同意", "函1号", at=scene.time("11:30")))
    row = scene.queries.special_report(report)
    assert (row.submitted_at, row.instructed_at) == (scene.time("10:50"), scene.time("11:30"))
    assert row.clock is not None
    assert row.clock.state is ClockState.MET


def test_drafts_stand_before_submitted_reports(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    write(scene, report)
    submit(scene, report)
    other = scene.register("caopu", hardware=True)
    scene.confirm(other, Procedure.SPECIAL_REPORT)
    begun = draft(scene, other)
    assert [row.id for row in scene.queries.special_reports()] == [begun, report]
    assert scene.queries.preview_special_report(begun).startswith(b"%PDF")


def test_a_reopened_fault_may_have_a_second_report(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    scene.finish(fault)
    scene.at("10:00").mark(fault, FactKind.REOPENED)
    scene.confirm(fault, Procedure.SPECIAL_REPORT)
    second = draft(scene.at("10:01"), fault)
    assert second != report
    assert scene.queries.special_report(second).due_at == scene.time("12:00")
    assert scene.queries.special_report(report).due_at == scene.time("11:00")


def test_a_report_whose_confirmation_was_taken_back_still_shows(scene: Scene, fault: str) -> None:
    report = draft(scene.at("09:05"), fault)
    with scene.database.reader() as session:
        started = session.get_one(SpecialReport, report).started_at
    confirmed = scene.queries.fault_detail(fault).timeline[-1].fact_id
    scene.do(UndoFacts(fault, (confirmed,)))
    row = scene.queries.special_report(report)
    assert (row.confirmed_at, row.due_at) == (started, None)


def test_a_work_order_is_numbered_once_for_each_engineer_and_cycle(scene: Scene, fault: str) -> None:
    assert scene.queries.preview_work_order(fault, "liuping").startswith(b"%PDF")
    first = scene.do(IssueWorkOrder(fault, "liuping"))
    assert first.message == "派工单 A-0001-1 已开"
    assert scene.do(IssueWorkOrder(fault, "liuping")).created == first.created
    scene.send(fault, "zhangyiming")
    assert scene.do(IssueWorkOrder(fault, "zhangyiming")).message == "派工单 A-0001-2 已开"
    sheet = sheet_of(scene, first.created, WorkOrderSheet)
    assert isinstance(sheet, WorkOrderSheet)
    assert (sheet.engineer, sheet.engineer_phone, sheet.zone) == ("刘平", "0871-68686833", "市区外")
    assert (sheet.assigned_at, sheet.dispatcher) == (scene.time("08:30"), "李鸿兰")
    assert [clock.name for clock in sheet.clocks][1] == "到场（2 小时）"
    scene.finish(fault)
    scene.at("10:00").mark(fault, FactKind.REOPENED)
    scene.send(fault, "liuping")
    assert scene.do(IssueWorkOrder(fault, "liuping")).message == "派工单 A-0001-3 已开"


def test_a_call_written_down_late_prints_with_both_moments(scene: Scene) -> None:
    at_once = scene.register()
    scene.at("09:10")
    late = scene.do(RegisterFault(scene.time("08:55"), "bajie", "断网")).created
    for fault, entered_at in ((at_once, 0), (late, scene.time("09:10"))):
        scene.send(fault, "liuping")
        sheet = sheet_of(scene, scene.do(IssueWorkOrder(fault, "liuping")).created, WorkOrderSheet)
        assert isinstance(sheet, WorkOrderSheet)
        assert sheet.entered_at == entered_at


def test_an_engineer_who_came_without_being_named_has_an_order_from_the_report_on(scene: Scene) -> None:
    fault = scene.register()
    scene.mark(fault, FactKind.ARRIVED, staff_id="liutao")
    sheet = sheet_of(scene, scene.do(IssueWorkOrder(fault, "liutao")).created, WorkOrderSheet)
    assert isinstance(sheet, WorkOrderSheet)
    assert sheet.assigned_at == scene.time("08:30")


@pytest.mark.parametrize(("who", "why"), [("liutao", "没有派给"), ("stranger", "没有这件故障")])
def test_nobody_gets_an_order_for_what_they_were_not_sent_to(
    scene: Scene, fault: str, who: str, why: str
) -> None:
    with pytest.raises(KnownError, match=why):
        scene.do(IssueWorkOrder(fault, who))
    assert scene.queries.documents() == ()


def test_a_tally_is_kept_as_it_stood_when_it_was_issued(scene: Scene) -> None:
    fault = scene.at("08:00").register("caopu", emergency=True)
    scene.at("13:30").mark(fault, FactKind.UNREACHABLE, note="无人接听")
    scene.do(RecordThirdParty(fault, "late", "150", (("尾纤", "80", 2), ("电源", "300", 1)), 2))
    scene.do(WaiveBreach(fault, "9.1", 1, "函9号"))
    changes = scene.do(IssueTally(*NOVEMBER))
    sheet = sheet_of(scene, changes.created, TallySheet)
    assert isinstance(sheet, TallySheet)
    assert sheet.number == "结算〔2024〕1号"
    assert [(line.clause, line.waiver) for line in sheet.lines] == [("九.2", ""), ("九.1", "函9号")]
    assert (sheet.penalties, sheet.third_party_total, sheet.total) == (
        Decimal("2000.00"),
        Decimal("610.00"),
        Decimal("2610.00"),
    )
    assert sheet.third_party[0].parts == "尾纤 80.00×2、电源 300.00×1"
    assert sheet.third_party[0].flag_300
    assert sheet.total_in_words == "贰仟陆佰壹拾元整"
    assert len(sheet.readings) == 15
    assert [(one.count, one.limit) for one in sheet.counters] == [(1, 5), (1, 5)]
    before = scene.queries.document_pdf(changes.created)
    scene.at("14:00").finish(fault)
    assert scene.queries.document_pdf(changes.created) == before
    assert scene.queries.preview_tally(*NOVEMBER).startswith(b"%PDF")


def test_a_tally_that_only_adjusts_downwards_says_so_in_words(scene: Scene) -> None:
    fault = scene.at("08:00").register("caopu")
    scene.at("14:00").finish(fault)
    scene.at("2024-12-01 09:00").do(IssueTally(*NOVEMBER))
    scene.do(WaiveBreach(fault, "9.2", 1, "函9号"))
    sheet = sheet_of(scene, scene.do(IssueTally(*month_bounds(2024, 12))).created, TallySheet)
    assert isinstance(sheet, TallySheet)
    assert (sheet.total, sheet.total_in_words) == (Decimal("-2000.00"), "负贰仟元整")
    assert [(one.former_number, one.clause) for one in sheet.adjustments] == [("结算〔2024〕1号", "九.2")]


def test_a_right_to_terminate_stands_on_the_tally(scene: Scene) -> None:
    scene.at("2024-11-20 08:00").register("caopu")
    sheet = sheet_of(scene, scene.at("2024-11-22 09:00").do(IssueTally(*NOVEMBER)).created, TallySheet)
    assert isinstance(sheet, TallySheet)
    assert [(one.clause, one.reason) for one in sheet.terminations] == [("九.2", "超过两天未派人")]


@pytest.mark.parametrize("days", [(0, 0), (2, 3)])
def test_a_period_that_is_empty_or_to_come_is_not_settled(scene: Scene, days: tuple[int, int]) -> None:
    today = scene.time("00:00")
    with pytest.raises(KnownError) as refused:
        scene.do(IssueTally(today + days[0] * DAY, today + days[1] * DAY))
    assert refused.value.field == "start"


def test_copies_are_counted_a_failed_one_is_not_and_a_reprint_says_what_it_is(scene: Scene) -> None:
    document = scene.do(IssueTally(*NOVEMBER)).created
    failed = scene.do(RecordPrint(document, "前台打印机", succeeded=False, detail="缺纸"))
    assert failed.message == "结算〔2024〕1号 没有打成，编号保留，可再打一次：缺纸"
    assert scene.do(RecordPrint(document, "前台打印机", succeeded=True)).message.startswith(
        "结算〔2024〕1号 第 1 份"
    )
    assert scene.queries.documents()[0].copies == 1
    original, again = (scene.queries.document_pdf(document, reprint=one) for one in (False, True))
    assert original != again
    assert again == scene.queries.document_pdf(document, reprint=True)


def test_every_kind_of_paper_can_be_printed_again(scene: Scene, fault: str) -> None:
    report = draft(scene, fault)
    write(scene, report)
    submit(scene, report)
    scene.do(IssueWorkOrder(fault, "liuping"))
    scene.at("18:00")
    for command in sample_entries(RESOURCES / "drill" / "registers.toml"):
        scene.do(command)
    for command in (
        IssueTally(*NOVEMBER),
        HandOver("liuping"),
        *sample_papers(scene.queries, scene.clock.at),
    ):
        scene.do(command)
    issued = scene.queries.documents()
    missing = set(DocumentKind) - {document.kind for document in issued}
    assert missing <= {DocumentKind.RENEWAL}, "its window lies after the day of the drill"
    for document in issued:
        assert scene.queries.document_pdf(document.id, reprint=True).startswith(b"%PDF"), document.title


def test_a_paper_nobody_issued_cannot_be_had(scene: Scene) -> None:
    with pytest.raises(KnownError, match="没有这份单据"):
        scene.queries.document_pdf("none")
    with pytest.raises(KnownError, match="没有这份单据"):
        scene.do(RecordPrint("none", "x", succeeded=True))


def test_a_font_the_settings_name_but_nobody_has_is_told_plainly(scene: Scene) -> None:
    scene.do(ChangeSetting("font_body", "/nowhere/fangsong.ttf"))
    with pytest.raises(KnownError):
        scene.queries.preview_tally(*NOVEMBER)


def test_a_sheet_comes_back_from_text_as_it_went(scene: Scene) -> None:
    document = scene.do(IssueTally(*NOVEMBER)).created
    sheet = sheet_of(scene, document, TallySheet)
    assert sheet_from_json(TallySheet, sheet_to_json(sheet)) == sheet
