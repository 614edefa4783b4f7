"""Surfaces things stand on: cards, banners, pages that scroll, and what an empty list says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.labels import ElidedLabel, Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe


class Card(QFrame):
    """A raised surface with a quiet title line. Put content into `body`, small things into `header`.

    A card with `flush` set gives its body the whole width, for lists that draw their own edges.
    """

    working: ClassVar[WeakSet[Card]] = WeakSet()
    """Those that are at work, wherever they are: a message asks for them with every click."""

    def __init__(
        self, title: str = "", trailing: str = "", parent: QWidget | None = None, *, flush: bool = False
    ) -> None:
        super().__init__(parent)
        describe(self, card=True)
        self.title = ElidedLabel(title, Size.QUIET, Tone.QUIET)
        self.trailing = Text(trailing, Size.QUIET, Tone.QUIET)
        self.header = QHBoxLayout()
        self.header.setContentsMargins(16, 12, 16, 8)
        self.header.setSpacing(8)
        self.header.addWidget(self.title, 1)
        self.header.addWidget(self.trailing)
        if not trailing:
            # Never shown before it has a parent: it would come up as a window and take the focus.
            self.trailing.hide()
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*((1, 0, 1, 1) if flush else (16, 0, 16, 16)))
        self.body.setSpacing(0 if flush else 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if title or trailing:
            column.addLayout(self.header)
        else:
            # A card may get its title later; until then the header takes no room.
            self.header.setContentsMargins(0, 0, 0, 0)
            self.title.hide()
            if not flush:
                self.body.setContentsMargins(16, 16, 16, 16)
        column.addLayout(self.body, 1)

    def set_at_work(self, at_work: bool) -> None:
        """Say whether something in it is half done: no message may lie over it, wherever the focus."""
        (Card.working.add if at_work else Card.working.discard)(self)

    def set_title(self, title: str, trailing: str = "") -> None:
        self.title.setText(title)
        self.trailing.setText(trailing)
        self.trailing.setVisible(bool(trailing))


class Banner(QFrame):
    """A strip that stays until its cause is gone: a question of the contract, the drill, a breach.

    `tone`: ACCENT for the drill, SOON for open questions, BREACHED for breaches, QUIET for notes.
    """

    acted = Signal()

    def __init__(
        self, text: str = "", tone: Tone = Tone.QUIET, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.text = QLabel(text)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.action = Button(action, Kind.PLAIN)
        if not action:
            self.action.hide()
        self.action.clicked.connect(self.acted)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 8, 16, 8)
        self.row.setSpacing(12)
        self.row.addWidget(self.text, 1)
        self.row.addWidget(self.action)
        self.set_tone(tone)

    def set_tone(self, tone: Tone) -> None:
        describe(self, banner=str(tone))
        describe(self.text, banner_text=str(tone))

    def set_text(self, text: str) -> None:
        self.text.setText(text)
        self.setAccessibleName(text)


class EmptyState(QWidget):
    """What an empty list says: that it is empty, and what to do next."""

    acted = Signal()

    def __init__(self, title: str, hint: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text(title, Size.SITE, Tone.QUIET, wrap=True)
        self.hint = Text(hint, Size.QUIET, Tone.FAINT, wrap=True)
        self.action = Button(action, Kind.ACCENT)
        if not action:
            self.action.hide()
        self.action.clicked.connect(self.acted)
        for label in (self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if not hint:
            self.hint.hide()
        column = QVBoxLayout(self)
        # No room above and below but what is left: it must fit a list two lines high.
        column.setContentsMargins(24, 0, 24, 0)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)


class ScrollPage(QScrollArea):
    """A page that scrolls down; its content stands in `column`, no wider than `width` logical pixels.

    `on_card`: it stands within a card and has the card's colour.
    """

    def __init__(self, width: int = 1120, parent: QWidget | None = None, *, on_card: bool = False) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QWidget()
        self._inner = inner = QWidget()
        for part in (outer, inner):
            describe(part, ground=not on_card, surface=on_card)
        inner.setMaximumWidth(width)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(16, 16, 16, 24)
        self.column.setSpacing(12)
        row = QHBoxLayout(outer)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inner, 100)
        row.addStretch(1)
        self.setWidget(outer)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """For a page's first content: nothing of it is seen before all of it has its place.

        Widgets put into a page that is in sight are shown by and by, and for one frame, a fifth of a second
        on a busy machine, stand squeezed into the height the page had before.
        """
        self._inner.hide()
        try:
            yield
        finally:
            self._inner.show()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
