"""导入: choose a log, look at what each row becomes, take it in or leave it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.assess_table import COLUMNS as COLUMN_NAMES
from dispatch_app.operations.log_rows import ImportPreview, LogPreviewRow, RowFate
from dispatch_app.operations.words import FACT_WORDS
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.call_logs_look import LogLook
from dispatch_app.ui.pages.call_logs_run import ImportRun
from dispatch_app.ui.pages.call_logs_table import Column, RowsModel, RowsTable
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.cards import Banner, Card, EmptyState
from dispatch_app.ui.widgets.labels import ElidedLabel
from dispatch_app.ui.widgets.polish import Size, Tone

LOG_FILES = "通话记录 (*.csv *.xlsx *.txt)"
EVERY, DOUBTFUL = "every", "doubtful"
FILTERS = (
    (EVERY, "全部"),
    (RowFate.READY.value, "可导入"),
    (RowFate.REFUSED.value, "被拒"),
    (RowFate.KNOWN.value, "已有"),
    (DOUBTFUL, "有疑"),
)
FATE_WORDS = {
    RowFate.READY: "可导入",
    RowFate.REFUSED: "被拒",
    RowFate.KNOWN: "已有",
    RowFate.DIFFERS: "与已有不同",
}
_ROLES = {RowFate.READY: "text", RowFate.REFUSED: "quiet", RowFate.KNOWN: "faint", RowFate.DIFFERS: "accent"}


Found = ImportPreview | KnownError | None
"""What came of a look at a file; None where it was given up."""


def _role(row: LogPreviewRow) -> str:
    return _ROLES[row.fate]


def _milestones(row: LogPreviewRow) -> str:
    day = moment_text(row.reported_at)[:10] if row.reported_at is not None else ""
    said = []
    for kind, at in row.milestones:
        text = moment_text(at).removesuffix(":00")
        said.append(f"{FACT_WORDS[kind]} {text[11:] if text.startswith(day) else text[5:]}")
    return "，".join(said)


def _remarks(row: LogPreviewRow) -> str:
    return "；".join(_in_chinese(part) for part in (row.reason, *row.anomalies) if part)


def _in_chinese(text: str) -> str:
    """`arrived_at: …` of the reader as `到场：…`."""
    column, colon, rest = text.partition(": ")
    return f"{COLUMN_NAMES[column]}：{rest}" if colon and column in COLUMN_NAMES else text


def _site(row: LogPreviewRow) -> str:
    return row.site if row.site_known or not row.site else f"{row.site}（站点表里没有）"


COLUMNS: tuple[Column[LogPreviewRow], ...] = (
    Column("行", 56, lambda row: str(row.row), _role),
    Column("原单号", 108, lambda row: row.call_no, _role),
    Column("次", 40, lambda row: str(row.cycle), _role),
    Column("结果", 92, lambda row: FATE_WORDS[row.fate], _role),
    Column("故障", 92, lambda row: row.number, _role),
    Column("站点", 150, _site, _role),
    Column(
        "接报", 168, lambda row: moment_text(row.reported_at) if row.reported_at is not None else "", _role
    ),
    Column("里程碑", 0, _milestones, _role),
    Column("说明", 0, _remarks, _role),
)


class ImportPane(QWidget):
    """Signals:
    fault_requested: id of the fault of a row that was opened.
    """

    fault_requested = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._path: Path | None = None
        self.run: ImportRun | None = None
        self.look: LogLook | None = None
        self.preview: ImportPreview | None = None
        self.choose = Button("选择通话记录…", Kind.PRIMARY)
        self.file = ElidedLabel("", Size.QUIET, Tone.QUIET, mode=Qt.TextElideMode.ElideMiddle)
        self.filter = Segments(FILTERS)
        self.model = RowsModel(COLUMNS, context.themes, self)
        self.table = RowsTable(self.model, "导入预览")
        self.empty = EmptyState(
            "还没有选择文件",
            "选一份 CSV 或 .xlsx 通话记录，先看每一行会成为什么，再决定是否导入",
            parent=self.table.viewport(),
        )
        self.take_in = Button("导入", Kind.PRIMARY)
        self.take_in.setAccessibleName("导入这份记录")
        self.progress = QProgressBar()
        self.cancel = Button("取消导入", Kind.PLAIN)
        self.result = Banner()
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
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.choose)
        head.addWidget(self.file, 1)
        head.addWidget(self.filter)
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
        column.addLayout(head)
        column.addWidget(self.result)
        column.addWidget(card, 1)
        column.addLayout(foot)
        self.result.hide()
        self._show_state()

    def _show_state(self) -> None:
        running = self.run is not None or self.look is not None
        ready = len(self.preview.faults) if self.preview is not None else 0
        self.take_in.set_text(f"导入 {ready} 件故障" if ready else "导入")
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
        dialog = QFileDialog(self, "选择通话记录", "", LOG_FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    @Slot(str)
    def read(self, path: str) -> None:
        """Read a file and show what importing it would do; nothing is written."""
        self._path = Path(path)
        self.file.setText(f"正在读 {self._path.name} …")
        self._say("")
        self._look(self._path, self._take)

    def _look(self, path: Path, take: Callable[[Found], None]) -> None:
        """Read a file in the background; what came of it goes to `take`."""
        self.look = look = LogLook(self._context.executor, path, self)
        # Until it is known how many rows there are, the bar only moves.
        self.progress.setMaximum(0)
        look.progressed.connect(self._progressed)
        look.ended.connect(self._look_ended)
        look.ended.connect(take)
        self._show_state()
        look.start()

    @Slot(object)
    def _look_ended(self, _found: Found) -> None:
        if self.look is not None:
            self.look.deleteLater()
        self.look = None
        self.cancel.setEnabled(True)

    @Slot(object)
    def _take(self, found: Found) -> None:
        if found is None:
            self.preview = None
            self.model.set_rows(())
            self.file.setText("")
            self._say("没有读完，什么也没有导入。可以再选一份文件")
        elif isinstance(found, KnownError):
            self.preview = None
            self.model.set_rows(())
            self.file.setText("")
            self._say(f"{found.message}。{found.remedy}", Tone.SOON)
        else:
            self.preview = found
            self.model.set_rows(found.rows)
            self.file.setText(summary(found))
            if found.notes:
                self._say("；".join(found.notes))
        self._show_state()

    @Slot(str)
    def _filter(self, value: str) -> None:
        if value == EVERY:
            self.model.keep(bool)
        elif value == DOUBTFUL:
            self.model.keep(lambda row: row.doubtful)
        else:
            self.model.keep(lambda row: row.fate.value == value)

    @Slot(object)
    def _open(self, row: LogPreviewRow) -> None:
        if row.fault_id:
            self.fault_requested.emit(row.fault_id)

    # ── the import ──

    @Slot()
    def start(self) -> None:
        """Take in what the preview shows; the desk works on meanwhile."""
        if self.preview is None or self.run is not None or self.look is not None:
            return
        self.run = run = ImportRun(self._context.executor, self.preview, self)
        run.progressed.connect(self._progressed)
        run.binding.connect(self.cancel.hide)
        run.ended.connect(self._ended)
        run.failed.connect(self._failed)
        run.held.connect(self._held)
        self._say("")
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
    def _ended(self, faults: int | None) -> None:
        if faults is None:
            self._say("已取消，什么也没有导入。可以再点导入，或另选一份文件")
        else:
            self._say(f"已导入 {faults} 件故障。双击一行看那件故障；到「违约结算」核对合计")
        self._over()

    @Slot(object)
    def _failed(self, error: KnownError) -> None:
        self._say(f"没有导入：{error.message}。{error.remedy}", Tone.SOON)
        self._over()

    @Slot(object)
    def _held(self, error: KnownError) -> None:
        self._say(f"已导入，还有些没有列出：{error.message}。{error.remedy}", Tone.SOON)
        self._over()

    def _over(self) -> None:
        if self.run is not None:
            self.run.deleteLater()
        self.run = None
        self.cancel.setEnabled(True)
        self._show_state()
        if self._path is not None and not self._context.executor.closed:
            # The rows that came in are known now: a second click adds nothing.
            self._look(self._path, self._take_again)

    @Slot(object)
    def _take_again(self, found: Found) -> None:
        if isinstance(found, ImportPreview):
            self.preview = found
            self.model.set_rows(found.rows)
            self.file.setText(summary(found))
        self._show_state()

    def _say(self, words: str, tone: Tone = Tone.QUIET) -> None:
        self.result.set_text(words)
        self.result.set_tone(tone)
        self.result.setVisible(bool(words))


def summary(preview: ImportPreview) -> str:
    """`calls.csv：共 12 行，可导入 9，被拒 2，已有 1`."""
    counts = preview.counts
    said = [f"{FATE_WORDS[fate]} {counts[fate]}" for fate in RowFate if counts[fate]]
    return f"{preview.name}：" + "，".join([f"共 {len(preview.rows)} 行", *said])
