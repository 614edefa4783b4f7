"""更正 and 撤回: what was written stays, what counts changes at once."""

from __future__ import annotations

import pytest

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Source, Zone
from dispatch_app.operations.faults import AmendFault, CorrectFact, UndoFacts
from dispatch_app.operations.rows import StaffState, TimelineEntry
from tests.operations.scene import Scene


def entry(scene: Scene, fault: str, kind: FactKind) -> TimelineEntry:
    return next(one for one in scene.queries.fault_detail(fault).timeline if one.kind is kind)


def arrival(scene: Scene, fault: str) -> ClockState:
    return next(one.state for one in scene.row(fault).clocks if one.clock is ClockName.ARRIVAL)


@pytest.fixture
def late(scene: Scene) -> str:
    """A fault in town whose engineer was typed in five minutes late."""
    fault = scene.register()
    scene.send(fault)
    scene.at("09:15").mark(fault, FactKind.ARRIVED)
    return fault


def correct(
    scene: Scene, fault: str, kind: FactKind, new_at: int | None, reason: str = "记错"
) -> CorrectFact:
    return CorrectFact(fault, entry(scene, fault, kind).fact_id, new_at, reason, scene.version(fault))


def test_a_corrected_time_counts_at_once_and_both_times_show(scene: Scene, late: str) -> None:
    assert arrival(scene, late) is ClockState.BREACHED
    changes = scene.at("09:30").do(correct(scene, late, FactKind.ARRIVED, scene.time("09:05"), "10:38 已到"))
    assert arrival(scene, late) is ClockState.MET
    shown = entry(scene, late, FactKind.ARRIVED)
    assert (shown.at, shown.original_at) == (scene.time("09:05"), scene.time("09:15"))
    assert shown.corrections == ("2024-11-22 09:30:00 李鸿兰 改为 2024-11-22 09:05:00：10:38 已到",)
    assert "改为 09:05" in changes.message

    assert changes.undo is not None
    scene.do(changes.undo.command)
    assert arrival(scene, late) is ClockState.BREACHED


def test_a_voided_fact_stays_in_the_time_line_and_no_longer_counts(scene: Scene, late: str) -> None:
    scene.do(correct(scene, late, FactKind.ARRIVED, None))
    shown = entry(scene, late, FactKind.ARRIVED)
    assert shown.voided
    assert shown.corrections[0].endswith("作废：记错")
    assert scene.row(late).engagements[0].state is StaffState.ASSIGNED


def test_a_correction_that_changes_nothing_writes_nothing(scene: Scene, late: str) -> None:
    before = scene.version(late)
    same = entry(scene, late, FactKind.ARRIVED).at
    assert "已是这样" in scene.do(correct(scene, late, FactKind.ARRIVED, same)).message
    assert scene.version(late) == before
    scene.do(correct(scene, late, FactKind.ARRIVED, None))
    assert "已是这样" in scene.do(correct(scene, late, FactKind.ARRIVED, None)).message
    scene.do(correct(scene, late, FactKind.ARRIVED, same))
    assert not entry(scene, late, FactKind.ARRIVED).voided


def test_the_report_can_be_given_another_time_but_not_be_taken_back(scene: Scene, late: str) -> None:
    scene.do(correct(scene, late, FactKind.REPORTED, scene.time("08:25")))
    assert scene.row(late).reported_at == scene.time("08:25")
    with pytest.raises(KnownError) as refused:
        scene.do(correct(scene, late, FactKind.REPORTED, None))
    assert "误报" in refused.value.remedy


@pytest.mark.parametrize(
    ("new_at", "reason", "why"),
    [("09:10", " ", "原因"), ("08:29", "记错", "早于接报"), ("10:00", "记错", "还没有到")],
)
def test_a_correction_without_reason_or_possibility_is_refused(
    scene: Scene, late: str, new_at: str, reason: str, why: str
) -> None:
    with pytest.raises(KnownError, match=why):
        scene.do(correct(scene, late, FactKind.ARRIVED, scene.time(new_at), reason))


def test_a_fact_of_no_fault_cannot_be_corrected(scene: Scene, late: str) -> None:
    with pytest.raises(KnownError, match="找不到"):
        scene.do(CorrectFact(late, "none", None, "记错", scene.version(late)))


def test_two_screens_correcting_one_fact_do_not_overwrite_each_other(scene: Scene, late: str) -> None:
    stale = correct(scene, late, FactKind.ARRIVED, scene.time("09:10"))
    scene.do(correct(scene, late, FactKind.ARRIVED, scene.time("09:05")))
    with pytest.raises(KnownError, match="已被更新"):
        scene.do(stale)


