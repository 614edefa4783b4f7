"""Where the faults of a period were: the more at a site, the larger and fuller its disc."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from dispatch_app.contract.facts import Zone
from dispatch_app.operations.outline import Ring
from dispatch_app.operations.rows import SiteRow
from dispatch_app.ui.desk.map_projection import PROJECTION
from dispatch_app.ui.desk.paint_kit import CENTRE, LEFT, NO_PEN, PaintKit
from dispatch_app.ui.statistics.heat_layout import Disc, Frame, Spot, discs_of, frame_of
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme, Themes

MARGIN = 56.0
NAMED = 3
"""So many of the busiest sites have their name on the map."""
PALEST, FULLEST = 0.18, 0.45
"""How much of the accent is in the disc of the fewest and of the most: the count stays readable on both."""
_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BEFORE = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class HeatMap(QWidget):
    """Tab reaches it, the arrows go from the busiest site to the quietest, Enter opens the one ringed.

    Signals:
        opened: Id of the site that was clicked or taken with Enter.
    """

    opened = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._family = QApplication.font().family()
        self._kit = PaintKit(themes.current, self._family)
        self._rings: list[list[tuple[float, float]]] = []
        self._core: list[tuple[float, float]] = []
        self._frame: Frame | None = None
        self.spots: tuple[Spot, ...] = ()
        self.discs: tuple[Disc, ...] = ()
        self.unplaced = 0
        self.current = 0
        self.setMinimumHeight(300)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("故障分布图（示意）")
        self.setToolTip("圆越大故障越多。点一个圆看它背后的故障；键盘用方向键逐个走，回车打开")
        themes.changed.connect(self._recolour)

    # ── what is shown ──

    def show_outline(self, rings: Sequence[Ring]) -> None:
        """The city's edge, WGS84 degrees."""
        self._rings = [[PROJECTION.to_km(*point) for point in ring] for ring in rings]
        self._place()

    def show_counts(self, sites: Sequence[SiteRow], counts: Mapping[str, int]) -> None:
        """How many faults each site had; those of sites without a place are counted in `unplaced`."""
        found, core = [], []
        self.unplaced = sum(
            counts.get(site.id, 0) for site in sites if site.longitude is None or site.latitude is None
        )
        for site in sites:
            if site.longitude is None or site.latitude is None:
                continue
            east, north = PROJECTION.to_km(site.longitude, site.latitude)
            if site.zone is Zone.URBAN:
                core.append((east, north))
            if counts.get(site.id, 0):
                found.append(Spot(site.id, site.name, east, north, counts[site.id]))
        self._core = core
        self.spots = tuple(sorted(found, key=lambda spot: -spot.count))
        self.current = 0
        self._place()

    def disc_colour(self, count: int) -> QColor:
        """What the disc of so many faults is filled with: opaque, so that no outline shines through."""
        share = PALEST + (FULLEST - PALEST) * count / max((spot.count for spot in self.spots), default=1)
        ground, ink = self._kit.theme.surface, self._kit.theme.accent
        return QColor.fromRgbF(
            *(
                one + (two - one) * share
                for one, two in zip(ground.getRgbF()[:3], ink.getRgbF()[:3], strict=True)  # type: ignore[index]  # the stubs say object
            )
        )

    def spot_at(self, place: QPointF) -> Spot | None:
        """The site whose disc lies there."""
        for disc in self.discs:
            away = QPointF(*disc.at) - place
            if away.x() ** 2 + away.y() ** 2 <= disc.radius**2:
                return disc.spot
        return None

    def _place(self) -> None:
        """Frame what has faults and the urban core; without faults the whole city."""
        edge = [point for ring in self._rings for point in ring]
        points = [(spot.east, spot.north) for spot in self.spots]
        framed = points + self._core if points else edge
        self._frame = frame_of(framed, self.width(), self.height(), MARGIN) if framed else None
        self.discs = discs_of(self.spots, self._frame) if self._frame else ()
        self._describe()
        self.update()

    def _describe(self) -> None:
        said = "、".join(f"{spot.name} {spot.count} 件" for spot in self.spots[:8]) or "没有故障"
        if self.hasFocus() and self.spots:
            said = f"现在 {_words(self.spots[self.current])}；{said}"
        self.setAccessibleDescription(said)

    # ── painting ──

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._frame is None:
            return
        painter, kit = QPainter(self), self._kit
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(kit.rule)
        painter.setBrush(kit.brushes["raised"])
        for ring in self._rings:
            painter.drawPolygon(QPolygonF([QPointF(*self._frame.place(*point)) for point in ring]))
        painter.setPen(QPen(kit.theme.quiet, 1))
        for disc in self.discs:
            # From a disc that was pushed aside to where the site lies.
            painter.drawLine(QPointF(*disc.home), QPointF(*disc.at))
        for place, disc in enumerate(self.discs):
            self._paint_disc(painter, disc, ringed=self.hasFocus() and place == self.current)
        for disc, box in self._names():
            kit.text(painter, box, LEFT, TextSize.SMALL, "text", disc.spot.name)
        painter.end()

    def _paint_disc(self, painter: QPainter, disc: Disc, *, ringed: bool) -> None:
        kit, centre = self._kit, QPointF(*disc.at)
        painter.setBrush(self.disc_colour(disc.spot.count))
        painter.setPen(QPen(kit.theme.accent, 1))
        painter.drawEllipse(centre, disc.radius, disc.radius)
        if ringed:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(kit.theme.text, 2))
            painter.drawEllipse(centre, disc.radius + 3, disc.radius + 3)
        painter.setPen(NO_PEN)
        box = QRectF(0, 0, 2 * disc.radius + 8, 2 * disc.radius)
        box.moveCenter(centre)
        kit.text(painter, box, CENTRE, TextSize.SMALL, "text", str(disc.spot.count))

    def _names(self) -> list[tuple[Disc, QRectF]]:
        """The site ringed and the busiest, and where their names go: beside the disc, on nothing else."""
        taken = [
            QRectF(d.at[0] - d.radius, d.at[1] - d.radius, 2 * d.radius, 2 * d.radius) for d in self.discs
        ]
        found: list[tuple[Disc, QRectF]] = []
        ringed = self.discs[self.current : self.current + 1] if self.hasFocus() else ()
        for disc in dict.fromkeys((*ringed, *self.discs[:NAMED])):
            width, high = self._kit.width(TextSize.SMALL, disc.spot.name) + 2, 18.0
            (x, y), away = disc.at, disc.radius + 5
            for left, top in (
                (x + away, y - high / 2),
                (x - away - width, y - high / 2),
                (x - width / 2, y - away - high),
                (x - width / 2, y + away),
            ):
                box = QRectF(left, top, width, high)
                if QRectF(self.rect()).contains(box) and not any(box.intersects(one) for one in taken):
                    found.append((disc, box))
                    taken.append(box)
                    break
        return found

    # ── hands ──

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.spots and event.key() in _OPEN:
            self.opened.emit(self.spots[self.current].site_id)
        elif self.spots and event.key() in (*_NEXT, *_BEFORE):
            step = 1 if event.key() in _NEXT else -1
            self.current = (self.current + step) % len(self.spots)
            self._describe()
            self.update()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._describe()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._describe()
        self.update()

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
                QToolTip.showText(event.globalPos(), _words(spot), self)
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._kit = PaintKit(theme, self._family)
        self.update()


def _words(spot: Spot) -> str:
    return f"{spot.name} {spot.count} 件"
