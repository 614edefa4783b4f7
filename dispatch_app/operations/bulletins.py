"""硬件工作状态通报 (附一 二.1): what a period's statistics and the devices tell the bureau."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from dispatch_app.contract.calendar_beijing import DAY, date_of, date_text
from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.explain import CLOCK_GUIDE
from dispatch_app.contract.facts import Zone
from dispatch_app.contract.places import ServiceItem
from dispatch_app.models import RegisterCell
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.contract_files import load_service_items
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.job import Job
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.reading.statistics import statistics
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.registers.devices import DEVICES, STATES
from dispatch_app.operations.registers.kinds import choice_key, day_key
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.shift_papers import year_number
from dispatch_app.operations.statistics_rows import Bar, Dimension, Statistics, TierStandard
from dispatch_app.reports.bulletin import BulletinBar, BulletinChart, BulletinSheet, BulletinStandard
from dispatch_app.reports.moments import minutes_text

PREVIEW = "预览"
_CHARTS = (
    (Dimension.ITEM, "按服务项目"),
    (Dimension.SITE, "按站点"),
    (Dimension.CAUSE, "按故障原因"),
    (Dimension.PERSON, "按工程师"),
)


@dataclass(frozen=True, slots=True)
class IssueBulletin:
    """硬件工作状态通报 of a half-open period between Beijing midnights, epoch seconds UTC.

    `Changes.created` is the document's id.
    """

    start: int
    end: int


def issue_bulletin(job: Job, command: IssueBulletin) -> Changes:
    """Number and keep it. Raises KnownError for a period that is none."""
    view = job_view(job)
    items = load_service_items(job.resources / "contract")
    sheet = bulletin_sheet(view, items, command.start, command.end, PREVIEW)
    number = year_number(job, "通报", DocumentKind.BULLETIN)
    document = issue(
        job,
        DocumentKind.BULLETIN,
        f"{command.start}-{command.end}",
        f"硬件工作状态通报 {number} {sheet.period}",
        replace(sheet, number=number),
    )
    message = f"硬件工作状态通报 {number} 已编号留底"
    return Changes(documents=frozenset({document.id}), message=message, created=document.id)


def bulletin_sheet(
    view: View, items: Sequence[ServiceItem], start: int, end: int, number: str
) -> BulletinSheet:
    """What the paper says at this moment. Raises KnownError for a period that is none."""
    found = statistics(view, items, start, end)
    contract = view.law.terms.contract
    columns = BulletinChart(
        title="按日期",
        bars=tuple(_bar(bar, bar.label[-5:]) for bar in found.bars[Dimension.TIME]),
        columns=True,
    )
    charts = tuple(
        BulletinChart(title=title, bars=tuple(_bar(bar, bar.label) for bar in found.bars[dimension]))
        for dimension, title in _CHARTS
    )
    return BulletinSheet(
        number=number,
        issuer=contract.contractor,
        addressee=contract.client,
        period=_period(start, end),
        before=_period(found.before_start, start),
        summary=_summary(found),
        figures=_figures(found),
        devices=_devices(view),
        standards=_standards(found),
        charts=(columns, *charts),
        findings=_findings(view, found),
        as_of=view.now,
        issued_at=view.now,
    )


def _period(start: int, end: int) -> str:
    return f"{date_text(start)} 至 {date_text(end - 1)}"


def _bar(bar: Bar, label: str) -> BulletinBar:
    return BulletinBar(label=label, count=bar.count, before=bar.before, breached=bar.breached)


def _summary(found: Statistics) -> str:
    change = found.faults - found.before
    compared = "与上期持平" if not change else f"比上期{'增加' if change > 0 else '减少'} {abs(change)} 件"
    ended = found.faults - found.open
    return (
        f"本期共接报故障 {found.faults} 件，{compared}；已处理完毕 {ended} 件"
        f"（其中销单 {found.cancelled} 件），在办 {found.open} 件；紧急故障 {found.emergencies} 件。"
    )


def _figures(found: Statistics) -> tuple[tuple[str, str], ...]:
    def lasted(seconds: int | None) -> str:
        return "—" if seconds is None else minutes_text(seconds)

    return (
        ("接报", str(found.faults)),
        ("上期", str(found.before)),
        ("在办", str(found.open)),
        ("响应中位数", lasted(found.medians.response_s)),
        ("上期响应", lasted(found.medians_before.response_s)),
        ("到场中位数", lasted(found.medians.arrival_s)),
        ("上期到场", lasted(found.medians_before.arrival_s)),
    )


def _standards(found: Statistics) -> tuple[BulletinStandard, ...]:
    tiers = {(one.zone, one.clock): one for one in found.tiers}
    return tuple(
        BulletinStandard(
            name=f"{CLOCK_GUIDE[clock].title}（{CLOCK_GUIDE[clock].clause}）",
            urban=_kept(tiers[Zone.URBAN, clock]),
            outlying=_kept(tiers[Zone.OUTLYING, clock]),
        )
        for clock in ClockName
    )


def _kept(tier: TierStandard) -> str:
    if tier.share is None:
        return "本期没有"
    return f"按时 {tier.met}，超时 {tier.breached}，按时率 {tier.share:.1%}"


def _devices(view: View) -> tuple[tuple[str, int], ...]:
    """State → how many devices; empty where nobody has entered any."""
    rows = view.session.execute(
        select(RegisterCell.key, func.count())
        .where(RegisterCell.register == DEVICES.key, RegisterCell.column == "state")
        .group_by(RegisterCell.key)
    )
    counted: Counter[str] = Counter()
    for key, count in rows:
        counted[key] = count
    if not counted:
        return ()
    return tuple((word, counted[choice_key(place)]) for place, word in enumerate(STATES.values()))


def _findings(view: View, found: Statistics) -> tuple[str, ...]:
    said = []
    late = [tier for tier in found.tiers if tier.breached]
    if late:
        counted = Counter[ClockName]()
        for tier in late:
            counted[tier.clock] += tier.breached
        parts = "、".join(f"{CLOCK_GUIDE[clock].title} {count} 次" for clock, count in counted.items())
        said.append(f"本期超时：{parts}；逐件见违约结算表。")
    ending = view.session.scalar(
        select(func.count()).where(
            RegisterCell.register == DEVICES.key,
            RegisterCell.column == "warranty_until",
            RegisterCell.key >= day_key(date_of(view.now)),
            RegisterCell.key < day_key(date_of(view.now + 31 * DAY)),
        )
    )
    if ending:
        said.append(f"{ending} 台设备的免费维保在 30 天内到期，到期后按专报维修程序办理（附一 二.1）。")
    unsaid = next((bar.count for bar in found.bars[Dimension.CAUSE] if not bar.key), 0)
    if unsaid and found.faults:
        said.append(f"{unsaid} 件故障尚未填写原因。")
    return tuple(said)
