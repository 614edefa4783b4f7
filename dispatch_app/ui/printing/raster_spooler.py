"""Printing through Qt where there is no CUPS (Windows): PDFium's pixels at 600 dots an inch, no margins.

The pixels come from the bytes that were previewed and saved, so the paper shows the same page.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QObject, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.rasters import Raster, page_count, page_size, render_page
from dispatch_app.ui.bridge.executor import Executor
from dispatch_app.ui.printing.media import PageMedium, medium_of
from dispatch_app.ui.printing.spooler import Job, PrintFailure, Queue, Receipt, Spooler

DOTS_PER_INCH = 600
_STATES = {
    QPrinter.PrinterState.Idle: "空闲",
    QPrinter.PrinterState.Active: "正在打印",
    QPrinter.PrinterState.Aborted: "已停用",
    QPrinter.PrinterState.Error: "故障",
}


def _printer_of_the_system(name: str) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    return printer


class RasterSpooler(Spooler):
    """Prints with QPrinter. Painting a page takes a second or so and happens in the executor's reader."""

    def __init__(
        self,
        executor: Executor,
        parent: QObject | None = None,
        make_printer: Callable[[str], QPrinter] = _printer_of_the_system,
        dots_per_inch: int = DOTS_PER_INCH,
    ) -> None:
        super().__init__(parent)
        self._executor = executor
        self._make_printer = make_printer
        self._dots_per_inch = dots_per_inch
        self._sent = 0

    def look(self) -> None:
        default = QPrinterInfo.defaultPrinterName()
        queues = []
        for info in QPrinterInfo.availablePrinters():
            state = info.state()
            ready = state in (QPrinter.PrinterState.Idle, QPrinter.PrinterState.Active)
            name = info.printerName()
            queues.append(Queue(name, name == default, ready, _STATES[state]))
        self.listed.emit(tuple(sorted(queues, key=lambda queue: (not queue.is_default, queue.name))))

    def send(self, job: Job, queue: str) -> None:
        def paint(_queries: object) -> KnownError | None:
            printer = self._make_printer(queue)
            # An unknown name is passed over in silence, and the former printer kept.
            if not printer.isValid() or printer.printerName() != queue:
                return KnownError(f"找不到打印机 {queue}", "在「打印机」里另选一台；单号已保留")
            printer.setDocName(job.ascii_name)
            printer.setCopyCount(job.copies)
            return paint_job(printer, job.pdf, self._dots_per_inch)

        def painted(error: KnownError | None) -> None:
            if error is None:
                self._sent += 1
                self.took.emit(Receipt(job, queue, f"{queue}-{self._sent}"))
            else:
                self.failed.emit(PrintFailure(job, queue, error))

        self._executor.ask(paint, painted, self)


def paint_job(printer: QPrinter, pdf: bytes, dots_per_inch: int = DOTS_PER_INCH) -> KnownError | None:
    """Paint every page of `pdf` on its paper without margins. Answers with why it did not work, or None."""
    medium = medium_of(page_size(pdf))
    if medium.is_a4:
        printer.setResolution(dots_per_inch)
    else:
        # The bars of a label are whole dots of the printer it was made for: no others come between.
        dots_per_inch = printer.resolution()
    printer.setFullPage(True)
    painter = QPainter()
    for index in range(page_count(pdf)):
        raster = render_page(pdf, index, dots_per_inch)
        lying = raster.width > raster.height
        way = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        # A sheet takes its size and its way when it begins.
        printer.setPageLayout(QPageLayout(_size(medium), way, QMarginsF(0, 0, 0, 0)))
        begun = printer.newPage() if index else painter.begin(printer)
        if not begun:
            name = printer.printerName()
            return KnownError(f"打印机 {name} 没有接收", "检查打印机；单号已保留，按「再印一次」")
        paper = printer.pageLayout().fullRectPixels(dots_per_inch)
        painter.drawImage(QRect(0, 0, paper.width(), paper.height()), image_of(raster))
    painter.end()
    return None


def _size(medium: PageMedium) -> QPageSize:
    """The paper standing upright, as Qt wants it; the way it lies is said beside it."""
    if medium.is_a4:
        return QPageSize(QPageSize.PageSizeId.A4)
    short, long = sorted((medium.width, medium.height))
    return QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter, medium.words)


def image_of(raster: Raster) -> QImage:
    """A picture that owns its pixels."""
    size = raster.width * 4
    return QImage(raster.bgrx, raster.width, raster.height, size, QImage.Format.Format_RGB32).copy()
