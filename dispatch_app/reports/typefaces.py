"""Typefaces: which font file each character of a role is taken from, and how wide it stands.

Loads fontTools; imported only when a sheet is rendered.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

import pylopdf_fonts_zh_cn

from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.outlines import OutlineFont
from dispatch_app.reports.truetype import UNITS_PER_EM, Glyph


class Typeface:
    """A role's font files in order of preference; a character comes from the first that has it.

    Attributes:
        name: What reportlab and the PDF call it; distinct for distinct files.
    """

    def __init__(self, name: str, files: tuple[Path, ...], chosen: int) -> None:
        """`chosen`: how many of `files`, from the first, are the customer's choice for this very role."""
        self.name = name
        self._files = files
        self._chosen = chosen
        self._index_of: dict[str, int] = {}

    def __contains__(self, character: str) -> bool:
        return self._index(character) >= 0

    def advance(self, character: str) -> float:
        """Width of `character` in ems."""
        return self._font(character).advance(character) / UNITS_PER_EM

    def width(self, text: str) -> float:
        """Width of `text` in ems, set without any adjustment."""
        return sum(map(self.advance, text))

    def glyph(self, character: str) -> Glyph:
        """The outline of `character`."""
        return self._font(character).glyph(character)

    def stands_in(self, character: str) -> bool:
        """Whether `character` comes from a stand-in and not from the customer's file for this role."""
        return self._index(character) >= self._chosen

    def _font(self, character: str) -> OutlineFont:
        return _load(self._files[self._index(character)])

    def _index(self, character: str) -> int:
        known = self._index_of.get(character)
        if known is None:
            known = next((i for i, file in enumerate(self._files) if character in _load(file)), -1)
            self._index_of[character] = known
        return known


@cache
def typeface(role: Role, fonts: FontSet) -> Typeface:
    """The typeface of `role`. Kept for the life of the process, and with it every glyph once converted."""
    serif, sans = Path(pylopdf_fonts_zh_cn.serif_path()), Path(pylopdf_fonts_zh_cn.sans_path())
    own = {Role.BODY: fonts.fangsong, Role.TITLE: fonts.xiaobiaosong, Role.SANS: None}[role]
    bundled = (sans, serif) if role is Role.SANS else (serif, sans)
    others = tuple(file for file in (fonts.fangsong, fonts.xiaobiaosong) if file and file != own)
    # Every role reaches every file, so that what can be printed does not depend on where it stands.
    files = ((own,) if own else ()) + bundled + others
    # Distinct files need distinct names: reportlab takes two fonts of one face name for the same font.
    mark = f"-{crc32(repr(files).encode()):08x}" if fonts != FontSet() else ""
    return Typeface(f"Desk{role}{mark}", files, 1 if own else 0)


@cache
def _load(file: Path) -> OutlineFont:
    return OutlineFont(file)
