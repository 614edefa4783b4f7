"""What was issued: number, time, bytes and the sheet they were made from, kept for good."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dispatch_app.contract.errors import KnownError
from dispatch_app.models import IssuedDocument, PrintJob
from dispatch_app.operations.job import Job
from dispatch_app.operations.rows import DocumentKind, DocumentRow
from dispatch_app.operations.settings import setting_value
from dispatch_app.operations.sheet_json import sheet_from_json, sheet_to_json
from dispatch_app.reports.backups import BackupsSheet, render_backups
from dispatch_app.reports.blank_intake import BlankIntakeSheet, render_blank_intake
from dispatch_app.reports.bulletin import BulletinSheet, render_bulletin
from dispatch_app.reports.change_form import ChangeFormSheet, render_change_form
from dispatch_app.reports.fault_list import FaultListSheet, render_fault_list
from dispatch_app.reports.fonts import FontSet
from dispatch_app.reports.handover import HandoverSheet, render_handover
from dispatch_app.reports.labels import (
    CalibrationSheet,
    LabelSheet,
    render_calibration,
    render_labels,
)
from dispatch_app.reports.letter import LetterSheet, render_letter
from dispatch_app.reports.open_faults import OpenFaultsSheet, render_open_faults
from dispatch_app.reports.record_book import RecordBookSheet, render_record_book
from dispatch_app.reports.register_list import RegisterListSheet, render_register_list
from dispatch_app.reports.rounds import (
    BlankRoundSheet,
    RoundsSheet,
    render_blank_round,
    render_rounds,
)
from dispatch_app.reports.service_card import ServiceCardSheet, render_service_cards
from dispatch_app.reports.special_report import SpecialReportSheet, render_special_report
from dispatch_app.reports.tally_sheet import TallySheet, render_tally
from dispatch_app.reports.work_order import WorkOrderSheet, render_work_order

Sheet = (
    SpecialReportSheet
    | WorkOrderSheet
    | TallySheet
    | FaultListSheet
    | HandoverSheet
    | OpenFaultsSheet
    | BlankIntakeSheet
    | LabelSheet
    | CalibrationSheet
    | ServiceCardSheet
    | RegisterListSheet
    | BulletinSheet
    | LetterSheet
    | BlankRoundSheet
    | RoundsSheet
    | BackupsSheet
    | RecordBookSheet
    | ChangeFormSheet
)


def render(sheet: Sheet, fonts: FontSet) -> bytes:
    """The paper as a PDF; the same sheet gives the same bytes.

    Raises:
        KnownError: Something that must be there is not, or has characters no font has.
    """
    match sheet:
        case SpecialReportSheet():
            return render_special_report(sheet, fonts)
        case WorkOrderSheet():
            return render_work_order(sheet, fonts)
        case FaultListSheet():
            return render_fault_list(sheet, fonts)
        case HandoverSheet():
            return render_handover(sheet, fonts)
        case OpenFaultsSheet():
            return render_open_faults(sheet, fonts)
        case BlankIntakeSheet():
            return render_blank_intake(sheet, fonts)
        case LabelSheet():
            return render_labels(sheet, fonts)
        case CalibrationSheet():
            return render_calibration(sheet, fonts)
        case ServiceCardSheet():
            return render_service_cards(sheet, fonts)
        case RegisterListSheet():
            return render_register_list(sheet, fonts)
        case BulletinSheet():
            return render_bulletin(sheet, fonts)
        case LetterSheet():
            return render_letter(sheet, fonts)
        case BlankRoundSheet():
            return render_blank_round(sheet, fonts)
        case RoundsSheet():
            return render_rounds(sheet, fonts)
        case BackupsSheet():
            return render_backups(sheet, fonts)
        case RecordBookSheet():
            return render_record_book(sheet, fonts)
        case ChangeFormSheet():
            return render_change_form(sheet, fonts)
        case _:
            return render_tally(sheet, fonts)


def font_set(session: Session) -> FontSet:
    """The customer's own fonts, where the settings name some."""
    named = (setting_value(session, name) for name in ("font_body", "font_title"))
    body, title = (Path(path) if path else None for path in named)
    return FontSet(fangsong=body, xiaobiaosong=title)


