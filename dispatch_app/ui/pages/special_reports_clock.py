"""The head over the form: which fault, and how long there is still to write."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.clocks import ClockState
from dispatch_app.ui.desk.beijing import clock_text, figure_text, short_moment_text
from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.desk.urgency import ROLES, Thresholds, Urgency, figure, is_live, share, urgency
from dispatch_app.ui.pages.special_reports_list import MISSING, STATUS_WORDS, ReportItem
from dispatch_app.ui.theme.theme import Theme, Themes
from dispatch_app.ui.widgets.labels import ElidedLabel, Text
from dispatch_app.ui.widgets.polish import Size, Tone

CLAUSE = "二.4"


class ReportClock(QWidget):
    """Site and number at the left; at the right the time left, large, over a bar of the time used up."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._site = ElidedLabel("", Size.SITE, Tone.TEXT)
        self._words = ElidedLabel("", Size.SMALL, Tone.QUIET)
        self._figure = Text("", Size.CLOCK, Tone.QUIET)
        self._due = Text("", Size.SMALL, Tone.QUIET)
        self._bar = _Bar(themes)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self._site)
        left.addWidget(self._words)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(2)
        right.addWidget(self._figure)
        right.addWidget(self._due)
        for label in (self._figure, self._due):
            label.setAlignment(label.alignment() | label.alignment().AlignRight)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._bar)

    @property
    def figure(self) -> str:
        """The large figure, for tests."""
        return self._figure.text()

    @property
    def due(self) -> str:
        return self._due.text()

    def show_item(self, item: ReportItem, now: int, thresholds: Thresholds) -> None:
        """Say how `item` stands at `now`, epoch seconds UTC."""
        self._site.setText(item.site_name)
        self._words.setText(item.words)
        level = Urgency.NONE
        clock = item.clock
        if clock is None or clock.due_at is None or clock.state is ClockState.VOID:
            self._say(STATUS_WORDS[item.status], "专报时限不计", Tone.QUIET)
        elif item.status in (MISSING, "draft") and is_live(clock):
            level = urgency(clock, now, thresholds) if thresholds else Urgency.IN_TIME
            due = f"应于 {short_moment_text(clock.due_at, now)} 前上报（{CLAUSE}）"
            self._say(figure(clock, now), due, Tone(ROLES[level]))
        else:
            at = clock.stopped_at if clock.stopped_at is not None else item.at
            late = f"，超时 {figure_text(clock.late_s)}" if clock.state is ClockState.BREACHED else ""
            self._say(STATUS_WORDS[item.status], f"{clock_text(at)} 上报{late}", Tone.QUIET)
        self._bar.show_share(share(clock, now) if level is not Urgency.NONE and clock else 0.0, level)

    def _say(self, figure_words: str, due: str, tone: Tone) -> None:
        self._figure.setText(figure_words)
        self._figure.set_tone(tone)
        self._due.setText(due)
        self.setAccessibleName(f"{self._site.text()} {self._words.text()} {figure_words} {due}")


class _Bar(QWidget):
    """How much of the two hours is used up."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._share, self._level = 0.0, Urgency.NONE
        self._kit = PaintKit(themes.current, QApplication.font().family())
        self.setFixedHeight(8)
        themes.changed.connect(self._recolour)

    def show_share(self, share: float, level: Urgency) -> None:
        if (share, level) != (self._share, self._level):
            self._share, self._level = share, level
            self.setVisible(level is not Urgency.NONE)
            self.update()

    def _recolour(self, theme: Theme) -> None:
        self._kit = PaintKit(theme, QApplication.font().family())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._kit.bar(painter, QRectF(self.rect()), self._level, self._share)
