"""导入: choose a file, look at what each row becomes, take it in or leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.log_rows import RowFate
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.lists.import_look import ImportLook, Look
from dispatch_app.ui.lists.import_run import ImportRun, ImportSteps
from dispatch_app.ui.pages.call_logs_table import Column, RowsModel, RowsTable
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.cards import Banner, Card, EmptyState
from dispatch_app.ui.widgets.labels import ElidedLabel
from dispatch_app.ui.widgets.polish import Size, Tone

EVERY = "every"
FATE_WORDS = {
    RowFate.READY: "可导入",
    RowFate.REFUSED: "被拒",
    RowFate.KNOWN: "已有",
    RowFate.DIFFERS: "与已有不同",
}
FATE_ROLES = {
    RowFate.READY: "text",
    RowFate.REFUSED: "quiet",
    RowFate.KNOWN: "faint",
    RowFate.DIFFERS: "accent",
}


@dataclass(frozen=True, slots=True)
class ImportKind:
    """What is imported. A *preview* has `name`, `notes`, `rows` with a `fate` each, and `counts` of fates.

    Attributes:
        what: What a file holds (通话记录). files: filter of the file dialog. hint: for the empty table.
        filters: (value, words) beside 全部; a value that is a fate keeps its rows.
        keeps: Value of any other filter → whether a row is kept.
        counted: What one thing is called with its measure word (件故障).
        ready: How many things a preview would bring.
        steps: The commands that bring them, of a new id each time.
        done: What is said after that of the things that came in, beyond their number.
        opens: Id of what a row is already; empty for nothing.
    """

    what: str
    files: str
    hint: str
    columns: Sequence[Column[Any]]
    filters: Sequence[tuple[str, str]]
    keeps: dict[str, Callable[[Any], bool]]
    counted: str
    look: Look
    ready: Callable[[Any], int]
    steps: Callable[[Any], ImportSteps]
    done: str
    opens: Callable[[Any], str]


class ImportPane(QWidget):
    """Signals:
    row_opened: id of what a row is already, when it was opened.
    """

    row_opened = Signal(object)

    def __init__(self, context: UiContext, kind: ImportKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind = kind
        self._path: Path | None = None
        self.run: ImportRun | None = None
        self.look: ImportLook | None = None
        self.preview: Any = None
        self.choose = Button(f"选择{kind.what}…", Kind.PRIMARY)
        self.file = ElidedLabel("", Size.QUIET, Tone.QUIET, mode=Qt.TextElideMode.ElideMiddle)
        self.filter = Segments(((EVERY, "全部"), *kind.filters))
        self.model: RowsModel[Any] = RowsModel(kind.columns, context.themes, self)
        self.table = RowsTable(self.model, "导入预览")
        self.empty = EmptyState("还没有选择文件", kind.hint, parent=self.table.viewport())
        self.take_in = Button("导入", Kind.PRIMARY)
        self.take_in.setAccessibleName(f"导入这份{kind.what}")
        self.progress = QProgressBar()
        self.cancel = Button("取消导入", Kind.PLAIN)
        self.result = Banner()
        self.head = QHBoxLayout()
        self._lay_out()
        self.choose.clicked.connect(self.ask_for_file)
        self.filter.chosen.connect(self._filter)
        self.table.row_opened.connect(self._open)
        self.take_in.clicked.connect(self.start)
        self.cancel.clicked.connect(self._cancel)

    def _lay_out(self) -> None:
        self.filter.set_value(EVERY)
        self.progress.setAccessibleName("导入进度")
        self.progress.setTextVisible(False)
        self.head.setSpacing(12)
        self.head.addWidget(self.choose)
        self.head.addWidget(self.file, 1)
        self.head.addWidget(self.filter)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.cancel)
        foot.addStretch(0)
        foot.addWidget(self.take_in, 0, Qt.AlignmentFlag.AlignRight)
        card = Card(flush=True)
        card.body.setContentsMargins(1, 8, 1, 8)
        card.body.addWidget(self.table, 1)
        over = QVBoxLayout(self.table.viewport())
        over.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self.head)
        column.addWidget(self.result)
        column.addWidget(card, 1)
        column.addLayout(foot)
        self.result.hide()
        self._show_state()

    def _show_state(self) -> None:
        running = self.run is not None or self.look is not None
        ready = self._kind.ready(self.preview) if self.preview is not None else 0
        self.take_in.set_text(f"导入 {ready} {self._kind.counted}" if ready else "导入")
        self.take_in.setEnabled(bool(ready) and not running)
        self.choose.setEnabled(not running)
        self.cancel.set_text("取消导入" if self.look is None else "不看了")
        self.progress.setVisible(running)
        self.cancel.setVisible(running)
        self.empty.setVisible(self.preview is None)

    # ── the file ──

    @Slot()
    def ask_for_file(self) -> None:
        """Ask which file, beside the work."""
        dialog = QFileDialog(self, f"选择{self._kind.what}", "", self._kind.files)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    @Slot(str)
    def read(self, path: str) -> None:
        """Read a file and show what importing it would do; nothing is written."""
        self._path = Path(path)
        self.file.setText(f"正在读 {self._path.name} …")
        self.say("")
        self._look(self._take)

    def _look(self, take: Callable[[Any], None]) -> None:
        """Read the file in the background; what came of it goes to `take`."""
        assert self._path is not None
        self.look = look = ImportLook(self._context.executor, self._kind.look, self._path, self)
        # Until it is known how many rows there are, the bar only moves.
        self.progress.setMaximum(0)
        look.progressed.connect(self._progressed)
        look.ended.connect(self._look_ended)
        look.ended.connect(take)
        self._show_state()
        look.start()

    @Slot(object)
    def _look_ended(self, _found: Any) -> None:
        if self.look is not None:
            self.look.deleteLater()
        self.look = None
        self.cancel.setEnabled(True)

    @Slot(object)
    def _take(self, found: Any) -> None:
        if found is None:
            self._show_nothing()
            self.say("没有读完，什么也没有导入。可以再选一份文件")
        elif isinstance(found, KnownError):
            self._show_nothing()
            self.say(f"{found.message}。{found.remedy}", Tone.SOON)
        else:
            self._show(found)
            if found.notes:
                self.say("；".join(found.notes))
        self._show_state()

    def _show_nothing(self) -> None:
        self.preview = None
        self.model.set_rows(())
        self.file.setText("")

    def _show(self, preview: Any) -> None:
        self.preview = preview
        self.model.set_rows(preview.rows)
        self.file.setText(summary(preview))

    @Slot(str)
    def _filter(self, value: str) -> None:
        if value == EVERY:
            self.model.keep(bool)
        elif value in self._kind.keeps:
            self.model.keep(self._kind.keeps[value])
        else:
            self.model.keep(partial(_has_fate, value))

    @Slot(object)
    def _open(self, row: Any) -> None:
        opened = self._kind.opens(row)
        if opened:
            self.row_opened.emit(opened)

    # ── the import ──

    @Slot()
    def start(self) -> None:
        """Take in what the preview shows; the desk works on meanwhile."""
        if self.preview is None or self.run is not None or self.look is not None:
            return
        self.run = run = ImportRun(self._context.executor, self._kind.steps(self.preview), self)
        run.progressed.connect(self._progressed)
        run.binding.connect(self.cancel.hide)
        run.ended.connect(self._ended)
        run.failed.connect(self._failed)
        run.held.connect(self._held)
        self.say("")
        self._show_state()
        run.start()

    @Slot()
    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        if self.look is not None:
            self.look.stop()
        elif self.run is not None:
            self.run.cancel()

    @Slot(int, int)
    def _progressed(self, done: int, total: int) -> None:
        self.progress.setMaximum(total)
        self.progress.setValue(done)

    @Slot(object)
    def _ended(self, things: int | None) -> None:
        if things is None:
            self.say("已取消，什么也没有导入。可以再点导入，或另选一份文件")
        else:
            self.say(f"已导入 {things} {self._kind.counted}。{self._kind.done}")
        self._over()

    @Slot(object)
    def _failed(self, error: KnownError) -> None:
        self.say(f"没有导入：{error.message}。{error.remedy}", Tone.SOON)
        self._over()

    @Slot(object)
    def _held(self, error: KnownError) -> None:
        self.say(f"已导入，还有些没有列出：{error.message}。{error.remedy}", Tone.SOON)
        self._over()

    def _over(self) -> None:
        if self.run is not None:
            self.run.deleteLater()
        self.run = None
        self.cancel.setEnabled(True)
        self._show_state()
        if not self._context.executor.closed:
            # The rows that came in are known now: a second click adds nothing.
            self._look(self._take_again)

    @Slot(object)
    def _take_again(self, found: Any) -> None:
        if found is not None and not isinstance(found, KnownError):
            self._show(found)
        self._show_state()

    def say(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """A line under the file; an empty one takes it away."""
        self.result.set_text(words)
        self.result.set_tone(tone)
        self.result.setVisible(bool(words))


def summary(preview: Any) -> str:
    """`calls.csv：共 12 行，可导入 9，被拒 2，已有 1`."""
    counts = preview.counts
    said = [f"{FATE_WORDS[fate]} {counts[fate]}" for fate in RowFate if counts[fate]]
    return f"{preview.name}：" + "，".join([f"共 {len(preview.rows)} 行", *said])


def _has_fate(value: str, row: Any) -> bool:
    return bool(row.fate.value == value)
