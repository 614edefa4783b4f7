"""The Qt application and its looks: what there is before anybody knows which desk is to be opened."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from dispatch_app import __version__
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.theme.look import Look
from dispatch_app.ui.theme.theme import Themes

NAME = "dispatch-app"


def theme_for(choice: str) -> str:
    """The theme a choice stands for: itself, or what the system has when it says "system"."""
    if choice != "system":
        return choice
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def make_application(arguments: Sequence[str], memory: LayoutMemory) -> QApplication:
    """The one QApplication, speaking Chinese, at the scale last chosen in the settings."""
    scale = memory.text("scale")
    if scale.isdecimal() and scale != "100":
        # Qt reads this once, while the application is made.
        os.environ["QT_SCALE_FACTOR"] = f"{int(scale) / 100:g}"
    app = QApplication(list(arguments))
    app.setApplicationName(NAME)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(NAME)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    words = QTranslator(app)
    # Without it the buttons of file dialogs and the menus of text fields stay English.
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
    return app


def make_themes(app: QApplication, resources: Path, memory: LayoutMemory) -> Themes:
    """The themes, with the application dressed in the one last chosen."""
    themes = Themes(resources / "themes", theme_for(memory.text("theme", "system")), app)
    Look(app, themes, resources)
    return themes
