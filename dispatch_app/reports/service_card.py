"""服务卡片 (附一 三.1): the six service lines of 二.5, ten cards to a sheet of A4 or one by one.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCardSheet:
    """Everything the cards say. `issued_at`: epoch seconds UTC.

    Attributes:
        landlines, mobiles: The service lines of the contract.
        limits: Within what time somebody answers and comes, one line each.
        pages: How many sheets, or cards where they are single.
        single: A card of 90×54 mm by itself; else ten on A4.
    """

    number: str
    issuer: str
    landlines: tuple[str, ...]
    mobiles: tuple[str, ...]
    limits: tuple[str, ...]
    issued_at: int
    pages: int = 1
    single: bool = False
    copy_number: int = 1
    reprint: bool = False


LABELS = {
    "number": "单号",
    "issuer": "单位",
    "landlines": "服务座机",
    "mobiles": "服务手机",
}


def render_service_cards(sheet: ServiceCardSheet, fonts: FontSet | None = None) -> bytes:
    """The cards as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, LABELS, "服务卡片")
    from dispatch_app.reports.service_card_layout import lay_out

    return lay_out(sheet, fonts)
