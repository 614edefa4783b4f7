"""What the handover page reads: who has the desk. Times are epoch seconds UTC."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoverRow:
    """顶班: somebody minds the desk for its owner. `owner_since`: None where it is not on record."""

    owner_id: str
    owner_name: str
    owner_since: int | None
    until: int


@dataclass(frozen=True, slots=True)
class DutyRow:
    """Who acts at the desk. `since`: None while nobody was ever chosen; `cover`: None unless 顶班."""

    operator_id: str
    operator_name: str
    since: int | None
    cover: CoverRow | None
