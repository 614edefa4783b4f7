"""Addresses, networks and MAC addresses: how they may be typed, what they are kept as, what orders them."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.operations.registers.kinds import Kind
from dispatch_app.operations.registers.network_kinds import (
    EntryOrText,
    IpAddress,
    IpNetwork,
    MacAddress,
    SwitchPort,
    port_of,
)
from tests.operations.registers.test_entries import SWITCH
from tests.operations.scene import Scene


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (IpAddress(), "10.8.1.20", "10.8.1.20"),
        (IpAddress(), " １０．8．1．20 ", "10.8.1.20"),
        (IpAddress(), "FD00:0008:0:0::20", "fd00:8::20"),
        (IpNetwork(), "10.8.1.0/24", "10.8.1.0/24"),
        (IpNetwork(), "10.8.1.0/255.255.255.0", "10.8.1.0/24"),
        (IpNetwork(), "fd00:8:0::/64", "fd00:8::/64"),
        (MacAddress(), "3c-8c-40-12-ab-09", "3C-8C-40-12-AB-09"),
        (MacAddress(), "3c8c-4012-ab09", "3C-8C-40-12-AB-09"),
        (MacAddress(), "3C:8C:40:12:AB:09", "3C-8C-40-12-AB-09"),
        (MacAddress(), "3c8c.4012.ab09", "3C-8C-40-12-AB-09"),
    ],
)
def test_one_thing_has_one_spelling(scene: Scene, kind: Kind, typed: str, kept: str) -> None:
    with scene.database.reader() as session:
        lookup = lookup_for(session, scene.clock.at)
        value = kind.read(typed, lookup)
        assert kind.text(value, lookup) == kept
        assert kind.read(kept, lookup) == value
        assert kind.ref(value) == ""


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        (IpAddress(), "10.8.1", "「10.8.1」不是 IP 地址"),
        (IpAddress(), "10.8.1.256", "「10.8.1.256」不是 IP 地址"),
        (IpAddress(), "10.08.1.2", "「10.08.1.2」不是 IP 地址"),
        (IpAddress(), "fe80::1%eth0", "「fe80::1%eth0」带了网卡名"),
        (IpNetwork(), "10.8.1.0", "「10.8.1.0」没有写前缀长度"),
        (IpNetwork(), "10.8.1.0/33", "「10.8.1.0/33」不是网段"),
        (IpNetwork(), "10.8.1.7/24", "「10.8.1.7/24」是网段里的一个地址"),
        (MacAddress(), "3c8c-4012-ab0", "「3c8c-4012-ab0」不是 MAC 地址"),
        (MacAddress(), "01-00-5E-00-00-01", "「01-00-5E-00-00-01」不是一块网卡的 MAC 地址"),
        (MacAddress(), "00-00-00-00-00-00", "「00-00-00-00-00-00」不是一块网卡的 MAC 地址"),
    ],
)
def test_what_is_none_is_refused_with_a_sample(scene: Scene, kind: Kind, typed: str, message: str) -> None:
    with scene.database.reader() as session, pytest.raises(KnownError) as refused:
        kind.read(typed, lookup_for(session, scene.clock.at))
    assert refused.value.message == message


def test_a_network_typed_by_one_of_its_addresses_is_told_how_to_write_it(scene: Scene) -> None:
    with scene.database.reader() as session, pytest.raises(KnownError) as refused:
        IpNetwork().read("10.8.1.7/24", lookup_for(session, scene.clock.at))
    assert refused.value.remedy == "这个网段要写成 10.8.1.0/24"


def test_numbers_order_addresses_and_networks_alike(scene: Scene) -> None:
    with scene.database.reader() as session:
        lookup = lookup_for(session, scene.clock.at)
        addresses = ["9.255.0.1", "10.8.1.2", "10.8.1.10", "192.168.0.1", "fd00::9", "fd00::10"]
        keys = [IpAddress().key(one, lookup) for one in addresses]
        assert keys == sorted(keys)
        networks = ["9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "10.8.0.0/16", "fd00::/48", "fd00::/64"]
        keys = [IpNetwork().key(one, lookup) for one in networks]
        assert keys == sorted(keys)
        assert MacAddress().key("3C-8C-40-12-AB-09", lookup) < MacAddress().key("3C-8C-40-12-AB-0A", lookup)


def test_a_switch_is_a_device_or_only_its_name(scene: Scene) -> None:
    device = scene.do(AddEntry("devices", SWITCH)).created
    with scene.database.reader() as session:
        lookup = lookup_for(session, scene.clock.at)
        kind = EntryOrText("devices")
        assert kind.read("an-0012", lookup) == device
        assert kind.ref(device) == device
        assert kind.text(device, lookup) == "AN-0012"
        assert kind.read("三楼小交换机", lookup) == "三楼小交换机"
        assert kind.ref("三楼小交换机") == ""
        assert kind.text("三楼小交换机", lookup) == "三楼小交换机"
        assert SwitchPort().text(port_of(device, "GE1/0/2"), lookup) == "AN-0012 GE1/0/2"
        ports = [SwitchPort().key(port_of(device, f"GE1/0/{port}"), lookup) for port in (2, 10)]
        assert ports == sorted(ports)