def issue(
    job: Job, kind: DocumentKind, subject_id: str, title: str, sheet: Sheet, content: object = None
) -> IssuedDocument:
    """Keep a paper as it goes out, in the job's transaction.

    Args:
        subject_id: What it is about: a report's, a fault's or a period's id.
        content: What else must be remembered of it, for JSON.

    Raises:
        KnownError: The sheet cannot be printed; nothing is kept and no number is used up.
    """
    pdf = render(sheet, font_set(job.session))
    kept = {"sheet": json.loads(sheet_to_json(sheet)), "content": content}
    document = IssuedDocument(
        id=str(uuid4()),
        kind=kind.value,
        number=sheet.number,
        subject_id=subject_id,
        title=title,
        issued_at=sheet.issued_at,
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        sheet=json.dumps(kept, ensure_ascii=False, sort_keys=True),
    )
    job.session.add(document)
    payload = {"kind": kind.value, "number": sheet.number, "sha256": document.sha256}
    job.work.append_desk_fact("document", document.id, "issued", payload)
    job.session.flush()
    return document


def issued(session: Session, document_id: str) -> IssuedDocument:
    """The paper of that id.

    Raises:
        KnownError: None was issued under it.
    """
    found = session.get(IssuedDocument, document_id)
    if found is None:
        raise KnownError("没有这份单据", "请在单据列表里重新选择")
    return found


def printed_copies(session: Session, document_id: str) -> int:
    """How many copies went out and came through."""
    counted = select(func.count()).where(PrintJob.document_id == document_id, PrintJob.succeeded)
    return session.scalar(counted) or 0


def reprinted(session: Session, document: IssuedDocument) -> bytes:
    """The paper again, made from the same sheet and saying that it is a reprint, with its copy number."""
    kinds: dict[DocumentKind, type[Sheet]] = {
        DocumentKind.SPECIAL_REPORT: SpecialReportSheet,
        DocumentKind.WORK_ORDER: WorkOrderSheet,
        DocumentKind.TALLY: TallySheet,
        DocumentKind.FAULT_LIST: FaultListSheet,
        DocumentKind.HANDOVER: HandoverSheet,
        DocumentKind.OPEN_FAULTS: OpenFaultsSheet,
        DocumentKind.BLANK_INTAKE: BlankIntakeSheet,
        DocumentKind.DEVICE_LABELS: LabelSheet,
        DocumentKind.LABEL_CALIBRATION: CalibrationSheet,
        DocumentKind.SERVICE_CARDS: ServiceCardSheet,
        DocumentKind.ROUND_BLANK: BlankRoundSheet,
        DocumentKind.ROUNDS: RoundsSheet,
        DocumentKind.BACKUPS: BackupsSheet,
        DocumentKind.REGISTER_LIST: RegisterListSheet,
        DocumentKind.BULLETIN: BulletinSheet,
        DocumentKind.STAFF_LETTER: LetterSheet,
        DocumentKind.RENEWAL: LetterSheet,
        DocumentKind.VISIT_BOOK: RecordBookSheet,
        DocumentKind.DOCUMENT_BOOK: RecordBookSheet,
        DocumentKind.SPARE_BOOK: RecordBookSheet,
        DocumentKind.DESTRUCTION_LIST: RecordBookSheet,
        DocumentKind.CHANGE_FORM: ChangeFormSheet,
    }
    text = json.dumps(json.loads(document.sheet)["sheet"])
    sheet = sheet_from_json(kinds[DocumentKind(document.kind)], text)
    copy = max(printed_copies(session, document.id), 1) + 1
    return render(replace(sheet, reprint=True, copy_number=copy), font_set(session))


def document_rows(session: Session, kind: str) -> tuple[DocumentRow, ...]:
    """Everything issued, or of one kind, the latest first, without the bytes."""
    copies = (
        select(PrintJob.document_id, func.count().label("copies"))
        .where(PrintJob.succeeded)
        .group_by(PrintJob.document_id)
        .subquery()
    )
    chosen = (
        select(
            IssuedDocument.id,
            IssuedDocument.kind,
            IssuedDocument.number,
            IssuedDocument.title,
            IssuedDocument.issued_at,
            func.coalesce(copies.c.copies, 0),
            IssuedDocument.sha256,
        )
        .outerjoin(copies, copies.c.document_id == IssuedDocument.id)
        .order_by(IssuedDocument.issued_at.desc(), IssuedDocument.number.desc())
    )
    if kind:
        chosen = chosen.where(IssuedDocument.kind == kind)
    return tuple(DocumentRow(*row) for row in session.execute(chosen))
