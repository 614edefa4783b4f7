"""Buttons: one accent button a card, quiet ones beside it, icon buttons and the rail."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.labels import KeyCap
from dispatch_app.ui.widgets.polish import describe


class Kind(StrEnum):
    """`PRIMARY` is the one accent button of a card; `ACCENT` its outlined form; `PLAIN` all others;
    `BARE` is text only."""

    PRIMARY = "primary"
    ACCENT = "accent"
    PLAIN = "plain"
    BARE = "bare"


class Button(QPushButton):
    """A button with its words and, if it has one, the cap of the key that does the same.

    The cap is a hint: whoever owns the button connects the key.
    """

    def __init__(
        self, text: str, kind: Kind = Kind.PLAIN, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._cap = KeyCap(key, on_accent=kind is Kind.PRIMARY)
        if not key:
            # Never shown before it has a parent: it would come up as a window and take the focus.
            self._cap.hide()
        # Stretches would make the button itself ask for all the room there is: the words and their cap keep
        # together in a row of their own, which stands in the middle.
        words = QHBoxLayout()
        words.setSpacing(8)
        self._inner = words
        words.addWidget(self._label)
        words.addWidget(self._cap)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addLayout(words)
        row.setAlignment(words, Qt.AlignmentFlag.AlignCenter)
        self.set_kind(kind)
        self.set_text(text)

    def set_kind(self, kind: Kind) -> None:
        describe(self, kind=str(kind))
        describe(self._label, button_text=str(kind))
        describe(self._cap, keycap="accent" if kind is Kind.PRIMARY else "plain")

    def set_text(self, text: str) -> None:
        """Change the words; `text()` of Qt stays empty, the accessible name says them."""
        if text != self._label.text():
            self._label.setText(text)
            self.setAccessibleName(text)
            self._measure_again()

    @property
    def words(self) -> str:
        return self._label.text()

    def set_key(self, key: str) -> None:
        self._cap.setText(key)
        self._cap.setVisible(bool(key))
        self._measure_again()

    def _measure_again(self) -> None:
        # What happens to a part reaches the layouts only with the next event.
        self._inner.invalidate()
        self._row.invalidate()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = self._row.sizeHint()
        return QSize(hint.width(), max(36, hint.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            describe(self._label, dim=not self.isEnabled())


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
