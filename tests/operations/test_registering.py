"""接报: a call becomes a fault, and its draft goes."""

from __future__ import annotations

import pytest

from dispatch_app.contract.clocks import ClockName, ClockState
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Source, Zone
from dispatch_app.operations.calls import DropDraft, KeepDraft
from dispatch_app.operations.faults import RegisterFault
from tests.operations.scene import Scene


def test_a_call_gets_its_number_and_its_clocks_from_the_moment_it_was_answered(scene: Scene) -> None:
    scene.at("08:45")
    answered = scene.time("08:41")
    changes = scene.do(RegisterFault(answered, "bajie", " 专网不通 ", caller=" 段主任 ", source=Source.UNIT))

    row = scene.row(changes.created)
    assert (row.number, row.zone, row.symptom, row.source) == (
        "A-0001",
        Zone.OUTLYING,
        "专网不通",
        Source.UNIT,
    )
    assert row.reported_at == answered
    response = next(clock for clock in row.clocks if clock.clock is ClockName.RESPONSE)
    assert (response.state, response.due_at) == (ClockState.RUNNING, answered + 1200)
    assert changes.faults == {changes.created}
    assert changes.sites == {"bajie"}
    assert changes.undo is None
    assert "A-0001" in changes.message
    assert scene.queries.fault_detail(changes.created).caller == "段主任"


def test_numbers_count_up_and_a_refused_call_uses_none(scene: Scene) -> None:
    scene.register()
    with pytest.raises(KnownError):
        scene.register("nowhere")
    assert scene.row(scene.register()).number == "A-0002"


def test_saving_a_call_drops_its_draft(scene: Scene) -> None:
    scene.do(KeepDraft("d1", scene.clock.at, parked=False, fields={"site": "bj"}))
    changes = scene.do(RegisterFault(scene.clock.at, "bajie", "断网", draft_id="d1"))
    assert changes.drafts == {"d1"}
    assert scene.queries.drafts() == ()
    assert scene.do(RegisterFault(scene.clock.at, "bajie", "断网", draft_id="d1")).drafts == frozenset()


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (RegisterFault(0, "", "断网"), "site"),
        (RegisterFault(0, "bajie", "  "), "symptom"),
        (RegisterFault(1 << 40, "bajie", "断网"), "at"),
    ],
)
def test_a_call_without_site_or_symptom_or_from_the_future_is_refused_by_field(
    scene: Scene, command: RegisterFault, field: str
) -> None:
    with pytest.raises(KnownError) as refused:
        scene.do(command)
    assert refused.value.field == field
    assert scene.queries.queue() == ()


def test_the_same_call_is_not_registered_twice_under_one_id(scene: Scene) -> None:
    command = RegisterFault(scene.clock.at, "bajie", "断网", fault_id="one")
    assert scene.do(command).created == "one"
    with pytest.raises(KnownError, match="已经登记"):
        scene.do(command)


def test_drafts_are_replaced_parked_and_dropped(scene: Scene) -> None:
    scene.do(KeepDraft("d1", 100, parked=False, fields={"symptom": "断"}))
    scene.do(KeepDraft("d2", 50, parked=True))
    scene.do(KeepDraft("d1", 100, parked=True, fields={"symptom": "断网"}))
    rows = scene.queries.drafts()
    assert [(row.id, row.parked, row.fields) for row in rows] == [
        ("d2", True, {}),
        ("d1", True, {"symptom": "断网"}),
    ]
    assert scene.do(DropDraft("d1")).drafts == {"d1"}
    assert scene.do(DropDraft("d1")).drafts == frozenset()
    assert [row.id for row in scene.queries.drafts()] == ["d2"]
