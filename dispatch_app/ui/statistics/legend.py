"""What the colours of a chart mean, in one line beside its title."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_app.ui.desk.paint_kit import LEFT, NO_PEN, PaintKit
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes

SWATCH, GAP, APART = 10.0, 5.0, 14.0
HEIGHT = 20


class Legend(QWidget):
    """Swatches in the theme's colours, each with its words. `entries`: (role, words)."""

    def __init__(
        self, themes: Themes, entries: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self._family = QApplication.font().family()
        self._kit = PaintKit(themes.current, self._family)
        self.setAccessibleName("图例：" + "，".join(words for _, words in self._entries))
        self.setFixedSize(self.sizeHint())
        themes.changed.connect(self._recolour)

    def sizeHint(self) -> QSize:
        widths = (self._kit.width(TextSize.SMALL, words) for _, words in self._entries)
        return QSize(int(sum(widths) + len(self._entries) * (SWATCH + GAP + APART)) + 1, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, left = QPainter(self), 0.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for role, words in self._entries:
            painter.setPen(NO_PEN)
            painter.setBrush(self._kit.brushes[role])
            painter.drawRoundedRect(QRectF(left, (HEIGHT - SWATCH) / 2, SWATCH, SWATCH), 2, 2)
            left += SWATCH + GAP
            width = self._kit.width(TextSize.SMALL, words) + 1
            self._kit.text(painter, QRectF(left, 0, width, HEIGHT), LEFT, TextSize.SMALL, "quiet", words)
            left += width + APART
        painter.end()

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._kit = PaintKit(theme, self._family)
        self.update()
