"""打印 of a register: its list as it stands, previewed, numbered, printed."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_paper import IssueRegisterList
from dispatch_app.operations.register_rows import RegisterSort
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.ui.printing.paper_panel import PaperPanel
from dispatch_app.ui.registers.tools import ToolPlace


@dataclass(frozen=True, slots=True)
class RegisterPaper:
    """The paper of a list."""

    wanted: IssueRegisterList

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.REGISTER_LIST

    def title(self, _queries: Queries) -> str:
        return register_of(self.wanted.register).title

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_register_list(self.wanted)

    def command(self) -> IssueRegisterList:
        return self.wanted


class ListPanel(PaperPanel):
    """Of its own kind: a register may have other panels for other papers."""


def open_paper(place: ToolPlace) -> None:
    """The list as it is set now, with the columns in sight."""
    sort = RegisterSort(place.wish.sort.column, place.wish.sort.descending)
    show_paper(place, IssueRegisterList(place.register, place.wish.filter, sort, place.columns))


def show_paper(place: ToolPlace, wanted: IssueRegisterList) -> None:
    """A list in the one panel a place has for papers."""
    panel = place.page.findChild(ListPanel)
    if panel is None:
        panel = ListPanel(place.context, "清单", place.page)
    panel.open_paper(RegisterPaper(wanted))
