"""Embeds a typeface through reportlab, although its outlines are not TrueType.

reportlab asks a TrueType face for its metrics and, at the end, for the bytes of each subset of at most 256
characters. Both are answered here from a `Typeface`; no font file ever passes through reportlab. The steps
overridden are internals of reportlab 5.1: the version is pinned, and a test holds on to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts

from dispatch_app.reports.truetype import ASCENT, DESCENT, UNITS_PER_EM, Glyph, build_truetype
from dispatch_app.reports.typefaces import Typeface

_SYMBOLIC = 1 << 2
_CAP_HEIGHT = 730
_STEM_V = 80
_MAX_MAPPINGS = 100  # bfchar entries a block may hold (Adobe Technical Note 5014)


class _Face(ttfonts.TTFontFace):  # type: ignore[misc]  # reportlab's classes are untyped
    """What reportlab knows of a typeface."""

    def __init__(self, typeface: Typeface) -> None:
        pdfmetrics.TypeFace.__init__(self, None)
        self.typeface = typeface
        self.name = typeface.name.encode("ascii")
        self.familyName = self.fullName = self.uniqueFontID = self.name
        self.filename = typeface.name
        self.subfontNameX = b""
        self.ascent, self.descent, self.capHeight = ASCENT, DESCENT, _CAP_HEIGHT
        self.bbox = [-200, -300, 1200, 1100]
        self.italicAngle, self.stemV, self.flags = 0, _STEM_V, _SYMBOLIC
        self.defaultWidth = UNITS_PER_EM
        self.charToGlyph = _Characters(typeface)

    def getCharWidth(self, code: int) -> int:  # noqa: N802  # reportlab's name
        if not code:
            return UNITS_PER_EM
        return round(self.typeface.advance(chr(code)) * UNITS_PER_EM)

    def makeSubset(self, subset: Sequence[int]) -> bytes:  # noqa: N802  # reportlab's name
        """A TrueType file with the glyphs of the characters `subset`; 0 stands for an unused code."""
        glyphs = [Glyph(b"", UNITS_PER_EM)]
        codes = []
        for code in subset:
            if code:
                codes.append(len(glyphs))
                glyphs.append(self.typeface.glyph(chr(code)))
            else:
                codes.append(0)
        return build_truetype(glyphs, codes)


class _Characters:
    """Answers reportlab's question whether the face has a character."""

    def __init__(self, typeface: Typeface) -> None:
        self._typeface = typeface

    def __contains__(self, code: int) -> bool:
        return chr(code) in self._typeface


class EmbeddedFont(ttfonts.TTFont):  # type: ignore[misc]  # reportlab's classes are untyped
    """A typeface registered with reportlab under its own name."""

    def __init__(self, typeface: Typeface) -> None:
        self.fontName = typeface.name
        self.face = _Face(typeface)
        self.encoding = ttfonts.TTEncoding()
        self.state: Any = WeakKeyDictionary()
        # Otherwise all of ASCII would be embedded with every font.
        self._asciiReadable = False
        self.shapable = False

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        return self.face.typeface.width(text) * size

    def addObjects(self, doc: Any) -> None:  # noqa: N802  # reportlab's name
        """Write the subsets into `doc`. reportlab's own step maps no character beyond U+FFFF back to text."""
        state = self.state[doc]
        state.frozen = 1
        for index, subset in enumerate(state.subsets):
            internal_name = self.getSubsetInternalName(index, doc)[1:]
            base_name = f"{ttfonts.SUBSETN(index).decode('ascii')}+{self.face.name.decode('ascii')}"
            font = pdfdoc.PDFTrueTypeFont()
            font.Name, font.BaseFont = internal_name, base_name
            font.FirstChar, font.LastChar = 0, len(subset) - 1
            font.Widths = pdfdoc.PDFArray([self.face.getCharWidth(code) for code in subset])
            stream = pdfdoc.PDFStream()
            stream.content = _to_unicode(base_name, subset)
            stream.filters = [pdfdoc.PDFZCompress]
            font.ToUnicode = doc.Reference(stream, f"toUnicodeCMap:{base_name}")
            font.FontDescriptor = self.face.addSubsetObjects(doc, base_name, subset)
            doc.Reference(font, internal_name)
            doc.idToObject["BasicFonts"].dict[internal_name] = font
        del self.state[doc]


def _to_unicode(name: str, subset: Sequence[int]) -> str:
    """The CMap from byte codes back to text, UTF-16 as PDF has it."""
    mappings = [
        f"<{position:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for position, code in enumerate(subset)
        if code
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(mappings), _MAX_MAPPINGS):
        block = mappings[start : start + _MAX_MAPPINGS]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def register(typeface: Typeface) -> str:
    """Make `typeface` known to reportlab, once; returns the name to set it by."""
    if typeface.name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(EmbeddedFont(typeface))
    return typeface.name
