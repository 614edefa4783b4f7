"""The shapes of sites on the map, one a kind, and what is drawn inside them for their worst clock."""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from dispatch_app.operations.rows import SiteKind
from dispatch_app.ui.desk.urgency import Urgency

SIZE = 14.0
"""Width of a marker, logical pixels."""


def _polygon(corners: int, radius: float, turn: float = 0.0) -> QPainterPath:
    points = [
        QPointF(radius * sin(turn + 2 * pi * i / corners), -radius * cos(turn + 2 * pi * i / corners))
        for i in range(corners)
    ]
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path


def _box() -> QPainterPath:
    """A cabinet: upright, with the line of its lid."""
    path = QPainterPath()
    path.addRect(QRectF(-5, -7, 10, 14))
    path.moveTo(-5, -3.5)
    path.lineTo(5, -3.5)
    return path


def _fibre() -> QPainterPath:
    """A length of cable between two ends."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(-8, -4, 16, 8), 4, 4)
    return path


def _square() -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(-6, -6, 12, 12))
    return path


def _disc(radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(0, 0), radius, radius)
    return path


def _house() -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(
        QPolygonF([QPointF(-6, 6), QPointF(-6, -2), QPointF(0, -7.5), QPointF(6, -2), QPointF(6, 6)])
    )
    path.closeSubpath()
    return path


@cache
def shape(kind: SiteKind) -> QPainterPath:
    """The outline of a kind about the origin: square room, diamond street, cabinet, hexagon node, …"""
    return {
        SiteKind.ROOM: _square,
        SiteKind.STREET: lambda: _polygon(4, 8),
        SiteKind.BOX: _box,
        SiteKind.NODE: lambda: _polygon(6, 7.5),
        SiteKind.FIBRE: _fibre,
        SiteKind.SERVICE: lambda: _disc(6.5),
        SiteKind.OFFICE: _house,
    }[kind]()


@cache
def glyph(level: Urgency) -> QPainterPath:
    """What stands inside a marker with an open fault: ring, dot, triangle or square."""
    if level is Urgency.BREACHED:
        path = QPainterPath()
        path.addRect(QRectF(-3, -3, 6, 6))
        return path
    if level in (Urgency.SOON, Urgency.LAST_CALL):
        return _polygon(3, 4.2).translated(0, 0.8)
    if level is Urgency.IN_TIME:
        return _disc(3)
    return _disc(3.2).subtracted(_disc(1.9))
