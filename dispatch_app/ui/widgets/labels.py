"""Texts: plain, elided, badges and key caps."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from dispatch_app.ui.widgets.polish import Size, Tone, describe


class Text(QLabel):
    """A line (or, wrapped, a paragraph) of plain text in a size and a tone."""

    def __init__(
        self,
        text: str = "",
        size: Size = Size.BODY,
        tone: Tone = Tone.TEXT,
        parent: QWidget | None = None,
        *,
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            # Selectable labels take the focus on a click; a half-typed call must keep it.
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        describe(self, textsize=str(size), tone=str(tone))

    def set_tone(self, tone: Tone) -> None:
        describe(self, tone=str(tone))

    def set_size(self, size: Size) -> None:
        describe(self, textsize=str(size))


class ElidedLabel(Text):
    """A line that ends in … where it does not fit; the whole of it is in the tool tip."""

    def __init__(
        self,
        text: str = "",
        size: Size = Size.BODY,
        tone: Tone = Tone.TEXT,
        parent: QWidget | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(text, size, tone, parent)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def shown_text(self) -> str:
        """What fits into the present width."""
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(self.alignment().value),
            self.palette(),
            self.isEnabled(),
            self.shown_text(),
            self.foregroundRole(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.shown_text() != self.text() else "")


class Badge(QLabel):
    """A small word in a box: 市区外, 待命, 紧急."""

    def __init__(self, text: str = "", tone: Tone = Tone.QUIET, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        describe(self, badge=str(tone))

    def set_tone(self, tone: Tone) -> None:
        describe(self, badge=str(tone))


class KeyCap(QLabel):
    """The key that does the same: F2, Ctrl+Z, 空格. `on_accent` for a cap on the accent button."""

    def __init__(self, key: str, parent: QWidget | None = None, *, on_accent: bool = False) -> None:
        super().__init__(key, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        describe(self, keycap="accent" if on_accent else "plain")
