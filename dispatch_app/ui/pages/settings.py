"""设置: who is acting, how it looks, when clocks remind, what papers carry. Everything is saved at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QWidget

from dispatch_app import __version__
from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.changes import Changes
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.rows import StaffRow, StaffState
from dispatch_app.operations.setting_list import BY_NAME, DEFINITIONS, THRESHOLDS
from dispatch_app.operations.settings import ChangeSetting, ChooseOperator
from dispatch_app.operations.staff import ImportRoster
from dispatch_app.ui.bridge.executor import Applied
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.pages.setting_field import SettingField
from dispatch_app.ui.printing.paper_printer import make_spooler
from dispatch_app.ui.printing.spooler import Queue, Spooler
from dispatch_app.ui.widgets.buttons import Button
from dispatch_app.ui.widgets.cards import Card, ScrollPage
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

WIDTH = 960
HINTS = {
    "scale": "重新打开后生效",
    "sound": "",
    "letterhead": "专报等公文红色的发文机关标志",
    "font_body": "空着用随程序附带的宋体",
    "font_title": "空着用随程序附带的宋体",
    "travel_detour": "",
}
PLAIN_GROUPS = ("外观", "调度", "公文", "标识贴", "行程估算", "通话记录", "巡检限值")
"""Groups whose settings simply stand below each other; the reminders have a table of their own."""
ROSTER_FILES = "服务人员表 (*.xlsx *.csv *.txt *.md)"


class SettingsPage(ScrollPage):
    """Every setting of the desk, drawn from the list that describes them."""

    def __init__(
        self, context: UiContext, parent: QWidget | None = None, spooler: Spooler | None = None
    ) -> None:
        """`spooler` tells the printers; the platform's own unless given."""
        super().__init__(WIDTH, parent)
        self._context = context
        self._spooler = spooler or make_spooler(context.executor, self)
        self._queues: tuple[Queue, ...] = ()
        self._chosen_printer = ""
        self.fields: dict[str, SettingField] = {}
        self.operator = QComboBox()
        self.printer = QComboBox()
        self.roster_note = Text("", Size.QUIET, Tone.QUIET, wrap=True)
        self.import_button = Button("导入人员手机号…")
        self.column.addWidget(Text("设置", Size.FIGURE))
        self.column.addWidget(self._people_card())
        self.column.addWidget(self._plain_card("外观"))
        self.column.addWidget(self._reminder_card())
        for group in ("调度", "公文", "标识贴", "行程估算", "通话记录", "巡检限值"):
            self.column.addWidget(self._plain_card(group))
        self.column.addWidget(self._data_card())
        self.column.addStretch(1)
        self.operator.activated.connect(self._choose_operator)
        self.printer.activated.connect(self._choose_printer)
        self.import_button.clicked.connect(self._ask_for_roster)
        self._spooler.listed.connect(self._take_queues)
        self._spooler.unlisted.connect(self._take_no_queues)
        context.executor.applied.connect(self._take_applied)
        # A print server that is gone answers late or never: the page does not wait for it.
        self._spooler.look()
        self._read()

    def _people_card(self) -> Card:
        card = Card("人员")
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(FormField("值班员", self.operator, "此后的每一条记录都记在此人名下"), 1)
        hint = "合同附五的表：文本、CSV 或 .xlsx；号码只存进加密的数据库"
        row.addWidget(FormField("个人手机号", self.import_button, hint), 1)
        card.body.addLayout(row)
        card.body.addWidget(self.roster_note)
        self.roster_note.hide()
        return card

    def _plain_card(self, group: str) -> Card:
        card = Card(group)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        shown = [definition for definition in DEFINITIONS if definition.group == group]
        for place, definition in enumerate(shown):
            if definition.name == "printer":
                self.printer_field = FormField("打印机", self.printer)
                widget: QWidget = self.printer_field
            else:
                widget = self._field(definition.name, label=definition.label != group)
            grid.addWidget(widget, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(grid)
        return card

    def _reminder_card(self) -> Card:
        card = Card("时限提醒", "到时限前多少分钟")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        for place, heading in enumerate(("时限", "临近（转黄）", "最后提醒（响一声）")):
            grid.addWidget(Text(heading, Size.SMALL, Tone.QUIET), 0, place)
        for row, (clock, (label, _, _)) in enumerate(THRESHOLDS.items(), start=1):
            grid.addWidget(Text(label), row, 0)
            grid.addWidget(self._field(f"soon_{clock}", label=False), row, 1)
            grid.addWidget(self._field(f"last_call_{clock}", label=False), row, 2)
        card.body.addLayout(grid)
        card.body.addWidget(self._field("last_call_repeat"))
        card.body.addWidget(self._field("sound"))
        return card

    def _data_card(self) -> Card:
        card = Card("数据", f"版本 {__version__}")
        folder = self._context.data_folder
        if folder is None:
            card.body.addWidget(Text("演练：数据只在临时数据库里，关掉即弃", tone=Tone.QUIET, wrap=True))
            return card
        row = QHBoxLayout()
        row.addWidget(Text(str(folder), selectable=True, wrap=True), 1)
        opening = Button("打开文件夹")
        opening.clicked.connect(self._open_folder)
        row.addWidget(opening)
        card.body.addLayout(row)
        return card

    def _field(self, name: str, *, label: bool = True) -> SettingField:
        field = SettingField(BY_NAME[name], HINTS.get(name, ""), label=label)
        field.committed.connect(self._commit)
        self.fields[name] = field
        return field

    def _read(self) -> None:
        names = (*self.fields, "printer")

        def question(queries: Queries) -> tuple[dict[str, str], StaffRow, tuple[StaffRow, ...]]:
            return {name: queries.setting(name) for name in names}, queries.operator(), queries.staff()

        self._context.executor.ask(question, self._show, self)

    def _show(self, answer: tuple[dict[str, str], StaffRow, tuple[StaffRow, ...]]) -> None:
        values, operator, staff = answer
        for name, field in self.fields.items():
            field.set_value(values[name])
        self._chosen_printer = values["printer"]
        self._show_printers()
        self.operator.clear()
        for person in staff:
            if person.state is not StaffState.LEFT or person.id == operator.id:
                self.operator.addItem(f"{person.name}　{person.role}", person.id)
        self.operator.setCurrentIndex(self.operator.findData(operator.id))

    @Slot(object)
    def _take_queues(self, queues: tuple[Queue, ...]) -> None:
        self._queues = queues
        self.printer_field.set_error("")
        self._show_printers()

    @Slot(object)
    def _take_no_queues(self, error: KnownError) -> None:
        self.printer_field.set_error(f"{error.message}。{error.remedy}")

    def _show_printers(self) -> None:
        chosen = self._chosen_printer
        self.printer.clear()
        self.printer.addItem("系统默认打印机", "")
        for queue in self._queues:
            self.printer.addItem(queue.name if queue.ready else f"{queue.name}（{queue.state}）", queue.name)
        if chosen and self.printer.findData(chosen) < 0:
            self.printer.addItem(f"{chosen}（现在找不到）", chosen)
        self.printer.setCurrentIndex(self.printer.findData(chosen))

    @Slot(str, str)
    def _commit(self, name: str, value: str) -> None:
        field = self.fields[name]
        self._context.executor.submit(ChangeSetting(name, value), field, refused=field.show_refusal)

    @Slot(int)
    def _choose_operator(self, place: int) -> None:
        self._context.executor.submit(ChooseOperator(self.operator.itemData(place)), self)

    @Slot(int)
    def _choose_printer(self, place: int) -> None:
        self._context.executor.submit(ChangeSetting("printer", self.printer.itemData(place)), self)

    @Slot(object)
    def _take_applied(self, applied: Applied) -> None:
        if applied.changes.settings or applied.changes.staff:
            self._read()

    @Slot()
    def _ask_for_roster(self) -> None:
        dialog = QFileDialog(self, "选择服务人员表", "", ROSTER_FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.import_roster)
        dialog.open()

    @Slot(str)
    def import_roster(self, path: str) -> None:
        """Take in the file a person picked."""
        self._context.executor.submit(
            ImportRoster(Path(path)), self, done=self._roster_taken, refused=self._roster_refused
        )

    def _roster_taken(self, changes: Changes) -> None:
        self.roster_note.set_tone(Tone.QUIET)
        self.roster_note.setText(changes.message)
        self.roster_note.show()

    def _roster_refused(self, error: KnownError) -> None:
        self.roster_note.set_tone(Tone.BREACHED)
        self.roster_note.setText(f"{error.message}。{error.remedy}")
        self.roster_note.show()

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._context.data_folder)))
