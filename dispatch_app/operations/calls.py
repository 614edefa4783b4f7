"""Intake drafts: what has been typed of a call before it is registered survives a crash."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from dispatch_app.models import IntakeDraft
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.job import Job
from dispatch_app.operations.typed_text import clean


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


def keep_draft(job: Job, command: KeepDraft) -> Changes:
    """Insert or replace the draft."""
    row = job.session.get(IntakeDraft, command.draft_id)
    if row is None:
        row = IntakeDraft(id=command.draft_id)
        job.session.add(row)
    row.answered_at = command.answered_at
    row.parked = command.parked
    row.fields = json.dumps(
        {name: clean(text) for name, text in command.fields.items()}, ensure_ascii=False, sort_keys=True
    )
    return Changes(drafts=frozenset({command.draft_id}), created=command.draft_id)


def drop_draft(job: Job, command: DropDraft) -> Changes:
    """Remove the draft; dropping one that is gone does nothing."""
    if not discard(job, command.draft_id):
        return Changes()
    return Changes(drafts=frozenset({command.draft_id}))


def discard(job: Job, draft_id: str) -> bool:
    """Take a draft away, in the transaction of `job`; whether there was one."""
    row = job.session.get(IntakeDraft, draft_id)
    if row is None:
        return False
    job.session.delete(row)
    return True
