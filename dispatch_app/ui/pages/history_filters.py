"""Over the list of all faults: what is typed, the period, state and zone, and filters kept under a name."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.contract.facts import Zone
from dispatch_app.operations.history_rows import FaultState, HistoryFilter, PeriodKind, SavedFilter
from dispatch_app.operations.words import ZONE_WORDS
from dispatch_app.ui.lists.search_field import SearchField
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

_HINT = "编号、站点（拼音首字母也行）、现象、报障人、单位、电话、工程师、设备"
_PERIODS = (
    (PeriodKind.ALL.value, "全部"),
    (PeriodKind.TODAY.value, "今天"),
    (PeriodKind.MONTH.value, "本月"),
    (PeriodKind.TERM.value, "本合同期"),
    (PeriodKind.DAYS.value, "自定"),
)
_STATES = (
    ("", "不限"),
    (FaultState.OPEN.value, "在办"),
    (FaultState.ENDED.value, "已结"),
    (FaultState.CANCELLED.value, "已销单"),
)


class HistoryFilters(QWidget):
    """Signals:
    changed: `HistoryFilter`, whenever another one is set.
    kept: (name, `HistoryFilter`) to be kept. dropped: name of one to be deleted.
    """

    changed = Signal(object)
    kept = Signal(object)
    dropped = Signal(object)

    def __init__(self, now: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved: tuple[SavedFilter, ...] = ()
        self._quiet = False
        self._only: tuple[str, ...] = ()
        self._called = ""
        self.only = Button("", Kind.PLAIN)
        self.only.setToolTip("只看这一部分；点一下看全部")
        self.only.hide()
        self.search = SearchField(_HINT, "在历史里查找")
        self.period = Segments(_PERIODS)
        self.first, self.last = (_day(name, now) for name in ("起始日（历史）", "截止日（历史）"))
        self.state = Segments(_STATES)
        self.zone = QComboBox()
        self.zone.setAccessibleName("区域筛选")
        for value, words in (("", "全部区域"), *((zone.value, ZONE_WORDS[zone]) for zone in Zone)):
            self.zone.addItem(words, value)
        self.breached = QCheckBox("有超时")
        self.emergency = QCheckBox("紧急")
        self.saved_button = Button("常用筛选", Kind.PLAIN)
        self.saved_button.setToolTip("选用、保存或删除筛选")
        self.menu = QMenu("常用筛选", self)
        self.name = QLineEdit()
        self.name.setPlaceholderText("给当前筛选起个名称")
        self.name.setAccessibleName("筛选名称")
        self.name_button = Button("保存筛选", Kind.ACCENT)
        self._dates = QWidget()
        self._naming = QWidget()
        self.top = QHBoxLayout()
        self._lay_out()
        self._connect()
        self.show_filter(HistoryFilter())

    def _lay_out(self) -> None:
        dates = QHBoxLayout(self._dates)
        naming = QHBoxLayout(self._naming)
        low = QHBoxLayout()
        for row in (dates, naming, low, self.top):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
        dates.addWidget(self.first)
        dates.addWidget(Text("至", Size.QUIET, Tone.QUIET))
        dates.addWidget(self.last)
        naming.addWidget(self.name, 1)
        naming.addWidget(self.name_button)
        self.top.addWidget(self.search, 1)
        self.top.addWidget(self.saved_button)
        for widget in (
            self.only, self.period, self._dates, self.state, self.zone, self.breached, self.emergency
        ):  # fmt: skip
            low.addWidget(widget)
        low.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self.top)
        column.addWidget(self._naming)
        column.addLayout(low)
        self._naming.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._tell)
        self.period.chosen.connect(self._tell)
        self.state.chosen.connect(self._tell)
        self.zone.currentIndexChanged.connect(self._tell)
        self.breached.toggled.connect(self._tell)
        self.emergency.toggled.connect(self._tell)
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._tell)
        self.saved_button.clicked.connect(self._show_saved)
        self.menu.triggered.connect(self._choose)
        self.only.clicked.connect(self._show_all)
        self.name.returnPressed.connect(self._keep)
        self.name_button.clicked.connect(self._keep)

    @property
    def filter(self) -> HistoryFilter:
        """What is set now."""
        period = PeriodKind(self.period.value)
        days = [edit.date().toString("yyyy-MM-dd") for edit in (self.first, self.last)]
        first, last = days if period is PeriodKind.DAYS else ("", "")
        return HistoryFilter(
            self.search.text(),
            period,
            first,
            last,
            self.state.value,
            self.zone.currentData(),
            self.breached.isChecked(),
            self.emergency.isChecked(),
            self._only,
            self._called,
        )

    def show_filter(self, wanted: HistoryFilter) -> None:
        """Set every field, and tell it once."""
        self._quiet = True
        self.search.setText(wanted.text)
        self.period.set_value(wanted.period.value)
        if wanted.period is PeriodKind.DAYS:
            self.first.setDate(QDate.fromString(wanted.first, "yyyy-MM-dd"))
            self.last.setDate(QDate.fromString(wanted.last, "yyyy-MM-dd"))
        self.state.set_value(wanted.state)
        self.zone.setCurrentIndex(self.zone.findData(wanted.zone))
        self.breached.setChecked(wanted.breached)
        self.emergency.setChecked(wanted.emergency)
        self._only, self._called = wanted.only, wanted.called
        self.only.set_text(f"只看 {wanted.called} ✕")
        self.only.setVisible(bool(wanted.only))
        self._quiet = False
        self._tell()

    def show_saved(self, saved: tuple[SavedFilter, ...]) -> None:
        """The filters kept under a name."""
        self._saved = saved
        self.menu.clear()
        for place, one in enumerate(saved):
            self._add(self.menu, one.name, ("choose", place))
        if saved:
            self.menu.addSeparator()
        self._add(self.menu, "保存当前筛选…", ("keep", -1))
        if saved:
            drop = QMenu("删除", self.menu)
            self.menu.addMenu(drop)
            for place, one in enumerate(saved):
                self._add(drop, f"删除「{one.name}」", ("drop", place))
        self._add(self.menu, "清除筛选", ("clear", -1))

    def _add(self, menu: QMenu, words: str, meaning: tuple[str, int]) -> None:
        # An ampersand in a name is no mnemonic.
        action = QAction(words.replace("&", "&&"), menu)
        action.setData(meaning)
        menu.addAction(action)

    @Slot()
    def _tell(self) -> None:
        self._dates.setVisible(self.period.value == PeriodKind.DAYS.value)
        if not self._quiet:
            self.changed.emit(self.filter)

    @Slot()
    def _show_all(self) -> None:
        self.show_filter(HistoryFilter())

    @Slot()
    def _show_saved(self) -> None:
        self.menu.popup(self.saved_button.mapToGlobal(self.saved_button.rect().bottomLeft()))

    @Slot(QAction)
    def _choose(self, action: QAction) -> None:
        what, place = action.data()
        if what == "choose":
            self.show_filter(self._saved[place].filter)
        elif what == "drop":
            self.dropped.emit(self._saved[place].name)
        elif what == "clear":
            self.show_filter(HistoryFilter())
        else:
            self._naming.show()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _keep(self) -> None:
        self.kept.emit((self.name.text(), self.filter))

    def end_naming(self) -> None:
        """The filter was kept."""
        self.name.clear()
        self._naming.hide()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)


def _day(name: str, now: int) -> QDateEdit:
    today = date_of(now)
    edit = QDateEdit(QDate(today.year, today.month, today.day))
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setAccessibleName(name)
    edit.setMinimumWidth(128)
    edit.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
    return edit
