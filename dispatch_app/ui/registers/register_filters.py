"""Over a register's list: what is typed, and the named parts of it with how many stand in each."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.operations.register_rows import WITHDRAWN_VIEW, RegisterCount, RegisterFilter
from dispatch_app.operations.registers.register import Register
from dispatch_app.ui.lists.search_field import SearchField
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments


class RegisterFilters(QWidget):
    """Signals: changed: `RegisterFilter`, whenever another one is set."""

    changed = Signal(object)

    def __init__(self, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._refers: tuple[str, ...] | None = None
        self.search = SearchField("编号、名称或拼音首字母", f"在{register.title}里查找")
        self.views = Segments(
            [("", "全部"), *((one.key, one.title) for one in register.views), (WITHDRAWN_VIEW, "已作废")]
        )
        self.views.set_value("")
        self.only = Button("", Kind.PLAIN)
        self.only.setToolTip("只看这一部分；点一下看全部")
        self.only.hide()
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        self.top.addWidget(self.search, 1)
        low = QHBoxLayout()
        low.setSpacing(8)
        low.addWidget(self.views)
        low.addWidget(self.only)
        low.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self.top)
        column.addLayout(low)
        self.search.textChanged.connect(self._tell)
        self.views.chosen.connect(self._tell)
        self.only.clicked.connect(self._show_all)

    @property
    def filter(self) -> RegisterFilter:
        """What is set now."""
        return RegisterFilter(self.search.text(), self.views.value, self._refers)

    def show_filter(self, wanted: RegisterFilter, said: str = "") -> None:
        """Set everything, and tell it once. `said`: what the entries referred to are called."""
        for widget in (self.search, self.views):
            widget.blockSignals(True)
        self.search.setText(wanted.text)
        self.views.set_value(wanted.view)
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
            self.views.button(view.key).setText(f"{view.title} {count:,}" if count else view.title)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit(self.filter)

    @Slot()
    def _show_all(self) -> None:
        self.show_filter(RegisterFilter())
