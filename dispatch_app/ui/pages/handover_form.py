"""Who has the desk, and to whom it goes: for good (交班) or for a while (顶班)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dispatch_app.contract.calendar_beijing import MINUTE, moment_text
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.rows import StaffRow, StaffState
from dispatch_app.operations.shift import CoverDesk, HandOver, ReturnDesk
from dispatch_app.operations.shift_rows import DutyRow
from dispatch_app.operations.words import STATE_WORDS
from dispatch_app.ui.desk.beijing import length_text
from dispatch_app.ui.widgets.buttons import Button, Kind, Segments
from dispatch_app.ui.widgets.cards import Banner, Card
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import ElidedLabel, Text
from dispatch_app.ui.widgets.polish import Size, Tone

COVER_CHOICES = (("30", "30 分钟"), ("60", "1 小时"), ("90", "1.5 小时"), ("120", "2 小时"))
"""(minutes, words) somebody may mind the desk for."""
_USUAL_COVER = "60"
_SURE = "交班后值班员即刻换人，交接班表编号留底，不能再改。"


class DutyCard(Card):
    """Who has the desk since when; while somebody covers, until when, with the way back.

    Signals:
        asked: a command to be handed in.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("当班", parent=parent)
        self._duty: DutyRow | None = None
        self._said = ""
        self.who = Text("", Size.TITLE)
        self.since = ElidedLabel("", Size.QUIET, Tone.QUIET)
        self.cover = Banner("", Tone.SOON, "收回")
        self.cover.action.setToolTip("顶班结束，值班员换回原来的人")
        self.cover.hide()
        for part in (self.who, self.since, self.cover):
            self.body.addWidget(part)
        self.cover.acted.connect(self._return)

    def show_duty(self, duty: DutyRow, now: int) -> None:
        self._duty = duty
        self.who.setText(duty.operator_name)
        self.cover.setVisible(duty.cover is not None)
        self.pass_time(now)

    def pass_time(self, now: int) -> None:
        """Bring the lengths of time up to date."""
        duty = self._duty
        if duty is None:
            return
        since = "没有接班记录"
        if duty.since is not None:
            since = f"{moment_text(duty.since)[:16]} 起，已值班 {length_text(max(0, now - duty.since))}"
        self.since.setText(since)
        if duty.cover is not None:
            end = moment_text(duty.cover.until)[11:16]
            left = duty.cover.until - now
            still = f"还有 {length_text(left)}" if left > 0 else f"已过 {length_text(-left)}，请收回"
            said = f"替 {duty.cover.owner_name} 顶班到 {end}，{still}"
            if said != self._said:
                self._said = said
                self.cover.set_text(said)

    @Slot()
    def _return(self) -> None:
        self.asked.emit(ReturnDesk())


class HandoverForm(Card):
    """To whom the desk goes.

    Signals:
        asked: a command to be handed in. changed: another person or another note.
    """

    asked = Signal(object)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("交给", parent=parent)
        self.person = QComboBox()
        self.person_field = FormField("接班人", self.person)
        self.note = QLineEdit()
        self.note.setMaxLength(500)
        self.note_field = FormField("交班留言（可空）", self.note)
        self.hand = Button("交班…", Kind.PRIMARY)
        self.hand.setToolTip("出交接班表并换值班员")
        self.minutes = Segments(COVER_CHOICES)
        self.minutes.setAccessibleName("顶班多久")
        self.minutes.set_value(_USUAL_COVER)
        self.cover = Button("顶班", Kind.PLAIN)
        self.cover.setToolTip("暂时换人看台，到时收回；不出交接班表")
        self.sure = Banner(_SURE, Tone.QUIET, "确认交班")
        self.not_yet = Button("取消", Kind.BARE)
        self.not_yet.setAccessibleName("取消交班")
        self._lay_out()
        self.hand.clicked.connect(self._ask_whether)
        self.sure.acted.connect(self._hand_over)
        self.not_yet.clicked.connect(self.sure.hide)
        self.person.currentIndexChanged.connect(self._person_changed)
        self.note.editingFinished.connect(self.changed)

    def _lay_out(self) -> None:
        self.sure.row.addWidget(self.not_yet)
        self.sure.hide()
        hand = QHBoxLayout()
        hand.addWidget(self.hand)
        hand.addStretch(1)
        cover = QHBoxLayout()
        cover.setSpacing(8)
        cover.addWidget(self.minutes)
        cover.addWidget(self.cover)
        self._cover_row = QWidget()
        column = QVBoxLayout(self._cover_row)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text("暂时顶班", Size.SMALL, Tone.QUIET))
        column.addLayout(cover)
        self.body.addWidget(self.person_field)
        self.body.addWidget(self.note_field)
        self.body.addLayout(hand)
        self.body.addWidget(self.sure)
        self.body.addWidget(self._cover_row)

    @property
    def chosen(self) -> str:
        """Staff id of who is to take over, empty for nobody yet."""
        return str(self.person.currentData() or "")

    def show_people(self, people: Sequence[StaffRow], duty: DutyRow) -> None:
        """Everybody the desk may go to. Whoever was chosen stays chosen, if they still may."""
        wanted = [row for row in people if row.state is not StaffState.LEFT and row.id != duty.operator_id]
        before = self.chosen
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem("选一个人", "")
        for row in wanted:
            self.person.addItem(f"{row.name}　{row.role}　{STATE_WORDS[row.state]}", row.id)
        self.person.setCurrentIndex(max(0, self.person.findData(before)))
        self.person.blockSignals(False)
        covered = duty.cover is not None
        for part in (self.hand, self.cover, self.minutes):
            part.setEnabled(not covered)
        self.person_field.set_error("")

    def cover_command(self, now: int) -> CoverDesk:
        """顶班 of the chosen person from `now` on for as long as is chosen."""
        return CoverDesk(self.chosen, now + int(self.minutes.value) * MINUTE)

    def show_refusal(self, error: KnownError) -> None:
        self.person_field.set_error(f"{error.message}。{error.remedy}")

    def clear(self) -> None:
        """The desk has gone over: nothing typed for that belongs to the next time."""
        self.note.clear()
        self.person.setCurrentIndex(0)

    @Slot()
    def _ask_whether(self) -> None:
        """A number, once given, stays: ask beside the work, not in its way."""
        self.sure.show()
        self.sure.action.setFocus()

    @Slot()
    def _hand_over(self) -> None:
        self.sure.hide()
        self.asked.emit(HandOver(self.chosen, self.note.text()))

    @Slot()
    def _person_changed(self) -> None:
        self.person_field.set_error("")
        self.changed.emit()
