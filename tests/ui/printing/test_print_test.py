"""The print test prints three papers through the program and says of each whether it came out as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.rasters import page_count
from dispatch_app.ui.printing import print_test
from dispatch_app.ui.printing.print_samples import sample_jobs
from dispatch_app.ui.printing.print_test import run_print_test
from dispatch_app.ui.printing.spooler import Job
from tests.ui.printing.papers import PaperTray, paper

pytestmark = pytest.mark.usefixtures("qtbot")


class PrintingTray(PaperTray):
    """Writes what it is sent into a folder, as a queue that prints into files does."""

    def __init__(self, folder: Path, altered: Callable[[bytes], bytes] = lambda pdf: pdf) -> None:
        super().__init__()
        self._folder = folder
        self._altered = altered

    def send(self, job: Job, queue: str) -> None:
        number = len(self.sent) + 1
        (self._folder / f"paper-job_{number}.pdf").write_bytes(self._altered(job.pdf))
        super().send(job, queue)


def run(folder: Path, tray: PaperTray) -> int:
    return run_print_test(["--queue", "office", "--folder", str(folder)], tray)


@pytest.fixture(scope="module")
def samples() -> tuple[Job, ...]:
    return sample_jobs()


@pytest.fixture(autouse=True)
def samples_made_once(monkeypatch: pytest.MonkeyPatch, samples: tuple[Job, ...]) -> None:
    monkeypatch.setattr(print_test, "sample_jobs", lambda: samples)


def test_papers_that_come_out_as_sent_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tray = PrintingTray(tmp_path)
    assert run(tmp_path, tray) == 0
    said = capsys.readouterr().out
    for words in ("专报：作业 office-1", "派工单：作业 office-2", "违约结算表：作业 office-3"):
        assert words in said
    assert said.count("相符") == 3
    assert "不符" not in said
    assert [job.title for job, _queue in tray.sent] == ["special-report", "work-order", "tally"]
    assert tray.ended


def test_the_tally_of_the_test_is_long_enough_to_turn_pages(samples: tuple[Job, ...]) -> None:
    assert page_count(samples[2].pdf) > 1


def test_a_paper_that_comes_out_otherwise_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tray = PrintingTray(tmp_path, lambda pdf: paper(page_count(pdf)))
    assert run(tmp_path, tray) == 1
    assert capsys.readouterr().out.count("不符") == 3


def test_a_page_lost_on_the_way_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tray = PrintingTray(tmp_path, lambda _pdf: paper(9))
    assert run(tmp_path, tray) == 1
    assert "9 页，应为" in capsys.readouterr().out


def test_a_printer_that_refuses_ends_the_test_with_its_reason(tmp_path: Path) -> None:
    tray = PrintingTray(tmp_path)
    tray.error = KnownError("打印机 office 已停用", "恢复它")
    with pytest.raises(KnownError, match="已停用"):
        run(tmp_path, tray)
    assert tray.ended


def test_a_job_that_never_comes_out_ends_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_test, "PATIENCE_MS", 300)
    (tmp_path / "older-job_1.pdf").write_bytes(paper())
    (tmp_path / "torn-job_11.pdf").write_bytes(paper()[:50])
    with pytest.raises(KnownError, match="没有印到"):
        run(tmp_path, PaperTray())


@pytest.mark.parametrize("arguments", [[], ["--queue", "office"], ["--queue", "office", "--paper", "x"]])
def test_wrong_arguments_are_refused_with_the_right_ones(arguments: list[str]) -> None:
    with pytest.raises(KnownError) as refusal:
        run_print_test(arguments)
    assert "--queue" in refusal.value.remedy


def test_help_is_given_without_printing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_print_test(["--help"]) == 0
    assert "--queue" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="文件夹"):
        run_print_test(["--queue", "office", "--folder", str(tmp_path / "none")], PaperTray())


@pytest.mark.printer
def test_the_test_queue_prints_what_it_is_sent(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    """Against real CUPS: `setup/cups_pdf_queue.sh` makes the queue that is named in the environment."""
    queue = os.environ.get("DISPATCH_TEST_QUEUE", "dispatch-test")
    folder = Path(os.environ.get("DISPATCH_TEST_FOLDER", f"/var/spool/cups-pdf/{queue}"))
    if shutil.which("lp") is None or not folder.is_dir():
        pytest.skip("there is no CUPS-PDF queue here; setup/cups_pdf_queue.sh makes one")
    assert run_print_test(["--queue", queue, "--folder", str(folder)]) == 0
    assert capsys.readouterr().out.count("相符") == 3
