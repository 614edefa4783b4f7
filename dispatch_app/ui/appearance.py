"""Follows the setting 外观, and the system's own light or dark where the setting says so."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from dispatch_app.operations.queries import Queries
from dispatch_app.ui.application import theme_for
from dispatch_app.ui.bridge.executor import Applied, Executor
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.theme.theme import Themes

NAMES = ("theme", "scale")


class Appearance(QObject):
    """Keeps the themes at what is chosen, and in the .ini what the start screens need of it."""

    def __init__(
        self, executor: Executor, themes: Themes, memory: LayoutMemory, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._executor = executor
        self._themes = themes
        self._memory = memory
        self._choice = memory.text("theme", "system")
        executor.applied.connect(self._take_applied)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self._read()

    def _read(self) -> None:
        def question(queries: Queries) -> tuple[str, str]:
            return queries.setting("theme"), queries.setting("scale")

        self._executor.ask(question, self._take, self)

    @Slot(object)
    def _take_applied(self, applied: Applied) -> None:
        if applied.changes.settings.intersection(NAMES):
            self._read()

    def _take(self, answer: tuple[str, str]) -> None:
        self._choice, scale = answer
        self._memory.keep("theme", self._choice)
        self._memory.keep("scale", scale)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self._themes.choose(theme_for(self._choice))
