"""Code 128 as filled rectangles of whole printer dots."""

from __future__ import annotations

from functools import lru_cache

from reportlab.graphics.barcode.code128 import Code128

from dispatch_app.reports.paper import BLACK, Page

QUIET = 10
"""Modules of white the standard asks for on either side."""
_BAR_A, _SPACE_A = ord("A") - 1, ord("a") - 1


@lru_cache(maxsize=256)
def bars(content: str) -> tuple[tuple[int, int], ...]:
    """(start, width) of every bar in modules, the white on either side left out. `content`: ASCII."""
    code = Code128(content, quiet=0)
    code.validate()
    code.encode()
    code.decompose()
    found, place = [], 0
    # A capital is a bar and a small letter a space, as wide as its place in the alphabet.
    for sign in code.decomposed:
        width = ord(sign) - (_BAR_A if sign.isupper() else _SPACE_A)
        if sign.isupper():
            found.append((place, width))
        place += width
    return tuple(found)


def modules(content: str) -> int:
    """How many modules wide the bars are, the white on either side left out."""
    start, width = bars(content)[-1]
    return start + width


def draw_code128(page: Page, x: float, y: float, module: float, height: float, content: str) -> None:
    """Draw the bars with their upper left corner at (`x`, `y`); the caller leaves `QUIET` around them."""
    page.fills(((x + start * module, y, width * module, height) for start, width in bars(content)), BLACK)
