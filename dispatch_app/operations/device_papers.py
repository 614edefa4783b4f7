"""设备标识贴, their calibration page and 服务卡片 (附一 三.1): from register and settings to paper."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dispatch_app.contract.clocks import ClockName
from dispatch_app.contract.errors import KnownError
from dispatch_app.contract.explain import allowed_text
from dispatch_app.contract.facts import Zone
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.documents import job_view
from dispatch_app.operations.job import Job
from dispatch_app.operations.paper_store import issue
from dispatch_app.operations.reading import devices, registers
from dispatch_app.operations.reading.view import View
from dispatch_app.operations.register_rows import RegisterFilter, RegisterSort
from dispatch_app.operations.registers.devices import DEVICES
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.settings import setting_value
from dispatch_app.operations.shift_papers import year_number
from dispatch_app.operations.words import ZONE_WORDS
from dispatch_app.reports.labels import CalibrationSheet, LabelLine, LabelSheet
from dispatch_app.reports.service_card import ServiceCardSheet

MOST_LABELS = 1200
"""Fifty sheets: more at a time is a slip of the filter."""
MOST_CARD_PAGES = 100
CARD_WORDS = "报修时请说明设备标识贴上的编号"


@dataclass(frozen=True, slots=True)
class LabelChoice:
    """Which devices get a label: those named, or all a filter lets through.

    Attributes:
        entry_ids: Of the devices named; empty for the filter.
        skip: So many labels of the first sheet are gone already.
    """

    entry_ids: tuple[str, ...] = ()
    wanted: RegisterFilter = field(default_factory=RegisterFilter)
    skip: int = 0


@dataclass(frozen=True, slots=True)
class IssueDeviceLabels:
    """出具 of the labels of a choice. `Changes.created` is the document's id."""

    choice: LabelChoice


@dataclass(frozen=True, slots=True)
class IssueCalibration:
    """出具 of the calibration page for the labels and the printer of the settings."""


@dataclass(frozen=True, slots=True)
class IssueServiceCards:
    """出具 of service cards. `pages`: sheets of ten, or single cards where `single`."""

    pages: int = 1
    single: bool = False


def label_sheet(view: View, choice: LabelChoice, number: str) -> LabelSheet:
    """The labels of a choice: as named, or in the order of their numbers.

    Raises:
        KnownError: No device is meant, or too many are.
    """
    contract = view.law.terms.contract
    medium, dots, right, down = _printer(view)
    return LabelSheet(
        number=number,
        issuer=contract.contractor,
        hotline=contract.service_lines[0],
        labels=_lines(view, choice),
        medium=medium,
        dots_per_inch=dots,
        issued_at=view.now,
        right_tenths=right,
        down_tenths=down,
        skip=choice.skip,
    )


def calibration_sheet(view: View, number: str) -> CalibrationSheet:
    """The calibration page under the settings in force."""
    medium, dots, right, down = _printer(view)
    return CalibrationSheet(
        number=number,
        issuer=view.law.terms.contract.contractor,
        medium=medium,
        dots_per_inch=dots,
        issued_at=view.now,
        right_tenths=right,
        down_tenths=down,
    )


def service_card_sheet(view: View, pages: int, number: str, *, single: bool) -> ServiceCardSheet:
    """The cards with the service lines of 二.5 and the limits as they are read today.

    Raises:
        KnownError: So many cannot be meant.
    """
    if not 1 <= pages <= MOST_CARD_PAGES:
        raise KnownError(f"一次印 {pages} 张不对", f"请填 1 到 {MOST_CARD_PAGES} 张", "pages")
    terms = view.law.terms
    lines = terms.contract.service_lines

    def allowed(clock: ClockName, zone: Zone = Zone.URBAN) -> str:
        return allowed_text(clock, zone, terms)

    arrival = "、".join(f"{ZONE_WORDS[zone]} {allowed(ClockName.ARRIVAL, zone)}" for zone in Zone)
    return ServiceCardSheet(
        number=number,
        issuer=terms.contract.contractor,
        landlines=tuple(line for line in lines if line.startswith("0")),
        mobiles=tuple(line for line in lines if not line.startswith("0")),
        limits=(f"响应 {allowed(ClockName.RESPONSE)}；到场 {arrival}", CARD_WORDS),
        issued_at=view.now,
        pages=pages,
        single=single,
    )


def issue_device_labels(job: Job, command: IssueDeviceLabels) -> Changes:
    """Number and keep the labels. Raises KnownError as `label_sheet`, or for what no font can print."""
    sheet = label_sheet(job_view(job), command.choice, "标识")
    number = year_number(job, "标识", DocumentKind.DEVICE_LABELS)
    title = f"设备标识贴 {number} {len(sheet.labels)} 张"
    document = issue(job, DocumentKind.DEVICE_LABELS, DEVICES.key, title, replace(sheet, number=number))
    return Changes(documents=frozenset({document.id}), message=f"{title}已出", created=document.id)


def issue_calibration(job: Job, _command: IssueCalibration) -> Changes:
    """Number and keep the page."""
    number = year_number(job, "校准", DocumentKind.LABEL_CALIBRATION)
    sheet = calibration_sheet(job_view(job), number)
    title = f"标签校准页 {number}"
    document = issue(job, DocumentKind.LABEL_CALIBRATION, DEVICES.key, title, sheet)
    return Changes(documents=frozenset({document.id}), message=f"{title}已出", created=document.id)


def issue_service_cards(job: Job, command: IssueServiceCards) -> Changes:
    """Number and keep the cards. Raises KnownError as `service_card_sheet`."""
    sheet = service_card_sheet(job_view(job), command.pages, "服务卡", single=command.single)
    number = year_number(job, "服务卡", DocumentKind.SERVICE_CARDS)
    title = f"服务卡片 {number} {command.pages if command.single else 10 * command.pages} 张"
    document = issue(job, DocumentKind.SERVICE_CARDS, "service_cards", title, replace(sheet, number=number))
    return Changes(documents=frozenset({document.id}), message=f"{title}已出", created=document.id)


def _printer(view: View) -> tuple[str, int, int, int]:
    """Medium, dots an inch, and how far to move right and down in tenths of a millimetre."""
    medium, dots, right, down = (
        setting_value(view.session, name)
        for name in ("label_medium", "label_dpi", "label_right", "label_down")
    )
    return medium, int(dots), int(right), int(down)


def _lines(view: View, choice: LabelChoice) -> tuple[LabelLine, ...]:
    ids = choice.entry_ids or _filtered(view, choice.wanted)
    rows = devices.device_rows(view.session, view.now, ids)
    if not rows:
        raise KnownError("没有要印标识贴的设备", "请先选中一台设备，或换一个筛选")
    return tuple(
        LabelLine(label=row.label, what=row.words.removeprefix(row.label).strip(), site=row.site_name)
        for row in rows
    )


def _filtered(view: View, wanted: RegisterFilter) -> tuple[str, ...]:
    counted = registers.count(view.session, view.now, DEVICES.key, wanted)
    if counted > MOST_LABELS:
        raise KnownError(
            f"共 {counted:,} 台设备，一次最多印 {MOST_LABELS:,} 张标识贴", "请先筛选站点或类型，分几次印"
        )
    sort = RegisterSort("label")
    found = registers.page(view.session, view.now, DEVICES.key, wanted, sort, size=MOST_LABELS)
    return tuple(row.entry_id for row in found.rows)
