"""The sites that match what is typed: a list under the field that never takes the focus."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from dispatch_app.contract.facts import Zone
from dispatch_app.operations.rows import SiteRow
from dispatch_app.operations.words import ZONE_WORDS
from dispatch_app.ui.desk.hanging_list import HangingList, kit_of
from dispatch_app.ui.desk.paint_kit import LEFT, RIGHT
from dispatch_app.ui.desk.row_delegate import Index, RowDelegate
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Themes

DisplayRole = Qt.ItemDataRole.DisplayRole
AccessibleTextRole = Qt.ItemDataRole.AccessibleTextRole
SITE_ROLE = int(Qt.ItemDataRole.UserRole) + 1

ITEM_HEIGHT = 36
PADDING = 4
MOST_SHOWN = 8


class SiteModel(QAbstractListModel):
    """Sites in the order in which they match."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SiteRow, ...] = ()
        self._label = ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == DisplayRole:
            return self._name(index.row())
        if role == SITE_ROLE:
            return row
        if role == AccessibleTextRole:
            in_hand = f"，在办 {len(row.open_faults)}" if row.open_faults else ""
            return f"{self._name(index.row())}，{ZONE_WORDS[row.zone]}{in_hand}"
        return None

    def _name(self, row: int) -> str:
        name = self._rows[row].name
        return f"{self._label} · {name}" if self._label and row == 0 else name

    def show(self, rows: tuple[SiteRow, ...], label: str = "") -> None:
        """`label`: of the device whose site comes first; empty for none."""
        self.beginResetModel()
        self._rows, self._label = rows, label
        self.endResetModel()

    def site(self, row: int) -> SiteRow:
        return self._rows[row]


class SiteDelegate(RowDelegate):
    """A site's name, how many faults are in hand there, and 市区外 where it lies out of town."""

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, *, selected: bool) -> None:
        row, kit = index.data(SITE_ROLE), self.kit
        assert isinstance(row, SiteRow)
        shown = str(index.data())
        inner = rect.adjusted(10, 0, -10, 0)
        chip = f"在办 {len(row.open_faults)}" if row.open_faults else ""
        outlying = ZONE_WORDS[row.zone] if row.zone is Zone.OUTLYING else ""
        taken = (kit.chip_width(chip) + 8 if chip else 0) + (kit.width(TextSize.SMALL, outlying) + 8)
        room = max(0.0, inner.width() - taken)
        name = QRectF(inner.left(), inner.top(), room, inner.height())
        kit.text(painter, name, LEFT, TextSize.BODY, "text", shown)
        if chip:
            x = inner.left() + min(room, kit.width(TextSize.BODY, shown)) + 8
            kit.chip(painter, x, inner.center().y(), chip, alarming=False)
        if outlying:
            kit.text(painter, inner, RIGHT, TextSize.SMALL, "quiet", outlying)


class SiteList(HangingList):
    """Signals:
    taken: the `SiteRow` clicked.
    """

    taken = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        self.sites = SiteModel()
        delegate = SiteDelegate(kit_of(themes), ITEM_HEIGHT)
        super().__init__(themes, "匹配的站点", self.sites, delegate, parent, PADDING)
        self.least_width = 0
        """So wide it is at least, logical pixels, however narrow the field it hangs under."""
        self.view.setMouseTracking(True)
        self.view.clicked.connect(self._clicked)

    def offer(self, rows: tuple[SiteRow, ...], under: QWidget, label: str = "") -> None:
        """Show sites under a widget, the first marked; nothing to offer hides the list.

        Args:
            label: Of the device whose site comes first; empty for none.
        """
        self.sites.show(rows, label)
        if not rows:
            self.hide()
            return
        self.mark(0)
        window, place = self.hang_in_window(under)
        height = ITEM_HEIGHT * min(len(rows), MOST_SHOWN) + 2 * PADDING + 2
        room = window.height() - place.y() - 8
        width = max(under.width(), self.least_width)
        self.setGeometry(place.x(), place.y() + 4, width, min(height, max(room, 2 * ITEM_HEIGHT)))
        self.raise_()
        self.show()

    @property
    def marked(self) -> SiteRow | None:
        """The site Enter would take, or None."""
        index = self.view.currentIndex()
        return self.sites.site(index.row()) if index.isValid() else None

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.taken.emit(self.sites.site(index.row()))
