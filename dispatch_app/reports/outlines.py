"""Reads a font file: which characters it has, how wide they are, and their outlines as TrueType glyphs.

The bundled Noto faces have cubic (CFF) outlines, which reportlab cannot embed; only the glyphs a sheet uses
are turned into quadratic ones. Everything is scaled to 1000 units an em.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from fontTools.cu2qu import curve_to_quadratic
from fontTools.ttLib import TTFont, TTLibError

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.cff import CffOutlines, CubicContour
from dispatch_app.reports.truetype import UNITS_PER_EM, Contour, Glyph, encode_glyph

# A curve may leave its original by this many units: 0.02 pt at 22 pt, less than a printer's dot.
_MAX_ERROR = 1.0
_EM_DASHES = frozenset("—―")
_EMBEDDING_FORBIDDEN = 0x0002  # OS/2 fsType, "restricted licence"
_SEGMENTED_COVERAGE = 12  # the cmap format that holds all planes
_DAMAGE = (OSError, TTLibError, KeyError, IndexError, ValueError, AssertionError, struct.error)


class OutlineFont:
    """One font file, held in memory; the file itself is closed again.

    Raises:
        KnownError: The file is missing, is no font with outlines, or forbids embedding.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            # TTFont would leave a file open that turns out to be none of its kind.
            with path.open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as font:
                fs_type: int = font["OS/2"].fsType
                self._scale: float = UNITS_PER_EM / font["head"].unitsPerEm
                self._glyph_ids = _glyph_ids(font)
                self._metrics: bytes = font.reader["hmtx"]
                self._long_metrics: int = font["hhea"].numberOfHMetrics
                self._contours = _cubic_source(font) if "CFF " in font else _quadratic_source(font)
        except _DAMAGE as error:
            raise self._unreadable() from error
        if fs_type & _EMBEDDING_FORBIDDEN:
            raise KnownError(
                f"字体不允许嵌入文件：{path.name}", "请在设置中改选允许嵌入的字体，或清空后使用内置字体"
            )
        self._glyphs: dict[str, Glyph] = {}

    def _unreadable(self) -> KnownError:
        return KnownError(
            f"字体文件无法读取：{self._path.name}", "请在设置中改选字体文件，或清空后使用内置字体"
        )

    def __contains__(self, character: str) -> bool:
        return ord(character) in self._glyph_ids

    def advance(self, character: str) -> int:
        """Width of `character` in thousandths of an em. An em dash fills its em, so that two of them join."""
        if character in _EM_DASHES:
            return UNITS_PER_EM
        index = min(self._glyph_ids[ord(character)], self._long_metrics - 1)
        units: int = struct.unpack_from(">H", self._metrics, index * 4)[0]
        return round(units * self._scale)

    def glyph(self, character: str) -> Glyph:
        """The outline of `character`, converted once and kept.

        Raises:
            KnownError: The file is damaged.
        """
        known = self._glyphs.get(character)
        if known is None:
            try:
                contours = self._contours(self._glyph_ids[ord(character)])
            except _DAMAGE as error:
                raise self._unreadable() from error
            contours = [[(x * self._scale, y * self._scale, on) for x, y, on in each] for each in contours]
            if character in _EM_DASHES:
                contours = _stretched(contours)
            known = self._glyphs[character] = encode_glyph(contours, self.advance(character))
        return known


def _stretched(contours: list[Contour]) -> list[Contour]:
    """The outline of a dash pulled out to the whole em."""
    xs = [point[0] for contour in contours for point in contour]
    left, stretch = min(xs), UNITS_PER_EM / (max(xs) - min(xs))
    return [[((x - left) * stretch, y, on) for x, y, on in contour] for contour in contours]


def _cubic_source(font: Any) -> Callable[[int], list[Contour]]:
    outlines = CffOutlines(font.reader["CFF "])
    return lambda glyph_id: [_quadratic(contour) for contour in outlines.contours(glyph_id)]


def _quadratic(contour: CubicContour) -> Contour:
    """The same contour in quadratic curves, the other way round, as TrueType wants it."""
    points: Contour = [(*contour.start, True)]
    for segment in contour.segments:
        if len(segment.points) == 1:
            points.append((*segment.points[0], True))
        else:
            curve = curve_to_quadratic((points[-1][:2], *segment.points), _MAX_ERROR)
            points += [(x, y, False) for x, y in curve[1:-1]]
            points.append((*curve[-1], True))
    if len(points) > 1 and points[-1] == points[0]:
        points.pop()
    return points[::-1]


def _quadratic_source(font: Any) -> Callable[[int], list[Contour]]:
    glyphs, names = font["glyf"], font.getGlyphOrder()

    def contours(glyph_id: int) -> list[Contour]:
        coordinates, ends, flags = glyphs[names[glyph_id]].getCoordinates(glyphs)
        points = [(x, y, bool(flag & 1)) for (x, y), flag in zip(coordinates, flags, strict=True)]
        return [points[first:last] for first, last in pairwise([0, *(end + 1 for end in ends)])]

    return contours


def _glyph_ids(font: Any) -> dict[int, int]:
    """Code point → glyph id, read from the table's bytes: fontTools takes names on the way, 100 ms a face."""
    raw: bytes = font.reader["cmap"]
    (subtables,) = struct.unpack_from(">H", raw, 2)
    glyph_ids: dict[int, int] = {}
    for index in range(subtables):
        (offset,) = struct.unpack_from(">L", raw, 8 + 8 * index)
        (kind,) = struct.unpack_from(">H", raw, offset)
        if kind == _SEGMENTED_COVERAGE:
            glyph_ids.update(_segments(raw, offset))
    if not glyph_ids:
        glyph_ids = {code: font.getGlyphID(name) for code, name in (font.getBestCmap() or {}).items()}
    return glyph_ids


def _segments(raw: bytes, offset: int) -> Iterable[tuple[int, int]]:
    (groups,) = struct.unpack_from(">L", raw, offset + 12)
    numbers = struct.unpack_from(f">{3 * groups}L", raw, offset + 16)
    for first, last, start in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        for code in range(first, last + 1):
            yield code, start + code - first
