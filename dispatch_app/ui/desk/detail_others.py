"""甲方委托第三方, 撤出 and 并入多节并发: what happens seldom, asked in place like everything else."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import ThirdPartyCause
from dispatch_app.operations.rows import FaultRow
from dispatch_app.operations.words import CAUSE_WORDS
from dispatch_app.ui.desk.detail_strips import Strip
from dispatch_app.ui.widgets.buttons import Button, Kind

Part = tuple[str, str, int]
"""(name, unit price in yuan as typed, quantity)."""

PARTS_FORM = "名称:单价×数量，多项用分号隔开，如 光模块:260×2；尾纤:15"
_PART = re.compile(r"(?P<name>.+):(?P<price>[\d.,]+)(?:[x×*](?P<count>\d{1,6}))?")


def parse_parts(text: str) -> tuple[Part, ...]:
    """Parts as typed: name, price and quantity, the last colon parting them.

    Raises:
        KnownError: One of them is not written that way; `field` is "parts".
    """
    typed = unicodedata.normalize("NFKC", text).replace("；", ";").replace("：", ":")
    parts = []
    for piece in filter(None, (piece.strip() for piece in typed.split(";"))):
        found = _PART.fullmatch(piece.replace(" ", ""))
        if found is None:
            raise KnownError(f"「{piece}」看不懂", PARTS_FORM, "parts")
        parts.append((found["name"], found["price"], int(found["count"] or 1)))
    return tuple(parts)


class ThirdPartyStrip(Strip):
    """What somebody else was paid for (四.6).

    Signals:
        recorded: (cause, labour as typed, parts).
    """

    recorded = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cause = QComboBox()
        self.cause.setAccessibleName("委托原因")
        for cause in ThirdPartyCause:
            self.cause.addItem(CAUSE_WORDS[cause], str(cause))
        self.labour = QLineEdit()
        self.labour.setPlaceholderText("人工费（元）")
        self.labour.setAccessibleName("人工费，元")
        self.parts = QLineEdit()
        self.parts.setPlaceholderText("零件，如 光模块:260×2")
        self.parts.setAccessibleName("零件")
        self.parts.setToolTip(PARTS_FORM)
        self.save = Button("记下", Kind.PRIMARY, "⏎")
        second = QHBoxLayout()
        second.setSpacing(8)
        for editor in (self.cause, self.labour):
            self.row.addWidget(editor, 1)
        for part, share in ((self.parts, 1), (self.save, 0), (self.leave, 0)):
            second.addWidget(part, share)
        self.column.insertLayout(3, second)
        self.labour.returnPressed.connect(self.parts.setFocus)
        self.parts.returnPressed.connect(self._record)
        self.save.clicked.connect(self._record)

    def ask_costs(self, number: str) -> None:
        self.ask(
            f"{number} 甲方委托第三方",
            "逾期或无力处理时，人工费与单价 300 元及以下的零件由乙方承担（四.6）",
        )
        self.labour.clear()
        self.parts.clear()
        self.cause.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _record(self) -> None:
        try:
            parts = parse_parts(self.parts.text())
        except KnownError as error:
            self.show_error(f"{error.message}，{error.remedy}")
            self.parts.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.recorded.emit((self.cause.currentData(), self.labour.text().strip() or "0", parts))


class ReasonStrip(Strip):
    """Asks why somebody is taken off a fault.

    Signals:
        given: (staff id, reason).
    """

    given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._staff_id = ""
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("原因，如 改派、联系不上")
        self.reason.setAccessibleName("撤出原因")
        self.save = Button("撤出", Kind.PRIMARY, "⏎")
        for part, share in ((self.reason, 1), (self.save, 0), (self.leave, 0)):
            self.row.addWidget(part, share)
        self.reason.returnPressed.connect(self._give)
        self.save.clicked.connect(self._give)

    def ask_reason(self, number: str, staff_id: str, name: str) -> None:
        self._staff_id = staff_id
        self.ask(f"{name} 撤出 {number}", "已记的派单、出发仍然保留，时限照常计")
        self.reason.clear()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _give(self) -> None:
        self.given.emit((self._staff_id, self.reason.text().strip()))


class GroupStrip(Strip):
    """Which other fault has the same cause.

    Signals:
        chosen: id of the other fault.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.other = QComboBox()
        self.other.setAccessibleName("同一原因的另一件")
        self.save = Button("并入", Kind.PRIMARY)
        for part, share in ((self.other, 1), (self.save, 0), (self.leave, 0)):
            self.row.addWidget(part, share)
        self.save.clicked.connect(self._choose)

    def ask_other(self, fault: FaultRow, others: tuple[FaultRow, ...]) -> None:
        """`others`: the faults in hand it could belong together with."""
        note = "并入后「当天解决」不再计时，改为尽快解决（二.4）" if others else "没有别的在办故障"
        self.ask(f"{fault.number} 与哪件是同一原因？", note)
        self.other.clear()
        for other in others:
            self.other.addItem(f"{other.number} {other.site_name}", other.id)
        self.save.setEnabled(bool(others))
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.other.currentData())
