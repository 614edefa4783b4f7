"""The figures and readings of the contract in the form the clocks use: plain integers and switches."""

from __future__ import annotations

from dataclasses import dataclass

from dispatch_app.contract.facts import Source

_CLIENT, _UNIT = Source.CLIENT, Source.UNIT


@dataclass(frozen=True, slots=True)
class Rules:
    """Lengths in seconds, sums in fen; a switch is on where the other reading of contract.md §6 is used,
    `remote_fix_counts` and `part_at_line_is_contractors` where the first is."""

    response_s: int
    arrival_urban_s: int
    arrival_outlying_s: int
    dispatch_s: int
    two_days: int
    procedure_s: int
    registered_is_response: bool
    ordered_is_arrival: bool
    assigned_is_sent: bool
    two_whole_days: bool
    plant_has_no_figure: bool
    arrival_from_response: bool
    remote_fix_counts: bool
    repair_procedure_only: bool
    day_of_24_hours: bool
    own_calls_only: bool
    redials_once: bool
    unreachable_fen: int
    nobody_sent_fen: int
    part_line_fen: int
    part_at_line_is_contractors: bool

    def is_call(self, source: Source) -> bool:
        """Whether a report from this source is a call of 九.2: what the desk finds by itself is none."""
        return source is _CLIENT or (source is _UNIT and not self.own_calls_only)
