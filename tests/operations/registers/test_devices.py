"""What 设备台账 gives to a call and to the proposal of a procedure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dispatch_app.contract.facts import Procedure
from dispatch_app.operations.registers.entries import AddEntry, WithdrawEntry
from tests.operations.scene import Scene

SWITCH = {
    "label": "AN-0012",
    "kind": "交换机",
    "brand": "H3C",
    "model": "S5560",
    "site": "市政府大楼机房",
    "rack": "3 柜 12U",
    "state": "在用",
    "important": "否",
}


def add(scene: Scene, **other: str) -> str:
    return scene.do(AddEntry("devices", SWITCH | other)).created


@pytest.mark.parametrize("typed", ["AN-0012", "an-0012", " ＡＮ-0012 "])
def test_a_label_scanned_or_typed_names_device_and_site(scene: Scene, typed: str) -> None:
    add(scene, warranty_until="2025-06-30", price="280")
    found = scene.queries.place_found(typed)
    assert found.device is not None
    assert (found.device.words, found.device.place) == ("AN-0012 交换机 H3C S5560", "3 柜 12U")
    assert (found.device.site_name, found.device.state) == ("市政府大楼机房", "在用")
    assert [row.id for row in found.sites] == ["shizhengfu"]


def test_what_is_no_label_is_looked_for_among_the_sites_alone(scene: Scene) -> None:
    gone = add(scene)
    scene.do(WithdrawEntry(gone, 1, "登错"))
    assert scene.queries.place_found("AN-0012") == scene.queries.place_found("AN-9")
    found = scene.queries.place_found("bajie")
    assert (found.device, found.sites[0].id) == (None, "bajie")
    assert scene.queries.device_by_label(" ") is None


def test_the_site_of_a_label_comes_before_sites_the_same_letters_name(scene: Scene) -> None:
    add(scene, label="bj", site="县街")
    found = scene.queries.place_found("bj")
    assert found.device is not None
    assert [row.id for row in found.sites][:2] == ["xianjie", "bajie"]


def test_a_site_offers_its_devices_by_label_and_by_what_is_typed(scene: Scene) -> None:
    add(scene)
    add(scene, label="AN-0002", kind="服务器", model="R740")
    add(scene, label="AN-0003", site="八街")
    devices = scene.queries.devices_at
    assert [one.label for one in devices("shizhengfu", "")] == ["AN-0002", "AN-0012"]
    assert [one.label for one in devices("shizhengfu", "r740")] == ["AN-0002"]
    assert [one.label for one in devices("", "an")] == ["AN-0002", "AN-0003", "AN-0012"]
    assert devices("bajie", "r740") == ()


def test_the_warranty_of_the_device_decides_and_says_where_it_is_known_from(scene: Scene) -> None:
    add(scene, warranty_until="2024-11-22")
    fault = scene.register(hardware=True, device="an-0012 交换机 H3C S5560")
    proposal = scene.queries.propose_procedure(fault, None, None, repairable=True)
    assert proposal.procedure is Procedure.WARRANTY
    assert proposal.reasons == ("设备台账 AN-0012：免费维保到 2024-11-22，走厂家免费维保（附一 二.1）",)
    scene.at("2024-11-23 00:00:00")
    proposal = scene.queries.propose_procedure(fault, None, None, repairable=True)
    assert proposal.procedure is Procedure.REPAIR
    assert proposal.reasons[0] == "设备台账 AN-0012：免费维保已于 2024-11-22 到期（附一 二.1）"


@pytest.mark.parametrize(
    ("price", "procedure", "reason"),
    [
        ("300", Procedure.REPAIR, "整机购置价 300.00 元，零部件不会超过 300 元，按维修程序（二.4、八.1(4)）"),
        ("300.01", Procedure.REPAIR, "可维修、尚无估价"),
        ("", Procedure.REPAIR, "可维修、尚无估价"),
    ],
)
def test_a_device_cheaper_than_the_line_needs_no_estimate(
    scene: Scene, price: str, procedure: Procedure, reason: str
) -> None:
    add(scene, price=price)
    fault = scene.register(hardware=True, device="AN-0012")
    proposal = scene.queries.propose_procedure(fault, None, None, repairable=True)
    assert proposal.procedure is procedure
    assert proposal.reasons[0] == "设备台账 AN-0012：未填维保期，按已过维保处理"
    assert proposal.reasons[1].startswith(reason)


def test_what_is_said_on_the_spot_goes_before_the_register(scene: Scene) -> None:
    add(scene, warranty_until="2030-01-01")
    fault = scene.register(hardware=True, device="AN-0012")
    over = date(2024, 1, 31)
    proposal = scene.queries.propose_procedure(fault, over, Decimal("4860"), repairable=True)
    assert proposal.procedure is Procedure.SPECIAL_REPORT
    assert "设备台账" not in proposal.reasons[0]


@pytest.mark.parametrize("said", ["", "核心交换机", "AN-00123"])
def test_a_device_that_is_not_in_the_register_is_nobodys(scene: Scene, said: str) -> None:
    add(scene, warranty_until="2030-01-01")
    fault = scene.register(hardware=True, device=said)
    proposal = scene.queries.propose_procedure(fault, None, None, repairable=True)
    assert proposal.reasons[0] == "未填维保期，按已过维保处理"


def test_views_part_the_devices_by_warranty_and_by_important_data(scene: Scene) -> None:
    for label, until in (
        ("AN-1", "2024-11-21"),
        ("AN-2", "2024-11-22"),
        ("AN-3", "2024-12-22"),
        ("AN-4", ""),
    ):
        add(scene, label=label, warranty_until=until, important="是" if label == "AN-4" else "否")
    add(scene, label="AN-5", warranty_until="2024-12-23")
    (counted,) = scene.queries.register_counts(["devices"])
    assert [counted.views[key] for key in ("warranty_ending", "warranty_over", "important")] == [2, 1, 1]
