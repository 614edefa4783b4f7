"""Pixels of a page, from the very bytes that are saved and printed. No Qt: the screen makes the image.

Importing this module does not load pypdfium2.
"""

from __future__ import annotations

import threading
from typing import NamedTuple

# PDFium keeps global state and may be called by one thread at a time.
_pdfium_lock = threading.Lock()
_POINTS_PER_INCH = 72
_MM_PER_INCH = 25.4


class Raster(NamedTuple):
    """A page as pixels: rows from the top, four bytes a pixel (blue, green, red, unused), no padding."""

    width: int
    height: int
    bgrx: bytes


def page_count(pdf: bytes) -> int:
    """How many pages `pdf` has."""
    import pypdfium2

    with _pdfium_lock:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page, millimetres."""
    import pypdfium2

    with _pdfium_lock:
        document = pypdfium2.PdfDocument(pdf)
        try:
            width, height = document[0].get_size()
        finally:
            document.close()
    return width / _POINTS_PER_INCH * _MM_PER_INCH, height / _POINTS_PER_INCH * _MM_PER_INCH


def render_page(pdf: bytes, index: int, dpi: float) -> Raster:
    """Page `index` (from 0) of `pdf` at `dpi` dots an inch, on white.

    Raises:
        IndexError: There is no such page.
    """
    import pypdfium2

    with _pdfium_lock:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 0 <= index < len(document):
                raise IndexError(f"page {index} of {len(document)}")
            # Four bytes a pixel leave no padding at the end of a row.
            bitmap = document[index].render(scale=dpi / _POINTS_PER_INCH, prefer_bgrx=True)
            return Raster(bitmap.width, bitmap.height, bytes(bitmap.buffer))
        finally:
            document.close()
