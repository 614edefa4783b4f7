"""What the desk hands on about a person without a fault: how somebody is, and the number to call."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from dispatch_app.operations.rows import StaffState
from dispatch_app.operations.staff import SetAvailability
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.desk.staff_panel import StaffPanel
from dispatch_app.ui.desk.staff_words import number_to_call


class DeskErrands(QObject):
    """Does what the cards of the staff panel ask for."""

    def __init__(self, context: UiContext, staff: StaffPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._staff = staff
        staff.availability_asked.connect(self._set_availability)
        staff.number_asked.connect(self._copy_number)

    @Slot(object)
    def _set_availability(self, wish: tuple[str, StaffState]) -> None:
        self._context.executor.submit(SetAvailability(*wish), self)

    @Slot(object)
    def _copy_number(self, staff_id: str) -> None:
        person = self._staff.person(staff_id)
        if person is not None:
            number = number_to_call(person)
            QGuiApplication.clipboard().setText(number)
            self._context.messages.note(f"已复制 {person.name} 的电话 {number}")
