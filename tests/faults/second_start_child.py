"""Starts the desk on a folder as a person would, under Qt's offscreen platform; says what its window does."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dispatch_app import bootstrap
from dispatch_app.contract.errors import KnownError
from dispatch_app.storage.keys import MemoryKeyStore
from dispatch_app.ui import app
from dispatch_app.ui.second_start import bring_to_front


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def come(window: QWidget) -> None:
    window.showMinimized()
    bring_to_front(window)
    say("front", str(window.isVisible() and not window.isMinimized()), type(window).__name__)


def begin(program: app.Program) -> None:
    program.start.begin()
    # Said out of the running event loop: from here on a call is heard.
    QTimer.singleShot(0, lambda: say("running"))


def main(folder: str) -> None:
    app.bring_to_front = come
    app.Program.begin = begin
    try:
        say("left", str(bootstrap.run_desk(Path(folder), MemoryKeyStore())))
    except KnownError as error:
        say("refused", error.message, error.remedy)


if __name__ == "__main__":
    main(sys.argv[1])
