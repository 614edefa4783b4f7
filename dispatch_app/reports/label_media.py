"""What device labels are printed on. Lengths in millimetres, from the top left corner of the paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Medium:
    """A sheet or a roll of labels, all of one size.

    Attributes:
        page: Width and height of a page. label: of one label.
        columns, rows: How many stand beside and under one another.
        left, top: Where the first begins. pitch: from one to the next, across and down.
        footed: There is room under the labels for the number of the paper.
    """

    title: str
    page: tuple[float, float]
    label: tuple[float, float]
    columns: int = 1
    rows: int = 1
    left: float = 0.0
    top: float = 0.0
    pitch: tuple[float, float] = (0.0, 0.0)
    footed: bool = False

    @property
    def on_page(self) -> int:
        """How many labels a page holds."""
        return self.columns * self.rows

    def place(self, index: int) -> tuple[float, float]:
        """Upper left corner of a label of the page, counted from 0 along the rows."""
        row, column = divmod(index, self.columns)
        return self.left + column * self.pitch[0], self.top + row * self.pitch[1]


A4_64 = "a4_64x34"
MEDIA: Mapping[str, Medium] = MappingProxyType(
    {
        A4_64: Medium(
            "A4 24 格（64×33.9 mm，有白边）",
            (210.0, 297.0),
            (63.5, 33.9),
            3,
            8,
            left=7.25,
            top=12.9,
            pitch=(66.0, 33.9),
            footed=True,
        ),
        "a4_70x37": Medium(
            "A4 24 格（70×37 mm，无白边）",
            (210.0, 297.0),
            (70.0, 37.0),
            3,
            8,
            top=0.5,
            pitch=(70.0, 37.0),
        ),
        "roll_60x40": Medium("卷筒 60×40 mm", (60.0, 40.0), (60.0, 40.0)),
    }
)
"""By key, in the order offered."""
