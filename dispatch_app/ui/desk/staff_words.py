"""What a person's card says: where they are, why they should or should not be sent. Pure, no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dispatch_app.operations.rows import StaffRow, StaffState, Suggestion
from dispatch_app.ui.desk.words import SEPARATOR


def can_be_sent(row: StaffRow) -> bool:
    """Whether a digit belongs to the person: everyone but the call-taker and those who have left."""
    return row.digit > 0 and row.state is not StaffState.LEFT


def why_line(row: StaffRow, suggestion: Suggestion | None) -> str:
    """One line: with a fault selected what speaks for the person, else what they have in hand."""
    if row.state is StaffState.LEFT:
        return "不再接触维护工作（四.3）"
    if row.digit == 0:
        return "不计入技术人员"
    parts: list[str] = []
    if suggestion is not None:
        parts += suggestion.reasons
        if suggestion.travel_minutes is not None and not any("（估" in part for part in parts):
            parts.append(f"约 {suggestion.travel_minutes} 分（估）")
    elif row.engagements:
        parts += [f"{number} {site}" for number, site, _ in row.engagements]
    else:
        parts.append(row.role)
    if row.done_today and not any("今日" in part for part in parts):
        parts.append(f"今日 {row.done_today}")
    return SEPARATOR.join(part for part in parts if part)


def hands_line(row: StaffRow) -> str:
    """Every fault in hand, one a line, for the tool tip."""
    if not row.engagements:
        return "手上没有故障"
    return "\n".join(f"{number} {site}" for number, site, _ in row.engagements)


def number_to_call(row: StaffRow) -> str:
    """The personal mobile where it was imported, else the service line."""
    return row.mobile or row.service_line


def in_order(rows: Iterable[StaffRow], suggestions: Mapping[str, Suggestion]) -> tuple[StaffRow, ...]:
    """Best suggestion first; without one by digit; whoever cannot be sent last."""

    def place(row: StaffRow) -> tuple[bool, bool, int, int]:
        suggestion = suggestions.get(row.id)
        rank = suggestion.rank if suggestion is not None else 0
        return (not can_be_sent(row), suggestion is None and bool(suggestions), rank, row.digit)

    return tuple(sorted(rows, key=place))
