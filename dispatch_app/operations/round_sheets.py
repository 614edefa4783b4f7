"""From the registers of rounds and backups to their papers. Nothing here prints or keeps anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from dispatch_app.contract.calendar_beijing import date_of, moment_text, month_bounds, start_of
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import RegisterCell, RegisterEntry
from dispatch_app.operations.reading.duties import duty_book, rhythm
from dispatch_app.operations.reading.rounds import round_form, rounds_at
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.registers.backups import (
    BACKUP_KINDS,
    BACKUP_SYSTEMS,
    BACKUPS,
    FULL,
    INCREMENTAL,
    REFRESH,
    RESTORED,
)
from dispatch_app.operations.registers.catalogue import lookup_for
from dispatch_app.operations.registers.checks import abnormal, checks_of
from dispatch_app.operations.registers.duties import DutyState, Period, asked_for
from dispatch_app.operations.registers.kinds import Values, moment_key
from dispatch_app.operations.registers.lookup import Lookup
from dispatch_app.operations.registers.projecting import values_of
from dispatch_app.operations.registers.round_limits import QUANTITIES, bands_text
from dispatch_app.operations.registers.round_plans import CYCLES, ROUND_PLANS
from dispatch_app.operations.registers.rounds import SURROUNDINGS, plan_values
from dispatch_app.operations.round_rows import BACKUP_DUTIES, DUTY_WORDS
from dispatch_app.reports.backups import BackupLine, BackupsSheet, BackupSystemLine
from dispatch_app.reports.rounds import BlankRoundSheet, DeviceLine, RoundLine, RoundsSheet

_LONGEST_PERIOD = timedelta(days=31)
_DAY_S = 86_400


def blank_round_sheet(view: View, plan_id: str, number: str) -> BlankRoundSheet:
    """The blank 巡检表 of a plan. Raises KnownError if it does not stand."""
    form = round_form(view.session, view.now, plan_id, "")
    figures = [f"{one.title}（{one.unit}） {form.bands[one.key].text}" for one in QUANTITIES]
    return BlankRoundSheet(
        number=number,
        issuer=view.law.terms.contract.contractor,
        plan=form.plan,
        place=form.site or form.item,
        cycle=CYCLES[str(plan_values(view.session, plan_id)["cycle"])],
        figures=tuple(figures) if form.asked else (),
        devices=tuple(DeviceLine(label=one.label, what=one.what) for one in form.devices),
        surroundings=SURROUNDINGS,
        issued_at=view.now,
    )


def rounds_sheet(view: View, site_id: str, month: date, number: str) -> RoundsSheet:
    """The 巡检表 of a room in the month `month` begins.

    Raises:
        KnownError: The month lies ahead.
    """
    start, end = _bounds(view, month)
    session, lookup, today = view.session, lookup_for(view.session, view.now), date_of(view.now)
    earlier = start_of(month - _LONGEST_PERIOD)
    rounds = [values_of(row.content) for row in rounds_at(session, site_id, earlier, end)]
    within = [one for one in reversed(rounds) if int(one["at"]) >= start]
    plans = _plans_of(view, site_id)
    asked, missed, note = 0, [], ""
    for plan_id, plan in plans:
        done = [date_of(int(one["at"])) for one in rounds if one.get("plan") == plan_id]
        due, left_out = asked_for(rhythm(plan), done, month, date_of(end) - timedelta(days=1), today)
        asked += due
        missed += [(period, str(plan["name"])) for period in left_out]
        note = next((period.note for period in left_out if period.note), note)
    lookup.learn_faults(str(one["fault"]) for one in within if "fault" in one)
    lines = [(int(one["at"]), _round_line(one, lookup)) for one in within]
    lines += [(start_of(period.by) + _DAY_S - 1, _missed_line(period, name)) for period, name in missed]
    form = round_form(session, view.now, plans[0][0] if len(plans) == 1 else "", site_id)
    return RoundsSheet(
        number=number,
        issuer=view.law.terms.contract.contractor,
        site=lookup.site_name(site_id),
        month=_month_text(month),
        plans="\n".join(f"{plan['name']}（{CYCLES[str(plan['cycle'])]}）" for _, plan in plans),
        limits=bands_text(form.bands),
        lines=tuple(line for _, line in sorted(lines, key=lambda one: one[0])),
        asked=asked,
        done=len(within),
        missed=len(missed),
        breached=sum("breach" in one for one in within),
        ranges=tuple(_ranges(within)),
        note=note,
        issued_at=view.now,
    )


def backups_sheet(view: View, month: date, number: str) -> BackupsSheet:
    """The 备份记录 of all systems in the month `month` begins.

    Raises:
        KnownError: The month lies ahead.
    """
    start, end = _bounds(view, month)
    lookup = lookup_for(view.session, view.now)
    backups = [values_of(content) for content in _backups_between(view, start, end)]
    lookup.learn_entries(str(one["system"]) for one in backups)
    return BackupsSheet(
        number=number,
        issuer=view.law.terms.contract.contractor,
        month=_month_text(month),
        systems=tuple(_system_lines(view, backups)),
        lines=tuple(_backup_line(one, lookup) for one in backups),
        size=_size(backups),
        issued_at=view.now,
    )


def _bounds(view: View, month: date) -> tuple[int, int]:
    """The moments a month begins and ends at. Raises KnownError for one that lies ahead."""
    start, end = month_bounds(month.year, month.month)
    if start > view.now:
        raise KnownError(f"{_month_text(month)}还没有到", "请选本月或以前的月份")
    return start, end


def _month_text(month: date) -> str:
    return f"{month.year}年{month.month}月"


# ── rounds ──


def _plans_of(view: View, site_id: str) -> list[tuple[str, Values]]:
    """(id, values) of the plans in force for a room."""
    place = aliased(RegisterCell)
    rows = view.session.execute(
        select(RegisterEntry.entry_id, RegisterEntry.content)
        .join(place, place.id == RegisterEntry.id)
        .where(place.register == ROUND_PLANS.key, place.column == "site", place.ref == site_id)
        .order_by(RegisterEntry.id)
    )
    found = [(row.entry_id, values_of(row.content)) for row in rows]
    return [(plan_id, plan) for plan_id, plan in found if not plan.get("suspended")]


def _round_line(one: Values, lookup: Lookup) -> RoundLine:
    done = [str(one["measures"])] if "measures" in one else []
    done += [f"故障 {lookup.fault_number(str(one['fault']))}"] if "fault" in one else []
    return RoundLine(
        when=moment_text(int(one["at"]))[5:16],
        figures=tuple(str(one.get(quantity.key, "")) for quantity in QUANTITIES),
        devices=_checked(str(one.get("devices", "")), "台"),
        surroundings=_checked(str(one.get("surroundings", "")), "项"),
        wrong=str(one.get("breach", "")),
        done="\n".join(done),
        who=lookup.person_name(str(one["who"])),
    )


def _missed_line(period: Period, plan: str) -> RoundLine:
    return RoundLine(
        when=f"{period.by:%m-%d}",
        figures=(),
        devices="",
        surroundings="",
        wrong=plan,
        done="",
        who="",
        missed=True,
    )


def _checked(kept: str, unit: str) -> str:
    """`12 台正常`, `11 台正常，1 台异常`; empty where nothing was looked at."""
    total, wrong = len(checks_of(kept)), len(abnormal(kept))
    parts = ((total - wrong, "正常"), (wrong, "异常"))
    return "，".join(f"{count} {unit}{word}" for count, word in parts if count)


def _ranges(rounds: Sequence[Values]) -> Iterator[str]:
    for one in QUANTITIES:
        figures = [Decimal(str(each[one.key])) for each in rounds if one.key in each]
        if figures:
            mean = sum(figures, Decimal(0)) / len(figures)
            yield f"{one.title} {min(figures)}–{max(figures)} {one.unit}，平均 {mean:.1f}"


# ── backups ──


def _backups_between(view: View, start: int, end: int) -> Sequence[Any]:
    when = aliased(RegisterCell)
    return view.session.scalars(
        select(RegisterEntry.content)
        .join(when, when.id == RegisterEntry.id)
        .where(
            when.register == BACKUPS.key,
            when.column == "at",
            when.key >= moment_key(start),
            when.key < moment_key(end),
        )
        .order_by(when.key)
    ).all()


def _system_lines(view: View, backups: Sequence[Values]) -> Iterator[BackupSystemLine]:
    overdue: dict[str, list[str]] = {}
    for item in duty_book(view.session, view.now).items:
        if item.kind in BACKUP_DUTIES and item.due.state is DutyState.OVERDUE:
            overdue.setdefault(item.entry_id, []).append(f"{DUTY_WORDS[item.kind]}逾期")
    rows = view.session.execute(
        select(RegisterEntry.entry_id, RegisterEntry.content)
        .where(RegisterEntry.register == BACKUP_SYSTEMS.key, RegisterEntry.standing)
        .order_by(RegisterEntry.id)
    )
    for row in rows:
        system = values_of(row.content)
        own = [one for one in backups if one["system"] == row.entry_id]
        checked = [_restored(one) for one in own if "restored" in one]
        said = "停用" if system.get("suspended") else "、".join(overdue.get(row.entry_id, ())) or "正常"
        yield BackupSystemLine(
            name=str(system["name"]),
            device=str(system["device"]),
            document=str(system.get("document", "")),
            schedule=f"每 {system['days']} 天",
            full=_count(own, FULL),
            increments=_count(own, INCREMENTAL),
            refreshes=_count(own, REFRESH),
            size=_size(own),
            restored="\n".join(checked),
            standing=said,
        )


def _backup_line(one: Values, lookup: Lookup) -> BackupLine:
    restored = _restored(one) if "restored" in one else ""
    return BackupLine(
        when=moment_text(int(one["at"]))[5:16],
        system=lookup.entry_name(str(one["system"])),
        kind=BACKUP_KINDS[str(one["kind"])],
        size=str(one["size"]),
        medium=str(one.get("medium", "")),
        device=str(one["device"]),
        who=lookup.person_name(str(one["who"])),
        restored="\n".join(part for part in (restored, str(one.get("restore_note", ""))) if part),
    )


def _restored(one: Values) -> str:
    """`恢复成功 2024-11-22` of a backup that was checked by restoring."""
    return f"{RESTORED[str(one['restored'])]} {one['restored_on']}"


def _count(backups: Sequence[Values], kind: str) -> int:
    return sum(one["kind"] == kind for one in backups)


def _size(backups: Sequence[Values]) -> str:
    return f"{sum((Decimal(str(one['size'])) for one in backups), Decimal(0)):.3f}"
