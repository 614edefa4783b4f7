"""Stands where the desk will stand, from the first moment of a start until the desk is there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe


class Curtain(QWidget):
    """Says what is being opened. It takes no typing and no focus."""

    def __init__(self, themes: Themes, memory: LayoutMemory) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle("安宁电子政务网络调度台")
        describe(self, ground=True)
        mark = QLabel()
        mark.setPixmap(themes.pixmap("desk", "accent", 48, self.devicePixelRatioF()))
        column = QVBoxLayout(self)
        column.addStretch(1)
        words = (Text(self.windowTitle(), Size.TITLE), Text("正在打开…", tone=Tone.QUIET))
        for line in (mark, *words):
            column.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        if not memory.restore(self) or self.isMaximized():
            # What the desk's window does at its first start, too.
            self.setGeometry(QGuiApplication.primaryScreen().availableGeometry())
