"""A call is taken in under ten seconds, by keyboard alone, on a real desk.

What a person takes is reckoned at a fifth of a second a key, the steady pace of somebody used to it; what the
program makes them wait is measured: from each key until the desk has answered.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from dispatch_app.contract.facts import Source
from dispatch_app.operations.desk import Desk
from tests.ui.conftest import FRIDAY
from tests.ui.desk.conftest import Hands

Key = Qt.Key
Day = dict[str, str]
NONE = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY_S = 0.2
MOST_KEYS = 25
MOST_S = 10.0


class Typist:
    """Counts every key that goes down, modifiers among them, and measures what the program takes."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self.keys = 0
        self.waited_s = 0.0

    @property
    def seconds(self) -> float:
        return self.keys * KEY_S + self.waited_s

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.keys += 1 if modifier is NONE else 2
        started = perf_counter()
        self._hands.press(key, modifier)
        self.waited_s += perf_counter() - started

    def letters(self, text: str) -> None:
        for letter in text:
            self.press(Key(ord(letter.upper())))

    def compose(self, pinyin: str, text: str) -> None:
        """Chinese by an input method: its letters, then the key that takes the candidate."""
        self.keys += len(pinyin) + 1
        started = perf_counter()
        composed = QInputMethodEvent()
        composed.setCommitString(text)
        QApplication.sendEvent(self._hands.focus, composed)
        self._hands.settle()
        self.waited_s += perf_counter() - started


def test_a_call_with_a_caller_a_site_and_a_symptom_takes_under_ten_seconds(
    day: Day, hands: Hands, desk: Desk, record_testsuite_property: Callable[[str, object], None]
) -> None:
    typist = Typist(hands)
    typist.press(Key.Key_F2)
    typist.letters("xjjd")
    typist.press(Key.Key_Return)
    for _ in range(2):
        typist.press(Key.Key_Backtab, SHIFT)
    typist.press(Key.Key_Down)
    typist.press(Key.Key_Return)
    typist.press(Key.Key_6, ALT)
    typist.compose("erlou", "二楼")
    typist.press(Key.Key_J, ALT)
    typist.press(Key.Key_Return, CONTROL)

    row = hands.chosen
    assert (row.site_name, row.symptom) == ("县街街道办事处节点", "公文系统登录不上二楼")
    detail = desk.queries.fault_detail(row.id)
    assert (detail.caller, detail.unit, detail.callback) == ("值班员", "网信办", "0871-68686833")
    assert (row.emergency, row.source, row.reported_at) == (True, Source.CLIENT, FRIDAY)
    figure = f"{typist.keys} keys, {typist.waited_s:.2f} s of waiting, {typist.seconds:.2f} s in all"
    record_testsuite_property("ten_second_call", figure)
    sys.stdout.write(f"ten-second call: {figure}\n")
    assert typist.keys <= MOST_KEYS
    assert typist.seconds <= MOST_S, figure


def test_calls_stack_and_none_takes_the_caret_from_the_one_being_typed(day: Day, hands: Hands) -> None:
    card = hands.page.parts.intake.card
    hands.press(Key.Key_F2)
    for place, letters in enumerate(("bj", "cp", "xj")):
        hands.type(letters)
        hands.press(Key.Key_Return)
        hands.tick(10)
        hands.press(Key.Key_F2, SHIFT)
        assert hands.focus is card.form.site
        assert len(card.parked.drafts) == place + 1
    assert [draft.answered_at - FRIDAY for draft in card.parked.drafts] == [0, 10, 20]
    assert card.answered_at == FRIDAY + 30
    hands.type("n")
    hands.tick(1)
    assert hands.focus is card.form.site
    assert card.form.site.text() == "n"
