"""The recovery code on paper or in a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

TEXT = """安宁电子政务网络调度台  恢复码

{code}

用途：系统钥匙串丢失、换电脑或忘了口令时，打开调度台，按提示输入这串恢复码。
大小写、空格和连字号都不要紧。
保管：锁进柜子，不与电脑放在一起，不拍照，不发到网上。
凭它就能读出全部数据。
"""


class RecoverySheet(QObject):
    """Signals: told carries one line on what became of it."""

    told = Signal(str)

    def __init__(self, code: str, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._text = TEXT.format(code=code)

    @property
    def text(self) -> str:
        return self._text

    @Slot()
    def ask_where_to_save(self) -> None:
        dialog = QFileDialog(self._window, "存恢复码", "调度台恢复码.txt", "文本 (*.txt)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.fileSelected.connect(self.save)
        dialog.open()

    @Slot(str)
    def save(self, path: str) -> None:
        try:
            # Windows' notepad takes a text without the mark for the local code page.
            Path(path).write_text(self._text, encoding="utf-8-sig")
        except OSError as error:
            self.told.emit(f"没有存下（{error.strerror}）：换一个位置，或打印、抄写")
        else:
            self.told.emit(f"已存为 {path}；请移到别的盘或 U 盘")

    @Slot()
    def ask_printer(self) -> None:
        dialog = QPrintDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._print_asked)
        self._dialog = dialog
        # QPrintDialog hides this behind an overload that wants a receiver and a C++ slot.
        QDialog.open(dialog)

    @Slot(int)
    def _print_asked(self, result: int) -> None:
        if result == QDialog.DialogCode.Accepted.value:
            self.print_on(self._dialog.printer())

    def print_on(self, printer: QPrinter) -> None:
        """One A4 page."""
        printer.setPageMargins(QMarginsF(25, 25, 25, 25), QPageLayout.Unit.Millimeter)
        painter = QPainter()
        done = painter.begin(printer)
        if done:
            face = QFont(QApplication.font())
            face.setPointSizeF(13)
            painter.setFont(face)
            room = painter.viewport()
            painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self._text)
            done = painter.end() and printer.printerState() is not QPrinter.PrinterState.Error
        self.told.emit("已送打印机；请到打印机旁取走" if done else "打印没有成功：存为文件，或抄写")
