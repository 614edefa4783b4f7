"""资料出入: what may leave a room, and what is pointed out until it is back."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry
from dispatch_app.operations.registers.register import Tone
from tests.operations.scene import Scene

DRAWING = {
    "title": "政务网拓扑图",
    "kind": "图纸",
    "secrecy": "机密",
    "copies": "1",
    "site": "市政府大楼机房",
    "approver": "王局长",
    "approval": "安工信〔2024〕12号",
    "taken_by": "李科长（市财政局）",
    "handed_by": "刘平",
    "out_at": "08:20",
    "due": "2024-11-25",
}


def take_out(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("documents_out", DRAWING | other)).created


def seen(scene: Scene, view: str) -> list[str]:
    page = scene.queries.register_page("documents_out", RegisterFilter(view=view), RegisterSort())
    return [row.cells[1] for row in page.rows]


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"approval": ""}, "approval", "《政务网拓扑图》没有批准文号，不得带出机房（附二(二)）"),
        ({"approver": ""}, "approver", "《政务网拓扑图》没有批准人，不得带出机房（附二(二)）"),
        ({"due": "2024-11-21"}, "due", "应还日期 2024-11-21 早于带出的那天"),
        ({"taken_by": ""}, "taken_by", "没有填带出人"),
    ],
)
def test_what_may_not_leave_is_refused(scene: Scene, typed: dict[str, str], field: str, message: str) -> None:
    with pytest.raises(KnownError) as refused:
        take_out(scene, **typed)
    assert (refused.value.field, refused.value.message) == (field, message)
    assert seen(scene, "out") == []


def test_what_is_out_is_overdue_the_day_after_it_was_due(scene: Scene) -> None:
    entry_id = take_out(scene)
    assert scene.queries.register_entry(entry_id).row.tones == {}
    scene.at("2024-11-25 10:00")
    assert scene.queries.register_entry(entry_id).row.tones == {"due": Tone.SOON}
    assert seen(scene, "overdue") == []
    scene.at("2024-11-26 00:00")
    assert scene.queries.register_entry(entry_id).row.tones == {"due": Tone.BREACHED}
    assert seen(scene, "overdue") == ["政务网拓扑图"]


def test_it_is_back_when_somebody_has_signed_for_it(scene: Scene) -> None:
    entry_id = take_out(scene)
    with pytest.raises(KnownError, match="《政务网拓扑图》没有写谁签收的"):
        scene.do(ActOnEntry(entry_id, 1, "return", {"returned_at": "现在"}))
    with pytest.raises(KnownError, match="归还时间早于带出时间 2024-11-22 08:20"):
        scene.do(ActOnEntry(entry_id, 1, "return", {"returned_at": "08:19", "received_by": "刘平"}))
    scene.at("2024-11-26 09:00")
    scene.do(ActOnEntry(entry_id, 1, "return", {"returned_at": "现在", "received_by": "刘平"}))
    assert seen(scene, "out") == seen(scene, "overdue") == []
    assert scene.queries.register_entry(entry_id).row.tones == {}
    with pytest.raises(KnownError, match="已经归还"):
        scene.do(ActOnEntry(entry_id, 2, "return", {"returned_at": "现在", "received_by": "刘平"}))
