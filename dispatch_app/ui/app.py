"""The Qt application and one open desk with its window; bootstrap hands in the parts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QProcess, Slot

from dispatch_app.operations.clock import Clock, MachineTime
from dispatch_app.operations.desk import Desk
from dispatch_app.ui.appearance import Appearance
from dispatch_app.ui.bridge.executor import Executor
from dispatch_app.ui.bridge.messages import Messages
from dispatch_app.ui.bridge.ticker import Ticker
from dispatch_app.ui.collector import let_rest
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.crash import CrashDialog, CrashReports
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.main_window import MainWindow
from dispatch_app.ui.page_list import PAGES, PageEntry
from dispatch_app.ui.second_start import bring_to_front
from dispatch_app.ui.start.curtain import Curtain
from dispatch_app.ui.start.start_window import StartWindow
from dispatch_app.ui.start.way_in import WayIn
from dispatch_app.ui.theme.theme import Themes

if TYPE_CHECKING:
    from dispatch_app.ui.drill_runner import Drill, DrillRunner


class OpenDesk(QObject):
    """A desk with its threads, its ticker and its window. `close` it once the event loop has ended."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        resources: Path,
        themes: Themes,
        memory: LayoutMemory,
        *,
        data_folder: Path | None = None,
        reports: CrashReports | None = None,
        drill: Drill | None = None,
        machine: MachineTime | None = None,
        pages: Sequence[PageEntry] = PAGES,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.executor = Executor(desk, self)
        self.ticker = Ticker(clock, self, machine)
        self.messages = Messages(self)
        self.context = UiContext(
            desk, self.executor, self.ticker, self.messages, themes, resources, data_folder
        )
        self.appearance = Appearance(self.executor, themes, memory, self)
        self.window = MainWindow(self.context, memory, drill.clock if drill is not None else None, pages)
        self.runner = self._play(drill) if drill is not None else None
        if reports is not None:
            self.executor.crashed.connect(reports.report)
            reports.filed.connect(self._show_crash)

        self.window.drill_asked.connect(self._start_drill)

    def _play(self, drill: Drill) -> DrillRunner:
        from dispatch_app.ui.drill_runner import DrillRunner

        runner = DrillRunner(drill, self.executor, self.ticker, self.messages, self)
        banner = self.window.banner
        assert banner is not None
        banner.skip_asked.connect(runner.skip)
        runner.progressed.connect(banner.show_progress)
        self.ticker.second.connect(banner.show_pause)
        banner.show_progress(drill.player.progress)
        return runner

    def show(self) -> None:
        self.window.show()
        self.ticker.start()

    @Slot(object, object)
    def _show_crash(self, text: str, path: Path) -> None:
        CrashDialog(text, path, self.window).show()

    @Slot()
    def _start_drill(self) -> None:
        # A process of its own: whatever happens in a drill, the desk's database is out of its reach.
        started, _ = QProcess.startDetached(sys.executable, ["-m", "dispatch_app", "drill"])
        if started:
            self.messages.note("演练在另一个窗口里打开")
        else:
            self.messages.danger("演练没有启动", "在命令行运行 dispatch-app drill 看原因")

    def close(self) -> None:
        """Take the window down, finish what is under way, end the threads; the database may be closed then.

        May be repeated.
        """
        if self.executor.closed:
            return
        from dispatch_app.ui.printing.spooler import Spooler

        self.ticker.stop()
        # Before the threads: a page may still hand in a draft while it is hidden.
        self.window.close()
        for spooler in self.window.findChildren(Spooler):
            spooler.close()
        self.executor.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Program(QObject):
    """From the start screens to the open desk, in one event loop."""

    def __init__(
        self,
        way_in: WayIn,
        put_up: Callable[[], OpenDesk],
        themes: Themes,
        reports: CrashReports,
        curtain: Curtain | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`put_up` makes the open desk once `way_in` holds the database. `curtain` goes as soon as there is
        anything else to see."""
        super().__init__(parent)
        self._curtain = curtain
        self._put_up = put_up
        self._closed = False
        self.desk: OpenDesk | None = None
        self.start = StartWindow(way_in, themes)
        self.start.opened.connect(self._open)
        self.start.came_up.connect(self._lift)
        self.start.crashed.connect(reports.report)
        reports.filed.connect(self._show_crash)

    def begin(self) -> None:
        self.start.begin()

    @Slot()
    def come_to_front(self) -> None:
        """Somebody started the program a second time on the same data."""
        bring_to_front(self.desk.window if self.desk is not None else self.start)

    def close(self) -> None:
        """End every thread and take every window down. May be repeated."""
        if self._closed:
            return
        self._closed = True
        self.start.shut()
        self.start.deleteLater()
        if self.desk is not None:
            self.desk.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    @Slot()
    def _open(self) -> None:
        self.desk = self._put_up()
        self.desk.show()
        self.start.hide()
        self._lift()
        let_rest()

    @Slot()
    def _lift(self) -> None:
        if self._curtain is not None:
            self._curtain.close()
            self._curtain = None

    @Slot(object, object)
    def _show_crash(self, text: str, path: Path) -> None:
        if self.desk is None:
            self._lift()
            CrashDialog(text, path, self.start).show()
