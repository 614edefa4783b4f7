"""Sizes in whole dots of a printer: bars and modules that are not would come out uneven, and unreadable."""

from __future__ import annotations

from dataclasses import dataclass

PER_INCH = (203, 300, 600)
"""What label and office printers have."""
_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Dots:
    """The grid of a printer with `per_inch` dots an inch."""

    per_inch: int

    @property
    def size(self) -> float:
        """Points."""
        return _POINTS_PER_INCH / self.per_inch

    def near(self, points: float) -> float:
        """The length in whole dots nearest to this one, in points."""
        return round(points / self.size) * self.size

    def within(self, points: float) -> int:
        """How many whole dots a length holds."""
        # What was made of whole dots must not lose one to the last bit.
        return int(points / self.size + 1e-6)
