"""回电承诺: kept with its moment, owed until somebody rang back."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.promises import KeepPromise, OweAgain
from tests.operations.scene import Scene


def promised(scene: Scene, minutes: int, caller: str) -> str:
    return scene.register(
        caller=caller, callback="6800 0001", ring_back_at=scene.clock.at + minutes * 60, symptom="断网"
    )


def test_a_promise_is_owed_with_whom_and_about_what_the_first_due_in_front(scene: Scene) -> None:
    later, sooner = promised(scene, 40, "段主任"), promised(scene, 20, "周秘书")
    rows = scene.queries.promises()
    assert [(row.fault_id, row.fault_number, row.caller, row.callback) for row in rows] == [
        (sooner, "A-0002", "周秘书", "6800 0001"),
        (later, "A-0001", "段主任", "6800 0001"),
    ]
    assert rows[0].due_at == scene.clock.at + 1200
    assert rows[0].about.startswith("A-0002 ")
    assert rows[0].about.endswith(" 断网")


def test_ringing_back_ends_it_once(scene: Scene) -> None:
    promised(scene, 20, "")
    (row,) = scene.queries.promises()
    scene.at("08:45")
    changes = scene.do(KeepPromise(row.id))
    assert changes.promises == {row.id}
    assert changes.message == "已回电 6800 0001"
    assert scene.queries.promises() == ()
    again = scene.do(KeepPromise(row.id))
    assert again.promises == frozenset()
    assert again.message == "6800 0001 在 08:45 已经回电"


def test_a_promise_kept_by_a_slip_of_the_hand_is_owed_again_by_the_same_moment(scene: Scene) -> None:
    promised(scene, 20, "周秘书")
    (row,) = scene.queries.promises()
    ticket = scene.do(KeepPromise(row.id)).undo
    assert ticket is not None
    assert ticket.label == "已回电 周秘书"
    back = scene.do(ticket.command)
    assert (back.promises, back.message) == ({row.id}, "已撤回：已回电 周秘书，仍须回电")
    assert back.undo is None
    assert scene.queries.promises() == (row,)
    again = scene.do(ticket.command)
    assert (again.promises, again.message) == (frozenset(), "周秘书 还没有回电，承诺仍在")


@pytest.mark.parametrize("command", [KeepPromise("nobody"), OweAgain("nobody")])
def test_a_promise_nobody_made_can_neither_be_kept_nor_owed_again(scene: Scene, command: object) -> None:
    with pytest.raises(KnownError, match="没有这个回电承诺"):
        scene.do(command)


@pytest.mark.parametrize(
    ("minutes", "callback", "field"), [(0, "6800 0001", "promise"), (20, " ", "callback")]
)
def test_a_promise_that_cannot_be_kept_is_refused_and_registers_nothing(
    scene: Scene, minutes: int, callback: str, field: str
) -> None:
    with pytest.raises(KnownError) as refused:
        scene.register(callback=callback, ring_back_at=scene.clock.at + minutes * 60)
    assert refused.value.field == field
    assert scene.queries.queue() == ()
    assert scene.queries.promises() == ()
