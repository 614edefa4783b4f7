"""The fields of a call being taken, from top to bottom; Enter and Tab move on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.contract.facts import Source
from dispatch_app.operations.call_rows import CallerRow, IntakeHelp, SiteHistory
from dispatch_app.operations.device_rows import DeviceRow
from dispatch_app.operations.rows import SiteRow
from dispatch_app.operations.words import SOURCE_WORDS
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.due import FORMS as DUE_FORMS
from dispatch_app.ui.desk.intake_callers import caller_book
from dispatch_app.ui.desk.intake_devices import device_book
from dispatch_app.ui.desk.intake_open_faults import OpenFaults, history_words
from dispatch_app.ui.desk.intake_phrases import SymptomPhrases
from dispatch_app.ui.desk.intake_site import SiteField
from dispatch_app.ui.desk.when import FORMS
from dispatch_app.ui.widgets.buttons import Segments
from dispatch_app.ui.widgets.labels import ElidedLabel, Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

SYMPTOM_HEIGHT = 72
ROOM_FOR_TWO_NUMBERS = 262
"""Least width for a line and a number to ring back beside one another. Logical pixels."""
CHECKED = "1"
ALONE = "不并入"


class IntakeForm(QWidget):
    """Holds what is typed; knows nothing of when it is kept or registered.

    Signals:
        edited: something was typed, ticked or chosen by a person.
        fault_asked: id of a fault at the site a person wants to look at.
        same_asked: id of the fault at the site this call is about.
    """

    edited = Signal()
    fault_asked = Signal(object)
    same_asked = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._joined = ""
        self.answered = QLineEdit()
        self.answered.setToolTip(f"接听电话的时刻，所有时限从这里起算。{FORMS}")
        self.line = QComboBox()
        self.line.setToolTip("打进来的是哪条服务专线（二.5）")
        self.callback = _editor("回电号码", "回电")
        self.callback.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.caller = _editor("来电人", "来电人")
        self.unit = _editor("单位", "单位")
        self.site = SiteField(context)
        self.history = ElidedLabel("", Size.SMALL, Tone.ACCENT)
        self.open_faults = OpenFaults()
        self.symptom = QPlainTextEdit()
        self.symptom.setTabChangesFocus(True)
        self.symptom.setFixedHeight(SYMPTOM_HEIGHT)
        self.room = _editor("房间", "房间")
        self.device = _editor("设备", "设备")
        self.promise = _editor("回电承诺 +20", "回电承诺")
        self.promise.setToolTip(f"答应几时以前回电，到时提醒。{DUE_FORMS}")
        self.group = QComboBox()
        self.group.setToolTip(
            "多个站点同一原因：与哪件在办故障并发；各自的时限照走，不受当天解决约束（二.4）"
        )
        self.group.setMinimumContentsLength(4)
        self.group.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.source = Segments([(str(source), words) for source, words in SOURCE_WORDS.items()], tight=True)
        self.emergency = QCheckBox("紧急设备故障")
        self.emergency.setToolTip("Alt+J。紧急故障时联系不上服务人员，每次计违约金（九.1）")
        self.hardware = QCheckBox("硬件")
        self.hardware.setToolTip("Alt+Y。硬件故障按维修、专报或厂家维保处理（二.4）")
        self.errors = {name: Text("", Size.SMALL, Tone.BREACHED, wrap=True) for name in _ERROR_PLACES}
        self._editors: dict[str, QWidget] = {
            "answered_at": self.answered,
            "callback": self.callback,
            "promise": self.promise,
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
        self._numbers = _pair(self.line, self.callback)
        column.addLayout(self._numbers)
        column.addSpacing(4)
        column.addWidget(self.errors["callback"])
        column.addLayout(_pair(self.caller, self.unit))
        column.addSpacing(4)
        column.addWidget(Text("站点（拼音首字母、任意字，或扫设备标识）", Size.SMALL, Tone.QUIET))
        column.addWidget(self.site)
        column.addWidget(self.errors["site"])
        column.addWidget(self.history)
        column.addWidget(self.open_faults)
        column.addSpacing(4)
        column.addWidget(Text("现象", Size.SMALL, Tone.QUIET))
        column.addWidget(self.symptom)
        column.addWidget(self.errors["symptom"])
        column.addSpacing(4)
        column.addLayout(_pair(self.room, self.device))
        column.addSpacing(4)
        promised = _pair(self.promise, self.group)
        promised.setStretchFactor(self.promise, 6)
        promised.setStretchFactor(self.group, 5)
        column.addLayout(promised)
        column.addWidget(self.errors["promise"])
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
        for label in (self.history, *self.errors.values()):
            label.hide()

    def _name(self) -> None:
        self.answered.setAccessibleName("接听时间")
        self.line.setAccessibleName("来电线路")
        self.symptom.setAccessibleName("现象")
        self.group.setAccessibleName("并入多节并发")
        self.source.setAccessibleName("来源")

    def _connect(self) -> None:
        self.callers = caller_book(
            self._context, (self.caller, self.unit, self.callback), self._site_id, self
        )
        self.callers.taken.connect(self._caller_taken)
        self.devices = device_book(self._context, self.device, self._site_id, self)
        self.devices.taken.connect(self._device_taken)
        for editor in (
            self.answered,
            self.callback,
            self.caller,
            self.unit,
            self.site,
            self.room,
            self.device,
            self.promise,
        ):
            editor.textEdited.connect(self.edited)
        for editor in (*self._plain_editors().values(), self.answered):
            editor.returnPressed.connect(partial(self._move_on, editor))
        self.line.activated.connect(self.edited)
        self.group.activated.connect(self._group_chosen)
        self.symptom.textChanged.connect(self.edited)
        self.source.chosen.connect(self.edited)
        self.emergency.clicked.connect(self.edited)
        self.hardware.clicked.connect(self.edited)
        for box, keys in ((self.emergency, "Alt+J"), (self.hardware, "Alt+Y")):
            # A button's own shortcut ticks a tenth of a second later: Ctrl+Enter may be quicker.
            QShortcut(QKeySequence(keys), box, box.click)
        self.symptom.installEventFilter(self)
        # Watches after the form does, and so is asked first: Enter may mean a phrase.
        self.phrases = SymptomPhrases(self._context.themes, self.symptom, self)
        self.site.site_chosen.connect(self._site_chosen)
        self.site.device_found.connect(self._device_taken)
        self.site.not_found.connect(self._site_not_found)
        self.open_faults.fault_asked.connect(self.fault_asked)
        self.open_faults.same_asked.connect(self.same_asked)

    def _plain_editors(self) -> dict[str, QLineEdit]:
        """The one-line fields a draft keeps as they are, by name."""
        return {
            "callback": self.callback,
            "caller": self.caller,
            "unit": self.unit,
            "room": self.room,
            "device": self.device,
            "promise": self.promise,
        }

    def set_help(self, found: IntakeHelp) -> None:
        """The phrases, and the faults in hand another may join."""
        self.phrases.set_phrases(found.phrases)
        self.group.clear()
        self.group.addItem(ALONE, "")
        for fault in found.open_faults:
            self.group.addItem(f"并入 {fault.number} {fault.site_name} {fault.symptom}", fault.id)
        self._join(self._joined)

    def set_lines(self, numbers: Iterable[str]) -> None:
        """The service lines a call can come in on."""
        kept = self.line.currentText()
        self.line.clear()
        self.line.addItems(["来电线路", *numbers])
        self.line.setCurrentIndex(max(0, self.line.findText(kept)))

    def _join(self, fault_id: str) -> None:
        """Show the fault this one joins; one that has ended meanwhile is joined no more."""
        place = max(0, self.group.findData(fault_id))
        self.group.setCurrentIndex(place)
        self._joined = self.group.itemData(place)

    @Slot(int)
    def _group_chosen(self, place: int) -> None:
        self._joined = self.group.itemData(place)
        self.edited.emit()

    # ── what was typed ──

    @property
    def values(self) -> dict[str, str]:
        """The fields by name as a draft keeps them: `site` the id, `site_text` what stands in its field."""
        return {
            "line": self.line.currentText() if self.line.currentIndex() > 0 else "",
            **{name: editor.text().strip() for name, editor in self._plain_editors().items()},
            "group": self._joined,
            "site": self.site.site.id if self.site.site is not None else "",
            "site_text": self.site.text().strip(),
            "symptom": self.symptom.toPlainText().strip(),
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
        for name, editor in self._plain_editors().items():
            editor.setText(values.get(name, ""))
        self._joined = values.get("group", "")
        if self.group.count():
            self._join(self._joined)
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
        for editor in (*self._plain_editors().values(), self.answered):
            editor.clear()
        self.site.empty()
        self._show_site(None)
        self._joined = ""
        self.group.setCurrentIndex(0)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Two numbers side by side would be cut before anything else is.
        narrow = self.width() < ROOM_FOR_TWO_NUMBERS
        direction = QBoxLayout.Direction
        self._numbers.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        super().resizeEvent(event)

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
        self._show_site(site)
        if site is not None:
            self.errors["site"].hide()
            describe(self.site, wrong=False)
            self.edited.emit()

    def _show_site(self, site: SiteRow | None) -> None:
        """What is in hand at the site, and how often it was reported lately."""
        self.open_faults.show_faults(site.open_faults if site is not None else ())
        self.history.hide()
        if site is None:
            return

        def answered(history: SiteHistory) -> None:
            if self.site.site is not None and self.site.site.id == site.id:
                self.history.setText(history_words(history))
                self.history.setVisible(history.faults > 0)

        self._context.executor.ask(lambda queries: queries.site_history(site.id), answered, self)

    def _site_id(self) -> str:
        return self.site.site.id if self.site.site is not None else ""

    @Slot(object)
    def _caller_taken(self, row: CallerRow) -> None:
        self.caller.setText(row.caller)
        self.unit.setText(row.unit)
        self.callback.setText(row.callback)
        self.edited.emit()

    @Slot(object)
    def _device_taken(self, device: DeviceRow) -> None:
        """A device names its site too, unless one has been chosen."""
        self.device.setText(device.words)
        self.edited.emit()
        if self.site.site is None:
            self.site.choose(device.label)

    @Slot(object)
    def _site_not_found(self, text: str) -> None:
        # The caret stays where the person has gone on to; the field itself shows what is wrong.
        self.errors["site"].setText(f"没有叫「{text}」的站点或设备标识，请换个字或拼音首字母")
        self.errors["site"].show()
        describe(self.site, wrong=True)


_ERROR_PLACES = ("answered_at", "callback", "site", "symptom", "promise", "")
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
