"""What a paper is printed on: A4 for nearly all of them, a label or a card by its own size."""

from __future__ import annotations

from dataclasses import dataclass

_A4 = (210, 297)


@dataclass(frozen=True, slots=True)
class PageMedium:
    """A sheet. `width`, `height`: whole millimetres as it stands in the file."""

    width: int = _A4[0]
    height: int = _A4[1]

    @property
    def is_a4(self) -> bool:
        """Whichever way it lies."""
        return tuple(sorted((self.width, self.height))) == _A4

    @property
    def words(self) -> str:
        """`A4` or `60×40 mm`."""
        return "A4" if self.is_a4 else f"{self.width}×{self.height} mm"

    @property
    def cups_name(self) -> str:
        """What CUPS calls it in `media=`."""
        return "iso_a4_210x297mm" if self.is_a4 else f"Custom.{self.width}x{self.height}mm"

    def among(self, names: list[str]) -> bool:
        """Whether a queue that lists these sizes takes it. `names`: in small letters."""
        if self.is_a4:
            return any(name == "a4" or name.startswith(("a4.", "iso_a4_")) for name in names)
        own = f"{self.width}x{self.height}mm"
        return any(name.startswith("custom.") or own in name for name in names)


A4_SHEET = PageMedium()


def medium_of(size: tuple[float, float]) -> PageMedium:
    """The sheet of a page of this size, millimetres; what a printer rounds to dots is rounded back."""
    return PageMedium(round(size[0]), round(size[1]))
