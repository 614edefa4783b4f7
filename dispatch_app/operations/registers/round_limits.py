"""Between what figures temperature, humidity and voltage of a room ought to lie (附三 六).

The desk's settings give them for every room; a plan may give its room others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dispatch_app.operations.pinyin_index import fold
from dispatch_app.operations.registers.kinds import Measure, Values


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is measured on a round. `kind`: how it is typed and what can be at all."""

    key: str
    title: str
    kind: Measure

    @property
    def unit(self) -> str:
        return self.kind.unit


@dataclass(frozen=True, slots=True)
class Band:
    """What lies between `low` and `high`, both included, is as it should be."""

    low: Decimal
    high: Decimal

    @property
    def text(self) -> str:
        return f"{self.low:f}–{self.high:f}"


QUANTITIES = (
    Quantity("temperature", "温度", Measure("-40", "80", 1, "℃")),
    Quantity("humidity", "湿度", Measure("0", "100", 1, "%")),
    Quantity("voltage", "电压", Measure("0", "500", 1, "V")),
)
_KEPT = re.compile(r"(\w+) (-?[\d.]+)–(-?[\d.]+)")
_BY_TITLE = {one.title: one.key for one in QUANTITIES}

Bands = Mapping[str, Band]
"""Key of a quantity → its band."""


def setting_name(quantity: str, end: str) -> str:
    """Name of the setting for one end (`low` or `high`) of a quantity."""
    return f"round_{quantity}_{end}"


def bands_in_force(setting: Callable[[str], str], plan: Values) -> Bands:
    """What holds for a plan: its own figures where it has them, else those of the desk.

    Args:
        setting: The value in force of a setting.
        plan: Values of the plan; empty for none.
    """

    def end(quantity: str, which: str) -> Decimal:
        own = plan.get(f"{quantity}_{which}")
        return Decimal(str(own if own is not None else setting(setting_name(quantity, which)))).normalize()

    return {one.key: Band(end(one.key, "low"), end(one.key, "high")) for one in QUANTITIES}


def bands_text(bands: Bands) -> str:
    """As it is kept with a round and shown: `温度 18–27；湿度 30–60；电压 198–235`."""
    return "；".join(f"{one.title} {bands[one.key].text}" for one in QUANTITIES)


def bands_of(kept: str) -> Bands:
    """What a kept text says."""
    return {_BY_TITLE[title]: Band(Decimal(low), Decimal(high)) for title, low, high in _KEPT.findall(kept)}


def judged(quantity: Quantity, figure: Decimal, band: Band) -> str:
    """What is wrong with a figure, empty for nothing: `温度 31.0 ℃ 高于 27`."""
    said = f"{quantity.title} {figure:f} {quantity.unit}"
    if figure < band.low:
        return f"{said} 低于 {band.low:f}"
    return f"{said} 高于 {band.high:f}" if figure > band.high else ""


def figure_of(typed: str) -> Decimal | None:
    """The figure somebody is typing, None while it is none."""
    try:
        figure = Decimal(fold(typed))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def beyond(values: Values, bands: Bands) -> Iterator[tuple[str, str]]:
    """(quantity, words) of every figure of a round that lies outside its band."""
    for one in QUANTITIES:
        if one.key in values and one.key in bands:
            words = judged(one, Decimal(str(values[one.key])), bands[one.key])
            if words:
                yield one.key, words
