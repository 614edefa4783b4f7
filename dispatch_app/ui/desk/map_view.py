"""站点图: where the sites lie, which of them hurts, and who is on the way. Offline and schematic.

Imports pyqtgraph (a quarter of a second): import this module only after the window has been painted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.map_layer import SUBJECT as MAP
from dispatch_app.operations.map_layer import MapLayerRow
from dispatch_app.operations.outline import Ring, load_outline
from dispatch_app.operations.rows import FaultRow, SiteRow, StaffRow
from dispatch_app.operations.setting_list import THRESHOLDS
from dispatch_app.operations.sites import PlaceSite
from dispatch_app.operations.words import ZONE_WORDS
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.map_canvas import MapCanvas
from dispatch_app.ui.desk.map_card import SiteCard
from dispatch_app.ui.desk.map_contents import (
    KINDS,
    EngineerMark,
    SiteMark,
    SiteMarks,
    base_of,
    engineer_marks,
    fault_line,
    remember,
)
from dispatch_app.ui.desk.map_frame import MapFrame
from dispatch_app.ui.desk.map_layer_dialog import MapLayerDialog
from dispatch_app.ui.desk.map_layout import Box
from dispatch_app.ui.desk.map_painter import SKETCH, MapPainter
from dispatch_app.ui.desk.map_plan import Viewport
from dispatch_app.ui.desk.map_projection import PROJECTION
from dispatch_app.ui.desk.map_strip import PlaceStrip
from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.desk.urgency import Threshold, Thresholds
from dispatch_app.ui.theme.theme import Theme
from dispatch_app.ui.widgets.buttons import IconButton

_STREET_KM = 6.0
"""Ground across the map when it is zoomed to one site."""
_STEP = 1.4
SHIPPED_THRESHOLDS: Thresholds = {
    clock: Threshold(*(minutes * 60 for minutes in THRESHOLDS[clock][1:])) for clock in ClockName
}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SiteMap(QWidget):
    """The map with its buttons and the line of places not yet on it.

    Signals:
        site_clicked: Site id, clicked on the map, in the line below it, or with Enter.
    """

    site_clicked = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._thresholds: Thresholds = SHIPPED_THRESHOLDS
        self._now = context.ticker.now
        self._sites: tuple[SiteRow, ...] = ()
        self._queue: tuple[FaultRow, ...] = ()
        self._staff: tuple[StaffRow, ...] = ()
        self._marks: tuple[SiteMark, ...] = ()
        self._engineers: tuple[EngineerMark, ...] = ()
        self._last_seen: dict[str, str] = {}
        self._placing = ""
        self._stale = False
        self._site_marks = SiteMarks()
        self._frame = MapFrame(self)
        self.canvas = MapCanvas(self._painter(), self._frame.viewport)
        self._frame.add(self.canvas)
        self._strip = PlaceStrip(context.themes, self)
        self._card = SiteCard(self)
        self._lay_out()
        self._connect()
        self._recolour(context.themes.current)
        self._shipped_outline: tuple[Ring, ...] = ()
        self._layer = MapLayerRow()
        context.executor.ask(lambda _queries: load_outline(), self._take_outline, self)
        self._ask_layer()

    # ── what the desk says ──

    def set_rows(
        self, sites: Sequence[SiteRow], queue: Sequence[FaultRow], staff: Sequence[StaffRow]
    ) -> None:
        """Show these sites, open faults and people."""
        self._sites, self._queue, self._staff = tuple(sites), tuple(queue), tuple(staff)
        self._last_seen = remember(self._last_seen, self._queue, self._staff)
        self._show_rows()

    def set_now(self, now: int) -> None:
        """Let time pass to `now`, epoch seconds UTC; hidden, the map only remembers."""
        self._now = now
        if not self.isVisible():
            self._stale = True
            return
        self._marks = self._site_marks.at(self._sites, self._queue, now, self._thresholds)
        self.canvas.pass_time(self._marks)
        if any(mark.faults and not mark.placed for mark in self._marks):
            self._show_strip()

    def set_thresholds(self, thresholds: Thresholds) -> None:
        """How long before it is due each clock counts as soon, as for the queue."""
        self._thresholds = thresholds
        self._show_rows()

    def select_site(self, site_id: str) -> None:
        """Mark a site as the selected one and bring it into view; an empty string selects none."""
        self.canvas.show_accents(replace(self.canvas.accents, selected=site_id, cursor=""))
        point = self._points().get(site_id)
        if point is not None:
            self._frame.bring_into_view(point)
        self._zoom_in.setEnabled(point is not None)
        self._describe()

    @property
    def selected(self) -> str:
        """Id of the selected site, or an empty string."""
        return self.canvas.accents.selected

    # ── building ──

    def _lay_out(self) -> None:
        themes = self._context.themes
        self._legend = IconButton(themes, "info", "图例", self)
        self._legend.setCheckable(True)
        self._zoom_in = IconButton(themes, "search", "放大到选中的站点", self)
        self._zoom_in.setEnabled(False)
        self._whole = IconButton(themes, "fit", "显示全图（0）", self)
        self._lock = IconButton(themes, "lock", "移动站点", self)
        self._lock.setCheckable(True)
        self._own = IconButton(themes, "import", "自有图层：光缆线路、站点位置", self)
        self._buttons = QWidget(self)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for button in (self._legend, self._zoom_in, self._whole, self._own, self._lock):
            row.addWidget(button)
        self._buttons.adjustSize()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._frame, 1)
        column.addWidget(self._strip)
        view = self._frame.view
        view.setAccessibleName("站点图")
        view.installEventFilter(self)
        self.setFocusProxy(view)
        self.setMinimumSize(220, 160)

    def _connect(self) -> None:
        self._frame.viewed.connect(self._viewed)
        self._frame.double_clicked.connect(self._frame.fit)
        self.canvas.clicked.connect(self._clicked)
        self.canvas.pointed.connect(self._pointed)
        self.canvas.dropped.connect(self._dropped)
        self.canvas.pressed_at.connect(self._placed)
        self._strip.picked.connect(self._picked)
        self._legend.toggled.connect(self._legend_toggled)
        self._zoom_in.clicked.connect(self._zoom_to_selected)
        self._whole.clicked.connect(self._frame.fit)
        self._own.clicked.connect(self._open_layer)
        self._lock.toggled.connect(self._lock_toggled)
        self._context.executor.applied.connect(self._applied)
        self._context.themes.changed.connect(self._recolour)

    def _painter(self) -> MapPainter:
        return MapPainter(PaintKit(self._context.themes.current, QApplication.font().family()))

    # ── showing ──

    def _show_rows(self) -> None:
        self._stale = False
        self._marks = self._site_marks.at(self._sites, self._queue, self._now, self._thresholds)
        self._engineers = engineer_marks(self._queue, self._staff, self._last_seen, base_of(self._sites))
        self.canvas.show_contents(self._marks, self._points(), self._engineers)
        self._show_strip()
        self._describe()

    def _points(self) -> dict[str, tuple[float, float]]:
        return {
            site.id: PROJECTION.to_km(site.longitude, site.latitude)
            for site in self._sites
            if site.longitude is not None and site.latitude is not None
        }

    def _show_strip(self) -> None:
        self._strip.show_unplaced(self._marks, self._engineers, self.canvas.unlocked, self._placing)

    def _describe(self) -> None:
        """What a screen reader says: the faults by site, and what is selected."""
        faulty = [mark for mark in self._marks if mark.faults]
        words = [f"{SKETCH}。{len(self._marks)} 个站点，{len(faulty)} 个有在办故障"]
        words += [f"{mark.label}，{len(mark.faults)} 起" for mark in faulty]
        pointed = {self.selected, self._cursor}
        words += [f"选中 {mark.short}" for mark in self._marks if mark.site.id in pointed]
        words.append("方向键在站点间移动，回车选中，加减号缩放，0 显示全图")
        self._frame.view.setAccessibleDescription("；".join(words))

    @property
    def _cursor(self) -> str:
        return self.canvas.accents.cursor

    def _told(self, mark: SiteMark) -> list[str]:
        """What hovering tells under the name: kind and zone, every open fault, who is there."""
        kind = f"{KINDS[mark.site.kind]} · {ZONE_WORDS[mark.site.zone]}"
        if mark.site.approximate:
            kind += " · 位置约略"
        lines = [kind]
        lines += [fault_line(row, self._now, self._thresholds) for row in mark.faults] or ["没有在办故障"]
        for one in self._engineers:
            if one.site_id == mark.site.id:
                doing = "在途，位置为示意" if one.en_route else "在场"
                lines.append(f"{one.name} {doing}（{one.fault_number}）")
        return lines

    # ── what the person does ──

    @Slot(object)
    def _clicked(self, site_id: str) -> None:
        self.select_site(site_id)
        self.site_clicked.emit(site_id)

    @Slot(object)
    def _picked(self, site_id: str) -> None:
        """A name in the line below: take it up to be placed, or select it."""
        if self.canvas.unlocked:
            self._hold(site_id)
        else:
            self._clicked(site_id)

    def _hold(self, site_id: str) -> None:
        self._placing = site_id
        self.canvas.placing = bool(site_id)
        self._show_strip()

    @Slot(object)
    def _placed(self, at: tuple[float, float]) -> None:
        site_id = self._placing
        self._hold("")
        self._dropped((site_id, *at))

    @Slot(object)
    def _dropped(self, where: tuple[str, float, float]) -> None:
        site_id, x, y = where
        longitude, latitude = PROJECTION.to_degrees(*self.canvas.viewport.to_km(x, y))
        command = PlaceSite(site_id, round(longitude, 5), round(latitude, 5))
        self._context.executor.submit(command, self, self._put_down, self._not_put_down)

    def _put_down(self, _changes: Changes) -> None:
        self._context.executor.ask(lambda queries: queries.sites(), self._take_sites, self)

    def _not_put_down(self, error: KnownError) -> None:
        self._show_rows()
        self._context.messages.refuse(error)

    def _take_sites(self, sites: tuple[SiteRow, ...]) -> None:
        self._sites = sites
        self._show_rows()

    def _take_outline(self, rings: tuple[Ring, ...]) -> None:
        self._shipped_outline = rings
        self._show_ground()

    @Slot(object)
    def _applied(self, applied: Applied) -> None:
        if MAP in applied.changes.settings and not self._context.executor.closed:
            self._ask_layer()

    def _ask_layer(self) -> None:
        self._context.executor.ask(lambda queries: queries.map_layer(), self._take_layer, self)

    def _take_layer(self, layer: MapLayerRow) -> None:
        self._layer = layer
        self._show_ground()

    def _show_ground(self) -> None:
        outline = self._layer.outline or self._shipped_outline
        if outline:
            self._frame.show_outline(outline)
        self._frame.show_lines([line.points for line in self._layer.lines])

    @Slot()
    def _open_layer(self) -> None:
        dialog = MapLayerDialog(self._context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_layer(self._layer)
        dialog.open()

    @Slot(object)
    def _pointed(self, site_id: str) -> None:
        mark = next((one for one in self._marks if one.site.id == site_id), None)
        place = self.canvas.plan.place(site_id)
        view = self._frame.view
        if mark is None or place is None:
            view.viewport().unsetCursor()
            self._card.hide()
            return
        unlocked = self.canvas.unlocked
        shape = Qt.CursorShape.OpenHandCursor if unlocked else Qt.CursorShape.PointingHandCursor
        view.viewport().setCursor(shape)
        self._card.tell(mark.site.name, self._told(mark), QPoint(round(place.x), round(place.y)))

    @Slot()
    def _zoom_to_selected(self) -> None:
        point = self._points().get(self.selected)
        if point is not None:
            self._frame.show_ground(point, _STREET_KM)

    @Slot(bool)
    def _legend_toggled(self, shown: bool) -> None:
        self.canvas.show_accents(replace(self.canvas.accents, legend=shown))

    @Slot(bool)
    def _lock_toggled(self, unlocked: bool) -> None:
        self.canvas.unlocked = unlocked
        self._lock.set_icon("unlock" if unlocked else "lock", "锁定站点" if unlocked else "移动站点")
        self._hold("")

    def _press(self, event: QKeyEvent) -> bool:
        """Keys of the map itself; True for one that was taken."""
        key = Qt.Key(event.key())
        if key in _ARROWS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            across, down = _ARROWS[key]
            self._move_cursor(self.canvas.next_site(self._cursor or self.selected, across, down))
        elif key in _ARROWS and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            across, down = _ARROWS[key]
            self._frame.pan(across * 60, down * 60)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cursor:
            self._clicked(self._cursor)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._frame.zoom(_STEP)
        elif key == Qt.Key.Key_Minus:
            self._frame.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self._frame.fit()
        elif key == Qt.Key.Key_Escape and self._placing:
            self._hold("")
        else:
            return False
        return True

    def _move_cursor(self, site_id: str) -> None:
        self.canvas.show_accents(replace(self.canvas.accents, cursor=site_id))
        point = self._points().get(site_id)
        if point is not None:
            self._frame.bring_into_view(point)
            self._pointed(site_id)
        self._describe()

    # ── what Qt says ──

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._frame.view:
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._press(event):
                return True
            if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                focused = kind == QEvent.Type.FocusIn
                cursor = self._cursor if focused else ""
                if not focused:
                    self._card.hide()
                self.canvas.show_accents(replace(self.canvas.accents, focused=focused, cursor=cursor))
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._show_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._buttons.move(self.width() - self._buttons.width() - 6, 6)
        self._buttons.raise_()
        self._viewed(self._frame.viewport)

    @Slot(object)
    def _viewed(self, viewport: Viewport) -> None:
        place = self._buttons.geometry()
        self.canvas.show_viewport(viewport, Box(place.x(), place.y(), place.width(), place.height()))

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._frame.paint_with(theme)
        self.canvas.repaint_with(self._painter())
        self._show_strip()
