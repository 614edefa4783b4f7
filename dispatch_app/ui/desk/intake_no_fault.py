"""非故障: what a call can be instead of a fault, one digit each; nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from dispatch_app.contract.calls import ABOUT_A_FAULT, CALL_WORDS, CallKind
from dispatch_app.ui.desk.intake_open_faults import SiteFault

OFFERED = (
    CallKind.WRONG_NUMBER,
    CallKind.ENQUIRY,
    CallKind.CHASE,
    CallKind.COMPLAINT,
    CallKind.OUT_OF_SCOPE,
)
TODAY = "今日来电记录…"
NIGHT = "夜间补录…"
NO_FAULT = "不指哪一件"


class NoFaultMenu(QMenu):
    """Signals:
    chosen: (`CallKind`, id of the fault it is about or an empty string).
    today_asked: the list of today's calls is wanted.
    night_asked: the grid for the calls of the night is wanted.
    """

    chosen = Signal(object)
    today_asked = Signal()
    night_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("非故障来电")
        self.choices: list[QMenu] = []
        self.set_faults(())

    def set_faults(self, faults: Iterable[SiteFault]) -> None:
        """`faults`: in hand at the chosen site; 催办 and 投诉 may be about one of them."""
        self.clear()
        for menu in self.choices:
            menu.deleteLater()
        self.choices = []
        offered = tuple(faults)
        for digit, kind in enumerate(OFFERED, start=1):
            words = f"&{digit}　{CALL_WORDS[kind]}"
            if kind not in ABOUT_A_FAULT or not offered:
                self._add(self, words, kind, "")
            elif len(offered) == 1:
                fault_id, number, _ = offered[0]
                self._add(self, f"{words} {number}", kind, fault_id)
            else:
                self._add_choice(words, kind, offered)
        self.addSeparator()
        self.addAction(f"&9　{NIGHT}").triggered.connect(self.night_asked)
        self.addAction(f"&0　{TODAY}").triggered.connect(self.today_asked)

    def _add_choice(self, words: str, kind: CallKind, faults: tuple[SiteFault, ...]) -> None:
        menu = QMenu(words, self)
        self.addMenu(menu)
        self.choices.append(menu)
        for digit, (fault_id, number, symptom) in enumerate(faults, start=1):
            self._add(menu, f"&{digit}　{number} {symptom.replace('&', '&&')}", kind, fault_id)
        self._add(menu, f"&0　{NO_FAULT}", kind, "")

    def _add(self, menu: QMenu, words: str, kind: CallKind, fault_id: str) -> None:
        menu.addAction(words).triggered.connect(partial(self._choose, kind, fault_id))

    def _choose(self, kind: CallKind, fault_id: str) -> None:
        self.chosen.emit((kind, fault_id))
