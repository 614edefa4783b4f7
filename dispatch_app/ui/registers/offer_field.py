"""A field that offers what can stand in it while somebody types."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from dispatch_app.operations.register_rows import Offer
from dispatch_app.ui.desk.offer_list import OfferList
from dispatch_app.ui.theme.theme import Themes

MOST = 8
"""So many lines the list has; who wants another types on."""


class OfferField(QLineEdit):
    """A line with a list under it that never takes the focus. ↓ opens the list, Enter takes what is marked in
    it, or the first line where something was typed that must be one of them.

    Args:
        ask: Called with the text typed so far; answers by `show_offers`, at once or later.
        free: What is typed may stand though nothing offered is like it: only a marked line is taken.

    Signals:
        entered: Enter was pressed and no list was open.
    """

    entered = Signal()

    def __init__(self, themes: Themes, name: str, ask: Callable[[str], None], *, free: bool = False) -> None:
        super().__init__()
        self._ask = ask
        self._free = free
        self._themes = themes
        self._name = name
        self._offers: tuple[Offer, ...] = ()
        self._list: OfferList | None = None
        self.textEdited.connect(self._typed)

    def show_offers(self, typed: str, offers: Sequence[Offer]) -> None:
        """What was found for a text; an answer to something typed before is left aside."""
        if typed != self.text() or not self.hasFocus():
            return
        only_itself = len(offers) == 1 and offers[0].typed == typed
        self._offers = () if only_itself else tuple(offers[:MOST])
        if self._list is None:
            self._list = OfferList(self._themes, f"{self._name}的候选", self.window())
            self._list.taken.connect(self._take)
            self.destroyed.connect(self._list.deleteLater)
        self._list.offer([_line(one) for one in self._offers], self, self)

    @property
    def offered(self) -> list[str]:
        """What the list would put into the field, from the top."""
        return [one.typed for one in self._offers]

    @property
    def _open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._ask(text)

    @Slot(int)
    def _take(self, place: int) -> None:
        self.setText(self._offers[place].typed)
        self._close()

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._close()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._open:
            assert self._list is not None
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Down:
            self._ask(self.text())
        elif key == Qt.Key.Key_Escape and self._open:
            self._close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if not self._open:
            self.entered.emit()
            return
        assert self._list is not None
        marked = self._list.marked
        if marked >= 0 or (self.text().strip() and not self._free):
            self._take(max(marked, 0))
        else:
            self._close()
            self.entered.emit()


def _line(offer: Offer) -> str:
    return f"{offer.typed}　{offer.detail}" if offer.detail else offer.typed
