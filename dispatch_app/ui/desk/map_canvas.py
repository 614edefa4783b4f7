"""The layer of the map that a person points at: it draws the plan and turns the mouse into intentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from dispatch_app.operations.rows import SiteKind
from dispatch_app.ui.desk.map_contents import EngineerMark, SiteMark
from dispatch_app.ui.desk.map_layout import Box, Placed, nearest, neighbour
from dispatch_app.ui.desk.map_painter import Accents, MapPainter, scale_box, sketch_box
from dispatch_app.ui.desk.map_plan import REACH, Plan, Viewport, Wanted, make_plan, moved, spread_points
from dispatch_app.ui.desk.urgency import Urgency


class MouseAct(Protocol):
    """The part of pyqtgraph's click, drag and hover events that is used here; the package has no types."""

    def button(self) -> Qt.MouseButton: ...
    def double(self) -> bool: ...
    def scenePos(self) -> QPointF: ...
    def buttonDownScenePos(self) -> QPointF: ...
    def isFinish(self) -> bool: ...
    def isAccepted(self) -> bool: ...
    def isExit(self) -> bool: ...
    def accept(self) -> None: ...
    def ignore(self) -> None: ...


class MapCanvas(QGraphicsObject):
    """Lies over the whole view, in its pixels. What it does not want goes on to the view below.

    Signals:
        clicked: Site id.
        pressed_at: `(x, y)` in pixels, a click beside every marker while `placing` is set.
        dropped: `(site id, x, y)`, a marker was dragged there; only while `unlocked`.
        pointed: Site id under the mouse, or an empty string.
    """

    clicked = Signal(object)
    pressed_at = Signal(object)
    dropped = Signal(object)
    pointed = Signal(object)

    def __init__(self, painter: MapPainter, viewport: Viewport) -> None:
        super().__init__()
        self.setZValue(10)
        self.unlocked = False
        self.placing = False
        self._painter = painter
        self._viewport = viewport
        self._accents = Accents()
        self._marks: tuple[SiteMark, ...] = ()
        self._points: Mapping[str, tuple[float, float]] = {}
        self._engineers: tuple[EngineerMark, ...] = ()
        self._buttons = Box(0, 0, 0, 0)
        self._plan: Plan | None = None
        self._spread_at: tuple[float, tuple[Placed, ...]] | None = None
        self._pointed = ""
        self._dragged = ""
        # A marker was dragged: the plan is not that of the points.
        self._displaced = False

    # ── what is shown ──

    @property
    def plan(self) -> Plan:
        """The present plan; made when asked for after a change."""
        if self._plan is None:
            wanted = Wanted(
                self._marks,
                self._spread(),
                self._engineers,
                self._accents.selected,
                self._reserved(),
                self._painter.text_width,
                self._painter.text_height,
            )
            self._plan = make_plan(wanted, self._viewport)
        return self._plan

    @property
    def viewport(self) -> Viewport:
        return self._viewport

    @property
    def accents(self) -> Accents:
        return self._accents

    def show_contents(
        self,
        marks: Sequence[SiteMark],
        points: Mapping[str, tuple[float, float]],
        engineers: Sequence[EngineerMark],
    ) -> None:
        """`points`: kilometres east and north of the sites that have a place."""
        same_sites = [mark.site.id for mark in marks] == [mark.site.id for mark in self._marks]
        if (
            same_sites
            and not self._displaced
            and points == self._points
            and tuple(engineers) == self._engineers
        ):
            self.pass_time(marks)
            return
        if points != self._points:
            self._spread_at = None
        self._marks, self._points, self._engineers = tuple(marks), points, tuple(engineers)
        self._replan()

    def pass_time(self, marks: Sequence[SiteMark]) -> None:
        """New urgencies and figures of the same sites. Labels stay where they are unless one changed size,
        and nothing is painted again that would look the same."""
        old, new = self._marks, tuple(marks)
        self._marks = new
        if self._plan is None or list(map(_size, old)) != list(map(_size, new)):
            self._replan()
            return
        self._plan = replace(self._plan, marks={mark.site.id: mark for mark in new})
        if [mark.words for mark in old] != [mark.words for mark in new]:
            self.update()

    def show_viewport(self, viewport: Viewport, buttons: Box) -> None:
        """`buttons`: the rectangle in pixels that the map's buttons cover."""
        self.prepareGeometryChange()
        self._viewport, self._buttons = viewport, buttons
        self._replan()

    def show_accents(self, accents: Accents) -> None:
        old, self._accents = self._accents, accents
        if (old.selected, old.legend) != (accents.selected, accents.legend):
            self._replan()
        self.update()

    def repaint_with(self, painter: MapPainter) -> None:
        self._painter = painter
        self._replan()

    def next_site(self, site_id: str, across: int, down: int) -> str:
        return neighbour(self.plan.places, site_id, across, down)

    def _spread(self) -> tuple[Placed, ...]:
        """Markers pushed apart for the present scale; worked out again only when scale or points change."""
        scale = round(self._viewport.pixels_per_km, 6)
        if self._spread_at is None or self._spread_at[0] != scale:
            self._spread_at = (scale, spread_points(self._points, scale))
        return self._spread_at[1]

    def _reserved(self) -> tuple[Box, ...]:
        """What labels keep away from."""
        legend = (self._painter.legend_box(self._marks, self._viewport),) if self._accents.legend else ()
        return (self._buttons, scale_box(self._viewport), sketch_box(self._painter), *legend)

    def _replan(self) -> None:
        self._plan = None
        self._displaced = False
        self.update()

    # ── what Qt and pyqtgraph ask ──

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._viewport.width, self._viewport.height)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        self._painter.paint(painter, self.plan, self._viewport, self._accents)

    def mouseClickEvent(self, event: MouseAct) -> None:
        if event.button() != Qt.MouseButton.LeftButton or event.double():
            event.ignore()
            return
        found = self._at(event.scenePos())
        if found:
            event.accept()
            self.clicked.emit(found)
        elif self.placing:
            event.accept()
            self.pressed_at.emit((event.scenePos().x(), event.scenePos().y()))
        else:
            event.ignore()

    def mouseDragEvent(self, event: MouseAct) -> None:
        if not self._dragged and self.unlocked and event.button() == Qt.MouseButton.LeftButton:
            self._dragged = self._at(event.buttonDownScenePos())
        if not self._dragged:
            event.ignore()
            return
        event.accept()
        at = event.scenePos()
        self._plan = moved(self.plan, self._dragged, at.x(), at.y())
        self._displaced = True
        self.update()
        if event.isFinish():
            dropped, self._dragged = self._dragged, ""
            self.dropped.emit((dropped, at.x(), at.y()))

    def hoverEvent(self, event: MouseAct) -> None:
        found = "" if event.isExit() else self._at(event.scenePos())
        if found != self._pointed:
            self._pointed = found
            self.pointed.emit(found)

    def _at(self, position: QPointF) -> str:
        return nearest(self.plan.places, position.x(), position.y(), REACH)


def _size(mark: SiteMark) -> tuple[str, SiteKind, Urgency, bool, int]:
    """What decides how a site's marker and label look, but for the very words of the label."""
    return mark.site.id, mark.site.kind, mark.urgency, bool(mark.faults), len(mark.words)
