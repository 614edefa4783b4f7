"""What the page of the people and the papers of the contract ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import StaffMember
from dispatch_app.operations.later import Later
from dispatch_app.operations.looking import Looking
from dispatch_app.operations.people_rows import ContractPapers, PeopleOverview, UntoldChange

if TYPE_CHECKING:
    from dispatch_app.operations.reading import contract_papers, people_overview
else:
    people_overview, contract_papers = Later("reading.people_overview"), Later("reading.contract_papers")


class PeopleQueries(Looking):
    """The questions about people. Every method sees one state of the database."""

    def people_overview(self) -> PeopleOverview:
        """Everybody employed, with what the registers say of each."""
        with self._view() as view:
            return people_overview.people_overview(view)

    def untold_changes(self) -> tuple[UntoldChange, ...]:
        """The changes of people that wait for their 函告."""
        with self._database.reader() as session:
            return people_overview.untold_changes(session)

    def mobile_of(self, staff_id: str) -> str:
        """A personal number in full, to be asked for after `RevealMobile`. Raises KnownError for nobody."""
        with self._database.reader() as session:
            person = session.get(StaffMember, staff_id)
            if person is None:
                raise KnownError("名单上没有这个人", "请从名单里选择")
            return person.mobile

    def contract_papers(self) -> ContractPapers:
        """How payment, invoice and renewal stand."""
        with self._view() as view:
            return contract_papers.contract_papers(view)
