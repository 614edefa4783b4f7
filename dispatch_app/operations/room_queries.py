"""What the page of the core room asks beyond its lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_app.operations.later import Later
from dispatch_app.operations.looking import Looking

if TYPE_CHECKING:
    from dispatch_app.operations import paper_store, room_sheets
    from dispatch_app.operations.reading import visits
    from dispatch_app.operations.register_rows import InsideRow
else:
    paper_store, room_sheets = Later("paper_store"), Later("room_sheets")
    visits = Later("reading.visits")


class RoomQueries(Looking):
    """The questions about the core room. Every method sees one state of the database."""

    def visitors_inside(self) -> tuple[InsideRow, ...]:
        """Who is in the rooms now, the longest first."""
        with self._database.reader() as session:
            return visits.inside_rows(session, self._clock.now())

    def last_visit(self, visitor: str) -> dict[str, str]:
        """What would be typed again for a visitor who was here before; empty for a new one."""
        with self._database.reader() as session:
            return visits.last_visit(session, self._clock.now(), visitor)

    def preview_room_paper(self, wanted: room_sheets.RoomPaper) -> bytes:
        """A paper of the core room as it would print. Raises KnownError as `room_sheet` does."""
        with self._view() as view:
            sheet = room_sheets.room_sheet(view, wanted, "预览")
            return paper_store.render(sheet, paper_store.font_set(view.session))
