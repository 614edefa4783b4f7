"""The moving view under the map: pans and zooms within bounds, keeps distances true, draws the outline."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsObject, QGraphicsPathItem, QGraphicsView, QVBoxLayout, QWidget

from dispatch_app.operations.outline import Ring
from dispatch_app.ui.desk.map_canvas import MouseAct
from dispatch_app.ui.desk.map_plan import Viewport
from dispatch_app.ui.desk.map_projection import PROJECTION
from dispatch_app.ui.theme.theme import Theme

DEFAULT_GROUND = QRectF(-24.0, -33.5, 48.0, 67.0)
"""What is shown before the outline is there: the city's extent, kilometres about `PROJECTION`."""
CLOSEST = 400.0
"""Pixels a kilometre beyond which there is nothing more to see."""
_MARGIN = 0.04
_ROOM_AROUND = 0.75
"""How far out one may zoom, as a share of the scale that shows everything."""


class MapFrame(QWidget):
    """A pyqtgraph view in kilometres.

    Signals:
        viewed: `Viewport`, whenever something else is seen.
        double_clicked: On nothing in particular.
    """

    viewed = Signal(object)
    double_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = DEFAULT_GROUND
        self._moved = False
        self._bounding = False
        view = pg.GraphicsView(self, background=None)
        # pyqtgraph has no types: from here on the view is the QGraphicsView that it is.
        self.view: QGraphicsView = view
        self._box = pg.ViewBox(enableMenu=False, lockAspect=True, defaultPadding=0)
        self._box.disableAutoRange()
        self._outline = QGraphicsPathItem()
        self._box.addItem(self._outline, ignoreBounds=True)
        self._lines = QGraphicsPathItem()
        self._box.addItem(self._lines, ignoreBounds=True)
        view.setAntialiasing(True)
        view.setCentralItem(self._box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._box.sigRangeChanged.connect(self._range_changed)
        self._box.sigRangeChangedManually.connect(self._was_moved)
        view.scene().sigMouseClicked.connect(self._was_clicked)
        self.fit()

    def add(self, item: QGraphicsObject) -> None:
        """Lay an item over the view; its coordinates are the view's pixels."""
        self.view.scene().addItem(item)

    @property
    def viewport(self) -> Viewport:
        (west, east), (_south, north) = self._box.viewRange()
        size = self._box.size()
        width, height = max(1.0, size.width()), max(1.0, size.height())
        return Viewport(west, north, width / (east - west), width, height)

    def show_outline(self, rings: Sequence[Ring]) -> None:
        """Draw the boundary (WGS84 degrees) and take it for the whole of the ground."""
        path = QPainterPath()
        for ring in rings:
            points = [QPointF(*PROJECTION.to_km(*point)) for point in ring]
            path.moveTo(points[0])
            for point in points[1:]:
                path.lineTo(point)
            path.closeSubpath()
        self._outline.setPath(path)
        self._ground = path.boundingRect()
        if not self._moved:
            self.fit()

    def show_lines(self, lines: Sequence[Ring]) -> None:
        """Draw lines (WGS84 degrees), all of them as one path: sixty cost no more than one."""
        path = QPainterPath()
        for line in lines:
            points = [QPointF(*PROJECTION.to_km(*point)) for point in line]
            path.moveTo(points[0])
            for point in points[1:]:
                path.lineTo(point)
        self._lines.setPath(path)

    def paint_with(self, theme: Theme) -> None:
        # A cosmetic pen stays one pixel wide at every zoom; wider antialiased ones cost frames.
        pen = QPen(theme.faint, 1)
        pen.setCosmetic(True)
        self._outline.setPen(pen)
        self._outline.setBrush(theme.raised)
        line = QPen(theme.accent, 1)
        line.setCosmetic(True)
        self._lines.setPen(line)
        self.view.setBackgroundBrush(theme.surface)

    def fit(self) -> None:
        """Show everything."""
        self._moved = False
        self._box.setRange(self._ground, padding=_MARGIN)

    def show_ground(self, centre: tuple[float, float], kilometres: float) -> None:
        """Show `kilometres` of ground across the shorter side, about a point (kilometres east, north)."""
        self._moved = True
        half = kilometres / 2
        self._box.setRange(
            QRectF(centre[0] - half, centre[1] - half, kilometres, kilometres), padding=_MARGIN
        )

    def bring_into_view(self, point: tuple[float, float]) -> None:
        """Pan, without zooming, until a point (kilometres east, north) is well inside."""
        viewport = self.viewport
        x, y = viewport.to_pixels(*point)
        inset = min(40.0, viewport.width / 4, viewport.height / 4)
        across = min(0.0, x - inset) + max(0.0, x - (viewport.width - inset))
        down = min(0.0, y - inset) + max(0.0, y - (viewport.height - inset))
        if across or down:
            self.pan(across, down)

    def pan(self, across: float, down: float) -> None:
        """Move the view by pixels."""
        self._moved = True
        scale = self.viewport.pixels_per_km
        self._box.translateBy((across / scale, -down / scale))

    def zoom(self, factor: float) -> None:
        """Closer by `factor` above 1, further off below."""
        self._moved = True
        self._box.scaleBy((1 / factor, 1 / factor))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            self.fit()
        self.viewed.emit(self.viewport)

    @Slot(object, object, object)
    def _range_changed(self, _box: object, _ranges: object, _changed: object) -> None:
        if not self._bounding:
            self._bounding = True
            self._keep_in_bounds()
            self._bounding = False
            self.viewed.emit(self.viewport)

    def _keep_in_bounds(self) -> None:
        """Neither nearer nor further than there is something to see, nor off the ground."""
        seen = self.viewport
        whole = min(seen.width / self._ground.width(), seen.height / self._ground.height())
        scale = min(max(seen.pixels_per_km, whole * _ROOM_AROUND), CLOSEST)
        width, height = seen.width / scale, seen.height / scale
        east, north = seen.to_km(seen.width / 2, seen.height / 2)
        kept_east = min(max(east, self._ground.left()), self._ground.right())
        kept_north = min(max(north, self._ground.top()), self._ground.bottom())
        if abs(scale - seen.pixels_per_km) > 1e-6 * scale or (kept_east, kept_north) != (east, north):
            kept = QRectF(kept_east - width / 2, kept_north - height / 2, width, height)
            self._box.setRange(kept, padding=0)

    @Slot(object)
    def _was_moved(self, _axes: object) -> None:
        self._moved = True

    @Slot(object)
    def _was_clicked(self, event: MouseAct) -> None:
        # The scene tells of every click, taken or not.
        if event.double() and not event.isAccepted():
            self.double_clicked.emit()
