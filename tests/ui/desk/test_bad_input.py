"""What nobody should type or paste, on the real desk: kept and shown cut, or refused where it was typed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dispatch_app.operations.desk import Desk
from dispatch_app.ui.desk.intake_open_faults import FaultLink
from dispatch_app.ui.desk.paint_kit import LONGEST_LINE
from dispatch_app.ui.desk.words import TIP_LONGEST, tip
from tests.ui.desk.conftest import Hands

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
LONG = ("断网\t见下\n&<b>😀𠮷</b> " * 500)[:7000].strip()
HIDDEN = "\x00\u200b\x07\ufeff"


def paste(hands: Hands, text: str) -> None:
    QApplication.clipboard().setText(text)
    hands.press(Key.Key_V, Control)


def take_call(hands: Hands, symptom: str) -> None:
    hands.press(Key.Key_F2)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    hands.page.parts.intake.card.form.symptom.setFocus()
    paste(hands, symptom)
    hands.press(Key.Key_Return, Control)


def test_a_pasted_log_of_seven_thousand_characters_is_kept_and_shown_cut(
    hands: Hands, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[int] = []
    real = QFontMetricsF.horizontalAdvance

    def measure(metrics: QFontMetricsF, text: str, *more: Any) -> float:
        measured.append(len(text))
        return real(metrics, text, *more)

    monkeypatch.setattr(QFontMetricsF, "horizontalAdvance", measure)
    take_call(hands, HIDDEN + LONG)
    (row,) = desk.queries.queue()
    assert row.symptom == LONG
    hands.page.grab()
    hands.tick(1)
    hands.page.grab()
    assert measured
    assert max(measured) <= LONGEST_LINE
    model = hands.page.queue
    tips = [
        str(model.data(model.index(0, column), Qt.ItemDataRole.ToolTipRole) or "")
        for column in range(model.columnCount())
    ]
    timeline = hands.page.parts.detail.timeline.model()
    tips.append(str(timeline.data(timeline.index(0, 0), Qt.ItemDataRole.ToolTipRole)))
    assert max(map(len, tips)) <= TIP_LONGEST


def test_a_button_shows_a_pasted_symptom_as_one_line_and_as_it_is(hands: Hands) -> None:
    link = FaultLink("A-0001", LONG)
    link.setParent(hands.page)
    link.resize(400, 30)
    link.show()
    assert "\n" not in link.text()
    assert "\t" not in link.text()
    assert "&&" in link.text()
    assert len(link.toolTip()) <= TIP_LONGEST


def test_nothing_but_hidden_characters_is_no_symptom(hands: Hands, desk: Desk) -> None:
    take_call(hands, "\u200b\ufeff")
    card = hands.page.parts.intake.card
    assert card.open
    assert card.form.errors["symptom"].text()
    assert desk.queries.queue() == ()


@pytest.mark.parametrize("typed", ["15:00", "25:61", "昨天下午"])
def test_a_time_to_come_or_none_at_all_is_refused_in_its_field_and_the_call_kept(
    hands: Hands, desk: Desk, qtbot: QtBot, typed: str
) -> None:
    hands.press(Key.Key_F2)
    card = hands.page.parts.intake.card
    card.form.answered.setText(typed)
    hands.type("nhds")
    hands.press(Key.Key_Return)
    card.form.symptom.setPlainText("断网")
    hands.press(Key.Key_Return, Control)
    assert card.form.errors["answered_at"].text()
    assert card.form.symptom.toPlainText() == "断网"
    assert desk.queries.queue() == ()
    qtbot.waitUntil(lambda: [draft.fields["symptom"] for draft in desk.queries.drafts()] == ["断网"])


def test_a_site_nobody_knows_is_refused_in_its_field(hands: Hands, desk: Desk) -> None:
    hands.press(Key.Key_F2)
    hands.type("没有这个地方")
    card = hands.page.parts.intake.card
    card.form.symptom.setPlainText("断网")
    hands.press(Key.Key_Return, Control)
    hands.settle()
    assert card.open
    assert "没有这个地方" in card.form.errors["site"].text()
    assert desk.queries.queue() == ()


@pytest.mark.parametrize(("typed", "reason"), [("15:00", "还没有到"), ("13:00", "早于接报")])
def test_a_step_at_a_moment_that_cannot_be_is_refused_beside_its_button(
    hands: Hands, desk: Desk, day: dict[str, str], typed: str, reason: str
) -> None:
    row = hands.choose("宁湖")
    detail = hands.page.parts.detail
    detail.steps.time.setText(typed)
    detail.take_next_step()
    hands.settle()
    assert reason in detail.error.text()
    assert detail.steps.time.text() == typed
    assert desk.queries.fault_rows([row.id])[0].version == row.version


def test_a_tip_is_never_longer_than_can_be_read() -> None:
    assert tip("短") == "短"
    assert len(tip("长" * 7000)) == TIP_LONGEST
