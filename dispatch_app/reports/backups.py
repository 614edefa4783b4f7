"""备份记录 of a month: what was backed up where, how much, and whether it could be restored (附一 二.3).

Importing this module loads neither reportlab nor a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_app.reports.mandatory import require

if TYPE_CHECKING:
    from dispatch_app.reports.fonts import FontSet


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSystemLine:
    """A system: what was agreed, and what the month came to. `standing`: what is overdue, in Chinese."""

    name: str
    device: str
    document: str
    schedule: str
    full: int
    increments: int
    refreshes: int
    size: str
    restored: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupLine:
    """One backup as it was recorded."""

    when: str
    system: str
    kind: str
    size: str
    medium: str
    device: str
    who: str
    restored: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsSheet:
    """The backups of a month. `issued_at`: epoch seconds UTC."""

    number: str
    issuer: str
    month: str
    systems: tuple[BackupSystemLine, ...]
    lines: tuple[BackupLine, ...]
    size: str
    issued_at: int
    copy_number: int = 1
    reprint: bool = False


LABELS = {"number": "单号", "issuer": "单位", "month": "月份"}


def render_backups(sheet: BackupsSheet, fonts: FontSet | None = None) -> bytes:
    """The 备份记录 as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: A mandatory field is empty, or a field holds characters no font can print.
    """
    require(sheet, LABELS, "备份记录")
    from dispatch_app.reports.backups_layout import lay_out

    return lay_out(sheet, fonts)
