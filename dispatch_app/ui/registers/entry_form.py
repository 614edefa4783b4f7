"""The form of a register: a new entry, a correction with its reason, a step with the fields it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_rows import EntryDetail, Offer
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.registers.entries import ActOnEntry, AddEntry, AmendEntry
from dispatch_app.operations.registers.kinds import (
    Choice,
    EntryOf,
    FaultOf,
    Flag,
    PeopleOf,
    PersonOf,
    SiteOf,
    Text,
)
from dispatch_app.operations.registers.register import Column, Register
from dispatch_app.operations.registers.visits import VISITS
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.registers.last_time import LastTime
from dispatch_app.ui.registers.offer_field import OfferField
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import ScrollPage
from dispatch_app.ui.widgets.flow import FlowLayout
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Text as Words
from dispatch_app.ui.widgets.polish import Size, Tone

REASON = "reason"
_OFFERED = (SiteOf, PersonOf, PeopleOf, FaultOf, EntryOf)
_LINES_HEIGHT = 84


class EntryForm(QWidget):
    """One entry at a time. What was typed stays until it is saved or thrown away by the person.

    Signals:
        saved: Id of the entry. left: Esc or 取消.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._make: Callable[[Mapping[str, str]], object] = lambda _typed: None
        self._again = ""
        self._began: Mapping[str, str] = {}
        self.fields: dict[str, FormField] = {}
        self.title = Words("", Size.SITE)
        self.error = Words("", Size.SMALL, Tone.BREACHED, wrap=True)
        self.save_button = Button("登记", Kind.PRIMARY, "Ctrl+⏎")
        self.next_button = Button("登记并续登", Kind.PLAIN)
        self.next_button.setToolTip("登记后接着登下一条（Ctrl+Shift+⏎）")
        self.cancel_button = Button("取消", Kind.BARE, "Esc")
        self.sheet = ScrollPage(2000, on_card=True)
        self.last_time = LastTime(context, self)
        self._lay_out()
        self.last_time.taken.connect(self.fill)
        self.save_button.clicked.connect(self.save)
        self.next_button.clicked.connect(self.save_and_go_on)
        self.cancel_button.clicked.connect(self.left)
        for keys, act in (("Ctrl+Return", self.save), ("Ctrl+Shift+Return", self.save_and_go_on)):
            QShortcut(QKeySequence(keys), self, act).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self) -> None:
        buttons = FlowLayout()
        for button in (self.save_button, self.next_button, self.cancel_button):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(self.title)
        head.addWidget(self.last_time)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.setSpacing(8)
        foot.addWidget(self.error)
        foot.addLayout(buttons)
        column.addLayout(head)
        column.addWidget(self.sheet, 1)
        column.addLayout(foot)
        self.error.hide()

    # ── what it is opened for ──

    def open_new(self, register: Register, typed: Mapping[str, str] | None = None) -> None:
        """An empty form, or one that begins with `typed`."""
        began = {column.key: column.usual for column in register.typed if column.usual} | dict(typed or {})
        columns = [column for column in register.typed if column.entered or column.key in began]
        self._make = partial(_new_entry, register.key)
        self._again = register.key
        self._open(f"登记{register.title}", register, columns, began, "登记")
        if register.key == VISITS.key:
            visitor = self.fields["visitor"].editor
            assert isinstance(visitor, QLineEdit)
            self.last_time.follow(visitor)

    @Slot(object)
    def fill(self, typed: Mapping[str, str]) -> None:
        """Put texts into fields nobody has typed into, and lead to the first that is still empty."""
        for key, text in typed.items():
            editor = self.fields[key].editor
            if isinstance(editor, QLineEdit) and self.typed[key] == self._began[key]:
                editor.setText(text)
        for field in self.fields.values():
            if not _text_of(field.editor):
                field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def open_correction(self, detail: EntryDetail) -> None:
        """Everything a person may correct, as it stands, and the reason."""
        register = register_of(detail.register)
        self._make = partial(_correction, detail)
        self._open(f"更正 {detail.row.number}", register, register.typed, detail.typed, "更正")
        self._add_field(REASON, FormField("更正原因", self._line(), "更正前后的内容和原因都会保留"))

    def open_action(self, detail: EntryDetail, key: str) -> None:
        """The fields a step asks for."""
        register = register_of(detail.register)
        action = register.action(key)
        self._make = partial(_step, detail, key)
        columns = [register.column(field) for field in action.fields]
        began = {field: detail.typed[field] for field in action.fields if field in detail.typed}
        self._open(
            f"{action.title} {detail.row.number}",
            register,
            columns,
            began | dict(action.preset),
            action.title,
        )

    def _open(
        self,
        title: str,
        register: Register,
        columns: list[Column] | tuple[Column, ...],
        began: Mapping[str, str],
        save: str,
    ) -> None:
        self.title.setText(title)
        self.save_button.set_text(save)
        # The list has a button of the same words, which only opens the form.
        self.save_button.setAccessibleName(title)
        self.next_button.setVisible(save == "登记")
        self._show_error("")
        self.last_time.follow(None)
        for field in self.fields.values():
            field.setParent(None)
            field.deleteLater()
        self.fields = {}
        for column in columns:
            editor = self._editor(register, column, began.get(column.key, ""))
            heading = column.heading if not column.required else f"{column.heading} *"
            self._add_field(column.key, FormField(heading, editor, _hint(column)))
            editor.setAccessibleName(f"{column.heading}（{save}）")
        self._began = self.typed
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_field(self, key: str, field: FormField) -> None:
        self.fields[key] = field
        self.sheet.column.addWidget(field)

    # ── editors ──

    def _editor(self, register: Register, column: Column, text: str) -> QWidget:
        kind = column.kind
        if isinstance(kind, Choice | Flag):
            box = QComboBox()
            words = list(kind.words.values()) if isinstance(kind, Choice) else ["是", "否"]
            box.addItems(["", *words])
            box.setCurrentText(text)
            box.installEventFilter(self)
            return box
        if isinstance(kind, Text) and kind.lines:
            area = QPlainTextEdit(text)
            area.setFixedHeight(_LINES_HEIGHT)
            area.setTabChangesFocus(True)
            return area
        line: QLineEdit
        offered = isinstance(kind, _OFFERED) or column.offered is not None
        if offered or (isinstance(kind, Text) and not column.unique):
            asking = partial(self._ask_offers, register.key, column.key)
            line = OfferField(self._context.themes, column.heading, asking, free=isinstance(kind, Text))
            line.entered.connect(self._go_on)
        else:
            line = self._line()
        line.setText(text)
        line.setCursorPosition(0)
        if kind.sample and not isinstance(kind, Text):
            line.setPlaceholderText(kind.sample)
        return line

    def _line(self) -> QLineEdit:
        line = QLineEdit()
        line.returnPressed.connect(self._go_on)
        return line

    def _ask_offers(self, register: str, column: str, typed: str) -> None:
        self._context.executor.ask(
            partial(_offers, register, column, typed), partial(self._offer, column, typed), self
        )

    def _offer(self, column: str, typed: str, offers: tuple[Offer, ...]) -> None:
        field = self.fields.get(column)
        if field is not None and isinstance(field.editor, OfferField):
            field.editor.show_offers(typed, offers)

    @Slot()
    def _go_on(self) -> None:
        """Enter leads to the next field, and from the last one saves."""
        editors = [field.editor for field in self.fields.values()]
        place = next((n for n, one in enumerate(editors) if one.hasFocus()), len(editors) - 1)
        if place + 1 < len(editors):
            editors[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.save()

    # ── saving ──

    @property
    def typed(self) -> dict[str, str]:
        """Column key → text as it stands in the form, the reason of a correction among them."""
        return {key: _text_of(field.editor) for key, field in self.fields.items()}

    @property
    def touched(self) -> bool:
        """Whether something was typed that leaving would throw away."""
        return self.typed != self._began

    @Slot()
    def save(self) -> None:
        self._submit(go_on=False)

    @Slot()
    def save_and_go_on(self) -> None:
        self._submit(go_on=self.next_button.isVisibleTo(self))

    def _submit(self, *, go_on: bool) -> None:
        if not self.save_button.isEnabled():
            return
        self._show_error("")
        self.save_button.setEnabled(False)
        typed = self.typed
        self._context.executor.submit(
            self._make(typed), self, partial(self._was_saved, go_on, typed), self._was_refused
        )

    def _was_saved(self, go_on: bool, typed: Mapping[str, str], changes: Changes) -> None:
        self.save_button.setEnabled(True)
        if go_on:
            register = register_of(self._again)
            kept = {key: text for key, text in typed.items() if _comes_again(register.column(key))}
            self.open_new(register, kept)
        else:
            self._began = self.typed
            self.saved.emit(changes.created)

    def _was_refused(self, error: KnownError) -> None:
        self.save_button.setEnabled(True)
        field = self.fields.get(error.field)
        if field is None:
            self._show_error(f"{error.message}。{error.remedy}")
            return
        field.set_error(f"{error.message}。{error.remedy}")
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheet.ensureWidgetVisible(field)

    def _show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        for field in self.fields.values():
            field.set_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(watched, QComboBox)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers()
        ):
            self._go_on()
            return True
        return super().eventFilter(watched, event)


