"""The trend: a column a month, and under it which shares of the answers and arrivals were in time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from dispatch_app.contract.calendar_beijing import date_of
from dispatch_app.operations.statistics_rows import Bar, MonthStandard
from dispatch_app.ui.desk.paint_kit import CENTRE, PaintKit, cell
from dispatch_app.ui.lists.paged_model import Index
from dispatch_app.ui.statistics.bars import BarModel, ColumnDelegate, ColumnList, ColumnModel
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Themes

SHARE_HEIGHT = 20.0
SHARES_FOOT = 2 * SHARE_HEIGHT + 4
WIDEST = 104


class MonthModel(ColumnModel):
    """Months as columns, with their shares in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.months: tuple[MonthStandard, ...] = ()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = super().data(index, role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and index.isValid():
            month = self.months[index.row()]
            return f"{found}，{_share_words('响应', month.response)}，{_share_words('到场', month.arrival)}"
        return found


class _MonthDelegate(ColumnDelegate):
    """A column, and under its name the two shares; one that is not whole in the colour of what was missed."""

    foot = SHARES_FOOT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        assert isinstance(self._model, MonthModel)
        month, (rect, _) = self._model.months[index.row()], cell(option)
        top = rect.bottom() - SHARES_FOOT
        for place, (name, share) in enumerate((("响应", month.response), ("到场", month.arrival))):
            box = QRectF(rect.left(), top + place * SHARE_HEIGHT, rect.width(), SHARE_HEIGHT)
            said = "—" if share is None else f"{share:.0%}"
            role = "breached_text" if share is not None and share < 1 else "quiet"
            whole = f"{name} {said}"
            fits = self.kit.width(TextSize.SMALL, whole) <= rect.width() - 2
            self.kit.text(painter, box, CENTRE, TextSize.SMALL, role, whole if fits else said)


class MonthList(ColumnList):
    """The months of the trend; each leads to its faults."""

    widest = WIDEST
    height_wanted = 168 + int(SHARES_FOOT)

    def __init__(self, themes: Themes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(themes, name, parent)
        self.setToolTip("点一个月，看那个月的故障")

    def _made_model(self) -> BarModel:
        return MonthModel(self)

    def _delegate(self, kit: PaintKit) -> ColumnDelegate:
        return _MonthDelegate(self.bars, kit, self)

    def show_months(self, months: Sequence[MonthStandard]) -> None:
        """Others in place of those shown."""
        assert isinstance(self.bars, MonthModel)
        self.bars.months = tuple(months)
        self.show_bars([Bar(str(one.start), _name(one.start), one.faults, 0, 0) for one in months])


def _name(start: int) -> str:
    return date_of(start).isoformat()[:7]


def _share_words(name: str, share: float | None) -> str:
    return f"{name}没有可算的" if share is None else f"{name}按时 {share:.0%}"
