"""What can stand over a register's list: a line that says how things are now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Strip(QWidget):
    """Signals: acted: id of an entry of the register, and the key of the step somebody wants to take."""

    acted = Signal(object, str)
