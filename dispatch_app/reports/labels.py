"""设备标识贴 (附一 三.1): for each device its label number as QR and Code 128, type, site and hotline.

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLine:
    """One label. `label`: the number a scanner types; `what`: type and model; `site`: where it stands."""

    label: str
    what: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """Everything a run of labels says. `issued_at`: epoch seconds UTC.

    Attributes:
        hotline: The telephone number on every label.
        medium: Key in `label_media.MEDIA`.
        dots_per_inch: Of the printer; every bar is so many whole dots wide.
        right_tenths, down_tenths: How far everything is moved, tenths of a millimetre; below 0 left and up.
        skip: So many labels of the first sheet are gone already.
    """

    number: str
    issuer: str
    hotline: str
    labels: tuple[LabelLine, ...]
    medium: str
    dots_per_inch: int
    issued_at: int
    right_tenths: int = 0
    down_tenths: int = 0
    skip: int = 0
    copy_number: int = 1
    reprint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationSheet:
    """A page that shows how far a printer is off: rulers, the outlines of the labels, codes to scan.

    The attributes are those of `LabelSheet`; the shifts are those in force.
    """

    number: str
    issuer: str
    medium: str
    dots_per_inch: int
    issued_at: int
    right_tenths: int = 0
    down_tenths: int = 0
    copy_number: int = 1
    reprint: bool = False


LABELS = {"number": "单号", "issuer": "单位", "hotline": "服务电话", "labels": "设备"}


def render_labels(sheet: LabelSheet, fonts: FontSet | None = None) -> bytes:
    """The labels as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, LABELS, "设备标识贴")
    from dispatch_app.reports.labels_layout import lay_out

    return lay_out(sheet, fonts)


def render_calibration(sheet: CalibrationSheet, fonts: FontSet | None = None) -> bytes:
    """The calibration page as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty.
    """
    require(sheet, {name: LABELS[name] for name in ("number", "issuer")}, "校准页")
    from dispatch_app.reports.calibration_layout import lay_out

    return lay_out(sheet, fonts)