def test_undoing_twice_or_a_registration_takes_nothing_more_back(scene: Scene, late: str) -> None:
    fact = entry(scene, late, FactKind.ARRIVED).fact_id
    assert scene.do(UndoFacts(late, (fact,))).message == "A-0001 已撤回：到场"
    before = scene.version(late)
    again = scene.do(UndoFacts(late, (fact,)))
    assert "已经撤回过" in again.message
    assert scene.version(late) == before
    with pytest.raises(KnownError, match="登记不能撤回"):
        scene.do(UndoFacts(late, (entry(scene, late, FactKind.REPORTED).fact_id,)))


def test_what_a_reopening_rests_on_is_not_undone_under_it(scene: Scene, late: str) -> None:
    changes = scene.mark(late, FactKind.RESOLVED)
    scene.at("10:00").mark(late, FactKind.REOPENED)
    assert changes.undo is not None
    with pytest.raises(KnownError, match="重开"):
        scene.do(changes.undo.command)


def test_undoing_the_filing_brings_a_fault_back_to_the_queue(scene: Scene, late: str) -> None:
    scene.mark(late, FactKind.RESOLVED)
    changes = scene.mark(late, FactKind.CLOSED)
    scene.queries.day_summary()
    assert changes.undo is not None
    scene.do(changes.undo.command)
    assert [row.id for row in scene.queries.queue()] == [late]


def amend(scene: Scene, fault: str, field: str, after: str, reason: str = "问清") -> AmendFault:
    return AmendFault(fault, field, after, reason, scene.version(fault))


def test_a_new_site_brings_its_zone_along_and_replays_the_clocks(scene: Scene, late: str) -> None:
    changes = scene.do(amend(scene, late, "site", "bajie"))
    row = scene.row(late)
    assert (row.site_id, row.site_name, row.zone) == ("bajie", "八街街道办事处节点", Zone.OUTLYING)
    assert arrival(scene, late) is ClockState.MET
    assert changes.sites == {"bajie", "shizhengfu"}
    notes = [one.note for one in scene.queries.fault_detail(late).timeline if one.kind is FactKind.AMENDED]
    assert "区域：市区内 改为 市区外：问清" in notes

    assert changes.undo is not None
    scene.do(changes.undo.command)
    assert scene.row(late).site_name == "市政府大楼机房"
    assert arrival(scene, late) is ClockState.BREACHED


@pytest.mark.parametrize(
    ("field", "after", "note"),
    [
        ("emergency", "1", "紧急：否 改为 是：问清"),
        ("source", "monitoring", "来源：甲方 改为 监控：问清"),
        ("zone", "outlying", "区域：市区内 改为 市区外：问清"),
        ("caller", "王科长", "报障人：空 改为 王科长：问清"),
        ("symptom", "全楼断网", "现象：断网 改为 全楼断网：问清"),
        ("hardware", "1", "硬件故障：否 改为 是：问清"),
    ],
)
def test_every_field_of_the_report_can_be_amended_and_says_so(
    scene: Scene, field: str, after: str, note: str
) -> None:
    fault = scene.register()
    scene.do(amend(scene, fault, field, after))
    assert entry(scene, fault, FactKind.AMENDED).note == note


def test_an_amended_source_changes_what_counts_as_a_call(scene: Scene) -> None:
    fault = scene.register()
    scene.do(amend(scene, fault, "source", "patrol"))
    row = scene.row(fault)
    assert row.source is Source.PATROL
    assert next(c.state for c in row.clocks if c.clock is ClockName.DISPATCH_5H) is ClockState.VOID


def test_filling_in_an_empty_field_needs_no_reason_but_changing_one_does(scene: Scene) -> None:
    fault = scene.register()
    scene.do(amend(scene, fault, "caller", "王科长", ""))
    assert entry(scene, fault, FactKind.AMENDED).note.endswith("：补充")
    for field, after in (("caller", "李科长"), ("emergency", "1")):
        with pytest.raises(KnownError) as refused:
            scene.do(amend(scene, fault, field, after, ""))
        assert refused.value.field == "reason"


def test_amending_to_what_it_is_already_writes_nothing(scene: Scene) -> None:
    fault = scene.register()
    for field, after in (("symptom", "断网"), ("site", "shizhengfu"), ("zone", "urban")):
        assert "没有变" in scene.do(amend(scene, fault, field, after)).message
    assert scene.version(fault) == 1


@pytest.mark.parametrize(
    ("field", "after"),
    [("zone", "moon"), ("emergency", "yes"), ("symptom", " "), ("site", "nowhere"), ("number", "A-9")],
)
def test_what_cannot_be_amended_is_refused(scene: Scene, field: str, after: str) -> None:
    fault = scene.register()
    with pytest.raises(KnownError):
        scene.do(amend(scene, fault, field, after))
    assert scene.version(fault) == 1


def test_two_screens_amending_one_field_do_not_overwrite_each_other(scene: Scene) -> None:
    fault = scene.register()
    stale = amend(scene, fault, "caller", "李科长")
    scene.do(amend(scene, fault, "unit", "市委"))
    scene.do(stale)
    with pytest.raises(KnownError, match="已被更新"):
        scene.do(stale)
