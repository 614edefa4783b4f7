"""What hovering over a site tells: a card on the map itself, which takes neither focus nor mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, describe

_OFFSET = 14
_WIDEST = 320


class SiteCard(QFrame):
    """Lines of text beside a point, inside its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        describe(self, toast=True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name = Text("", Size.BODY)
        self._lines = Text("", Size.SMALL, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(2)
        column.addWidget(self._name)
        column.addWidget(self._lines)
        self.hide()

    @property
    def text(self) -> str:
        """What is told, or an empty string while nothing is."""
        return "" if self.isHidden() else f"{self._name.text()}\n{self._lines.text()}"

    def tell(self, name: str, lines: list[str], point: QPoint) -> None:
        """Show the card beside `point` of the parent, on whichever side there is room."""
        self._name.setText(name)
        self._lines.setText("\n".join(lines))
        metrics = self._lines.fontMetrics()
        widest = max(metrics.horizontalAdvance(line) for line in lines) + 8
        self._lines.setFixedWidth(min(widest, _WIDEST))
        self.adjustSize()
        parent = self._over.rect()
        box = QRect(point + QPoint(_OFFSET, _OFFSET), self.size())
        if box.right() > parent.right():
            box.moveRight(point.x() - _OFFSET)
        if box.bottom() > parent.bottom():
            box.moveBottom(point.y() - _OFFSET)
        self.move(max(0, box.x()), max(0, box.y()))
        self.show()
