"""QR codes as filled rectangles: sharp at every resolution."""

from __future__ import annotations

from itertools import groupby

import segno

from dispatch_app.reports.paper import BLACK, Page

_QUIET_MODULES = 4


def draw_qr(page: Page, x: float, y: float, side: float, content: str) -> None:
    """Draw the QR code of `content` (error correction M) into a square of `side` points with its margin."""
    matrix = segno.make(content, error="m", micro=False).matrix
    module = side / (len(matrix) + 2 * _QUIET_MODULES)
    for row, values in enumerate(matrix):
        column = 0
        for dark, run in groupby(values):
            length = len(list(run))
            if dark:
                left, top = x + (column + _QUIET_MODULES) * module, y + (row + _QUIET_MODULES) * module
                page.fill(left, top, length * module, module, BLACK)
            column += length
