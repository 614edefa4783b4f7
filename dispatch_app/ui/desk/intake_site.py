"""The site field: pinyin initials, full pinyin, any fragment, or the label of a device, typed or scanned;
Enter takes the marked site."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from dispatch_app.operations.device_rows import DeviceRow, PlaceFound
from dispatch_app.operations.rows import SiteRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.intake_site_list import MOST_SHOWN, SiteList

HINTS = (
    Qt.InputMethodHint.ImhPreferLatin
    | Qt.InputMethodHint.ImhNoAutoUppercase
    | Qt.InputMethodHint.ImhNoPredictiveText
)


class SiteField(QLineEdit):
    """Asks for Latin letters and accepts composed Chinese too.

    Signals:
        site_chosen: the `SiteRow` taken, or None when the text was changed after one had been taken.
        device_found: the `DeviceRow` whose label was typed or scanned, after its site was chosen.
        not_found: the text that matches no site, when a person asked for it with Enter or Tab.
    """

    site_chosen = Signal(object)
    device_found = Signal(object)
    not_found = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._site: SiteRow | None = None
        self._device: DeviceRow | None = None
        self._asked = ""
        self._answered = ""
        self._take_answer = False
        self.list = SiteList(context.themes, self)
        self.setInputMethodHints(HINTS)
        self.setAccessibleName("站点")
        self.setAccessibleDescription("拼音首字母、全拼、任意字或扫设备标识号，上下键选，回车取用")
        self.textEdited.connect(self._edited)
        self.list.taken.connect(self.take)

    @property
    def site(self) -> SiteRow | None:
        """The site taken, or None."""
        return self._site

    @Slot(object)
    def take(self, site: SiteRow) -> None:
        """Make `site` the one chosen and say so."""
        self._site = site
        self._take_answer = False
        self._asked = self._answered = site.name
        self.setText(site.name)
        self.list.hide()
        device, self._device = self._device, None
        self.site_chosen.emit(site)
        if device is not None and device.site_id == site.id:
            self.device_found.emit(device)

    def choose(self, label: str) -> None:
        """Take the site of the device with this label, as if it had been scanned."""
        self.setText(label)
        self._take_answer = True
        self._search(label)

    def empty(self) -> None:
        """Forget text and site without a word."""
        self._site = self._device = None
        self._take_answer = False
        self._asked = self._answered = ""
        self.clear()
        self.list.hide()

    def settle(self) -> bool:
        """Take the marked site if none is taken yet. Answers whether there is one now.

        When the answer for what is typed is still on its way, its first site is taken as it arrives.
        """
        if self._site is not None:
            return True
        typed = self.text().strip()
        if not typed:
            return False
        if self._answered != typed:
            self._take_answer = True
            self._search(typed)
            return False
        marked = self.list.marked
        if marked is None:
            self.not_found.emit(typed)
            return False
        self.take(marked)
        return True

    # ── searching ──

    @Slot(str)
    def _edited(self, text: str) -> None:
        if self._site is not None:
            self._site = None
            self.site_chosen.emit(None)
        self._take_answer = False
        self._search(text.strip())

    def _search(self, text: str) -> None:
        self._asked = text
        self._device = None
        if not text:
            self._answered = ""
            self.list.offer((), self)
            return

        def answered(found: PlaceFound) -> None:
            self._offer(text, found)

        self._context.executor.ask(lambda queries: queries.place_found(text, MOST_SHOWN), answered, self)

    def _offer(self, text: str, found: PlaceFound) -> None:
        if text != self._asked or self._site is not None:
            return
        self._answered = text
        rows, self._device = found.sites, found.device
        label = "" if found.device is None else found.device.label
        if self._take_answer:
            self._take_answer = False
            if rows:
                self.take(rows[0])
            else:
                self.not_found.emit(text)
        elif self.hasFocus():
            self.list.offer(rows, self, label)
        else:
            self.list.sites.show(rows, label)

    # ── Qt ──

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.isVisible():
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape and self.list.isVisible():
            self.list.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.settle()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Tab moves on like Enter; it never reaches keyPressEvent.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
        ):
            self.settle()
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        # With an input method on, the letters are still with its candidates: they name a site all the same.
        composing = "".join(character for character in event.preeditString() if character.isalnum())
        if composing and self._site is None:
            self._search(self.text().strip() + composing)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.list.hide()
        super().focusOutEvent(event)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
