"""What the desk knows already, offered under the field in which it is being typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dispatch_app.operations.queries import Queries
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.offer_list import OfferList

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Offered = Sequence[tuple[str, object]]
"""Each thing offered with the words for it."""


class OfferBook(QObject):
    """Watches fields. ↓ opens and marks, Enter takes what is marked; nothing is marked unasked, so that Enter
    after something new never puts an old thing in its place.

    Signals:
        taken: what was chosen.
    """

    taken = Signal(object)

    def __init__(
        self,
        context: UiContext,
        name: str,
        editors: Sequence[QLineEdit],
        find: Callable[[str], Callable[[Queries], Offered]],
        parent: QWidget,
    ) -> None:
        """`name`: of the list, for a screen reader. `find`: from what is typed to the question to ask."""
        super().__init__(parent)
        self._executor = context.executor
        self._find = find
        self._form = parent
        self._offered: Offered = ()
        self.list = OfferList(context.themes, name, parent)
        self.list.taken.connect(self._take)
        for editor in editors:
            editor.installEventFilter(self)
            editor.textEdited.connect(self._typed)

    @Slot(str)
    def _typed(self, text: str) -> None:
        sender = self.sender()
        if isinstance(sender, QLineEdit):
            self._ask(sender, text)

    def _ask(self, editor: QLineEdit, text: str, *, mark: bool = False) -> None:
        wanted = text.strip()
        if not wanted and not mark:
            self.list.hide()
            return

        def answered(offered: Offered) -> None:
            # What was typed since, or left, has asked for itself.
            if editor.hasFocus() and editor.text().strip() == wanted:
                self._offered = offered
                self.list.offer([words for words, _ in offered], editor, self._form)
                if mark:
                    self.list.step(1)

        self._executor.ask(self._find(wanted), answered, self)

    @Slot(int)
    def _take(self, place: int) -> None:
        self.list.hide()
        self.taken.emit(self._offered[place][1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        elif (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)
        ):
            return self._pressed(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, editor: QLineEdit, event: QKeyEvent) -> bool:
        """Whether the key was meant for the list."""
        key, shown = event.key(), self.list.isVisible()
        if key == Qt.Key.Key_Down and not shown:
            self._ask(editor, editor.text(), mark=True)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and shown:
            self.list.hide()
        elif key in ENTER and not event.modifiers() and shown and self.list.marked >= 0:
            self._take(self.list.marked)
        else:
            return False
        return True
