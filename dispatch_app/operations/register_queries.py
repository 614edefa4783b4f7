"""What the pages of the registers ask."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_app.operations.device_rows import DeviceRow, PlaceFound
from dispatch_app.operations.later import Later
from dispatch_app.operations.looking import Looking
from dispatch_app.operations.reading import people
from dispatch_app.operations.register_words import PAGE
from dispatch_app.operations.watching import Watch, unwatched

if TYPE_CHECKING:
    from dispatch_app.operations import paper_store, register_export, register_paper, register_plan
    from dispatch_app.operations.network_rows import NetworkUse
    from dispatch_app.operations.reading import (
        devices,
        entry_finding,
        networks,
        register_offers,
        registers,
    )
    from dispatch_app.operations.register_import_rows import RegisterPreview
    from dispatch_app.operations.register_paper import IssueRegisterList
    from dispatch_app.operations.register_rows import (
        Cursor,
        EntryDetail,
        EntryPage,
        FoundEntry,
        Offer,
        RegisterCount,
        RegisterFilter,
        RegisterSort,
    )
    from dispatch_app.operations.registers import catalogue, import_record
else:
    catalogue, import_record = Later("registers.catalogue"), Later("registers.import_record")
    registers, register_offers = Later("reading.registers"), Later("reading.register_offers")
    devices, entry_finding = Later("reading.devices"), Later("reading.entry_finding")
    paper_store, register_export = Later("paper_store"), Later("register_export")
    networks = Later("reading.networks")
    register_paper, register_plan = Later("register_paper"), Later("register_plan")


class RegisterQueries(Looking):
    """The questions about registers. Every method sees one state of the database."""

    def register_page(
        self,
        key: str,
        wanted: RegisterFilter,
        sort: RegisterSort,
        after: Cursor | None = None,
        size: int = PAGE,
    ) -> EntryPage:
        """A page of a register. Raises KnownError for a column or a view there is not."""
        with self._database.reader() as session:
            return registers.page(session, self._clock.now(), key, wanted, sort, after, size)

    def register_count(self, key: str, wanted: RegisterFilter) -> int:
        """How many entries a filter lets through."""
        with self._database.reader() as session:
            return registers.count(session, self._clock.now(), key, wanted)

    def register_counts(self, keys: Sequence[str]) -> tuple[RegisterCount, ...]:
        """How many entries stand in these registers and in their views."""
        with self._database.reader() as session:
            return registers.counts(session, self._clock.now(), keys)

    def register_entry(self, entry_id: str) -> EntryDetail:
        """One entry in full. Raises KnownError if there is none of that id."""
        with self._database.reader() as session:
            return registers.detail(session, self._clock.now(), entry_id)

    def register_offers(self, key: str, column: str, typed: str) -> tuple[Offer, ...]:
        """What a field of a register's form may be given."""
        with self._database.reader() as session:
            return register_offers.offers(session, self._clock.now(), key, column, typed)

    def register_entry_named(self, key: str, typed: str) -> str:
        """Id of the standing entry of that name or number. Raises KnownError if there is none."""
        with self._database.reader() as session:
            return register_offers.entry_by_name(session, self._clock.now(), key, typed)

    def find_entries(self, text: str, limit: int = 20) -> tuple[FoundEntry, ...]:
        """Standing entries of all registers by name, number and words, the very name first."""
        with self._database.reader() as session:
            return entry_finding.find(session, self._clock.now(), text, limit)

    def device_by_label(self, label: str) -> DeviceRow | None:
        """The device that bears a label, scanned or typed; None for none."""
        with self._database.reader() as session:
            return devices.device_by_label(session, self._clock.now(), label)

    def devices_at(self, site_id: str, typed: str) -> tuple[DeviceRow, ...]:
        """The first devices at a site (any site if empty) that a typed text finds, by label."""
        with self._database.reader() as session:
            return devices.devices_at(session, self._clock.now(), site_id, typed)

    def place_found(self, text: str, limit: int = 8) -> PlaceFound:
        """What a text in the site field of a call means: sites, or the device whose label it is."""
        with self._view() as view:
            return devices.place_found(view, text, limit)

    def preview_register_import(self, key: str, path: Path, watch: Watch = unwatched) -> RegisterPreview:
        """What an import of a file into a register would do; nothing is written.

        `watch` is told how far it is.

        Raises:
            KnownError: The file is no table of this register.
        """
        with self._view() as view:
            return register_plan.preview(view.session, view.law, view.now, key, path, watch)

    def waiting_entries(self, import_id: str) -> tuple[str, ...]:
        """Ids of the entries of a finished import that no list shows yet."""
        with self._database.reader() as session:
            return import_record.waiting(session, import_id)

    def register_export_head(
        self, key: str, columns: Sequence[str], withdrawn: bool, number: str
    ) -> list[list[str]]:
        """The lines over the rows of an exported register."""
        with self._view() as view:
            operator = people.operator_row(view).name
            return register_export.head(
                catalogue.register_of(key), columns, withdrawn, number, operator, view.now
            )

    def preview_register_list(self, wanted: IssueRegisterList) -> bytes:
        """A register's list as it would print. Raises KnownError when there are too many rows."""
        with self._view() as view:
            sheet = register_paper.register_list_sheet(view, wanted, "")
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def network_uses(self) -> tuple[NetworkUse, ...]:
        """How full each standing network is."""
        with self._database.reader() as session:
            return networks.uses(session, self._clock.now())

    def free_addresses(self, entry_id: str) -> tuple[str, ...]:
        """The first free addresses of a network. Raises KnownError if it does not stand."""
        with self._database.reader() as session:
            return networks.free(session, self._clock.now(), entry_id)
