"""The menu at the right of the head: who is acting, light or dark, and the way into a drill."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import StaffRow, StaffState
from dispatch_app.operations.settings import ChangeSetting, ChooseOperator
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext

THEME_CHOICES = (("system", "跟随系统"), ("light", "浅色"), ("dark", "深色"))


def _read(queries: Queries) -> tuple[StaffRow, tuple[StaffRow, ...]]:
    return queries.operator(), queries.staff()


def _face(person: StaffRow) -> tuple[str, str, str, bool]:
    """What the menu shows of a person."""
    return person.id, person.name, person.role, person.state is StaffState.LEFT


class OperatorMenu(QMenu):
    """Hangs on the operator's button and keeps its words true.

    Signals: drill_asked when 演练 is chosen.
    """

    drill_asked = Signal()

    def __init__(self, context: UiContext, button: QToolButton, *, drill: bool) -> None:
        """`drill`: this window is a drill itself, so the way into one is left out."""
        super().__init__(button)
        self._context = context
        self._button = button
        self._faces: tuple[tuple[str, str, str, bool], ...] = ()
        self._operators = QActionGroup(self)
        self._operators.triggered.connect(self._choose_operator)
        self._heading = self.addAction("值班员")
        self._heading.setEnabled(False)
        self._after_operators = self.addSeparator()
        self.looks_menu = QMenu("外观", self)
        self.addMenu(self.looks_menu)
        self.looks = QActionGroup(self)
        for value, words in THEME_CHOICES:
            action = self.looks_menu.addAction(words)
            action.setCheckable(True)
            action.setData(value)
            self.looks.addAction(action)
        self.looks.triggered.connect(self._choose_look)
        if not drill:
            self.addAction("演练…").triggered.connect(self.drill_asked)
        button.setMenu(self)
        self.aboutToShow.connect(self._show_look)
        context.executor.applied.connect(self._take_applied)
        self._ask()

    @property
    def operators(self) -> Sequence[QAction]:
        return self._operators.actions()

    def _ask(self) -> None:
        self._context.executor.ask(_read, self._show, self)

    @Slot(object)
    def _take_applied(self, applied: Applied) -> None:
        changes: Changes = applied.changes
        # Whoever is sent somewhere is touched by it, and keeps name and part.
        others = bool(changes.staff) and self._faces != tuple(map(_face, applied.staff))
        if "operator" in changes.settings or others:
            self._ask()

    def _show(self, answer: tuple[StaffRow, tuple[StaffRow, ...]]) -> None:
        operator, staff = answer
        self._faces = tuple(map(_face, staff))
        self._button.setText(operator.name)
        self._button.setAccessibleName(f"值班员 {operator.name}")
        for action in self._operators.actions():
            self._operators.removeAction(action)
            self.removeAction(action)
            action.deleteLater()
        for person in staff:
            if person.state is StaffState.LEFT and person.id != operator.id:
                continue
            action = QAction(f"{person.name}\t{person.role}", self)
            action.setCheckable(True)
            action.setChecked(person.id == operator.id)
            action.setData(person.id)
            self._operators.addAction(action)
            self.insertAction(self._after_operators, action)

    @Slot(QAction)
    def _choose_operator(self, action: QAction) -> None:
        self._context.executor.submit(ChooseOperator(action.data()), self)

    @Slot()
    def _show_look(self) -> None:
        self._context.executor.ask(lambda queries: queries.setting("theme"), self._check_look, self)

    def _check_look(self, chosen: str) -> None:
        for action in self.looks.actions():
            action.setChecked(action.data() == chosen)

    @Slot(QAction)
    def _choose_look(self, action: QAction) -> None:
        self._context.executor.submit(ChangeSetting("theme", action.data()), self)
