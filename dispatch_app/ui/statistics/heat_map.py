"""Where the faults of a period were: the more at a site, the larger and fuller its disc."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from dispatch_app.operations.outline import Ring
from dispatch_app.operations.rows import SiteRow
from dispatch_app.ui.desk.map_projection import PROJECTION
from dispatch_app.ui.theme.theme import Theme, Themes

LEAST, MOST = 5.0, 26.0
"""Radius of a disc in logical pixels: of one fault, and of the most."""
MARGIN = 30.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A site with faults. `east`, `north`: kilometres about the map's middle."""

    site_id: str
    name: str
    east: float
    north: float
    count: int


class HeatMap(QWidget):
    """Signals:
    opened: Id of the site that was clicked.
    """

    opened = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = themes.current
        self._rings: list[list[tuple[float, float]]] = []
        self.spots: tuple[Spot, ...] = ()
        self.setMinimumHeight(300)
        self.setMouseTracking(True)
        self.setAccessibleName("故障分布图（示意）")
        themes.changed.connect(self._recolour)

    def show_outline(self, rings: Sequence[Ring]) -> None:
        """The city's edge, WGS84 degrees."""
        self._rings = [[PROJECTION.to_km(*point) for point in ring] for ring in rings]
        self.update()

    def show_counts(self, sites: Sequence[SiteRow], counts: Mapping[str, int]) -> None:
        """How many faults each site had; those without a place are left out."""
        found = []
        for site in sites:
            count = counts.get(site.id, 0)
            if count and site.longitude is not None and site.latitude is not None:
                east, north = PROJECTION.to_km(site.longitude, site.latitude)
                found.append(Spot(site.id, site.name, east, north, count))
        # The smallest last: a large disc must not bury it.
        self.spots = tuple(sorted(found, key=lambda spot: -spot.count))
        said = "、".join(f"{spot.name} {spot.count} 件" for spot in self.spots[:8])
        self.setAccessibleDescription(said or "没有故障")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.line, 1))
        painter.setBrush(self._theme.raised)
        for ring in self._rings:
            painter.drawPolygon(QPolygonF([self._place(*point) for point in ring]))
        greatest = max((spot.count for spot in self.spots), default=1)
        for spot in self.spots:
            colour = self._theme.role("accent")
            colour.setAlphaF(0.25 + 0.5 * spot.count / greatest)
            painter.setBrush(colour)
            painter.setPen(QPen(self._theme.role("accent"), 1))
            radius = self._radius(spot.count, greatest)
            place = self._place(spot.east, spot.north)
            painter.drawEllipse(place, radius, radius)
            if radius >= 9:
                painter.setPen(self._theme.text)
                box = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(spot.count))
        painter.end()

    @staticmethod
    def _radius(count: int, greatest: int) -> float:
        # The area and not the radius says how many.
        return LEAST + (MOST - LEAST) * sqrt(count / greatest)

    def _place(self, east: float, north: float) -> QPointF:
        points = [point for ring in self._rings for point in ring] or [
            (spot.east, spot.north) for spot in self.spots
        ]
        easts, norths = [point[0] for point in points], [point[1] for point in points]
        wide, high = max(easts) - min(easts) or 1.0, max(norths) - min(norths) or 1.0
        scale = min((self.width() - 2 * MARGIN) / wide, (self.height() - 2 * MARGIN) / high)
        middle = ((max(easts) + min(easts)) / 2, (max(norths) + min(norths)) / 2)
        return QPointF(
            self.width() / 2 + (east - middle[0]) * scale, self.height() / 2 - (north - middle[1]) * scale
        )

    def spot_at(self, place: QPointF) -> Spot | None:
        """The site whose disc lies there, the smallest first."""
        greatest = max((spot.count for spot in self.spots), default=1)
        for spot in reversed(self.spots):
            away = self._place(spot.east, spot.north) - place
            if sqrt(away.x() ** 2 + away.y() ** 2) <= self._radius(spot.count, greatest):
                return spot
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(spot.site_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.spot_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            spot = self.spot_at(QPointF(event.pos()))
            if spot is not None:
                QToolTip.showText(event.globalPos(), f"{spot.name} {spot.count} 件", self)
                return True
        return super().event(event)

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._theme = theme
        self.update()
