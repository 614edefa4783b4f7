"""Icons: SVG strokes drawn for this program, coloured by the role they are asked for in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

PIXEL_RATIOS = (1.0, 1.25, 1.5, 2.0)


class Icons:
    """Reads `name.svg` from a folder and paints it where `currentColor` stands in a given colour."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(path.stem for path in self._folder.glob("*.svg")))

    def pixmap(self, name: str, colour: QColor, size: int = 24, ratio: float = 1.0) -> QPixmap:
        """The icon as a square of `size` logical pixels for a screen of `ratio` device pixels each.

        Raises:
            OSError: There is no such icon; icons are shipped, so this is a bug of ours.
        """
        key = (name, colour.name(QColor.NameFormat.HexArgb), size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._paint(name, colour, size, ratio)
        return self._pixmaps[key]

    def icon(self, name: str, colour: QColor, checked: QColor | None = None, size: int = 24) -> QIcon:
        """The icon for a button; `checked` is its colour while the button is down."""
        made = QIcon()
        for ratio in PIXEL_RATIOS:
            made.addPixmap(self.pixmap(name, colour, size, ratio))
            if checked is not None:
                made.addPixmap(self.pixmap(name, checked, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
        return made

    def _paint(self, name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        source = self._sources[name].replace("currentColor", colour.name())
        renderer = QSvgRenderer(QByteArray(source.encode()))
        side = round(size * ratio)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
