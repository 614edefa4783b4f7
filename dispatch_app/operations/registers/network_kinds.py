"""Kinds of values of the IP 地址分配表: addresses, networks, MAC addresses, and the port of a switch.

IPv4 and IPv6 alike: an address is kept as `ipaddress` spells it and ordered by its number, IPv4 first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from unicodedata import normalize

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import EntryOf, Plain, Text, Value
from dispatch_app.operations.registers.lookup import Lookup, natural

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOT_HEX = re.compile(r"[:.\-\s]")
_MAC = re.compile(r"[0-9A-F]{12}")
_BETWEEN = "\n"


@dataclass(frozen=True, slots=True)
class IpAddress(Plain):
    """One address, kept in its shortest spelling."""

    sample: str = "10.8.1.20 或 fd00:8::20"

    def read(self, typed: str, _lookup: Lookup) -> Value:
        plain = _narrow(typed)
        try:
            found = ip_address(plain)
        except ValueError:
            raise KnownError(f"「{typed}」不是 IP 地址", f"请写成 {self.sample}") from None
        if isinstance(found, IPv6Address) and found.scope_id is not None:
            raise KnownError(f"「{typed}」带了网卡名", "请只写 % 前面的地址")
        return str(found)

    def text(self, value: Value, _lookup: Lookup) -> str:
        return str(value)

    def key(self, value: Value, _lookup: Lookup) -> str:
        return address_key(ip_address(str(value)))


@dataclass(frozen=True, slots=True)
class IpNetwork(Plain):
    """A network with its prefix length, typed with that or with a mask."""

    sample: str = "10.8.1.0/24 或 fd00:8::/64"

    def read(self, typed: str, _lookup: Lookup) -> Value:
        plain = _narrow(typed)
        if "/" not in plain:
            raise KnownError(f"「{typed}」没有写前缀长度", f"请写成 {self.sample}")
        try:
            meant = ip_network(plain, strict=False)
        except ValueError:
            raise KnownError(f"「{typed}」不是网段", f"请写成 {self.sample}") from None
        try:
            return str(ip_network(plain))
        except ValueError:
            raise KnownError(f"「{typed}」是网段里的一个地址", f"这个网段要写成 {meant}") from None

    def text(self, value: Value, _lookup: Lookup) -> str:
        return str(value)

    def key(self, value: Value, _lookup: Lookup) -> str:
        network = ip_network(str(value))
        return f"{address_key(network.network_address)}/{network.prefixlen:03d}"


@dataclass(frozen=True, slots=True)
class MacAddress(Plain):
    """The hardware address of one interface, typed as any system shows it, kept as `3C-8C-40-12-AB-09`."""

    sample: str = "3C-8C-40-12-AB-09"

    def read(self, typed: str, _lookup: Lookup) -> Value:
        digits = _NOT_HEX.sub("", normalize("NFKC", typed)).upper()
        if not _MAC.fullmatch(digits):
            raise KnownError(f"「{typed}」不是 MAC 地址", f"请写成 {self.sample}，共 12 位十六进制数")
        if int(digits[:2], 16) & 1 or not int(digits, 16):
            raise KnownError(f"「{typed}」不是一块网卡的 MAC 地址", "请核对，广播、组播和全零的地址不能分配")
        return "-".join(digits[place : place + 2] for place in range(0, 12, 2))

    def text(self, value: Value, _lookup: Lookup) -> str:
        return str(value)

    def key(self, value: Value, _lookup: Lookup) -> str:
        # As it is kept: sixteen digits would be filled up by `natural` as if they were a number.
        return str(value)


@dataclass(frozen=True, slots=True)
class EntryOrText(EntryOf):
    """An entry of another register by its name or number; any other text stays what it is."""

    longest: int = 60

    def read(self, typed: str, lookup: Lookup) -> Value:
        text = str(Text(self.longest).read(typed, lookup))
        return lookup.entry_if_any(self.register, text) or text

    def ref(self, value: Value) -> str:
        return str(value) if _ID.fullmatch(str(value)) else ""


@dataclass(frozen=True, slots=True)
class SwitchPort(Text):
    """A switch and its port as one value, derived from both by `port_of`."""

    def text(self, value: Value, lookup: Lookup) -> str:
        switch, port = str(value).split(_BETWEEN)
        return f"{lookup.entry_name(switch)} {port}"

    def key(self, value: Value, lookup: Lookup) -> str:
        return natural(self.text(value, lookup))


def port_of(switch: Value, port: Value) -> Value:
    """What `SwitchPort` keeps. `switch`: as `EntryOrText` keeps it."""
    return f"{switch}{_BETWEEN}{port}"


def address_key(address: Address) -> str:
    """An address as text that orders like its number, IPv4 before IPv6."""
    return f"{address.version}:{int(address):0{address.max_prefixlen // 4}x}"


def _narrow(typed: str) -> str:
    return "".join(normalize("NFKC", typed).split())
