"""Intake drafts: what has been typed of a call before it is registered survives a crash."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Write down a call being taken. `fields` are the form's values by field name."""

    draft_id: str
    answered_at: int
    parked: bool
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DropDraft:
    """The card was closed without registering a fault."""

    draft_id: str
