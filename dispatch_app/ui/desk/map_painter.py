"""Draws a plan of the map: outlines, markers, engineers, labels, scale bar, legend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from dispatch_app.operations.rows import SiteKind
from dispatch_app.ui.desk.map_contents import KINDS, SiteMark
from dispatch_app.ui.desk.map_layout import Box, Placed
from dispatch_app.ui.desk.map_plan import DISC, GLYPH_ROOM, Disc, Plan, Viewport
from dispatch_app.ui.desk.map_projection import ScaleBar, scale_bar
from dispatch_app.ui.desk.map_symbols import glyph, shape
from dispatch_app.ui.desk.paint_kit import CENTRE, LEFT, NO_PEN, RIGHT, PaintKit, bar_role, text_role
from dispatch_app.ui.desk.urgency import Urgency
from dispatch_app.ui.theme.fonts import TextSize

SKETCH = "示意图，非地图"
_LEGEND_LINE = 20.0
_LEVELS = (
    (Urgency.IN_TIME, "在时限内"),
    (Urgency.SOON, "临近"),
    (Urgency.BREACHED, "超时"),
    (Urgency.NONE, "无时限"),
)
_LEVEL_WORDS_WIDTH = 60.0


@dataclass(frozen=True, slots=True)
class Accents:
    """What is marked apart from the faults: the selection, the keyboard's place, the focus, the legend."""

    selected: str = ""
    cursor: str = ""
    focused: bool = False
    legend: bool = False


