"""Paints the rows of the queue: the figure that costs money next, then the site, then everything else."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from dispatch_app.ui.desk.paint_kit import LEFT, RIGHT, PaintKit, bar_role, cell, text_role
from dispatch_app.ui.desk.queue_face import Chip, Face, Mark
from dispatch_app.ui.desk.queue_model import FACE_ROLE, Column, QueueModel
from dispatch_app.ui.desk.urgency import Urgency
from dispatch_app.ui.theme.fonts import TextSize

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 78
COMPACT_ROW_HEIGHT = 64
MARGIN = 12.0
BAR_HEIGHT = 10.0
STRIP_WIDTH = 6.0
MARK_GAP = 16.0


class QueueDelegate(QStyledItemDelegate):
    """Paints a cell from its `Face`; asks the model once a cell."""

    def __init__(self, kit: PaintKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self.row_height = ROW_HEIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(int(cell(option)[0].width()), self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        face = index.data(FACE_ROLE)
        model = index.model()
        assert isinstance(face, Face)
        assert isinstance(model, QueueModel)
        kit, column = self.kit, index.column()
        rect, selected = cell(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, kit.brushes["selected" if selected else "surface"])
        painter.setPen(kit.rule)
        painter.drawLine(
            QPointF(rect.left(), rect.bottom() - 0.5), QPointF(rect.right(), rect.bottom() - 0.5)
        )
        if column == Column.NUMBER:
            self._number(painter, rect, face)
        elif column == Column.FAULT:
            self._fault(painter, rect, face)
        elif column == Column.CLOCK:
            self._clock(painter, rect, face, model)
        else:
            self._engineer(painter, rect, face)
        painter.restore()

    def _lines(self, rect: QRectF) -> tuple[float, float]:
        """The middles of the upper and the lower line of a row."""
        return rect.top() + rect.height() * 0.36, rect.top() + rect.height() * 0.68

    def _number(self, painter: QPainter, rect: QRectF, face: Face) -> None:
        kit = self.kit
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(kit.brushes[bar_role(face.urgency)])
        # The strip's left corners lie outside the cell, so that it grows out of the card's edge.
        strip = QRectF(rect.left() - 3, rect.top() + 10, STRIP_WIDTH + 3, rect.height() - 20)
        painter.setClipRect(rect)
        painter.drawRoundedRect(strip, 3, 3)
        kit.glyph(painter, QPointF(rect.left() + 26, rect.center().y()), face.urgency)
        words = QRectF(rect.left() + 38, rect.top(), rect.width() - 42, rect.height())
        kit.text(painter, words, LEFT, TextSize.BODY, "quiet", face.row.number)

    def _fault(self, painter: QPainter, rect: QRectF, face: Face) -> None:
        kit = self.kit
        upper, lower = self._lines(rect)
        room = rect.width() - MARGIN
        chips = self._chips_beside(face, room)
        room -= sum(kit.chip_width(chip.text) + 8 for chip in chips)
        x = rect.left()
        name = QRectF(x, upper - 13, max(0.0, room), 26)
        kit.text(painter, name, LEFT, TextSize.SITE, "text", face.row.site_name)
        x += min(room, kit.width(TextSize.SITE, face.row.site_name)) + 8
        for chip in chips:
            x += kit.chip(painter, x, upper, chip.text, chip.alarming) + 8
        words = QRectF(rect.left(), lower - 12, rect.width() - MARGIN, 24)
        kit.text(painter, words, LEFT, TextSize.BODY, "quiet", face.row.symptom)

    def _chips_beside(self, face: Face, room: float) -> list[Chip]:
        """The chips for which the site's name need not be cut; 紧急 stays whatever comes."""
        kit = self.kit
        room -= kit.width(TextSize.SITE, face.row.site_name)
        room -= sum(kit.chip_width(chip.text) + 8 for chip in face.chips if chip.alarming)
        kept = []
        for chip in face.chips:
            if not chip.alarming:
                room -= kit.chip_width(chip.text) + 8
            if chip.alarming or room >= 0:
                kept.append(chip)
        return kept

    def _clock(self, painter: QPainter, rect: QRectF, face: Face, model: QueueModel) -> None:
        kit, role = self.kit, text_role(face.urgency)
        upper, lower = self._lines(rect)
        figure_width = 112.0
        name_width = 76.0 if rect.width() > 300 else 64.0
        right = rect.right() - MARGIN
        kit.text(
            painter, QRectF(rect.left(), upper - 12, name_width, 24), LEFT, TextSize.BODY, role, face.clock
        )
        bar_left = rect.left() + max(name_width, kit.width(TextSize.BODY, face.clock) + 10)
        bar_width = right - figure_width - bar_left
        if bar_width >= 24:
            bar = QRectF(bar_left, upper - BAR_HEIGHT / 2, bar_width, BAR_HEIGHT)
            kit.bar(painter, bar, face.urgency, model.share(face))
        figure = QRectF(right - figure_width, upper - 18, figure_width, 36)
        kit.text(painter, figure, RIGHT, TextSize.FIGURE, role, model.figure(face))
        line = QRectF(rect.left(), lower - 11, right - rect.left(), 22)
        if face.urgency is Urgency.BREACHED:
            kit.text(painter, line, LEFT, TextSize.SMALL, "breached_text", model.breach_line(face))
        else:
            self._marks(painter, line, model.marks(face))

    def _marks(self, painter: QPainter, line: QRectF, marks: tuple[Mark, ...]) -> None:
        """As many whole marks as fit; a mark cut in half would say something else."""
        kit, x, middle = self.kit, line.left(), line.center().y()
        for mark in marks:
            name = kit.width(TextSize.SMALL, mark.name)
            figure = kit.width(TextSize.SMALL, mark.figure)
            tick = 14.0 if mark.done else 0.0
            width = name + 5 + tick + figure
            if x + width > line.right() + 1:
                return
            quiet = mark.urgency in (Urgency.NONE, Urgency.IN_TIME)
            role = "quiet" if quiet else text_role(mark.urgency)
            kit.text(painter, QRectF(x, line.top(), name + 1, 22), LEFT, TextSize.SMALL, role, mark.name)
            if mark.done:
                kit.tick(painter, x + name + 5, middle, "quiet")
            left = x + name + 5 + tick
            kit.text(
                painter, QRectF(left, line.top(), figure + 1, 22), LEFT, TextSize.SMALL, role, mark.figure
            )
            x += width + MARK_GAP

    def _engineer(self, painter: QPainter, rect: QRectF, face: Face) -> None:
        kit = self.kit
        upper, lower = self._lines(rect)
        width = rect.width() - MARGIN
        kit.text(
            painter, QRectF(rect.left(), upper - 12, width, 24), LEFT, TextSize.BODY, face.who_role, face.who
        )
        kit.text(
            painter, QRectF(rect.left(), lower - 11, width, 22), LEFT, TextSize.SMALL, "quiet", face.doing
        )
