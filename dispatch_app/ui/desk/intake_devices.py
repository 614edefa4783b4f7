"""The devices of the chosen site, offered while the device is typed; taking one writes label and model."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dispatch_app.operations.device_rows import DeviceRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.intake_callers import ENTER
from dispatch_app.ui.desk.offer_list import OfferList


def device_words(row: DeviceRow, *, elsewhere: bool) -> str:
    """`AN-0012 交换机 H3C S5560　3 柜 12U`; `elsewhere`: the site is not the one chosen and is named."""
    return "　".join(part for part in (row.words, row.site_name if elsewhere else "", row.place) if part)


class DeviceBook(QObject):
    """Watches the field. ↓ opens and marks, Enter takes what is marked; nothing is marked unasked, for a
    device that is not in the 设备台账 is typed as it is.

    Signals:
        taken: the `DeviceRow` chosen.
    """

    taken = Signal(object)

    def __init__(
        self, context: UiContext, editor: QLineEdit, site_id: Callable[[], str], parent: QWidget
    ) -> None:
        """`site_id`: the site chosen in the form; empty for none, which offers the devices of every site."""
        super().__init__(parent)
        self._executor = context.executor
        self._editor = editor
        self._site_id = site_id
        self._form = parent
        self._rows: tuple[DeviceRow, ...] = ()
        self.list = OfferList(context.themes, "设备台账中的设备", parent)
        self.list.taken.connect(self._take)
        editor.installEventFilter(self)
        editor.textEdited.connect(self._typed)
        editor.setToolTip("↓ 选这个站点的设备（设备台账），回车取用；也可以扫标识号")

    @Slot(str)
    def _typed(self, text: str) -> None:
        if text.strip():
            self._ask(text)
        else:
            self.list.hide()

    def _ask(self, text: str, *, mark: bool = False) -> None:
        wanted, site_id = text.strip(), self._site_id()

        def answered(rows: tuple[DeviceRow, ...]) -> None:
            # What was typed since, or left, has asked for itself.
            if self._editor.hasFocus() and self._editor.text().strip() == wanted:
                self._rows = rows
                offered = [device_words(row, elsewhere=not site_id) for row in rows]
                self.list.offer(offered, self._editor, self._form)
                if mark:
                    self.list.step(1)

        self._executor.ask(lambda queries: queries.devices_at(site_id, wanted), answered, self)

    @Slot(int)
    def _take(self, place: int) -> None:
        self.list.hide()
        self.taken.emit(self._rows[place])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was meant for the list."""
        key, shown = event.key(), self.list.isVisible()
        if key == Qt.Key.Key_Down and not shown:
            self._ask(self._editor.text(), mark=True)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and shown:
            self.list.hide()
        elif key in ENTER and not event.modifiers() and shown and self.list.marked >= 0:
            self._take(self.list.marked)
        else:
            return False
        return True
