"""IP 地址分配表 (附三(四)): which address belongs to which MAC address, port of a switch, user and site."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.law import Law
from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.registers import networks
from dispatch_app.operations.registers.kinds import Day, EntryOf, SiteOf, Text, Values
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.network_kinds import (
    Address,
    EntryOrText,
    IpAddress,
    MacAddress,
    SwitchPort,
    port_of,
)
from dispatch_app.operations.registers.networks import KINDS, KnownNetwork
from dispatch_app.operations.registers.register import Check, Column, Register, Twice, View, empty

OFFERED_PER_NETWORK = 3
_REMEDY = "核对后再登记；确要这样用，请在「冲突说明」里写明原因"

ByPrefix = dict[tuple[int, int], dict[int, list[str]]]
"""(version, length of the prefix) → first address of a network → ids of the networks' entries."""


def fill(_law: Law, lookup: Lookup, _before: Values, values: Values) -> Values:
    """An address that only one network contains belongs to that one, unless another was named."""
    if "address" not in values or "network" in values:
        return {}
    found = containing(ip_address(str(values["address"])), lookup)
    return {"network": found[0].id} if len(found) == 1 else {}


def containing(address: Address, lookup: Lookup) -> list[KnownNetwork]:
    """The standing networks an address lies in: one of each kind at most."""
    known = networks.networks(lookup)

    def read() -> ByPrefix:
        places: ByPrefix = {}
        for one in known.values():
            same = places.setdefault((one.network.version, one.network.prefixlen), {})
            same.setdefault(int(one.network.network_address), []).append(one.id)
        return places

    found = []
    for (version, length), places in lookup.kept("networks by prefix", read).items():
        if version == address.version:
            base = int(address) >> (address.max_prefixlen - length) << (address.max_prefixlen - length)
            found += [known[one] for one in places.get(base, ())]
    return found


def check(made: Check) -> None:
    """Raises KnownError for an address outside its network or given out already, and for a conflict of MAC
    addresses or ports that nobody has accounted for."""
    address = ip_address(str(made.after["address"]))
    network = _network(made, address)
    refused = network.refusal(address)
    if refused is not None:
        raise KnownError(*refused, "address")
    _given_out_once(made, address, network)
    for column, field, what in (("mac", "mac", "MAC 地址"), ("place", "port", "交换机端口")):
        if _to_be_accounted_for(made, column):
            _stands_once(made, column, field, what)


def _to_be_accounted_for(made: Check, column: str) -> bool:
    """Whether this entry makes a conflict of a column: not where it only is the other half of one."""
    if "conflict" not in made.after:
        return made.changed(column) or "conflict" in made.before
    return made.changed(column) and not made.changed("conflict")


def _network(made: Check, address: Address) -> KnownNetwork:
    named = made.after.get("network")
    if named is not None:
        found = networks.networks(made.lookup).get(str(named))
        if found is None:
            raise KnownError("所填的网段已作废", "换一个网段，或先恢复它", "network")
        return found
    if containing(address, made.lookup):
        raise KnownError(f"外网和专网都有包含 {address} 的网段", "请填写网段", "network")
    raise KnownError(f"没有包含 {address} 的网段", "先登记网段，或核对地址", "address")


def _given_out_once(made: Check, address: Address, network: KnownNetwork) -> None:
    known = networks.networks(made.lookup)
    for other in made.same("address", IpAddress().key(str(address), made.lookup)):
        theirs = known.get(str(other.values["network"]))
        # An address of a network that was withdrawn since binds nobody.
        if theirs is not None and theirs.kind == network.kind:
            raise KnownError(
                f"{address} 在{KINDS[network.kind]}已分配（{other.number}{_user(other.values)}）",
                "换一个空闲地址，或先收回那一条",
                "address",
            )


def _stands_once(made: Check, column: str, field: str, what: str) -> None:
    value = made.after.get(column)
    if value is None:
        return
    kind = made.register.column(column).kind
    for other in made.same(column, kind.key(value, made.lookup)):
        raise KnownError(
            f"{what} {kind.text(value, made.lookup)} 已用在 {other.number}（{other.values['address']}）",
            _REMEDY,
            field,
        )


def _user(values: Values) -> str:
    return f"，{values['user']}" if "user" in values else ""


def derive(values: Values) -> Values:
    """The port, where both the switch and the port are known."""
    if "switch" not in values or "port" not in values:
        return {}
    return {"place": port_of(values["switch"], values["port"])}


def free_addresses(lookup: Lookup, typed: str) -> Sequence[tuple[str, str]]:
    """The lowest free addresses of each network whose name or beginning was typed; for a whole address there
    is nothing to offer."""
    wanted = fold(typed)
    if _is_address(wanted):
        return ()
    return [
        (str(address), f"{one.name}（{one.network}）空闲")
        for one in networks.networks(lookup).values()
        if wanted in fold(f"{one.name} {one.network}")
        for address in networks.first_free(lookup, one, OFFERED_PER_NETWORK)
    ]


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


ADDRESSES = Register(
    key=networks.ADDRESSES,
    title="IP 地址分配表",
    code="IP",
    counted="个地址",
    clause="附三(四)",
    purpose="登记每个 IP 地址分给了谁：与 MAC 地址、交换机端口相对应，重复和冲突当场指出",
    naming="address",
    columns=(
        Column(
            "address",
            "IP 地址",
            IpAddress(),
            width=152,
            required=True,
            hint="输入网段名称或前几段，可选空闲地址",
            offered=free_addresses,
        ),
        Column("network", "网段", EntryOf(networks.KEY), width=144, hint="空着就按地址自动找"),
        Column("mac", "MAC 地址", MacAddress(), width=168),
        Column("switch", "交换机", EntryOrText("devices"), width=112, hint="设备标识号，或自己写名称"),
        Column("port", "端口", Text(longest=40), width=96, hint="例如 GE1/0/12"),
        Column("user", "使用人", Text(longest=60), width=120),
        Column("site", "站点", SiteOf(), width=168),
        Column("assigned_on", "分配日期", Day(), width=112, usual="今天"),
        Column(
            "conflict",
            "冲突说明",
            Text(longest=200),
            width=160,
            hint="MAC 地址或端口重复时，写明为什么这样用",
        ),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
        Column("place", "交换机端口", SwitchPort(), width=160, shown=False, derived=True),
    ),
    views=(
        View("conflict", "冲突", lambda _now: (Twice(("mac", "place")),)),
        View("no_port", "没有端口", lambda _now: (empty("place"),)),
    ),
    identity=("address", "network"),
    sort="address",
    confidential=True,
    alone={"mac": "mac", "place": "port"},
    fill=fill,
    derive=derive,
    check=check,
)
