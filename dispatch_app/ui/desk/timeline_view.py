"""The time line on the screen; a fact is picked here to be corrected."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dispatch_app.ui.desk.paint_kit import LEFT, RIGHT, PaintKit, cell, on_row
from dispatch_app.ui.desk.queue_view import NAVIGATION
from dispatch_app.ui.desk.timeline_model import LINE_ROLE, Line, TimelineModel
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes
from dispatch_app.ui.widgets.cards import EmptyState

Index = QModelIndex | QPersistentModelIndex
LINE_HEIGHT = 30
BELOW_HEIGHT = 21
PADDING = 16.0
LEAST_NOTE = 150.0
"""So much of a note is left beside the time of its typing, logical pixels."""


class TimelineDelegate(QStyledItemDelegate):
    """Time, what happened, and the rest in quiet text; corrections under it."""

    def __init__(self, kit: PaintKit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kit = kit

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(LINE_ROLE)
        assert isinstance(line, Line)
        return QSize(int(cell(option)[0].width()), LINE_HEIGHT + BELOW_HEIGHT * len(line.below))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        assert isinstance(line, Line)
        kit = self.kit
        rect, selected = cell(option)
        painter.save()
        if selected:
            painter.fillRect(rect, kit.brushes["selected"])
        faint = on_row("faint", selected)
        role = faint if line.voided else "text"
        times = max(76.0, kit.width(TextSize.BODY, line.time) + 12)
        titles = max(84.0, kit.width(TextSize.BODY, line.title) + 12)
        x = rect.left() + PADDING
        upper = QRectF(x, rect.top(), times, LINE_HEIGHT)
        kit.text(painter, upper, LEFT, TextSize.BODY, role, line.time)
        upper = QRectF(x + times, rect.top(), titles, LINE_HEIGHT)
        kit.text(painter, upper, LEFT, TextSize.BODY, role, line.title)
        if line.voided:
            middle = rect.top() + LINE_HEIGHT / 2
            end = x + times + kit.width(TextSize.BODY, line.title)
            painter.drawLine(QPointF(x, middle), QPointF(end, middle))
        left, right = x + times + titles, rect.right() - PADDING
        aside = kit.width(TextSize.SMALL, line.aside)
        # Where there is no room for both, what happened comes before when it was typed: the tool tip says it.
        if line.aside and right - left - aside >= min(LEAST_NOTE, kit.width(TextSize.QUIET, line.note)) + 12:
            kit.text(
                painter,
                QRectF(right - aside - 1, rect.top(), aside + 1, LINE_HEIGHT),
                RIGHT,
                TextSize.SMALL,
                faint,
                line.aside,
            )
            right -= aside + 12
        note = QRectF(left, rect.top(), max(0.0, right - left), LINE_HEIGHT)
        kit.text(painter, note, LEFT, TextSize.QUIET, faint if line.voided else "quiet", line.note)
        for place, below in enumerate(line.below):
            top = rect.top() + LINE_HEIGHT - 4 + place * BELOW_HEIGHT
            under = QRectF(x + times, top, rect.right() - PADDING - x - times, BELOW_HEIGHT)
            kit.text(painter, under, LEFT, TextSize.SMALL, faint, below)
        painter.restore()


class TimelineView(QListView):
    """Shows a `TimelineModel`; ↑ and ↓ pick a fact, other keys are left to the desk.

    Signals:
        fact_picked: the `Line` picked by a person while picking is on.
        typed: what is typed while a fact is picked: the new time, to be taken up by its field.
        left: Esc was pressed while picking.
    """

    fact_picked = Signal(object)
    typed = Signal(str)
    left = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = TimelineModel(self)
        self._delegate = TimelineDelegate(PaintKit(themes.current, QApplication.font().family()), self)
        self._picking = False
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("时间线")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.empty = EmptyState("还没有选中故障", "在队列里用 ↑ ↓ 选一行", parent=self.viewport())
        self.empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.lines.modelReset.connect(self._reset)
        self.set_picking(False)
        themes.changed.connect(self._repaint_in)
        self._reset()

    def set_picking(self, picking: bool) -> None:
        """Whether a fact can be picked now; outside of it the time line is there to be read."""
        self._picking = picking
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.SingleSelection if picking else mode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if picking else Qt.FocusPolicy.NoFocus)
        if not picking:
            self.clearSelection()

    def pick_last(self) -> None:
        """Pick the latest fact: it is the one most often mistyped."""
        rows = [row for row in range(self.lines.rowCount()) if self.lines.line(row).fact_id]
        if rows:
            self.setCurrentIndex(self.lines.index(rows[-1]))

    # ── Qt ──

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._picking and current.isValid():
            self.fact_picked.emit(self.lines.line(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in NAVIGATION:
            super().keyPressEvent(event)
        elif not self._picking:
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            # Digits are the new time here and send nobody.
            self.typed.emit(event.text() if event.text().isprintable() else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.empty.setGeometry(self.viewport().rect())
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """As high as all its lines: who lays it out decides how much of that it gets."""
        rows = range(self.lines.rowCount())
        height = sum(LINE_HEIGHT + BELOW_HEIGHT * len(self.lines.line(row).below) for row in rows)
        return QSize(420, max(height, 2 * LINE_HEIGHT) + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 2 * LINE_HEIGHT + 6)

    @Slot()
    def _reset(self) -> None:
        self.empty.setVisible(self.lines.rowCount() == 0)
        self.updateGeometry()
        self.scrollToBottom()

    @Slot(object)
    def _repaint_in(self, theme: Theme) -> None:
        self._delegate.kit = PaintKit(theme, QApplication.font().family())
        self.viewport().update()
