"""How full networks are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkUse:
    """A standing network.

    Attributes:
        kind: 外网 or 专网.
        size: How many addresses can be given out of it, its gateway among them.
        used: How many of them are given out, the gateway among them.
    """

    entry_id: str
    number: str
    name: str
    network: str
    kind: str
    size: int
    used: int

    @property
    def free(self) -> int:
        return self.size - self.used

    @property
    def share(self) -> str:
        """`12.5 %`; of a whole /64 hardly anything is ever used."""
        tenths = 1000 * self.used // self.size
        if self.used and not tenths:
            return "不到 0.1 %"
        return f"{tenths // 10}.{tenths % 10} %"
