"""Which paper is looked at: the trial reckoning of the period, or one of the sheets already issued."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.operations.rows import DocumentRow
from dispatch_app.ui.desk.paint_kit import PaintKit
from dispatch_app.ui.pages.tallies_tables import FACE_ROLE, Face, FaceDelegate
from dispatch_app.ui.theme.theme import Theme, Themes

Index = QModelIndex | QPersistentModelIndex

DisplayRole = Qt.ItemDataRole.DisplayRole
_LINE = 52


class IssuedModel(QAbstractListModel):
    """The trial first, then what was issued, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents: tuple[DocumentRow, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._documents) + 1

    def data(self, index: Index, role: int = DisplayRole) -> Any:
        if not index.isValid():
            return None
        face = self._face(self.document(index.row()))
        if role == FACE_ROLE:
            return face
        if role in (DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return face.words
        return None

    def _face(self, document: DocumentRow | None) -> Face:
        if document is None:
            return Face("本期试算", "未编号，随事实更新")
        printed = f"，已送出 {document.copies} 份" if document.copies else ""
        title = document.title.removeprefix("违约结算表 ")
        return Face(title, f"{moment_text(document.issued_at)[:16]} 出具{printed}")

    def document(self, row: int) -> DocumentRow | None:
        """The document of a row; None for the trial."""
        return self._documents[row - 1] if 0 < row <= len(self._documents) else None

    def show_documents(self, documents: Sequence[DocumentRow]) -> None:
        if tuple(one.id for one in documents) == tuple(one.id for one in self._documents):
            self._documents = tuple(documents)
            self.dataChanged.emit(self.index(0), self.index(len(documents)))
            return
        self.beginResetModel()
        self._documents = tuple(documents)
        self.endResetModel()

    def row_of(self, document_id: str) -> int:
        """Row of a document, 0 (the trial) when it is not there."""
        return next((row for row, one in enumerate(self._documents, 1) if one.id == document_id), 0)


class IssuedList(QListView):
    """Signals:
    chosen: the `DocumentRow`, or None for the trial.
    """

    chosen = Signal(object)

    def __init__(self, model: IssuedModel, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents = model
        self._family = QApplication.font().family()
        self._delegate = FaceDelegate(PaintKit(themes.current, self._family), _LINE, self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName("已出具的结算表")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._current_changed)
        model.modelReset.connect(self.fit_height)
        themes.changed.connect(self._recolour)
        self.fit_height()

    @property
    def document(self) -> DocumentRow | None:
        """What is selected; None for the trial."""
        return self._documents.document(self.currentIndex().row())

    def choose(self, document_id: str) -> None:
        """Select a document; an empty id, or one that is not there, means the trial."""
        self.setCurrentIndex(self._documents.index(self._documents.row_of(document_id)))

    @Slot()
    def fit_height(self) -> None:
        """As high as its lines, four at most."""
        self.setFixedHeight(min(self._documents.rowCount(), 4) * _LINE)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._documents.document(current.row()))

    @Slot(object)
    def _recolour(self, theme: Theme) -> None:
        self._delegate.kit = PaintKit(theme, self._family)
        self.viewport().update()
