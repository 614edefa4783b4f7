"""Puts a theme on the application: font, palette and style sheet, again whenever the theme changes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, Slot
from PySide6.QtWidgets import QApplication

from dispatch_app.ui.theme.fonts import TextSize, font, load_family
from dispatch_app.ui.theme.style import palette, style_sheet
from dispatch_app.ui.theme.theme import Theme, Themes

MARKS = (
    ("chevron", "chevron-down", "quiet"),
    ("check", "check", "on_accent"),
    ("menu_check", "check", "accent"),
)
"""Pictures the style sheet needs as files: its word for them, the icon, the role of its colour."""


class Look(QObject):
    """Dresses a `QApplication`. Keep it as long as the application runs: it owns the marks' files."""

    def __init__(self, app: QApplication, themes: Themes, resources: Path) -> None:
        super().__init__(app)
        self._app = app
        self._themes = themes
        self._template = (resources / "themes" / "style.qss").read_text(encoding="utf-8")
        self._marks = QTemporaryDir()
        self.family = load_family()
        app.setStyle("Fusion")
        app.setFont(font(self.family, TextSize.BODY))
        themes.changed.connect(self.dress)
        self.dress(themes.current)

    @Slot(object)
    def dress(self, theme: Theme) -> None:
        words = {word: self._mark(word, icon, role) for word, icon, role in MARKS}
        self._app.setPalette(palette(theme))
        self._app.setStyleSheet(style_sheet(theme, self._template, self.family, words))

    def _mark(self, word: str, icon: str, role: str) -> str:
        path = self._marks.filePath(f"{word}-{self._themes.chosen}.png")
        if not Path(path).exists():
            # Twice the size it is shown in, so that it stays sharp on a scaled screen.
            self._themes.pixmap(icon, role, size=32).save(path)
        return path
