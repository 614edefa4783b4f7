"""在办故障清单: what one needs to go on with a pen when the power fails.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet

STEPS = ("响应", "出发", "到场", "确认", "开修", "解决")
"""The columns to write milestones into, in the order of `PaperFault.steps`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A limit still running, or run out and not stopped. `due_at`: epoch seconds UTC."""

    name: str
    due_at: int
    breached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFault:
    """One fault in hand. Times: epoch seconds UTC.

    Attributes:
        zone: 市区内 or 市区外. stage: In Chinese.
        engineers: Names with the telephone each is reached at, one a line; empty for nobody.
        steps: When each of `STEPS` happened; None leaves the box empty for the pen.
    """

    number: str
    site: str
    zone: str
    reported_at: int
    symptom: str
    stage: str
    steps: tuple[int | None, ...]
    dues: tuple[DueLine, ...] = ()
    emergency: bool = False
    room: str = ""
    device: str = ""
    caller: str = ""
    unit: str = ""
    callback: str = ""
    engineers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFaultsSheet:
    """Everything a 在办故障清单 says; `issued_at` in epoch seconds UTC."""

    number: str
    issuer: str
    operator: str
    faults: tuple[PaperFault, ...]
    limits: str
    service_lines: str
    issued_at: int
    copy_number: int = 1
    reprint: bool = False


LABELS = {"number": "单号", "issuer": "单位", "operator": "值班员"}


def render_open_faults(sheet: OpenFaultsSheet, fonts: FontSet | None = None) -> bytes:
    """The 在办故障清单 as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, LABELS, "在办故障清单")
    from dispatch_app.reports.open_faults_layout import lay_out

    return lay_out(sheet, fonts)
