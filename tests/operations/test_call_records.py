"""来电记录: a call that is no fault stays on record, runs no clock and can be taken back."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from dispatch_app.contract.calls import CallKind
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.models import DeskEvent
from dispatch_app.operations.call_records import RecordCall, WithdrawCall
from dispatch_app.operations.calls import KeepDraft
from tests.operations.scene import Scene


def facts(scene: Scene) -> list[tuple[str, str]]:
    """Kind and payload of the desk facts about calls, in the order they were written."""
    with scene.database.reader() as session:
        chosen = select(DeskEvent).where(DeskEvent.subject == "call").order_by(DeskEvent.seq)
        return [(row.kind, row.payload) for row in session.scalars(chosen)]


@pytest.mark.parametrize("kind", [CallKind.WRONG_NUMBER, CallKind.ENQUIRY, CallKind.OUT_OF_SCOPE])
def test_a_call_that_is_no_fault_stays_on_record_without_clocks(scene: Scene, kind: CallKind) -> None:
    scene.do(KeepDraft("d1", scene.clock.at, parked=False))
    scene.at("08:45")
    changes = scene.do(
        RecordCall(kind, scene.time("08:40"), "bajie", caller=" 周秘书 ", note="问电话", draft_id="d1")
    )
    (row,) = scene.queries.calls_today()
    assert (row.id, row.kind, row.caller, row.note) == (changes.created, kind, "周秘书", "问电话")
    assert (row.answered_at, row.recorded_at) == (scene.time("08:40"), scene.time("08:45"))
    assert (row.site_name, row.fault_number) == ("八街街道办事处节点", "")
    assert row.operator
    assert changes.calls == {row.id}
    assert changes.drafts == {"d1"}
    assert changes.faults == frozenset()
    assert "不起算时限" in changes.message
    assert scene.queries.queue() == ()
    ((kind_of_fact, payload),) = facts(scene)
    assert kind_of_fact == "answered"
    assert json.loads(payload)["kind"] == kind


@pytest.mark.parametrize("kind", [CallKind.CHASE, CallKind.COMPLAINT])
def test_a_chase_stands_beside_the_fault_it_is_about(scene: Scene, kind: CallKind) -> None:
    fault = scene.register()
    scene.at("09:10")
    changes = scene.do(RecordCall(kind, scene.clock.at, "shizhengfu", fault, caller="张主任"))
    assert changes.faults == {fault}
    assert "A-0001" in changes.message
    detail = scene.queries.fault_detail(fault)
    ((row),) = detail.calls
    assert (row.kind, row.caller, row.fault_number) == (kind, "张主任", "A-0001")
    assert len(detail.timeline) == 1
    other = scene.do(RecordCall(kind, scene.clock.at))
    assert other.faults == frozenset()


def test_another_caller_of_the_same_fault_makes_no_second_fault_and_no_second_clock(scene: Scene) -> None:
    fault = scene.register()
    before = scene.row(fault)
    changes = scene.do(
        RecordCall(CallKind.SAME_FAULT, scene.clock.at, "shizhengfu", fault, callback="6800 0002")
    )
    assert changes.message == "6800 0002 已记为 A-0001 的又一位来电人，没有另立故障，时限不变"
    assert scene.row(fault) == before
    assert len(scene.queries.queue()) == 1


@pytest.mark.parametrize(("fault_id", "said"), [("", "没有选同一故障"), ("nobody", "没有这件故障")])
def test_the_same_fault_must_be_one(scene: Scene, fault_id: str, said: str) -> None:
    with pytest.raises(KnownError, match=said):
        scene.do(RecordCall(CallKind.SAME_FAULT, scene.clock.at, fault_id=fault_id))
    assert scene.queries.calls_today() == ()


def test_nobody_is_added_to_a_fault_that_has_ended_but_a_complaint_is(scene: Scene) -> None:
    fault = scene.register()
    scene.mark(fault, FactKind.RESOLVED)
    with pytest.raises(KnownError, match="A-0001 已经结束"):
        scene.do(RecordCall(CallKind.SAME_FAULT, scene.clock.at, fault_id=fault))
    scene.do(RecordCall(CallKind.COMPLAINT, scene.clock.at, fault_id=fault))
    assert [row.kind for row in scene.queries.fault_detail(fault).calls] == [CallKind.COMPLAINT]


def test_a_call_still_to_come_and_a_site_nobody_knows_are_refused(scene: Scene) -> None:
    with pytest.raises(KnownError, match="还没有到"):
        scene.do(RecordCall(CallKind.ENQUIRY, scene.clock.at + 60))
    with pytest.raises(KnownError, match="没有选定站点"):
        scene.do(RecordCall(CallKind.ENQUIRY, scene.clock.at, "nowhere"))


def test_a_promise_in_a_call_names_what_it_was_about_and_goes_with_it(scene: Scene) -> None:
    fault = scene.register()
    due = scene.clock.at + 1200
    chase = RecordCall(
        CallKind.CHASE, scene.clock.at, "", fault, "张主任", callback="6800 0001", ring_back_at=due
    )
    changes = scene.do(chase)
    enquiry = scene.do(
        RecordCall(
            CallKind.ENQUIRY, scene.clock.at, callback="6800 0003", note="问资费", ring_back_at=due + 60
        )
    )
    rows = scene.queries.promises()
    assert [(row.fault_id, row.fault_number, row.about) for row in rows] == [
        (fault, "A-0001", "催办 A-0001 市政府大楼机房"),
        ("", "", "咨询 问资费"),
    ]
    assert changes.promises == {rows[0].id}
    withdrawn = scene.do(WithdrawCall(changes.created))
    assert (withdrawn.promises, withdrawn.calls, withdrawn.faults) == (
        {rows[0].id}, {changes.created}, {fault},
    )  # fmt: skip
    assert withdrawn.message == "已撤回来电记录：催办 张主任"
    assert [row.id for row in scene.queries.promises()] == [rows[1].id]
    assert scene.queries.fault_detail(fault).calls == ()
    assert [row.id for row in scene.queries.calls_today()] == [enquiry.created]
    assert [kind for kind, _ in facts(scene)] == ["answered", "answered", "withdrawn"]
    assert "已经撤回" in scene.do(WithdrawCall(changes.created)).message
    assert scene.do(WithdrawCall(enquiry.created)).faults == frozenset()


def test_today_is_today_the_latest_call_first(scene: Scene) -> None:
    scene.do(RecordCall(CallKind.ENQUIRY, scene.time("2024-11-21 23:59")))
    first = scene.do(RecordCall(CallKind.WRONG_NUMBER, scene.time("00:00"))).created
    last = scene.do(RecordCall(CallKind.WRONG_NUMBER, scene.time("08:00"))).created
    assert [row.id for row in scene.queries.calls_today()] == [last, first]


def test_the_ticket_of_a_call_takes_it_back_with_what_was_promised_in_it(scene: Scene) -> None:
    changes = scene.do(
        RecordCall(CallKind.ENQUIRY, scene.clock.at, callback="6800 0001", ring_back_at=scene.clock.at + 600)
    )
    assert changes.undo is not None
    assert changes.undo.label == changes.message
    back = scene.do(changes.undo.command)
    assert (back.calls, back.promises, back.undo) == ({changes.created}, changes.promises, None)
    assert scene.queries.calls_today() == ()
    assert scene.queries.promises() == ()
