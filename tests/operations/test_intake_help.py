"""What the intake card offers: callers known, phrases, faults to join, what a site has been through."""

from __future__ import annotations

import pytest

from dispatch_app.contract.calls import CallKind
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind
from dispatch_app.operations.call_records import RecordCall
from dispatch_app.operations.faults import RegisterFault
from dispatch_app.operations.settings import ChangeSetting
from tests.operations.scene import Scene


@pytest.fixture
def book(scene: Scene) -> Scene:
    """Three people have called, one of them twice and one about no fault."""
    scene.register("bajie", caller="段主任", unit="八街街道", callback="6860 0001")
    scene.at("08:31").register("shiwei", caller="周秘书", unit="督查室", callback="6860 0002")
    scene.at("08:32").register("shiwei", caller="段主任", unit="八街街道", callback="6860 0001")
    scene.at("08:33").do(RecordCall(CallKind.ENQUIRY, scene.clock.at, caller="段小姐", callback="6860 0003"))
    scene.register("shiwei", caller="", unit="督查室")
    return scene


def names(scene: Scene, text: str, site: str = "", limit: int = 6) -> list[str]:
    return [row.caller for row in scene.queries.find_callers(text, site, limit)]


@pytest.mark.parametrize("text", ["段", "d", "6860 000", "６８６０"])
def test_callers_are_named_by_fragment_initials_or_number_the_latest_first(book: Scene, text: str) -> None:
    assert [name for name in names(book, text) if "段" in name] == ["段小姐", "段主任"]


def test_callers_of_the_site_come_first_and_each_once(book: Scene) -> None:
    assert names(book, "段", "bajie") == ["段主任", "段小姐"]
    assert names(book, "", "shiwei") == ["段主任", "周秘书"]
    assert names(book, "", "") == []
    assert names(book, "段", limit=1) == ["段小姐"]


def test_a_caller_comes_with_unit_and_number(book: Scene) -> None:
    (row,) = book.queries.find_callers("dcs", "")
    assert (row.caller, row.unit, row.callback) == ("周秘书", "督查室", "6860 0002")
    assert book.queries.find_callers("没有的人", "") == ()


def test_a_site_reported_again_within_thirty_days_is_known(scene: Scene) -> None:
    assert scene.queries.site_history("bajie").faults == 0
    scene.register("bajie", "UPS 告警")
    scene.clock.at += 29 * 86_400
    scene.register("bajie", "断网")
    found = scene.queries.site_history("bajie")
    assert (found.faults, found.last) == (2, "2024-12-21 A-0002 断网")
    scene.clock.at += 86_400
    assert scene.queries.site_history("bajie").faults == 1


def test_phrases_are_those_of_the_setting(scene: Scene) -> None:
    assert scene.queries.intake_help().phrases[0] == "专网不通"
    scene.do(ChangeSetting("phrases", "断网，黑屏、 、"))
    assert scene.queries.intake_help().phrases == ("断网", "黑屏")


def test_a_call_of_the_same_cause_joins_a_fault_in_hand_in_one_step_with_its_own_clocks(scene: Scene) -> None:
    parent = scene.register("bajie")
    scene.at("08:40")
    (offered,) = scene.queries.intake_help().open_faults
    assert (offered.id, offered.number, offered.site_name) == (parent, "A-0001", "八街街道办事处节点")
    changes = scene.do(RegisterFault(scene.clock.at, "caopu", "断网", group_with=parent))
    child = scene.row(changes.created)
    assert (child.group, child.group_size) == ("A-0001", 2)
    assert child.reported_at == scene.clock.at
    assert changes.faults == {parent, child.id}
    assert changes.message == "A-0002 已登记：草铺街道办事处节点；A-0001、A-0002 已并入多节并发 A-0001"


def test_a_call_joins_no_fault_that_has_ended(scene: Scene) -> None:
    parent = scene.register("bajie")
    scene.finish(parent)
    assert scene.queries.intake_help().open_faults == ()
    with pytest.raises(KnownError, match="A-0001 已经结束"):
        scene.do(RegisterFault(scene.clock.at, "caopu", "断网", group_with=parent))
    assert scene.queries.queue() == ()


def test_the_fault_a_group_is_named_after_is_closed_after_the_others_have_ended(scene: Scene) -> None:
    parent = scene.register("bajie")
    child = scene.do(RegisterFault(scene.clock.at, "caopu", "断网", group_with=parent)).created
    scene.mark(parent, FactKind.RESOLVED)
    with pytest.raises(KnownError, match="A-0002 还在办"):
        scene.mark(parent, FactKind.CLOSED)
    scene.finish(child)
    scene.mark(parent, FactKind.CLOSED)
    assert scene.row(parent).stage == "closed"
