"""QR codes as filled rectangles: sharp at every resolution."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import segno

from dispatch_app.reports.paper import BLACK, Page

QUIET = 4
"""Modules of white the standard asks for on every side."""
Matrix = tuple[bytes, ...]


@lru_cache(maxsize=256)
def _matrix(content: str) -> Matrix:
    return tuple(bytes(row) for row in segno.make(content, error="m", micro=False).matrix)


def qr_modules(content: str) -> int:
    """How many modules wide the code of `content` is, the white around it left out."""
    return len(_matrix(content))


def draw_qr(page: Page, x: float, y: float, side: float, content: str) -> None:
    """Draw the QR code of `content` (error correction M) `side` points wide.

    The caller leaves white around it what the standard asks for: `QUIET` of its modules.
    """
    matrix = _matrix(content)
    module = side / len(matrix)
    boxes = []
    for row, values in enumerate(matrix):
        column = 0
        for dark, run in groupby(values):
            length = len(list(run))
            if dark:
                place = (x + column * module, y + row * module)
                boxes.append((*place, length * module, module))
            column += length
    page.fills(boxes, BLACK)
