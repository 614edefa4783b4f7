"""`dispatch-app print-test`: three papers go through the program to a queue that prints into files, and what
comes out is held against what was sent."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QTimer

from dispatch_app.contract.errors import KnownError
from dispatch_app.reports.rasters import page_count, render_page
from dispatch_app.ui.printing.cups import CupsSpooler
from dispatch_app.ui.printing.page_compare import DOTS_PER_INCH, PageDifference, compare_pages
from dispatch_app.ui.printing.print_samples import sample_jobs
from dispatch_app.ui.printing.spooler import Job, PrintFailure, Receipt, Spooler

PATIENCE_MS = 60_000
_POLL_MS = 100
_PAPERS = {"special-report": "专报", "work-order": "派工单", "tally": "违约结算表"}


_USAGE = "dispatch-app print-test --queue 打印队列 --folder 队列的输出文件夹"


class _Parser(argparse.ArgumentParser):
    """Refuses with a KnownError where argparse would leave, and in one language."""

    def error(self, _message: str) -> NoReturn:
        raise KnownError("打印试验的参数不对", f"用法：{_USAGE}")


def run_print_test(arguments: Sequence[str], spooler: Spooler | None = None) -> int:
    """Print the samples and compare them.

    Args:
        arguments: `--queue NAME --folder DIR`: the queue, and where its files come out.

    Returns:
        0 when every page came out as it was sent, else 1.

    Raises:
        KnownError: The arguments are wrong, or the printer does not take a job or gives no file.
    """
    if not {"-h", "--help"}.isdisjoint(arguments):
        sys.stdout.write(f"用法：{_USAGE}\n\n经打印机打一份专报、派工单和结算表，核对纸张和版面\n")
        return 0
    parser = _Parser(prog="dispatch-app print-test", add_help=False, allow_abbrev=False)
    parser.add_argument("--queue", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args(arguments)
    if not asked.folder.is_dir():
        raise KnownError(
            f"没有 {asked.folder} 这个文件夹", "写打印队列的输出文件夹，如 setup/cups_pdf_queue.sh 所答"
        )
    app = QCoreApplication.instance() or QCoreApplication([])
    chosen = spooler or CupsSpooler(app)
    try:
        good = [_print_one(chosen, job, asked.queue, asked.folder) for job in sample_jobs()]
    finally:
        chosen.close()
    return 0 if all(good) else 1


def _print_one(spooler: Spooler, job: Job, queue: str, folder: Path) -> bool:
    before = set(folder.iterdir())
    receipt = _send(spooler, job, queue)
    printed = _wait_for_file(folder, before, receipt)
    differences = compare_papers(job.pdf, printed)
    paper = _PAPERS[job.title]
    if differences is None:
        pages = f"{page_count(printed)} 页，应为 {page_count(job.pdf)} 页"
        sys.stdout.write(f"{paper}：作业 {receipt.job_number}，{pages}，不符\n")
        return False
    good = all(difference.acceptable for difference in differences)
    place = max(difference.place_mm for difference in differences)
    ink = max(difference.ink for difference in differences)
    size = max(difference.size_mm for difference in differences)
    sys.stdout.write(
        f"{paper}：作业 {receipt.job_number}，{len(differences)} 页，纸张差 {size:.1f} mm，"
        f"版面移动 {place:.1f} mm，墨迹差 {ink:.1%}，{'相符' if good else '不符'}\n"
    )
    return good


def compare_papers(original: bytes, printed: bytes) -> tuple[PageDifference, ...] | None:
    """Page by page; None when the number of pages differs."""
    if page_count(original) != page_count(printed):
        return None
    return tuple(
        compare_pages(render_page(original, page, DOTS_PER_INCH), render_page(printed, page, DOTS_PER_INCH))
        for page in range(page_count(original))
    )


def _send(spooler: Spooler, job: Job, queue: str) -> Receipt:
    loop = QEventLoop()
    answers: list[Receipt | PrintFailure] = []

    def take(answer: Receipt | PrintFailure) -> None:
        answers.append(answer)
        loop.quit()

    spooler.took.connect(take)
    spooler.failed.connect(take)
    spooler.send(job, queue)
    if not answers:
        loop.exec()
    spooler.took.disconnect(take)
    spooler.failed.disconnect(take)
    (answer,) = answers
    if isinstance(answer, PrintFailure):
        raise answer.error
    return answer


def _wait_for_file(folder: Path, before: set[Path], receipt: Receipt) -> bytes:
    """The bytes of the file that the job came out as, once it is whole."""
    number = receipt.job_number.rpartition("-")[2]
    mine = re.compile(rf"(?<!\d){re.escape(number)}\.pdf$")
    waited = QElapsedTimer()
    waited.start()
    while not waited.hasExpired(PATIENCE_MS):
        new = [path for path in folder.iterdir() if path not in before and mine.search(path.name)]
        content = new[0].read_bytes() if new else b""
        # A PDF is whole when its end is written.
        if content.rstrip().endswith(b"%%EOF"):
            return content
        pause = QEventLoop()
        QTimer.singleShot(_POLL_MS, pause.quit)
        pause.exec()
    raise KnownError(
        f"作业 {receipt.job_number} 在 {PATIENCE_MS // 1000} 秒内没有印到 {folder}",
        "看打印队列是否停住，输出文件夹是否写对",
    )
