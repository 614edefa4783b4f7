"""A register's list on paper, A4 upright or across; a confidential one says so on every page.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet

LABELS = {"title": "标题", "contractor": "单位"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """`width`: its share of the paper's width, against the others."""

    heading: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterListSheet:
    """Moments are epoch seconds, UTC.

    Attributes:
        number: As numbered when it was issued; empty for a preview.
        title: Of the list. wanted: the filter in Chinese. clause: where the contract asks for the list.
        counted: What a row is called with its measure word (`台设备`).
        rows: Cells as printed, one for each column; a running number is printed before them.
        across: Printed on A4 across.
        secret: Marked 内部资料, every copy with its number.
    """

    number: str
    title: str
    contractor: str
    wanted: str
    clause: str
    counted: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    across: bool
    secret: bool
    operator: str
    issued_at: int
    copy_number: int = 1
    reprint: bool = False


def render_register_list(sheet: RegisterListSheet, fonts: FontSet | None = None) -> bytes:
    """The PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A text has characters no font has.
    """
    require(sheet, LABELS, sheet.title)
    from dispatch_app.reports.register_list_layout import lay_out

    return lay_out(sheet, fonts)
