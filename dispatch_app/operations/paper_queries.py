"""Papers as they would print, and those that were issued."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dispatch_app.operations.history_rows import HistoryFilter, HistorySort
from dispatch_app.operations.later import Later
from dispatch_app.operations.looking import Looking
from dispatch_app.operations.reading import people
from dispatch_app.operations.rows import DocumentRow

if TYPE_CHECKING:
    from dispatch_app.operations import (
        device_papers,
        history_paper,
        paper_store,
        renewals,
        sheets,
        shift_sheets,
        staff_letters,
    )
    from dispatch_app.operations.device_papers import LabelChoice
    from dispatch_app.operations.reading import reports, settlement
else:
    history_paper, paper_store = Later("history_paper"), Later("paper_store")
    sheets, shift_sheets = Later("sheets"), Later("shift_sheets")
    device_papers = Later("device_papers")
    staff_letters, renewals = Later("staff_letters"), Later("renewals")
    reports, settlement = Later("reading.reports"), Later("reading.settlement")


class PaperQueries(Looking):
    """The questions that are answered with a paper."""

    def preview_history(self, wanted: HistoryFilter, sort: HistorySort) -> bytes:
        """The 故障清单 as it would print. Raises KnownError when there are too many rows."""
        with self._view() as view:
            return paper_store.render(
                history_paper.fault_list_sheet(view, wanted, sort, ""), paper_store.font_set(view.session)
            )

    def preview_special_report(self, report_id: str) -> bytes:
        """The 专报 as it would print: a draft says so, a submitted one is the very copy that went out."""
        with self._view() as view:
            row = reports.report_row(view, report_id)
            if row.document_id:
                return paper_store.issued(view.session, row.document_id).pdf
            sheet = sheets.special_report_sheet(view, row, "", view.now, draft=True)
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def preview_work_order(self, fault_id: str, staff_id: str) -> bytes:
        """The 派工单 as it would print. Raises KnownError if that person is not named for the fault."""
        with self._view() as view:
            dispatcher = people.operator_row(view).name
            sheet = sheets.work_order_sheet(view, fault_id, staff_id, "预览", dispatcher)
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def preview_tally(self, start: int, end: int) -> bytes:
        """The 违约结算表 of a period as it would print, as a trial reckoning without a number."""
        with self._looking() as (view, ended):
            row = settlement.tally(view, ended, start, end)
            return paper_store.render(
                sheets.tally_sheet(view, row, "", draft=True), paper_store.font_set(view.session)
            )

    def preview_handover(self, incoming: str, note: str) -> bytes:
        """The 交接班表 as it would print now. `incoming`: staff id of who takes over, empty for nobody."""
        with self._view() as view:
            sheet = shift_sheets.handover_sheet(view, incoming, note, "预览")
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def preview_open_faults(self) -> bytes:
        """The 在办故障清单 as it would print now."""
        with self._view() as view:
            return paper_store.render(
                shift_sheets.open_faults_sheet(view, "预览"), paper_store.font_set(view.session)
            )

    def preview_blank_intake(self) -> bytes:
        """The blank 接报单."""
        with self._view() as view:
            return paper_store.render(
                shift_sheets.blank_intake_sheet(view, "预览"), paper_store.font_set(view.session)
            )

    def preview_device_labels(self, choice: LabelChoice) -> bytes:
        """The 设备标识贴 as they would print. Raises KnownError when no device is meant, or too many are."""
        with self._view() as view:
            sheet = device_papers.label_sheet(view, choice, "预览")
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def preview_calibration(self) -> bytes:
        """The calibration page of the labels under the settings in force."""
        with self._view() as view:
            sheet = device_papers.calibration_sheet(view, "预览")
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def preview_service_cards(self, pages: int, *, single: bool) -> bytes:
        """The 服务卡片 as they would print. Raises KnownError for a number of sheets that cannot be."""
        with self._view() as view:
            sheet = device_papers.service_card_sheet(view, pages, "预览", single=single)
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def preview_staff_letter(self, entry_ids: Sequence[str]) -> bytes:
        """The 函告 of these changes as it would print. Raises KnownError if one of them cannot be told."""
        with self._view() as view:
            sheet = staff_letters.staff_letter_sheet(view, entry_ids, "")
            return paper_store.render(sheet, paper_store.font_set(view.session))

    def preview_renewal(self) -> bytes:
        """The 续签申请 as it would print. Raises KnownError outside its window, with the days."""
        with self._view() as view:
            return paper_store.render(renewals.renewal_sheet(view, ""), paper_store.font_set(view.session))

    def documents(self, kind: str = "") -> tuple[DocumentRow, ...]:
        """Everything issued, or of one kind (a `DocumentKind`), the latest first."""
        with self._database.reader() as session:
            return paper_store.document_rows(session, kind)

    def document_pdf(self, document_id: str, *, reprint: bool = False) -> bytes:
        """The very bytes that were issued; a reprint is made from the same sheet and says what it is.

        Raises:
            KnownError: No such document.
        """
        with self._database.reader() as session:
            document = paper_store.issued(session, document_id)
            return paper_store.reprinted(session, document) if reprint else document.pdf
