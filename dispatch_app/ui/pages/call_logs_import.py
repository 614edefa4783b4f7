"""导入 of call logs: what each row becomes, and the commands that take them in."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.operations.assess_table import COLUMNS as COLUMN_NAMES
from dispatch_app.operations.import_record import ImportedFault
from dispatch_app.operations.log_import import (
    AbandonImport,
    BeginImport,
    FinishImport,
    ShowImported,
    WriteImported,
)
from dispatch_app.operations.log_rows import ImportPreview, LogPreviewRow, RowFate
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.watching import Watch
from dispatch_app.operations.words import FACT_WORDS
from dispatch_app.ui.lists.import_pane import FATE_ROLES, FATE_WORDS, ImportKind
from dispatch_app.ui.pages.call_logs_table import Column

LOG_FILES = "通话记录 (*.csv *.xlsx *.txt)"
DOUBTFUL = "doubtful"
_FATES = ((RowFate.READY, "可导入"), (RowFate.REFUSED, "被拒"), (RowFate.KNOWN, "已有"))


def _role(row: LogPreviewRow) -> str:
    return FATE_ROLES[row.fate]


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


class LogSteps:
    """The commands of one import of a call log."""

    def __init__(self, preview: ImportPreview) -> None:
        self._id = str(uuid4())
        self._preview = preview

    @property
    def total(self) -> int:
        return len(self._preview.faults)

    def begin(self) -> BeginImport:
        return BeginImport(self._id, self._preview.name, self._preview.digest, self.total)

    def write(self, start: int, size: int) -> WriteImported:
        return WriteImported(self._id, self._preview.faults[start : start + size])

    def finish(self) -> FinishImport:
        return FinishImport(self._id)

    def abandon(self) -> AbandonImport:
        return AbandonImport(self._id)

    def waiting(self, queries: Queries) -> tuple[ImportedFault, ...]:
        return queries.waiting_imports()

    def show(self, some: tuple[ImportedFault, ...], *, last: bool) -> ShowImported:
        return ShowImported(some)


def _look(path: Path, queries: Queries, watch: Watch) -> ImportPreview:
    return queries.preview_import(path, watch)


def _ready(preview: ImportPreview) -> int:
    return len(preview.faults)


def _doubtful(row: LogPreviewRow) -> bool:
    return row.doubtful


def _fault_of(row: LogPreviewRow) -> str:
    return row.fault_id


LOGS = ImportKind(
    what="通话记录",
    files=LOG_FILES,
    hint="选一份 CSV 或 .xlsx 通话记录，先看每一行会成为什么，再决定是否导入",
    columns=COLUMNS,
    filters=(*((fate.value, words) for fate, words in _FATES), (DOUBTFUL, "有疑")),
    keeps={DOUBTFUL: _doubtful},
    counted="件故障",
    look=_look,
    ready=_ready,
    steps=LogSteps,
    done="双击一行看那件故障；到「违约结算」核对合计",
    opens=_fault_of,
)
