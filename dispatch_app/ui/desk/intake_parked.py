"""Calls put aside while another is taken: nothing typed is lost, and a glance shows who waits."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from dispatch_app.operations.rows import DraftRow
from dispatch_app.ui.desk.beijing import clock_text
from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import Button, IconButton, Kind
from dispatch_app.ui.widgets.cards import Card

DROP = "不登记，丢弃这通来电"
DROP_SURE = "再点一次，丢弃这通来电"


class ParkedCall(QWidget):
    """One call put aside.

    Signals:
        resume_asked, drop_asked: id of the draft. Dropping takes a second click.
    """

    resume_asked = Signal(object)
    drop_asked = Signal(object)

    def __init__(self, themes: Themes, draft: DraftRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        said = draft.fields.get("site_text") or draft.fields.get("caller") or draft.fields.get("callback")
        self.resume = Button(f"{said or '未填'}\n{clock_text(draft.answered_at)} 接听", Kind.PLAIN)
        self.resume.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.resume.setAccessibleName(f"接着登记 {said or '未填'}，{clock_text(draft.answered_at)} 接听")
        self.drop = IconButton(themes, "close", DROP)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.resume, 1)
        row.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignVCenter)
        self._sure = False
        self.resume.clicked.connect(self._resume)
        self.drop.clicked.connect(self._drop)

    @Slot()
    def _resume(self) -> None:
        self.resume_asked.emit(self.draft.id)

    @Slot()
    def _drop(self) -> None:
        if self._sure:
            self.drop_asked.emit(self.draft.id)
        else:
            self._sure = True
            self.drop.set_icon("warning", DROP_SURE)


class ParkedCalls(Card):
    """All calls put aside, the oldest first; not there at all when there are none.

    Signals:
        resume_asked, drop_asked: id of the draft.
    """

    resume_asked = Signal(object)
    drop_asked = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__("等候来电", parent=parent)
        self._themes = themes
        self.calls: dict[str, ParkedCall] = {}
        self.hide()

    @property
    def drafts(self) -> tuple[DraftRow, ...]:
        return tuple(call.draft for call in self.calls.values())

    def show_drafts(self, drafts: Iterable[DraftRow]) -> None:
        for call in self.calls.values():
            call.hide()
            call.deleteLater()
        self.calls = {}
        for draft in sorted(drafts, key=lambda draft: draft.answered_at):
            call = ParkedCall(self._themes, draft)
            call.resume_asked.connect(self.resume_asked)
            call.drop_asked.connect(self.drop_asked)
            self.calls[draft.id] = call
            self.body.addWidget(call)
        self.set_title(f"等候来电 {len(self.calls)}")
        self.setVisible(bool(self.calls))

    def add(self, draft: DraftRow) -> None:
        self.show_drafts((*self.drafts, draft))

    def remove(self, draft_id: str) -> DraftRow | None:
        """Take a call off the list. Answers with it, None if it was not there."""
        gone = next((draft for draft in self.drafts if draft.id == draft_id), None)
        self.show_drafts(draft for draft in self.drafts if draft.id != draft_id)
        return gone
