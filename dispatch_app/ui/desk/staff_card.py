"""One person of the panel: the digit that sends them, how they are, why they suit, and the button."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from dispatch_app.operations.rows import StaffRow, StaffState, Suggestion
from dispatch_app.operations.words import STATE_WORDS
from dispatch_app.ui.desk.paint_kit import CENTRE, LEFT, PaintKit
from dispatch_app.ui.desk.staff_words import can_be_sent, hands_line, number_to_call, why_line
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import CENTRED, IconButton, Kind, small_font
from dispatch_app.ui.widgets.polish import describe

AVAILABILITY = (StaffState.STANDBY, StaffState.RESTING, StaffState.ON_LEAVE)
CAP = 26
"""Side of the square around the digit. Logical pixels, as all here."""
ICON = 20
BETWEEN = 6
"""Between the name, the state and the telephone."""


class SendButton(QPushButton):
    """派, and under it in small what sending this person would mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._word = "派"
        self._consequence = ""
        self.show_kind(Kind.ACCENT)

    def show_kind(self, kind: Kind) -> None:
        """`PRIMARY` for the best of all, `ACCENT` for the others."""
        describe(self, kind=str(kind))

    def say(self, word: str, consequence: str) -> None:
        if (word, consequence) != (self._word, self._consequence):
            self._word, self._consequence = word, consequence
            self.update()

    @property
    def words(self) -> str:
        """All it says."""
        return " ".join(part for part in (self._word, self._consequence) if part)

    def sizeHint(self) -> QSize:
        if not self._consequence:
            return QSize(52, 36)
        self.ensurePolished()
        metrics = QFontMetrics(small_font(self.font().family()))
        return QSize(max(52, metrics.horizontalAdvance(self._consequence) + 18), 44)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().buttonText().color())
        if not self._consequence:
            painter.drawText(self.rect(), CENTRED, self._word)
        else:
            over = self.rect().adjusted(0, 2, 0, -self.height() // 2)
            painter.drawText(over, CENTRED, self._word)
            painter.setFont(small_font(self.font().family()))
            painter.drawText(
                self.rect().adjusted(0, self.height() // 2 - 1, 0, -2), CENTRED, self._consequence
            )
        painter.end()


class StaffCard(QWidget):
    """Knows no operation: it says what a person wants. All but its two buttons is painted here: of the six
    cards two or three change with every assignment, and nine widgets each would be most of what it costs.

    Signals:
        assign_asked: staff id. availability_asked: (staff id, `StaffState`). number_asked: staff id.
    """

    assign_asked = Signal(object)
    availability_asked = Signal(object)
    number_asked = Signal(object)

    def __init__(self, themes: Themes, kit: PaintKit, row: StaffRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.kit = kit
        self._best = False
        self._compact = False
        self._target = ""
        self._named = False
        self._why = ""
        self.row = row
        self._suggestion: Suggestion | None = None
        self._said: tuple[StaffRow, Suggestion | None, str, bool] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.call = IconButton(themes, "phone", "电话", self, role="faint")
        self.send = SendButton(self)
        for button in (self.call, self.send):
            # Reached by Tab, not by a click: a click must leave the caret in a half-typed call.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.call.clicked.connect(self._ask_number)
        self.send.clicked.connect(self._ask_assign)

    def set_compact(self, compact: bool) -> None:
        """One line only, for a small screen; the reasons move to the tool tip."""
        if compact != self._compact:
            self._compact = compact
            self._say()

    def show_row(self, row: StaffRow, suggestion: Suggestion | None, target: str, named: bool) -> None:
        """Show how the person is now.

        Args:
            target: Number of the selected fault, empty for none.
            named: Whether the person has been named for it already.
        """
        said = (row, suggestion, target, named)
        if said == self._said:
            return
        self._said = said
        self.row = row
        self._named = named
        self._suggestion = suggestion
        self._best = suggestion is not None and suggestion.best
        self._target = target
        self._say()

    def _say(self) -> None:
        row, suggestion = self.row, self._suggestion
        number = number_to_call(row)
        self._why = why_line(row, suggestion)
        self.call.setAccessibleName(f"复制 {row.name} 的电话 {number}")
        self.call.setToolTip(self.call.accessibleName())
        self.call.setVisible(bool(number) and row.digit > 0)
        consequence = suggestion.consequence if suggestion is not None else ""
        self.send.setVisible(can_be_sent(row))
        self.send.show_kind(Kind.PRIMARY if self._best else Kind.ACCENT)
        shown = "" if self._compact else consequence.partition("（")[0]
        self.send.say("已派" if self._named else "派", shown)
        self.send.setEnabled(bool(self._target) and not self._named)
        said = f"把 {self._target} 派给 {row.name}" if self._target else f"先选一个故障，再派 {row.name}"
        if self._named:
            said = f"{self._target} 已派 {row.name}"
        hint = "，".join(part for part in (said, consequence) if part)
        self.send.setAccessibleName(hint)
        self.send.setToolTip(f"{hint}（{row.digit}）")
        self.setToolTip(f"{self._why}\n{hands_line(row)}")
        self.setAccessibleName("，".join((row.name, self.state_words, self._why)))
        self._place_buttons()
        # Who has come to be called has a higher card than who has not.
        self.updateGeometry()
        self.update()

    @property
    def state_words(self) -> str:
        """待命, 在途 …; 接线 for the call-taker."""
        row = self.row
        return STATE_WORDS[row.state] if row.digit or row.state is StaffState.LEFT else "接线"

    @property
    def shown_why(self) -> str:
        """The reasons as far as they are on the card; empty where there is room for one line only."""
        return "" if self._compact else self._why

    @property
    def best(self) -> bool:
        """Whether Enter would send this person."""
        return self._best

    def availability_menu(self) -> QMenu:
        """待命, 休息, 请假; built each time it is asked for, gone when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for state in AVAILABILITY:
            action = menu.addAction(STATE_WORDS[state])
            action.setCheckable(True)
            action.setChecked(self.row.state is state)
            action.setData(state)
        menu.triggered.connect(self._ask_availability)
        return menu

    # ── where things stand, logical pixels ──

    @property
    def _side(self) -> int:
        return 10 if self._compact else 16

    @property
    def _name_left(self) -> int:
        return self._side + CAP + (8 if self._compact else 10)

    def _badge(self) -> QRectF:
        """The box of the state, behind the name."""
        kit = self.kit
        left = self._name_left + kit.width(TextSize.BODY, self.row.name) + BETWEEN
        width, height = kit.width(TextSize.SMALL, self.state_words) + 14, self._small_height() + 4
        top = self._top + (self._head_height() - height) / 2
        return QRectF(left, top, width, height)

    def _small_height(self) -> float:
        return math.ceil(self.kit.metrics[TextSize.SMALL].height())

    @property
    def _top(self) -> float:
        """Where the line with the name begins: in the middle where it is the only one."""
        return (self.height() - self._head_height()) / 2 if self._compact else 10

    def _head_height(self) -> float:
        call = self.call.sizeHint().height() if not self.call.isHidden() else 0
        return max(call, self._small_height() + 4)

    def sizeHint(self) -> QSize:
        send = 0 if self.send.isHidden() else self.send.sizeHint().width()
        call = 0 if self.call.isHidden() else self.call.sizeHint().width() + BETWEEN
        width = math.ceil(self._badge().right()) + call + BETWEEN + send + self._side
        if self._compact:
            return QSize(width, 7 + int(max(self._head_height(), 36 if send else 0)))
        return QSize(width, int(23 + self._head_height() + self._small_height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _place_buttons(self) -> None:
        size = self.send.sizeHint()
        place = QPoint(self.width() - self._side - size.width(), (self.height() - size.height()) // 2)
        self.send.setGeometry(QRect(place, size))
        size = self.call.sizeHint()
        left = math.ceil(self._badge().right()) + BETWEEN
        top = round(self._top + (self._head_height() - size.height()) / 2)
        self.call.setGeometry(QRect(QPoint(left, top), size))

    # ── Qt ──

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if can_be_sent(self.row):
            self._open_menu(event.globalPos())

    def _open_menu(self, at: QPoint) -> None:
        self.availability_menu().popup(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, kit = QPainter(self), self.kit
        if self._best:
            painter.fillRect(self.rect(), kit.theme.selected)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), kit.theme.line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark = QRectF(self._side, (self.height() - CAP) / 2, CAP, CAP)
        if can_be_sent(self.row):
            # Who comes back may come back to another key.
            self._box(painter, mark, "raised", "line")
            kit.text(painter, mark, CENTRE, TextSize.SMALL, "quiet", str(self.row.digit))
        else:
            ratio = self.devicePixelRatioF()
            icon = self._themes.pixmap("phone", "faint", ICON, ratio)
            painter.drawPixmap(mark.center() - QPointF(ICON / 2, ICON / 2), icon)
        badge = self._badge()
        name = QRectF(self._name_left, self._top, badge.left() - self._name_left, self._head_height())
        kit.text(painter, name, LEFT, TextSize.BODY, "text", self.row.name)
        free = self.row.state is StaffState.STANDBY and self.row.digit > 0
        self._box(painter, badge, "selected" if free else "raised", "selected" if free else "line")
        kit.text(painter, badge, CENTRE, TextSize.SMALL, "accent" if free else "quiet", self.state_words)
        if not self._compact:
            end = self.send.x() - 10 if not self.send.isHidden() else self.width() - self._side
            top = self._top + self._head_height() + 2
            line = QRectF(self._name_left, top, end - self._name_left, self._small_height())
            kit.text(painter, line, LEFT, TextSize.SMALL, "quiet", self._why)
        painter.end()

    def _box(self, painter: QPainter, box: QRectF, fill: str, outline: str) -> None:
        painter.setPen(self.kit.pens[outline])
        painter.setBrush(self.kit.brushes[fill])
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    # ── what was clicked ──

    @Slot()
    def _ask_assign(self) -> None:
        self.assign_asked.emit(self.row.id)

    @Slot()
    def _ask_number(self) -> None:
        self.number_asked.emit(self.row.id)

    @Slot(object)
    def _ask_availability(self, action: object) -> None:
        self.availability_asked.emit((self.row.id, StaffState(action.data())))  # type: ignore[attr-defined]  # QAction
