"""An issued paper is printed, saved and printed again; where it went is recorded, and what failed is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import RecordPrint
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.ui.bridge.messages import Level, Message
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing import paper_printer
from dispatch_app.ui.printing.cups import CupsSpooler
from dispatch_app.ui.printing.paper_bar import PaperBar, file_name
from dispatch_app.ui.printing.paper_printer import PaperPrinter, make_spooler
from dispatch_app.ui.printing.raster_spooler import RasterSpooler
from dispatch_app.ui.printing.spooler import Job, Receipt
from tests.ui.conftest import StrawDesk
from tests.ui.printing.papers import ATTIC, DOCUMENT, OFFICE, PaperTray, paper

Settle = Callable[[], None]


@pytest.fixture
def tray() -> PaperTray:
    return PaperTray()


@pytest.fixture
def bar(context: UiContext, straw: StrawDesk, tray: PaperTray, qtbot: QtBot, settle: Settle) -> PaperBar:
    def document_pdf(document_id: str, *, reprint: bool = False) -> bytes:
        assert document_id == "d1"
        return paper(1, mark="again " if reprint else "")

    straw.queries.document_pdf = document_pdf  # type: ignore[attr-defined]
    shown = PaperBar(context, None, PaperPrinter(context, None, tray))
    qtbot.addWidget(shown)
    shown.resize(500, 200)
    shown.show()
    settle()
    shown.show_document(DOCUMENT)
    return shown


def records(straw: StrawDesk) -> list[RecordPrint]:
    return [command for command in straw.commands if isinstance(command, RecordPrint)]


def test_a_draft_offers_nothing_to_print(bar: PaperBar) -> None:
    bar.show_document(None)
    assert not bar.print_button.isVisible()
    assert not bar.save_button.isVisible()
    bar.print_now()
    bar.print_copy()
    bar.choose_file()
    assert bar.findChild(QFileDialog) is None


def test_printing_sends_the_issued_bytes_and_records_which_printer_took_which_job(
    bar: PaperBar, tray: PaperTray, straw: StrawDesk, settle: Settle, qtbot: QtBot
) -> None:
    qtbot.mouseClick(bar.print_button, Qt.MouseButton.LeftButton)
    settle()
    ((job, queue),) = tray.sent
    assert (job.pdf, job.number, job.reprint, queue) == (paper(), "〔2024〕3号", False, "office")
    assert records(straw) == [RecordPrint("d1", "office", True, "office-1")]
    assert bar.status == "〔2024〕3号 已交打印机 office，作业 office-1"


def test_the_print_key_prints(bar: PaperBar, tray: PaperTray, settle: Settle, qtbot: QtBot) -> None:
    window = bar.window()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(tray.sent) == 1


def test_a_further_copy_says_that_it_is_one(bar: PaperBar, tray: PaperTray, settle: Settle) -> None:
    bar.reprint_button.click()
    settle()
    ((job, _queue),) = tray.sent
    assert job.reprint
    assert job.pdf == paper(1, mark="again ")


def test_a_refused_job_keeps_its_number_and_one_key_sends_it_again(
    bar: PaperBar, tray: PaperTray, straw: StrawDesk, settle: Settle
) -> None:
    assert not bar.again_button.isVisible()
    tray.error = KnownError("打印机 office 已停用", "恢复它")
    bar.print_now()
    settle()
    assert records(straw)[-1].succeeded is False
    assert "恢复它" in records(straw)[-1].detail
    assert "〔2024〕3号 没有印出" in bar.status
    assert bar.again_button.isVisible()
    tray.error = None
    bar.print_now()
    settle()
    first, second = (job for job, _queue in tray.sent)
    assert first == second
    assert records(straw)[-1].succeeded
    assert not bar.again_button.isVisible()


def test_the_last_word_on_a_failure_is_its_remedy(
    bar: PaperBar, tray: PaperTray, straw: StrawDesk, context: UiContext, settle: Settle
) -> None:
    said: list[Message] = []
    context.messages.shown.connect(said.append)
    tray.error = KnownError("打印机 office 已停用", "恢复它")
    bar.print_now()
    settle()
    assert (said[-1].level, said[-1].text, said[-1].remedy) == (
        Level.REFUSED,
        "打印机 office 已停用",
        "恢复它",
    )
    tray.error = None
    bar.print_now()
    settle()
    assert len(said) == 1


def test_the_button_sends_the_failed_job_again(bar: PaperBar, tray: PaperTray, settle: Settle) -> None:
    tray.error = KnownError("打印机 office 已停用", "恢复它")
    bar.print_copy()
    settle()
    bar.again_button.click()
    settle()
    assert [job.reprint for job, _queue in tray.sent] == [True, True]


def test_another_document_forgets_the_failure_of_the_former(
    bar: PaperBar, tray: PaperTray, settle: Settle
) -> None:
    tray.error = KnownError("打印机 office 已停用", "恢复它")
    bar.print_now()
    settle()
    bar.show_document(None)
    assert not bar.again_button.isVisible()
    assert bar.status == ""


def test_without_a_printer_the_job_waits_for_one_to_be_chosen(
    context: UiContext, bar: PaperBar, tray: PaperTray, settle: Settle
) -> None:
    tray.queues = (ATTIC, type(ATTIC)("hall", False, True, "空闲"))
    bar.printer.look()
    bar.print_now()
    settle()
    assert not tray.sent
    assert "还没有选打印机" in bar.status
    bar.printer.choose("hall")
    bar.again_button.click()
    settle()
    assert [queue for _job, queue in tray.sent] == ["hall"]


def test_printers_nobody_asked_for_yet_are_asked_for_at_the_first_job(
    context: UiContext, straw: StrawDesk, qtbot: QtBot, settle: Settle
) -> None:
    straw.queries.document_pdf = lambda document_id, reprint=False: paper()  # type: ignore[attr-defined]
    tray = PaperTray()
    printer = PaperPrinter(context, None, tray)
    settle()
    printer.print_document(DOCUMENT)
    settle()
    assert tray.looks == 1
    assert [queue for _job, queue in tray.sent] == ["office"]


def test_a_silent_print_system_is_said_and_keeps_the_job(
    context: UiContext, bar: PaperBar, tray: PaperTray, settle: Settle, qtbot: QtBot
) -> None:
    tray.silence = KnownError("打印系统没有应答", "启动 CUPS")
    bar.printer._queues = ()
    bar.print_now()
    settle()
    assert "打印系统没有应答" in bar.status
    with qtbot.waitSignal(context.messages.shown) as said:
        bar.printer.look()
    assert said.args[0].text == "打印系统没有应答"


def test_the_chosen_printer_is_kept_as_a_setting(
    bar: PaperBar, straw: StrawDesk, tray: PaperTray, settle: Settle
) -> None:
    tray.queues = (OFFICE, ATTIC)
    bar.printer_button.click()
    first, second = bar.pane.choices
    assert first.text() == "office　空闲 · 系统默认"
    assert first.isChecked()
    assert second.text() == "attic　已停用"
    second.click()
    settle()
    assert ChangeSetting("printer", "attic") in straw.commands
    assert bar.printer.queue == "attic"
    assert bar.printer_button.words == "打印机 attic"
    bar.printer_button.click()
    assert not bar.pane.isVisible()


def test_a_house_without_printers_is_told_what_to_do(bar: PaperBar, tray: PaperTray) -> None:
    tray.queues = ()
    bar.printer_button.click()
    assert "添加" in bar.pane.about


def test_a_printer_chosen_on_another_page_is_taken_over(
    bar: PaperBar, context: UiContext, straw: StrawDesk, settle: Settle
) -> None:
    straw.queries.values["printer"] = "cellar"
    straw.answer = lambda command: Changes(settings=frozenset({"printer"}))
    context.executor.submit(ChangeSetting("printer", "cellar"), context.messages)
    settle()
    settle()
    assert bar.printer.queue == "cellar"


def test_saving_writes_the_very_bytes_and_records_where(
    bar: PaperBar, straw: StrawDesk, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    bar.save_button.click()
    dialog = bar.findChild(QFileDialog)
    assert not dialog.isModal() or dialog.windowModality() is not Qt.WindowModality.ApplicationModal
    target = tmp_path / "专报.pdf"
    dialog.fileSelected.emit(str(target))
    settle()
    assert target.read_bytes() == paper()
    assert records(straw) == [RecordPrint("d1", "专报.pdf", True, str(target))]
    assert bar.status == f"已存为 {target}"
    dialog.close()


def test_a_file_that_cannot_be_written_is_recorded_as_failed(
    bar: PaperBar, straw: StrawDesk, tmp_path: Path, settle: Settle
) -> None:
    bar.printer.save(DOCUMENT, tmp_path / "no folder" / "专报.pdf")
    settle()
    (record,) = records(straw)
    assert not record.succeeded
    assert "没有存成 专报.pdf" in record.detail


def test_a_file_name_says_what_it_is_and_suits_every_system() -> None:
    assert file_name(DOCUMENT) == "专报-〔2024〕3号-关于-核心-的专报-〔2024〕3号.pdf"


def test_each_platform_prints_its_own_way(
    context: UiContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    assert isinstance(make_spooler(context.executor, context.executor), CupsSpooler)
    monkeypatch.setattr(paper_printer.sys, "platform", "win32")
    assert isinstance(make_spooler(context.executor, context.executor), RasterSpooler)


def test_a_printer_that_answers_after_the_end_is_not_heard(
    bar: PaperBar, context: UiContext, straw: StrawDesk, tray: PaperTray
) -> None:
    context.executor.close()
    tray.took.emit(Receipt(Job("d1", "〔2024〕3号", "tally", paper()), "office", "office-1"))
    assert not records(straw)


def test_closing_lets_go_of_the_printer(bar: PaperBar, tray: PaperTray) -> None:
    bar.printer.close()
    assert tray.ended
