"""How an alarm is heard: by the sounds the platform has, else by its bell. We ship none of our own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from dispatch_app.operations.alarm_ladder import Rung

Play = Callable[[Rung], None]
"""Sounds once for a rung."""
PLAYER = "canberra-gtk-play"
"""Part of many Linux desktops; used where it is there, never asked for."""
THEME_SOUNDS = {Rung.LAST_CALL: "dialog-warning", Rung.BREACHED: "dialog-error"}
"""Names of the freedesktop sound theme: the two rungs sound different."""


def make_sound() -> Play:
    """What suits this platform."""
    if sys.platform == "win32":
        return _windows_sound
    player = shutil.which(PLAYER)
    return ThemeSound(player) if player else bell


def bell(_rung: Rung) -> None:
    """The platform's bell, one for everything."""
    QApplication.beep()


class ThemeSound:
    """Sounds of the desktop's theme, played by a process of their own so that nobody waits for them."""

    def __init__(self, player: str) -> None:
        self._player = player

    def __call__(self, rung: Rung) -> None:
        started, _ = QProcess.startDetached(self._player, ["--id", THEME_SOUNDS[rung]])
        if not started:
            bell(rung)


if sys.platform == "win32":
    import winsound

    def _windows_sound(rung: Rung) -> None:
        kind = winsound.MB_ICONHAND if rung is Rung.BREACHED else winsound.MB_ICONEXCLAMATION
        winsound.MessageBeep(kind)
