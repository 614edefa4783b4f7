"""IP 地址分配表: membership, uniqueness, conflicts, and which addresses are offered."""

from __future__ import annotations

import pytest

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.entries import AddEntry, AmendEntry, WithdrawEntry
from dispatch_app.operations.registers.register import Tone
from tests.operations.registers.network_desk import address, network
from tests.operations.registers.test_entries import SWITCH
from tests.operations.scene import Scene

MAC = "3C-8C-40-12-AB-09"


def offered(scene: Scene, typed: str) -> list[tuple[str, str]]:
    return [(one.typed, one.detail) for one in scene.queries.register_offers("addresses", "address", typed)]


def refusal(scene: Scene, typed: str, **other: str) -> tuple[str, str, str]:
    with pytest.raises(KnownError) as refused:
        address(scene, typed, **other)
    return refused.value.field, refused.value.message, refused.value.remedy


def test_an_address_finds_its_network_by_itself(scene: Scene) -> None:
    network(scene)
    network(scene, name="专网六", cidr="fd00:8::/64", gateway="")
    assert scene.queries.register_entry(address(scene, "10.8.1.20")).typed["network"] == "办公专网"
    assert scene.queries.register_entry(address(scene, "fd00:8::20")).typed["network"] == "专网六"


def test_an_address_nobody_contains_or_two_kinds_do_is_refused(scene: Scene) -> None:
    network(scene)
    assert refusal(scene, "10.9.9.9")[:2] == ("address", "没有包含 10.9.9.9 的网段")
    network(scene, name="外网办公", kind="外网")
    assert refusal(scene, "10.8.1.20") == ("network", "外网和专网都有包含 10.8.1.20 的网段", "请填写网段")
    assert address(scene, "10.8.1.20", network="外网办公")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("10.8.2.3", "10.8.2.3 不在网段 办公专网（10.8.1.0/24）里"),
        ("fd00::3", "fd00::3 不在网段 办公专网（10.8.1.0/24）里"),
        ("10.8.1.0", "10.8.1.0 是网段 办公专网 的网络地址，不能分配"),
        ("10.8.1.255", "10.8.1.255 是网段 办公专网 的广播地址，不能分配"),
        ("10.8.1.1", "10.8.1.1 是网段 办公专网 的网关"),
    ],
)
def test_an_address_that_cannot_be_given_out_is_refused(scene: Scene, typed: str, message: str) -> None:
    network(scene)
    assert refusal(scene, typed, network="办公专网")[:2] == ("address", message)


def test_small_networks_and_ipv6_have_no_broadcast_address(scene: Scene) -> None:
    network(scene, name="互联", cidr="10.8.1.0/31", gateway="")
    assert address(scene, "10.8.1.0")
    assert address(scene, "10.8.1.1")
    network(scene, name="六", cidr="fd00::/120", gateway="")
    assert refusal(scene, "fd00::")[1] == "fd00:: 是网段 六 的网络地址，不能分配"
    assert address(scene, "fd00::ff")


def test_an_address_is_given_out_once_in_each_kind_of_network(scene: Scene) -> None:
    network(scene)
    network(scene, name="外网办公", kind="外网")
    first = address(scene, "10.8.1.20", network="办公专网", user="张三")
    assert refusal(scene, "10.8.1.20", network="办公专网") == (
        "address",
        "10.8.1.20 在专网已分配（A-IP0001，张三）",
        "换一个空闲地址，或先收回那一条",
    )
    assert address(scene, "10.8.1.20", network="外网办公")
    assert refusal(scene, "10.8.1.20", network="外网办公")[1] == "10.8.1.20 在外网已分配（A-IP0002）"
    scene.do(WithdrawEntry(first, 1, "收回"))
    assert address(scene, "10.8.1.20", network="办公专网")


