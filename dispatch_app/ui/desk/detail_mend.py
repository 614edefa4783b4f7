"""更正: another time for a fact, or another word in the report. What was written stays; both print."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from dispatch_app.contract.facts import Source, Zone
from dispatch_app.operations.rows import FaultDetail
from dispatch_app.operations.words import FAULT_CAUSES, FIELD_WORDS, SOURCE_WORDS, ZONE_WORDS
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.detail_strips import Strip
from dispatch_app.ui.desk.intake_site import SiteField
from dispatch_app.ui.desk.timeline_model import Line
from dispatch_app.ui.desk.when import FORMS
from dispatch_app.ui.widgets.buttons import Button, Kind


class CorrectStrip(Strip):
    """Another time for the fact picked on the time line, or void; with the reason.

    Signals:
        corrected: (fact id, new time as typed or None for void, reason).
    """

    corrected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fact_id = ""
        self.time = QLineEdit()
        self.time.setPlaceholderText("新时间")
        self.time.setAccessibleName("新时间")
        self.time.setToolTip(FORMS)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("原因（一起打印）")
        self.reason.setAccessibleName("更正原因")
        self.save = Button("改时间", Kind.PRIMARY, "⏎")
        self.void = Button("作废", Kind.PLAIN)
        self.void.setToolTip("这件事没有发生：原记录保留并划去")
        for part, share in (
            (self.time, 1),
            (self.reason, 2),
            (self.save, 0),
            (self.void, 0),
            (self.leave, 0),
        ):
            self.row.addWidget(part, share)
        self.time.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self._correct)
        self.save.clicked.connect(self._correct)
        self.void.clicked.connect(self._void)
        QWidget.setTabOrder(self.time, self.reason)

    def ask_fact(self) -> None:
        """Ask for a fact of the time line first."""
        self._fact_id = ""
        self.ask("更正：在时间线上选一条记录（↑ ↓），再写新时间和原因")
        self.time.clear()
        self.reason.clear()
        self._enable(False)

    @Slot(object)
    def show_fact(self, line: Line) -> None:
        """Ask about the fact picked."""
        self._fact_id = line.fact_id
        if line.fact_id:
            self.ask(f"更正 {line.title}（{line.time}）")
        self._enable(bool(line.fact_id))

    @property
    def fact_id(self) -> str:
        """Of the fact picked; empty before one is."""
        return self._fact_id

    @Slot(str)
    def type_time(self, text: str) -> None:
        """Go on typing the new time here; it was begun on the time line."""
        if self.time.isEnabled():
            self.time.setFocus(Qt.FocusReason.OtherFocusReason)
            self.time.insert(text)

    def _enable(self, enabled: bool) -> None:
        for part in (self.time, self.reason, self.save, self.void):
            part.setEnabled(enabled)

    @Slot()
    def _correct(self) -> None:
        if not self.time.text().strip():
            self.show_error(f"还没有新时间。{FORMS}")
            self.time.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.corrected.emit((self._fact_id, self.time.text(), self.reason.text().strip()))

    @Slot()
    def _void(self) -> None:
        self.corrected.emit((self._fact_id, None, self.reason.text().strip()))


AMENDABLE = (
    "symptom",
    "cause",
    "site",
    "emergency",
    "caller",
    "unit",
    "callback",
    "room",
    "device",
    "hardware",
    "source",
    "zone",
)
_CODED = {
    "emergency": (("1", "是"), ("0", "否")),
    "hardware": (("1", "是"), ("0", "否")),
    "cause": (("", "未说明"), *FAULT_CAUSES.items()),
    "source": tuple((str(source), SOURCE_WORDS[source]) for source in Source),
    "zone": tuple((str(zone), ZONE_WORDS[zone]) for zone in Zone),
}


def present_value(detail: FaultDetail, field: str) -> str:
    """What the report says now, as text or code."""
    row = detail.row
    found = {
        "symptom": row.symptom,
        "cause": detail.cause,
        "site": row.site_id,
        "emergency": "1" if row.emergency else "0",
        "caller": detail.caller,
        "unit": detail.unit,
        "callback": detail.callback,
        "room": detail.room,
        "device": detail.device,
        "hardware": "1" if detail.hardware else "0",
        "source": str(row.source),
        "zone": str(row.zone),
    }
    return found[field]


class AmendStrip(Strip):
    """Another word in one field of the report, with the reason.

    Signals:
        amended: (field, new value, reason).
    """

    amended = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail: FaultDetail | None = None
        self.field = QComboBox()
        self.field.setAccessibleName("要改的一项")
        for name in AMENDABLE:
            self.field.addItem(FIELD_WORDS[name], name)
        self.text = QLineEdit()
        self.text.setAccessibleName("改为")
        self.site = SiteField(context)
        self.site.setPlaceholderText("拼音首字母或任意字")
        self.codes = QComboBox()
        self.codes.setAccessibleName("改为")
        self._values = QStackedWidget()
        for editor in (self.text, self.site, self.codes):
            self._values.addWidget(editor)
        self._values.setFixedHeight(self.text.sizeHint().height())
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("原因（一起打印）")
        self.reason.setAccessibleName("更正原因")
        self.save = Button("改信息", Kind.PRIMARY, "⏎")
        self.row.addWidget(self.field)
        self.row.addWidget(self._values, 1)
        second = QHBoxLayout()
        second.setSpacing(8)
        for part, share in ((self.reason, 1), (self.save, 0), (self.leave, 0)):
            second.addWidget(part, share)
        self.column.insertLayout(3, second)
        self.field.currentIndexChanged.connect(self._show_field)
        self.text.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self._amend)
        self.save.clicked.connect(self._amend)

    def ask_field(self, detail: FaultDetail) -> None:
        self._detail = detail
        self.ask(f"改 {detail.row.number} 的登记信息")
        self.reason.clear()
        self.field.setCurrentIndex(0)
        self._show_field()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def value(self) -> str:
        """The new value as it stands."""
        name = self.field.currentData()
        if name == "site":
            return self.site.site.id if self.site.site is not None else ""
        return str(self.codes.currentData()) if name in _CODED else self.text.text().strip()

    @Slot()
    def _show_field(self) -> None:
        if self._detail is None:
            return
        name = self.field.currentData()
        present = present_value(self._detail, name)
        if name == "site":
            self.site.empty()
            self.site.setPlaceholderText(f"现为 {self._detail.row.site_name}，改为…")
            self._values.setCurrentWidget(self.site)
        elif name in _CODED:
            self.codes.clear()
            for code, words in _CODED[name]:
                self.codes.addItem(words, code)
            self.codes.setCurrentIndex(self.codes.findData(present))
            self._values.setCurrentWidget(self.codes)
        else:
            self.text.setText(present)
            self._values.setCurrentWidget(self.text)

    @Slot()
    def _amend(self) -> None:
        if self.field.currentData() == "site" and not self.site.settle():
            self.show_error("还没有站点，输入拼音首字母或任意字，回车取用")
            return
        self.amended.emit((self.field.currentData(), self.value, self.reason.text().strip()))
