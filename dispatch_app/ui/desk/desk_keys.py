"""Which key does what on the desk while no text is being typed. Pure of any widget's state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from dispatch_app.contract.facts import FactKind
from dispatch_app.ui.desk.detail_moves import KINDS

if TYPE_CHECKING:
    from dispatch_app.ui.desk.detail_panel import DetailPanel

NO_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)


class Act(Enum):
    NEXT = auto()
    ASSIGN_BEST = auto()
    ASSIGN_DIGIT = auto()
    STEP = auto()
    TYPE_TIME = auto()
    CORRECT = auto()
    AMEND = auto()
    THIRD_PARTY = auto()
    GROUP = auto()
    WORK_ORDER = auto()
    MORE = auto()


LETTERS = {
    "E": Act.CORRECT,
    "I": Act.AMEND,
    "T": Act.THIRD_PARTY,
    "B": Act.GROUP,
    "L": Act.WORK_ORDER,
    "M": Act.MORE,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a key asks for. `digit`: of a person; `step`: of a milestone."""

    act: Act
    digit: int = 0
    step: FactKind | None = None


def wish_of(event: QKeyEvent) -> Wish | None:
    """What a key asks for, or None. A key held down asks once: a step must not be taken by a heavy hand."""
    if event.isAutoRepeat() or event.modifiers() not in NO_MODIFIERS:
        return None
    key = event.key()
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return Wish(Act.ASSIGN_BEST)
    if key == Qt.Key.Key_Space:
        return Wish(Act.NEXT)
    if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
        return Wish(Act.ASSIGN_DIGIT, digit=key - Qt.Key.Key_0)
    if key == Qt.Key.Key_Minus:
        return Wish(Act.TYPE_TIME)
    letter = chr(key) if Qt.Key.Key_A <= key <= Qt.Key.Key_Z else ""
    if letter in KINDS:
        return Wish(Act.STEP, step=KINDS[letter])
    return Wish(LETTERS[letter]) if letter in LETTERS else None


def is_typed_into(widget: QWidget | None) -> bool:
    """Whether keys belong to this widget's text or choice and never to the desk."""
    return isinstance(widget, TYPED_INTO)


def take_wish(wish: Wish, detail: DetailPanel) -> None:
    """Do what a key asks of the selected fault; whom to send is no matter of its panel."""
    if wish.step is not None:
        detail.take_step(wish.step)
    elif wish.act is Act.TYPE_TIME:
        detail.type_time("-")
    else:
        {
            Act.NEXT: detail.take_next_step,
            Act.CORRECT: detail.ask_correction,
            Act.AMEND: detail.ask_amendment,
            Act.THIRD_PARTY: detail.ask_third_party,
            Act.GROUP: detail.ask_group,
            Act.WORK_ORDER: detail.ask_work_order,
            Act.MORE: detail.steps.open_menu,
        }[wish.act]()
