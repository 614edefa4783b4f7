"""What the page of rounds and backups asks, and the desk about what is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_app.operations.later import Later
from dispatch_app.operations.looking import Looking

if TYPE_CHECKING:
    from dispatch_app.operations.reading import duties, rounds
    from dispatch_app.operations.round_rows import DutyBook, RoundForm, Trend
else:
    duties, rounds = Later("reading.duties"), Later("reading.rounds")


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
