"""巡检表 and 备份记录: what they count and list, how they are kept; the duties on the handover sheet."""

from __future__ import annotations

from datetime import date

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.entries import ActOnEntry, AmendEntry
from dispatch_app.operations.round_faults import RegisterRoundFault
from dispatch_app.operations.round_papers import IssueBackups, IssueBlankRound, IssueRounds
from dispatch_app.operations.round_sheets import backups_sheet, blank_round_sheet, rounds_sheet
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.shift_sheets import handover_sheet
from dispatch_app.reports.backups import BackupsSheet
from dispatch_app.reports.rasters import page_count
from dispatch_app.reports.rounds import BlankRoundSheet, RoundsSheet
from tests.operations.registers.rounds_scene import (
    ROOM,
    add_backup,
    add_device,
    add_plan,
    add_round,
    add_system,
)
from tests.operations.scene import Scene

NOVEMBER = date(2024, 11, 1)


def rounds_of(scene: Scene, site_id: str = "shizhengfu", month: date = NOVEMBER) -> RoundsSheet:
    with scene.queries._view() as view:
        return rounds_sheet(view, site_id, month, "预览")


def blank(scene: Scene, plan: str) -> BlankRoundSheet:
    with scene.queries._view() as view:
        return blank_round_sheet(view, plan, "预览")


def backups_of(scene: Scene) -> BackupsSheet:
    with scene.queries._view() as view:
        return backups_sheet(view, NOVEMBER, "预览")


def test_a_month_counts_what_was_due_done_left_out_and_found(scene: Scene) -> None:
    add_plan(scene)
    add_plan(scene, "市政府周检", cycle="每周")
    add_device(scene, "AN-0001")
    add_round(scene, at="2024-10-31 09:00", plan="市政府日检", temperature="40")
    add_round(scene, at="2024-11-18 09:00", plan="市政府日检", temperature="20")
    add_round(
        scene, at="2024-11-18 10:00", plan="市政府周检", devices="AN-0001 正常", surroundings="防火 正常"
    )
    hot = add_round(
        scene,
        at="2024-11-20 09:05",
        plan="市政府日检",
        temperature="31",
        devices="AN-0001 异常：灯灭",
        surroundings="防尘 正常；防火 异常：纸箱",
    )
    scene.do(ActOnEntry(hot, 1, "handle", {"measures": "开了备用空调"}))
    scene.do(RegisterRoundFault(hot, 2))
    sheet = rounds_of(scene)
    assert (sheet.asked, sheet.done, sheet.missed, sheet.breached) == (5, 3, 2, 1)
    assert (sheet.site, sheet.month) == (ROOM, "2024年11月")
    assert sheet.plans == "市政府日检（每天）\n市政府周检（每周）"
    assert [(line.when, line.missed) for line in sheet.lines] == [
        ("11-18 09:00", False),
        ("11-18 10:00", False),
        ("11-19", True),
        ("11-20 09:05", False),
        ("11-21", True),
    ]
    wrong = sheet.lines[3]
    assert wrong.figures == ("31.0", "45.0", "221.0")
    assert (wrong.devices, wrong.surroundings) == ("1 台异常", "1 项正常，1 项异常")
    assert wrong.done == "开了备用空调\n故障 A-0001"
    assert sheet.lines[2].wrong == "市政府日检"
    assert sheet.ranges[0] == "温度 20.0–31.0 ℃，平均 24.5"


def test_a_room_without_a_plan_has_a_month_too(scene: Scene) -> None:
    plan = add_plan(scene)
    scene.do(ActOnEntry(plan, 1, "suspend", {}))
    add_round(scene)
    sheet = rounds_of(scene)
    assert (sheet.asked, sheet.done, sheet.plans) == (0, 1, "")
    assert rounds_of(scene, "ninghu-2").ranges == ()


def test_days_of_a_year_nobody_has_announced_are_said(scene: Scene) -> None:
    scene.at("2040-06-08 09:00")
    add_plan(scene, since="2040-06-04")
    sheet = rounds_of(scene, month=date(2040, 6, 1))
    assert sheet.missed == 4
    assert sheet.note.startswith("2040 年尚无该年节假日安排")


