"""Where something small may lie over a page without hiding what somebody is working in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from dispatch_app.ui.widgets.cards import Card

GAP = 8
STEP = 8
"""How finely the height is searched. Logical pixels."""


def cards_at_work(over: QWidget) -> list[Card]:
    """The cards in sight in which something is half done: with the focus in them, or saying so."""
    wanted = [card for card in Card.working if shiboken6.isValid(card) and over.isAncestorOf(card)]
    above = QApplication.focusWidget()
    while above is not None and above is not over:
        above = above.parentWidget()
        if isinstance(above, Card) and above not in wanted:
            wanted.append(above)
    return [card for card in wanted if card.isVisible()]


def in_sight(widget: QWidget, over: QWidget) -> QRect:
    """What can be seen of a widget, in the coordinates of `over`."""
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(over, seen.topLeft()), seen.size())


def clear_place(
    over: QWidget, widths: Sequence[int], height_for: Callable[[int], int], left: int, margin: int
) -> QRect:
    """The place for a bar over a page: beside the cards at work, or else beside their buttons.

    Args:
        widths: How wide the bar may be, the widest first.
        height_for: How tall it is when so wide.
        left: How far from the left edge it begins at least. margin: How far from the other edges it ends.
    """
    cards = cards_at_work(over)
    # One after another, when asked for: to measure a width lays the bar out, and as a rule the first fits.
    height = cache(height_for)
    room = over.rect().adjusted(left, margin, -margin, -margin)

    def sizes() -> Iterator[QSize]:
        return (QSize(width, height(width)) for width in widths)

    at_foot = _candidates(room, sizes(), [in_sight(card, over) for card in cards], lowest_only=True)
    found = next(at_foot, None)
    if found is None:
        buttons = [button for card in cards for button in card.findChildren(QAbstractButton)]
        anywhere = _candidates(room, sizes(), [in_sight(one, over) for one in buttons], lowest_only=False)
        found = next(anywhere, None)
    if found is None:
        tall = height(widths[0])
        found = QRect(left, room.bottom() + 1 - tall, widths[0], tall)
    return found


def _candidates(
    room: QRect, sizes: Iterable[QSize], taken: Sequence[QRect], *, lowest_only: bool
) -> Iterator[QRect]:
    """Places that touch nothing taken: the lowest first, of these the one furthest to the left."""
    taken = [rect for rect in taken if not rect.isEmpty()]
    starts = sorted({room.left(), *(rect.right() + 1 + GAP for rect in taken)})
    for size in sizes:
        lowest = room.bottom() + 1 - size.height()
        for top in (lowest,) if lowest_only else range(lowest, room.top(), -STEP):
            for start in starts:
                place = QRect(QPoint(start, top), size)
                if room.contains(place) and not any(place.intersects(rect) for rect in taken):
                    yield place
