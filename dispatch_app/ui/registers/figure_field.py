"""A figure of a round: large, with the band it ought to lie in under it, judged while it is typed."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dispatch_app.operations.registers.round_limits import Band, Quantity, figure_of, judged
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

_HEIGHT = 12
_AROUND = 0.6
"""So many widths of the band are shown at either side of it."""


class FigureField(QWidget):
    """Signals: entered: Enter was pressed in it."""

    entered = Signal()

    def __init__(self, quantity: Quantity, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.quantity = quantity
        self._band = Band(Decimal(0), Decimal(1))
        self._before = ""
        self.label = Text(f"{quantity.title}（{quantity.unit}）", Size.SMALL, Tone.QUIET)
        self.editor = QLineEdit()
        self.editor.setAccessibleName(self.label.text())
        self.editor.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        describe(self.editor, big=True)
        self.label.setBuddy(self.editor)
        self.bar = BandBar(themes)
        self.note = Text("", Size.SMALL, Tone.FAINT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.label, self.editor, self.bar, self.note):
            column.addWidget(part)
        self.editor.textChanged.connect(self._judge)
        self.editor.returnPressed.connect(self.entered)

    def begin(self, band: Band, before: str) -> None:
        """Empty, for a room of these limits. `before`: the figure of the last round there, or empty."""
        self._band, self._before = band, before
        self.bar.set_band(band)
        self.editor.clear()
        self.set_error("")

    @property
    def text(self) -> str:
        return self.editor.text()

    @property
    def said(self) -> str:
        """What stands under the figure."""
        return self.note.text()

    def set_error(self, text: str) -> None:
        """What the desk refused about it; it goes with the next key, or with an empty text."""
        self._judge()
        self.editor.setAccessibleDescription(text)
        if text:
            describe(self.editor, wrong=True)
            self._say(text, Tone.BREACHED)

    @Slot()
    def _judge(self) -> None:
        figure = figure_of(self.editor.text())
        self.bar.set_figure(figure)
        wrong = "" if figure is None else judged(self.quantity, figure, self._band)
        describe(self.editor, wrong=bool(wrong))
        if wrong:
            self._say(wrong.split(" ", 3)[-1] + " · 超限", Tone.BREACHED)
        else:
            before = f" · 上次 {self._before}" if self._before else ""
            self._say(f"限值 {self._band.text}{before}", Tone.FAINT)

    def _say(self, text: str, tone: Tone) -> None:
        self.note.setText(text)
        self.note.set_tone(tone)


class BandBar(QWidget):
    """The band on a scale a little wider than itself, and where the figure lies."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._low, self._high = 0.0, 1.0
        self._figure: float | None = None
        self.setFixedHeight(_HEIGHT)
        themes.changed.connect(self.update)

    def set_band(self, band: Band) -> None:
        self._low, self._high = float(band.low), float(band.high)
        self.update()

    def set_figure(self, figure: Decimal | None) -> None:
        self._figure = None if figure is None else float(figure)
        self.update()

    def place(self, figure: float) -> float:
        """Where a figure lies, 0 at the left end and 1 at the right; what is beyond lies at the end."""
        around = (self._high - self._low) * _AROUND
        least, most = self._low - around, self._high + around
        return min(1.0, max(0.0, (figure - least) / (most - least)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._themes.current
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = float(self.width())
        painter.setBrush(theme.track)
        painter.drawRoundedRect(QRectF(0, 4, width, 4), 2, 2)
        left, right = self.place(self._low) * width, self.place(self._high) * width
        painter.setBrush(theme.accent)
        painter.drawRoundedRect(QRectF(left, 4, right - left, 4), 2, 2)
        if self._figure is not None:
            inside = self._low <= self._figure <= self._high
            at = min(max(self.place(self._figure) * width, 3.0), width - 3.0)
            painter.setBrush(theme.text if inside else theme.breached_bar)
            painter.drawRoundedRect(QRectF(at - 3, 0, 6, _HEIGHT), 3, 3)
        painter.end()