class MapPainter:
    """One theme's way to draw the map."""

    def __init__(self, kit: PaintKit) -> None:
        self._kit = kit
        theme = kit.theme
        self._hub = QPen(theme.line, 1)
        self._route = QPen(theme.accent, 1, Qt.PenStyle.DashLine)
        self._leader = QPen(theme.faint, 1)
        self._edge = QPen(theme.quiet, 1)
        self._ring = QPen(theme.accent, 2)
        self._cursor = QPen(theme.text, 1, Qt.PenStyle.DotLine)
        self._frame = QPen(theme.accent, 2)
        self._backdrop = QColor(theme.surface)
        self._backdrop.setAlphaF(0.86)

    def text_width(self, text: str) -> float:
        return self._kit.width(TextSize.SMALL, text)

    @property
    def text_height(self) -> float:
        return self._kit.metrics[TextSize.SMALL].height()

    def paint(self, painter: QPainter, plan: Plan, viewport: Viewport, accents: Accents) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in plan.places:
            self._hub_line(painter, place)
        for disc in plan.discs:
            self._route_line(painter, disc)
        # Markers with faults come last, so that nothing lies over them.
        for place in sorted(plan.places, key=lambda one: plan.marks[one.key].urgency):
            self._marker(painter, place, plan.marks[place.key])
        for site_id, pen, reach in (
            (accents.selected, self._ring, 12.5),
            (accents.cursor, self._cursor, 15.5),
        ):
            marked = plan.place(site_id)
            if marked is not None:
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(marked.x, marked.y), reach, reach)
        for disc in plan.discs:
            self._disc(painter, disc)
        self._labels(painter, plan, accents.selected)
        self._sketch_mark(painter)
        self._scale_bar(painter, viewport)
        if accents.legend:
            self._legend(painter, plan, viewport)
        if accents.focused:
            painter.setPen(self._frame)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, viewport.width - 2, viewport.height - 2), 8, 8)

    def _hub_line(self, painter: QPainter, place: Placed) -> None:
        """From a marker that was moved aside to where it belongs."""
        if place.spread:
            painter.setPen(self._hub)
            painter.drawLine(QLineF(place.true_x, place.true_y, place.x, place.y))

    def _route_line(self, painter: QPainter, disc: Disc) -> None:
        if disc.route:
            painter.setPen(self._route)
            (x1, y1), (x2, y2) = disc.route
            painter.drawLine(QLineF(x1, y1, x2, y2))

    def _marker(self, painter: QPainter, place: Placed, mark: SiteMark) -> None:
        painter.save()
        painter.translate(place.x, place.y)
        self.symbol(painter, mark.site.kind, mark.urgency if mark.faults else None)
        painter.restore()

    def symbol(self, painter: QPainter, kind: SiteKind, level: Urgency | None) -> None:
        """A marker about the origin; `level` None for a site without open faults."""
        brushes = self._kit.brushes
        if level is None:
            painter.setPen(self._edge)
            painter.setBrush(brushes["surface"])
            painter.drawPath(shape(kind))
            return
        painter.scale(1.2, 1.2)
        painter.setPen(self._edge if level is Urgency.NONE else NO_PEN)
        painter.setBrush(brushes[bar_role(level)])
        painter.drawPath(shape(kind))
        painter.setPen(NO_PEN)
        painter.setBrush(brushes["quiet" if level is Urgency.NONE else "surface"])
        painter.drawPath(glyph(level))

    def _disc(self, painter: QPainter, disc: Disc) -> None:
        box = QRectF(disc.x - DISC / 2, disc.y - DISC / 2, DISC, DISC)
        # Full is on the spot, hollow on the way.
        on_spot = not disc.mark.en_route
        painter.setPen(self._kit.pens["surface" if on_spot else "accent"])
        painter.setBrush(self._kit.brushes["accent" if on_spot else "surface"])
        painter.drawEllipse(box)
        role = "on_accent" if on_spot else "accent"
        self._kit.text(painter, box, CENTRE, TextSize.SMALL, role, disc.mark.initial)

    def _labels(self, painter: QPainter, plan: Plan, selected: str) -> None:
        for label in plan.labels:
            mark = plan.marks[label.key]
            box = _rect(label.box)
            if label.leader:
                place = plan.place(label.key)
                assert place is not None
                painter.setPen(self._leader)
                painter.drawLine(QLineF(QPointF(place.x, place.y), _nearest_edge(box, place)))
            painter.setPen(NO_PEN)
            painter.setBrush(self._backdrop)
            painter.drawRoundedRect(box, 4, 4)
            role = text_role(mark.urgency) if mark.faults else "text" if label.key == selected else "quiet"
            if mark.faults:
                painter.setBrush(self._kit.brushes[role])
                painter.drawPath(glyph(mark.urgency).translated(box.left() + 10, box.center().y()))
                box.setLeft(box.left() + GLYPH_ROOM)
            self._kit.text(painter, box, CENTRE, TextSize.SMALL, role, mark.words)

    def _sketch_mark(self, painter: QPainter) -> None:
        self._kit.text(painter, _rect(sketch_box(self)), LEFT, TextSize.SMALL, "faint", SKETCH)

    def _scale_bar(self, painter: QPainter, viewport: Viewport) -> None:
        bar = bar_of(viewport)
        right, bottom = viewport.width - 12, viewport.height - 10
        painter.setPen(self._edge)
        left = right - bar.pixels
        painter.drawPolyline(
            [
                QPointF(left, bottom - 4),
                QPointF(left, bottom),
                QPointF(right, bottom),
                QPointF(right, bottom - 4),
            ]
        )
        words = QRectF(right - 100, bottom - 22, 100, 18)
        self._kit.text(painter, words, RIGHT, TextSize.SMALL, "quiet", bar.text)

    def legend_box(self, marks: Iterable[SiteMark], viewport: Viewport) -> Box:
        """Where the legend stands: kinds of sites that there are, and what the colours say."""
        kinds = _kinds(marks)
        width = self._kinds_width(kinds) + 46 + _LEVEL_WORDS_WIDTH
        height = max(len(kinds), len(_LEVELS)) * _LEGEND_LINE + 12
        return Box(8, viewport.height - 8 - height, width, height)

    def _kinds_width(self, kinds: Iterable[SiteKind]) -> float:
        return 30 + max((self.text_width(KINDS[kind]) for kind in kinds), default=0.0)

    def _legend(self, painter: QPainter, plan: Plan, viewport: Viewport) -> None:
        marks = plan.marks.values()
        box = _rect(self.legend_box(marks, viewport))
        painter.setPen(self._kit.rule)
        painter.setBrush(self._kit.brushes["raised"])
        painter.drawRoundedRect(box, 8, 8)
        kinds = _kinds(marks)
        for row, kind in enumerate(kinds):
            self._legend_line(painter, QPointF(box.left() + 16, _line(box, row)), kind, None, KINDS[kind])
        for row, (level, words) in enumerate(_LEVELS):
            at = QPointF(box.left() + self._kinds_width(kinds) + 22, _line(box, row))
            self._legend_line(painter, at, SiteKind.ROOM, level, words)

    def _legend_line(
        self, painter: QPainter, at: QPointF, kind: SiteKind, level: Urgency | None, words: str
    ) -> None:
        painter.save()
        painter.translate(at)
        painter.scale(0.85, 0.85)
        self.symbol(painter, kind, level)
        painter.restore()
        room = QRectF(at.x() + 14, at.y() - 10, 120, 20)
        self._kit.text(painter, room, LEFT, TextSize.SMALL, "text", words)


def _kinds(marks: Iterable[SiteMark]) -> list[SiteKind]:
    shown = {mark.site.kind for mark in marks}
    return [kind for kind in KINDS if kind in shown]


def _line(box: QRectF, row: int) -> float:
    return box.top() + 6 + (row + 0.5) * _LEGEND_LINE


def bar_of(viewport: Viewport) -> ScaleBar:
    return scale_bar(1 / viewport.pixels_per_km, min(110.0, viewport.width / 3))


def scale_box(viewport: Viewport) -> Box:
    """Where the scale bar stands; labels keep away."""
    return Box(viewport.width - 130, viewport.height - 36, 130, 36)


def sketch_box(painter: MapPainter) -> Box:
    """Where 「示意图，非地图」 stands."""
    return Box(10, 6, painter.text_width(SKETCH) + 4, painter.text_height)


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def _nearest_edge(box: QRectF, place: Placed) -> QPointF:
    x = min(max(place.x, box.left()), box.right())
    return QPointF(x, min(max(place.y, box.top()), box.bottom()))
