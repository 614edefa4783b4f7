"""The drill day without a person: every screen as a picture, every paper as it would be printed.

This is what `make run` does where there is no display, and how the manual's pictures are made. They show the
real program: the same window and the same commands, on a scratch database and a clock that stands still.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QObject, Qt, QThread
from PySide6.QtGui import QImage

from dispatch_app.contract.calendar_beijing import start_of
from dispatch_app.contract.workdays import renewal_window
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import IssueTally
from dispatch_app.operations.drill_file import DrillDay
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_pages import PAGES as PAGES_OF_REGISTERS
from dispatch_app.operations.renewals import IssueRenewal
from dispatch_app.operations.rows import DocumentKind, DocumentRow, DraftRow
from dispatch_app.operations.sample_papers import sample_papers
from dispatch_app.operations.sample_registers import sample_entries
from dispatch_app.operations.shift import HandOver
from dispatch_app.reports.rasters import page_count, render_page
from dispatch_app.ui.app import OpenDesk
from dispatch_app.ui.desk.desk_page import DeskPage
from dispatch_app.ui.drill_runner import Drill
from dispatch_app.ui.registers.registers_page import RegistersPage

SIZES = ((1920, 1080), (1366, 768))
QUIET_MS = 250
"""A screen on which nothing has been under way for so long is taken as finished."""
PATIENCE_MS = 20_000
PAUSE_MS = 2
PAGE_DPI = 96

_PAGES_AT_THE_END = (
    "history", "tallies", "handover", "people", "devices", "rounds", "registers", "statistics", "call_logs",
    "contract", "settings",
)  # fmt: skip

BUSY_MORNING = "10:08"
"""Four faults in hand, an emergency with two minutes left among them, and a call being taken."""
REPORT_BEING_WRITTEN = "11:10"
NOBODY_SENT = "14:12"
"""Five hours have passed without anyone on the way."""

KEPT_AS_PDF = frozenset({DocumentKind.BULLETIN})
"""What the manual shows as it goes to the bureau: a file to open, not its pages alone."""

WORK_BEGINS_S = 9 * 3600
"""Seconds after midnight at which the application for renewal is drafted, on the first day it can be."""

NIGHT_SHIFT = "liuping"
"""Who takes the desk over at the end of the day."""

CALL_BEING_TAKEN = {
    "line": "0871-68699125",
    "caller": "周秘书",
    "unit": "市委督查室",
    "site": "shiwei",
    "site_text": "市委大楼机房",
    "symptom": "二楼又报断网",
    "source": "unit",
}


class Showcase(QObject):
    """Takes an open desk through the drill day and writes what it shows.

    Args:
        opened: The desk, shown; its drill's clock is paused.
        out: Folder for pictures and papers; made if it is not there.
        papers: Whether every PDF is written too, or all but the bulletin's as pictures of their pages alone.
        sizes: Of the window, logical pixels; every page is taken in each of them.
    """

    def __init__(
        self,
        opened: OpenDesk,
        drill: Drill,
        out: Path,
        *,
        papers: bool,
        sizes: Sequence[tuple[int, int]] = SIZES,
    ) -> None:
        super().__init__()
        self._opened = opened
        self._drill = drill
        self._out = out
        self._papers = papers
        self._sizes = tuple(sizes)
        self._documents: tuple[DocumentRow, ...] = ()
        self._pdf = b""
        self.written: list[Path] = []

    @property
    def _day(self) -> DrillDay:
        return self._drill.player.day

    @property
    def _desk_page(self) -> DeskPage:
        page = self._opened.window.page_widget("desk")
        assert isinstance(page, DeskPage)
        return page

    def run(self) -> list[Path]:
        """Play the day and write everything; the files written, in order."""
        self._out.mkdir(parents=True, exist_ok=True)
        self._play_until(self._day.moment(BUSY_MORNING))
        self._take_call()
        self._picture("desk")
        self._put_call_away()
        self._play_until(self._day.moment(REPORT_BEING_WRITTEN))
        self._picture("special-report", "special_reports")
        self._play_until(self._day.moment(NOBODY_SENT))
        self._picture("desk-nobody-sent")
        self._play_until(self._day.ends)
        self._fill_registers()
        self._issue_papers()
        for name in _PAGES_AT_THE_END:
            self._picture(name.replace("_", "-"), name)
        for page, keys in PAGES_OF_REGISTERS.items():
            for key in keys:
                self._register_picture(page, key)
        self._apply_for_renewal()
        self._print()
        return self.written

    # ── the day ──

    def _play_until(self, moment: int) -> None:
        player, runner = self._drill.player, self._opened.runner
        assert runner is not None
        while player.next_at is not None and player.next_at <= moment:
            runner.skip()
            self._wait_idle()
        self._drill.clock.skip_to(moment)
        self._opened.ticker.beat()
        self._wait_quiet()

    def _take_call(self) -> None:
        stamp = self._drill.clock.now() - 41
        self._desk_page.parts.intake.card.restore([DraftRow("showcase", stamp, False, CALL_BEING_TAKEN)])
        self._wait_quiet()

    def _put_call_away(self) -> None:
        card = self._desk_page.parts.intake.card
        card.form.empty()
        card.leave()

    def _issue_papers(self) -> None:
        """What a day leaves on paper beside its reports and orders."""
        queries = self._opened.context.desk.queries
        term = queries.terms()
        for command in (
            *sample_papers(queries, self._drill.clock.now()),
            HandOver(NIGHT_SHIFT),
            IssueTally(term.term_start, term.term_end),
        ):
            self._opened.executor.submit(command, self, self._issued)
        self._wait_idle()

    def _apply_for_renewal(self) -> None:
        """The one paper with a season of its own: none is drafted before the window opens."""
        opens = renewal_window(self._opened.context.desk.queries.terms()).first
        self._drill.clock.skip_to(start_of(opens) + WORK_BEGINS_S)
        self._opened.executor.submit(IssueRenewal(), self, self._issued)
        self._wait_idle()

    def _fill_registers(self) -> None:
        """What a month at the desk leaves in the registers."""
        for command in sample_entries(self._opened.context.resources / "drill" / "registers.toml"):
            self._opened.executor.submit(command, self)
        self._wait_idle()

    def _issued(self, changes: Changes) -> None:
        self._opened.executor.ask(lambda queries: queries.documents(), self._take_documents, self)

    def _take_documents(self, documents: tuple[DocumentRow, ...]) -> None:
        self._documents = documents

    # ── pictures ──

    def _picture(self, name: str, page: str = "desk") -> None:
        window = self._opened.window
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.show_page(page)
        themes = self._opened.context.themes
        # Dressing the whole window anew takes longer than a picture: begin with what it wears.
        for theme in sorted(themes.names, key=lambda name: name != themes.chosen):
            themes.choose(theme)
            for width, height in self._sizes:
                window.resize(width, height)
                self._wait_quiet()
                self._write_image(window.grab().toImage(), f"{name}-{theme}-{width}x{height}.png")

    def _register_picture(self, page: str, key: str) -> None:
        """One register with the entry that stands first, as it is seen on the smallest screen."""
        window = self._opened.window
        made = window.page_widget(page)
        shown = made if isinstance(made, RegistersPage) else made.findChild(RegistersPage)
        assert shown is not None
        window.show_page(page)
        shown.show_register(key)
        window.resize(*self._sizes[-1])
        self._wait_quiet()
        name = f"register-{key.replace('_', '-')}-{self._opened.context.themes.chosen}.png"
        self._write_image(window.grab().toImage(), name)

    def _write_image(self, image: QImage, name: str) -> None:
        path = self._out / name
        # Quality 0 is the strongest compression of a PNG, which loses nothing.
        if not image.save(str(path), quality=0):
            raise OSError(f"{path} could not be written")
        self.written.append(path)

    # ── papers ──

    def _print(self) -> None:
        counted: Counter[str] = Counter()
        for document in reversed(self._documents):
            pdf_of = partial(Queries.document_pdf, document_id=document.id)
            self._opened.executor.ask(pdf_of, self._take_pdf, self)
            self._wait_idle()
            counted[document.kind] += 1
            stem = f"paper-{document.kind.replace('_', '-')}-{counted[document.kind]}"
            if self._papers or document.kind in KEPT_AS_PDF:
                path = self._out / f"{stem}.pdf"
                path.write_bytes(self._pdf)
                self.written.append(path)
            for index in range(page_count(self._pdf)):
                page = render_page(self._pdf, index, PAGE_DPI)
                image = QImage(page.bgrx, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32)
                self._write_image(image, f"{stem}-p{index + 1}.png")

    def _take_pdf(self, pdf: bytes) -> None:
        self._pdf = pdf

    # ── waiting ──

    def _wait_idle(self) -> None:
        self._wait(lambda: self._opened.executor.idle, 0)

    def _wait_quiet(self) -> None:
        """Until nothing has been under way for a moment: the map is painted a little after its rows."""
        self._wait(lambda: self._opened.executor.idle, QUIET_MS)

    def _wait(self, done: Callable[[], bool], quiet_ms: int) -> None:
        whole, quiet = QElapsedTimer(), QElapsedTimer()
        whole.start()
        quiet.start()
        while True:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, PAUSE_MS)
            QThread.msleep(PAUSE_MS)
            if not done():
                quiet.restart()
            elif quiet.elapsed() >= quiet_ms:
                return
            if whole.elapsed() > PATIENCE_MS:
                raise TimeoutError("the desk did not come to rest")
