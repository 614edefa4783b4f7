"""The field in the head of the window: 查找与命令."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from dispatch_app.ui.theme.theme import Themes

PLACEHOLDERS = ("查找故障、站点、人员，或下命令　Ctrl K", "查找与命令　Ctrl K", "Ctrl K")
"""The first that fits is shown; the key is the last thing to go."""
WIDTH = 340
LEAST = 150
ICON_ROOM = 26
LONGEST = 500
"""Characters a command may have; its note goes into a fact."""


class PaletteField(QLineEdit):
    """Passes its keys on: the list below has no focus of its own.

    Signals:
        entered: the field got the focus. left: it lost it. typed: text, the letters still with an input
        method included. stepped: 1 or -1. taken: Enter. given_up: Esc.
    """

    entered = Signal()
    left = Signal()
    typed = Signal(object)
    stepped = Signal(int)
    taken = Signal()
    given_up = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._composing = ""
        self.setPlaceholderText(PLACEHOLDERS[-1])
        self.setAccessibleName("查找与命令")
        self.setAccessibleDescription(
            "编号、站点、人员、页面，或命令如「派 7 张懿明」；上下键选，回车执行，Esc 关闭"
        )
        self.setToolTip("查找故障、站点、人员、页面，或下命令，如「派 7 zym」「到场 7 14:05」（Ctrl+K）")
        self.setMaxLength(LONGEST)
        # A key of its own leads here; Tab on the page passes it by, and a half-typed call keeps the caret.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(WIDTH)
        self._icon = QAction(self)
        self.addAction(self._icon, QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self._say_typed)
        themes.changed.connect(self.recolour)
        self.recolour()

    @Slot()
    def recolour(self) -> None:
        self._icon.setIcon(self._themes.icon("search", "quiet", size=18))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inner = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        # Qt keeps two pixels at either side of the text, and the icon stands before it.
        room = inner.width() - 4 - self.textMargins().left() - ICON_ROOM
        width = self.fontMetrics().horizontalAdvance
        self.setPlaceholderText(next((one for one in PLACEHOLDERS if width(one) <= room), PLACEHOLDERS[-1]))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    @Slot()
    def _say_typed(self) -> None:
        self.typed.emit(self.text() + self._composing)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # The letters that are still with the candidates name something all the same.
        self._composing = "".join(sign for sign in event.preeditString() if sign.isalnum())
        super().inputMethodEvent(event)
        self._say_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class KeyThrough(QObject):
    """Lets Ctrl+K through: text fields take it for "delete to the end of the line"."""

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, QLineEdit | QPlainTextEdit):
            # A filter installed again moves to the front and is not called twice.
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_K
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
