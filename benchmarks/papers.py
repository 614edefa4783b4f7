"""A 专报 as a PDF, against the same lines drawn in a TrueType font that lies ready.

Run as `python -m benchmarks.papers report` or `… ready FOLDER` it is the child that makes its first paper.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from benchmarks.measure import Measured, by_turns, milliseconds
from dispatch_app.reports.special_report import SpecialReportSheet, render_special_report
from dispatch_app.reports.truetype import Glyph

REPORTED = 1_732_235_400
"""2024-11-22 08:30 in Beijing."""
SHEET = SpecialReportSheet(
    number="〔2024〕12号",
    issuer="安宁网盛信息技术有限公司",
    letterhead="安宁网盛信息技术有限公司文件",
    signer="朱红成",
    addressee="安宁市工业和科学技术信息化局",
    title="关于禄脿街道办事处电子政务网络机房汇聚交换机故障的专报",
    fault_no="A-0312",
    site="禄脿街道办事处电子政务网络机房",
    reported_at=REPORTED,
    confirmed_at=REPORTED + 4500,
    device="汇聚交换机",
    model="S5130S-28P-EI",
    serial="219801A1NQ9187Q00123",
    parameters="24个10/100/1000BASE-T电口，4个SFP光口，交换容量336Gbps",
    cause="主板电源管理芯片烧毁，加电后指示灯不亮；更换电源线后仍不能启动。",
    advice="建议更换同档次汇聚交换机1台。",
    estimate=Decimal("12800.00"),
    estimate_in_words="壹万贰仟捌佰元整",
    attachments=("故障设备现场照片", "设备报价单"),
    contact="李鸿兰，电话：0871-68686833",
    dated=date(2024, 11, 22),
    issued_at=REPORTED + 9000,
)

Line = tuple[float, float, float, str]
"""x, y and size in points, text."""
FONT_FILE, LINES_FILE = "ready.ttf", "lines.pickle"


def measure(rounds: int = 30) -> list[Measured]:
    """The second paper of a process, and the first, whose process is told to say how long it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_ready(folder)
        ready = _Ready(folder)
        render_special_report(SHEET)
        return [
            by_turns(
                "专报 PDF, second in a process",
                "the same lines, a TrueType font that lies ready",
                "≤ 8 ×",
                lambda: milliseconds(ready.draw),
                lambda: milliseconds(lambda: render_special_report(SHEET)),
                rounds,
            ),
            by_turns(
                "专报 PDF, first in a process",
                "the same lines, a TrueType font that lies ready",
                "≤ 500 ms",
                lambda: _child("ready", name),
                lambda: _child("report"),
                min(rounds, 15),
            ),
        ]


def _child(*words: str) -> float:
    command = [sys.executable, "-m", "benchmarks.papers", *words]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _make_ready(folder: Path) -> None:
    """Lay down a TrueType font with the outlines the 专报 uses, and its lines as they stand on its pages."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib.tables._g_l_y_f import Glyph as Outline

    pages = _pages()
    glyphs = {character: glyph for page in pages for _, found in page for character, glyph in found.items()}
    names = {character: f"u{ord(character):05X}" for character in glyphs}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap({ord(character): name for character, name in names.items()})
    outlines = {names[one]: Outline(glyph.data) for one, glyph in glyphs.items()}
    for outline in outlines.values():
        outline.expand(None)
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), **outlines})
    advances = {names[one]: (glyph.advance, glyph.x_min) for one, glyph in glyphs.items()}
    builder.setupHorizontalMetrics({".notdef": (1000, 0), **advances})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Ready", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(folder / FONT_FILE)
    (folder / LINES_FILE).write_bytes(pickle.dumps([[line for line, _ in page] for page in pages]))


def _pages() -> list[list[tuple[Line, dict[str, Glyph]]]]:
    """Page by page every run of text with the glyphs of its characters."""
    from dispatch_app.reports.paper import Paper, _Text

    seen: list[Paper] = []
    drawn = Paper.pdf

    def watched(paper: Paper) -> bytes:
        seen.append(paper)
        return drawn(paper)

    with patch.object(Paper, "pdf", watched):
        render_special_report(SHEET)
    (paper,) = seen
    return [
        [
            (
                (mark.x + run.x, paper.height_pt - mark.baseline, mark.style.size, run.text),
                {character: mark.face.glyph(character) for character in run.text},
            )
            for mark in page.marks
            if isinstance(mark, _Text)
            for run in mark.runs
        ]
        for page in paper.pages
    ]


class _Ready:
    """Draws the lines with reportlab and nothing between."""

    def __init__(self, folder: Path) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        pdfmetrics.registerFont(TTFont("Ready", str(folder / FONT_FILE)))
        self.pages: list[list[Line]] = pickle.loads((folder / LINES_FILE).read_bytes())

    def draw(self) -> bytes:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfgen.canvas import Canvas

        buffer = BytesIO()
        canvas = Canvas(buffer, pagesize=A4, pageCompression=1, initialFontName="Ready")
        for page in self.pages:
            for x, y, size, text in page:
                canvas.setFont("Ready", size)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()


def _first(words: list[str]) -> float:
    if words[0] == "ready":
        return milliseconds(lambda: _Ready(Path(words[1])).draw())
    return milliseconds(lambda: render_special_report(SHEET))


if __name__ == "__main__":
    sys.stdout.write(str(_first(sys.argv[1:])))
