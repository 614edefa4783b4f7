"""The one typeface of the program, bundled: a fresh Linux machine has no Chinese font at all.

Noto Sans SC has one weight here, so emphasis comes from size and colour; its figures all have the same
width, so a running clock does not dance.
"""

from __future__ import annotations

from enum import IntEnum

from pylopdf_fonts_zh_cn import sans_path
from PySide6.QtGui import QFont, QFontDatabase


class TextSize(IntEnum):
    """Sizes in logical pixels."""

    CLOCK = 26
    FIGURE = 24
    TITLE = 18
    SITE = 17
    BODY = 15
    QUIET = 14
    SMALL = 13


def load_family() -> str:
    """Hand the bundled font to Qt and answer with its family name.

    Raises:
        RuntimeError: Qt cannot read the shipped font file; a bug or a broken installation.
    """
    number = QFontDatabase.addApplicationFont(str(sans_path()))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise RuntimeError(f"Qt cannot read {sans_path()}")
    return families[0]


def font(family: str, size: TextSize = TextSize.BODY) -> QFont:
    """The program's font at one of its sizes, for painters and delegates."""
    made = QFont(family)
    made.setPixelSize(int(size))
    # Kerning between figures and colons would let a running time shift sideways.
    made.setKerning(False)
    return made
