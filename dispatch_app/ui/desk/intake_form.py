"""The fields of a call being taken, from top to bottom; Enter and Tab move on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.contract.facts import Source
from dispatch_app.operations.rows import SiteRow
from dispatch_app.operations.words import SOURCE_WORDS
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.intake_site import SiteField
from dispatch_app.ui.desk.when import FORMS
from dispatch_app.ui.desk.words import tip
from dispatch_app.ui.widgets.buttons import Segments
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

SYMPTOM_HEIGHT = 72
LINK_PADDING = 32
CHECKED = "1"


class FaultLink(QPushButton):
    """One fault in hand: its number and as much of its symptom as fits."""

    def __init__(self, number: str, symptom: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = f"{number}　{' '.join(tip(symptom).split())}"
        self.setAccessibleName(f"看 {self.words}")
        self.setToolTip(tip(f"看 {number}：{symptom}"))
        # Reached by Tab, not by a click: a click must leave the caret in the half-typed call.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - LINK_PADDING
        shown = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room)
        # A button takes a single & for its key.
        self.setText(shown.replace("&", "&&"))


class OpenFaults(QWidget):
    """What is in hand at the chosen site, so that the same fault is not registered twice.

    Signals:
        fault_asked: id of the fault a person wants to look at.
    """

    fault_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._note = Text("本站点在办，同一故障不必再登记：", Size.SMALL, Tone.QUIET, wrap=True)
        self._column.addWidget(self._note)
        self.buttons: list[FaultLink] = []
        self.hide()

    def show_faults(self, faults: Iterable[tuple[str, str, str]]) -> None:
        """`faults`: (fault id, number, symptom)."""
        for button in self.buttons:
            button.deleteLater()
        self.buttons = []
        for fault_id, number, symptom in faults:
            button = FaultLink(number, symptom)
            button.clicked.connect(partial(self.fault_asked.emit, fault_id))
            self._column.addWidget(button)
            self.buttons.append(button)
        self.setVisible(bool(self.buttons))


class IntakeForm(QWidget):
    """Holds what is typed; knows nothing of when it is kept or registered.

    Signals:
        edited: something was typed, ticked or chosen by a person.
        fault_asked: id of a fault at the site a person wants to look at.
    """

    edited = Signal()
    fault_asked = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answered = QLineEdit()
        self.answered.setToolTip(f"接听电话的时刻，所有时限从这里起算。{FORMS}")
        self.line = QComboBox()
        self.line.setToolTip("打进来的是哪条服务专线（二.5）")
        self.callback = _editor("回电号码", "回电")
        self.callback.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.caller = _editor("来电人", "来电人")
        self.unit = _editor("单位", "单位")
        self.site = SiteField(context)
        self.open_faults = OpenFaults()
        self.symptom = QPlainTextEdit()
        self.symptom.setTabChangesFocus(True)
        self.symptom.setFixedHeight(SYMPTOM_HEIGHT)
        self.room = _editor("房间", "房间")
        self.device = _editor("设备", "设备")
        self.source = Segments([(str(source), words) for source, words in SOURCE_WORDS.items()])
        self.emergency = QCheckBox("紧急设备故障")
        self.emergency.setShortcut("Alt+J")
        self.emergency.setToolTip("Alt+J。紧急故障时联系不上服务人员，每次计违约金（九.1）")
        self.hardware = QCheckBox("硬件")
        self.hardware.setShortcut("Alt+Y")
        self.hardware.setToolTip("Alt+Y。硬件故障按维修、专报或厂家维保处理（二.4）")
        self.errors = {name: Text("", Size.SMALL, Tone.BREACHED, wrap=True) for name in _ERROR_PLACES}
        self._editors: dict[str, QWidget] = {
            "answered_at": self.answered,
            "site": self.site,
            "symptom": self.symptom,
        }
        self._lay_out()
        self._name()
        self._connect()
        self.empty()

    # ── building ──

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Text("来电·接听于", Size.SMALL, Tone.QUIET))
        head.addWidget(self.answered, 1)
        head.addWidget(Text("起计时", Size.SMALL, Tone.QUIET))
        column.addLayout(head)
        column.addWidget(self.errors["answered_at"])
        column.addLayout(_pair(self.line, self.callback))
        column.addSpacing(4)
        column.addLayout(_pair(self.caller, self.unit))
        column.addSpacing(4)
        column.addWidget(Text("站点（拼音首字母或任意字）", Size.SMALL, Tone.QUIET))
        column.addWidget(self.site)
        column.addWidget(self.errors["site"])
        column.addWidget(self.open_faults)
        column.addSpacing(4)
        column.addWidget(Text("现象", Size.SMALL, Tone.QUIET))
        column.addWidget(self.symptom)
        column.addWidget(self.errors["symptom"])
        column.addSpacing(4)
        column.addLayout(_pair(self.room, self.device))
        column.addSpacing(4)
        column.addWidget(self.source)
        column.addSpacing(4)
        ticks = QHBoxLayout()
        ticks.setSpacing(16)
        ticks.addWidget(self.emergency)
        ticks.addWidget(self.hardware)
        ticks.addStretch(1)
        column.addLayout(ticks)
        column.addWidget(self.errors[""])
        for label in self.errors.values():
            label.hide()

    def _name(self) -> None:
        self.answered.setAccessibleName("接听时间")
        self.line.setAccessibleName("来电线路")
        self.symptom.setAccessibleName("现象")
        self.source.setAccessibleName("来源")

    def _connect(self) -> None:
        for editor in (
            self.answered,
            self.callback,
            self.caller,
            self.unit,
            self.site,
            self.room,
            self.device,
        ):
            editor.textEdited.connect(self.edited)
        for editor in (self.answered, self.callback, self.caller, self.unit, self.room, self.device):
            editor.returnPressed.connect(partial(self._move_on, editor))
        self.line.activated.connect(self.edited)
        self.symptom.textChanged.connect(self.edited)
        self.source.chosen.connect(self.edited)
        self.emergency.clicked.connect(self.edited)
        self.hardware.clicked.connect(self.edited)
        self.symptom.installEventFilter(self)
        self.site.site_chosen.connect(self._site_chosen)
        self.site.not_found.connect(self._site_not_found)
        self.open_faults.fault_asked.connect(self.fault_asked)

    def set_lines(self, numbers: Iterable[str]) -> None:
        """The service lines a call can come in on."""
        kept = self.line.currentText()
        self.line.clear()
        self.line.addItems(["来电线路", *numbers])
        self.line.setCurrentIndex(max(0, self.line.findText(kept)))

    # ── what was typed ──

    @property
    def values(self) -> dict[str, str]:
        """The fields by name as a draft keeps them: `site` the id, `site_text` what stands in its field."""
        return {
            "line": self.line.currentText() if self.line.currentIndex() > 0 else "",
            "callback": self.callback.text().strip(),
            "caller": self.caller.text().strip(),
            "unit": self.unit.text().strip(),
            "site": self.site.site.id if self.site.site is not None else "",
            "site_text": self.site.text().strip(),
            "symptom": self.symptom.toPlainText().strip(),
            "room": self.room.text().strip(),
            "device": self.device.text().strip(),
            "source": self.source.value,
            "emergency": CHECKED if self.emergency.isChecked() else "",
            "hardware": CHECKED if self.hardware.isChecked() else "",
        }

    @property
    def touched(self) -> bool:
        """Whether anything of a call has been typed; the stamp alone is nothing."""
        values = self.values
        return any(text for name, text in values.items() if name != "source")

    def show_values(self, values: dict[str, str], sites: Iterable[SiteRow]) -> None:
        """Put back what a draft kept. `sites`: among them the one the draft names."""
        self.empty()
        self.line.setCurrentIndex(max(0, self.line.findText(values.get("line", ""))))
        for editor, name in (
            (self.callback, "callback"),
            (self.caller, "caller"),
            (self.unit, "unit"),
            (self.room, "room"),
            (self.device, "device"),
        ):
            editor.setText(values.get(name, ""))
        self.site.setText(values.get("site_text", ""))
        for site in sites:
            if site.id == values.get("site"):
                self.site.take(site)
        self.symptom.setPlainText(values.get("symptom", ""))
        self.source.set_value(values.get("source") or str(Source.CLIENT))
        self.emergency.setChecked(values.get("emergency") == CHECKED)
        self.hardware.setChecked(values.get("hardware") == CHECKED)

    def empty(self) -> None:
        """A fresh form."""
        for editor in (self.answered, self.callback, self.caller, self.unit, self.room, self.device):
            editor.clear()
        self.site.empty()
        self.open_faults.show_faults(())
        self.line.setCurrentIndex(0)
        self.symptom.clear()
        self.source.set_value(str(Source.CLIENT))
        self.emergency.setChecked(False)
        self.hardware.setChecked(False)
        self.clear_errors()

    # ── errors ──

    def show_error(self, field: str, text: str) -> None:
        """Show an error at its field; one of no field of ours stands at the foot."""
        place = self._place(field)
        self.errors[place].setText(text)
        self.errors[place].show()
        if place in self._editors:
            describe(self._editors[place], wrong=True)
            self._editors[place].setAccessibleDescription(text)

    def go_to(self, field: str) -> None:
        """Put the caret into the field an error belongs to."""
        editor = self._editors.get(self._place(field))
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, field: str) -> str:
        return _FIELD_PLACES.get(field, field if field in self.errors else "")

    def clear_errors(self) -> None:
        for label in self.errors.values():
            label.clear()
            label.hide()
        for editor in self._editors.values():
            describe(editor, wrong=False)

    # ── moving ──

    @Slot()
    def _move_on(self, editor: QWidget) -> None:
        editor.setFocus()
        self.focusNextChild()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.symptom
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._move_on(self.symptom)
            return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _site_chosen(self, site: SiteRow | None) -> None:
        self.open_faults.show_faults(site.open_faults if site is not None else ())
        if site is not None:
            self.errors["site"].hide()
            describe(self.site, wrong=False)
            self.edited.emit()

    @Slot(object)
    def _site_not_found(self, text: str) -> None:
        # The caret stays where the person has gone on to; the field itself shows what is wrong.
        self.errors["site"].setText(f"没有叫「{text}」的站点，请换个字或拼音首字母")
        self.errors["site"].show()
        describe(self.site, wrong=True)


_ERROR_PLACES = ("answered_at", "site", "symptom", "")
_FIELD_PLACES = {"site_id": "site", "at": "answered_at"}


def _editor(placeholder: str, name: str) -> QLineEdit:
    editor = QLineEdit()
    editor.setPlaceholderText(placeholder)
    editor.setAccessibleName(name)
    return editor


def _pair(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return row