def _new_entry(register: str, typed: Mapping[str, str]) -> AddEntry:
    return AddEntry(register, typed)


def _correction(detail: EntryDetail, typed: Mapping[str, str]) -> AmendEntry:
    changed = {
        key: text for key, text in typed.items() if key != REASON and text != detail.typed.get(key, "")
    }
    return AmendEntry(detail.row.entry_id, detail.row.version, changed, typed[REASON])


def _step(detail: EntryDetail, action: str, typed: Mapping[str, str]) -> ActOnEntry:
    return ActOnEntry(detail.row.entry_id, detail.row.version, action, typed)


def _offers(register: str, column: str, typed: str, queries: Queries) -> tuple[Offer, ...]:
    return queries.register_offers(register, column, typed)


def _comes_again(column: Column) -> bool:
    """Whether the next entry of a series most likely has the same there."""
    many_lines = isinstance(column.kind, Text) and column.kind.lines
    return not (column.unique or column.secret or many_lines)


def _hint(column: Column) -> str:
    kind = column.kind
    if column.hint or not isinstance(kind, Text):
        return column.hint
    return kind.sample


def _text_of(editor: QWidget) -> str:
    if isinstance(editor, QComboBox):
        return editor.currentText()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    assert isinstance(editor, QLineEdit)
    return editor.text()
