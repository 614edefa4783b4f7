"""One person of the panel: the digit that sends them, how they are, why they suit, and the button."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.operations.rows import StaffRow, StaffState, Suggestion
from dispatch_app.operations.words import STATE_WORDS
from dispatch_app.ui.desk.staff_words import can_be_sent, hands_line, number_to_call, why_line
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import IconButton, Kind
from dispatch_app.ui.widgets.labels import Badge, ElidedLabel, KeyCap, Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

AVAILABILITY = (StaffState.STANDBY, StaffState.RESTING, StaffState.ON_LEAVE)


class SendButton(QPushButton):
    """派, and under it in small what sending this person would mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._word = QLabel("派")
        self._consequence = Text("", Size.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 3)
        column.setSpacing(0)
        for label in (self._word, self._consequence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignCenter)
        self.show_kind(Kind.ACCENT)
        self.set_consequence("")

    def show_kind(self, kind: Kind) -> None:
        """`PRIMARY` for the best of all, `ACCENT` for the others."""
        describe(self, kind=str(kind))
        for label in (self._word, self._consequence):
            describe(label, button_text=str(kind))

    def set_word(self, word: str) -> None:
        self._word.setText(word)

    def set_consequence(self, text: str) -> None:
        self._consequence.setText(text)
        self._consequence.setVisible(bool(text))
        self.updateGeometry()

    @property
    def words(self) -> str:
        """All it says."""
        return " ".join(part for part in (self._word.text(), self._consequence.text()) if part)

    def sizeHint(self) -> QSize:
        small = self._consequence.text()
        width = self._consequence.sizeHint().width() + 18 if small else 52
        return QSize(max(52, width), 44 if small else 36)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class StaffCard(QWidget):
    """Knows no operation: it says what a person wants.

    Signals:
        assign_asked: staff id. availability_asked: (staff id, `StaffState`). number_asked: staff id.
    """

    assign_asked = Signal(object)
    availability_asked = Signal(object)
    number_asked = Signal(object)

    def __init__(self, themes: Themes, row: StaffRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._best = False
        self._compact = False
        self._target = ""
        self._named = False
        self.row = row
        self._suggestion: Suggestion | None = None
        self._said: tuple[StaffRow, Suggestion | None, str, bool] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.cap = KeyCap(str(row.digit))
        self.phone_mark = QLabel()
        self.name = Text(row.name, Size.BODY)
        self.state = Badge()
        self.call = IconButton(themes, "phone", "电话", role="faint")
        self.why = ElidedLabel("", Size.SMALL, Tone.QUIET)
        self.send = SendButton()
        for button in (self.call, self.send):
            # Reached by Tab, not by a click: a click must leave the caret in a half-typed call.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.call.clicked.connect(self._ask_number)
        self.send.clicked.connect(self._ask_assign)
        themes.changed.connect(self._recolour)
        self._lay_out()
        self._recolour()

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._head = QHBoxLayout()
        self._head.setSpacing(6)
        self._head.addWidget(self.name)
        self._head.addWidget(self.state)
        self._head.addWidget(self.call)
        self._head.addStretch(1)
        self._place()

    def _place(self) -> None:
        grid, compact = self._grid, self._compact
        for part in (self.cap, self.phone_mark, self.why, self.send):
            grid.removeWidget(part)
        grid.removeItem(self._head)
        span = 1 if compact else 2
        centre = Qt.AlignmentFlag.AlignCenter
        grid.addWidget(self.cap, 0, 0, span, 1, centre)
        grid.addWidget(self.phone_mark, 0, 0, span, 1, centre)
        grid.addLayout(self._head, 0, 1)
        if not compact:
            grid.addWidget(self.why, 1, 1)
        grid.addWidget(self.send, 0, 2, span, 1, Qt.AlignmentFlag.AlignVCenter)
        self.why.setVisible(not compact)
        side = 10 if compact else 16
        grid.setContentsMargins(side, 3 if compact else 10, side, 4 if compact else 11)
        grid.setHorizontalSpacing(8 if compact else 10)
        self.cap.setMinimumSize(26, 26)
        self.phone_mark.setMinimumWidth(26)

    def set_compact(self, compact: bool) -> None:
        """One line only, for a small screen; the reasons move to the tool tip."""
        if compact != self._compact:
            self._compact = compact
            self._place()
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
        self.update()

    def _say(self) -> None:
        row, suggestion = self.row, self._suggestion
        sendable = can_be_sent(row)
        # Who comes back may come back to another key.
        self.cap.setText(str(row.digit))
        self.cap.setVisible(sendable)
        self.phone_mark.setVisible(not sendable)
        self.name.setText(row.name)
        free = row.state is StaffState.STANDBY
        self.state.setText(STATE_WORDS[row.state] if row.digit or row.state is StaffState.LEFT else "接线")
        self.state.set_tone(Tone.ACCENT if free and row.digit else Tone.QUIET)
        number = number_to_call(row)
        self.call.setAccessibleName(f"复制 {row.name} 的电话 {number}")
        self.call.setToolTip(self.call.accessibleName())
        self.call.setVisible(bool(number) and row.digit > 0)
        why = why_line(row, suggestion)
        self.why.setText(why)
        self.send.setVisible(sendable)
        self.send.show_kind(Kind.PRIMARY if self._best else Kind.ACCENT)
        consequence = suggestion.consequence if suggestion is not None else ""
        self.send.set_consequence("" if self._compact else consequence.partition("（")[0])
        self.send.set_word("已派" if self._named else "派")
        self.send.setEnabled(bool(self._target) and not self._named)
        said = f"把 {self._target} 派给 {row.name}" if self._target else f"先选一个故障，再派 {row.name}"
        if self._named:
            said = f"{self._target} 已派 {row.name}"
        hint = "，".join(part for part in (said, consequence) if part)
        self.send.setAccessibleName(hint)
        self.send.setToolTip(f"{hint}（{row.digit}）")
        self.setToolTip(f"{why}\n{hands_line(row)}")
        self.setAccessibleName("，".join((row.name, self.state.text(), why)))

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

    # ── Qt ──

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if can_be_sent(self.row):
            self._open_menu(event.globalPos())

    def _open_menu(self, at: QPoint) -> None:
        self.availability_menu().popup(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._themes.current
        if self._best:
            painter.fillRect(self.rect(), theme.selected)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.line)
        painter.end()

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

    @Slot()
    def _recolour(self) -> None:
        self.phone_mark.setPixmap(self._themes.pixmap("phone", "faint", 20, self.devicePixelRatioF()))
        self.phone_mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.update()
