from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.cff import CffOutlines
from dispatch_app.reports.outlines import OutlineFont
from dispatch_app.reports.truetype import build_truetype, encode_glyph
from tests.reports import made_fonts

SERIF = Path(pylopdf_fonts_zh_cn.serif_path())
SANS = Path(pylopdf_fonts_zh_cn.sans_path())


@pytest.fixture(scope="module", params=[SERIF, SANS], ids=["serif", "sans"])
def bundled(request) -> Iterator[tuple[OutlineFont, TTFont]]:
    with TTFont(request.param, lazy=True) as reference:
        yield OutlineFont(request.param), reference


def test_the_cubic_outlines_are_those_fonttools_reads(bundled) -> None:
    reference = bundled[1]
    charstrings = reference["CFF "].cff.topDictIndex[0].CharStrings
    outlines = CffOutlines(reference.reader["CFF "])
    names = reference.getGlyphOrder()
    # A prime step meets every script and every one of the table's fonts.
    for glyph_id in range(0, len(names), 31):
        recording = RecordingPen()
        charstrings[names[glyph_id]].draw(recording)
        drawn = [step for step in recording.value if step[0] not in ("closePath", "endPath")]
        read = []
        for contour in outlines.contours(glyph_id):
            read.append(("moveTo", (contour.start,)))
            read += [
                ("lineTo" if len(segment.points) == 1 else "curveTo", segment.points)
                for segment in contour.segments
            ]
        assert read == drawn, names[glyph_id]


@pytest.mark.parametrize("character", "禄脿安，。（A1￥①")
def test_a_converted_glyph_covers_the_area_of_the_original(bundled, character) -> None:
    font, reference = bundled
    embedded = TTFont(BytesIO(build_truetype([encode_glyph([], 1000), font.glyph(character)], [0, 1])))
    original, converted = AreaPen(), AreaPen()
    reference.getGlyphSet()[reference.getBestCmap()[ord(character)]].draw(original)
    name = embedded.getGlyphOrder()[1]
    embedded.getGlyphSet()[name].draw(converted)
    # Cubic contours run against the clock, quadratic ones with it.
    assert -converted.value == pytest.approx(original.value, rel=0.01)
    assert embedded["hmtx"][name][0] == reference["hmtx"][reference.getBestCmap()[ord(character)]][0]


@pytest.mark.parametrize("character", "—―")
def test_an_em_dash_fills_its_em_so_that_two_join(bundled, character) -> None:
    glyph = bundled[0].glyph(character)
    assert (glyph.advance, glyph.x_min, glyph.x_max) == (1000, 0, 1000)


def test_a_character_beyond_the_basic_plane_is_found(bundled) -> None:
    assert "𫖯" in bundled[0]
    assert bundled[0].glyph("𫖯").contours > 0


def test_a_blank_has_no_outline_but_a_width(bundled) -> None:
    glyph = bundled[0].glyph(" ")
    assert glyph.data == b""
    assert 200 < glyph.advance < 300


def test_an_embedded_font_passes_through_a_strict_reader_and_bears_a_fixed_date(bundled) -> None:
    glyphs = [encode_glyph([], 1000), *(bundled[0].glyph(character) for character in "安宁脿A")]
    data = build_truetype(glyphs, [0, 1, 2, 3, 4])
    assert data == build_truetype(glyphs, [0, 1, 2, 3, 4])
    font = TTFont(BytesIO(data), checkChecksums=2, lazy=False)
    assert font["maxp"].numGlyphs == 5
    assert font["cmap"].getcmap(1, 0).cmap == dict(enumerate(font.getGlyphOrder()[1:], 1))
    assert font["head"].modified == 3_850_070_400
    assert [font["hmtx"][name][0] for name in font.getGlyphOrder()[:4]] == [1000] * 4


def test_a_truetype_file_is_taken_as_it_is_scaled_to_the_em(tmp_path) -> None:
    font = OutlineFont(made_fonts.truetype(tmp_path / "own.ttf", "安宁", units=2048))
    assert "安" in font
    assert "市" not in font
    plain, composed = font.glyph("安"), font.glyph("宁")
    assert (plain.x_min, plain.x_max, plain.y_max, plain.advance) == (0, 500, 500, 1000)
    assert (composed.x_min, composed.x_max) == (250, 750)


def test_a_cubic_file_not_keyed_by_cid_is_read_too(tmp_path) -> None:
    glyph = OutlineFont(made_fonts.cubic(tmp_path / "own.otf", "安")).glyph("安")
    assert (glyph.x_max, glyph.y_max, glyph.contours, glyph.points) == (500, 500, 1, 4)


def test_a_missing_file_is_refused_by_name(tmp_path) -> None:
    with pytest.raises(KnownError, match=re.escape("字体文件无法读取：absent.otf")):
        OutlineFont(tmp_path / "absent.otf")


@pytest.mark.parametrize("content", [b"", b"not a font at all", b"OTTO" + bytes(40)])
def test_a_file_that_is_no_font_is_refused_by_name(tmp_path, content) -> None:
    path = tmp_path / "letter.otf"
    path.write_bytes(content)
    with pytest.raises(KnownError, match=re.escape("字体文件无法读取：letter.otf")):
        OutlineFont(path)


def test_a_font_whose_licence_forbids_embedding_is_refused(tmp_path) -> None:
    path = made_fonts.truetype(tmp_path / "shut.ttf", "安宁", fs_type=2)
    with pytest.raises(KnownError, match=re.escape("字体不允许嵌入文件：shut.ttf")):
        OutlineFont(path)


def test_a_file_damaged_in_its_outlines_is_refused_when_the_glyph_is_wanted(tmp_path) -> None:
    path = made_fonts.cubic(tmp_path / "worn.otf", "安")
    with TTFont(path) as font:
        code = font["CFF "].cff.topDictIndex[0].CharStrings["g0"].bytecode
    # 0 is an operator that nobody has defined.
    path.write_bytes(path.read_bytes().replace(code, bytes(len(code))))
    with pytest.raises(KnownError, match=re.escape("字体文件无法读取：worn.otf")):
        OutlineFont(path).glyph("安")
