"""Charstrings with the operators that the bundled faces use seldom or never, held against fontTools."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pylopdf_fonts_zh_cn
import pytest
from fontTools import subset
from fontTools.cffLib import SubrsIndex
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from dispatch_app.reports.cff import CffOutlines

START = [100, 200, "rmoveto"]
PROGRAMS = {
    "lines by turns": [*START, 50, 60, 70, "hlineto", 10, -20, "vlineto", "endchar"],
    "any lines": [600, *START, 50, 60, -70, 10.5, "rlineto", "endchar"],
    "moves along one axis": [40, "hmoveto", 9, "hlineto", 30, "vmoveto", 9, "vlineto", "endchar"],
    "any curves": [*START, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, "rrcurveto", "endchar"],
    "curves, then a line": [*START, 1, 2, 3, 4, 5, 6, 90, 80, "rcurveline", "endchar"],
    "lines, then a curve": [*START, 90, 80, 1, 2, 3, 4, 5, 6, "rlinecurve", "endchar"],
    "upright curves": [*START, 1, 2, 3, 4, 5, 6, 7, 8, "vvcurveto", "endchar"],
    "upright curves at a slant": [*START, 9, 1, 2, 3, 4, "vvcurveto", "endchar"],
    "level curves": [*START, 1, 2, 3, 4, 5, 6, 7, 8, "hhcurveto", "endchar"],
    "level curves at a slant": [*START, 9, 1, 2, 3, 4, "hhcurveto", "endchar"],
    "turning curves": [*START, 1, 2, 3, 4, 5, 6, 7, 8, "hvcurveto", 1, 2, 3, 4, "vhcurveto", "endchar"],
    "turning curves to a slant": [*START, 1, 2, 3, 4, 9, "hvcurveto", 1, 2, 3, 4, 8, "vhcurveto", "endchar"],
    "flex": [*START, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 50, "flex", "endchar"],
    "level flex": [*START, 10, 20, 3, 40, 50, 60, 70, "hflex", "endchar"],
    "level flex at a slant": [*START, 10, 1, 20, 2, 30, 40, 50, 3, 60, "hflex1", "endchar"],
    "flex along": [*START, 10, 1, 20, 2, 30, 3, 40, 4, 50, 5, 60, "flex1", "endchar"],
    "flex across": [*START, 1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 60, "flex1", "endchar"],
    "hints": [10, 20, "hstem", 30, 40, "vstem", *START, 7, "hlineto", "endchar"],
    "hint masks": [
        *(10, 20, 30, 40, "hstemhm", 50, 60, 70, 80, "hintmask", b"\xf0"),
        *(*START, 7, "hlineto", "cntrmask", b"\xa0", 8, "vlineto", "endchar"),
    ],
    "wide numbers": [3000, -2000, "rmoveto", 300, -300, "rlineto", 1.25, 0.5, "rlineto", "endchar"],
    "an end without an operator": [*START, 7, "hlineto"],
}  # fmt: skip


def made(program: list[Any], subroutine: list[Any] | None = None) -> TTFont:
    """A font whose second glyph runs `program`, which may call `subroutine`."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a"])
    builder.setupCharacterMap({97: "a"})
    builder.setupHorizontalHeader()
    builder.setupNameTable({})
    private = {"BlueScale": 0.04}
    if subroutine:
        private["Subrs"] = SubrsIndex()
        private["Subrs"].append(T2CharString(program=subroutine))
    charstrings = {".notdef": T2CharString(program=["endchar"]), "a": T2CharString(program=list(program))}
    builder.setupCFF("Made", {}, charstrings, private)
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "a"), (600, 0)))
    builder.setupOS2()
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    file.seek(0)
    return TTFont(file)


def as_fonttools_draws(font: TTFont, name: str) -> list[Any]:
    recording = RecordingPen()
    font["CFF "].cff.topDictIndex[0].CharStrings[name].draw(recording)
    return [step for step in recording.value if step[0] not in ("closePath", "endPath")]


def as_read(font: TTFont, glyph_id: int) -> list[Any]:
    steps: list[Any] = []
    for contour in CffOutlines(font.reader["CFF "]).contours(glyph_id):
        steps.append(("moveTo", (contour.start,)))
        for segment in contour.segments:
            steps.append(("lineTo" if len(segment.points) == 1 else "curveTo", segment.points))
    return steps


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_an_operator_draws_what_fonttools_draws(program) -> None:
    font = made(program)
    steps = as_read(font, 1)
    assert len(steps) > 1
    assert steps == as_fonttools_draws(font, "a")


def test_a_font_of_few_glyphs_from_many_parts_is_read() -> None:
    # So short a table lists the part of each glyph one by one, and has few subroutines.
    with TTFont(pylopdf_fonts_zh_cn.serif_path(), lazy=True) as whole:
        options = subset.Options(
            layout_features=[], drop_tables=["DSIG", "BASE", "GSUB", "GPOS", "VORG", "vmtx"]
        )
        chooser = subset.Subsetter(options)
        chooser.populate(text="A安1禄a宁")
        chooser.subset(whole)
        file = BytesIO()
        whole.save(file)
    file.seek(0)
    font = TTFont(file)
    assert font.reader["CFF "][font["CFF "].cff.topDictIndex[0].rawDict["FDSelect"]] == 0
    for glyph_id, name in enumerate(font.getGlyphOrder()):
        assert as_read(font, glyph_id) == as_fonttools_draws(font, name)


def patched(table: bytes, before: bytes, after: bytes) -> CffOutlines:
    """The outlines of a table in which one piece of code is replaced by another as long."""
    assert table.count(before) == 1
    assert len(before) == len(after)
    return CffOutlines(table.replace(before, after))


def test_a_subroutine_that_calls_itself_is_refused() -> None:
    font = made([-107, "callsubr", "endchar"], subroutine=[11, "hlineto", "return"])
    outlines = patched(font.reader["CFF "], bytes([150, 6, 11]), bytes([32, 10, 11]))
    with pytest.raises(ValueError, match="nested too deeply"):
        outlines.contours(1)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (bytes([140, 141, 12, 10]), KeyError),
        (bytes([32, 10, 14, 14]), ValueError),
        (bytes([32, 29, 14, 14]), IndexError),
    ],
    ids=["arithmetic", "no local subroutines", "no such global subroutine"],
)
def test_what_no_chinese_font_does_is_refused(code, error) -> None:
    table = made([61, 62, "rmoveto", "endchar"]).reader["CFF "]
    with pytest.raises(error):
        patched(table, bytes([200, 201, 21, 14]), code).contours(1)


def test_a_glyph_that_is_not_there_is_refused() -> None:
    outlines = CffOutlines(made(["endchar"]).reader["CFF "])
    with pytest.raises(IndexError):
        outlines.contours(2)
