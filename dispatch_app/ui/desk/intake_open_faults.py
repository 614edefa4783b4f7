"""What is known of the chosen site: how often it was reported lately, and what is in hand there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from dispatch_app.operations.call_rows import SiteHistory
from dispatch_app.ui.desk.words import tip
from dispatch_app.ui.widgets.labels import ElidedLabel
from dispatch_app.ui.widgets.polish import Size, Tone

LINK_PADDING = 32
SAME_KEY = "F6"
SiteFault = tuple[str, str, str]
"""(fault id, number, symptom)."""


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
        same_asked: id of the fault this call is about: one more caller, no second fault.
    """

    fault_asked = Signal(object)
    same_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._note = ElidedLabel("本站点在办，是同一故障就不另立一件：", Size.SMALL, Tone.QUIET)
        self._column.addWidget(self._note)
        self.faults: tuple[SiteFault, ...] = ()
        self.buttons: list[FaultLink] = []
        self.same: list[QPushButton] = []
        self._rows: list[QWidget] = []
        self.hide()

    def show_faults(self, faults: Iterable[SiteFault]) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self.faults = tuple(faults)
        self.buttons, self.same, self._rows = [], [], []
        for place, fault in enumerate(self.faults):
            self._add(fault, SAME_KEY if place == 0 else "")
        self.setVisible(bool(self.faults))

    def _add(self, fault: SiteFault, key: str) -> None:
        fault_id, number, symptom = fault
        link = FaultLink(number, symptom)
        link.clicked.connect(partial(self.fault_asked.emit, fault_id))
        same = QPushButton(f"同一故障 {key}".rstrip())
        same.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        same.setAccessibleName(f"同一故障 {number}")
        same.setToolTip(f"{key}　记为 {number} 的又一位来电人：不另立故障，时限不变".strip())
        same.clicked.connect(partial(self.same_asked.emit, fault_id))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(link, 1)
        line.addWidget(same)
        self._column.addWidget(row)
        self.buttons.append(link)
        self.same.append(same)
        self._rows.append(row)


def history_words(history: SiteHistory) -> str:
    """`30 天内已报 2 次，上次 11-20 A-0003 断网`; empty where there was none."""
    if not history.faults:
        return ""
    return f"30 天内已报 {history.faults} 次，上次 {history.last}"
