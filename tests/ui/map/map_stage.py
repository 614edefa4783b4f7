"""The map on a stage: its sites and faults, and hands to click and drag with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication

from dispatch_app.operations.rows import SiteKind, StaffState
from dispatch_app.ui.desk.map_layout import Placed
from dispatch_app.ui.desk.map_view import SiteMap
from tests.ui.conftest import staff_row
from tests.ui.map.map_rows import clock, fault, site

CENTRE = (102.47702, 24.92239)
SITES = (
    site("n1", "宁湖大厦一机房", CENTRE, approximate=True),
    site("n2", "宁湖大厦二机房", CENTRE),
    site("bajie", "八街街道办事处节点", (102.36083, 24.66917), SiteKind.STREET),
    site("lubiao", "禄脿街道办事处节点", (102.26869, 24.97563), SiteKind.STREET),
    site("jinfang", "金方街道办事处节点", None, SiteKind.STREET),
    site("web", "公共网站服务器", None, SiteKind.SERVICE),
    site("fibre", "自有光纤", None, SiteKind.FIBRE),
)
LATE = fault(3, "lubiao", [clock(-1207)], symptom="专网 <断>")
SOON = fault(7, "n1", [clock(759)])
CALM = fault(6, "bajie", [clock(5000)], [("s2", StaffState.ON_SCENE)])
STAFF = (staff_row("s1", "张懿明", 1), staff_row("s2", "刘平", 2))


def at(site_map: SiteMap, site_id: str) -> QPoint:
    place = place_of(site_map, site_id)
    return QPoint(round(place.x), round(place.y))


def place_of(site_map: SiteMap, site_id: str) -> Placed:
    place = site_map.canvas.plan.place(site_id)
    assert place is not None
    return place


def viewport(site_map: SiteMap):  # type: ignore[no-untyped-def]  # pyqtgraph has no types
    return site_map.focusProxy().viewport()


LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def send_mouse(
    site_map: SiteMap, kind: QEvent.Type, point: QPoint, button: Qt.MouseButton, held: Qt.MouseButton
) -> None:
    """By hand: QTest sends no moves with a button down, and a press too many before a double click."""
    where = viewport(site_map)
    spot = QPointF(where.mapToGlobal(point))
    event = QMouseEvent(kind, QPointF(point), spot, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(where, event)


def drag(site_map: SiteMap, start: QPoint, end: QPoint) -> None:
    send_mouse(site_map, QEvent.Type.MouseMove, start, NONE, NONE)
    send_mouse(site_map, QEvent.Type.MouseButtonPress, start, LEFT, LEFT)
    for step in range(1, 6):
        send_mouse(site_map, QEvent.Type.MouseMove, start + (end - start) * step / 5, NONE, LEFT)
    send_mouse(site_map, QEvent.Type.MouseButtonRelease, end, LEFT, NONE)


def double_click(site_map: SiteMap, point: QPoint) -> None:
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
        send_mouse(site_map, kind, point, LEFT, LEFT)
        send_mouse(site_map, QEvent.Type.MouseButtonRelease, point, LEFT, NONE)


def labels(site_map: SiteMap) -> set[str]:
    return {label.key for label in site_map.canvas.plan.labels}


def colour_at(site_map: SiteMap, point: QPoint) -> QColor:
    image = site_map.focusProxy().grab().toImage()
    return image.pixelColor(point)


def near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))
