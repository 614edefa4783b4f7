"""Words of the style sheet: a widget says its tone and size, the style sheet knows what that looks like."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Tone(StrEnum):
    """What a text or a badge means. `IN_TIME`, `SOON` and `BREACHED` are spent on clocks alone."""

    TEXT = "text"
    QUIET = "quiet"
    FAINT = "faint"
    ACCENT = "accent"
    IN_TIME = "in_time"
    SOON = "soon"
    BREACHED = "breached"


class Size(StrEnum):
    """How large a text stands; pixels are in `theme.fonts.TextSize`."""

    CLOCK = "clock"
    FIGURE = "figure"
    TITLE = "title"
    SITE = "site"
    BODY = "body"
    QUIET = "quiet"
    SMALL = "small"


def describe(widget: QWidget, **properties: str | bool) -> None:
    """Set properties the style sheet selects by, and have it look again if it has looked before; else it
    will by itself, once, when the widget is first shown or measured."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.updateGeometry()
