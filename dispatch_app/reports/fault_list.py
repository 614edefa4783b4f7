"""故障清单: the rows of the list of all faults on A4 across.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet

HEADINGS = (
    "序号", "编号", "报障时间", "站点", "区域", "紧急", "现象", "阶段", "程序", "工程师",
    "响应超时", "到场超时", "最长超时", "违约金（元）", "报障人",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultListSheet:
    """Moments are epoch seconds, UTC.

    Attributes:
        number: As numbered when it was issued; empty for a preview.
        wanted: The filter in Chinese.
        rows: Cells as printed, one for each heading but the first.
        as_of: The moment the figures are of.
    """

    number: str
    contractor: str
    wanted: str
    rows: tuple[tuple[str, ...], ...]
    as_of: int
    issued_at: int
    copy_number: int = 1
    reprint: bool = False


def render_fault_list(sheet: FaultListSheet, fonts: FontSet | None = None) -> bytes:
    """The PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A text has characters no font has.
    """
    from dispatch_app.reports.fault_list_layout import lay_out

    return lay_out(sheet, fonts)
