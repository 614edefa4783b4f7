"""Over a register's list: what is typed, and the named parts of it with how many stand in each."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, RegisterCount, RegisterFilter
from dispatch_app.operations.registers.register import Register
from dispatch_app.ui.lists.search_field import SearchField
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.flow import FlowLayout

SEARCH_LEAST = 210
"""Pixels in which what can be typed is still said whole."""
SPACING = 8


class RegisterFilters(QWidget):
    """Signals: changed: `RegisterFilter`, whenever another one is set."""

    changed = Signal(object)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._refers: tuple[str, ...] | None = None
        self.search = SearchField("编号、名称或拼音首字母", f"在{register.title}里查找")
        views = [("", "全部"), *((one.key, one.title) for one in register.views), (WITHDRAWN_VIEW, "已作废")]
        self.views = Segments(views)
        self.views_box = QComboBox()
        """The same in a narrow place."""
        self.views_box.setAccessibleName(f"看{register.title}的哪一部分")
        for value, words in views:
            self.views_box.addItem(words, value)
        self.views_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.views_box.hide()
        for view in register.views:
            # A step of an entry may be called the same.
            self.views.button(view.key).setAccessibleName(f"只看{view.title}")
        self.views.set_value("")
        self.only = Button("", Kind.PLAIN)
        self.only.setToolTip("只看这一部分；点一下看全部")
        self.only.hide()
        self._tools = QWidget()
        self._flow = FlowLayout(SPACING, self._tools)
        self._buttons: list[Button] = []
        self._top = QHBoxLayout()
        self._top.setSpacing(SPACING)
        self._top.addWidget(self.search, 1)
        self._top.addWidget(self._tools)
        low = QHBoxLayout()
        low.setSpacing(SPACING)
        low.addWidget(self.views)
        low.addWidget(self.views_box)
        low.addWidget(self.only)
        low.addStretch(1)
        # What does not fit makes way by itself; a row that is laid out broadly must not keep the list broad.
        self.setMinimumWidth(SEARCH_LEAST)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._column.addLayout(self._top)
        self._column.addLayout(low)
        self.search.textChanged.connect(self._tell)
        self.views.chosen.connect(self._choose_view)
        self.views_box.activated.connect(self._choose_in_box)
        self.only.clicked.connect(self._show_all)

    def add_tool(self, button: Button) -> None:
        """One more button beside the field, under it where there is no room for both."""
        self._flow.addWidget(button)
        self._buttons.append(button)
        self._place_tools()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tools()
        narrow = self.views.sizeHint().width() > self.width()
        self.views.setVisible(not narrow)
        self.views_box.setVisible(narrow)

    def _place_tools(self) -> None:
        widths = [tool.sizeHint().width() for tool in self._buttons]
        wanted = sum(widths) + SPACING * max(0, len(widths) - 1)
        beside = self.width() >= SEARCH_LEAST + SPACING + wanted
        self._tools.setMinimumWidth(wanted if beside else 0)
        if beside != (self._top.indexOf(self._tools) >= 0):
            if beside:
                self._top.addWidget(self._tools)
            else:
                self._column.insertWidget(1, self._tools)

    @property
    def filter(self) -> RegisterFilter:
        """What is set now."""
        return RegisterFilter(self.search.text(), self.views.value, self._refers)

    def show_filter(self, wanted: RegisterFilter, said: str = "") -> None:
        """Set everything, and tell it once. `said`: what the entries referred to are called."""
        for widget in (self.search, self.views):
            widget.blockSignals(True)
        self.search.setText(wanted.text)
        self._show_view(wanted.view)
        for widget in (self.search, self.views):
            widget.blockSignals(False)
        self._refers = wanted.refers
        self.only.set_text(f"只看 {said} ✕" if said else "只看一部分 ✕")
        self.only.setVisible(wanted.refers is not None)
        self._tell()

    def show_counts(self, counted: RegisterCount) -> None:
        """How many stand in each part."""
        self.views.button("").setText(f"全部 {counted.standing:,}")
        for view in self._register.views:
            count = counted.views[view.key]
            button = self.views.button(view.key)
            button.setText(f"{view.title} {count:,}" if count else view.title)
            self.views_box.setItemText(self.views_box.findData(view.key), button.text())
            button.setAccessibleName(f"只看{view.title}，{count:,} {self._register.counted}")

    def _show_view(self, view: str) -> None:
        self.views.set_value(view)
        self.views_box.setCurrentIndex(self.views_box.findData(view))

    @Slot(str)
    def _choose_view(self, view: str) -> None:
        self._show_view(view)
        self._tell()

    @Slot(int)
    def _choose_in_box(self, place: int) -> None:
        self._choose_view(self.views_box.itemData(place))

    @Slot()
    def _tell(self) -> None:
        self.changed.emit(self.filter)

    @Slot()
    def _show_all(self) -> None:
        self.show_filter(RegisterFilter())
