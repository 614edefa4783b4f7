"""硬件工作状态通报 (附一 二.1): how the devices stand and what their faults added up to in a period.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinBar:
    """One group of faults: how many, how many in the period before, how many with a missed limit."""

    label: str
    count: int
    before: int = 0
    breached: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinChart:
    """A titled chart; `columns`: drawn as columns side by side (days, months), else one bar a line."""

    title: str
    bars: tuple[BulletinBar, ...]
    columns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinStandard:
    """A limit: its name with the clause, and how it was kept in town and outside, in Chinese."""

    name: str
    urban: str
    outlying: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinSheet:
    """Everything a 硬件工作状态通报 says. Moments: epoch seconds UTC.

    Attributes:
        number: As numbered when it was issued.
        addressee: Whom it goes to. period, before: the two periods in Chinese.
        summary: Sentences over the figures.
        figures: Label and value, side by side.
        devices: State of the devices and how many are in it; empty where no register is kept.
        findings: What the bureau ought to know, one paragraph each.
        as_of: The moment running limits were looked at.
    """

    number: str
    issuer: str
    addressee: str
    period: str
    before: str
    summary: str
    figures: tuple[tuple[str, str], ...]
    devices: tuple[tuple[str, int], ...]
    standards: tuple[BulletinStandard, ...]
    charts: tuple[BulletinChart, ...]
    findings: tuple[str, ...]
    as_of: int
    issued_at: int
    copy_number: int = 1
    reprint: bool = False


LABELS = {"number": "编号", "issuer": "单位", "addressee": "主送", "period": "统计期"}


def render_bulletin(sheet: BulletinSheet, fonts: FontSet | None = None) -> bytes:
    """The 硬件工作状态通报 as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, LABELS, "硬件工作状态通报")
    from dispatch_app.reports.bulletin_layout import lay_out

    return lay_out(sheet, fonts)
