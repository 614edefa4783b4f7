"""Fonts in the finished PDF: embedded, mapped back to text, the same for the same sheet."""

from __future__ import annotations

import inspect
import re
import threading
from io import BytesIO

import pypdfium2
import pytest
import reportlab
from fontTools.ttLib import TTFont
from pypdfium2 import raw
from reportlab.pdfbase import ttfonts

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.fonts import FontSet, Role
from dispatch_app.reports.paper import A4, Paper, Style
from dispatch_app.reports.special_report import render_special_report
from dispatch_app.reports.tally_sheet import render_tally
from dispatch_app.reports.typefaces import typeface
from dispatch_app.reports.work_order import render_work_order
from tests.reports import made_fonts
from tests.reports.pdf import characters, dictionaries, referred, stream, text
from tests.reports.sheets import special_report, tally, tally_line, work_order

BODY = Style(Role.BODY, 12)


def paper(fonts: FontSet | None = None) -> Paper:
    return Paper(A4, "样张", "安宁网盛信息技术有限公司", fonts or FontSet())


def printed(words: str, fonts: FontSet | None = None, style: Style = BODY) -> bytes:
    """A page with `words` on lines as wide as the page."""
    sheet = paper(fonts)
    page, y = sheet.new_page(), 40.0
    for line in sheet.lines(words, style, 500):
        if y > 780:
            page, y = sheet.new_page(), 40.0
        page.line(40, y, line, style)
        y += 18
    return sheet.pdf()


FORMS = {
    "special report": lambda: render_special_report(special_report()),
    "work order": lambda: render_work_order(work_order()),
    "tally": lambda: render_tally(tally((tally_line(1),))),
}


@pytest.fixture(scope="module", params=FORMS.values(), ids=FORMS)
def form(request) -> bytes:
    return request.param()


def test_every_font_is_embedded_and_maps_back_to_text(form) -> None:
    fonts = dictionaries(form, "Font")
    assert len(fonts) >= 2
    for font in fonts:
        assert b"/Subtype /TrueType" in font
        assert b"begincmap" in stream(referred(form, font, "ToUnicode"))
        descriptor = referred(form, font, "FontDescriptor")
        embedded = TTFont(BytesIO(stream(referred(form, descriptor, "FontFile2"))), lazy=False)
        assert embedded["maxp"].numGlyphs > 1
    assert not re.search(rb"/(Helvetica|Times|STSong|Type0|Type1|CIDFont)", form)


def test_pdfium_finds_every_character_in_an_embedded_font(form) -> None:
    document = pypdfium2.PdfDocument(form)
    for page in document:
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            assert raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item)) == 1
    document.close()


@pytest.mark.parametrize("build", FORMS.values(), ids=FORMS)
def test_the_same_sheet_gives_the_same_bytes(build) -> None:
    assert build() == build()


