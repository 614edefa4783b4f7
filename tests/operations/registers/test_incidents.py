"""安全事件: a breach of secrecy stands in the settlement once, and no longer than its entry."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.contract_ledger import WithdrawContractFact
from dispatch_app.operations.registers.entries import AmendEntry, RestoreEntry, WithdrawEntry
from dispatch_app.operations.registers.register import Tone
from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from tests.operations.registers.registering import act, add, detail, view
from tests.operations.scene import Scene

BREACH = {
    "kind": "违反保密条款",
    "at": "2024-11-21 16:20",
    "site": "市政府大楼机房",
    "person": "刘平",
    "clause": "附二(二)",
    "what": "拓扑图未经批准带出机房",
}
ACCIDENT = {
    "kind": "安全事故",
    "at": "2024-11-22 08:00",
    "what": "登梯滑落",
    "injured": "轻伤一人",
    "damage": "800",
}


def rights(scene: Scene) -> tuple[str, ...]:
    return scene.queries.tally(scene.time("2024-11-01 00:00"), scene.time("2024-12-01 00:00")).termination


def entries(scene: Scene) -> list[tuple[str, str, str]]:
    return [(row.document, row.note, row.withdrawn) for row in scene.queries.contract_entries()]


def test_a_breach_of_secrecy_opens_the_right_to_end_the_contract(scene: Scene) -> None:
    entry = add(scene, "incidents", BREACH)
    (said,) = rights(scene)
    assert "九.3" in said
    assert "2024-11-21 16:20" in said
    assert entries(scene) == [("A-AQ0001", "A-AQ0001 附二(二)", "")]
    # What says nothing new of it records nothing again.
    scene.do(AmendEntry(entry, 1, {"measures": "收回图纸"}, "补写"))
    assert len(entries(scene)) == 1


def test_the_settlement_follows_corrections_withdrawal_and_restoring(scene: Scene) -> None:
    entry = add(scene, "incidents", BREACH)
    done = act(scene, entry, "report", reported_at="现在", document="网盛〔2024〕5号")
    assert "已记上报" in done.message
    assert entries(scene)[0][0] == "网盛〔2024〕5号"
    assert entries(scene)[1][2] == "安全事件 A-AQ0001 已更正或作废"
    assert len(rights(scene)) == 1
    scene.do(WithdrawEntry(entry, 2, "查实不是我方"))
    assert rights(scene) == ()
    scene.do(RestoreEntry(entry, 3, "确是我方"))
    assert len(rights(scene)) == 1
    changed = scene.do(AmendEntry(entry, 4, {"kind": "隐患"}, "没有泄露"))
    assert "已撤回这条记录（九.3）" in changed.message
    assert "contract" in changed.settings
    assert rights(scene) == ()


def test_what_an_incident_recorded_is_taken_back_with_the_incident(scene: Scene) -> None:
    add(scene, "incidents", BREACH)
    (row,) = scene.queries.contract_entries()
    with pytest.raises(KnownError) as refused:
        scene.do(WithdrawContractFact(row.id, "登错"))
    assert str(refused.value) == "这条由安全事件记入，不在这里撤回。请在登记簿的安全事件里更正或作废那一起"


def test_an_accident_costs_no_right_and_is_reported(scene: Scene) -> None:
    entry = add(scene, "incidents", ACCIDENT)
    assert rights(scene) == ()
    assert detail(scene, entry).row.tones == {"reported_at": Tone.BREACHED}
    assert view(scene, "incidents", "untold") == view(scene, "incidents", "accidents") == ["A-AQ0001"]
    with pytest.raises(KnownError, match="没有写上报时间"):
        act(scene, entry, "report", document="1号")
    with pytest.raises(KnownError, match="上报早于发生"):
        act(scene, entry, "report", reported_at="2024-11-22 07:59")
    act(scene, entry, "report", reported_at="现在")
    assert view(scene, "incidents", "untold") == []
    with pytest.raises(KnownError, match="已经上报甲方"):
        act(scene, entry, "report", reported_at="现在")


def test_a_breach_names_the_clause_and_who_was_there(scene: Scene) -> None:
    with pytest.raises(KnownError, match="没有写违反了哪一条"):
        add(scene, "incidents", BREACH, clause="")
    scene.do(SetAvailability("liuping", StaffState.LEFT))
    # What somebody did before leaving may come out later.
    add(scene, "incidents", BREACH)
    with pytest.raises(KnownError, match="当事人：刘平 已于 2024-11-22 离职"):
        add(scene, "incidents", BREACH, at="2024-11-22 08:30")
    assert view(scene, "incidents", "secrecy") == ["A-AQ0001"]


def test_two_breaches_are_kept_apart(scene: Scene) -> None:
    add(scene, "incidents", BREACH)
    second = add(scene, "incidents", BREACH, clause="附四 三")
    scene.do(WithdrawEntry(second, 1, "重复"))
    assert [note for _, note, withdrawn in entries(scene) if not withdrawn] == ["A-AQ0001 附二(二)"]
