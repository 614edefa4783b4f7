"""Phrases for the symptom: offered while the field is empty, one key each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dispatch_app.ui.desk.offer_list import OfferList
from dispatch_app.ui.theme.theme import Themes

MOST = 9
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SymptomPhrases(QObject):
    """Alt+1 … Alt+9 put a phrase in wherever the caret is in the form; in the empty field ↓ and Enter do too.

    The phrase is put where the caret stands in the field, so that a word can stand before and after it.
    """

    def __init__(self, themes: Themes, symptom: QPlainTextEdit, form: QWidget) -> None:
        super().__init__(form)
        self._symptom = symptom
        self._composing = False
        self.phrases: tuple[str, ...] = ()
        self.list = OfferList(themes, "现象常用语", form)
        self.list.taken.connect(self.put)
        symptom.installEventFilter(self)
        symptom.textChanged.connect(self._look)
        symptom.setToolTip("Alt+1 … Alt+9 取常用语；↓ 选，回车取用；Shift+回车换行")
        for digit in range(1, MOST + 1):
            QShortcut(
                QKeySequence(f"Alt+{digit}"),
                form,
                partial(self.put, digit - 1),
                context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
            )

    def set_phrases(self, phrases: tuple[str, ...]) -> None:
        self.phrases = phrases[:MOST]
        self._look()

    @Slot(int)
    def put(self, place: int) -> None:
        """Put the phrase of this place in, and the caret behind it."""
        if place < len(self.phrases):
            self._symptom.insertPlainText(self.phrases[place])
            self._symptom.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _look(self) -> None:
        if self._symptom.hasFocus() and not self._composing and not self._symptom.toPlainText():
            texts = [f"Alt+{place}　{phrase}" for place, phrase in enumerate(self.phrases, start=1)]
            self.list.offer(texts, self._symptom, self._symptom)
        else:
            self.list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._look()
        elif event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        elif event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            # What is being composed is not in the text yet, and the candidates need the room.
            self._composing = bool(event.preeditString())
            self._look()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.list.isVisible():
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was meant for the list."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.list.hide()
        elif key in ENTER and not event.modifiers() and self.list.marked >= 0:
            self.put(self.list.marked)
        else:
            return False
        return True
