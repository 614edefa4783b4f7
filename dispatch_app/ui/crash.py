"""Bugs are told, once for each trace, and kept in a file that holds nothing about anybody.

Known errors never come here; what comes here is a fault of the program. The report has the kinds of the
exceptions, the places in the source and the versions. What an exception says in words may quote a caller's
name or number, so all but plain ASCII words of the program's own vocabulary is struck out.
"""

from __future__ import annotations

import hashlib
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    QUrl,
    Signal,
    Slot,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from dispatch_app import __version__
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

FOLDER = "crash"
LOG = "qt-messages.log"
LOG_LIMIT = 200_000
PACKAGE_ROOT = Path(__file__).resolve().parents[2]


def scrubbed(text: str) -> str:
    """What may be kept of an exception's words: quotations, figures of five and more and everything that
    is not ASCII are struck out, and so is all that follows the parameters of an SQL statement."""
    text = text.split("[parameters:", 1)[0]
    text = re.sub(r"'[^']*'|\"[^\"]*\"", "'…'", text)
    text = re.sub(r"\d{5,}", "…", text)
    return re.sub(r"[^\x20-\x7e\n…]+", "…", text)


def describe_error(error: BaseException) -> str:
    """The chain of exceptions with the places they passed, without the words of anybody."""
    parts = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        places = [
            f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        kind = type(current)
        parts.append("\n".join([f"{kind.__module__}.{kind.__qualname__}: {scrubbed(str(current))}", *places]))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n\n因为\n\n".join(parts)


def _place(file_name: str) -> str:
    """A source file without the folders of this machine, which can hold a user's name."""
    path = Path(file_name)
    if path.is_relative_to(PACKAGE_ROOT):
        return path.relative_to(PACKAGE_ROOT).as_posix()
    return "/".join(path.parts[-2:])


def versions() -> str:
    return (
        f"dispatch-app {__version__}\nPython {platform.python_version()}\nQt {qVersion()}\n"
        f"{platform.system()} {platform.release()} {platform.machine()}"
    )


class CrashReports(QObject):
    """Takes bugs from wherever they come up, files them, and shows each trace once.

    Signals:
        filed: a new trace was filed; carries the text and the path.
    """

    filed = Signal(object, object)
    _caught = Signal(object)

    def __init__(self, folder: Path, now: Callable[[], int], parent: QObject | None = None) -> None:
        """`folder`: the data folder. `now`: epoch seconds UTC."""
        super().__init__(parent)
        self._folder = folder / FOLDER
        self._now = now
        self._known: set[str] = set()
        self._former: list[object] = []
        self._former_qt: object = None
        # Emitted on whatever thread the bug came up on; handled on this one.
        self._caught.connect(self.report)

    def install(self) -> None:
        """Listen to Python, its threads and Qt until `uninstall`."""
        self._former = [sys.excepthook, threading.excepthook, sys.unraisablehook]
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        self._former_qt = qInstallMessageHandler(self._on_qt_message)

    def uninstall(self) -> None:
        if self._former:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._former  # type: ignore[assignment]  # what `install` took from there
            self._former = []
            qInstallMessageHandler(self._former_qt)

    @Slot(object)
    def report(self, error: BaseException) -> None:
        """File a bug, unless one with the same trace was filed before in this run."""
        body = describe_error(error)
        mark = hashlib.sha256(body.encode()).hexdigest()[:12]
        if mark in self._known:
            return
        self._known.add(mark)
        now = self._now()
        text = f"{versions()}\n时刻 {now}（UTC 纪元秒）\n编号 {mark}\n\n{body}\n"
        path = self._folder / f"{now}-{mark}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError:
            # A full disk must not hide the bug: it is still shown and still on standard error.
            path = Path()
        sys.stderr.write(text)
        self.filed.emit(text, path)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        self._caught.emit(error.with_traceback(trace))

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught.emit(args.exc_value)

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self._caught.emit(args.exc_value)

    def _on_qt_message(self, level: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        line = f"{self._now()} {level.name} {scrubbed(words)}\n"
        sys.stderr.write(line)
        path = self._folder / LOG
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > LOG_LIMIT:
                path.unlink()
            with path.open("a", encoding="utf-8") as log:
                log.write(line)
        except OSError as error:
            sys.stderr.write(f"{path.name}: {error.strerror}\n")


class CrashDialog(QDialog):
    """Shows one report. It neither blocks the window nor takes the focus: a call may be half typed."""

    def __init__(self, text: str, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出了错")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(720, 440)
        self._text = text
        self._path = path
        saved = path != Path()
        where = f"报告已存为 {path.name}" if saved else "报告没能存下（磁盘写不进去），请复制下来"
        self.body = QPlainTextEdit(text)
        self.body.setReadOnly(True)
        self.body.setAccessibleName("错误报告")
        self.copy_button = Button("复制报告", Kind.PRIMARY)
        self.folder_button = Button("打开所在文件夹")
        self.folder_button.setVisible(saved)
        self.close_button = Button("关闭", key="Esc")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.folder_button, self.copy_button, self.close_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(Text("程序出了错，刚才那一步可能没有记上", Size.TITLE))
        column.addWidget(
            Text(
                f"已登记的都还在，可以接着用；请核对刚才那一步。{where}，里面没有任何人的姓名和号码。",
                Size.QUIET,
                Tone.QUIET,
                wrap=True,
            )
        )
        column.addWidget(self.body, 1)
        column.addLayout(row)
        self.copy_button.clicked.connect(self._copy)
        self.folder_button.clicked.connect(self._open_folder)
        self.close_button.clicked.connect(self.close)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))
