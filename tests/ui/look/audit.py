"""Looks at a window as an impatient eye would: what is cut, what has no name, what is out of its parent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from dispatch_app.ui.desk import paint_kit
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.widgets.labels import ElidedLabel

SLACK = 1
"""Logical pixels by which rounding may differ."""


def visible(root: QWidget) -> Iterator[QWidget]:
    """Every widget a person can see now, the root left out."""
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def cut_texts(root: QWidget) -> list[str]:
    """What is cut in the widgets of a window, one line each."""
    return [f"{where(widget)}: {why}" for widget in visible(root) for why in _complaints(widget)]


def where(widget: QWidget) -> str:
    name = widget.accessibleName() or getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} 「{name}」"


def _complaints(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _label(widget)
    elif isinstance(widget, QPushButton | QCheckBox):
        needed = widget.minimumSizeHint()
        if needed.width() > widget.width() + SLACK or needed.height() > widget.height() + SLACK:
            yield f"needs {needed.toTuple()}, has {widget.size().toTuple()}"
    elif isinstance(widget, QLineEdit):
        yield from _line(widget)
    elif isinstance(widget, QComboBox) and widget.currentText():
        needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
        if needed > widget.width() - 24:
            yield f"「{widget.currentText()}」 needs {needed}, has {widget.width() - 24}"
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
        yield from _outside(widget)


def _label(label: QLabel) -> Iterator[str]:
    if not label.text() or isinstance(label, ElidedLabel):
        return
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK:
            yield f"needs {needed} in height, has {label.height()}"
    elif label.sizeHint().width() > label.width() + SLACK:
        yield f"needs {label.sizeHint().width()} in width, has {label.width()}"
    elif label.fontMetrics().height() > label.height() + SLACK:
        yield f"needs {label.fontMetrics().height()} in height, has {label.height()}"


def _line(line: QLineEdit) -> Iterator[str]:
    if line.text() or not line.placeholderText():
        return
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    inner = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line)
    needed = line.fontMetrics().horizontalAdvance(line.placeholderText())
    # Qt keeps two pixels at either side of the text.
    if needed > inner.width() - 4 + SLACK:
        yield f"hint 「{line.placeholderText()}」 needs {needed}, has {inner.width() - 4}"


def _outside(widget: QWidget) -> Iterator[str]:
    """Parts of a widget beyond an ancestor that does not scroll are lost to everybody."""
    child, parent = widget, widget.parentWidget()
    rect = widget.rect()
    while parent is not None:
        above = parent.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is parent:
            return
        rect = QRect(child.mapToParent(rect.topLeft()), rect.size())
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(rect):
            yield f"reaches out of its {type(parent).__name__}"
            return
        if parent.isWindow():
            return
        child, parent = parent, parent.parentWidget()


@contextmanager
def painted_cuts() -> Iterator[list[tuple[str, str]]]:
    """(whole text, what was shown of it) of everything the delegates painted with … meanwhile, and of lines
    taller than their rectangle."""
    cuts: list[tuple[str, str]] = []
    plain = paint_kit.PaintKit.text

    def watched(
        self: Any, painter: QPainter, rect: QRectF, flags: int, size: TextSize, role: str, text: str
    ) -> None:
        if self.width(size, text) > rect.width():
            shown = self.metrics[size].elidedText(text, paint_kit.Qt.TextElideMode.ElideRight, rect.width())
            cuts.append((text, shown))
        if text and self.metrics[size].tightBoundingRect(text).height() > rect.height() + SLACK:
            cuts.append((text, f"{rect.height():g} high"))
        plain(self, painter, rect, flags, size, role, text)

    paint_kit.PaintKit.text = watched  # type: ignore[method-assign]
    try:
        yield cuts
    finally:
        paint_kit.PaintKit.text = plain  # type: ignore[method-assign]


def unnamed(root: QWidget) -> list[str]:
    """Controls a screen reader could say nothing of."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractScrollArea)
    found = []
    for widget in visible(root):
        reachable = widget.focusPolicy() != widget.focusPolicy().NoFocus
        # The line inside a date field is spoken of as the field.
        inner = isinstance(widget.parentWidget(), QAbstractSpinBox)
        if isinstance(widget, kinds) and reachable and not inner and not _spoken(widget):
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def _spoken(widget: QWidget) -> str:
    text = str(widget.text()) if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def spoken_twice(root: QWidget) -> list[str]:
    """Names that two reachable controls of one window share: nobody could tell them apart."""
    names: dict[str, int] = {}
    for widget in visible(root):
        named = isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and _spoken(widget)
        if named and widget.focusPolicy() != widget.focusPolicy().NoFocus:
            names[named] = names.get(named, 0) + 1
    return [f"{name} × {count}" for name, count in names.items() if count > 1]
