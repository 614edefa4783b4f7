"""How a duty is said, on screens and papers: what it is, how late it is or when it falls due."""

from __future__ import annotations

from datetime import date

from dispatch_app.operations.registers.duties import Due, DutyState
from dispatch_app.operations.round_rows import BACKUP_DUTIES, DUTY_WORDS, DutyBook, DutyItem, DutyKind


def duty_title(item: DutyItem) -> str:
    """`市政府日检`, `公文交换系统 恢复验证`."""
    return item.title if item.kind is DutyKind.ROUND else f"{item.title} {DUTY_WORDS[item.kind]}"


def duty_when(due: Due, today: date) -> str:
    """`逾期 4 次，11-18 起`, `逾期 12 天`, `今天`, `11-29 前`, `下次 11-25`."""
    if due.state is DutyState.OVERDUE:
        assert due.since is not None
        if due.missed > 1:
            return f"逾期 {due.missed} 次，{_day(due.since, today)} 起"
        return f"逾期 {(today - due.since).days} 天"
    if due.state is DutyState.DUE:
        return "今天" if due.by == today else f"{_day(due.by, today)} 前"
    return f"下次 {_day(due.by, today)}"


def duty_tip(item: DutyItem, today: date) -> str:
    """Everything about a duty in lines."""
    lines = [f"{duty_title(item)}：{duty_when(item.due, today)}", item.place]
    lines += [f"{item.who} 负责" if item.who else "", item.due.note]
    return "\n".join(line for line in lines if line)


def overdue_words(book: DutyBook) -> str:
    """`巡检逾期 2 · 备份逾期 1`; empty where nothing is overdue."""
    counts = (("巡检", book.overdue(DutyKind.ROUND)), ("备份", book.overdue(*BACKUP_DUTIES)))
    return " · ".join(f"{word}逾期 {count}" for word, count in counts if count)


def due_words(book: DutyBook) -> str:
    """`待巡检 3 · 待备份 1`; empty where nothing falls due now."""
    counts = (("巡检", book.due(DutyKind.ROUND)), ("备份", book.due(*BACKUP_DUTIES)))
    return " · ".join(f"待{word} {count}" for word, count in counts if count)


def _day(day: date, today: date) -> str:
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()