def test_sheets_rendered_on_several_threads_at_once_do_not_mix() -> None:
    builds = list(FORMS.values())
    alone = [build() for build in builds]
    together: list[bytes | None] = [None] * len(builds)

    def render(index: int) -> None:
        together[index] = builds[index]()

    threads = [threading.Thread(target=render, args=(index,)) for index in range(len(builds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def gbk(lead_bytes: range) -> str:
    """The characters of GBK with these lead bytes; ≒ the bundled faces lack, the wide blank is none."""
    pairs = [
        bytes((lead, trail)) for lead in lead_bytes for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF))
    ]
    return "".join(pair.decode("gbk", "ignore") for pair in pairs).replace("≒", "").replace("　", "")


def test_every_mark_of_gbk_and_a_sample_of_its_characters_come_back_as_typed() -> None:
    words = gbk(range(0xA1, 0xAA)) + gbk(range(0x81, 0xFF))[::7]
    assert len(words) > 3500
    assert text(printed(words)) == words


def test_the_bundled_faces_hold_the_whole_of_gbk() -> None:
    face = typeface(Role.BODY, FontSet())
    words = gbk(range(0x81, 0xFF))
    assert len(words) > 21_700
    assert not [character for character in words if character not in face]


def test_characters_beyond_the_basic_plane_come_back_as_typed() -> None:
    assert text(printed("镇名𫖯与𪩘二字")) == "镇名𫖯与𪩘二字"


def test_the_two_halves_of_a_dash_touch() -> None:
    dashes = [each for each in characters(printed("故障——已排除"), 0) if each.text == "—"]
    assert dashes[1].x - dashes[0].x == pytest.approx(BODY.size)


def test_only_used_characters_are_embedded() -> None:
    pdf = printed("安宁")
    (font,) = dictionaries(pdf, "Font")
    embedded = TTFont(BytesIO(stream(referred(pdf, referred(pdf, font, "FontDescriptor"), "FontFile2"))))
    with_outline = [name for name in embedded.getGlyphOrder() if embedded["glyf"][name].numberOfContours]
    assert len(with_outline) == 2


def test_the_customers_font_is_used_and_what_it_lacks_taken_from_the_bundled_one(tmp_path) -> None:
    own = made_fonts.truetype(tmp_path / "fangsong.ttf", "安宁")
    fonts = FontSet(fangsong=own)
    face, bundled = typeface(Role.BODY, fonts), typeface(Role.BODY, FontSet())
    assert face.glyph("安") != bundled.glyph("安")
    assert face.glyph("市") == bundled.glyph("市")
    assert [face.stands_in(character) for character in "安市"] == [False, True]
    assert text(printed("安宁市", fonts)) == "安宁市"
    assert printed("安宁市", fonts) != printed("安宁市")


def test_both_of_the_customers_fonts_serve_every_role(tmp_path) -> None:
    title = made_fonts.cubic(tmp_path / "xbs.otf", "关于\U0002f81a")
    fonts = FontSet(xiaobiaosong=title)
    # A character only the title's font has can be printed in the body as well.
    assert "\U0002f81a" not in typeface(Role.BODY, FontSet())
    assert "\U0002f81a" in typeface(Role.BODY, fonts)
    assert "\U0002f81a" in typeface(Role.SANS, fonts)
    assert not typeface(Role.TITLE, fonts).stands_in("关")
    assert typeface(Role.TITLE, fonts).stands_in("故")


def content(pdf: bytes) -> bytes:
    """The drawing operators of the first page."""
    return stream(referred(pdf, dictionaries(pdf, "Page")[0], "Contents"))


def test_the_stand_in_for_the_title_face_is_emboldened_and_the_customers_own_is_not(tmp_path) -> None:
    title = Style(Role.TITLE, 22)
    stand_in = content(printed("关于故障A1", style=title))
    assert b"2 Tr" in stand_in
    assert b"0 Tr" not in stand_in
    assert b".55 w" in stand_in
    own = FontSet(xiaobiaosong=made_fonts.cubic(tmp_path / "xbs.otf", "关于"))
    assert b"Tr" not in content(printed("关于", own, title))
    mixed = content(printed("故障关于", own, title))
    assert mixed.index(b"2 Tr") < mixed.index(b"0 Tr")


def test_body_text_is_not_emboldened() -> None:
    assert b"Tr" not in content(printed("关于故障"))


def test_a_font_file_that_cannot_be_read_is_refused_by_name(tmp_path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"nothing")
    with pytest.raises(KnownError, match=re.escape("broken.ttf")) as refusal:
        render_special_report(special_report(), FontSet(fangsong=broken))
    assert "设置" in refusal.value.remedy


def test_the_steps_overridden_are_still_those_of_the_pinned_reportlab() -> None:
    # embedding.py stands on these; a new reportlab has to be read before it is let in.
    assert reportlab.__version__.startswith("5.1.")
    expected = {
        ttfonts.TTFontFace.makeSubset: "(self, subset)",
        ttfonts.TTFontFace.addSubsetObjects: "(self, doc, fontname, subset)",
        ttfonts.TTFontFace.getCharWidth: "(self, code)",
        ttfonts.TTFont.splitString: "(self, text, doc, encoding='utf-8')",
        ttfonts.TTFont.getSubsetInternalName: "(self, subset, doc)",
        ttfonts.TTFont.addObjects: "(self, doc)",
        ttfonts.TTFont.stringWidth: "(self, text, size, encoding='utf8')",
        ttfonts.TTFont.State.__init__: "(self, asciiReadable=None, ttf=None)",
    }
    assert {step: str(inspect.signature(step)) for step in expected} == expected
