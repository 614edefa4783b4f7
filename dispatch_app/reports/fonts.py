"""Which font files the forms may use, and the roles the forms ask for. Loads no font.

The two Noto faces come with a wheel and hold all of GBK; a setting may name the customer's own 仿宋 and
小标宋 files, and whatever characters those lack are taken from the Noto faces one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Role(StrEnum):
    """What a piece of text is set in."""

    BODY = "Body"  # 仿宋
    TITLE = "Title"  # 小标宋
    SANS = "Sans"  # 黑体


@dataclass(frozen=True, slots=True)
class FontSet:
    """The customer's own font files, OpenType or TrueType; None where Noto Serif SC stands in.

    Attributes:
        fangsong: 仿宋, for the body of official documents.
        xiaobiaosong: 小标宋, for their titles and the red letterhead.
    """

    fangsong: Path | None = None
    xiaobiaosong: Path | None = None
