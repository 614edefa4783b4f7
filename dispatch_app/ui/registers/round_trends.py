"""The panel of curves: which room, how far back, and what the round under the mouse said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from dispatch_app.operations.queries import Queries
from dispatch_app.operations.round_rows import Trend, TrendPoint
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.theme.theme import Theme
from dispatch_app.ui.widgets.buttons import Segments
from dispatch_app.ui.widgets.cards import EmptyState
from dispatch_app.ui.widgets.labels import ElidedLabel
from dispatch_app.ui.widgets.over_panel import OverPanel
from dispatch_app.ui.widgets.polish import Size, Tone

if TYPE_CHECKING:
    from dispatch_app.ui.registers.round_plots import RoundPlots

DAY_S = 86_400
SPANS = (("7", "7 天"), ("30", "30 天"), ("365", "365 天"), ("0", "全部"))
USUAL_SPAN = "30"
_HINT = "指向曲线看那一次的数值，点击打开那次巡检；滚轮缩放，拖动平移"


class TrendPanel(OverPanel):
    """Signals: opened: id of the round that was clicked."""

    opened = Signal(object)

    def __init__(self, context: UiContext, over: QWidget) -> None:
        super().__init__(context.themes, "机房曲线", over, width=1180)
        self._context = context
        self._sites: tuple[tuple[str, str], ...] = ()
        self._wanted: tuple[str, str] = ("", "")
        self.plots: RoundPlots | None = None
        self.room = QComboBox()
        self.room.setAccessibleName("机房")
        self.room.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.span = Segments(SPANS)
        self.span.set_value(USUAL_SPAN)
        self.said = ElidedLabel(_HINT, Size.QUIET, Tone.QUIET)
        self.empty = EmptyState("这个机房这段时间没有巡检记录", "换一个机房，或看更长的时间")
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 8)
        row.setSpacing(12)
        row.addWidget(self.room)
        row.addWidget(self.span)
        row.addWidget(self.said, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.empty, 1)
        self.room.currentIndexChanged.connect(self._read)
        self.span.chosen.connect(self._read)
        context.themes.changed.connect(self._recolour)
        context.executor.applied.connect(self._applied)

    def open_for(self, site_id: str = "") -> None:
        """Show the curves; of this room, or of the one last looked at."""
        self.come_up()
        self.room.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.executor.ask(_sites, partial(self._take_sites, site_id), self)

    def _take_sites(self, site_id: str, sites: tuple[tuple[str, str], ...]) -> None:
        wanted = site_id or self.site
        self._sites = sites
        self.room.blockSignals(True)
        self.room.clear()
        self.room.addItems([name for _, name in sites])
        ids = [one for one, _ in sites]
        self.room.setCurrentIndex(ids.index(wanted) if wanted in ids else 0)
        self.room.blockSignals(False)
        self._read()

    @property
    def site(self) -> str:
        """Id of the room in sight; empty for none."""
        place = self.room.currentIndex()
        return self._sites[place][0] if 0 <= place < len(self._sites) else ""

    @Slot()
    def _read(self) -> None:
        self._wanted = (self.site, self.span.value)
        if not self.site:
            self._show_empty(True)
            return
        days = int(self.span.value)
        since = self._context.ticker.now - days * DAY_S if days else 0
        self._context.executor.ask(
            partial(_trend, self.site, since), partial(self._take_trend, self._wanted), self
        )

    def _take_trend(self, wanted: tuple[str, str], trend: Trend) -> None:
        if wanted != self._wanted:
            return
        if trend.points:
            self._made_plots().show_trend(trend)
        self._show_empty(not trend.points)

    def _made_plots(self) -> RoundPlots:
        if self.plots is None:
            # pyqtgraph costs a quarter of a second: it is imported when somebody wants to see curves.
            from dispatch_app.ui.registers.round_plots import RoundPlots

            self.plots = RoundPlots(self._context.themes.current)
            self.plots.pointed.connect(self._say)
            self.plots.opened.connect(self._open)
            self.body.addWidget(self.plots, 1)
        return self.plots

    def _show_empty(self, empty: bool) -> None:
        self.empty.setVisible(empty)
        if self.plots is not None:
            self.plots.setVisible(not empty)

    @Slot(object)
    def _say(self, point: TrendPoint | None) -> None:
        from dispatch_app.ui.registers.round_plots import point_words

        self.said.setText(_HINT if point is None else point_words(point))
        self.said.set_tone(Tone.QUIET if point is None else Tone.BREACHED if point.breach else Tone.TEXT)

    @Slot(object)
    def _open(self, entry_id: str) -> None:
        self.dismiss()
        self.opened.emit(entry_id)

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        if self.isVisible() and "rounds" in applied.changes.registers:
            self._read()

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        if self.plots is not None:
            self.plots.paint_with(theme)


def _sites(queries: Queries) -> tuple[tuple[str, str], ...]:
    return queries.round_sites()


def _trend(site_id: str, since: int, queries: Queries) -> Trend:
    return queries.round_trend(site_id, since)
