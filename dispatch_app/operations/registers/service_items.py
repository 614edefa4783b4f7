"""服务项目 (附一 一): the fourteen items under the contract's own numbers, which leave out (6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy.orm import Session

from dispatch_app.contract.places import ServiceItem
from dispatch_app.operations.job import Job
from dispatch_app.operations.registers.kinds import Choice, Measure, PersonOf, Text, Values
from dispatch_app.operations.registers.register import Column, Register

if TYPE_CHECKING:
    from dispatch_app.operations.register_rows import Relation

ROUNDS = {"daily": "每日", "weekly": "每周", "monthly": "每月", "quarterly": "每季", "none": "不巡检"}


def related(session: Session, now: int, _entry_id: str, values: Values) -> tuple[Relation, ...]:
    """What was served this month, and the sites of the item with their devices."""
    # It counts in every register, and so knows the catalogue, which names this module.
    from dispatch_app.operations.reading.services import served

    return served(session, now, int(values["item"]))


SERVICE_ITEMS = Register(
    key="service_items",
    title="服务项目",
    code="FW",
    counted="个项目",
    clause="附一 一",
    purpose="合同附一的服务项目，按合同自己的序号；每项的站点、设备和本月服务由各处的记录算出",
    naming="title",
    columns=(
        Column(
            "item",
            "合同序号",
            Measure(low="1", high="99"),
            width=108,
            required=True,
            unique=True,
            hint="合同里没有 (6)",
        ),
        Column("title", "项目", Text(longest=100), width=360, required=True),
        Column("rounds", "巡检周期", Choice(ROUNDS), width=96),
        Column("leader", "负责人", PersonOf(), width=88),
        Column("note", "备注", Text(longest=500, lines=True), width=220),
    ),
    sort="item",
    related=related,
)


def seed_service_items(job: Job, items: Sequence[ServiceItem]) -> None:
    """Enter the contract's items into a database that lacks them (`seeding.lacks_service_items`)."""
    # The catalogue that `entries` reads names this module.
    from dispatch_app.operations.registers import entries, projecting
    from dispatch_app.operations.registers.catalogue import lookup_for

    register = SERVICE_ITEMS
    ids = [str(uuid4()) for _ in items]
    subject = f"{projecting.PREFIX}{register.key}"
    made = [
        (
            entry_id,
            {
                "number": entries.entry_number(job, register),
                "values": {"item": one.number, "title": one.title},
            },
            None,
        )
        for entry_id, one in zip(ids, items, strict=True)
    ]
    job.work.append_desk_facts(subject, projecting.ENTERED, made)
    facts = projecting.facts_of(job.session, ids)
    some = [projecting.present(entry_id, own) for entry_id, own in facts.items()]
    projecting.project_new(job.session, register, some, lookup_for(job.session, job.now))
