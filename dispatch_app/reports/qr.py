"""QR codes as filled rectangles: sharp at every resolution."""

from __future__ import annotations

from itertools import groupby

import segno

from dispatch_app.reports.paper import BLACK, Page


def draw_qr(page: Page, x: float, y: float, side: float, content: str) -> None:
    """Draw the QR code of `content` (error correction M) `side` points wide.

    The caller leaves white around it what the standard asks for: four of its modules.
    """
    matrix = segno.make(content, error="m", micro=False).matrix
    module = side / len(matrix)
    for row, values in enumerate(matrix):
        column = 0
        for dark, run in groupby(values):
            length = len(list(run))
            if dark:
                page.fill(x + column * module, y + row * module, length * module, module, BLACK)
            column += length
