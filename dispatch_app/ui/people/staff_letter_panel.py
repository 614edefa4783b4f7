"""函告: which changes go into one letter, the letter as it would print, its number, the printer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from dispatch_app.operations.people_rows import UntoldChange
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import DocumentKind, DocumentRow
from dispatch_app.operations.staff_letters import IssueStaffLetter
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.paper_panel import PaperPanel

WIDTH = 720


@dataclass(frozen=True, slots=True)
class StaffLetter:
    """One letter for these changes, by the ids of their entries."""

    entry_ids: tuple[str, ...]

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.STAFF_LETTER

    def title(self, queries: Queries) -> str:
        return f"函告　{len(self.entry_ids)} 条变动"

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_staff_letter(self.entry_ids)

    def command(self) -> IssueStaffLetter:
        return IssueStaffLetter(self.entry_ids)


@dataclass(frozen=True, slots=True)
class Offered:
    """`document`: id of the letter that told the chosen change already; empty for none."""

    untold: tuple[UntoldChange, ...]
    document: str


class StaffLetterPanel(PaperPanel):
    """Lies over a list; the changes that can be told stand over the letter, each to be ticked."""

    def __init__(self, context: UiContext, over: QWidget) -> None:
        super().__init__(context, "函告", over, width=WIDTH)
        self.boxes: dict[str, QCheckBox] = {}
        self._choice = QWidget()
        self._lines = QVBoxLayout(self._choice)
        self._lines.setContentsMargins(16, 0, 16, 8)
        self._lines.setSpacing(4)
        self.body.insertWidget(0, self._choice)

    def open_for(self, chosen: tuple[str, ...] = ()) -> None:
        """Offer every change that waits for its letter, the chosen ones ticked, or all of them where none is
        chosen; one that has been told shows the letter that told it."""
        self._context.executor.ask(partial(_offered, chosen), partial(self._offer, chosen), self)

    def _offer(self, chosen: tuple[str, ...], offered: Offered) -> None:
        for box in self.boxes.values():
            box.deleteLater()
        self.boxes = {}
        self._choice.setVisible(not offered.document)
        if offered.document:
            self.open_issued(StaffLetter(chosen), offered.document)
            return
        if not offered.untold:
            self._context.messages.note("没有待函告的变动", "变动登记后、告知甲方前在这里出函告")
            return
        some = any(one.entry_id in chosen for one in offered.untold)
        for one in offered.untold:
            box = QCheckBox(f"{one.number}　{one.text}")
            box.setChecked(not some or one.entry_id in chosen)
            box.toggled.connect(self._show_chosen)
            self.boxes[one.entry_id] = box
            self._lines.addWidget(box)
        self._show_chosen()

    def _show_document(self, document: DocumentRow | None) -> None:
        super()._show_document(document)
        # What has its number holds the changes it holds.
        self._choice.setEnabled(document is None)

    @Slot()
    def _show_chosen(self) -> None:
        chosen = tuple(entry_id for entry_id, box in self.boxes.items() if box.isChecked())
        self.open_paper(StaffLetter(chosen))


def letter_panel(context: UiContext, over: QWidget) -> StaffLetterPanel:
    """The one panel over a widget, made when it is first wanted."""
    return over.findChild(StaffLetterPanel) or StaffLetterPanel(context, over)


def _offered(chosen: tuple[str, ...], queries: Queries) -> Offered:
    told = {queries.register_entry(one).typed.get("letter", "") for one in chosen}
    number = told.pop() if len(told) == 1 else ""
    letters = queries.documents(DocumentKind.STAFF_LETTER) if number else ()
    document = next((one.id for one in letters if one.number == number), "")
    return Offered(queries.untold_changes(), document)
