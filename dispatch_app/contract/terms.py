"""The contract's figures, parsed from a mapping (who reads the TOML is operations).

Every parser raises `TermsFileError`, which names the file, the key and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from dispatch_app.contract.calendar_beijing import DAY, start_of
from dispatch_app.contract.money import to_fen
from dispatch_app.contract.places import (
    PlaceKind,
    RosterMember,
    ServiceItem,
    SiteEntry,
    parse_roster,
    parse_service_items,
    parse_sites,
)
from dispatch_app.contract.readings import READING_GUIDE, READING_VALUES, ReadingGuide, Readings
from dispatch_app.contract.rules import Rules
from dispatch_app.contract.terms_table import Table, TermsFileError

__all__ = [
    "READING_GUIDE",
    "READING_VALUES",
    "Contract",
    "PlaceKind",
    "ReadingGuide",
    "Readings",
    "RosterMember",
    "ServiceItem",
    "SiteEntry",
    "Terms",
    "TermsFileError",
    "parse_contract",
    "parse_readings",
    "parse_roster",
    "parse_service_items",
    "parse_sites",
]


@dataclass(frozen=True)
class Contract:
    """What the paper says. Sums in yuan, lengths of time in seconds, days in Beijing.

    Attributes:
        client, contractor: 甲方 and 乙方 as printed; the `_also` ones are other forms the contract writes.
        price: 合同总价 (八.1).
        term_first, term_last: First and last whole day by the dates (十.1).
        term_last_by_words: Last whole day if 叁年 holds (十.1).
        unreachable_sum, nobody_sent_sum: A breach of 九.1 and of 九.2.
        count_limit: So many of either are borne; the next opens the right to terminate.
        general_breach_percent: Of the price, for a claim under 九.4.
        part_line: Unit price up to which a part is 乙方's (四.6, 八.1(4)).
        minimum_technicians: 二.2, 附一.
        renewal_working_days, decision_working_days: 十.2.
        service_lines: Telephones of 二.5.
    """

    title: str
    client: str
    client_also: str
    contractor: str
    contractor_also: str
    price: Decimal
    term_first: date
    term_last: date
    term_last_by_words: date
    term_words: str
    unreachable_sum: Decimal
    nobody_sent_sum: Decimal
    count_limit: int
    general_breach_percent: int
    part_line: Decimal
    minimum_technicians: int
    renewal_working_days: int
    decision_working_days: int
    response_s: int
    arrival_urban_s: int
    arrival_outlying_s: int
    dispatch_s: int
    two_days: int
    procedure_s: int
    service_lines: tuple[str, ...]

    @cached_property
    def term_start(self) -> int:
        """First second of the term, epoch seconds."""
        return start_of(self.term_first)

    @property
    def general_breach_sum(self) -> Decimal:
        """What one claim under 九.4 comes to unless it names a larger loss, yuan."""
        return (self.price * self.general_breach_percent / 100).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Terms:
    """The contract together with the readings in force: what every rule is given."""

    contract: Contract
    readings: Readings = field(default_factory=Readings)

    @property
    def last_day(self) -> date:
        """Last whole day of the term under the reading used."""
        words = self.readings.term == "words"
        return self.contract.term_last_by_words if words else self.contract.term_last

    @property
    def term_start(self) -> int:
        """First second of the term, epoch seconds."""
        return self.contract.term_start

    @cached_property
    def term_end(self) -> int:
        """First second after the term, epoch seconds."""
        return start_of(self.last_day) + DAY

    @cached_property
    def rules(self) -> Rules:
        """The figures and readings as the clocks use them."""
        return _rules(self.contract, self.readings)

    def in_term(self, moment: int) -> bool:
        """Whether something reported at `moment` (epoch seconds) belongs to this term."""
        return self.term_start <= moment < self.term_end


def _rules(contract: Contract, readings: Readings) -> Rules:
    return Rules(
        response_s=contract.response_s,
        arrival_urban_s=contract.arrival_urban_s,
        arrival_outlying_s=contract.arrival_outlying_s,
        dispatch_s=contract.dispatch_s,
        two_days=contract.two_days,
        procedure_s=contract.procedure_s,
        registered_is_response=readings.response == "registered",
        ordered_is_arrival=readings.urban_arrival == "ordered",
        assigned_is_sent=readings.dispatch == "assigned",
        two_whole_days=readings.two_days == "calendar",
        plant_has_no_figure=readings.outlying_plant == "none",
        arrival_from_response=readings.arrival_from == "response",
        remote_fix_counts=readings.remote_fix == "counts",
        repair_procedure_only=readings.repair_start == "repair_only",
        day_of_24_hours=readings.same_day == "hours_24",
        own_calls_only=readings.user_unit == "own",
        redials_once=readings.redials == "once",
        unreachable_fen=to_fen(contract.unreachable_sum),
        nobody_sent_fen=to_fen(contract.nobody_sent_sum),
        part_line_fen=to_fen(contract.part_line),
        part_at_line_is_contractors=readings.parts_300 == "contractor",
    )


def parse_contract(mapping: Mapping[str, Any], file: str) -> Contract:
    """The contract from `contract.toml`.

    Raises:
        TermsFileError: A key is missing, unknown or of the wrong kind, or the dates contradict each other.
    """
    table = Table(mapping, file)
    parties, price, term = table.table("parties"), table.table("price"), table.table("term")
    penalties, clocks, duties = table.table("penalties"), table.table("clocks"), table.table("duties")
    first, last, by_words = term.day("first"), term.day("last"), term.day("last_by_words")
    for key, day in (("last", last), ("last_by_words", by_words)):
        if day < first:
            raise term.error(key, "早于 term.first", "改成不早于起始日的日期")
    contract = Contract(
        title=table.text("title"),
        client=parties.text("client"),
        client_also=parties.text("client_also"),
        contractor=parties.text("contractor"),
        contractor_also=parties.text("contractor_also"),
        price=price.money("total"),
        term_first=first,
        term_last=last,
        term_last_by_words=by_words,
        term_words=term.text("words"),
        unreachable_sum=penalties.money("unreachable"),
        nobody_sent_sum=penalties.money("nobody_sent"),
        count_limit=penalties.whole("count_limit"),
        general_breach_percent=penalties.whole("general_breach_percent"),
        part_line=price.money("part_line"),
        minimum_technicians=duties.whole("minimum_technicians"),
        renewal_working_days=duties.whole("renewal_working_days"),
        decision_working_days=duties.whole("decision_working_days"),
        response_s=clocks.whole("response_minutes") * 60,
        arrival_urban_s=clocks.whole("arrival_urban_minutes") * 60,
        arrival_outlying_s=clocks.whole("arrival_outlying_minutes") * 60,
        dispatch_s=clocks.whole("dispatch_hours") * 3600,
        two_days=clocks.whole("dispatch_days"),
        procedure_s=clocks.whole("procedure_hours") * 3600,
        service_lines=duties.texts("service_lines"),
    )
    for part in (table, parties, price, term, penalties, clocks, duties):
        part.finish()
    return contract


def parse_readings(mapping: Mapping[str, Any], file: str) -> Readings:
    """The readings from `readings.toml`, with or without a table `[readings]` around them.

    A key left out keeps the reading used.

    Raises:
        TermsFileError: An unknown key, or a value that is neither of the two.
    """
    inner = mapping.get("readings")
    table = Table(inner if isinstance(inner, Mapping) and len(mapping) == 1 else mapping, file)
    chosen = {key: table.choice(key, values) for key, values in READING_VALUES.items() if table.has(key)}
    table.finish()
    return Readings(**chosen)  # type: ignore[arg-type]  # each value was just checked against its two
