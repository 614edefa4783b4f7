"""The head of a settlement: what is payable, in figures and in words, and the counters against the five."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.money import ZERO
from dispatch_app.operations.settlement_rows import TallyRow
from dispatch_app.ui.desk.paint_kit import NO_PEN, PaintKit
from dispatch_app.ui.pages.tallies_tables import money
from dispatch_app.ui.theme.theme import Theme, Themes
from dispatch_app.ui.widgets.cards import Card
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

_PARTS = ("合同总价", "已付", "本期计", "九.1", "九.2", "四.6", "索赔", "豁免", "申辩中", "期初至今计")


class Pips(QWidget):
    """So many of so many, one square each; beyond the limit they are all red."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._kit = PaintKit(themes.current, QApplication.font().family())
        self._count, self._limit = 0, 0
        self.setFixedHeight(12)
        themes.changed.connect(self._recolour)

    def show_count(self, count: int, limit: int) -> None:
        self._count, self._limit = count, limit
        self.setFixedWidth(max(1, max(count, limit)) * 16)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(NO_PEN)
        full = "breached_bar" if self._count > self._limit else "soon_bar"
        for place in range(max(self._count, self._limit)):
            painter.setBrush(self._kit.brushes[full if place < self._count else "track"])
            painter.drawRoundedRect(QRectF(place * 16, 0, 12, 12), 3, 3)

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._kit = PaintKit(theme, QApplication.font().family())
        self.update()


class Counter(QWidget):
    """One of the two counters over the term: figure, squares, and what the next ones mean."""

    def __init__(self, clause: str, name: str, themes: Themes) -> None:
        super().__init__()
        self._name = f"{clause} {name}"
        self.figure = Text("", Size.FIGURE)
        self.words = Text("", Size.SMALL, Tone.QUIET, wrap=True)
        self._pips = Pips(themes)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.figure)
        head.addWidget(self._pips)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(self._name, Size.QUIET, Tone.QUIET))
        column.addLayout(head)
        column.addWidget(self.words)

    def show_count(self, count: int, limit: int) -> None:
        """`limit`: how many may happen before 甲方 may terminate."""
        self.figure.setText(f"{count} / {limit}")
        self.figure.set_tone(Tone.BREACHED if count > limit else Tone.SOON if count else Tone.TEXT)
        self._pips.show_count(count, limit)
        self.words.setText(counter_words(count, limit))
        self.setAccessibleName(f"{self._name} {count} / {limit}，{self.words.text()}")


def counter_words(count: int, limit: int) -> str:
    """What a counter over the term means, in words."""
    if count > limit:
        return f"本合同期已 {count} 次，超过 {limit} 次，甲方有权解除合同"
    if count == limit:
        return f"本合同期已 {count} 次，再有一次甲方就可解除合同"
    return f"本合同期已 {count} 次，第 {limit + 1} 次起甲方可解除合同"


class SummaryCard(Card):
    """Payable at the left, its parts under it, the counters at the right."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__("应付余额", "", parent)
        self.payable = Text("", Size.FIGURE, Tone.TEXT, selectable=True)
        self.words = Text("", Size.QUIET, Tone.QUIET, wrap=True, selectable=True)
        self.owed = Text("", Size.QUIET, Tone.TEXT, wrap=True)
        self.parts = {name: Text("", Size.QUIET) for name in _PARTS}
        self._labels = {name: Text(name, Size.SMALL, Tone.QUIET) for name in _PARTS}
        self.unreachable = Counter("九.1", "紧急时联系不上", themes)
        self.nobody_sent = Counter("九.2", "五小时未派人", themes)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(2)
        money_column = QVBoxLayout()
        money_column.setSpacing(2)
        for widget in (self.payable, self.words, self.owed):
            money_column.addWidget(widget)
        money_column.addSpacing(6)
        money_column.addLayout(self._grid)
        money_column.addStretch(1)
        counters = QVBoxLayout()
        counters.setSpacing(12)
        counters.addWidget(self.unreachable)
        counters.addWidget(self.nobody_sent)
        counters.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addLayout(money_column, 3)
        row.addLayout(counters, 2)
        self.body.addLayout(row)

    def show_tally(self, row: TallyRow) -> None:
        self.payable.setText(f"{money(row.payable)} 元")
        self.words.setText(row.payable_words)
        self.owed.setText(f"已超出合同总价，乙方另欠 {money(row.owed)} 元" if row.owed else "")
        self.owed.setVisible(bool(row.owed))
        figures = {
            "合同总价": row.price,
            "已付": row.paid,
            "本期计": row.total,
            "九.1": row.unreachable_amount,
            "九.2": row.nobody_sent_amount,
            "四.6": row.third_party_amount,
            "索赔": row.claims,
            "豁免": row.waived,
            "申辩中": row.disputed,
            "期初至今计": row.counted_to_date,
        }
        # The price and the period's sum always stand; of the others only what is not nought.
        shown = [name for name in _PARTS if figures[name] != ZERO or name in ("合同总价", "本期计")]
        for widget in (*self._labels.values(), *self.parts.values()):
            self._grid.removeWidget(widget)
            widget.hide()
        for place, name in enumerate(shown):
            self.parts[name].setText(money(figures[name]))
            line, column = place // 4 * 2, place % 4
            self._grid.addWidget(self._labels[name], line, column)
            self._grid.addWidget(self.parts[name], line + 1, column)
            self._labels[name].show()
            self.parts[name].show()
        self.unreachable.show_count(row.term_unreachable_count, row.count_limit)
        self.nobody_sent.show_count(row.term_nobody_sent_count, row.count_limit)
