"""What one command changed: the record every screen lives on."""

from __future__ import annotations

from dataclasses import dataclass

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class UndoTicket:
    """What 撤回 would do about one click.

    Attributes:
        label: What was done, in Chinese, for the undo bar ("A-0007 已派给 张懿明").
        command: The command that takes it back: a further fact, whose own changes carry no ticket.
    """

    label: str
    command: object


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids touched by one transaction, and who asked for it.

    Attributes:
        faults: Fault ids whose rows must be read again.
        staff: Staff ids. sites: Site ids. reports: Special report ids. documents: Issued document ids.
        settings: Names of settings changed (readings among them, as "readings").
        drafts: Intake draft ids. promises: Ids of 回电承诺. calls: Ids of call records.
        registers: Keys of the registers in which an entry changed.
        message: One line for the message bar, in Chinese; empty for none.
        undo: How to take it back, or None.
        initiator: The object that handed the command in; set by the executor, never by an operation.
        created: Id of the thing the command made, or an empty string.
    """

    faults: frozenset[str] = NOTHING
    staff: frozenset[str] = NOTHING
    sites: frozenset[str] = NOTHING
    reports: frozenset[str] = NOTHING
    documents: frozenset[str] = NOTHING
    settings: frozenset[str] = NOTHING
    drafts: frozenset[str] = NOTHING
    promises: frozenset[str] = NOTHING
    calls: frozenset[str] = NOTHING
    registers: frozenset[str] = NOTHING
    message: str = ""
    undo: UndoTicket | None = None
    initiator: object | None = None
    created: str = ""
