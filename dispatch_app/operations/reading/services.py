"""What was served of each item of 附一 一 this month, counted from the faults and the other registers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch_app.contract.calendar_beijing import date_of, month_bounds
from dispatch_app.models import RegisterCell, RegisterEntry, Site
from dispatch_app.operations.history_rows import HistoryFilter
from dispatch_app.operations.reading import registers
from dispatch_app.operations.reading.fault_parts import faults_of_item
from dispatch_app.operations.register_rows import RegisterFilter, Relation
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.registers.kinds import Choice, EntryOf


@dataclass(frozen=True, slots=True)
class Served:
    """A register in which service leaves its trace.

    Attributes:
        title: What is counted. view: the part of the register that counts; empty for all of it.
        column: By which an entry belongs to an item: its site, the item itself, or what it was done for.
    """

    title: str
    register: str
    view: str = ""
    column: str = "site"


DEVICES_THERE = Served("设备", "devices")
SERVED = (
    DEVICES_THERE,
    Served("巡检计划", "round_plans", "running"),
    Served("本月巡检", "rounds", "month"),
    Served("本月备份", "backups", "month", "system"),
    Served("本月软件检查", "software_checks", "month", "item"),
    Served("本月发卡", "service_cards", "month"),
)


def served(session: Session, now: int, number: int) -> tuple[Relation, ...]:
    """The figures of one item and its sites, each with the list that holds exactly what was counted."""
    return tuple(_figures(session, now, number))


def _figures(session: Session, now: int, number: int) -> Iterator[Relation]:
    today = date_of(now)
    ids = faults_of_item(session, number, *month_bounds(today.year, today.month))
    faults = HistoryFilter(only=ids, called=f"附一（{number}）{today.month} 月的故障")
    yield Relation("本月故障", len(ids), "faults", faults)
    chosen = select(Site.id, Site.name).where(Site.service_item == number).order_by(Site.name)
    sites = session.execute(chosen).all()
    for one in SERVED:
        yield _counted(
            session, now, one, one.title, _of_item(session, one, number, [row.id for row in sites])
        )
    for site in sites:
        there = _counted(session, now, DEVICES_THERE, f"{site.name} 设备", [site.id])
        yield replace(there, called=site.name)


def _counted(session: Session, now: int, one: Served, title: str, values: Sequence[str]) -> Relation:
    wanted = RegisterFilter(view=one.view, refers=(one.column, *values))
    return Relation(title, registers.count(session, now, one.register, wanted), one.register, wanted)


def _of_item(session: Session, one: Served, number: int, sites: Sequence[str]) -> Sequence[str]:
    """What stands in the column of an entry that belongs to an item."""
    kind = register_of(one.register).column(one.column).kind
    if isinstance(kind, Choice):
        return (str(number),)
    if not isinstance(kind, EntryOf):
        return sites
    item = register_of(kind.register).column("item").kind
    assert isinstance(item, Choice)
    done_for = (
        select(RegisterEntry.entry_id)
        .join(RegisterCell, RegisterCell.id == RegisterEntry.id)
        .where(
            RegisterCell.register == kind.register,
            RegisterCell.column == "item",
            RegisterCell.key == item.order(str(number)),
        )
    )
    return session.scalars(done_for).all()
