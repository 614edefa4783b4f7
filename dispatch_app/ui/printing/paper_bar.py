"""The buttons under every issued paper: print, print again, save, and which printer."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.operations.rows import DocumentRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.paper_printer import PaperPrinter
from dispatch_app.ui.printing.printer_pane import PrinterPane
from dispatch_app.ui.printing.spooler import PrintFailure, Receipt
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.labels import ElidedLabel, Text
from dispatch_app.ui.widgets.polish import Size, Tone

_NOT_FOR_FILES = re.compile(r'[\\/:*?"<>|\s]+')


class PaperBar(QWidget):
    """Acts on the document given by `show_document`; without one there is nothing to print yet."""

    def __init__(
        self, context: UiContext, parent: QWidget | None = None, printer: PaperPrinter | None = None
    ) -> None:
        super().__init__(parent)
        self._document: DocumentRow | None = None
        self.printer = printer or PaperPrinter(context, self)
        self.print_button = Button("打印", Kind.ACCENT, "Ctrl+P")
        self.save_button = Button("另存 PDF")
        self.reprint_button = Button("补打")
        self.reprint_button.setToolTip("再印一份，纸上注明补打")
        self.again_button = Button("再印一次", Kind.ACCENT)
        self.again_button.setToolTip("上一份没有印出，单号不变")
        self.printer_button = Button("打印机", Kind.BARE)
        self.printer_button.setCheckable(True)
        self._resting = Text("编号出具后在这里打印", Size.SMALL, Tone.FAINT)
        self._status = ElidedLabel("", Size.SMALL, Tone.QUIET)
        self.pane = PrinterPane(self.printer, context.themes)
        self._dialog: QFileDialog | None = None
        self._lay_out()
        self._connect()
        self.show_document(None)
        self._name_printer()

    @property
    def document(self) -> DocumentRow | None:
        return self._document

    @property
    def status(self) -> str:
        """What became of the last job, in words."""
        return self._status.text()

    def show_document(self, document: DocumentRow | None) -> None:
        """The document the buttons act on; None for a draft, which cannot be printed."""
        if document is None or self._document is None or document.id != self._document.id:
            self._status.setText("")
            self.again_button.hide()
        self._document = document
        for button in (self.print_button, self.save_button, self.reprint_button):
            button.setVisible(document is not None)
        self._resting.setVisible(document is None)
        if document is not None and not self.printer.queues:
            self.printer.look()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.print_button, self.again_button, self.save_button, self.reprint_button):
            row.addWidget(button)
        row.addWidget(self._resting)
        row.addStretch(1)
        row.addWidget(self.printer_button)
        self.again_button.hide()
        self.pane.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.pane)
        column.addLayout(row)
        column.addWidget(self._status)

    def _connect(self) -> None:
        self.print_button.clicked.connect(self.print_now)
        self.reprint_button.clicked.connect(self.print_copy)
        self.again_button.clicked.connect(self.printer.again)
        self.save_button.clicked.connect(self.choose_file)
        self.printer_button.toggled.connect(self._show_printers)
        self.printer.printers_changed.connect(self._name_printer)
        self.printer.took.connect(self._took)
        self.printer.failed.connect(self._failed)
        self.printer.saved.connect(self._saved)
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, self.print_now)
        # The shortcut belongs to the page the bar stands on, not to the bar's own few widgets.
        key.setContext(Qt.ShortcutContext.WindowShortcut)

    @Slot()
    def print_now(self) -> None:
        """Print the document, or the one that failed once more."""
        if self.printer.held is not None and self.again_button.isVisible():
            self.printer.again()
        elif self._document is not None:
            self._status.setText(f"正在交给打印机 {self.printer.queue}")
            self.printer.print_document(self._document)

    @Slot()
    def print_copy(self) -> None:
        """Print one more, which says 补打."""
        if self._document is not None:
            self.printer.print_document(self._document, reprint=True)

    @Slot()
    def choose_file(self) -> None:
        """Ask where to, beside the work, and save there."""
        if self._document is None:
            return
        dialog = QFileDialog(self, "另存 PDF", file_name(self._document), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._file_chosen)
        self._dialog = dialog
        dialog.open()

    @Slot(str)
    def _file_chosen(self, path: str) -> None:
        if self._document is not None:
            self.printer.save(self._document, Path(path))

    @Slot(bool)
    def _show_printers(self, shown: bool) -> None:
        self.pane.setVisible(shown)
        if shown:
            self.printer.look()

    @Slot()
    def _name_printer(self) -> None:
        self.printer_button.set_text(f"打印机 {self.printer.queue}".rstrip())

    @Slot(object)
    def _took(self, receipt: Receipt) -> None:
        self.again_button.hide()
        self._status.setText(f"{receipt.job.number} 已交打印机 {receipt.queue}，作业 {receipt.job_number}")

    @Slot(object)
    def _failed(self, failure: PrintFailure) -> None:
        self.again_button.show()
        self._status.setText(f"{failure.job.number} 没有印出：{failure.error.message}")

    @Slot(object)
    def _saved(self, path: Path) -> None:
        self._status.setText(f"已存为 {path}")


def file_name(document: DocumentRow) -> str:
    """A file name that says what it is and that every system takes."""
    return _NOT_FOR_FILES.sub("-", f"{document.title} {document.number}").strip("-") + ".pdf"
