"""Papers as they would print, and those that were issued."""

from __future__ import annotations

from dispatch_app.operations.history_paper import fault_list_sheet
from dispatch_app.operations.history_rows import HistoryFilter, HistorySort
from dispatch_app.operations.looking import Looking
from dispatch_app.operations.paper_store import document_rows, font_set, issued, render, reprinted
from dispatch_app.operations.reading import (
    people,
    reports,
    settlement,
)
from dispatch_app.operations.rows import (
    DocumentRow,
)
from dispatch_app.operations.sheets import special_report_sheet, tally_sheet, work_order_sheet
from dispatch_app.operations.shift_sheets import blank_intake_sheet, handover_sheet, open_faults_sheet


class PaperQueries(Looking):
    """The questions that are answered with a paper."""

    def preview_history(self, wanted: HistoryFilter, sort: HistorySort) -> bytes:
        """The 故障清单 as it would print. Raises KnownError when there are too many rows."""
        with self._view() as view:
            return render(fault_list_sheet(view, wanted, sort, ""), font_set(view.session))

    def preview_special_report(self, report_id: str) -> bytes:
        """The 专报 as it would print: a draft says so, a submitted one is the very copy that went out."""
        with self._view() as view:
            row = reports.report_row(view, report_id)
            if row.document_id:
                return issued(view.session, row.document_id).pdf
            sheet = special_report_sheet(view, row, "", view.now, draft=True)
            return render(sheet, font_set(view.session))

    def preview_work_order(self, fault_id: str, staff_id: str) -> bytes:
        """The 派工单 as it would print. Raises KnownError if that person is not named for the fault."""
        with self._view() as view:
            dispatcher = people.operator_row(view).name
            sheet = work_order_sheet(view, fault_id, staff_id, "预览", dispatcher)
            return render(sheet, font_set(view.session))

    def preview_tally(self, start: int, end: int) -> bytes:
        """The 违约结算表 of a period as it would print, as a trial reckoning without a number."""
        with self._looking() as (view, ended):
            row = settlement.tally(view, ended, start, end)
            return render(tally_sheet(view, row, "", draft=True), font_set(view.session))

    def preview_handover(self, incoming: str, note: str) -> bytes:
        """The 交接班表 as it would print now. `incoming`: staff id of who takes over, empty for nobody."""
        with self._view() as view:
            sheet = handover_sheet(view, incoming, note, "预览")
            return render(sheet, font_set(view.session))

    def preview_open_faults(self) -> bytes:
        """The 在办故障清单 as it would print now."""
        with self._view() as view:
            return render(open_faults_sheet(view, "预览"), font_set(view.session))

    def preview_blank_intake(self) -> bytes:
        """The blank 接报单."""
        with self._view() as view:
            return render(blank_intake_sheet(view, "预览"), font_set(view.session))

    def documents(self, kind: str = "") -> tuple[DocumentRow, ...]:
        """Everything issued, or of one kind (a `DocumentKind`), the latest first."""
        with self._database.reader() as session:
            return document_rows(session, kind)

    def document_pdf(self, document_id: str, *, reprint: bool = False) -> bytes:
        """The very bytes that were issued; a reprint is made from the same sheet and says what it is.

        Raises:
            KnownError: No such document.
        """
        with self._database.reader() as session:
            document = issued(session, document_id)
            return reprinted(session, document) if reprint else document.pdf
