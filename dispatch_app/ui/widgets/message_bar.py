"""The bar at the bottom: what was just done with the offer to take it back, and refusals with their remedy.

It lies over the page but not over the card being worked in, takes no focus and asks for no answer.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from dispatch_app.ui.bridge.messages import Level, Message
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import Button, IconButton, Kind
from dispatch_app.ui.widgets.clear_place import clear_place
from dispatch_app.ui.widgets.labels import KeyCap
from dispatch_app.ui.widgets.polish import describe

SECONDS_SHOWN = 10
"""Unless the settings say otherwise."""
STAYS = (Level.REFUSED, Level.DANGER)
"""Levels that stay until dismissed or until the next thing happens."""
ICONS = {Level.DONE: "check", Level.NOTE: "info", Level.REFUSED: "warning", Level.DANGER: "danger"}
MARGIN = 20
BESIDE_RAIL = 96
"""From the left edge: every page keeps its buttons at the right, where this bar usually covers none."""
WIDEST = 880
NARROWER = (560, 420, 250)
"""Widths tried where the bar would otherwise lie over the card being worked in. Logical pixels."""
LEAST_WORDS = 80


class MessageBar(QFrame):
    """Floats at the foot of its parent: beside the rail, or where it hides nothing that is being worked in.

    Signals:
        undo_asked: 撤回 was clicked; carries the `UndoTicket` on offer.
    """

    undo_asked = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        describe(self, toast=True)
        self._themes = themes
        self._over = parent
        self._message: Message | None = None
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.undo_button = Button("撤回", Kind.BARE)
        self._undo_key = KeyCap("Ctrl+Z")
        self.close_button = IconButton(themes, "close", "知道了", role="on_toast")
        for button in (self.undo_button, self.close_button):
            # A click here must leave the caret where it was: in a half-typed call.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        for widget in (self._icon, self._text, self.undo_button, self._undo_key, self.close_button):
            row.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS_SHOWN * 1000)
        self._timer.timeout.connect(self.dismiss)
        self.undo_button.clicked.connect(self._ask_undo)
        self.close_button.clicked.connect(self.dismiss)
        themes.changed.connect(self.recolour)
        parent.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown, or None."""
        return self._message

    def set_seconds(self, seconds: int) -> None:
        """How long a result stays in sight from now on."""
        self._timer.setInterval(seconds * 1000)

    @property
    def remaining(self) -> int:
        """Milliseconds until the bar goes by itself; -1 when it stays."""
        return self._timer.remainingTime()

    @Slot(object)
    def show_message(self, message: Message) -> None:
        """Show `message` in place of whatever was there."""
        self._message = message
        self._text.setText("　".join(part for part in (message.text, message.remedy) if part))
        self.recolour()
        self.setAccessibleName(self._text.text())
        undo = message.undo is not None
        self.undo_button.setVisible(undo)
        self._undo_key.setVisible(undo)
        stays = message.level in STAYS
        self.close_button.setVisible(stays)
        if stays:
            self._timer.stop()
        else:
            self._timer.start()
        self.show()
        self.raise_()
        self._place()

    @Slot()
    def recolour(self) -> None:
        if self._message is not None:
            icon = ICONS[self._message.level]
            self._icon.setPixmap(self._themes.pixmap(icon, "on_toast", 20, self.devicePixelRatioF()))

    @Slot()
    def dismiss(self) -> None:
        self._message = None
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @Slot()
    def _ask_undo(self) -> None:
        if self._message is not None and self._message.undo is not None:
            ticket = self._message.undo
            self.dismiss()
            self.undo_asked.emit(ticket)

    @Slot()
    def keep_clear(self) -> None:
        """Move out of the way of the card being worked in, if one came under the bar."""
        if self.isVisible():
            self._place()

    @Slot(QWidget, QWidget)
    def _follow(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self.keep_clear()

    def _place(self) -> None:
        room = self._over.width() - BESIDE_RAIL - MARGIN
        natural = min(self._words_width() + self._others_width(), WIDEST, room)
        widths = [natural, *(width for width in NARROWER if width < natural)]
        place = clear_place(self._over, widths, self._height_for, BESIDE_RAIL, MARGIN)
        self._text.setFixedWidth(place.width() - self._others_width())
        self.adjustSize()
        self.move(place.topLeft())

    def _words_width(self) -> int:
        return self._text.fontMetrics().horizontalAdvance(self._text.text()) + 8

    def _others_width(self) -> int:
        """What everything beside the words takes."""
        margins = self._row.contentsMargins()
        beside = (self._icon, self.undo_button, self._undo_key, self.close_button)
        taken = [widget.sizeHint().width() for widget in beside if not widget.isHidden()]
        return margins.left() + margins.right() + sum(taken) + self._row.spacing() * len(taken)

    def _height_for(self, width: int) -> int:
        """How tall the bar is when so wide."""
        self._text.setFixedWidth(max(LEAST_WORDS, width - self._others_width()))
        self._row.activate()
        return self._row.totalHeightForWidth(width)
