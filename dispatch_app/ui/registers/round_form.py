"""The form of a round: figures, devices, surroundings; what is out of its limits becomes a fault at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_rows import EntryDetail, Offer
from dispatch_app.operations.registers.entries import AddEntry
from dispatch_app.operations.registers.round_limits import QUANTITIES
from dispatch_app.operations.registers.rounds import ROUNDS, SURROUNDINGS
from dispatch_app.operations.round_faults import RegisterRoundFault
from dispatch_app.operations.round_rows import RoundForm
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.registers.check_list import CheckList
from dispatch_app.ui.registers.figure_field import FigureField
from dispatch_app.ui.registers.offer_field import OfferField
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Banner, ScrollPage
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.over_panel import OverPanel
from dispatch_app.ui.widgets.polish import Size, Tone

HEADING = "巡检表单"
_FIGURES_WIDTH = 300


class RoundPanel(OverPanel):
    """One round at a time. What was typed stays until it is registered or thrown away by the person.

    Signals:
        registered: Id of the entry.
    """

    registered = Signal(object)

    def __init__(self, context: UiContext, over: QWidget) -> None:
        super().__init__(context.themes, HEADING, over, width=860)
        self._context = context
        self._form: RoundForm | None = None
        self._found: EntryDetail | None = None
        self._touched = False
        self.place = Text("", Size.SITE)
        self.figures = {one.key: FigureField(one, context.themes) for one in QUANTITIES}
        self.at = FormField("时间", QLineEdit(), "现在，或 14:05")
        self.who = FormField("巡检人", OfferField(context.themes, "巡检人", self._ask_people))
        self.note = FormField("备注", QLineEdit())
        self.devices = CheckList("设备")
        self.surroundings = CheckList("环境（附三 六）")
        self.error = Text("", Size.SMALL, Tone.BREACHED, wrap=True)
        self.save_button = Button("登记巡检", Kind.PRIMARY, "Ctrl+⏎")
        self.found = Banner("", Tone.BREACHED, "登记故障")
        self.leave_button = Button("放弃", Kind.BARE)
        self._sheet = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(14)
        for figure in self.figures.values():
            left.addWidget(figure)
        for field in (self.at, self.who, self.note):
            left.addWidget(field)
        left.addStretch(1)
        holder = QWidget()
        holder.setFixedWidth(_FIGURES_WIDTH)
        holder.setLayout(left)
        left.setContentsMargins(16, 4, 0, 8)
        checks = ScrollPage(2000, on_card=True)
        checks.column.addWidget(self.devices)
        checks.column.addWidget(self.surroundings)
        checks.column.addStretch(1)
        sheet = QHBoxLayout(self._sheet)
        sheet.setContentsMargins(0, 0, 0, 0)
        figures = ScrollPage(2000, on_card=True)
        figures.setFixedWidth(_FIGURES_WIDTH + 24)
        figures.column.setContentsMargins(0, 0, 8, 0)
        figures.column.addWidget(holder)
        sheet.addWidget(figures)
        sheet.addWidget(checks, 1)
        head = QVBoxLayout()
        head.setContentsMargins(16, 0, 16, 8)
        head.addWidget(self.place)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.error)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        foot.addWidget(self.found)
        foot.addLayout(buttons)
        self.body.addLayout(head)
        self.body.addWidget(self._sheet, 1)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        for editor in self._editors[:-1]:
            entered = editor.entered if isinstance(editor, OfferField) else editor.returnPressed
            entered.connect(self._go_on)
        self._editors[-1].returnPressed.connect(self.save)
        for editor in self._editors:
            editor.textEdited.connect(self._touch)
        self.devices.changed.connect(self._touch)
        self.surroundings.changed.connect(self._touch)
        self.save_button.clicked.connect(self.save)
        self.found.acted.connect(self.register_fault)
        self.leave_button.clicked.connect(self.throw_away)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def _editors(self) -> list[QLineEdit]:
        """In the order in which Enter leads through them."""
        fields = [field.editor for field in (self.at, self.who, self.note)]
        assert all(isinstance(editor, QLineEdit) for editor in fields)
        return [*(figure.editor for figure in self.figures.values()), *fields]  # type: ignore[list-item]  # asserted

    @property
    def _fields(self) -> dict[str, FormField | FigureField | CheckList]:
        """By the column of the register."""
        return {
            **self.figures,
            "at": self.at,
            "who": self.who,
            "note": self.note,
            "devices": self.devices,
            "surroundings": self.surroundings,
        }

    # ── opening ──

    def open_plan(self, plan_id: str) -> None:
        """The form of a plan; one half typed for it is shown again as it was left."""
        half_typed = self._touched and self._form is not None
        if half_typed and self._form is not None and self._form.plan_id != plan_id:
            self._context.messages.note(f"{self._form.plan} 的巡检还没有登记", "先登记或放弃，再巡检下一处")
        if half_typed:
            self.come_up()
            self._focus_first()
            return
        self._context.executor.ask(partial(_form, plan_id), self._begin, self)

    def _begin(self, form: RoundForm) -> None:
        self._form = form
        self._set_touched(False)
        self.set_title(f"{HEADING}　{form.plan}")
        self.place.setText(form.site or form.item)
        for key, figure in self.figures.items():
            figure.begin(form.bands[key], form.before.get(key, ""))
            figure.setVisible(form.asked)
        self._line(self.at).setText("现在")
        self._line(self.who).setText(form.who)
        self._line(self.note).clear()
        self.devices.show_rows([(one.label, one.what) for one in form.devices])
        self.surroundings.show_rows([(name, "") for name in SURROUNDINGS])
        self._sheet.setEnabled(True)
        self._show_found(None)
        self._clear_errors()
        self.come_up()
        self._focus_first()

    def _focus_first(self) -> None:
        first = next(
            (one for one in self._editors if not one.text() and one.isVisibleTo(self)), self._line(self.note)
        )
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _line(field: FormField) -> QLineEdit:
        assert isinstance(field.editor, QLineEdit)
        return field.editor

    # ── typing ──

    @property
    def typed(self) -> dict[str, str]:
        """Column of the register → text as it stands in the form."""
        assert self._form is not None
        return {
            "plan": self._form.plan,
            "site": self._form.site,
            **({key: one.text for key, one in self.figures.items()} if self._form.asked else {}),
            "at": self._line(self.at).text(),
            "who": self._line(self.who).text(),
            "note": self._line(self.note).text(),
            "devices": self.devices.text,
            "surroundings": self.surroundings.text,
        }

    @Slot()
    def _touch(self) -> None:
        self._set_touched(True)

    def _set_touched(self, touched: bool) -> None:
        self._touched = touched
        self.set_at_work(touched)

    @Slot()
    def throw_away(self) -> None:
        """放弃 what was typed, or leave what was found without a fault."""
        self._set_touched(False)
        self.dismiss()

    @Slot()
    def _go_on(self) -> None:
        """Enter leads to the next field."""
        shown = [one for one in self._editors if one.isVisibleTo(self)]
        place = next((n for n, one in enumerate(shown) if one.hasFocus()), -1)
        shown[place + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_people(self, typed: str) -> None:
        self._context.executor.ask(partial(_people, typed), partial(self._offer_people, typed), self)

    def _offer_people(self, typed: str, offers: tuple[Offer, ...]) -> None:
        field = self._line(self.who)
        assert isinstance(field, OfferField)
        field.show_offers(typed, offers)

    # ── registering ──

    @Slot()
    def save(self) -> None:
        if self._form is None or not self._sheet.isEnabled() or not self.save_button.isEnabled():
            return
        self._clear_errors()
        self.save_button.setEnabled(False)
        self._context.executor.submit(AddEntry(ROUNDS.key, self.typed), self, self._saved, self._refused)

    def _saved(self, changes: Changes) -> None:
        self.save_button.setEnabled(True)
        self._set_touched(False)
        self.registered.emit(changes.created)
        self._context.executor.ask(partial(_entry, changes.created), self._take_entry, self)

    def _take_entry(self, detail: EntryDetail) -> None:
        if "breach" not in detail.typed:
            self.dismiss()
            return
        self._sheet.setEnabled(False)
        self._show_found(detail)
        self.found.action.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_found(self, detail: EntryDetail | None) -> None:
        """After a round with something wrong: what, and whether a fault is made of it."""
        self._found = detail
        self.found.setVisible(detail is not None)
        self.leave_button.set_text("放弃" if detail is None else "暂不登记故障")
        self.save_button.setVisible(detail is None)
        if detail is not None:
            self.found.set_text(f"{detail.row.number} 已登记。异常：{detail.typed['breach']}")

    @Slot()
    def register_fault(self) -> None:
        """登记故障 of what was found, with one key."""
        if self._found is None:
            return
        row = self._found.row
        self._context.executor.submit(RegisterRoundFault(row.entry_id, row.version), self, self._made_fault)

    def _made_fault(self, _changes: Changes) -> None:
        self.dismiss()

    def _refused(self, error: KnownError) -> None:
        self.save_button.setEnabled(True)
        said = f"{error.message}。{error.remedy}"
        field = self._fields.get(error.field)
        if field is None:
            self.error.setText(said)
            self.error.show()
            return
        field.set_error(said)
        if not isinstance(field, CheckList):
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_errors(self) -> None:
        self.error.hide()
        for field in self._fields.values():
            field.set_error("")


def _form(plan_id: str, queries: Queries) -> RoundForm:
    return queries.round_form(plan_id)


def _people(typed: str, queries: Queries) -> tuple[Offer, ...]:
    return queries.register_offers(ROUNDS.key, "who", typed)


def _entry(entry_id: str, queries: Queries) -> EntryDetail:
    return queries.register_entry(entry_id)
