"""Commands as people type them, and the sentence that says what Enter will do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_app.contract.facts import CancelKind, FactKind, Procedure
from dispatch_app.operations.faults import AssignFault, CancelFault, RecordMilestone, ReleaseEngineer
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.ui.palette.entries import Place, Where
from dispatch_app.ui.palette.verbs import VERBS
from tests.ui.desk.rows import MINUTE, NOW, fault, part
from tests.ui.palette.scenes import OLD, SEVEN, SIX, first, found, titles

K = FactKind
FIVE_PAST = NOW - 27 * MINUTE - 7
"""14:05 of the morning."""


@pytest.mark.parametrize(
    "typed",
    ["派 7 张懿明", "派7张懿明", "pai 7 zym", "p7 1", "派 A-0007 zhangyiming", "派 张懿明 7", "派 nhds zym"],
)
def test_somebody_is_sent_however_it_is_typed(typed: str) -> None:
    entry = first(typed)
    assert entry.commands == (AssignFault("fault-7", "id-张懿明", 3),)
    assert entry.will.startswith("派 张懿明 去 A-0007 宁湖大厦一机房，时间 现在（14:32:07）；张懿明 现在待命")


@pytest.mark.parametrize(
    "typed", ["到场 7 14:05", "dc 7 1405", "daochang 7 14：05", "到场7 14:05", "dc nhds 14:05"]
)
def test_a_step_has_its_time_in_the_grammar_of_the_desk(typed: str) -> None:
    entry = first(typed)
    assert entry.commands == (RecordMilestone("fault-7", K.ARRIVED, 3, FIVE_PAST),)
    assert entry.will == "给 A-0007 宁湖大厦一机房 记到场，时间 14:05:00（27 分前）"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("响应 7", K.ACKNOWLEDGED), ("cf 7", K.DEPARTED), ("kaixiu 7", K.REPAIR_STARTED),
        ("解决 7", K.RESOLVED),
        ("归档 7", K.CLOSED), ("ck 7", K.REOPENED), ("联系不上 7", K.UNREACHABLE),
        ("批示 7", K.INSTRUCTION_RECEIVED),
        ("zbsb 7", K.SPECIAL_REPORT_SUBMITTED),
    ],
)  # fmt: skip
def test_every_step_can_be_typed(typed: str, kind: FactKind) -> None:
    assert first(typed).commands == (RecordMilestone("fault-7", kind, 3),)


def test_a_note_stands_behind_the_time() -> None:
    entry = first("解决 7 -5 更换主控板，已恢复")
    command = RecordMilestone("fault-7", K.RESOLVED, 3, NOW - 5 * MINUTE, note="更换主控板，已恢复")
    assert entry.commands == (command,)
    assert entry.will.endswith("备注「更换主控板，已恢复」")


@pytest.mark.parametrize(
    ("typed", "procedure"),
    [
        ("确认 7 常规", Procedure.ROUTINE), ("qr 7 wx", Procedure.REPAIR),
        ("现场确认 7 专报", Procedure.SPECIAL_REPORT),
        ("xcqr 7 厂家", Procedure.WARRANTY),
    ],
)  # fmt: skip
def test_a_confirmation_names_its_procedure(typed: str, procedure: Procedure) -> None:
    assert first(typed).commands == (RecordMilestone("fault-7", K.CONFIRMED, 3, None, procedure),)


def test_a_confirmation_without_procedure_offers_all_four() -> None:
    commands = [entry.commands[0] for entry in found("确认 7 14:05")]
    assert [command.procedure for command in commands] == list(Procedure)  # type: ignore[attr-defined]
    assert {command.at for command in commands} == {FIVE_PAST}  # type: ignore[attr-defined]


def test_a_fault_is_cancelled_with_its_reason() -> None:
    assert first("销单 7 误报").commands == (CancelFault("fault-7", CancelKind.FALSE_ALARM, 3),)
    assert first("xd 7 重复 6 同一报").commands == (
        CancelFault("fault-7", CancelKind.DUPLICATE, 3, "A-0006", "同一报"),
    )
    assert first("销单 7 重复").remedy == "写上那件的编号，如「销单 A-0007 重复 5」"
    assert len(found("销单 7")) == 3


def test_without_a_number_the_selected_fault_is_meant() -> None:
    assert first("到场 14:05", selected=SEVEN).commands == (
        RecordMilestone("fault-7", K.ARRIVED, 3, FIVE_PAST),
    )
    assert first("派 zym", selected=SEVEN).commands == (AssignFault("fault-7", "id-张懿明", 3),)
    assert first("解决", selected=SIX).commands == (RecordMilestone("fault-6", K.RESOLVED, 5),)


def test_without_number_and_selection_those_are_offered_for_which_it_is_time() -> None:
    assert titles("派 zym") == ["派 A-0007 张懿明", "派 A-0017 张懿明"]
    assert first("确认 常规").title == "现场确认 A-0006（常规）"
    entry = first("归档")
    assert entry.refused
    assert (entry.will, entry.remedy) == ("没有选中故障，也没有写编号", "写上编号或站点，如「归档 7」")


def test_a_fault_that_has_ended_can_be_filed_and_opened_again() -> None:
    assert first("重开 3", ended=(OLD,)).commands == (RecordMilestone("fault-3", K.REOPENED, 1),)


def test_nobody_named_offers_who_can_be_sent_the_free_ones_first() -> None:
    assert titles("派 7") == ["派 A-0007 张懿明", "派 A-0007 刘平"]
    assert "刘平 现在在场：A-0006" in found("派 7")[1].will


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("派 99 zym", "没有编号为 99 的故障"),
        ("派 7 王五", "名单上没有「王五」"),
        ("到场 7 15:00", "还没有到"),
        ("到场 7 13:00", "早于接报"),
        ("到场 7 25:99", "不是一个时间"),
        ("派 7 zym 明天去", "不是一个时间"),
        ("请假 王五", "名单上没有「王五」"),
        ("派工单 7", "还没有派人"),
        ("改派 7 zym", "看不出换下谁"),
        ("改派 6", "没有写改派给谁"),
        ("改派 6 刘平 刘平", "已在 A-0006 上"),
        ("到场 b-7", "没有编号为 b-7"),
        ("销单 99", "没有编号为 99"),
        ("改派 99", "没有编号为 99"),
        ("派工单 99", "没有编号为 99"),
        ("确认 99", "没有编号为 99"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_remedy_and_does_nothing(typed: str, reason: str) -> None:
    entry = first(typed)
    assert entry.refused
    assert reason in entry.will
    assert entry.remedy
    assert entry.commands == ()


def test_somebody_takes_over_from_somebody() -> None:
    entry = first("改派 6 zym")
    assert entry.commands == (
        AssignFault("fault-6", "id-张懿明", 5),
        ReleaseEngineer("fault-6", "id-刘平", "改派 张懿明", 5),
    )
    assert "刘平 撤出" in entry.will
    both = replace(SIX, engagements=(part("刘平"), part("朱红成")))
    assert first("改派 6 zym", both).refused
    assert first("改派 6 刘平 张懿明", both).commands == entry.commands


def test_a_person_is_away_or_back() -> None:
    assert first("请假 张懿明").commands == (SetAvailability("id-张懿明", StaffState.ON_LEAVE),)
    assert "手上的 A-0006 须改派" in first("qj lp").will
    assert first("待命 2").commands == (SetAvailability("id-刘平", StaffState.STANDBY),)
    # Who has left stays so.
    assert titles("xiuxi")[:3] == ["休息 张懿明", "休息 刘平", "休息 李鸿兰"]


def test_the_looks_the_call_the_drill_and_taking_back() -> None:
    assert [entry.commands for entry in found("主题")[:3]] == [
        (ChangeSetting("theme", value),) for value in ("light", "dark", "system")
    ]
    assert first("zt ss").commands == (ChangeSetting("theme", "dark"),)
    assert first("接报").place == Place(Where.CALL)
    assert first("yl").place == Place(Where.DRILL)
    assert first("撤回").place == Place(Where.UNDO)


def test_the_work_order_is_opened_for_who_is_sent() -> None:
    assert first("派工单 6").place == Place(Where.WORK_ORDER, "fault-6", "id-刘平")
    assert first("pgd 6 lp").place == Place(Where.WORK_ORDER, "fault-6", "id-刘平")


def test_a_word_begun_is_completed() -> None:
    entry = next(entry for entry in found("daoc") if entry.fill)
    assert (entry.title, entry.fill, entry.will) == ("到场", "到场 ", "写成「到场 故障 时间 备注」")
    assert entry.commands == ()


def test_no_two_words_are_typed_alike() -> None:
    assert len({verb.word for verb in VERBS}) == len(VERBS)
    typed = [one for verb in VERBS for one in verb.typed]
    assert len(set(typed)) == len(typed)


def test_several_faults_at_a_site_are_all_offered() -> None:
    two = [fault(number, site_id="s-sw", site_name="市委大楼机房") for number in (8, 9)]
    assert titles("到场 市委", *two)[:2] == ["到场 A-0008", "到场 A-0009"]


@pytest.mark.parametrize("typed", ["离职 刘平", "lz lp"])
def test_somebody_leaves_and_what_the_contract_asks_for_is_said(typed: str) -> None:
    entry = first(typed)
    assert entry.commands == (SetAvailability("id-刘平", StaffState.LEFT),)
    assert entry.will == (
        "把 刘平 记为离职（现在在场）；手上的 A-0006 须改派；"
        "须函告甲方，从今天起不得再接触维护工作（九.1、四.3）"
    )


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("更正 6", Where.CORRECTION), ("gz bj", Where.CORRECTION),
        ("委托第三方 6", Where.THIRD_PARTY), ("dsf 6", Where.THIRD_PARTY),
    ],
)  # fmt: skip
def test_a_correction_and_a_third_party_lead_to_their_fault(typed: str, where: Where) -> None:
    assert first(typed).place == Place(where, "fault-6")
    assert first(typed.split()[0], selected=SEVEN).place == Place(where, "fault-7")
    offered = found(typed.split()[0], selected=SEVEN)
    assert len([entry for entry in offered if entry.place and entry.place.where is where]) == 1
    assert first(f"{typed.split()[0]} 99").refused


@pytest.mark.parametrize("typed", ["年度", "ndcs"])
def test_a_filter_is_found_by_its_name(typed: str) -> None:
    assert first(typed).place == Place(Where.FILTER, "年度超时")
