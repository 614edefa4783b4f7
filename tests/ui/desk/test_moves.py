"""Keys of steps, their words, and parts as they are typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.operations.words import FACT_WORDS
from dispatch_app.ui.desk.desk_keys import LETTERS, Act, Wish, is_typed_into, wish_of
from dispatch_app.ui.desk.detail_moves import KEYS, KINDS, PLAIN, next_words, other_moves
from dispatch_app.ui.desk.detail_others import parse_parts
from tests.ui.conftest import staff_row
from tests.ui.desk.rows import detail, fault

K = FactKind
NOTHING = Qt.KeyboardModifier.NoModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def press(key: int, modifier: Qt.KeyboardModifier = NOTHING, repeat: bool = False) -> Wish | None:
    return wish_of(QKeyEvent(QEvent.Type.KeyPress, key, modifier, "", repeat))


def test_no_two_things_share_a_key() -> None:
    keys = [*KEYS.values(), *LETTERS]
    assert len(set(keys)) == len(keys)
    assert set(KINDS) == set(KEYS.values())


@pytest.mark.parametrize(
    ("key", "wish"),
    [
        (Qt.Key.Key_Space, Wish(Act.NEXT)),
        (Qt.Key.Key_Return, Wish(Act.ASSIGN_BEST)),
        (Qt.Key.Key_Enter, Wish(Act.ASSIGN_BEST)),
        (Qt.Key.Key_7, Wish(Act.ASSIGN_DIGIT, digit=7)),
        (Qt.Key.Key_0, None),
        (Qt.Key.Key_Minus, Wish(Act.TYPE_TIME)),
        (Qt.Key.Key_R, Wish(Act.STEP, step=K.ACKNOWLEDGED)),
        (Qt.Key.Key_E, Wish(Act.CORRECT)),
        (Qt.Key.Key_Q, None),
        (Qt.Key.Key_F2, None),
    ],
)
def test_a_key_means_one_thing(key: Qt.Key, wish: Wish | None) -> None:
    assert press(key) == wish
    assert press(key, KEYPAD) == wish
    assert press(key, Qt.KeyboardModifier.ControlModifier) is None
    assert press(key, repeat=True) is None


def test_fields_keep_their_keys(qtbot: QtBot) -> None:
    for widget in (QLineEdit(), QComboBox()):
        qtbot.addWidget(widget)
        assert is_typed_into(widget)
    button = QPushButton()
    qtbot.addWidget(button)
    assert not is_typed_into(button)
    assert not is_typed_into(None)


def test_the_large_button_says_what_it_would_do() -> None:
    assert next_words(fault(1), staff_row("s", "刘涛", 2)) == "派给 刘涛"
    assert next_words(fault(1), None) == "按数字键派人"
    assert next_words(fault(1, next_move=K.SPECIAL_REPORT_SUBMITTED), None) == "写专报"
    assert next_words(fault(1, next_move=None), None) == ""
    assert next_words(fault(1, next_move=K.ARRIVED), None) == FACT_WORDS[K.ARRIVED]


def test_the_steps_that_usually_follow_come_first_and_the_ends_last() -> None:
    allowed = (
        K.ASSIGNED, K.ACKNOWLEDGED, K.DEPARTED, K.ARRIVED, K.CONFIRMED, K.REPAIR_STARTED,
        K.SPECIAL_REPORT_SUBMITTED, K.INSTRUCTION_RECEIVED, K.RESOLVED, K.CLOSED, K.CANCELLED,
    )  # fmt: skip
    moves = other_moves(detail(fault(1, next_move=K.ARRIVED), allowed=allowed))
    assert moves == (
        K.CONFIRMED, K.REPAIR_STARTED, K.RESOLVED, K.ACKNOWLEDGED, K.DEPARTED, K.CANCELLED, K.CLOSED,
    )  # fmt: skip


def test_handing_in_a_report_has_a_button_of_its_own_beside_writing_it() -> None:
    row = fault(1, next_move=K.SPECIAL_REPORT_SUBMITTED, procedure=Procedure.SPECIAL_REPORT)
    allowed = (K.SPECIAL_REPORT_SUBMITTED, K.INSTRUCTION_RECEIVED, K.RESOLVED)
    assert other_moves(detail(row, allowed=allowed)) == allowed


def test_steps_that_ask_nothing_are_no_ends() -> None:
    assert not PLAIN & {K.CLOSED, K.CANCELLED, K.REOPENED, K.UNREACHABLE, K.CONFIRMED}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        (" ; ", ()),
        ("光模块:260", (("光模块", "260", 1),)),
        ("光模块：260.50×2；尾纤:15", (("光模块", "260.50", 2), ("尾纤", "15", 1))),
        ("SC:LC 跳线:1,200x3", (("SC:LC跳线", "1,200", 3),)),
    ],
)
def test_parts_are_read_as_typed(typed: str, meant: tuple[tuple[str, str, int], ...]) -> None:
    assert parse_parts(typed) == meant


@pytest.mark.parametrize("typed", ["光模块", ":5", "光模块:五", "光模块:5×", "a:1;b"])
def test_parts_that_cannot_be_read_are_refused_with_the_form(typed: str) -> None:
    with pytest.raises(KnownError, match="看不懂") as refused:
        parse_parts(typed)
    assert refused.value.field == "parts"
