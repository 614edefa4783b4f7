"""网段 (附三(四)): what the addresses are given out of. IPv4 and IPv6, of the 外网 and of the 专网."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from itertools import islice

from sqlalchemy import select

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.registers.kinds import Choice, Measure, SiteOf, Text, Value, Values
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.network_kinds import Address, IpAddress, IpNetwork, Network
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.register import Check, Column, Register, View, chosen

KEY = "networks"
ADDRESSES = "addresses"
KINDS = {"outer": "外网", "inner": "专网"}
_LONGEST_PREFIX_WITH_EDGES = {4: 30, 6: 126}
"""Networks smaller than these have no address set apart (RFC 3021, RFC 6164)."""


@dataclass(frozen=True, slots=True)
class KnownNetwork:
    """A standing network. `id`: of its entry."""

    id: str
    name: str
    kind: str
    network: Network
    gateway: Address | None

    @property
    def first(self) -> int:
        """The lowest address that can be given out, as a number."""
        return int(self.network.network_address) + self._edges

    @property
    def last(self) -> int:
        """The highest one; in IPv6 there is no broadcast address to be left out."""
        edge = self._edges if self.network.version == 4 else 0
        return int(self.network.broadcast_address) - edge

    @property
    def size(self) -> int:
        """How many addresses can be given out, the gateway among them."""
        return self.last - self.first + 1

    @property
    def _edges(self) -> int:
        return int(self.network.prefixlen <= _LONGEST_PREFIX_WITH_EDGES[self.network.version])

    def refusal(self, address: Address) -> tuple[str, str] | None:
        """Why an address cannot be given out of this network (refusal, what to do), or None."""
        if address.version != self.network.version or address not in self.network:
            return f"{address} 不在网段 {self.name}（{self.network}）里", "核对地址，或换一个网段"
        if int(address) < self.first:
            return f"{address} 是网段 {self.name} 的网络地址，不能分配", "换一个地址"
        if int(address) > self.last:
            return f"{address} 是网段 {self.name} 的广播地址，不能分配", "换一个地址"
        if address == self.gateway:
            return f"{address} 是网段 {self.name} 的网关", "网关已写在网段里，换一个地址"
        return None

    def taken(self, given_out: Iterable[Address]) -> frozenset[int]:
        """Numbers of the addresses that are not free."""
        gateway = () if self.gateway is None else (self.gateway,)
        return frozenset(map(int, (*given_out, *gateway)))

    def free(self, taken: frozenset[int]) -> Iterator[Address]:
        """Addresses that can be given out, the lowest first; a network is never gone through for it."""
        make = type(self.network.network_address)
        return (make(number) for number in range(self.first, self.last + 1) if number not in taken)


def known_network(entry_id: str, values: Values) -> KnownNetwork:
    """A network as its entry says it."""
    gateway = values.get("gateway")
    return KnownNetwork(
        entry_id,
        str(values["name"]),
        str(values["kind"]),
        ip_network(str(values["cidr"])),
        None if gateway is None else ip_address(str(gateway)),
    )


def networks(lookup: Lookup) -> Mapping[str, KnownNetwork]:
    """Every standing network by the id of its entry, in the order of entry; read once."""

    def read() -> Mapping[str, KnownNetwork]:
        rows = lookup.session.execute(
            select(RegisterEntry.entry_id, RegisterEntry.content)
            .where(RegisterEntry.register == KEY, RegisterEntry.standing)
            .order_by(RegisterEntry.id)
        )
        return {row.entry_id: known_network(row.entry_id, values_of(row.content)) for row in rows}

    return lookup.kept(KEY, read)


def addresses_of(lookup: Lookup, entry_id: str) -> list[tuple[str, Address]]:
    """(number of the entry, address) of everything given out of a network."""
    rows = lookup.session.execute(
        select(RegisterEntry.number, RegisterEntry.content)
        .join(RegisterCell, RegisterCell.id == RegisterEntry.id)
        .where(
            RegisterCell.ref == entry_id,
            RegisterCell.register == ADDRESSES,
            RegisterCell.column == "network",
        )
        .order_by(RegisterEntry.id)
    )
    return [(row.number, ip_address(str(values_of(row.content)["address"]))) for row in rows]


def first_free(lookup: Lookup, one: KnownNetwork, most: int) -> tuple[Address, ...]:
    """The lowest free addresses of a network, `most` at most."""
    taken = one.taken(address for _, address in addresses_of(lookup, one.id))
    return tuple(islice(one.free(taken), most))


def check(made: Check) -> None:
    """Raises KnownError for a gateway outside, an overlap within a kind, and addresses left outside."""
    meant = known_network(made.entry_id, made.after)
    if meant.gateway is not None:
        refused = KnownNetwork(meant.id, meant.name, meant.kind, meant.network, None).refusal(meant.gateway)
        if refused is not None:
            raise KnownError(f"网关：{refused[0]}", "网关要是网段里能用的一个地址", "gateway")
    for other in made.same("kind", _key("kind", meant.kind, made.lookup)):
        known = known_network(other.entry_id, other.values)
        if known.network.version == meant.network.version and known.network.overlaps(meant.network):
            raise KnownError(
                f"{meant.network} 与{KINDS[meant.kind]}网段 {known.name}（{known.network}）重叠",
                "核对网段，或先更正那一条",
                "cidr",
            )
    if made.entry_id and any(map(made.changed, ("cidr", "gateway", "kind"))):
        _addresses_stay(made, meant)


def _addresses_stay(made: Check, meant: KnownNetwork) -> None:
    given_out = addresses_of(made.lookup, made.entry_id)
    if given_out and made.changed("kind"):
        raise KnownError(
            f"已从这个网段分配了 {len(given_out)} 个地址，不能改到{KINDS[meant.kind]}",
            "另登记一个网段，把地址更正过去",
            "kind",
        )
    for number, address in given_out:
        refused = meant.refusal(address)
        if refused is not None:
            column = "gateway" if address == meant.gateway else "cidr"
            raise KnownError(f"已分配的 {number}：{refused[0]}", "先更正那一条，再改网段", column)


def _key(column: str, value: Value, lookup: Lookup) -> str:
    return NETWORKS.column(column).kind.key(value, lookup)


NETWORKS = Register(
    key=KEY,
    title="网段",
    code="WD",
    counted="个网段",
    clause="附三(四)",
    purpose="登记外网和专网的网段，IP 地址从这里分配：还有多少空闲、用了几成都由它算出",
    naming="name",
    columns=(
        Column("name", "名称", Text(longest=40), width=160, required=True, unique=True),
        Column(
            "cidr",
            "网段",
            IpNetwork(),
            width=168,
            required=True,
            hint="带前缀长度，例如 10.8.1.0/24 或 fd00:8::/64",
        ),
        Column("kind", "网络", Choice(KINDS), width=72, required=True),
        Column("vlan", "VLAN", Measure(low="1", high="4094"), width=72),
        Column("gateway", "网关", IpAddress(), width=136, hint="写在这里的网关不会再分配"),
        Column("site", "站点", SiteOf(), width=188),
        Column("purpose", "用途", Text(longest=100), width=200),
        Column("note", "备注", Text(longest=500, lines=True), width=160, shown=False),
    ),
    views=(
        View("outer", "外网", lambda _now: (chosen("kind", KINDS, "outer"),)),
        View("inner", "专网", lambda _now: (chosen("kind", KINDS, "inner"),)),
    ),
    identity=("cidr", "kind"),
    sort="cidr",
    confidential=True,
    check=check,
)
