"""人员: what everybody is doing, who suits a fault best and why."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Zone
from dispatch_app.models import Fault, Setting
from dispatch_app.operations.faults import AmendFault
from dispatch_app.operations.rows import StaffRow, StaffState
from dispatch_app.operations.settings import ChangeSetting, ChooseOperator
from dispatch_app.operations.sites import AddSite
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.storage.unit_of_work import Stamp
from tests.operations.scene import Scene

STAMP = Stamp("", "", "A", 0)


def person(scene: Scene, staff_id: str) -> StaffRow:
    return next(row for row in scene.queries.staff() if row.id == staff_id)


def test_everybody_stands_by_digit_and_the_call_taker_last(scene: Scene) -> None:
    rows = scene.queries.staff()
    assert [row.digit for row in rows] == [1, 2, 3, 4, 5, 0]
    assert rows[-1].name == "李鸿兰"
    assert not rows[-1].technician
    assert {row.state for row in rows} == {StaffState.STANDBY}
    assert rows[0].service_line == "0871-68686833"
    assert rows[0].mobile == ""


def test_the_state_follows_the_fault_that_is_furthest_along(scene: Scene) -> None:
    first, second = scene.register("bajie"), scene.register("caopu")
    scene.send(first, "liuping")
    assert person(scene, "liuping").state is StaffState.ASSIGNED
    scene.send(second, "liuping")
    scene.at("08:40").mark(second, FactKind.DEPARTED)
    row = person(scene, "liuping")
    assert (row.state, row.since) == (StaffState.EN_ROUTE, scene.time("08:40"))
    assert row.engagements == (
        ("A-0002", "草铺街道办事处节点", StaffState.EN_ROUTE),
        ("A-0001", "八街街道办事处节点", StaffState.ASSIGNED),
    )


def test_who_is_away_stays_away_whatever_is_in_hand(scene: Scene) -> None:
    fault = scene.register()
    scene.send(fault)
    changes = scene.do(SetAvailability("zhangyiming", StaffState.ON_LEAVE))
    assert "手上还有 1 件" in changes.message
    assert changes.faults == {fault}
    assert person(scene, "zhangyiming").state is StaffState.ON_LEAVE
    assert len(person(scene, "zhangyiming").engagements) == 1


def test_what_was_done_today_is_counted_for_those_who_did_it(scene: Scene) -> None:
    for at in ("2024-11-21 10:00", "2024-11-22 09:00", "2024-11-22 10:00"):
        fault = scene.at(at).register()
        scene.send(fault)
        scene.finish(fault)
    resolved = scene.register()
    scene.send(resolved, "liuping")
    scene.mark(resolved, FactKind.RESOLVED)
    yesterday = scene.at("2024-11-21 23:00").register()
    scene.send(yesterday, "liutao")
    scene.mark(yesterday, FactKind.RESOLVED)
    scene.at("11:00")
    done = {row.id: row.done_today for row in scene.queries.staff()}
    assert (done["zhangyiming"], done["liuping"], done["liutao"]) == (2, 1, 0)


def test_the_number_of_statements_does_not_grow_with_the_faults(scene: Scene) -> None:
    few = scene.statements(scene.queries.staff)
    for _ in range(8):
        scene.send(scene.register(), "liuping")
    scene.queries.staff()
    assert scene.statements(scene.queries.staff) == few


def test_suggestions_rank_by_free_now_then_skill_and_say_why(scene: Scene) -> None:
    scene.send(scene.register(), "zhuhongcheng")
    fault = scene.register("ninghu-1")
    found = scene.queries.suggestions(fault)
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]
    assert [one.best for one in found] == [True, False, False, False, False]
    last = found[-1]
    assert last.staff_id == "zhuhongcheng"
    assert last.consequence == "先离开 A-0001（已派）"
    assert last.reasons[:2] == ("手上 1 件", "擅长网络")
    assert "空闲" in found[0].reasons
    assert any("（估）" in reason for reason in found[0].reasons)


def test_the_skill_a_site_asks_for_comes_first(scene: Scene) -> None:
    best = scene.queries.suggestions(scene.register("wangzhan"))[0]
    assert best.staff_id == "liutao"
    assert "擅长软件" in best.reasons


def test_who_is_near_is_better_than_who_is_far(scene: Scene) -> None:
    there = scene.register("bajie")
    for one in ("liuping", "zhangyiming"):
        scene.send(there, one)
    scene.mark(there, FactKind.ARRIVED, staff_id="liuping")
    fault = scene.register("bajie")
    found = {one.staff_id: one for one in scene.queries.suggestions(fault)}
    assert found["liuping"].travel_minutes == 3
    assert found["liuping"].rank < found["zhangyiming"].rank
    assert (found["zhangyiming"].travel_minutes or 0) > 30


def test_who_rests_comes_after_who_is_free_and_who_is_away_is_not_named(scene: Scene) -> None:
    fault = scene.register("bajie")
    scene.do(SetAvailability("liuping", StaffState.RESTING))
    scene.do(SetAvailability("yangshuangjin", StaffState.ON_LEAVE))
    scene.send(fault, "zhangyiming")
    found = scene.queries.suggestions(fault)
    assert [one.staff_id for one in found] == ["zhuhongcheng", "liutao", "liuping"]
    assert "休息中" in found[-1].reasons


def test_a_site_without_a_place_gives_no_estimate(scene: Scene) -> None:
    fault = scene.register("jinfang")
    best = scene.queries.suggestions(fault)[0]
    assert best.travel_minutes is None
    assert not any("估" in reason for reason in best.reasons)


def test_the_figures_behind_the_estimate_can_be_edited(scene: Scene) -> None:
    fault = scene.register("bajie")
    before = scene.queries.suggestions(fault)[0].travel_minutes
    scene.do(ChangeSetting("travel_outlying_kmh", "20"))
    after = scene.queries.suggestions(fault)[0].travel_minutes
    assert before is not None
    assert after is not None
    assert after > 2 * before - 10


def test_a_site_of_our_own_is_served_like_any(scene: Scene) -> None:
    added = scene.do(AddSite("新建节点", "box", Zone.OUTLYING)).created
    assert "擅长光纤" in scene.queries.suggestions(scene.register(added))[0].reasons


def test_a_site_the_program_never_knew_is_treated_as_an_office(scene: Scene) -> None:
    fault = scene.register("bajie")
    with scene.database.unit_of_work(STAMP) as work:
        work.session.get_one(Fault, fault).site_id = "gone"
    assert "擅长维护" in scene.queries.suggestions(fault)[0].reasons


@pytest.mark.parametrize("state", [StaffState.ON_SCENE, StaffState.ASSIGNED])
def test_what_follows_from_the_faults_cannot_be_set(scene: Scene, state: StaffState) -> None:
    with pytest.raises(KnownError, match="推出"):
        scene.do(SetAvailability("liuping", state))


def test_availability_is_recorded_once(scene: Scene) -> None:
    changes = scene.at("09:00").do(SetAvailability("liuping", StaffState.RESTING, "午饭"))
    assert changes.staff == {"liuping"}
    assert changes.message == "刘平 已记为休息"
    assert person(scene, "liuping").since == scene.time("09:00")
    assert scene.do(SetAvailability("liuping", StaffState.RESTING)).staff == frozenset()


def test_a_slip_about_somebody_is_taken_back_once(scene: Scene) -> None:
    scene.do(SetAvailability("liuping", StaffState.RESTING))
    ticket = scene.do(SetAvailability("liuping", StaffState.ON_LEAVE)).undo
    assert ticket is not None
    back = scene.do(ticket.command)
    assert (back.message, back.undo) == ("刘平 已记为休息", None)
    assert person(scene, "liuping").state is StaffState.RESTING


def test_leaving_says_whom_to_write_to_and_whether_the_floor_is_broken(scene: Scene) -> None:
    said = scene.do(SetAvailability("lihonglan", StaffState.LEFT)).message
    assert said == "李鸿兰 已记为离职，须函告甲方（九.1、四.3）"
    said = scene.do(SetAvailability("liuping", StaffState.LEFT)).message
    assert said.endswith("在职技术人员 4 人，低于合同的 5 人（二.2）")


def test_the_operator_signs_what_is_done_from_then_on(scene: Scene) -> None:
    assert scene.queries.operator().name == "李鸿兰"
    first = scene.register()
    changes = scene.do(ChooseOperator("liutao"))
    assert changes.settings == {"operator"}
    scene.do(AmendFault(first, "caller", "王科长", "", 1))
    assert [one.operator for one in scene.queries.fault_detail(first).timeline] == ["李鸿兰", "刘涛"]
    assert scene.queries.operator().name == "刘涛"
    assert scene.do(ChooseOperator("liutao")).settings == frozenset()


def test_nobody_unknown_or_gone_takes_the_desk(scene: Scene) -> None:
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    for nobody in ("liuping", "stranger"):
        with pytest.raises(KnownError):
            scene.do(ChooseOperator(nobody))


def test_the_desk_is_handed_over_and_not_set(scene: Scene) -> None:
    with pytest.raises(KnownError, match="值班员"):
        scene.do(ChangeSetting("operator", "liutao"))
    assert scene.queries.operator().name == "李鸿兰"


def test_without_the_person_chosen_the_call_taker_acts(scene: Scene) -> None:
    with scene.database.unit_of_work(STAMP) as work:
        work.session.add(Setting(name="operator", value="gone"))
    assert scene.queries.operator().name == "李鸿兰"


def journey(scene: Scene, start: str, end: str, site: str = "bajie") -> None:
    """张懿明 sets out for a site at one time and is there at the other; the fault is over afterwards."""
    fault = scene.at(start).register(site)
    scene.send(fault)
    scene.mark(fault, FactKind.DEPARTED, staff_id="zhangyiming")
    scene.at(end).mark(fault, FactKind.ARRIVED, staff_id="zhangyiming")
    scene.finish(fault)


def test_journeys_really_made_mend_the_estimate_and_are_counted(scene: Scene) -> None:
    before = scene.queries.suggestions(scene.at("07:00").register("bajie"))[0].travel_minutes
    assert before is not None
    for hour in ("09", "12", "15"):
        journey(scene, f"{hour}:00", f"{hour}:10")
    best = scene.queries.suggestions(scene.register("bajie"))[0]
    # Three journeys of ten minutes weigh as much as the rule.
    assert best.travel_minutes == -(-(before + 10) // 2)
    assert f"约 {best.travel_minutes} 分（估，含实际 3 次）" in best.reasons


def test_a_forgotten_arrival_and_a_journey_elsewhere_teach_nothing(scene: Scene) -> None:
    before = scene.queries.suggestions(scene.at("07:00").register("bajie"))[0].travel_minutes
    journey(scene, "08:00", "08:05", "caopu")
    journey(scene, "09:00", "16:00")
    left_only = scene.register("bajie")
    scene.send(left_only)
    scene.mark(left_only, FactKind.DEPARTED, staff_id="zhangyiming")
    scene.finish(left_only)
    best = scene.queries.suggestions(scene.register("bajie"))[0]
    assert best.travel_minutes == before
    assert not any("实际" in reason for reason in best.reasons)


def test_who_is_at_work_at_the_same_site_need_not_leave_it(scene: Scene) -> None:
    first = scene.register("bajie")
    scene.send(first, "liuping")
    scene.mark(first, FactKind.ARRIVED, staff_id="liuping")
    found = {one.staff_id: one for one in scene.queries.suggestions(scene.register("bajie"))}
    assert found["liuping"].consequence == "与 A-0001 同站点"
