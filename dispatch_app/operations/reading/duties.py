"""What is due of rounds and backups, told from the last time each was done; never from all of them.

The last time is found by walking the cells of the moments from the latest back, which stops at once for
whatever is done regularly.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from dispatch_app.contract.calendar_beijing import date_of, start_of
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.registers.backups import (
    BACKUP_KINDS,
    BACKUP_SYSTEMS,
    BACKUPS,
    REFRESH,
    RESTORED,
)
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.duties import (
    Cycle,
    Due,
    DutyState,
    Rhythm,
    interval_due,
    round_due,
)
from dispatch_app.operations.registers.kinds import Values, choice_key
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.round_plans import ITEMS, ROUND_PLANS, begins
from dispatch_app.operations.registers.rounds import ROUNDS
from dispatch_app.operations.round_rows import DutyBook, DutyItem, DutyKind

_ORDER = list(DutyState)


def duty_book(session: Session, now: int) -> DutyBook:
    """Everything due, overdue or ahead on the Beijing day of `now`; what is suspended is left out."""
    lookup, today = lookup_for(session, now), date_of(now)
    items = [*_rounds(session, lookup, today), *_backups(session, lookup, today)]
    return DutyBook(tuple(sorted(items, key=_place)))


def rhythm(plan: Values) -> Rhythm:
    """How often a plan asks for a round."""
    return Rhythm(Cycle(str(plan["cycle"])), bool(plan["workdays"]), begins(plan))


def _place(item: DutyItem) -> tuple[int, date, str]:
    return _ORDER.index(item.due.state), item.due.since or item.due.by, item.title


def _rounds(session: Session, lookup: Lookup, today: date) -> Iterator[DutyItem]:
    for entry_id, content, key in session.execute(_PLANS):
        plan = values_of(content)
        if plan.get("suspended"):
            continue
        last = None if key is None else int(key)
        due = round_due(rhythm(plan), None if last is None else date_of(last), today)
        yield _item(lookup, DutyKind.ROUND, entry_id, plan, due, last)


def _backups(session: Session, lookup: Lookup, today: date) -> Iterator[DutyItem]:
    for entry_id, content, made, restored, refreshed in session.execute(_SYSTEMS):
        system = values_of(content)
        if system.get("suspended"):
            continue
        since = begins(system)
        last = None if made is None else int(made)
        due = interval_due(_day(last), since, today, days=int(system["days"]))
        yield _item(lookup, DutyKind.BACKUP, entry_id, system, due, last)
        # What was never checked or refreshed is due so many months after the system was taken up.
        last = None if restored is None else start_of(date.fromisoformat(restored))
        months = int(system["restore_months"])
        due = interval_due(max(_day(last) or since, since), since, today, months=months)
        yield _item(lookup, DutyKind.RESTORE, entry_id, system, due, last)
        last = None if refreshed is None else int(refreshed)
        months = int(system["refresh_months"])
        due = interval_due(max(_day(last) or since, since), since, today, months=months)
        yield _item(lookup, DutyKind.REFRESH, entry_id, system, due, last)


def _item(
    lookup: Lookup, kind: DutyKind, entry_id: str, values: Values, due: Due, last: int | None
) -> DutyItem:
    place = (
        lookup.site_name(str(values["site"])) if "site" in values else ITEMS.get(str(values.get("item")), "")
    )
    who = lookup.person_name(str(values["who"])) if "who" in values else ""
    return DutyItem(kind, entry_id, str(values["name"]), place, who, due, last)


def _day(moment: int | None) -> date | None:
    return None if moment is None else date_of(moment)


def _last_round() -> ScalarSelect[str]:
    """Key of the latest moment of a round of the plan in the row."""
    when, plan = aliased(RegisterCell), aliased(RegisterCell)
    done = select(plan.id).where(
        plan.id == when.id, plan.column == "plan", plan.ref == RegisterEntry.entry_id
    )
    return (
        select(when.key)
        .where(when.register == ROUNDS.key, when.column == "at", done.correlate(when, RegisterEntry).exists())
        .order_by(when.key.desc())
        .limit(1)
        .correlate(RegisterEntry)
        .scalar_subquery()
    )


def _last_backup(column: str, chosen: str, *choices: str) -> ScalarSelect[str]:
    """Latest key of a column of those backups of the system in the row whose choice is one of these."""
    words = BACKUP_KINDS if chosen == "kind" else RESTORED
    keys = [choice_key(list(words).index(one)) for one in choices]
    when, system, choice = aliased(RegisterCell), aliased(RegisterCell), aliased(RegisterCell)
    return (
        select(func.max(when.key))
        .join(system, system.id == when.id)
        .join(choice, choice.id == when.id)
        .where(
            when.column == column,
            system.ref == RegisterEntry.entry_id,
            system.register == BACKUPS.key,
            system.column == "system",
            choice.register == BACKUPS.key,
            choice.column == chosen,
            choice.key.in_(keys),
        )
        .correlate(RegisterEntry)
        .scalar_subquery()
    )


# Made once: putting such a statement together costs more than asking it.
_PLANS = select(RegisterEntry.entry_id, RegisterEntry.content, _last_round()).where(
    RegisterEntry.register == ROUND_PLANS.key, RegisterEntry.standing
)
_SYSTEMS = select(
    RegisterEntry.entry_id,
    RegisterEntry.content,
    _last_backup("at", "kind", *(one for one in BACKUP_KINDS if one != REFRESH)),
    _last_backup("restored_on", "restored", "ok"),
    _last_backup("at", "kind", REFRESH),
).where(RegisterEntry.register == BACKUP_SYSTEMS.key, RegisterEntry.standing)
