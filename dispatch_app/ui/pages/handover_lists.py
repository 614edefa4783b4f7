"""The two lists of the handover page: what is open, and the papers of the shifts before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.contract.explain import CLOCK_GUIDE
from dispatch_app.operations.rows import DocumentKind, DocumentRow, FaultRow
from dispatch_app.operations.words import STAGE_WORDS, STATE_WORDS
from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.desk.urgency import binding_clock, figure, is_breached
from dispatch_app.ui.pages.tallies_tables import FACE_ROLE, Face, FaceDelegate
from dispatch_app.ui.theme.theme import Theme, Themes

Index = QModelIndex | QPersistentModelIndex

DisplayRole = Qt.ItemDataRole.DisplayRole
LINE = 52


class FaceModel(QAbstractListModel):
    """Two-line faces, one a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._faces: tuple[Face, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._faces)

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        face = self._faces[index.row()]
        if role == FACE_ROLE:
            return face
        return face.words if role in (DisplayRole, Qt.ItemDataRole.ToolTipRole) else None

    def show_faces(self, faces: tuple[Face, ...]) -> None:
        """Show these; the selection stays while the rows only change their words."""
        if len(faces) == len(self._faces) and faces:
            self._faces = faces
            self.dataChanged.emit(self.index(0), self.index(len(faces) - 1))
            return
        self.beginResetModel()
        self._faces = faces
        self.endResetModel()


def open_faces(rows: Sequence[FaultRow], now: int) -> tuple[Face, ...]:
    """What is open, as the queue orders it: number and site over stage, people and the next limit."""
    return tuple(_open_face(row, now) for row in rows)


def _open_face(row: FaultRow, now: int) -> Face:
    clock = binding_clock(row.clocks, now)
    people = "、".join(f"{one.name} {STATE_WORDS[one.state]}" for one in row.engagements) or "未派人"
    limit, role = "", "text"
    if clock is not None:
        over = is_breached(clock, now)
        role = "breached_text" if over else "text"
        limit = (
            f"　{CLOCK_GUIDE[clock.clock].title} {'已超' if over else '剩'} {figure(clock, now).lstrip('+')}"
        )
    urgent = "　紧急" if row.emergency else ""
    return Face(f"{row.number}　{row.site_name}{urgent}", f"{STAGE_WORDS[row.stage]}　{people}{limit}", role)


def paper_faces(documents: Sequence[DocumentRow]) -> tuple[Face, ...]:
    """The sheet as it stands now, then what was issued."""
    return (Face("现在的交接班表", "未编号，随事实更新"), *(_paper_face(one) for one in documents))


def _paper_face(document: DocumentRow) -> Face:
    printed = f"，已送出 {document.copies} 份" if document.copies else ""
    title = document.title
    if document.kind == DocumentKind.HANDOVER:
        title = title.removeprefix("交接班表 ")
    return Face(title, f"{moment_text(document.issued_at)[:16]} 出具{printed}")


class FaceList(QListView):
    """A quiet list of faces.

    Signals:
        chosen: Row selected. opened: Row double-clicked or taken with Enter.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, model: FaceModel, themes: Themes, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._family = QApplication.font().family()
        self._delegate = FaceDelegate(PaintKit(themes.current, self._family), LINE, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._opened)
        themes.changed.connect(self._recolour)

    @property
    def row(self) -> int:
        """The row selected, −1 for none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        self.setCurrentIndex(self.model().index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row >= 0:
            self.opened.emit(self.row)
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.row())

    @Slot(QModelIndex)
    def _opened(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._delegate.kit = PaintKit(theme, self._family)
        self.viewport().update()