def test_a_mac_address_or_a_port_used_twice_needs_a_reason_and_is_shown(scene: Scene) -> None:
    network(scene)
    scene.do(AddEntry("devices", SWITCH))
    first = address(scene, "10.8.1.20", mac=MAC, switch="AN-0012", port="GE1/0/1")
    assert refusal(scene, "10.8.1.21", mac=MAC) == (
        "mac",
        f"MAC 地址 {MAC} 已用在 A-IP0001（10.8.1.20）",
        "核对后再登记；确要这样用，请在「冲突说明」里写明原因",
    )
    assert refusal(scene, "10.8.1.21", switch="AN-0012", port="ge1/0/1")[:2] == (
        "port",
        "交换机端口 AN-0012 ge1/0/1 已用在 A-IP0001（10.8.1.20）",
    )
    second = address(scene, "10.8.1.21", mac=MAC, conflict="双地址终端")
    address(scene, "10.8.1.22", switch="AN-0012", port="GE1/0/1", conflict="下挂小交换机")
    address(scene, "10.8.1.23", switch="AN-0012", port="GE1/0/3")
    page = scene.queries.register_page("addresses", RegisterFilter(view="conflict"), RegisterSort("address"))
    assert [(row.cells[1], dict(row.tones)) for row in page.rows] == [
        ("10.8.1.20", {"mac": Tone.BREACHED, "port": Tone.BREACHED}),
        ("10.8.1.21", {"mac": Tone.BREACHED}),
        ("10.8.1.22", {"port": Tone.BREACHED}),
    ]
    assert scene.queries.register_count("addresses", RegisterFilter(view="conflict")) == 3
    assert scene.queries.register_entry(first).row.tones["mac"] is Tone.BREACHED
    # Whoever is only the other half of a conflict can still be corrected; who made it keeps its reason.
    scene.do(AmendEntry(first, 1, {"user": "李四"}, "换人"))
    with pytest.raises(KnownError, match="MAC 地址"):
        scene.do(AmendEntry(second, 1, {"conflict": ""}, "不写了"))


def test_a_reason_holds_for_the_conflict_it_was_written_for(scene: Scene) -> None:
    network(scene)
    address(scene, "10.8.1.20", mac=MAC)
    address(scene, "10.8.1.21", mac="3C-8C-40-12-AB-0A")
    second = address(scene, "10.8.1.22", mac=MAC, conflict="双地址终端")
    with pytest.raises(KnownError, match="AB-0A 已用在 A-IP0002"):
        scene.do(AmendEntry(second, 1, {"mac": "3C-8C-40-12-AB-0A"}, "换网卡"))
    scene.do(AmendEntry(second, 1, {"mac": "3C-8C-40-12-AB-0A", "conflict": "换到另一台"}, "换网卡"))
    assert scene.queries.register_entry(second).typed["mac"] == "3C-8C-40-12-AB-0A"


def test_a_conflict_that_was_cleared_away_needs_no_reason(scene: Scene) -> None:
    network(scene)
    address(scene, "10.8.1.20", mac=MAC)
    second = address(scene, "10.8.1.21", mac=MAC, conflict="双地址终端")
    scene.do(AmendEntry(second, 1, {"mac": "", "conflict": ""}, "换成另一块网卡"))
    assert scene.queries.register_count("addresses", RegisterFilter(view="conflict")) == 0


def test_a_withdrawn_network_binds_nobody_and_takes_nobody(scene: Scene) -> None:
    one = network(scene)
    held = address(scene, "10.8.1.20")
    scene.do(WithdrawEntry(one, 1, "撤网"))
    network(scene, name="新网段")
    assert address(scene, "10.8.1.20")
    with pytest.raises(KnownError) as refused:
        scene.do(AmendEntry(held, 1, {"user": "李四"}, "换人"))
    assert (refused.value.field, refused.value.message) == ("network", "所填的网段已作废")


def test_addresses_without_a_port_are_a_view(scene: Scene) -> None:
    network(scene)
    address(scene, "10.8.1.20", switch="三楼", port="3")
    address(scene, "10.8.1.21", switch="三楼")
    page = scene.queries.register_page("addresses", RegisterFilter(view="no_port"), RegisterSort("address"))
    assert [row.cells[1] for row in page.rows] == ["10.8.1.21"]


def test_the_next_free_addresses_are_offered(scene: Scene) -> None:
    network(scene)
    network(scene, name="专网六", cidr="fd00:8::/64", gateway="")
    address(scene, "10.8.1.2")
    address(scene, "10.8.1.4")
    said = "办公专网（10.8.1.0/24）空闲"
    assert offered(scene, "办公") == [("10.8.1.3", said), ("10.8.1.5", said), ("10.8.1.6", said)]
    assert offered(scene, "10.8.1.") == offered(scene, "办公")
    # Nobody's whole address is turned into another one.
    assert offered(scene, "10.8.1.200") == []
    assert [typed for typed, _ in offered(scene, "fd00:8:")] == ["fd00:8::1", "fd00:8::2", "fd00:8::3"]
    assert offered(scene, "172.16") == []
