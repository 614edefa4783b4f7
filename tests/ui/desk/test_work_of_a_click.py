"""What a click costs the window, counted in questions and paints: seconds differ from machine to machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from dispatch_app.contract.facts import FactKind
from dispatch_app.ui.context import UiContext
from tests.ui.desk.conftest import Hands

Day = dict[str, str]


class Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def asked(context: UiContext, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The questions put to the reading thread, as they come."""
    questions: list[object] = []
    ask: Callable[..., None] = context.executor.ask

    def keep(question: object, *rest: Any) -> None:
        questions.append(question)
        ask(question, *rest)

    monkeypatch.setattr(context.executor, "ask", keep)
    return questions


def test_who_is_sent_is_shown_with_the_news_and_without_another_question(
    day: Day, hands: Hands, asked: list[object]
) -> None:
    hands.choose("宁湖")
    page = hands.page
    before = len(hands.chosen.engagements)
    best = page.parts.staff.best
    assert best is not None
    QApplication.processEvents()
    paints = Paints(page.parts.detail.timeline.viewport())
    asked.clear()

    hands.press(Qt.Key(Qt.Key.Key_0 + best.digit))

    assert asked == []
    assert len(hands.chosen.engagements) == before + 1
    detail = page.parts.detail.detail
    assert detail is not None
    assert detail.row == hands.chosen
    assert detail.timeline[-1].kind is FactKind.ASSIGNED
    assert page.parts.staff.best != best
    QApplication.processEvents()
    # Once with the rows, once more where lines have moved, and once for a hover that comes and goes.
    assert 1 <= paints.count <= 3
