"""All clocks of the selected fault: bar, figure, clause, and on a click why they stand as they do."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QVBoxLayout, QWidget

from dispatch_app.contract.clocks import ClockResult, ClockState
from dispatch_app.operations.rows import ClockExplained
from dispatch_app.ui.desk.beijing import length_text, moment_text
from dispatch_app.ui.desk.paint_kit import LEFT, RIGHT, PaintKit, text_role
from dispatch_app.ui.desk.urgency import Thresholds, Urgency, figure, is_breached, share, urgency
from dispatch_app.ui.desk.words import CLOCKS
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

HEIGHT = 30
BAR_HEIGHT = 9.0
NAME_WIDTH = 76.0
CLAUSE_WIDTH = 44.0
FIGURE_WIDTH = 108.0
WHY_WIDTH = 22.0


def figure_words(clock: ClockExplained, now: int) -> str:
    """`余 17:49`, `超 20:07`, `3 分` (met after), `迟 12 分`, `不计`, `未起算`."""
    result = clock.result
    if clock.live:
        text = figure(result, now)
        return f"超 {text[1:]}" if is_breached(result, now) else f"余 {text}"
    if result.state is ClockState.BREACHED:
        return f"迟 {length_text(result.late_s)}"
    if result.state is ClockState.MET:
        assert result.started_at is not None
        assert result.stopped_at is not None
        return f"用时 {length_text(max(0, result.stopped_at - result.started_at))}"
    return "不计" if result.state is ClockState.VOID else "未起算"


def worst_first(clocks: Iterable[ClockExplained], now: int) -> tuple[ClockExplained, ...]:
    """Those on which time counts first, the next to fall due at the top; the others as they come."""

    def place(clock: ClockExplained) -> tuple[int, int]:
        result = clock.result
        if clock.live:
            return (0 if is_breached(result, now) else 1, result.due_at or 0)
        order = {ClockState.BREACHED: 2, ClockState.MET: 3, ClockState.NOT_STARTED: 4, ClockState.VOID: 5}
        return (order[result.state], 0)

    return tuple(sorted(clocks, key=place))


class ClockLine(QAbstractButton):
    """One clock; a click opens and closes 「为什么」."""

    def __init__(self, kit: PaintKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock: ClockExplained | None = None
        self._now = 0
        self._urgency = Urgency.NONE

    def show_clock(self, clock: ClockExplained, now: int, thresholds: Thresholds, cycle: int) -> None:
        """`cycle`: the present one; a clock of another says so."""
        if clock != self._clock:
            self.update()
        self._clock = clock
        name = CLOCKS[clock.result.clock]
        self._name = name if clock.result.cycle == cycle else f"{name}（前次）"
        self.tick(now, thresholds)
        self.setAccessibleName(f"{self._name}，{clock.clause}，{figure_words(clock, now)}")
        self.setToolTip(f"{clock.clause} {clock.title}\n{_moments(clock.result, now)}为什么？点开看依据")

    _name = ""

    def tick(self, now: int, thresholds: Thresholds) -> None:
        assert self._clock is not None
        self._now = now
        live = self._clock.live
        self._urgency = urgency(self._clock.result, now, thresholds) if live else Urgency.NONE
        if live:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._clock is None:
            return
        kit, result, width = self.kit, self._clock.result, float(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(kit.theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        live = self._clock.live
        late = result.state is ClockState.BREACHED
        name_role = "text" if live or late else "quiet"
        name_width = max(NAME_WIDTH, kit.width(TextSize.QUIET, self._name) + 8)
        kit.text(painter, QRectF(4, 0, name_width - 4, HEIGHT), LEFT, TextSize.QUIET, name_role, self._name)
        clause = QRectF(name_width, 0, CLAUSE_WIDTH, HEIGHT)
        kit.text(painter, clause, LEFT, TextSize.SMALL, "faint", self._clock.clause)
        left = name_width + max(CLAUSE_WIDTH, kit.width(TextSize.SMALL, self._clock.clause) + 10)
        right = width - WHY_WIDTH - FIGURE_WIDTH
        if live and right - left >= 32:
            bar = QRectF(left, (HEIGHT - BAR_HEIGHT) / 2, right - left, BAR_HEIGHT)
            kit.bar(painter, bar, self._urgency, share(result, self._now))
        role = text_role(Urgency.BREACHED if late else self._urgency)
        figures = QRectF(width - WHY_WIDTH - FIGURE_WIDTH, 0, FIGURE_WIDTH, HEIGHT)
        size = TextSize.BODY if live else TextSize.SMALL
        kit.text(painter, figures, RIGHT, size, role, figure_words(self._clock, self._now))
        if result.state is ClockState.MET:
            words = kit.width(size, figure_words(self._clock, self._now))
            kit.tick(painter, figures.right() - words - 15, HEIGHT / 2, "in_time_text")
        self._chevron(painter, width - WHY_WIDTH / 2 + 2)
        painter.end()

    def _chevron(self, painter: QPainter, middle: float) -> None:
        painter.setPen(QPen(self.kit.theme.faint, 1.5))
        y, bend = HEIGHT / 2, -2.0 if self.isChecked() else 2.0
        painter.drawLine(
            QRectF(middle - 4, y - bend, 4, 0).topLeft(), QRectF(middle, y + bend, 0, 0).topLeft()
        )
        painter.drawLine(
            QRectF(middle, y + bend, 0, 0).topLeft(), QRectF(middle + 4, y - bend, 0, 0).topLeft()
        )


def _moments(result: ClockResult, now: int) -> str:
    if result.started_at is None or result.due_at is None:
        return ""
    return f"{moment_text(result.started_at, now)} 起，限 {moment_text(result.due_at, now)}\n"


class ClockList(QWidget):
    """Every clock of one fault, one line each."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("全部时钟")
        self._kit = PaintKit(themes.current, QApplication.font().family())
        self._thresholds: Thresholds = {}
        self.lines: list[ClockLine] = []
        self._reasons: list[Text] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 0, 8, 4)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._fault_id = ""
        themes.changed.connect(self._repaint_in)

    def show_clocks(
        self, fault_id: str, clocks: Iterable[ClockExplained], cycle: int, now: int, thresholds: Thresholds
    ) -> None:
        """Show the clocks of a fault. What was opened stays open as long as the fault is the same."""
        self._thresholds = thresholds
        ordered = worst_first(clocks, now)
        while len(self.lines) < len(ordered):
            self._add_line()
        for place, line in enumerate(self.lines):
            if place < len(ordered):
                line.show_clock(ordered[place], now, thresholds, cycle)
                self._reasons[place].setText("\n".join(ordered[place].why))
            line.setVisible(place < len(ordered))
            if fault_id != self._fault_id or place >= len(ordered):
                line.setChecked(False)
        self._fault_id = fault_id

    def tick(self, now: int) -> None:
        for line in self.lines:
            if line.isVisible():
                line.tick(now, self._thresholds)

    def why(self, place: int) -> str:
        """The reasons shown under a line, or an empty string while they are closed."""
        return self._reasons[place].text() if self.lines[place].isChecked() else ""

    def _add_line(self) -> None:
        line = ClockLine(self._kit)
        reason = Text("", Size.SMALL, Tone.QUIET, wrap=True)
        reason.setContentsMargins(4, 0, 8, 8)
        reason.hide()
        line.toggled.connect(reason.setVisible)
        place = self._column.count() - 1
        self._column.insertWidget(place, line)
        self._column.insertWidget(place + 1, reason)
        self.lines.append(line)
        self._reasons.append(reason)

    @Slot(object)
    def _repaint_in(self, theme: Theme) -> None:
        self._kit = PaintKit(theme, QApplication.font().family())
        for line in self.lines:
            line.kit = self._kit
            line.update()
