"""The list under the field: what is found, and in words what Enter does. It never takes the focus."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dispatch_app.ui.desk.hanging_list import HangingList, kit_of
from dispatch_app.ui.desk.paint_kit import LEFT, RIGHT, on_row
from dispatch_app.ui.desk.row_delegate import Index, RowDelegate
from dispatch_app.ui.palette.entries import GROUP_WORDS, Entry
from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

DisplayRole = Qt.ItemDataRole.DisplayRole
AccessibleTextRole = Qt.ItemDataRole.AccessibleTextRole
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1

ITEM_HEIGHT = 38
PADDING = 6
WIDTH = 720
GROUP_WIDTH = 64.0
INDENT = 10
TITLE_SHARE = 0.46


class EntryModel(QAbstractListModel):
    """Entries in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == DisplayRole:
            return entry.title
        if role == ENTRY_ROLE:
            return entry
        if role == AccessibleTextRole:
            parts = (GROUP_WORDS[entry.group], entry.title, entry.detail, entry.will, entry.remedy)
            return "，".join(part for part in parts if part)
        return None

    def show(self, entries: tuple[Entry, ...]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()


class EntryDelegate(RowDelegate):
    """What it is, its name, and what else there is to say, each cut with … where it does not fit."""

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, *, selected: bool) -> None:
        entry, kit = index.data(ENTRY_ROLE), self.kit
        assert isinstance(entry, Entry)
        inner = rect.adjusted(INDENT, 0, -INDENT, 0)
        kit.text(painter, inner, LEFT, TextSize.SMALL, "quiet", GROUP_WORDS[entry.group])
        rest = inner.adjusted(GROUP_WIDTH, 0, 0, 0)
        needed = kit.width(TextSize.BODY, entry.title)
        room = rest.width() if not entry.detail else max(rest.width() * TITLE_SHARE, rest.width() - 260)
        title = QRectF(rest.left(), rest.top(), min(needed, room), rest.height())
        role = on_row("faint", selected) if entry.refused else "text"
        kit.text(painter, title, LEFT, TextSize.BODY, role, entry.title)
        detail = rest.adjusted(title.width() + 16, 0, 0, 0)
        kit.text(painter, detail, RIGHT, TextSize.QUIET, "quiet", entry.detail)


class Drop(HangingList):
    """Lies over the window, under the field.

    Signals:
        taken: the `Entry` clicked. marked_changed: another entry is marked.
    """

    taken = Signal(object)
    marked_changed = Signal()

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        self.model = EntryModel()
        delegate = EntryDelegate(kit_of(themes), ITEM_HEIGHT)
        super().__init__(themes, "找到的条目", self.model, delegate, parent, PADDING)
        self.will = Text("", Size.BODY, Tone.TEXT, wrap=True)
        self.consequence = Text("", Size.QUIET, Tone.QUIET, wrap=True)
        self.keys = Text("↑ ↓ 选　回车执行　Esc 关闭", Size.SMALL, Tone.FAINT)
        self.column.setSpacing(2)
        words = QVBoxLayout()
        words.setContentsMargins(INDENT, 6, INDENT, 4)
        words.setSpacing(4)
        for label in (self.will, self.consequence, self.keys):
            words.addWidget(label)
        self.column.addLayout(words)
        self.view.clicked.connect(self._clicked)

    def offer(self, entries: tuple[Entry, ...], under: QWidget) -> None:
        """Show entries under a widget, the first marked."""
        self.model.show(entries)
        self.view.setVisible(bool(entries))
        if entries:
            self.view.setCurrentIndex(self.model.index(0))
        self.marked_changed.emit()
        self.fit(under)
        self.show()
        self.raise_()

    def fit(self, under: QWidget) -> None:
        """As tall as its content where the window has the room."""
        window, corner = self.hang_in_window(under)
        place = QPoint(corner.x() + under.width() - 1, corner.y())
        width = min(WIDTH, window.width() - 16)
        left = max(8, min(place.x() - width, window.width() - width - 8))
        inner = width - 2 * (PADDING + INDENT) - 2
        words = sum(
            4 + (label.heightForWidth(inner) if label.wordWrap() else label.sizeHint().height())
            for label in (self.will, self.consequence, self.keys)
            if not label.isHidden()
        )
        rows = self.model.rowCount()
        frame = 2 * PADDING + 12
        room = window.height() - place.y() - 12 - frame - words
        self.view.setFixedHeight(max(ITEM_HEIGHT, min(rows * ITEM_HEIGHT, room)))
        height = frame + words + (self.view.height() if rows else 0)
        self.setGeometry(left, place.y() + 6, width, height)

    def say(self, will: str, consequence: str, *, refused: bool) -> None:
        """Say what Enter does, and under it what that costs or what to do instead."""
        self.will.setText(will)
        self.will.setVisible(bool(will))
        self.will.set_tone(Tone.BREACHED if refused else Tone.TEXT)
        self.consequence.setText(consequence)
        self.consequence.setVisible(bool(consequence))

    def mark(self, row: int) -> None:
        super().mark(row)
        self.marked_changed.emit()

    @property
    def marked(self) -> Entry | None:
        """The entry Enter would take, or None."""
        index = self.view.currentIndex()
        return self.model.entries[index.row()] if index.isValid() else None

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.taken.emit(self.model.entries[index.row()])
