"""接报单, blank: two to a sheet, for calls taken while the desk is dark.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankIntakeSheet:
    """What a blank 接报单 says; `issued_at` in epoch seconds UTC.

    Attributes:
        number: Under which the printing is on record; the form itself carries none.
        limits: The contract's limits in one line, the small print.
    """

    number: str
    issuer: str
    limits: str
    service_lines: str
    issued_at: int
    copy_number: int = 1
    reprint: bool = False


LABELS = {"issuer": "单位", "limits": "合同时限", "service_lines": "服务电话"}


def render_blank_intake(sheet: BlankIntakeSheet, fonts: FontSet | None = None) -> bytes:
    """The blank 接报单 as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, LABELS, "接报单")
    from dispatch_app.reports.blank_intake_layout import lay_out

    return lay_out(sheet, fonts)
