"""Reads a font file: which characters it has, how wide they are, and their outlines as TrueType glyphs.

The bundled Noto faces have cubic (CFF) outlines, which reportlab cannot embed; only the glyphs a sheet uses
are turned into quadratic ones. Everything is scaled to 1000 units an em.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from fontTools.misc.transform import Scale, Transform
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, TTLibError

from dispatch_app.contract.errors import KnownError

UNITS_PER_EM = 1000
# A curve may leave its original by this many units: 0.02 pt at 22 pt, less than a printer's dot.
_MAX_ERROR = 1.0
_EM_DASHES = frozenset("—―")
_EMBEDDING_FORBIDDEN = 0x0002  # OS/2 fsType, "restricted licence"
_SEGMENTED_COVERAGE = 12  # the cmap format that holds all planes


class Glyph(NamedTuple):
    """A TrueType glyph: its glyf entry, and what the tables around it need (1000 units an em)."""

    data: bytes
    advance: int
    x_min: int = 0
    y_min: int = 0
    x_max: int = 0
    y_max: int = 0
    points: int = 0
    contours: int = 0


class _Shapes(Protocol):
    """The outlines of a font file by glyph name."""

    reverse: bool

    def draw(self, name: str, pen: Any) -> None: ...


class _CubicShapes:
    """CFF outlines; they run the other way round than TrueType ones."""

    reverse = True

    def __init__(self, font: Any) -> None:
        self._charstrings = font["CFF "].cff.topDictIndex[0].CharStrings

    def draw(self, name: str, pen: Any) -> None:
        self._charstrings[name].draw(pen)


class _QuadraticShapes:
    """TrueType outlines, composites taken apart."""

    reverse = False

    def __init__(self, font: Any) -> None:
        # Named here so that they are read before the file is closed.
        font["glyf"], font["loca"], font["hmtx"], font["maxp"]
        self._glyphs = font.getGlyphSet()

    def draw(self, name: str, pen: Any) -> None:
        recording = DecomposingRecordingPen(self._glyphs)
        self._glyphs[name].draw(recording)
        recording.replay(pen)


class OutlineFont:
    """One font file, held in memory; the file itself is closed again.

    Raises:
        KnownError: The file is missing, is no font with outlines, or forbids embedding.
    """

    def __init__(self, path: Path) -> None:
        try:
            font = TTFont(path, lazy=True, fontNumber=0)
            with font:
                fs_type = font["OS/2"].fsType
                self._scale: float = UNITS_PER_EM / font["head"].unitsPerEm
                self._glyph_ids = _glyph_ids(font)
                self._metrics: bytes = font.reader["hmtx"]
                self._long_metrics: int = font["hhea"].numberOfHMetrics
                self._names: list[str] = font.getGlyphOrder()
                self._shapes: _Shapes = _CubicShapes(font) if "CFF " in font else _QuadraticShapes(font)
        except (OSError, TTLibError, KeyError, struct.error) as error:
            raise KnownError(
                f"字体文件无法读取：{path.name}", "请在设置中改选字体文件，或清空后使用内置字体"
            ) from error
        if fs_type & _EMBEDDING_FORBIDDEN:
            raise KnownError(
                f"字体不允许嵌入文件：{path.name}", "请在设置中改选允许嵌入的字体，或清空后使用内置字体"
            )
        self._glyphs: dict[str, Glyph] = {}

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
        """The outline of `character`, converted once and kept."""
        known = self._glyphs.get(character)
        if known is None:
            known = self._glyphs[character] = self._convert(character)
        return known

    def _convert(self, character: str) -> Glyph:
        name = self._names[self._glyph_ids[ord(character)]]
        shape = self._quadratic(name, Scale(self._scale))
        if character in _EM_DASHES:
            stretch = UNITS_PER_EM / (shape.xMax - shape.xMin)
            whole_em = Transform(stretch, 0, 0, 1, -shape.xMin * stretch, 0).scale(self._scale)
            shape = self._quadratic(name, whole_em)
        advance = self.advance(character)
        if not shape.numberOfContours:
            return Glyph(b"", advance)
        data = shape.compile(None, recalcBBoxes=False)
        bounds = (shape.xMin, shape.yMin, shape.xMax, shape.yMax)
        return Glyph(data, advance, *bounds, len(shape.coordinates), shape.numberOfContours)

    def _quadratic(self, name: str, transform: Any) -> Any:
        pen = TTGlyphPen(None)
        curves = Cu2QuPen(pen, _MAX_ERROR, reverse_direction=self._shapes.reverse)
        self._shapes.draw(name, TransformPen(curves, transform))
        glyph = pen.glyph()
        glyph.recalcBounds(None)
        return glyph


def _glyph_ids(font: Any) -> dict[int, int]:
    """Code point → glyph id. Reads format 12 itself: going through glyph names takes a third of the goal."""
    for table in font["cmap"].tables:
        if table.format == _SEGMENTED_COVERAGE:
            break
    else:
        return {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}
    raw: bytes = font.reader["cmap"]
    glyph_ids: dict[int, int] = {}
    (subtables,) = struct.unpack_from(">H", raw, 2)
    for index in range(subtables):
        (offset,) = struct.unpack_from(">L", raw, 4 + 8 * index + 4)
        (kind,) = struct.unpack_from(">H", raw, offset)
        if kind == _SEGMENTED_COVERAGE:
            (groups,) = struct.unpack_from(">L", raw, offset + 12)
            numbers = struct.unpack_from(f">{3 * groups}L", raw, offset + 16)
            for first, last, start in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
                glyph_ids.update(
                    zip(range(first, last + 1), range(start, start + last - first + 1), strict=True)
                )
    return glyph_ids
