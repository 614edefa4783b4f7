"""The left column: the card, under it the calls put aside and whom to ring back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.intake_card import LEAST_WIDTH, IntakeCard
from dispatch_app.ui.desk.promise_card import PromiseCard
from dispatch_app.ui.widgets.polish import describe


class IntakeColumn(QScrollArea):
    """Scrolls where a small screen has no room for all of it: it must not make the window taller."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(LEAST_WIDTH)
        self.card = IntakeCard(context)
        self.promises = PromiseCard(context)
        inner = QWidget()
        describe(inner, ground=True)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.card)
        column.addWidget(self.card.parked)
        column.addWidget(self.promises)
        column.addStretch(1)
        self.setWidget(inner)
