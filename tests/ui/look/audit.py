"""Looks at a window as an impatient eye would: what is cut, what has no name, what is out of its parent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from dispatch_app.ui.desk import paint_kit
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.style import contrast
from dispatch_app.ui.widgets.labels import ElidedLabel

READABLE = 4.5
MOST_ROWS = 200
"""So many rows of a list are listened to."""
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


@dataclass(frozen=True, slots=True)
class Painted:
    """A text a delegate painted: all of it, what was shown, where on the picture, in which colour."""

    text: str
    shown: str
    place: QRect
    colour: QColor
    low: bool


@contextmanager
def painted_texts() -> Iterator[list[Painted]]:
    """Everything the delegates write meanwhile."""
    texts: list[Painted] = []
    plain = paint_kit.PaintKit.text

    def watched(
        self: Any, painter: QPainter, rect: QRectF, flags: int, size: TextSize, role: str, text: str
    ) -> None:
        metrics = self.metrics[size]
        shown = text
        if self.width(size, text) > rect.width():
            shown = metrics.elidedText(text, paint_kit.Qt.TextElideMode.ElideRight, rect.width())
        low = bool(text) and metrics.tightBoundingRect(text).height() > rect.height() + SLACK
        place = painter.deviceTransform().mapRect(rect).toRect()
        texts.append(Painted(text, shown, place, self.theme.role(role), low))
        plain(self, painter, rect, flags, size, role, text)

    paint_kit.PaintKit.text = watched  # type: ignore[method-assign]
    try:
        yield texts
    finally:
        paint_kit.PaintKit.text = plain  # type: ignore[method-assign]


def cuts(painted: Iterable[Painted]) -> list[tuple[str, str]]:
    """(whole text, what was shown of it) of what ended in …, and of lines taller than their rectangle."""
    found = [(one.text, one.shown) for one in painted if one.shown != one.text]
    return found + [(one.text, f"{one.place.height()} high") for one in painted if one.low]


def unreadable(picture: QImage, painted: Iterable[Painted]) -> list[str]:
    """Texts too close in colour to what they stand on, as it came out in the picture."""
    found = []
    for one in painted:
        ground = _ground(picture, one.place.intersected(picture.rect()))
        if one.text and ground is not None and contrast(one.colour, ground) < READABLE:
            found.append(f"「{one.text}」 {one.colour.name()} on {ground.name()}")
    return found


def _ground(picture: QImage, place: QRect) -> QColor | None:
    """The colour most of a place has: that behind a text, which covers less than half of its rectangle."""
    if place.isEmpty():
        return None
    columns = range(place.left(), place.right() + 1, max(1, place.width() // 24))
    rows = range(place.top(), place.bottom() + 1, max(1, place.height() // 8))
    seen = Counter(picture.pixel(x, y) for x in columns for y in rows)
    return QColor(seen.most_common(1)[0][0])


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


def unspoken_cells(root: QWidget) -> list[str]:
    """Cells with something to see that a screen reader could say nothing of, and lists in which two rows are
    spoken of in the same words."""
    found = []
    for view in visible(root):
        if not isinstance(view, QAbstractItemView) or view.model() is None:
            continue
        rows = [_row_words(view, row) for row in range(min(view.model().rowCount(), MOST_ROWS))]
        mute = [str(place) for place, words in enumerate(rows) if not words]
        if mute:
            found.append(f"{where(view)}: nothing to say of row {'、'.join(mute)}")
        twice = [words for words, count in Counter(rows).items() if words and count > 1]
        found += [f"{where(view)}: two rows are 「{words}」" for words in twice]
    return found


def _row_words(view: QAbstractItemView, row: int) -> str:
    """What is said of a row: of each of its columns, in their order."""
    model, root = view.model(), view.rootIndex()
    said = []
    # A list model keeps its one column to itself.
    columns = 1 if isinstance(view, QListView) else model.columnCount(root)
    for column in range(columns):
        index = model.index(row, column, root)
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
        said.append(str(spoken or ""))
    return "，".join(part for part in said if part)


def spoken_twice(root: QWidget) -> list[str]:
    """Names that two reachable controls of one window share: nobody could tell them apart."""
    names: dict[str, int] = {}
    for widget in visible(root):
        named = isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and _spoken(widget)
        if named and widget.focusPolicy() != widget.focusPolicy().NoFocus:
            names[named] = names.get(named, 0) + 1
    return [f"{name} × {count}" for name, count in names.items() if count > 1]
