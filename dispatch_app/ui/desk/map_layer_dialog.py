"""The customer's own map layer: the file, the datum only a person knows, what would happen, then 导入."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.datum import Datum
from dispatch_app.operations.map_layer import (
    ImportMapLayer,
    MapLayerPreview,
    MapLayerRow,
    RemoveMapLayer,
)
from dispatch_app.operations.queries import Queries
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe

FILES = "GeoJSON (*.geojson *.json)"
_SECRET = "图层属机密（附二），只存进加密数据库；导入后请按规定保管原文件。"
_WIDTH = 520
_MOST_NAMES = 6


def layer_words(layer: MapLayerRow) -> str:
    """What is on the map now."""
    if not layer.name:
        return "现在只有随程序附带的边界。"
    lines = f"{len(layer.lines)} 条线路"
    return f"现在用的是 {layer.name}：{lines}，{moment_text(layer.imported_at)[:16]} {layer.operator} 导入。"


def preview_words(preview: MapLayerPreview) -> str:
    """What an import would do."""
    parts = [f"{preview.lines} 条线路", f"{preview.outlines} 圈边界" if preview.outlines else "边界不变"]
    words = "将画上 " + "，".join(parts) + "。"
    if preview.sites:
        words += f"\n认得的站点 {len(preview.sites)} 个：{_some(preview.sites)}。"
    if preview.strangers:
        words += f"\n不认得的点 {len(preview.strangers)} 个，不导入：{_some(preview.strangers)}。"
    return words


def _some(names: tuple[str, ...]) -> str:
    shown = "、".join(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else f"{shown} 等"


class MapLayerDialog(QDialog):
    """Opened over the map; `show_layer` says what is on it now."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._path: Path | None = None
        self.setWindowTitle("站点图的自有图层")
        describe(self, ground=True)
        self.setFixedWidth(_WIDTH)
        self.now = Text("", Size.QUIET, Tone.QUIET, wrap=True)
        self.choose = Button("选择 GeoJSON 文件…", Kind.ACCENT)
        self.file = Text("", Size.QUIET)
        self.datum = Segments(
            [
                (Datum.WGS84.value, "WGS84 / CGCS2000"),
                (Datum.GCJ02.value, "GCJ-02（高德、腾讯）"),
                (Datum.BD09.value, "BD-09（百度）"),
            ]
        )
        self.what = Text("", Size.QUIET, wrap=True)
        self.place_sites = QCheckBox("同名的点作为站点的位置")
        self.place_sites.setChecked(True)
        self.take = Button("导入", Kind.PRIMARY)
        self.remove = Button("移除现有图层", Kind.PLAIN)
        self.cancel = Button("取消", Kind.BARE)
        self._lay_out()
        self.choose.clicked.connect(self._browse)
        self.datum.chosen.connect(self._look)
        self.take.clicked.connect(self._import)
        self.remove.clicked.connect(self._remove)
        self.cancel.clicked.connect(self.reject)
        self._say("先选文件，再选它的坐标系：文件自己说不清，选错会偏几百米。", Tone.QUIET)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        pick = QHBoxLayout()
        pick.addWidget(self.choose)
        pick.addWidget(self.file, 1)
        feet = QHBoxLayout()
        feet.addWidget(self.remove)
        feet.addStretch(1)
        feet.addWidget(self.cancel)
        feet.addWidget(self.take)
        column.addWidget(self.now)
        column.addLayout(pick)
        column.addWidget(Text("坐标系", Size.SMALL, Tone.QUIET))
        column.addWidget(self.datum)
        column.addWidget(self.what)
        column.addWidget(self.place_sites)
        column.addWidget(Text(_SECRET, Size.SMALL, Tone.FAINT, wrap=True))
        column.addLayout(feet)

    def show_layer(self, layer: MapLayerRow) -> None:
        self.now.setText(layer_words(layer))
        self.remove.setVisible(bool(layer.name))

    @Slot()
    def _browse(self) -> None:
        dialog = QFileDialog(self, "选择自有图层", "", FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_path)
        dialog.open()

    @Slot(str)
    def take_path(self, path: str) -> None:
        """Take the file a person picked."""
        self._path = Path(path)
        self.file.setText(self._path.name)
        self._look()

    @Slot()
    def _look(self) -> None:
        """Say what would happen, once both file and datum are known."""
        self.take.setEnabled(False)
        if self._path is None or not self.datum.value:
            return
        question = partial(_preview, self._path, Datum(self.datum.value))
        self._context.executor.ask(question, self._show_preview, self)

    def _show_preview(self, answer: MapLayerPreview | KnownError) -> None:
        if isinstance(answer, KnownError):
            self._say(f"{answer.message}。{answer.remedy}", Tone.BREACHED)
            return
        self._say(preview_words(answer), Tone.TEXT)
        self.take.setEnabled(True)
        self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str, tone: Tone) -> None:
        self.what.setText(words)
        self.what.set_tone(tone)
        self.take.setEnabled(False)
        self.adjustSize()

    @Slot()
    def _import(self) -> None:
        assert self._path is not None
        command = ImportMapLayer(self._path, Datum(self.datum.value), self.place_sites.isChecked())
        self._context.executor.submit(command, self, self._done, self._refused)

    @Slot()
    def _remove(self) -> None:
        self._context.executor.submit(RemoveMapLayer(), self, self._done, self._refused)

    def _done(self, _changes: Changes) -> None:
        self.accept()

    def _refused(self, error: KnownError) -> None:
        self._say(f"{error.message}。{error.remedy}", Tone.BREACHED)


def _preview(path: Path, datum: Datum, queries: Queries) -> MapLayerPreview | KnownError:
    try:
        return queries.preview_map_layer(path, datum)
    except KnownError as error:
        # Said in the dialog, beside what was chosen, not in the message bar behind it.
        return error
