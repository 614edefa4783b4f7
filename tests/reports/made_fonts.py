"""Small fonts made on the spot, for what the bundled ones do not show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

Draw = Callable[[Any], None]


def square(side: int) -> Draw:
    """A square from the origin, clockwise."""

    def draw(pen: Any) -> None:
        pen.moveTo((0, 0))
        for point in ((0, side), (side, side), (side, 0)):
            pen.lineTo(point)
        pen.closePath()

    return draw


def _builder(units: int, names: list[str], characters: str, quadratic: bool) -> FontBuilder:
    builder = FontBuilder(units, isTTF=quadratic)
    builder.setupGlyphOrder([".notdef", *names])
    builder.setupCharacterMap(dict(zip(map(ord, characters), names, strict=False)))
    builder.setupHorizontalHeader(ascent=int(units * 0.88), descent=-int(units * 0.12))
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular"})
    return builder


def truetype(path: Path, characters: str, units: int = 2048, fs_type: int = 0) -> Path:
    """A TrueType font whose characters are squares of half an em; the last is composed of the first."""
    names = [f"g{index}" for index in range(len(characters))]
    builder = _builder(units, names, characters, True)
    glyphs = {}
    for name in (".notdef", *names):
        pen = TTGlyphPen(glyphs)
        if name == names[-1] and len(names) > 1:
            pen.addComponent(names[0], (1, 0, 0, 1, units // 4, 0))
        else:
            square(units // 2)(pen)
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names), (units, 0)))
    builder.setupOS2(fsType=fs_type)
    builder.setupPost()
    builder.save(path)
    return path


def cubic(path: Path, characters: str, units: int = 1000) -> Path:
    """An OpenType font with cubic outlines, not keyed by CID: squares of half an em."""
    names = [f"g{index}" for index in range(len(characters))]
    builder = _builder(units, names, characters, False)
    charstrings = {}
    for name in (".notdef", *names):
        pen = T2CharStringPen(units, None)
        square(units // 2)(pen)
        charstrings[name] = pen.getCharString()
    builder.setupCFF("Made-Regular", {"FullName": "Made Regular"}, charstrings, {})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", *names), (units, 0)))
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path
