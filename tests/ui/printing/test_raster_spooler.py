"""Without CUPS a page is painted as PDFium sees it: A4, no margins, lying pages lying."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from dispatch_app.reports.labels import LabelLine, LabelSheet, render_labels
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing import raster_spooler
from dispatch_app.ui.printing.print_test import compare_papers
from dispatch_app.ui.printing.raster_spooler import RasterSpooler, paint_job
from dispatch_app.ui.printing.spooler import Job, Queue
from tests.reports.pdf import sizes
from tests.reports.scanner import scanned
from tests.ui.printing.papers import paper

DOTS = 100


class PdfPrinter(QPrinter):
    """Prints into a file under whatever name it is given."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(path))
        self._name = name

    def printerName(self) -> str:
        return self._name


@pytest.mark.parametrize("lying", [False, True])
def test_every_page_comes_out_as_it_was_sent(tmp_path: Path, lying: bool, qtbot: QtBot) -> None:
    printer = PdfPrinter(tmp_path / "out.pdf", "file")
    assert paint_job(printer, paper(2, lying), DOTS) is None
    differences = compare_papers(paper(2, lying), (tmp_path / "out.pdf").read_bytes())
    assert differences is not None
    assert [one.acceptable for one in differences] == [True, True]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_begin_is_said_with_a_remedy(tmp_path: Path, qtbot: QtBot) -> None:
    error = paint_job(PdfPrinter(tmp_path / "no folder" / "out.pdf", "file"), paper(), DOTS)
    assert error is not None
    assert "没有接收" in error.message
    assert "单号已保留" in error.remedy


def test_a_job_is_painted_away_from_the_screen_and_receipted(
    context: UiContext, tmp_path: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    spooler = RasterSpooler(
        context.executor, make_printer=lambda name: PdfPrinter(tmp_path / "out.pdf", name), dots_per_inch=DOTS
    )
    job = Job("d1", "〔2024〕3号", "special-report", paper())
    with qtbot.waitSignal(spooler.took) as answer:
        spooler.send(job, "office")
    assert (answer.args[0].job, answer.args[0].job_number) == (job, "office-1")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_an_unknown_printer_is_refused(context: UiContext, tmp_path: Path, qtbot: QtBot) -> None:
    spooler = RasterSpooler(
        context.executor, make_printer=lambda _name: PdfPrinter(tmp_path / "out.pdf", "another")
    )
    with qtbot.waitSignal(spooler.failed) as answer:
        spooler.send(Job("d1", "1", "tally", paper()), "office")
    assert "找不到打印机 office" in answer.args[0].error.message
    assert not (tmp_path / "out.pdf").exists()


def test_a_printer_nobody_has_is_not_quietly_another(context: UiContext, qtbot: QtBot) -> None:
    spooler = RasterSpooler(context.executor)
    with qtbot.waitSignal(spooler.failed):
        spooler.send(Job("d1", "1", "tally", paper()), "no such printer in this house")


class Info:
    """QPrinterInfo of a house with two printers."""

    def __init__(self, name: str, state: QPrinter.PrinterState) -> None:
        self._name, self._state = name, state

    def printerName(self) -> str:
        return self._name

    def state(self) -> QPrinter.PrinterState:
        return self._state

    @staticmethod
    def defaultPrinterName() -> str:
        return "office"

    @staticmethod
    def availablePrinters() -> list[Info]:
        return [Info("attic", QPrinter.PrinterState.Error), Info("office", QPrinter.PrinterState.Idle)]


def test_printers_are_listed_with_their_state_and_the_default_first(
    context: UiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raster_spooler, "QPrinterInfo", Info)
    spooler = RasterSpooler(context.executor)
    with qtbot.waitSignal(spooler.listed) as answer:
        spooler.look()
    assert answer.args[0] == (Queue("office", True, True, "空闲"), Queue("attic", False, False, "故障"))


@pytest.mark.scanner
def test_a_label_comes_out_at_its_own_size_in_the_dots_of_the_printer(tmp_path: Path, qtbot: QtBot) -> None:
    sheet = LabelSheet(
        number="标识〔2024〕1号",
        issuer="安宁网盛信息技术有限公司",
        hotline="0871-68686833",
        labels=(LabelLine(label="AN-0012", what="交换机", site="八街"),) * 2,
        medium="roll_60x40",
        dots_per_inch=300,
        issued_at=0,
    )
    printer = PdfPrinter(tmp_path / "out.pdf", "file")
    printer.setResolution(300)
    assert paint_job(printer, render_labels(sheet)) is None
    printed = (tmp_path / "out.pdf").read_bytes()
    assert sizes(printed) == [pytest.approx((60, 40), abs=0.4)] * 2
    assert scanned(printed, 1, 300, tmp_path) == ["CODE-128:AN-0012", "QR-Code:AN-0012"]
