"""Buttons: one accent button a card, quiet ones beside it, icon buttons and the rail."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from dispatch_app.ui.theme.fonts import TextSize, font
from dispatch_app.ui.theme.style import QUIET_ROLE
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.polish import describe

BESIDE = 12
"""Left of a button's words, and right of them or of their cap. Logical pixels."""
GAP = 8
"""Between the words and the cap of their key."""
CENTRED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine
WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class Kind(StrEnum):
    """`PRIMARY` is the one accent button of a card; `ACCENT` its outlined form; `PLAIN` all others;
    `BARE` is text only."""

    PRIMARY = "primary"
    ACCENT = "accent"
    PLAIN = "plain"
    BARE = "bare"


class Button(QPushButton):
    """A button with its words and, if it has one, the cap of the key that does the same.

    The cap is a hint: whoever owns the button connects the key. Words and cap are painted here and are no
    widgets of their own: there are hundreds of buttons, and each would cost three times as much to make, to
    dress and to paint.
    """

    def __init__(
        self, text: str, kind: Kind = Kind.PLAIN, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._words = ""
        self._key = key
        self._on_accent = False
        self.set_kind(kind)
        self.set_text(text)

    def set_kind(self, kind: Kind) -> None:
        self._on_accent = kind is Kind.PRIMARY
        describe(self, kind=str(kind))

    def set_text(self, text: str) -> None:
        """Change the words; `text()` of Qt stays empty, the accessible name says them."""
        if text != self._words:
            self._words = text
            self.setAccessibleName(text)
            self._say_anew()

    @property
    def words(self) -> str:
        return self._words

    def set_key(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self._say_anew()

    def _say_anew(self) -> None:
        self.updateGeometry()
        self.update()

    def words_rect(self) -> QRect:
        """Where the words stand: they and their cap keep together in the middle."""
        words, cap = self._widths()
        left = (self.width() - words - cap) // 2
        return QRect(max(BESIDE, left), 0, min(words, self.width() - 2 * BESIDE), self.height())

    def _widths(self) -> tuple[int, int]:
        """Of the words, and of the cap with the gap before it."""
        self.ensurePolished()
        words = self.fontMetrics().horizontalAdvance(self._words)
        return words, GAP + cap_size(self.font().family(), self._key).width() if self._key else 0

    def sizeHint(self) -> QSize:
        words, cap = self._widths()
        return QSize(2 * BESIDE + words + cap, max(36, self.fontMetrics().height() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        rect = self.words_rect()
        painter.setPen(self.palette().buttonText().color())
        painter.drawText(rect, WORDS, self._words)
        if self._key:
            self._paint_cap(painter, rect.right() + 1 + GAP)
        painter.end()

    def _paint_cap(self, painter: QPainter, left: int) -> None:
        family, colours = self.font().family(), self.palette()
        size = cap_size(family, self._key)
        box = QRect(QPoint(left, (self.height() - size.height()) // 2), size)
        # The pen runs along the middle of a pixel, so that a line of one pixel is one pixel wide.
        outline = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole
        # Switched off, the accent button is as grey as the others.
        on_accent = self._on_accent and self.isEnabled()
        painter.setPen(colours.color(role.BrightText if on_accent else role.Mid))
        painter.setBrush(Qt.BrushStyle.NoBrush if on_accent else colours.alternateBase())
        painter.drawRoundedRect(outline, 6, 6)
        painter.setFont(small_font(family))
        painter.setPen(colours.color(role.BrightText if on_accent else QUIET_ROLE))
        painter.drawText(box, CENTRED, self._key)


@cache
def small_font(family: str) -> QFont:
    return font(family, TextSize.SMALL)


@cache
def cap_size(family: str, key: str) -> QSize:
    """Of a key cap around its words, as `KeyCap` is."""
    metrics = QFontMetrics(small_font(family))
    return QSize(metrics.horizontalAdvance(key) + 14, metrics.height() + 4)


class IconButton(QToolButton):
    """A square button with an icon alone; `name` is what a screen reader and the tool tip say."""

    def __init__(
        self, themes: Themes, icon: str, name: str, parent: QWidget | None = None, *, role: str = "quiet"
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icon = icon
        self._role = role
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(20, 20))
        describe(self, iconbutton=True)
        themes.changed.connect(self.recolour)
        self.recolour()

    @Slot()
    def recolour(self) -> None:
        self.setIcon(self._themes.icon(self._icon, self._role, size=20))

    def set_icon(self, icon: str, name: str) -> None:
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.recolour()


class RailButton(QToolButton):
    """One page of the left rail: an icon over its name."""

    def __init__(self, themes: Themes, icon: str, name: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icon = icon
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(f"{name}（{key}）" if key else name)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.set_height(60)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        describe(self, rail=True)
        themes.changed.connect(self.recolour)
        self.recolour()

    def set_height(self, height: int) -> None:
        """In logical pixels; a low button has a smaller icon."""
        self.setFixedSize(64, height)
        self.setIconSize(QSize(24, 24) if height >= 54 else QSize(16, 16))
        describe(self, low=height < 54)

    @Slot()
    def recolour(self) -> None:
        self.setIcon(self._themes.icon(self._icon, "quiet", "accent"))


class Segments(QWidget):
    """One of a few values, all of them in sight. `chosen` carries the value a person picked."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], parent: QWidget | None = None, *, tight: bool = False
    ) -> None:
        """`options`: (value, words) in the order they stand. `tight`: for a narrow place, which they fill."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._values: list[str] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, (value, words) in enumerate(options):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            where = "first" if place == 0 else "last" if place == len(options) - 1 else "middle"
            describe(button, segment=where, tight=tight)
            self._group.addButton(button, place)
            self._values.append(value)
            row.addWidget(button)
        if not tight:
            row.addStretch(1)
        self._group.idClicked.connect(self._picked)

    @property
    def value(self) -> str:
        """The value chosen, or an empty string."""
        place = self._group.checkedId()
        return self._values[place] if place >= 0 else ""

    def set_value(self, value: str) -> None:
        """Show a value without telling anyone."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def button(self, value: str) -> QAbstractButton:
        return self._group.button(self._values.index(value))

    @Slot(int)
    def _picked(self, place: int) -> None:
        self.chosen.emit(self._values[place])
