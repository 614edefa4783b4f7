"""The window: head, rail, pages, the message bar over them, and in a drill the banner above all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.operations.rows import FaultRow
from dispatch_app.ui.bridge.executor import Applied, Refusal
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.alarm_desk import AlarmDesk
from dispatch_app.ui.drill_banner import DrillBanner
from dispatch_app.ui.far_alarm import FarAlarm
from dispatch_app.ui.head import HeadBar
from dispatch_app.ui.journeys import Journeys
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.operator_menu import OperatorMenu
from dispatch_app.ui.page_list import PAGES, PageEntry
from dispatch_app.ui.palette.palette import Palette
from dispatch_app.ui.palette.ways import Ways
from dispatch_app.ui.rail import KEYS, Rail, page_key
from dispatch_app.ui.undo import Undo, UndoKey
from dispatch_app.ui.widgets.message_bar import STAYS, MessageBar
from dispatch_app.ui.widgets.polish import describe

TITLE = "安宁电子政务网络调度台"
SMALLEST = (1024, 600)


class MainWindow(QMainWindow):
    """Everything a person sees once the database is open.

    Signals:
        drill_asked: a person wants a drill.
    """

    drill_asked = Signal()

    def __init__(
        self,
        context: UiContext,
        memory: LayoutMemory,
        drill: DrillClock | None = None,
        pages: Sequence[PageEntry] = PAGES,
    ) -> None:
        super().__init__()
        self.setWindowTitle(f"{TITLE} 演练" if drill is not None else TITLE)
        self.setMinimumSize(*SMALLEST)
        self._context = context
        self._memory = memory
        self._pages = tuple(pages)
        self._made: dict[str, QWidget] = {}
        self.journeys = Journeys(context, self._go, self)
        self.undo = Undo(context.executor, context.messages, self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._undo_key = UndoKey(app, self)
        self.head = HeadBar(context)
        self.menu = OperatorMenu(context, self.head.operator, drill=drill is not None)
        self.rail = Rail(context.themes, self._pages)
        self.stack = QStackedWidget()
        self.far_alarm = FarAlarm(lambda: context.ticker.now)
        self.banner = DrillBanner(drill) if drill is not None else None
        self._lay_out()
        self.message_bar = MessageBar(context.themes, self.centralWidget())
        ways = Ways(context.messages, self.journeys, self.show_page, self.undo, self._ask_drill)
        self.palette_list = Palette(
            context, self.head.search, self._pages, self._fault_in_sight, ways.go, self.centralWidget()
        )
        self._connect()
        self._read_settings()
        if not memory.restore(self):
            self._take_usual_size()
        self.show_page(memory.text("page", self._pages[0].key))
        # Alarms ring on the desk, whatever page the last day ended on.
        self.page_widget("desk")

    def _lay_out(self) -> None:
        central = QWidget()
        describe(central, ground=True)
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.banner is not None:
            column.addWidget(self.banner)
        column.addWidget(self.head)
        column.addWidget(self.far_alarm)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.stack, 1)
        column.addLayout(row, 1)
        self.setCentralWidget(central)
        # Without tool bars nothing ever glides; Qt makes an animation at every layout all the same.
        self.setAnimated(False)

    def _connect(self) -> None:
        context = self._context
        self.head.page_asked.connect(self.show_page)
        self.menu.drill_asked.connect(self.drill_asked)
        self.rail.chosen.connect(self._show_place)
        context.ticker.second.connect(self.far_alarm.tick)
        self.far_alarm.fault_asked.connect(self._to_alarm)
        context.messages.shown.connect(self.message_bar.show_message)
        # What is worked in grows and shrinks as it is filled in.
        context.ticker.second.connect(self.message_bar.keep_clear)
        self.message_bar.undo_asked.connect(self.undo.take_back)
        context.executor.applied.connect(self._say_done)
        context.executor.refused.connect(self._say_refused)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo.take_back_last)
        self._call_key = QShortcut(QKeySequence("F2"), self, self.journeys.begin_call)
        QShortcut(QKeySequence("Ctrl+K"), self, self.palette_list.toggle)
        for place in range(min(KEYS, len(self._pages))):
            QShortcut(QKeySequence(page_key(place)), self, partial(self._show_place, place))
        if self.banner is not None:
            self.banner.ended.connect(self.close)

    def _take_usual_size(self) -> None:
        # The desk is the one thing on its screen.
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(1600, room.width()), min(900, room.height()))
        self.setWindowState(Qt.WindowState.WindowMaximized)

    @property
    def page(self) -> str:
        """Key of the page in sight."""
        widget = self.stack.currentWidget()
        return next((key for key, made in self._made.items() if made is widget), "")

    def page_widget(self, key: str) -> QWidget:
        """The page itself, made now if nobody has looked at it yet."""
        if key not in self._made:
            entry = next(entry for entry in self._pages if entry.key == key)
            widget = entry.make(self._context, self.journeys)
            self._made[key] = widget
            if isinstance(alarms := getattr(widget, "alarms", None), AlarmDesk):
                self.far_alarm.follow(alarms)
            self.stack.addWidget(widget)
            for splitter in widget.findChildren(QSplitter):
                self._memory.restore_splitter(splitter)
        return self._made[key]

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page by its key; a key no page has (an old .ini) means the first."""
        keys = [entry.key for entry in self._pages]
        self._show_place(keys.index(key) if key in keys else 0)

    def _go(self, key: str) -> QWidget:
        self.show_page(key)
        return self.page_widget(key)

    def _fault_in_sight(self) -> FaultRow | None:
        """The fault the desk shows, while the desk is what is shown."""
        from dispatch_app.ui.desk.desk_page import DeskPage

        page = self.stack.currentWidget()
        return page.selected_fault if isinstance(page, DeskPage) else None

    def _ask_drill(self) -> None:
        if self.banner is None:
            self.drill_asked.emit()
        else:
            self._context.messages.note("已经在演练里", "要从头再来，关掉这个窗口重新打开")

    @Slot(object)
    def _to_alarm(self, fault_id: str) -> None:
        if fault_id:
            self.journeys.open_fault(fault_id)
        else:
            self.show_page("desk")

    @Slot(int)
    def _show_place(self, place: int) -> None:
        page = self.page_widget(self._pages[place].key)
        self.stack.setCurrentWidget(page)
        self.far_alarm.set_away(self._pages[place].key != "desk")
        # A page says with its focus proxy or policy where typing goes; the head must not get it by chance.
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rail.show_chosen(place)
        # The desk has its own F2; two for one key would cancel each other out.
        self._call_key.setEnabled(self._pages[place].key != "desk")

    def _read_settings(self) -> None:
        self._context.executor.ask(lambda queries: queries.setting("undo_seconds"), self._take_seconds, self)

    def _take_seconds(self, seconds: str) -> None:
        self.message_bar.set_seconds(int(seconds))

    @Slot(object)
    def _say_done(self, applied: Applied) -> None:
        changes = applied.changes
        if "undo_seconds" in changes.settings:
            self._read_settings()
        if changes.message:
            self._context.messages.done(changes.message, changes.undo)
        elif self.message_bar.message is not None and self.message_bar.message.level in STAYS:
            # Something was done since the refusal: it has been read, or does not matter any more.
            self.message_bar.dismiss()

    @Slot(object)
    def _say_refused(self, refusal: Refusal) -> None:
        self._context.messages.refuse(refusal.error)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._memory.keep("page", self.page)
        self._memory.save(self)
        super().closeEvent(event)
