"""Whether a page that came out of a printer is the page that was sent: size, place and ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatch_app.reports.rasters import Raster

DOTS_PER_INCH = 75.0
MM_PER_DOT = 25.4 / DOTS_PER_INCH
SIZE_TOLERANCE_MM = 1.0
PLACE_TOLERANCE_MM = 1.5
INK_TOLERANCE = 0.04
_BLOCK = 4
"""Pixels over which ink is averaged: a printer's fonts may stand a fraction of a dot beside ours."""
_INKED = 160
"""A pixel darker than this is ink."""

Grey = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PageDifference:
    """How far a printed page is from the original.

    Attributes:
        size_mm: The larger of the differences in width and height.
        place_mm: The furthest any edge of the inked area has moved; catches shrinking and shifting.
        ink: Mean difference of the ink, 0 to 1; catches what is missing or was put in.
    """

    size_mm: float
    place_mm: float
    ink: float

    @property
    def acceptable(self) -> bool:
        return (
            self.size_mm <= SIZE_TOLERANCE_MM
            and self.place_mm <= PLACE_TOLERANCE_MM
            and self.ink <= INK_TOLERANCE
        )


def compare_pages(original: Raster, printed: Raster) -> PageDifference:
    """Both pages rendered at `DOTS_PER_INCH`."""
    one, other = _grey(original), _grey(printed)
    across = abs(original.width - printed.width)
    down = abs(original.height - printed.height)
    height, width = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    one, other = one[:height, :width], other[:height, :width]
    moved = max(abs(a - b) for a, b in zip(_inked_area(one), _inked_area(other), strict=True))
    ink = float(np.abs(_blocks(one) - _blocks(other)).mean()) / 255
    return PageDifference(max(across, down) * MM_PER_DOT, moved * MM_PER_DOT, ink)


def _grey(raster: Raster) -> Grey:
    pixels = np.frombuffer(raster.bgrx, dtype=np.uint8).reshape(raster.height, raster.width, 4)
    grey: Grey = pixels[:, :, :3].mean(axis=2)
    return grey


def _inked_area(page: Grey) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the ink in pixels; all nought on an empty page."""
    rows, columns = np.nonzero(page < _INKED)
    if not rows.size:
        return 0, 0, 0, 0
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def _blocks(page: Grey) -> Grey:
    height, width = (side // _BLOCK * _BLOCK for side in page.shape)
    blocks = page[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    means: Grey = blocks.mean(axis=(1, 3))
    return means
