"""Who called before, offered while name, unit or number is typed; taking one fills all three."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dispatch_app.operations.call_rows import CallerRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.offer_list import OfferList

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def caller_words(row: CallerRow) -> str:
    """`段主任　八街街道　6860 0001`."""
    return "　".join(part for part in (row.caller, row.unit, row.callback) if part)


class CallerBook(QObject):
    """Watches the three fields. ↓ opens and marks, Enter takes what is marked; nothing is marked unasked, so
    that Enter after a new name never puts an old one in its place.

    Signals:
        taken: the `CallerRow` chosen.
    """

    taken = Signal(object)

    def __init__(
        self, context: UiContext, editors: Sequence[QLineEdit], site_id: Callable[[], str], parent: QWidget
    ) -> None:
        """`site_id`: the site chosen in the form, empty for none; who called about it comes first."""
        super().__init__(parent)
        self._executor = context.executor
        self._site_id = site_id
        self._form = parent
        self._rows: tuple[CallerRow, ...] = ()
        self.list = OfferList(context.themes, "以前的来电人", parent)
        self.list.taken.connect(self._take)
        for editor in editors:
            editor.installEventFilter(self)
            editor.textEdited.connect(self._typed)
            editor.setToolTip("↓ 选以前的来电人，回车取用：来电人、单位、回电一次填好")

    @Slot(str)
    def _typed(self, text: str) -> None:
        sender = self.sender()
        if isinstance(sender, QLineEdit):
            self._ask(sender, text)

    def _ask(self, editor: QLineEdit, text: str, *, mark: bool = False) -> None:
        wanted, site_id = text.strip(), self._site_id()
        if not wanted and not mark:
            self.list.hide()
            return

        def answered(rows: tuple[CallerRow, ...]) -> None:
            # What was typed since, or left, has asked for itself.
            if editor.hasFocus() and editor.text().strip() == wanted:
                self._rows = rows
                self.list.offer([caller_words(row) for row in rows], editor, self._form)
                if mark:
                    self.list.step(1)

        self._executor.ask(lambda queries: queries.find_callers(wanted, site_id), answered, self)

    @Slot(int)
    def _take(self, place: int) -> None:
        self.list.hide()
        self.taken.emit(self._rows[place])

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
