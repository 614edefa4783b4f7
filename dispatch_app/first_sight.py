"""The first thing a person sees of a start, before the database's library is imported.

Importing this brings in Qt and little else.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from dispatch_app.storage.locations import data_place
from dispatch_app.ui.application import make_application, make_themes
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.start.curtain import Curtain
from dispatch_app.ui.theme.theme import Themes

RESOURCES = Path(__file__).resolve().parents[1] / "resources"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is there before the desk is. `curtain`: None where nobody should see one."""

    app: QApplication
    memory: LayoutMemory
    themes: Themes
    curtain: Curtain | None


def first_sight(data: Path | None, *, curtain: bool = True) -> Opening:
    """Make the application and its looks, and put up the curtain the desk will take the place of.

    Where the desk is open on the folder already, its own window comes to the front instead: no curtain then.

    Raises:
        KnownError: The folder cannot be made.
    """
    place = data_place(data)
    memory = LayoutMemory(place.directory)
    app = make_application(sys.argv[:1], memory)
    themes = make_themes(app, RESOURCES, memory)
    if not curtain or place.card.exists():
        return Opening(app, memory, themes, None)
    shown = Curtain(themes, memory)
    shown.show()
    app.processEvents()
    return Opening(app, memory, themes, shown)
