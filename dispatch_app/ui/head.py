"""The head of the window: the time, what the contract still allows, who is there, and who is acting."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from dispatch_app.operations.rows import DaySummary
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import clock_text, day_of
from dispatch_app.ui.palette.field import LEAST as SEARCH_LEAST
from dispatch_app.ui.palette.field import PaletteField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

HEIGHT = 56
AFTER_CLOCK = 8
WEEKDAYS = "一二三四五六日"
SUMMARY_EVERY_MS = 5000
"""Clocks run out and days end without anybody touching anything, so the counts are read again."""


class Figures(QPushButton):
    """Words with the figures they announce, side by side; a click leads to what is behind them."""

    def __init__(self, words: tuple[str, ...], leads_to: str, parent: QWidget | None = None) -> None:
        """`words`: one for each figure. `leads_to`: where a click leads, for the tool tip."""
        super().__init__(parent)
        describe(self, figures=True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Reached by Tab, not by a click: the caret stays in a half-typed call.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(leads_to)
        self._words = words
        self._figures: tuple[tuple[str, Tone], ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 8, 0)
        self._row.setSpacing(6)
        self.figures: list[Text] = []
        for word in words:
            label = Text(word, Size.QUIET, Tone.QUIET)
            figure = Text("–", Size.TITLE)
            for part in (label, figure):
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                self._row.addWidget(part)
            if word is not words[-1]:
                self._row.addSpacing(4)
            self.figures.append(figure)

    def show_figures(self, *figures: tuple[str, Tone]) -> None:
        if figures == self._figures:
            return
        self._figures = figures
        for label, (text, tone) in zip(self.figures, figures, strict=True):
            label.setText(text)
            label.set_tone(tone)
        said = (f"{word} {text}" for word, (text, _) in zip(self._words, figures, strict=True))
        self.setAccessibleName("，".join(said))
        self.updateGeometry()

    @property
    def shown(self) -> str:
        """Words and figures as one line, as a person would read them out."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        return QSize(self._row.sizeHint().width(), 40)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class HeadBar(QFrame):
    """Signals: page_asked carries the key of the page a figure leads to."""

    page_asked = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asking = False
        self._shown: DaySummary | None = None
        describe(self, head=True)
        self.setFixedHeight(HEIGHT)
        self.clock = Text("", Size.CLOCK)
        self.clock.setAccessibleName("北京时间")
        self.day = Text("", Size.QUIET, Tone.QUIET)
        self.term = Figures(("合同余",), "看合同")
        self._undecided = QLabel()
        self._undecided.setToolTip("合同期限写作叁年，与起止日期不符，尚未裁定：看合同页")
        self.team = Figures(("在职技术人员", "可派"), "看调度台")
        self.today = Figures(("今日接报", "在办", "超时"), "看调度台")
        self.breaches = Figures(("违约 九.1", "九.2"), "看违约结算")
        self.search = PaletteField(context.themes)
        self.operator = QToolButton()
        self.operator.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.operator.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.operator.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.operator.setToolTip("值班员、外观、演练")
        self._lay_out()
        self.term.clicked.connect(self._to_contract)
        self.team.clicked.connect(self._to_desk)
        self.today.clicked.connect(self._to_desk)
        self.breaches.clicked.connect(self._to_tallies)
        context.ticker.second.connect(self.show_time)
        context.executor.applied.connect(self._take_applied)
        context.themes.changed.connect(self.recolour)
        self._refresh = QTimer(self)
        self._refresh.setInterval(SUMMARY_EVERY_MS)
        self._refresh.timeout.connect(self.ask_summary)
        self._refresh.start()
        self.recolour()
        self.show_time(context.ticker.now)
        self.ask_summary()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 12, 0)
        row.setSpacing(8)
        self._quiet_parts: list[QWidget] = [self.day, self.team, self.term]
        row.addWidget(self.clock)
        row.addSpacing(AFTER_CLOCK)
        row.addWidget(self.day)
        row.addWidget(self._undecided)
        for part in (self.term, self.team, self.today, self.breaches):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.search, 4)
        row.addWidget(self.operator)
        self._row = row

    @Slot()
    def recolour(self) -> None:
        themes = self._context.themes
        ratio = self.devicePixelRatioF()
        self._undecided.setPixmap(themes.pixmap("warning", "soon_text", 18, ratio))
        self.operator.setIcon(themes.icon("person", "quiet", size=20))

    @Slot(object)
    def show_time(self, now: int) -> None:
        """Show a moment (epoch seconds UTC) as Beijing time."""
        self.clock.setText(clock_text(now))
        day = day_of(now)
        text = f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"
        if text != self.day.text():
            self.day.setText(text)

    @Slot(object)
    def _take_applied(self, applied: Applied) -> None:
        self.show_summary(applied.summary)

    @Slot()
    def ask_summary(self) -> None:
        """Have the counts read again, unless the last answer is still under way."""
        if not self._asking and not self._context.executor.closed:
            self._asking = True
            self._context.executor.ask(lambda queries: queries.day_summary(), self._take_summary, self)

    def _take_summary(self, summary: DaySummary) -> None:
        self._asking = False
        self.show_summary(summary)

    def show_summary(self, summary: DaySummary) -> None:
        if summary == self._shown:
            return
        self._shown = summary
        expired = summary.days_left < 0
        self.term.show_figures(
            ("已到期" if expired else f"{summary.days_left} 天", Tone.BREACHED if expired else Tone.TEXT)
        )
        self._undecided.setVisible(summary.term_disputed)
        short = summary.employed_technicians < summary.required_technicians
        self.team.show_figures(
            (
                f"{summary.employed_technicians}/{summary.required_technicians}",
                Tone.BREACHED if short else Tone.TEXT,
            ),
            (str(summary.sendable), Tone.SOON if summary.sendable == 0 else Tone.TEXT),
        )
        self.today.show_figures(
            (str(summary.reported_today), Tone.TEXT),
            (str(summary.open_now), Tone.TEXT),
            (str(summary.breached_open), Tone.BREACHED if summary.breached_open else Tone.TEXT),
        )
        limit = summary.count_limit
        self.breaches.show_figures(
            *(
                (f"{count}/{limit}", self._count_tone(count, limit))
                for count in (summary.unreachable_count, summary.nobody_sent_count)
            )
        )
        self._fit()

    @staticmethod
    def _count_tone(count: int, limit: int) -> Tone:
        if count >= limit:
            return Tone.BREACHED
        return Tone.SOON if count else Tone.TEXT

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        # The quiet parts go when there is no room: they must not hold the window open.
        return QSize(0, HEIGHT)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # Figures have grown or shrunk, or got their font only now.
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Show as many of the quiet parts as the width takes; the first of them go first."""
        gone = 0
        while gone < len(self._quiet_parts) and self._needs(self._quiet_parts[gone:]) > self.width():
            gone += 1
        for place, part in enumerate(self._quiet_parts):
            part.setVisible(place >= gone)

    def _needs(self, quiet: list[QWidget]) -> int:
        """Width that everything takes if of the quiet parts only these are there."""
        parts = [self.clock, self.today, self.breaches, self.operator, *quiet]
        if not self._undecided.isHidden():
            parts.append(self._undecided)
        margins = self._row.contentsMargins()
        room = margins.left() + margins.right() + AFTER_CLOCK + self._row.spacing() * (len(parts) + 2)
        return room + SEARCH_LEAST + sum(part.sizeHint().width() for part in parts)

    @Slot()
    def _to_contract(self) -> None:
        self.page_asked.emit("contract")

    @Slot()
    def _to_desk(self) -> None:
        self.page_asked.emit("desk")

    @Slot()
    def _to_tallies(self) -> None:
        self.page_asked.emit("tallies")
