"""Short words for clocks as they stand in rows; all other codes are named in `operations.words`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.facts import Procedure

SEPARATOR = "·"
"""Between things said in one line; the font gives it the width of a character, so no spaces around it."""

CLOCKS: Mapping[ClockName, str] = MappingProxyType(
    {
        ClockName.RESPONSE: "响应",
        ClockName.ARRIVAL: "到场",
        ClockName.DISPATCH_5H: "派人 5h",
        ClockName.DISPATCH_2D: "派人 2 天",
        ClockName.REPAIR_START: "开修",
        ClockName.SPECIAL_REPORT: "专报",
        ClockName.SAME_DAY: "当天",
    }
)

STOPPED_BY: Mapping[ClockName, str] = MappingProxyType(
    {
        ClockName.RESPONSE: "响应或出发即停",
        ClockName.ARRIVAL: "到场即停",
        ClockName.DISPATCH_5H: "出发即停",
        ClockName.DISPATCH_2D: "出发即停",
        ClockName.REPAIR_START: "开修即停",
        ClockName.SPECIAL_REPORT: "专报上报即停",
        ClockName.SAME_DAY: "解决即停",
    }
)
"""What a person can do to stop a clock that has run out."""

PROCEDURES: Mapping[Procedure, str] = MappingProxyType(
    {
        Procedure.ROUTINE: "常规",
        Procedure.REPAIR: "维修",
        Procedure.SPECIAL_REPORT: "专报",
        Procedure.WARRANTY: "厂家",
    }
)
"""One word each, for the chooser's buttons."""

TIP_LONGEST = 600
"""Characters; a tool tip that covers the desk helps nobody, and the field itself has the whole."""


def tip(text: str) -> str:
    """A text of any length as a tool tip takes it."""
    return text if len(text) <= TIP_LONGEST else f"{text[: TIP_LONGEST - 1]}…"
