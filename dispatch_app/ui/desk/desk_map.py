"""The map's place on the desk: it is brought after the first paint, and told what changes from then on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QWidget

from dispatch_app.operations.rows import FaultRow, SiteRow, StaffRow
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.urgency import Thresholds

AFTER_MS = 200

Rows = tuple[tuple[SiteRow, ...], tuple[FaultRow, ...], tuple[StaffRow, ...]]


class MapView(Protocol):
    """What the desk needs of the map."""

    site_clicked: SignalInstance

    def set_rows(
        self, sites: tuple[SiteRow, ...], queue: tuple[FaultRow, ...], staff: tuple[StaffRow, ...]
    ) -> None: ...

    def set_now(self, now: int) -> None: ...

    def set_thresholds(self, thresholds: Thresholds) -> None: ...

    def select_site(self, site_id: str) -> None: ...


MapFactory = Callable[[UiContext], QWidget]


def site_map(context: UiContext) -> QWidget:
    """The real map."""
    # pyqtgraph costs a quarter of a second: it is imported when the desk is already in use.
    from dispatch_app.ui.desk.map_view import SiteMap

    return SiteMap(context)


class DeskMap(QObject):
    """Remembers what to show until the map is there.

    Signals:
        brought: the map's widget, once the desk was painted and had its rows.
        site_clicked: site id.
    """

    brought = Signal(object)
    site_clicked = Signal(object)

    def __init__(self, context: UiContext, factory: MapFactory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._factory = factory
        self._view: MapView | None = None
        self._rows: Rows = ((), (), ())
        self._thresholds: Thresholds = {}
        self._site = ""
        self._with_rows = self._painted = False

    def rows_came(self) -> None:
        self._with_rows = True
        self._bring_when_due()

    def desk_painted(self) -> None:
        """To be told of every painting; the first counts."""
        if not self._painted:
            self._painted = True
            self._bring_when_due()

    def _bring_when_due(self) -> None:
        # The map costs a quarter of a second. The rows come before it, and whoever has waited for F2.
        if self._with_rows and self._painted:
            QTimer.singleShot(AFTER_MS, self, self._bring)

    @Slot()
    def _bring(self) -> None:
        """Make the map and tell it all it has missed."""
        widget = self._factory(self._context)
        view = cast("MapView", widget)
        view.set_thresholds(self._thresholds)
        view.set_rows(*self._rows)
        view.select_site(self._site)
        view.site_clicked.connect(self.site_clicked)
        self._view = view
        self.brought.emit(widget)

    def set_rows(
        self, sites: tuple[SiteRow, ...], queue: tuple[FaultRow, ...], staff: tuple[StaffRow, ...]
    ) -> None:
        self._rows = (sites, queue, staff)
        if self._view is not None:
            self._view.set_rows(*self._rows)

    def set_now(self, now: int) -> None:
        if self._view is not None:
            self._view.set_now(now)

    def set_thresholds(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        if self._view is not None:
            self._view.set_thresholds(thresholds)

    def select_site(self, site_id: str) -> None:
        """Mark a site; empty for none."""
        self._site = site_id
        if self._view is not None:
            self._view.select_site(site_id)
