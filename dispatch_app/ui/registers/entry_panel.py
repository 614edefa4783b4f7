"""One entry in full: what it says, what can be done with it, what points at it, and what it has been."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import moment_text
from dispatch_app.operations.register_rows import EntryDetail, EntryLine, Relation
from dispatch_app.operations.registers.catalogue import register_of
from dispatch_app.operations.registers.entries import RestoreEntry, WithdrawEntry
from dispatch_app.operations.registers.register import Tone as CellTone
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import EmptyState, ScrollPage
from dispatch_app.ui.widgets.flow import FlowLayout
from dispatch_app.ui.widgets.labels import Badge, Text
from dispatch_app.ui.widgets.polish import Size, Tone

_TONES = {CellTone.QUIET: Tone.TEXT, CellTone.SOON: Tone.SOON, CellTone.BREACHED: Tone.BREACHED}
_LABEL_WIDTH = 96


class EntryPanel(QWidget):
    """Signals:
    acted: key of an action asked for. corrected: 更正 was asked for.
    related: `Relation` to be shown.
    """

    acted = Signal(object)
    corrected = Signal()
    related = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.detail: EntryDetail | None = None
        self.empty = EmptyState("没有选中记录", "在左边选一条，这里显示它的内容和经过")
        self.sheet = ScrollPage(2000, on_card=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("作废或恢复的原因")
        self.reason.setPlaceholderText("原因，回车确认")
        self.reason.returnPressed.connect(self._stand)
        self.sheet.column.addStretch(1)
        self._body = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty)
        column.addWidget(self.sheet)
        self.sheet.hide()

    def show_detail(self, detail: EntryDetail | None) -> None:
        """Another entry, the same one changed, or none."""
        self.detail = detail
        self.empty.setVisible(detail is None)
        self.sheet.setVisible(detail is not None)
        if detail is None:
            return
        self.reason.setParent(self)
        self.reason.hide()
        self.reason.clear()
        with self.sheet.at_once():
            self._body.setParent(None)
            self._body.deleteLater()
            self._body = self._made(detail)
            self.sheet.column.insertWidget(0, self._body)

    def _made(self, detail: EntryDetail) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._head(detail))
        # What can be done stands above what can be read: an entry may have thirty fields.
        column.addLayout(self._buttons(detail))
        column.addWidget(self.reason)
        column.addLayout(self._values(detail))
        if detail.relations:
            column.addLayout(self._relations(detail))
        column.addWidget(Text("经过", Size.QUIET, Tone.QUIET))
        for line in detail.history:
            column.addWidget(_line(line))
        return body

    def _head(self, detail: EntryDetail) -> QHBoxLayout:
        register = register_of(detail.register)
        row = QHBoxLayout()
        row.setSpacing(8)
        name = detail.typed.get(register.naming, "")
        row.addWidget(Text(name or detail.row.number, Size.SITE, selectable=True))
        if name:
            row.addWidget(Text(detail.row.number, Size.QUIET, Tone.QUIET, selectable=True))
        if not detail.row.standing:
            row.addWidget(Badge("已作废"))
        row.addStretch(1)
        return row

    def _values(self, detail: EntryDetail) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        filled = [one for one in register_of(detail.register).columns if one.key in detail.typed]
        for place, column in enumerate(filled):
            tone = _TONES[detail.row.tones.get(column.key, CellTone.QUIET)]
            label = Text(column.heading, Size.QUIET, Tone.QUIET, wrap=True)
            value = Text(detail.typed[column.key], Size.QUIET, tone, wrap=True, selectable=True)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, place, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _buttons(self, detail: EntryDetail) -> QVBoxLayout:
        """Steps first, each that cannot be taken now saying why; then correcting and withdrawing."""
        lines = QVBoxLayout()
        lines.setSpacing(8)
        steps, rest = FlowLayout(), QHBoxLayout()
        register = register_of(detail.register)
        first = True
        for action in register.actions if detail.row.standing else ():
            refusal = detail.refused.get(action.key)
            button = Button(action.title, Kind.ACCENT if first and refusal is None else Kind.PLAIN)
            button.setEnabled(refusal is None)
            button.setToolTip(action.title if refusal is None else f"{refusal[0]}。{refusal[1]}")
            button.clicked.connect(partial(self.acted.emit, action.key))
            first = first and refusal is not None
            steps.addWidget(button)
        if detail.row.standing:
            correct = Button("更正", Kind.PLAIN, "Ctrl+E")
            correct.clicked.connect(self.corrected)
            rest.addWidget(correct)
        stand = Button("作废" if detail.row.standing else "恢复", Kind.BARE)
        stand.setToolTip("写明原因后生效；记录和原因都会保留")
        stand.clicked.connect(self._ask_reason)
        rest.addWidget(stand)
        rest.setSpacing(8)
        rest.addStretch(1)
        if steps.count():
            lines.addLayout(steps)
        lines.addLayout(rest)
        return lines

    def _relations(self, detail: EntryDetail) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(Text("关联", Size.QUIET, Tone.QUIET))
        row = FlowLayout()
        for one in detail.relations:
            button = Button(f"{one.title} {one.count}", Kind.PLAIN)
            button.setEnabled(bool(one.count))
            button.setToolTip(f"查看{one.title}里的 {one.count} 条" if one.count else f"{one.title}里没有")
            button.clicked.connect(partial(self._relate, one))
            row.addWidget(button)
        lines.addLayout(row)
        return lines

    def _relate(self, relation: Relation) -> None:
        self.related.emit(relation)

    @Slot()
    def _ask_reason(self) -> None:
        self.reason.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _stand(self) -> None:
        detail = self.detail
        if detail is None:
            return
        command = WithdrawEntry if detail.row.standing else RestoreEntry
        self._context.executor.submit(
            command(detail.row.entry_id, detail.row.version, self.reason.text()), self
        )


def _line(line: EntryLine) -> QWidget:
    """What happened, who recorded it when, why, and each cell before and after."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    said = f"{line.said}（已撤回）" if line.taken_back else line.said
    who = f"{moment_text(line.recorded_at)[:16]} {line.operator_name}".rstrip()
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Text(said, Size.QUIET, Tone.FAINT if line.taken_back else Tone.TEXT))
    row.addWidget(Text(who, Size.SMALL, Tone.QUIET))
    row.addStretch(1)
    column.addLayout(row)
    texts = [f"{cell.heading}：{cell.before or '（空）'} → {cell.after or '（空）'}" for cell in line.changes]
    if line.reason:
        texts.insert(0, f"原因：{line.reason}")
    for text in texts:
        column.addWidget(Text(text, Size.SMALL, Tone.QUIET, wrap=True, selectable=True))
    return made
