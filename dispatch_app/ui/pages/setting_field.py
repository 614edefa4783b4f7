"""One setting on the page: an editor made from its definition, saved as soon as it is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from dispatch_app.contract.errors import KnownError
from dispatch_app.operations.setting_list import SettingDefinition, SettingKind
from dispatch_app.ui.widgets.buttons import Button, Segments
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone

FONT_FILES = "字体文件 (*.ttf *.otf *.ttc)"


class SettingField(QWidget):
    """Signals: committed carries the name and the accepted value, once it differs from the one kept."""

    committed = Signal(str, str)

    def __init__(
        self,
        definition: SettingDefinition,
        hint: str = "",
        *,
        label: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`label` False leaves the words out where a table's headings say them."""
        super().__init__(parent)
        self.definition = definition
        self._kept = definition.default
        self.line: QLineEdit | None = None
        self.segments: Segments | None = None
        self.switch: QCheckBox | None = None
        self.form = FormField(definition.label, self._make_editor(), hint)
        self.form.label.setVisible(label and definition.kind is not SettingKind.SWITCH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.set_value(definition.default)

    @property
    def value(self) -> str:
        """What the editor holds, accepted or not."""
        if self.line is not None:
            return self.line.text()
        if self.segments is not None:
            return self.segments.value
        assert self.switch is not None
        return "1" if self.switch.isChecked() else "0"

    def set_value(self, value: str) -> None:
        """Show the value kept; a text being typed is left alone."""
        self._kept = value
        if self.line is not None and not self.line.hasFocus():
            self.line.setText(value)
            self.form.set_error("")
        if self.segments is not None:
            self.segments.set_value(value)
        if self.switch is not None:
            self.switch.setChecked(value == "1")

    def show_refusal(self, error: KnownError) -> None:
        self.form.set_error(f"{error.message}。{error.remedy}")

    @Slot()
    def commit(self) -> None:
        """Hand on what was typed, if it is well formed and new; else say at once what is wrong with it."""
        try:
            value = self.definition.accept(self.value)
        except KnownError as error:
            self.show_refusal(error)
            return
        self.form.set_error("")
        if value != self._kept:
            self._kept = value
            self.committed.emit(self.definition.name, value)

    def _make_editor(self) -> QWidget:
        kind = self.definition.kind
        if kind is SettingKind.CHOICE:
            self.segments = Segments(self.definition.choices)
            self.segments.chosen.connect(self.commit)
            return self.segments
        if kind is SettingKind.SWITCH:
            self.switch = QCheckBox(self.definition.label)
            self.switch.clicked.connect(self.commit)
            return self.switch
        self.line = QLineEdit()
        self.line.editingFinished.connect(self.commit)
        if kind is SettingKind.WHOLE:
            return self._with_unit(self.line)
        if kind is SettingKind.PATH:
            return self._with_browse(self.line)
        self.line.setMinimumWidth(240)
        return self.line

    def _with_unit(self, line: QLineEdit) -> QWidget:
        line.setFixedWidth(88)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        line.setAccessibleName(f"{self.definition.label}（{self.definition.unit}）")
        return self._row(line, Text(self.definition.unit, Size.QUIET, Tone.QUIET), stretch=True)

    def _with_browse(self, line: QLineEdit) -> QWidget:
        line.setPlaceholderText("随程序附带的字体")
        line.setAccessibleName(self.definition.label)
        browse = Button("选择…")
        browse.setAccessibleName(f"选择{self.definition.label}")
        browse.clicked.connect(self._browse)
        return self._row(line, browse)

    @staticmethod
    def _row(*widgets: QWidget, stretch: bool = False) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        if stretch:
            row.addStretch(1)
        else:
            widgets[0].setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        holder.setFocusProxy(widgets[0])
        return holder

    @Slot()
    def _browse(self) -> None:
        dialog = QFileDialog(self, self.definition.label, "", FONT_FILES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_path)
        dialog.open()

    @Slot(str)
    def take_path(self, path: str) -> None:
        """Take the file a person picked."""
        assert self.line is not None
        self.line.setText(path)
        self.commit()
