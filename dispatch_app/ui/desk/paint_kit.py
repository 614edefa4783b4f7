"""Pens, brushes, fonts and the small shapes the desk paints with, made once a theme and not once a paint."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QStaticText
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from dispatch_app.ui.desk.urgency import ROLES, Urgency
from dispatch_app.ui.theme.fonts import TextSize, font
from dispatch_app.ui.theme.theme import Theme

NO_PEN = QPen(Qt.PenStyle.NoPen)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine)
CHIP_HEIGHT = 22.0
LONGEST_LINE = 600
"""Characters of a line that are measured and painted."""
LINES_KEPT = 500
"""Lines of text kept set; a busy desk shows some eighty at a time, and many of them all day."""
CHIP_PADDING = 8.0


class PaintKit:
    """What painters of one theme share. Make a new one when the theme changes."""

    def __init__(self, theme: Theme, family: str) -> None:
        self.theme = theme
        self.fonts: dict[TextSize, QFont] = {size: font(family, size) for size in TextSize}
        self.metrics = {size: QFontMetricsF(made) for size, made in self.fonts.items()}
        self.pens = {name: QPen(theme.role(name)) for name in _ROLES}
        self.brushes = {name: QBrush(theme.role(name)) for name in _ROLES}
        self.rule = QPen(theme.line, 1)
        self.ring = QPen(theme.quiet, 1.4)
        self._widths: dict[tuple[TextSize, str], float] = {}
        self._lines: dict[tuple[TextSize, str], tuple[QStaticText, float, float]] = {}

    def width(self, size: TextSize, text: str) -> float:
        """Width of a text in logical pixels; remembered, since the desk says the same words all day."""
        key = (size, text)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) > 4000:
                self._widths.clear()
            found = self._widths[key] = self.metrics[size].horizontalAdvance(text)
        return found

    def text(self, painter: QPainter, rect: QRectF, flags: int, size: TextSize, role: str, text: str) -> None:
        """One line of text, cut with … where it does not fit. `flags`: `LEFT`, `RIGHT` or `CENTRE`."""
        # Beyond this no screen goes, and measuring a pasted log would hold up every paint.
        text = text[:LONGEST_LINE]
        if self.width(size, text) > rect.width():
            text = self.metrics[size].elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(self.fonts[size])
        painter.setPen(self.pens[role])
        if size is TextSize.FIGURE:
            # Another every second: not worth setting for keeps.
            painter.drawText(rect, flags, text)
            return
        line, width, height = self._line(size, text)
        x = rect.left()
        if flags != LEFT:
            x += (rect.width() - width) / (1 if flags == RIGHT else 2)
        painter.drawStaticText(QPointF(x, rect.top() + (rect.height() - height) / 2), line)

    def _line(self, size: TextSize, text: str) -> tuple[QStaticText, float, float]:
        """A line that has been set, with its width and height: setting it anew is most of painting it."""
        key = (size, text)
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) >= LINES_KEPT:
                self._lines.clear()
            line = QStaticText(" ".join(text.splitlines()))
            line.setTextFormat(Qt.TextFormat.PlainText)
            line.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            line.prepare(font=self.fonts[size])
            room = line.size()
            found = self._lines[key] = (line, room.width(), room.height())
        return found

    def bar(self, painter: QPainter, rect: QRectF, urgency: Urgency, share: float) -> None:
        """A clock's bar: how much of its time is used up (0 to 1)."""
        radius = rect.height() / 2
        painter.setPen(NO_PEN)
        painter.setBrush(self.brushes["track"])
        painter.drawRoundedRect(rect, radius, radius)
        if urgency is not Urgency.NONE and share > 0:
            filled = QRectF(rect.topLeft(), rect.size())
            filled.setWidth(max(rect.height(), rect.width() * share))
            painter.setBrush(self.brushes[bar_role(urgency)])
            painter.drawRoundedRect(filled, radius, radius)

    def glyph(self, painter: QPainter, centre: QPointF, urgency: Urgency) -> None:
        """The shape that says the same as the colour: ● in time, ▲ soon, ■ breached, ○ no clock."""
        if urgency is Urgency.NONE:
            painter.setPen(self.ring)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 3.6, 3.6)
            return
        painter.setPen(NO_PEN)
        painter.setBrush(self.brushes["quiet"])
        x, y = centre.x(), centre.y()
        if urgency is Urgency.IN_TIME:
            painter.drawEllipse(centre, 4.0, 4.0)
        elif urgency is Urgency.BREACHED:
            painter.drawRect(QRectF(x - 4, y - 4, 8, 8))
        else:
            painter.drawPolygon(
                QPolygonF([QPointF(x, y - 4.5), QPointF(x + 5, y + 4), QPointF(x - 5, y + 4)])
            )

    def tick(self, painter: QPainter, x: float, middle: float, role: str) -> None:
        """A small check mark, 9 px wide, its left end at `x`."""
        painter.setPen(QPen(self.theme.role(role), 1.5))
        painter.drawPolyline(
            QPolygonF([QPointF(x, middle), QPointF(x + 3, middle + 3.5), QPointF(x + 9, middle - 4)])
        )

    def chip(self, painter: QPainter, x: float, middle: float, text: str, alarming: bool) -> float:
        """A small word in a box from `x` on; an alarming one in reverse, since colour is for clocks.

        Answers with its width.
        """
        width = self.chip_width(text)
        box = QRectF(x, middle - CHIP_HEIGHT / 2, width, CHIP_HEIGHT)
        painter.setPen(NO_PEN if alarming else self.rule)
        painter.setBrush(self.brushes["toast" if alarming else "raised"])
        painter.drawRoundedRect(box, 5, 5)
        self.text(painter, box, CENTRE, TextSize.SMALL, "on_toast" if alarming else "quiet", text)
        return width

    def chip_width(self, text: str) -> float:
        return self.width(TextSize.SMALL, text) + 2 * CHIP_PADDING + 1


_ROLES = (
    "surface", "raised", "line", "text", "quiet", "faint", "accent", "on_accent", "selected", "track",
    "in_time_text", "in_time_bar", "in_time_tint", "soon_text", "soon_bar", "soon_tint",
    "breached_text", "breached_bar", "breached_tint", "toast", "on_toast",
)  # fmt: skip


def cell(option: QStyleOptionViewItem) -> tuple[QRectF, bool]:
    """Where a delegate paints, and whether the row is selected."""
    # The stubs of this Qt leave out the members of its style options.
    rect, state = option.rect, option.state  # type: ignore[attr-defined]  # as said above
    return QRectF(rect), bool(state & QStyle.StateFlag.State_Selected)


def on_row(role: str, selected: bool) -> str:
    """Role of a text on a row: what is faint would be too close to the colour of a selected one."""
    return "quiet" if selected and role == "faint" else role


def text_role(urgency: Urgency) -> str:
    """Role of a text that says an urgency."""
    return "quiet" if urgency is Urgency.NONE else f"{ROLES[urgency]}_text"


def bar_role(urgency: Urgency) -> str:
    """Role of a bar or strip that shows an urgency."""
    return "track" if urgency is Urgency.NONE else f"{ROLES[urgency]}_bar"
