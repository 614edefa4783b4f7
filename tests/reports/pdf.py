"""Looks into a PDF through PDFium: characters with their places, rules, and the fonts behind them."""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw


class Character(NamedTuple):
    """A character, its origin in points from the top left corner, and its size."""

    text: str
    x: float
    y: float
    size: float


class Stroke(NamedTuple):
    """A drawn path's bounds in points from the top left corner, and its colour."""

    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[int, int, int]


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page as PDFium extracts it, without line ends."""
    with opened(pdf) as document:
        return [_joined(page.get_textpage().get_text_range()) for page in document]


def text(pdf: bytes) -> str:
    """The text of all pages, without line ends."""
    return "".join(page_texts(pdf))


def solid(words: str) -> str:
    """`words` without blanks: between the cells of a table PDFium puts some of its own."""
    return words.replace(" ", "").replace("　", "")


def text_within(pdf: bytes, left: float, top: float, right: float, bottom: float) -> str:
    """The text of all pages inside a frame (points from the top left corner), without line ends."""
    parts = []
    with opened(pdf) as document:
        for page in document:
            height = page.get_height()
            parts.append(page.get_textpage().get_text_bounded(left, height - bottom, right, height - top))
    return _joined("".join(parts))


def _joined(extracted: str) -> str:
    return extracted.replace("\r\n", "").replace("\n", "")


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    with opened(pdf) as document:
        return [(page.get_width() / 72 * 25.4, page.get_height() / 72 * 25.4) for page in document]


def characters(pdf: bytes, page: int) -> list[Character]:
    """What stands on a page, blanks and line ends left out."""
    found = []
    with opened(pdf) as document:
        height = document[page].get_height()
        textpage = document[page].get_textpage()
        for index in range(textpage.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(textpage, index))
            if character.isspace():
                continue
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(textpage, index, x, y)
            size = raw.FPDFText_GetFontSize(textpage, index)
            found.append(Character(character, x.value, height - y.value, size))
    return found


def lines(pdf: bytes, page: int) -> dict[float, str]:
    """Baseline (points from the top, rounded to a tenth) → what stands on it, from left to right."""
    rows: dict[float, list[Character]] = {}
    for each in characters(pdf, page):
        rows.setdefault(round(each.y, 1), []).append(each)
    return {y: "".join(each.text for each in sorted(rows[y], key=lambda each: each.x)) for y in sorted(rows)}


def strokes(pdf: bytes, page: int) -> list[Stroke]:
    """The stroked paths of a page."""
    found = []
    with opened(pdf) as document:
        height = document[page].get_height()
        for item in document[page].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(item, fill_mode, stroked)
            if not stroked.value:
                continue
            left, bottom, right, top = item.get_bounds()
            channels = [ctypes.c_uint() for _ in range(4)]
            raw.FPDFPageObj_GetStrokeColor(item, *channels)
            red, green, blue = (channel.value for channel in channels[:3])
            found.append(Stroke(left, height - top, right, height - bottom, (red, green, blue)))
    return found


def dictionaries(pdf: bytes, kind: str) -> list[bytes]:
    """The bodies of all objects of `/Type /kind`."""
    bodies = re.findall(rb"\d+ 0 obj\n(.*?)endobj", pdf, re.DOTALL)
    return [body for body in bodies if re.search(rb"/Type\s*/" + kind.encode() + rb"\b", body)]


def referred(pdf: bytes, body: bytes, key: str) -> bytes:
    """The body of the object that `/key` refers to."""
    number = re.search(rb"/" + key.encode() + rb"\s+(\d+) 0 R", body)
    assert number, f"no /{key} in {body[:200]!r}"
    found = re.search(rb"(?:^|\n)" + number[1] + rb" 0 obj\n(.*?)endobj", pdf, re.DOTALL)
    assert found
    return found[1]


def stream(body: bytes) -> bytes:
    """The decompressed stream of an object."""
    data = body.split(b"stream", 1)[1].lstrip(b"\r\n")
    if b"/ASCII85Decode" in body:
        import base64

        data = base64.a85decode(data.split(b"~>")[0])
    return zlib.decompress(data) if b"/FlateDecode" in body else data
