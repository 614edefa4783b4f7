"""The sites the contract serves, as a table that is filtered by typing and where a zone can be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.facts import Zone
from dispatch_app.operations.rows import SiteRow
from dispatch_app.operations.words import ZONE_WORDS
from dispatch_app.ui.desk.map_contents import KINDS
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

Index = QModelIndex | QPersistentModelIndex
DISPLAY = Qt.ItemDataRole.DisplayRole
HEADINGS = ("站点", "类别", "区域", "街道", "图上位置")
ROW_HEIGHT = 36
ROWS_IN_SIGHT = 10


class SiteTableModel(QAbstractTableModel):
    """Rows as they were read; `keep_matching` leaves those a typed text fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[SiteRow, ...] = ()
        self._shown: list[SiteRow] = []
        self._text = ""

    def set_rows(self, rows: Sequence[SiteRow]) -> None:
        self._all = tuple(rows)
        self.keep_matching(self._text)

    def keep_matching(self, text: str) -> None:
        """Show the sites whose name, street or pinyin holds `text`; all of them for an empty one."""
        self._text = text.strip().lower()
        self.beginResetModel()
        self._shown = [row for row in self._all if self._matches(row)]
        self.endResetModel()

    def row(self, place: int) -> SiteRow:
        return self._shown[place]

    def place_of(self, site_id: str) -> int:
        """The row a site stands in, or -1."""
        return next((place for place, row in enumerate(self._shown) if row.id == site_id), -1)

    def _matches(self, row: SiteRow) -> bool:
        return any(self._text in part.lower() for part in (row.name, row.street, row.initials, row.pinyin))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role == DISPLAY and orientation == Qt.Orientation.Horizontal:
            return HEADINGS[section]
        return None

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid() or role != DISPLAY:
            return None
        row = self._shown[index.row()]
        column = index.column()
        if column == 0:
            return row.name
        if column == 1:
            return KINDS[row.kind]
        if column == 2:
            return ZONE_WORDS[row.zone]
        if column == 3:
            return row.street
        if row.longitude is None:
            return "待定"
        return "大约" if row.approximate else "已定"


class SiteTable(QWidget):
    """Signals: amended carries site id, name, zone and reason."""

    amended = Signal(str, str, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SiteTableModel(self)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("输入站点、街道或拼音首字母筛选")
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName("筛选站点")
        self.view = QTableView()
        self.view.setModel(self.model)
        self._prepare_view()
        self.form = self._make_form()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.view)
        column.addWidget(self.form)
        self.filter.textChanged.connect(self.model.keep_matching)
        self.model.modelReset.connect(self._show_selected)
        self.view.selectionModel().selectionChanged.connect(self._show_selected)
        self._show_selected()

    def _prepare_view(self) -> None:
        self.view.setAccessibleName("站点")
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setShowGrid(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.view.setFixedHeight(ROW_HEIGHT * (ROWS_IN_SIGHT + 1))

    def _make_form(self) -> QWidget:
        form = QWidget()
        self.hint = Text("选中一个站点可以更正名称和区域", Size.QUIET, Tone.FAINT)
        self.name = QLineEdit()
        self.zones = Segments([(zone.value, words) for zone, words in ZONE_WORDS.items()])
        self.reason = QLineEdit()
        self.reason_field = FormField("更正的理由", self.reason)
        self.save = Button("更正", Kind.PLAIN)
        self._editors = QWidget()
        row = QHBoxLayout(self._editors)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(FormField("站点名称", self.name), 2)
        row.addWidget(FormField("区域", self.zones))
        row.addWidget(self.reason_field, 2)
        row.addWidget(self.save, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self._editors)
        self.save.clicked.connect(self._amend)
        self.reason.returnPressed.connect(self._amend)
        return form

    def set_rows(self, rows: Sequence[SiteRow]) -> None:
        """Show sites anew; the selected one stays selected."""
        selected = self.selected
        self.model.set_rows(rows)
        if selected is not None and (place := self.model.place_of(selected.id)) >= 0:
            self.view.selectRow(place)

    @property
    def selected(self) -> SiteRow | None:
        rows = self.view.selectionModel().selectedRows()
        return self.model.row(rows[0].row()) if rows else None

    def show_refusal(self, error: KnownError) -> None:
        self.reason_field.set_error(f"{error.message}。{error.remedy}")

    @Slot()
    def _show_selected(self) -> None:
        site = self.selected
        self.hint.setVisible(site is None)
        self._editors.setVisible(site is not None)
        if site is not None:
            self.name.setText(site.name)
            self.zones.set_value(site.zone.value)
            self.reason.clear()
            self.reason_field.set_error("")

    @Slot()
    def _amend(self) -> None:
        site = self.selected
        if site is None:
            return
        reason = self.reason.text().strip()
        if not reason:
            self.reason_field.set_error("请写明理由：在办故障会按新区域重算")
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.amended.emit(site.id, self.name.text().strip(), Zone(self.zones.value), reason)
