"""What can stand over a register's list: a line that says how things are now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Strip(QWidget):
    """Signals: opened: id of an entry of the register that somebody wants to see."""

    opened = Signal(object)
