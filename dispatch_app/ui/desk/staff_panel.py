"""The people: who may be sent to the selected fault, the best of them marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from dispatch_app.operations.rows import FaultRow, StaffRow, StaffState, Suggestion
from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.desk.staff_card import StaffCard
from dispatch_app.ui.desk.staff_words import can_be_sent, in_order
from dispatch_app.ui.theme.theme import Theme, Themes
from dispatch_app.ui.widgets.cards import Card
from dispatch_app.ui.widgets.polish import Tone

WIDTH = 332
COMPACT_WIDTH = 264


class _People(QScrollArea):
    """As high as its people where there is room."""

    def sizeHint(self) -> QSize:
        return self.widget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.widget().minimumSizeHint().width(), 88)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            # Somebody's card has become higher or lower.
            self.updateGeometry()
        return super().eventFilter(watched, event)


class StaffPanel(Card):
    """Shows everyone; a digit belongs to a person and never moves, only the cards change their order.

    Signals:
        assign_asked: staff id. availability_asked: (staff id, `StaffState`). number_asked: staff id.
    """

    assign_asked = Signal(object)
    availability_asked = Signal(object)
    number_asked = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__("人员", parent=parent, flush=True)
        self.setAccessibleName("人员")
        self._themes = themes
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._rows: dict[str, StaffRow] = {}
        self._suggestions: dict[str, Suggestion] = {}
        self._target: FaultRow | None = None
        self._floor = 0
        self._compact = False
        self._hovered = False
        self._waiting = self._missed = False
        self.setMinimumWidth(WIDTH)
        self.cards: dict[str, StaffCard] = {}
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._scroll = _People()
        self._scroll.setWidgetResizable(True)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._list)
        self._scroll.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        self.body.addWidget(self._scroll)
        self._kit = PaintKit(themes.current, QApplication.font().family())
        themes.changed.connect(self._recolour)

    # ── what is shown ──

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Show what is set meanwhile in one go at the end: each showing goes over every card."""
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False
            if self._missed:
                self._missed = False
                self._show()

    def set_staff(self, rows: Iterable[StaffRow]) -> None:
        """Everyone of the roster, in any order."""
        self._rows = {row.id: row for row in rows}
        for gone in set(self.cards) - set(self._rows):
            card = self.cards.pop(gone)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for row in self._rows.values():
            if row.id not in self.cards:
                self._make_card(row)
        self._show()

    def set_floor(self, technicians: int) -> None:
        """How many technicians the contract asks for (二.2); fewer stand red over the cards."""
        self._floor = technicians
        self._show()

    def set_target(self, fault: FaultRow | None) -> None:
        """The fault people would be sent to. Another one forgets the suggestions made for the last."""
        if fault is None or self._target is None or fault.id != self._target.id:
            self._suggestions = {}
        self._target = fault
        self._show()

    def set_suggestions(self, fault_id: str, suggestions: Iterable[Suggestion]) -> None:
        """Who suits the selected fault; ignored when another one has been selected meanwhile."""
        if self._target is not None and self._target.id == fault_id:
            self._suggestions = {suggestion.staff_id: suggestion for suggestion in suggestions}
            self._show()

    def set_compact(self, compact: bool) -> None:
        """One line a person, for a small screen."""
        self._compact = compact
        # Fixed, so that a suggestion that comes in moves nothing on the desk.
        self.setMinimumWidth(COMPACT_WIDTH if compact else WIDTH)
        for card in self.cards.values():
            card.set_compact(compact)

    # ── what the page asks ──

    @property
    def best(self) -> StaffRow | None:
        """The person Enter sends, or None."""
        for suggestion in self._suggestions.values():
            if suggestion.best:
                return self._rows.get(suggestion.staff_id)
        return None

    def by_digit(self, digit: int) -> StaffRow | None:
        """The person a digit belongs to, or None."""
        return next((r for r in self._rows.values() if r.digit == digit and can_be_sent(r)), None)

    def person(self, staff_id: str) -> StaffRow | None:
        return self._rows.get(staff_id)

    @property
    def shown_order(self) -> tuple[str, ...]:
        """Staff ids from top to bottom."""
        found = []
        for place in range(self._column.count()):
            item = self._column.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, StaffCard):
                found.append(widget.row.id)
        return tuple(found)

    # ── inside ──

    def _make_card(self, row: StaffRow) -> None:
        card = StaffCard(self._themes, self._kit, row, self._list)
        card.set_compact(self._compact)
        card.assign_asked.connect(self.assign_asked)
        card.availability_asked.connect(self.availability_asked)
        card.number_asked.connect(self.number_asked)
        self.cards[row.id] = card
        self._column.addWidget(card)
        # Shown now and not with the next event: hidden, it would count for nothing in the panel's height.
        card.show()

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._kit = PaintKit(theme, QApplication.font().family())
        for card in self.cards.values():
            card.kit = self._kit
            card.update()

    def _show(self) -> None:
        if self._waiting:
            self._missed = True
            return
        number = self._target.number if self._target is not None else ""
        named = {part.staff_id for part in self._target.engagements} if self._target is not None else set()
        self.set_title(self._heading(), f"派给 {number}" if number else "")
        for row in self._rows.values():
            suggestion = self._suggestions.get(row.id)
            self.cards[row.id].show_row(row, suggestion, number, named=row.id in named)
        if not self._hovered:
            self._arrange()

    def _heading(self) -> str:
        employed = sum(row.technician and row.state is not StaffState.LEFT for row in self._rows.values())
        short = bool(self._rows) and employed < self._floor
        self.title.set_tone(Tone.BREACHED if short else Tone.QUIET)
        return f"人员　在职 {employed}/{self._floor}" if short else "人员"

    def _arrange(self) -> None:
        wanted = [row.id for row in in_order(self._rows.values(), self._suggestions)]
        shown = list(self.shown_order)
        if shown == wanted:
            return
        for place, staff_id in enumerate(wanted):
            if shown[place] == staff_id:
                continue
            # Somebody has gone further down, or somebody has come up from there: one card is moved, and
            # those between stay in the layout.
            down = shown[place + 1] == staff_id
            moved, to = (shown[place], wanted.index(shown[place])) if down else (staff_id, place)
            shown.remove(moved)
            shown.insert(to, moved)
            self._column.insertWidget(to, self.cards[moved])
        for before, after in itertools.pairwise(wanted):
            QWidget.setTabOrder(self.cards[before].send, self.cards[after].call)

    def enterEvent(self, event: QEnterEvent) -> None:
        # A card must not move away under the pointer: the order waits until it has left.
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self._arrange()
        super().leaveEvent(event)
