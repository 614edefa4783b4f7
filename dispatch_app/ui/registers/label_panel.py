"""设备标识贴: which devices, on what, and the page that shows how far the printer is off."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.device_papers import IssueCalibration, IssueDeviceLabels, LabelChoice
from dispatch_app.operations.queries import Queries
from dispatch_app.operations.register_rows import RegisterFilter
from dispatch_app.operations.rows import DocumentKind
from dispatch_app.operations.setting_list import definition
from dispatch_app.operations.settings import ChangeSetting
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.printing.paper_panel import PaperPanel
from dispatch_app.ui.printing.paper_printer import PRINTER_SETTING
from dispatch_app.ui.widgets.buttons import Button, Segments
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

MEDIUM = "label_medium"
ROLL, ROLL_PRINTER = "roll", "label_printer"
"""How the keys of rolls begin, and the setting that names their printer."""
ON_SHEET = 24
SOME, ALL = "some", "all"


@dataclass(frozen=True, slots=True)
class LabelsPaper:
    """The labels of a choice, on what the settings say. `medium`: as they said when it was asked for."""

    choice: LabelChoice
    medium: str

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.DEVICE_LABELS

    def title(self, _queries: Queries) -> str:
        return "设备标识贴"

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_device_labels(self.choice)

    def command(self) -> IssueDeviceLabels:
        return IssueDeviceLabels(self.choice)


@dataclass(frozen=True, slots=True)
class CalibrationPaper:
    """The calibration page, on what the settings say."""

    medium: str

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.LABEL_CALIBRATION

    def title(self, _queries: Queries) -> str:
        return "标签校准页"

    def preview(self, queries: Queries) -> bytes:
        return queries.preview_calibration()

    def command(self) -> IssueCalibration:
        return IssueCalibration()


class LabelPanel(PaperPanel):
    """A change of the paper is a setting, and holds for the next time too."""

    def __init__(self, context: UiContext, over: QWidget) -> None:
        super().__init__(context, "设备标识贴", over)
        self._selected: tuple[str, ...] = ()
        self._wanted_filter = RegisterFilter()
        self.range = Segments([(SOME, "选中的"), (ALL, "列表里的全部")])
        self.medium = Segments(definition(MEDIUM).choices)
        self.gone = QSpinBox()
        self.gone.setRange(0, ON_SHEET - 1)
        self.gone.setSuffix(" 格")
        self.gone.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.gone.setFixedWidth(72)
        self.gone.setAccessibleName("首张已经用掉的格数")
        self.gone.setToolTip("首张标签纸上已经揭走几格，从下一格开始印；↑↓ 增减")
        self.calibrate_button = Button("校准页")
        self.calibrate_button.setToolTip("印出刻度和标签轮廓，量出偏差后在设置的「标识贴」里改")
        self._lay_out_choices()
        self.range.chosen.connect(self._show_labels)
        self.medium.chosen.connect(self._choose_medium)
        self.gone.valueChanged.connect(self._show_labels)
        self.calibrate_button.clicked.connect(self._show_calibration)

    def _lay_out_choices(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.range)
        self._gone_words = Text("首张已用", Size.QUIET, Tone.QUIET)
        first.addWidget(self._gone_words)
        first.addWidget(self.gone)
        second.addWidget(self.medium, 1)
        second.addWidget(self.calibrate_button)
        rows = QVBoxLayout()
        rows.setContentsMargins(16, 0, 16, 8)
        rows.setSpacing(8)
        for row in (first, second):
            row.setSpacing(8)
            rows.addLayout(row)
        self.body.insertLayout(0, rows)

    @property
    def choice(self) -> LabelChoice:
        """What is to be printed now."""
        skip = self.gone.value() if self.gone.isVisibleTo(self) else 0
        if self.range.value == SOME:
            return LabelChoice(self._selected, skip=skip)
        return LabelChoice(wanted=self._wanted_filter, skip=skip)

    def open_labels(self, selected: tuple[str, ...], wanted: RegisterFilter) -> None:
        """Show the labels of what is selected; without a selection, of all the list shows."""
        self._selected, self._wanted_filter = selected, wanted
        some = self.range.button(SOME)
        some.setText(f"选中的 {len(selected)} 台")
        some.setEnabled(bool(selected))
        self.range.set_value(SOME if selected else ALL)
        self._context.executor.ask(lambda queries: queries.setting(MEDIUM), self._take_medium, self)

    def _take_medium(self, value: str) -> None:
        self.medium.set_value(value)
        self._show_medium()
        self._show_labels()

    def _show_medium(self) -> None:
        sheets = not self.medium.value.startswith(ROLL)
        self.paper_bar.printer.use_setting(PRINTER_SETTING if sheets else ROLL_PRINTER)
        self.gone.setVisible(sheets)
        self._gone_words.setVisible(sheets)

    @Slot()
    def _show_labels(self) -> None:
        self.open_paper(LabelsPaper(self.choice, self.medium.value))

    @Slot(str)
    def _choose_medium(self, value: str) -> None:
        self._context.executor.submit(ChangeSetting(MEDIUM, value), self, self._medium_changed)

    def _medium_changed(self, _changes: Changes) -> None:
        self._show_medium()
        self._show_labels()

    @Slot()
    def _show_calibration(self) -> None:
        self.open_paper(CalibrationPaper(self.medium.value))
