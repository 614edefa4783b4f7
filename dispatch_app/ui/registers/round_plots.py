"""The curves of a room: temperature, humidity, voltage over time, each with the band it ought to lie in.

Imports pyqtgraph (a quarter of a second): import this module only when somebody asks for the curves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsView, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.operations.registers.round_limits import QUANTITIES, Quantity, judged
from dispatch_app.operations.round_rows import Trend, TrendPoint
from dispatch_app.ui.desk.map_canvas import MouseAct
from dispatch_app.ui.theme.theme import Theme

Figures = NDArray[np.float64]
BEIJING_S = int(timedelta(hours=8).total_seconds())
NEAR = 24.0
"""A point is meant within so many pixels of the mouse, sideways."""
_LEFT_AXIS = 52
_BAND_ALPHA = 40
_DAY = 86_400


class RoundPlots(QWidget):
    """Three plots that share one time axis.

    Signals:
        pointed: `TrendPoint` under the mouse, or None.
        opened: Id of the round that was clicked.
    """

    pointed = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend: Trend | None = None
        self._at = np.empty(0)
        self.shown: TrendPoint | None = None
        sheet = pg.GraphicsLayoutWidget()
        # pyqtgraph has no types: from here on the sheet is the QGraphicsView that it is.
        self.sheet: QGraphicsView = sheet
        self.sheet.setAccessibleName("温度、湿度、电压曲线")
        self.curves = [_Curve(sheet, place, one) for place, one in enumerate(QUANTITIES)]
        for curve in self.curves[1:]:
            curve.plot.setXLink(self.curves[0].plot)
        sheet.scene().sigMouseMoved.connect(self._moved)
        sheet.scene().sigMouseClicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        self.paint_with(theme)

    def show_trend(self, trend: Trend) -> None:
        self._trend = trend
        self._at = np.array([point.at for point in trend.points], dtype=float)
        for curve in self.curves:
            curve.show(trend, self._at)
        if len(self._at):
            least, most = self._at[0], self._at[-1]
            margin = max((most - least) * 0.02, _DAY / 4)
            self.curves[0].plot.setXRange(least - margin, most + margin, padding=0)
        self.mark(None)

    def paint_with(self, theme: Theme) -> None:
        self.sheet.setBackgroundBrush(theme.surface)
        for curve in self.curves:
            curve.paint_with(theme)

    def point_at(self, moment: float, reach: float) -> TrendPoint | None:
        """The round nearest to a moment, at most `reach` seconds off."""
        if self._trend is None or not len(self._at):
            return None
        place = int(np.searchsorted(self._at, moment))
        near = [one for one in (place - 1, place) if 0 <= one < len(self._at)]
        best = min(near, key=lambda one: abs(self._at[one] - moment))
        return self._trend.points[best] if abs(self._at[best] - moment) <= reach else None

    def mark(self, point: TrendPoint | None) -> None:
        """Ring a round on all three curves, and tell which."""
        self.shown = point
        for curve in self.curves:
            curve.mark(point)
        self.pointed.emit(point)

    @Slot(object)
    def _moved(self, place: QPointF) -> None:
        box = self.curves[0].plot.vb
        moment = box.mapSceneToView(place).x()
        reach = NEAR * box.viewPixelSize()[0]
        point = self.point_at(moment, reach)
        if point is not self.shown:
            self.mark(point)

    @Slot(object)
    def _clicked(self, event: MouseAct) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.shown is not None:
            self.opened.emit(self.shown.entry_id)


class DayAxis(pg.DateAxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Beijing days under a curve, without the English names of months."""

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        part = slice(0, 7) if spacing >= 25 * _DAY else slice(5, 10) if spacing >= _DAY else slice(11, 16)
        return [moment_text(int(value))[part] for value in values]


class _Curve:
    """One quantity: its plot, its band, its line, its points out of the band, and the ring on one of them."""

    def __init__(self, sheet: QGraphicsView, place: int, quantity: Quantity) -> None:
        self._quantity = quantity
        axes = {"bottom": DayAxis(utcOffset=-BEIJING_S)}
        self.plot = sheet.addPlot(row=place, col=0, axisItems=axes)  # type: ignore[attr-defined]  # pyqtgraph's
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setMouseEnabled(x=True, y=False)
        self.plot.getAxis("left").setWidth(_LEFT_AXIS)
        self._title = f"{quantity.title}（{quantity.unit}）"
        self.band = pg.LinearRegionItem(orientation="horizontal", movable=False)
        self.line = pg.PlotCurveItem()
        self.wrong = pg.ScatterPlotItem(size=8, symbol="s", pen=None)
        self.ring = pg.ScatterPlotItem(size=14, symbol="o", brush=None)
        for item in (self.band, self.line, self.wrong, self.ring):
            self.plot.addItem(item)

    def show(self, trend: Trend, at: Figures) -> None:
        key, band = self._quantity.key, trend.bands[self._quantity.key]
        figures = [point.figures.get(key) for point in trend.points]
        values = np.array([np.nan if one is None else float(one) for one in figures])
        self.band.setRegion((float(band.low), float(band.high)))
        self.line.setData(at, values, connect="finite")
        beyond = [n for n, one in enumerate(figures) if one is not None and judged(self._quantity, one, band)]
        self.wrong.setData(at[beyond], values[beyond])
        known = values[~np.isnan(values)]
        least = min([float(band.low), *_ends(known)])
        most = max([float(band.high), *_ends(known)])
        self.plot.setYRange(least, most, padding=0.12)

    def mark(self, point: TrendPoint | None) -> None:
        figure = None if point is None else point.figures.get(self._quantity.key)
        if point is None or figure is None:
            self.ring.setData([], [])
        else:
            self.ring.setData([point.at], [float(figure)])

    def paint_with(self, theme: Theme) -> None:
        tint = QColor(theme.accent)
        tint.setAlpha(_BAND_ALPHA)
        self.band.setBrush(tint)
        for edge in self.band.lines:
            edge.setPen(_pen(theme.line))
        self.line.setPen(_pen(theme.accent))
        self.wrong.setBrush(theme.breached_bar)
        self.ring.setPen(_pen(theme.text))
        self.plot.setTitle(self._title, color=theme.quiet.name(), size="13px", justify="left")
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.setPen(_pen(theme.line))
            axis.setTextPen(theme.quiet)


def point_words(point: TrendPoint) -> str:
    """`11-22 08:10　温度 22.5 ℃　湿度 45.0 %　电压 221.0 V`, and what was wrong."""
    figures = (
        f"{one.title} {point.figures[one.key]} {one.unit}" for one in QUANTITIES if one.key in point.figures
    )
    return "　".join([moment_text(point.at)[:16], *figures])


def _ends(values: Figures) -> Iterable[float]:
    return (float(values.min()), float(values.max())) if len(values) else ()


def _pen(colour: QColor) -> QPen:
    # One pixel, cosmetic: wider antialiased pens cost frames.
    pen = QPen(colour, 1)
    pen.setCosmetic(True)
    return pen
