"""The heat map with its switch: the faults of all sites, or of the sites of one service item."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dispatch_app.operations.rows import SiteRow
from dispatch_app.operations.statistics_rows import Dimension, Statistics
from dispatch_app.ui.statistics.heat_map import HeatMap
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import Segments
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

BY_SITE, BY_ITEM = "site", "item"


class HeatPanel(QWidget):
    """Signals:
    opened: Id of the site that was clicked or taken with Enter.
    """

    opened = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Statistics | None = None
        self._sites: tuple[SiteRow, ...] = ()
        self.by = Segments([(BY_SITE, "站点"), (BY_ITEM, "服务项目")])
        self.by.setAccessibleName("分布图按站点或服务项目")
        self.by.set_value(BY_SITE)
        self.item = QComboBox()
        self.item.setAccessibleName("分布图的服务项目")
        self.item.setToolTip("只画这一项的站点（↑ ↓ 换一项）")
        self.item.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.item.hide()
        self.map = HeatMap(themes)
        self.aside = Text("", Size.SMALL, Tone.QUIET, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.by)
        head.addWidget(self.item, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.map, 1)
        column.addWidget(self.aside)
        self.by.chosen.connect(self._switch)
        self.item.currentIndexChanged.connect(self._draw)
        self.map.opened.connect(self.opened)

    def show_found(self, found: Statistics, sites: tuple[SiteRow, ...]) -> None:
        """The faults of a period; the item chosen stays where the period has faults of it."""
        self._found, self._sites = found, sites
        chosen = self.item.currentData()
        self.item.blockSignals(True)
        self.item.clear()
        for bar in found.bars[Dimension.ITEM]:
            if bar.count:
                self.item.addItem(f"{bar.label}　{bar.count} 件", bar.key)
        self.item.setCurrentIndex(max(0, self.item.findData(chosen)))
        self.item.blockSignals(False)
        self._draw()

    @Slot(str)
    def _switch(self, by: str) -> None:
        self.item.setVisible(by == BY_ITEM)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        if self._found is None:
            return
        found, wanted = self._found, self.item.currentData()
        every = self.by.value == BY_SITE
        self.map.show_counts(
            self._sites,
            {
                bar.key: bar.count
                for bar in found.bars[Dimension.SITE]
                if every or found.item_of.get(bar.key) == wanted
            },
        )
        unplaced = self.map.unplaced
        self.aside.setText(f"另有 {unplaced} 件的站点没有坐标，没有画上；各站点的件数见下表")
        self.aside.setVisible(bool(unplaced))
