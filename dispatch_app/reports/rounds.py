"""巡检表 of a room: blank, to be filled in with a pen; and of a month, as it was recorded (附三 二、六).

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceLine:
    """A device to be looked at: its label, and kind, brand, model and place."""

    label: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankRoundSheet:
    """A 巡检表 to take along. `issued_at`: epoch seconds UTC.

    Attributes:
        place: The room or the service item. cycle: How often, in Chinese.
        figures: What is measured, with unit and limits, such as `温度（℃） 18–27`; none for no room.
        surroundings: What a room ought to be (附三 六).
    """

    number: str
    issuer: str
    plan: str
    place: str
    cycle: str
    figures: tuple[str, ...]
    devices: tuple[DeviceLine, ...]
    surroundings: tuple[str, ...]
    issued_at: int
    copy_number: int = 1
    reprint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """A round, or one that was left out. `when`: `11-22 08:10`, or the day it was due by.

    Attributes:
        figures: Temperature, humidity, voltage as recorded; empty for none.
        devices, surroundings: `12 台正常`, or what was not.
        done: What was done about it: measures, number of the fault.
        missed: It was left out; `wrong` then says which plan asked for it.
    """

    when: str
    figures: tuple[str, ...]
    devices: str
    surroundings: str
    wrong: str
    done: str
    who: str
    missed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundsSheet:
    """The rounds of a room in a month, with the counts. `issued_at`: epoch seconds UTC.

    Attributes:
        plans: Their names with how often. limits: In force today.
        asked, done, missed, breached: So many rounds were due, were made, were left out, found something.
        ranges: Quantity with least, mean and most of the month.
        note: Of days whose calendar nobody knows; empty for none.
    """

    number: str
    issuer: str
    site: str
    month: str
    plans: str
    limits: str
    lines: tuple[RoundLine, ...]
    asked: int
    done: int
    missed: int
    breached: int
    ranges: tuple[str, ...]
    issued_at: int
    note: str = ""
    copy_number: int = 1
    reprint: bool = False


BLANK_LABELS = {"number": "单号", "issuer": "单位", "plan": "计划", "place": "站点或服务项目"}
LABELS = {"number": "单号", "issuer": "单位", "site": "站点", "month": "月份"}


def render_blank_round(sheet: BlankRoundSheet, fonts: FontSet | None = None) -> bytes:
    """The blank 巡检表 as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, BLANK_LABELS, "空白巡检表")
    from dispatch_app.reports.rounds_layout import lay_out_blank

    return lay_out_blank(sheet, fonts)


def render_rounds(sheet: RoundsSheet, fonts: FontSet | None = None) -> bytes:
    """The 巡检表 of a month as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, LABELS, "巡检表")
    from dispatch_app.reports.rounds_layout import lay_out

    return lay_out(sheet, fonts)
