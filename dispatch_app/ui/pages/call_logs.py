"""通话记录: call logs in and out, and held against the other party's."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from dispatch_app.ui.context import UiContext
from dispatch_app.ui.lists.import_pane import ImportPane
from dispatch_app.ui.pages.call_logs_compare import ComparePane
from dispatch_app.ui.pages.call_logs_export import ExportPane
from dispatch_app.ui.pages.call_logs_import import LOGS
from dispatch_app.ui.widgets.buttons import Segments

IMPORT, EXPORT, COMPARE = "import", "export", "compare"


class CallLogsPage(QWidget):
    """Signals:
    fault_requested: id of a fault whose row was opened.
    """

    fault_requested = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.incoming = ImportPane(context, LOGS)
        self.outgoing = ExportPane(context)
        self.comparing = ComparePane(context)
        self.tasks = Segments([(IMPORT, "导入"), (EXPORT, "导出"), (COMPARE, "比对")])
        self._panes: dict[str, QWidget] = {
            IMPORT: self.incoming,
            EXPORT: self.outgoing,
            COMPARE: self.comparing,
        }
        self._stack = QStackedWidget()
        for pane in self._panes.values():
            self._stack.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.tasks)
        column.addWidget(self._stack, 1)
        self.tasks.set_value(IMPORT)
        self.tasks.chosen.connect(self._choose)
        self.incoming.row_opened.connect(self.fault_requested)
        self.comparing.fault_requested.connect(self.fault_requested)

    @Slot(str)
    def _choose(self, task: str) -> None:
        self._stack.setCurrentWidget(self._panes[task])
