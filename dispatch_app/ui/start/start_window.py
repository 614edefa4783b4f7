"""Walks a person from a data folder to an open desk. Seconds of key stretching never stall the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.bridge.worker import Worker
from dispatch_app.ui.start.screens import (
    DeadEndScreen,
    PassphraseScreen,
    RecoveryKeyScreen,
    RecoveryScreen,
    RosterScreen,
    Screen,
    WelcomeScreen,
)
from dispatch_app.ui.start.way_in import Need, Situation, WayIn
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.polish import describe

T = TypeVar("T")
WIDTH, HEIGHT = 720, 600
LATE_MS = 1500
ROSTER_FILES = "服务人员表 (*.xlsx *.csv *.txt *.md)"


class StartWindow(QDialog):
    """Signals:
    opened: the desk can be put up; the way in holds the open database.
    came_up: a person can see this window.
    crashed: the exception of a bug met on the way.
    """

    opened = Signal()
    came_up = Signal()
    crashed = Signal(object)
    _came_back = Signal(object)

    def __init__(self, way_in: WayIn, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("安宁电子政务网络调度台")
        self.resize(WIDTH, HEIGHT)
        self._way_in = way_in
        self._worker = Worker("desk-start")
        self._busy = False
        self._must_keep_code = False
        self._came_back.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.stack = QStackedWidget()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName("正在处理")
        self._lay_out(themes)
        self._show_busy(False)
        # A key ring may keep one waiting; an empty screen for longer than this looks broken.
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LATE_MS)
        self._late.timeout.connect(self.show)

    def _lay_out(self, themes: Themes) -> None:
        mark = QLabel()
        mark.setPixmap(themes.pixmap("desk", "accent", 40, self.devicePixelRatioF()))
        card = QFrame()
        describe(card, card=True)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(32, 28, 32, 24)
        inner.setSpacing(16)
        inner.addWidget(mark)
        inner.addWidget(self.stack, 1)
        inner.addWidget(self.progress)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 24)
        row.addWidget(card)

    @property
    def screen_shown(self) -> Screen | None:
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Screen) else None

    @property
    def busy(self) -> bool:
        return self._busy

    def begin(self) -> None:
        """Look into the data folder and show the screen it needs; `opened` at once if it needs none."""
        self._late.start()
        self._ask(self._way_in.look, self._go_where_needed)

    def shut(self) -> None:
        """End the thread; called once the window is no longer wanted."""
        self._worker.close()

    def reject(self) -> None:
        """What Esc and the window's own button lead to."""
        # The code exists nowhere else yet; a closed window would lose it for good.
        if not (self._must_keep_code or self._busy):
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_up.emit()

    def _ask(self, question: Callable[[], T], answer: Callable[[T], None]) -> None:
        if self._busy:
            return
        self._show_busy(True)

        def run() -> None:
            try:
                value = question()
            except KnownError as error:
                self._hand_back(partial(self._refused, error))
            except Exception as error:  # noqa: BLE001 - a bug must reach the crash report, not end the thread
                self._hand_back(partial(self.crashed.emit, error))
            else:
                self._hand_back(partial(answer, value))

        self._worker.put(run)

    def _hand_back(self, call: Callable[[], None]) -> None:
        if shiboken6.isValid(self):
            self._came_back.emit(call)

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        self._show_busy(False)
        call()

    def _show_busy(self, busy: bool) -> None:
        self._busy = busy
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.setVisible(busy)
        self.stack.setEnabled(not busy)

    def _show(self, screen: Screen) -> None:
        self._late.stop()
        former = self.stack.currentWidget()
        self.stack.addWidget(screen)
        self.stack.setCurrentWidget(screen)
        screen.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        self.show()
        if former is not None:
            self.stack.removeWidget(former)
            former.deleteLater()

    def _refused(self, error: KnownError) -> None:
        screen = self.screen_shown
        if screen is None:
            self._dead_end(f"{error.message}。{error.remedy}")
        else:
            screen.show_trouble(error)

    def _go_where_needed(self, situation: Situation) -> None:
        if situation.need is Need.NOTHING:
            self._open(None)
        elif situation.need is Need.FIRST_START:
            welcome = WelcomeScreen(situation)
            welcome.asked.connect(self._first_start)
            self._show(welcome)
        elif situation.need is Need.PASSPHRASE:
            asking = PassphraseScreen()
            asking.asked.connect(self._with_passphrase)
            asking.recovery_asked.connect(partial(self._show_recovery, situation))
            self._show(asking)
        elif situation.need is Need.RECOVERY:
            self._show_recovery(situation)
        else:
            self._dead_end(situation.why)

    def _show_recovery(self, situation: Situation) -> None:
        screen = RecoveryScreen(situation)
        screen.asked.connect(self._with_recovery_code)
        self._show(screen)

    def _dead_end(self, words: str) -> None:
        screen = DeadEndScreen(words)
        screen.left.connect(self.close)
        self._show(screen)

    @Slot(str)
    def _first_start(self, passphrase: str) -> None:
        self._ask(partial(self._way_in.first_start, passphrase), self._show_code)

    @Slot(str)
    def _with_passphrase(self, passphrase: str) -> None:
        self._ask(partial(self._way_in.with_passphrase, passphrase), self._open)

    @Slot(str, str)
    def _with_recovery_code(self, code: str, passphrase: str) -> None:
        self._ask(partial(self._way_in.with_recovery_code, code, passphrase), self._open)

    def _open(self, _nothing: None) -> None:
        self._late.stop()
        self.opened.emit()

    def _show_code(self, code: str) -> None:
        from dispatch_app.ui.start.recovery_sheet import RecoverySheet

        self._must_keep_code = True
        screen = RecoveryKeyScreen(code)
        sheet = RecoverySheet(code, screen)
        screen.save_asked.connect(sheet.ask_where_to_save)
        screen.print_asked.connect(sheet.ask_printer)
        screen.copy_asked.connect(partial(self._copy, code, screen))
        sheet.told.connect(screen.note.setText)
        screen.kept.connect(self._code_kept)
        self._show(screen)

    @staticmethod
    def _copy(code: str, screen: RecoveryKeyScreen) -> None:
        QGuiApplication.clipboard().setText(code)
        screen.note.setText("已复制。粘贴保存后请清空剪贴板")

    @Slot()
    def _code_kept(self) -> None:
        self._must_keep_code = False
        screen = RosterScreen()
        screen.chosen.connect(self._ask_for_roster)
        screen.done.connect(self.opened)
        self._show(screen)

    @Slot()
    def _ask_for_roster(self) -> None:
        dialog = QFileDialog(self, "选择服务人员表", "", ROSTER_FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.import_roster)
        dialog.open()

    @Slot(str)
    def import_roster(self, path: str) -> None:
        """Take in the file a person picked."""
        self._ask(partial(self._way_in.import_roster, Path(path)), self._roster_taken)

    def _roster_taken(self, words: str) -> None:
        screen = self.screen_shown
        if isinstance(screen, RosterScreen):
            screen.show_result(words)
