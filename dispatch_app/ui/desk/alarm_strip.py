"""The strip above the queue: what rang and nobody has heard yet, the worst first, and the silence button.

It takes its room from the queue alone, so that nothing a person is typing into moves or is covered; a click
in it leaves the caret where it was.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from dispatch_app.operations.alarm_ladder import Alarm, Rung
from dispatch_app.ui.desk.alarm_mute import MINUTES
from dispatch_app.ui.desk.alarm_words import AlarmSettings, alarm_words, consequence, figure_words, spread
from dispatch_app.ui.desk.beijing import figure_text
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.labels import ElidedLabel, Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

SHOWN = 3
"""So many stand in the strip; the rest are counted."""
SHOWN_COMPACT = 1
"""On a low screen, where every line is taken from the selected fault."""
NAMED = 20
"""So many of those counted are named in the tool tip: more would not fit on a screen."""
ROOMY = 940
"""Height of the page, logical pixels, from which on all of them are shown."""
ANSWER_KEY = "F8"
MUTE_KEY = "Shift+F8"
ICON = 20
FIGURE, FIGURE_COMPACT = 104, 64
"""Least width of the figure, so that several stand in a column."""


class AlarmLine(QFrame):
    """One alarm. Signals: answered and fault_asked carry its `Alarm`."""

    answered = Signal(object)
    fault_asked = Signal(object)

    def __init__(self, themes: Themes, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._alarm: Alarm | None = None
        self._compact = False
        self.icon = QLabel()
        self.figure = Text("", Size.SITE)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.figure.setMinimumWidth(FIGURE)
        self.name = Button("", Kind.BARE)
        self.says = ElidedLabel("", Size.QUIET)
        self.answer = Button("知道了", Kind.PLAIN, key)
        for button in (self.name, self.answer):
            # A click here must leave the caret where it was: in a half-typed call.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 3, 1)
        row.setSpacing(8)
        row.addWidget(self.icon)
        row.addWidget(self.figure)
        row.addWidget(self.name)
        row.addWidget(self.says, 1)
        row.addWidget(self.answer)
        self.name.clicked.connect(self._ask_fault)
        self.answer.clicked.connect(self._answer)
        themes.changed.connect(self.recolour)

    @property
    def alarm(self) -> Alarm | None:
        """What it shows, None while it is out of use."""
        return self._alarm

    def set_compact(self, compact: bool) -> None:
        """On a small screen the colour, the icon and the + of the figure say that it is over."""
        self._compact = compact
        self.figure.setMinimumWidth(FIGURE_COMPACT if compact else FIGURE)

    def show_alarm(self, alarm: Alarm | None, settings: AlarmSettings, now: int) -> None:
        """Show an alarm, or nothing."""
        self._alarm = alarm
        self.setVisible(alarm is not None)
        if alarm is None:
            return
        tone = Tone.BREACHED if alarm.rung is Rung.BREACHED else Tone.SOON
        describe(self, banner=str(tone))
        label = alarm.watch.label
        state = "已超时" if alarm.rung is Rung.BREACHED else "最后提醒"
        self.name.set_text(label if self._compact else f"{label} {state}")
        self.name.setAccessibleName(f"{label} {state}，选中这件故障")
        self.name.setToolTip("选中这件故障（空格）" if alarm.watch.fault_id else "没有对应的故障")
        self.name.setEnabled(bool(alarm.watch.fault_id))
        self.answer.setAccessibleName(f"知道了：{label} {state}")
        for text in (self.figure, self.says):
            text.set_tone(tone)
        self.says.setText(consequence(alarm, settings))
        self.recolour()
        self.tick(now)

    def tick(self, now: int) -> None:
        if self._alarm is not None:
            self.figure.setText(figure_words(self._alarm, now))

    @Slot()
    def recolour(self) -> None:
        if self._alarm is not None:
            over = self._alarm.rung is Rung.BREACHED
            icon, role = ("danger", "breached_text") if over else ("bell", "soon_text")
            self.icon.setPixmap(self._themes.pixmap(icon, role, ICON, self.devicePixelRatioF()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._ask_fault()

    @Slot()
    def _ask_fault(self) -> None:
        self.fault_asked.emit(self._alarm)

    @Slot()
    def _answer(self) -> None:
        self.answered.emit(self._alarm)


class AlarmStrip(QWidget):
    """Signals: answered and fault_asked carry an `Alarm`; mute_asked carries minutes, 0 to end it."""

    answered = Signal(object)
    fault_asked = Signal(object)
    mute_asked = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("时限提醒")
        self._compact = False
        self._alarms: tuple[Alarm, ...] = ()
        self._settings = AlarmSettings()
        self.lines = [AlarmLine(themes, ANSWER_KEY if place == 0 else "") for place in range(SHOWN)]
        self.more = Text("", Size.QUIET, Tone.QUIET)
        self.mute = Button("静音…", Kind.PLAIN, MUTE_KEY)
        self.mute.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mute.setToolTip(f"只能静几分钟，提醒条照样显示（{MUTE_KEY}）")
        self.lines[0].answer.setToolTip(f"不再提醒这一档，下一档照常提醒（{ANSWER_KEY}）")
        self._menu = QMenu(self)
        for minutes in MINUTES:
            self._menu.addAction(f"静音 {minutes} 分钟").setData(minutes)
        self._off = self._menu.addAction("现在恢复提醒声")
        self._off.setData(0)
        column = QVBoxLayout()
        column.setSpacing(4)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 6)
        row.setSpacing(10)
        row.addLayout(column, 1)
        for widget in (self.more, self.mute):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.more.setMinimumHeight(self.mute.sizeHint().height())
        for line in self.lines:
            line.hide()
            column.addWidget(line)
            line.answered.connect(self.answered)
            line.fault_asked.connect(self.fault_asked)
        self.mute.clicked.connect(self.open_menu)
        self._menu.triggered.connect(self._take_minutes)
        self.hide()

    @property
    def worst(self) -> Alarm | None:
        """The alarm at the top."""
        return self.lines[0].alarm

    def show_alarms(self, alarms: Sequence[Alarm], settings: AlarmSettings, now: int) -> None:
        """Show these, the worst first."""
        self._alarms, self._settings = spread(alarms), settings
        shown = self._alarms[: SHOWN_COMPACT if self._compact else SHOWN]
        for place, line in enumerate(self.lines):
            line.show_alarm(shown[place] if place < len(shown) else None, settings, now)
        rest = len(alarms) - len(shown)
        self.more.setText(f"另有 {rest} 条" if rest > 0 else "")
        hidden = self._alarms[len(shown) :]
        named = [alarm_words(alarm, now) for alarm in hidden[:NAMED]]
        if len(hidden) > NAMED:
            named.append(f"另有 {len(hidden) - NAMED} 条")
        self.more.setToolTip("\n".join(named))

    def set_compact(self, compact: bool, now: int) -> None:
        """Whether it stands on a low screen."""
        if compact != self._compact:
            self._compact = compact
            for line in self.lines:
                line.set_compact(compact)
            # Its tool tip still names it.
            self.mute.set_key("" if compact else MUTE_KEY)
            self.show_alarms(self._alarms, self._settings, now)

    def show_mute(self, left: int) -> None:
        """How long it is still silent, seconds; 0 for not."""
        self.mute.set_text(f"静音中 {figure_text(left)}" if left else "静音…")
        self._off.setVisible(left > 0)

    def tick(self, now: int) -> None:
        for line in self.lines:
            line.tick(now)

    @Slot()
    def open_menu(self) -> None:
        self._menu.popup(self.mute.mapToGlobal(self.mute.rect().bottomLeft()))

    @Slot(object)
    def _take_minutes(self, action: QAction) -> None:
        self.mute_asked.emit(action.data())
