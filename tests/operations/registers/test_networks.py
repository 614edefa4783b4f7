"""网段: what a network may be, and what may no longer change once addresses were given out of it."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import AmendEntry
from tests.operations.registers.network_desk import address, network
from tests.operations.scene import Scene


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"gateway": "10.8.2.1"}, "gateway", "网关：10.8.2.1 不在网段 乙（10.8.9.0/24）里"),
        ({"gateway": "fd00::1"}, "gateway", "网关：fd00::1 不在网段 乙（10.8.9.0/24）里"),
        ({"gateway": "10.8.9.0"}, "gateway", "网关：10.8.9.0 是网段 乙 的网络地址，不能分配"),
        ({"gateway": "10.8.9.255"}, "gateway", "网关：10.8.9.255 是网段 乙 的广播地址，不能分配"),
        (
            {"cidr": "10.8.0.0/16", "gateway": ""},
            "cidr",
            "10.8.0.0/16 与专网网段 办公专网（10.8.1.0/24）重叠",
        ),
        ({"vlan": "4095"}, "vlan", "VLAN：「4095」不在能有的范围内"),
        ({"name": "办公专网"}, "name", "名称 办公专网 已用在 A-WD0001"),
    ],
)
def test_a_network_that_cannot_be_is_refused(
    scene: Scene, typed: dict[str, str], field: str, message: str
) -> None:
    network(scene)
    with pytest.raises(KnownError) as refused:
        network(scene, **{"name": "乙", "cidr": "10.8.9.0/24", "gateway": "10.8.9.1"} | typed)
    assert (refused.value.field, refused.value.message) == (field, message)


def test_the_two_kinds_of_network_may_use_the_same_numbers_and_neither_version_meets_the_other(
    scene: Scene,
) -> None:
    network(scene)
    network(scene, name="外网办公", kind="外网")
    network(scene, name="专网六", cidr="fd00:8::/64", gateway="")
    page = scene.queries.register_page("networks", RegisterFilter(view="inner"), RegisterSort("cidr"))
    assert [row.cells[1] for row in page.rows] == ["办公专网", "专网六"]
    outer = scene.queries.register_page("networks", RegisterFilter(view="outer"), RegisterSort("cidr"))
    assert [row.cells[1] for row in outer.rows] == ["外网办公"]


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"cidr": "10.8.1.0/25"}, "cidr", "已分配的 A-IP0001：10.8.1.200 不在网段 办公专网（10.8.1.0/25）里"),
        ({"gateway": "10.8.1.200"}, "gateway", "已分配的 A-IP0001：10.8.1.200 是网段 办公专网 的网关"),
        ({"kind": "外网"}, "kind", "已从这个网段分配了 1 个地址，不能改到外网"),
    ],
)
def test_what_was_given_out_must_stay_possible(
    scene: Scene, typed: dict[str, str], field: str, message: str
) -> None:
    one = network(scene)
    address(scene, "10.8.1.200")
    with pytest.raises(KnownError) as refused:
        scene.do(AmendEntry(one, 1, typed, "改规划"))
    assert (refused.value.field, refused.value.message) == (field, message)


def test_a_network_still_large_enough_may_change(scene: Scene) -> None:
    one = network(scene)
    address(scene, "10.8.1.20")
    scene.do(AmendEntry(one, 1, {"cidr": "10.8.1.0/25", "gateway": "10.8.1.126"}, "缩小"))
    assert scene.queries.register_entry(one).typed["cidr"] == "10.8.1.0/25"
    scene.do(AmendEntry(one, 2, {"purpose": "办公"}, "补用途"))
    other = network(scene, name="空网段", cidr="10.9.0.0/24", gateway="")
    scene.do(AmendEntry(other, 1, {"kind": "外网"}, "写错了"))
    assert scene.queries.register_entry(other).typed["kind"] == "外网"
