"""How full networks are, and what is free, in a /64 as in a /24."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.entries import WithdrawEntry
from tests.operations.registers.network_desk import address, network
from tests.operations.scene import Scene


def test_the_use_of_each_network_is_counted(scene: Scene) -> None:
    network(scene, name="专网六", cidr="fd00:8::/64", gateway="")
    small = network(scene, name="互联", cidr="10.8.2.0/30", gateway="10.8.2.1")
    network(scene)
    network(scene, name="外网", kind="外网", gateway="")
    given = [address(scene, f"10.8.1.{host}", network="办公专网") for host in range(2, 29)]
    address(scene, "10.8.2.2")
    address(scene, "fd00:8::1")
    scene.do(WithdrawEntry(given[0], 1, "收回"))
    uses = scene.queries.network_uses()
    assert [(one.name, one.kind, one.size, one.used, one.share) for one in uses] == [
        ("办公专网", "专网", 254, 27, "10.6 %"),
        ("外网", "外网", 254, 0, "0.0 %"),
        ("互联", "专网", 2, 2, "100.0 %"),
        ("专网六", "专网", 2**64 - 1, 1, "不到 0.1 %"),
    ]
    assert uses[0].number == "A-WD0003"
    assert uses[3].free == 2**64 - 2
    assert scene.queries.free_addresses(small) == ()


def test_the_first_twenty_free_addresses_are_named(scene: Scene) -> None:
    one = network(scene)
    address(scene, "10.8.1.3")
    free = scene.queries.free_addresses(one)
    assert len(free) == 20
    assert free[:3] == ("10.8.1.2", "10.8.1.4", "10.8.1.5")
    six = network(scene, name="专网六", cidr="fd00:8::/64", gateway="fd00:8::1")
    assert scene.queries.free_addresses(six)[0] == "fd00:8::2"


def test_a_network_that_is_gone_has_nothing_free(scene: Scene) -> None:
    one = network(scene)
    scene.do(WithdrawEntry(one, 1, "撤网"))
    with pytest.raises(KnownError, match="没有这个网段"):
        scene.queries.free_addresses(one)
    assert scene.queries.network_uses() == ()


def test_many_networks_are_counted_in_a_few_statements(scene: Scene) -> None:
    few = scene.statements(scene.queries.network_uses)
    for number in range(5):
        network(scene, name=f"网段{number}", cidr=f"10.9.{number}.0/24", gateway="")
        address(scene, f"10.9.{number}.7")
    assert scene.statements(scene.queries.network_uses) == few
