"""交接班: the sheet says what is open, the desk changes hands with it, and a cover ends where it began."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.models import AlarmAnswer, CallbackPromise, CallRecord, DeskEvent
from dispatch_app.operations.rows import DocumentKind, StaffState
from dispatch_app.operations.settings import ChooseOperator
from dispatch_app.operations.shift import CoverDesk, HandOver, ReturnDesk
from dispatch_app.operations.shift_papers import IssueBlankIntake, IssueOpenFaults
from dispatch_app.operations.shift_sheets import handover_sheet, open_faults_sheet
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.reports.handover import HandoverSheet
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.scene import Scene


@pytest.fixture
def owner(scene: Scene) -> str:
    """The call-taker, on duty since half past eight."""
    found = scene.queries.operator().id
    scene.do(ChooseOperator(found))
    return found


def sheet(scene: Scene, incoming: str = "", note: str = "") -> HandoverSheet:
    with scene.queries._view() as view:
        return handover_sheet(view, incoming, note, "预览")


def put(scene: Scene, *rows: object) -> None:
    with scene.database.unit_of_work(Stamp("", "", "A", scene.clock.at)) as work:
        work.session.add_all(rows)


def desk_facts(scene: Scene, subject: str) -> list[tuple[str, str, dict[str, object]]]:
    with scene.database.reader() as session:
        found = session.scalars(
            select(DeskEvent).where(DeskEvent.subject == subject).order_by(DeskEvent.seq)
        ).all()
        return [(one.kind, one.operator, json.loads(one.payload)) for one in found]


def promise(due_at: int, kept_at: int | None = None, fault_id: str = "") -> CallbackPromise:
    return CallbackPromise(
        id=f"p{due_at}",
        fault_id=fault_id,
        call_id="",
        caller="段主任",
        callback="0871-9",
        about="几点能到",
        promised_at=due_at - 600,
        due_at=due_at,
        kept_at=kept_at,
    )


def test_a_handover_issues_the_sheet_and_changes_the_operator_at_once(scene: Scene, owner: str) -> None:
    scene.at("09:00").register("bajie")
    done = scene.at("17:00").do(HandOver("liuping", "备件在前台"))
    assert scene.queries.operator().id == "liuping"
    (document,) = scene.queries.documents(DocumentKind.HANDOVER)
    assert document.id == done.created
    assert document.number == "交接〔2024〕1号"
    assert scene.queries.document_pdf(document.id).startswith(b"%PDF")
    assert done.message.endswith("刘平，交接班表 交接〔2024〕1号 已出")
    ((kind, by, said),) = desk_facts(scene, "handover")
    assert (kind, by) == ("handed_over", owner)
    assert (said["outgoing"], said["incoming"], said["open"]) == (owner, "liuping", 1)
    assert (said["note"], said["document"]) == ("备件在前台", document.id)
    assert scene.queries.duty().since == scene.time("17:00")


@pytest.mark.parametrize(
    ("staff_id", "refusal"),
    [("", "没有选接班人"), ("nobody", "名单上没有这个人"), ("own", "就是现在的值班员")],
)
def test_a_handover_to_nobody_changes_nothing(scene: Scene, owner: str, staff_id: str, refusal: str) -> None:
    with pytest.raises(KnownError, match=refusal):
        scene.do(HandOver(owner if staff_id == "own" else staff_id))
    assert scene.queries.documents() == ()
    assert scene.queries.operator().id == owner


def test_who_has_left_cannot_take_over_and_no_sheet_is_left_behind(scene: Scene, owner: str) -> None:
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    with pytest.raises(KnownError, match="已离职"):
        scene.do(HandOver("liuping"))
    assert scene.queries.documents() == ()
    scene.do(HandOver("zhangyiming"))
    assert scene.queries.documents()[0].number == "交接〔2024〕1号"


def test_a_cover_ends_where_it_began(scene: Scene, owner: str) -> None:
    scene.at("12:00").do(CoverDesk("liuping", scene.time("13:00")))
    duty = scene.queries.duty()
    assert (duty.operator_id, duty.since) == ("liuping", scene.time("12:00"))
    assert duty.cover is not None
    assert (duty.cover.owner_id, duty.cover.until) == (owner, scene.time("13:00"))
    said = scene.at("12:50").do(ReturnDesk()).message
    assert said.endswith("刘平 顶班结束")
    duty = scene.queries.duty()
    assert (duty.operator_id, duty.since, duty.cover) == (owner, scene.time("08:30"), None)
    kinds = [(kind, by) for kind, by, _ in desk_facts(scene, "cover")]
    assert kinds == [("began", owner), ("returned", "liuping")]


def test_a_cover_is_over_when_somebody_else_is_chosen(scene: Scene, owner: str) -> None:
    scene.at("12:00").do(CoverDesk("liuping", scene.time("13:00")))
    scene.at("12:10").do(ChooseOperator("zhangyiming"))
    assert scene.queries.duty().cover is None
    with pytest.raises(KnownError, match="现在没有人顶班"):
        scene.do(ReturnDesk())


def test_during_a_cover_the_desk_is_neither_handed_over_nor_covered_again(scene: Scene, owner: str) -> None:
    scene.at("12:00").do(CoverDesk("liuping", scene.time("13:00")))
    with pytest.raises(KnownError, match="顶班"):
        scene.do(HandOver("zhangyiming"))
    with pytest.raises(KnownError, match="已在顶班"):
        scene.do(CoverDesk("zhangyiming", scene.time("13:00")))
    assert scene.queries.operator().id == "liuping"


@pytest.mark.parametrize("until", ["12:00", "11:00", "2024-11-23 00:01"])
def test_a_cover_ends_after_now_and_before_it_is_a_shift(scene: Scene, owner: str, until: str) -> None:
    end = scene.time(until)
    with pytest.raises(KnownError, match="结束时间不对") as refusal:
        scene.at("12:00").do(CoverDesk("liuping", end))
    assert refusal.value.field == "until"
    assert scene.queries.operator().id == owner


def test_before_anybody_was_chosen_the_shift_has_no_beginning_and_calls_count_from_midnight(
    scene: Scene,
) -> None:
    assert scene.queries.duty().since is None
    found = sheet(scene)
    assert found.since is None
    assert found.calls_since == scene.time("00:00")
    assert (found.faults, found.promises, found.alarms, found.calls) == ((), (), (), ())


def test_the_sheet_names_the_next_limit_with_its_figure(scene: Scene, owner: str) -> None:
    scene.at("09:00").register("bajie", "断网", emergency=True)
    line = sheet(scene.at("09:05"), "liuping").faults[0]
    assert (line.clock, line.due_at, line.figure) == ("响应（二.3）", scene.time("09:20"), "剩 15分00秒")
    assert line.emergency
    late = sheet(scene.at("14:30")).faults[0]
    # The breach that costs a sum comes before the older ones that cost none.
    assert (late.clock, late.figure) == ("派人 5h（九.2）", "已超 30分00秒")
    assert sheet(scene, "liuping").incoming == "刘平"
    with pytest.raises(KnownError, match="名单上没有这个人"):
        sheet(scene, "nobody")


def test_a_fault_that_waits_to_be_filed_has_no_limit_and_is_not_on_the_list_for_a_power_cut(
    scene: Scene, owner: str
) -> None:
    fault = scene.at("09:00").register()
    scene.send(fault)
    for kind in (FactKind.ACKNOWLEDGED, FactKind.DEPARTED, FactKind.ARRIVED):
        scene.mark(fault, kind)
    scene.confirm(fault)
    scene.mark(fault, FactKind.REPAIR_STARTED)
    with scene.queries._view() as view:
        (listed,) = open_faults_sheet(view, "预览").faults
    assert listed.steps == (*(scene.time("09:00"),) * 5, None)
    assert "张懿明" in listed.engineers
    scene.mark(fault, FactKind.RESOLVED)
    line = sheet(scene).faults[0]
    assert (line.stage, line.due_at, line.clock, line.figure) == ("已解决", None, "", "")
    with scene.queries._view() as view:
        assert open_faults_sheet(view, "预览").faults == ()


def test_promises_owed_are_listed_and_kept_ones_are_not(scene: Scene, owner: str) -> None:
    fault = scene.at("09:00").register()
    put(
        scene,
        promise(scene.time("09:30"), fault_id=fault),
        promise(scene.time("09:20")),
        promise(scene.time("09:10"), kept_at=scene.time("09:05")),
    )
    found = sheet(scene).promises
    assert [(one.due_at, one.fault_no) for one in found] == [
        (scene.time("09:20"), ""),
        (scene.time("09:30"), "A-0001"),
    ]


def test_reminders_that_went_off_unheard_are_listed_until_somebody_answers(scene: Scene, owner: str) -> None:
    fault = scene.at("09:00").register("bajie")
    put(scene, promise(scene.time("09:12")), promise(scene.time("09:40")))
    assert [(one.subject, one.threshold) for one in sheet(scene.at("09:12")).alarms] == [
        ("回电 段主任", "已到时间"),
        (f"A-0001 {scene.row(fault).site_name}", "临近"),
    ]
    assert [one.threshold for one in sheet(scene.at("09:18")).alarms] == ["已到时间", "最后提醒"]
    due = scene.time("09:20")
    for subject, clock, threshold, when in (
        (fault, "response", "breached", due),
        ("p" + str(scene.time("09:12")), "promise", "breached", scene.time("09:12")),
    ):
        put(
            scene,
            AlarmAnswer(
                subject_id=subject,
                cycle=1,
                clock=clock,
                threshold=threshold,
                due_at=when,
                answered_at=due,
                operator_name="李",
            ),
        )
    assert [one.threshold for one in sheet(scene.at("09:18")).alarms] == ["最后提醒"]
    assert sheet(scene.at("09:21")).alarms == ()


def test_calls_of_the_shift_are_those_written_down_since_the_last_handover(scene: Scene, owner: str) -> None:
    scene.at("09:00").register("bajie", "旧事")
    scene.at("17:00").do(HandOver("liuping"))
    fault = scene.at("18:00").register("bajie", "断网", caller="段主任", unit="八街街道")
    place = scene.row(fault).site_id
    for name, about, at in (("c1", fault, "18:10"), ("c2", "", "18:20")):
        put(
            scene,
            CallRecord(
                id=name,
                kind="chase",
                answered_at=scene.time(at),
                recorded_at=scene.time(at),
                operator_name="刘平",
                line="",
                caller="周秘书",
                unit="",
                callback="",
                site_id=place,
                fault_id=about,
                note="催办",
            ),
        )
    found = sheet(scene.at("19:00"))
    assert found.calls_since == scene.time("17:00")
    assert [(one.caller, one.outcome) for one in found.calls] == [
        ("段主任 八街街道", "A-0002 待派"),
        ("周秘书", "催办 A-0002"),
        ("周秘书", "催办"),
    ]
    assert found.calls[1].about.endswith("催办")


def test_the_papers_for_a_power_cut_are_issued_without_ceremony(scene: Scene) -> None:
    scene.at("09:00").register()
    for place in (1, 2):
        document = scene.do(IssueOpenFaults()).created
        listed = next(one for one in scene.queries.documents(DocumentKind.OPEN_FAULTS) if one.id == document)
        assert (listed.number, listed.title.endswith("1 件")) == (f"在办〔2024〕{place}号", True)
    done = scene.do(IssueBlankIntake())
    assert done.message == "空白接报单已出"
    assert scene.queries.documents(DocumentKind.BLANK_INTAKE)[0].id == done.created
    previews = (
        scene.queries.preview_handover("", ""),
        scene.queries.preview_open_faults(),
        scene.queries.preview_blank_intake(),
    )
    assert all(pdf.startswith(b"%PDF") for pdf in previews)