def test_the_blank_sheet_lists_what_is_to_be_looked_at(scene: Scene) -> None:
    plan = add_plan(scene, temperature_high="25")
    add_device(scene, "AN-0001")
    sheet = blank(scene, plan)
    assert (sheet.place, sheet.cycle) == (ROOM, "每天")
    assert sheet.figures[0] == "温度（℃） 18–25"
    assert [line.label for line in sheet.devices] == ["AN-0001"]
    other = add_plan(scene, "光缆周检", site="", item="（8）自有光纤", cycle="每周")
    assert blank(scene, other).figures == ()


def test_a_month_of_backups_counts_by_system(scene: Scene) -> None:
    system = add_system(scene, document="安工信〔2024〕8号")
    add_system(scene, "门户网站")
    add_backup(scene, at="2024-10-30 18:00", size="9")
    done = add_backup(scene, at="2024-11-19 18:00")
    failed = add_backup(scene, at="2024-11-20 18:00", kind="增量", size="0.25")
    add_backup(scene, at="2024-11-21 18:00", kind="刷新介质", size="12")
    says = {"restored": "恢复成功", "restored_on": "2024-11-21"}
    scene.do(ActOnEntry(done, 1, "verify", says))
    scene.do(ActOnEntry(failed, 1, "verify", says | {"restored": "恢复失败", "restore_note": "校验不过"}))
    sheet = backups_of(scene)
    first, second = sheet.systems
    assert (first.full, first.increments, first.refreshes, first.size) == (1, 1, 1, "24.750")
    assert (first.schedule, first.document) == ("每 7 天", "安工信〔2024〕8号")
    assert first.restored == "恢复成功 2024-11-21\n恢复失败 2024-11-21"
    assert (first.standing, second.standing) == ("正常", "备份逾期")
    assert [line.kind for line in sheet.lines] == ["全量", "增量", "刷新介质"]
    assert sheet.lines[1].restored == "恢复失败 2024-11-21\n校验不过"
    assert (sheet.size, sheet.month) == ("24.750", "2024年11月")
    scene.do(ActOnEntry(system, 1, "suspend", {}))
    assert backups_of(scene).systems[0].standing == "停用"


def test_a_month_that_lies_ahead_has_no_paper(scene: Scene) -> None:
    for ask in (IssueRounds("shizhengfu", date(2024, 12, 1)), IssueBackups(date(2024, 12, 1))):
        with pytest.raises(KnownError, match="2024年12月还没有到"):
            scene.do(ask)
    with pytest.raises(KnownError, match="没有这项巡检计划"):
        scene.do(IssueBlankRound("nothing"))


def test_the_papers_are_numbered_kept_and_printed_again_as_they_were(scene: Scene) -> None:
    plan = add_plan(scene)
    add_system(scene)
    done = add_round(scene)
    add_backup(scene)
    for command, kind, title in (
        (IssueBlankRound(plan), DocumentKind.ROUND_BLANK, f"空白巡检表 空检〔2024〕1号 {ROOM}"),
        (
            IssueRounds("shizhengfu", NOVEMBER),
            DocumentKind.ROUNDS,
            f"巡检表 巡检〔2024〕1号 {ROOM} 2024年11月",
        ),
        (IssueBackups(NOVEMBER), DocumentKind.BACKUPS, "备份记录 备份〔2024〕1号 2024年11月"),
    ):
        issued = scene.do(command)
        (row,) = scene.queries.documents(kind.value)
        assert (row.id, row.title) == (issued.created, title)
        kept = scene.queries.document_pdf(row.id)
        scene.do(AmendEntry(done, scene.queries.register_entry(done).row.version, {"note": row.id}, "补"))
        assert scene.queries.document_pdf(row.id) == kept
        assert page_count(scene.queries.document_pdf(row.id, reprint=True)) == page_count(kept)


def test_the_papers_are_seen_before_they_are_issued(scene: Scene) -> None:
    plan = add_plan(scene)
    add_round(scene)
    queries = scene.queries
    for pdf in (
        queries.preview_blank_round(plan),
        queries.preview_rounds("shizhengfu", NOVEMBER),
        queries.preview_backups(NOVEMBER),
    ):
        assert page_count(pdf) == 1
    assert queries.documents() == ()


def test_what_is_due_goes_over_with_the_desk(scene: Scene) -> None:
    add_plan(scene, who="张懿明")
    add_system(scene, since="2024-11-22")
    with scene.queries._view() as view:
        sheet = handover_sheet(view, "liuping", "", "预览")
    assert [(one.what, one.standing, one.who) for one in sheet.duties] == [
        ("市政府日检", "逾期 4 次，11-18 起", "张懿明"),
        ("公文交换系统 备份", "今天", ""),
    ]
