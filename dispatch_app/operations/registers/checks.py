"""What was looked at on a round, one line each: 正常, or 异常 and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.registers.kinds import Text, Value, number_key
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.typed_text import clean

NORMAL, ABNORMAL = "正常", "异常"
_LINE = re.compile(rf"(\S+)\s+({NORMAL}|{ABNORMAL})(?:\s*[：:，,]?\s*(.+))?")


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing looked at. `words`: what is wrong with it; empty for nothing."""

    name: str
    normal: bool
    words: str = ""

    @property
    def text(self) -> str:
        said = NORMAL if self.normal else ABNORMAL
        return f"{self.name} {said}：{self.words}" if self.words else f"{self.name} {said}"


@dataclass(frozen=True, slots=True)
class Checks(Text):
    """Lines of `Checked`, kept as text; typed with line ends or ；between them. `names`: all there may be."""

    longest: int = 8000
    lines: bool = True
    sample: str = "一行一项：AN-0012 正常，或 AN-0013 异常：风扇响"
    names: tuple[str, ...] = ()

    def read(self, typed: str, lookup: Lookup) -> Value:
        found: dict[str, Checked] = {}
        # The base class cannot be named by super(): slots make a new class of this one.
        for line in re.split(r"[\n；;]+", str(Text.read(self, typed, lookup))):
            if not clean(line):
                continue
            one = self._line(clean(line))
            if one.name in found:
                raise KnownError(f"{one.name} 写了两次", "一项只写一行")
            found[one.name] = one
        return checks_text(found.values())

    def key(self, value: Value, _lookup: Lookup) -> str:
        """Those with most to complain about come last."""
        return number_key(len(abnormal(str(value))))

    def _line(self, line: str) -> Checked:
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise KnownError(f"「{line}」写法不对", self.sample)
        name, said, words = parts.groups()
        if self.names and name not in self.names:
            raise KnownError(f"没有「{name}」这一项", f"可写：{'、'.join(self.names)}")
        if said == ABNORMAL and not words:
            raise KnownError(f"{name} 异常，没有写什么异常", f"请写成 {name} 异常：现象")
        return Checked(name, said == NORMAL, words or "")


def checks_text(checks: Iterable[Checked]) -> str:
    """As it is kept."""
    return "\n".join(one.text for one in checks)


def checks_of(kept: str) -> tuple[Checked, ...]:
    """What a kept text holds."""
    found = []
    for line in kept.splitlines():
        head, _, words = line.partition("：")
        name, _, said = head.rpartition(" ")
        found.append(Checked(name, said == NORMAL, words))
    return tuple(found)


def abnormal(kept: str) -> tuple[Checked, ...]:
    """Those of a kept text that are not as they should be."""
    return tuple(one for one in checks_of(kept) if not one.normal)
