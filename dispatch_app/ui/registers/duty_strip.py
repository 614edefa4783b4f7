"""Over the rounds and backups: what is overdue and due now, each one click from being done."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from dispatch_app.operations.duty_words import due_words, duty_tip, duty_title, duty_when, overdue_words
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_pages import DUTIES_OF
from dispatch_app.operations.registers.duties import DutyState
from dispatch_app.operations.round_rows import DutyBook, DutyItem
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.beijing import day_of
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Card
from dispatch_app.ui.widgets.labels import ElidedLabel
from dispatch_app.ui.widgets.polish import Size, Tone, describe

_TONES = {DutyState.OVERDUE: Tone.BREACHED, DutyState.DUE: Tone.SOON, DutyState.AHEAD: Tone.FAINT}
LEAST = 168
"""A duty is at least so wide, logical pixels."""
MOST = 24
"""So many duties are shown at once; the lists have the rest."""


class DutyButton(QPushButton):
    """A duty in two lines: what, and how late or by when."""

    def __init__(self, item: DutyItem, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        describe(self, duty=True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(duty_tip(item, today))
        self.setAccessibleName(f"{duty_title(item)}，{duty_when(item.due, today)}")
        self.title = ElidedLabel(duty_title(item), Size.QUIET)
        self.when = ElidedLabel(duty_when(item.due, today), Size.SMALL, _TONES[item.due.state])
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 4)
        column.setSpacing(0)
        for part in (self.title, self.when):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)

    def sizeHint(self) -> QSize:
        lines = self.title.sizeHint().height() + self.when.sizeHint().height()
        return QSize(LEAST, lines + 12)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())


class DutyStrip(Card):
    """Signals:
    asked: `DutyItem` a person wants to do now.
    """

    asked = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("到期", " ", parent, flush=True)
        self._context = context
        self.book = DutyBook(())
        self._today = day_of(context.ticker.now)
        self._all = False
        self.buttons: list[DutyButton] = []
        self.fault_button = Button("登记故障", Kind.PLAIN, "Ctrl+G")
        self.fault_button.setToolTip("把选中这次巡检的异常登记成故障（Ctrl+G）")
        self.trends_button = Button("曲线", Kind.PLAIN)
        self.trends_button.setToolTip("每个机房的温度、湿度、电压曲线")
        self.print_button = Button("单据", Kind.PLAIN)
        self.print_button.setToolTip("打印巡检表、空白巡检表、备份记录")
        self.all_button = Button("", Kind.BARE)
        self.all_button.setToolTip("也显示还没到期的，再点收起")
        for button in (self.all_button, self.fault_button, self.trends_button, self.print_button):
            self.header.addWidget(button)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(16, 0, 16, 12)
        self._grid.setSpacing(8)
        self.body.addLayout(self._grid)
        self.all_button.clicked.connect(self._toggle)
        context.executor.applied.connect(self._applied)
        context.ticker.second.connect(self._tick)
        self.read()

    def read(self) -> None:
        """Have the duties read again."""
        self._context.executor.ask(_book, self.show_book, self)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        if not DUTIES_OF.isdisjoint(applied.changes.registers):
            self.read()

    @Slot(object)
    def _tick(self, now: int) -> None:
        if day_of(now) != self._today:
            self._today = day_of(now)
            self.read()

    def show_book(self, book: DutyBook) -> None:
        self.book = book
        overdue, due = overdue_words(book), due_words(book)
        self.set_title(" · ".join(part for part in ("到期", overdue, due) if part))
        note = next((one.due.note for one in book.items if one.due.note), "")
        ahead = [one for one in book.items if one.due.state is DutyState.AHEAD]
        said = ""
        if not overdue and not due:
            said = (
                f"都做完了，下一项：{_next(ahead[0], self._today)}" if ahead else "还没有巡检计划和备份系统"
            )
        self.set_trailing("　".join(part for part in (said, note) if part))
        self.all_button.set_text(f"全部 {len(book.items)} 项" if not self._all else "只看到期")
        self.all_button.setVisible(bool(ahead))
        self._lay_out_buttons()

    def set_trailing(self, text: str) -> None:
        """What is said beside the title: the next duty, or what nobody knows yet of the calendar."""
        self.trailing.setText(text)
        self.trailing.setVisible(bool(text))

    @Slot()
    def _toggle(self) -> None:
        self._all = not self._all
        self.show_book(self.book)

    def _lay_out_buttons(self) -> None:
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        shown = [one for one in self.book.items if self._all or one.due.state is not DutyState.AHEAD][:MOST]
        self.buttons = [DutyButton(one, self._today) for one in shown]
        for button in self.buttons:
            button.clicked.connect(partial(self._ask, button.item))
        self._arrange()

    def _arrange(self) -> None:
        across = max(1, (self.width() - 32) // (LEAST + self._grid.spacing()))
        for place in range(self._grid.columnCount()):
            self._grid.setColumnStretch(place, 0)
        for place, button in enumerate(self.buttons):
            self._grid.addWidget(button, place // across, place % across)
        for place in range(across):
            self._grid.setColumnStretch(place, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    def _ask(self, item: DutyItem) -> None:
        self.asked.emit(item)


def _next(item: DutyItem, today: date) -> str:
    return f"{duty_title(item)} {duty_when(item.due, today).removeprefix('下次 ')}"


def _book(queries: Queries) -> DutyBook:
    return queries.duty_book()
