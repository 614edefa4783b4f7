"""What the page of rounds and backups asks, and the desk about what is overdue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dispatch_app.operations.later import Later
from dispatch_app.operations.looking import Looking

if TYPE_CHECKING:
    from dispatch_app.operations import paper_store, round_sheets
    from dispatch_app.operations.reading import duties, rounds
    from dispatch_app.operations.round_rows import DutyBook, RoundForm, Trend
else:
    duties, rounds = Later("reading.duties"), Later("reading.rounds")
    paper_store, round_sheets = Later("paper_store"), Later("round_sheets")


class RoundQueries(Looking):
    """The questions about rounds and backups. Every method sees one state of the database."""

    def duty_book(self) -> DutyBook:
        """Rounds, backups, checks by restoring and refreshes: what is overdue, due, ahead."""
        with self._database.reader() as session:
            return duties.duty_book(session, self._clock.now())

    def round_form(self, plan_id: str, site_id: str = "") -> RoundForm:
        """What the form of a round begins with. Raises KnownError for neither a plan nor a site."""
        with self._database.reader() as session:
            return rounds.round_form(session, self._clock.now(), plan_id, site_id)

    def round_sites(self) -> tuple[tuple[str, str], ...]:
        """(id, name) of the sites there are curves of."""
        with self._database.reader() as session:
            return rounds.round_sites(session)

    def round_trend(self, site_id: str, since: int = 0) -> Trend:
        """How the figures of a room went from a moment (epoch seconds UTC) on."""
        with self._database.reader() as session:
            return rounds.trend(session, self._clock.now(), site_id, since)

    def preview_blank_round(self, plan_id: str) -> bytes:
        """The 空白巡检表 of a plan as it would print. Raises KnownError if the plan does not stand."""
        with self._view() as view:
            sheet = round_sheets.blank_round_sheet(view, plan_id, "预览")
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def preview_rounds(self, site_id: str, month: date) -> bytes:
        """The 巡检表 of a room and a month as it would print. Raises KnownError if the month lies ahead."""
        with self._view() as view:
            sheet = round_sheets.rounds_sheet(view, site_id, month, "预览")
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def preview_backups(self, month: date) -> bytes:
        """The 备份记录 of a month as it would print. Raises KnownError if the month lies ahead."""
        with self._view() as view:
            sheet = round_sheets.backups_sheet(view, month, "预览")
            return paper_store.render(sheet, paper_store.font_set(view.session))
