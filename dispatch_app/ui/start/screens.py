"""The screens of the start, one widget each. They ask by signals and know nothing of keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dispatch_app.contract.errors import KnownError
from dispatch_app.ui.start.way_in import Situation
from dispatch_app.ui.widgets.buttons import Button, Kind
from dispatch_app.ui.widgets.cards import Banner
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Text
from dispatch_app.ui.widgets.polish import Size, Tone, describe


class Screen(QWidget):
    """A heading, a paragraph, what the screen asks for, and its buttons at the foot."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.title = Text(title, Size.FIGURE)
        self.words = Text(words, Size.BODY, Tone.QUIET, wrap=True)
        self.trouble = Banner("", Tone.BREACHED)
        self.trouble.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addLayout(self.body)
        column.addWidget(self.trouble)
        column.addStretch(1)
        column.addLayout(self.buttons)

    def first_field(self) -> QWidget:
        """Where typing begins."""
        return self

    def show_trouble(self, error: KnownError) -> None:
        """Say what went wrong and what to do."""
        self.trouble.set_text(f"{error.message}。{error.remedy}")
        self.trouble.show()

    def forget_trouble(self) -> None:
        self.trouble.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.first_field().setFocus(Qt.FocusReason.OtherFocusReason)


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    # An input method would show a half-composed passphrase in its window.
    field.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhSensitiveData
    )
    return field


class NewPassphrase(QWidget):
    """A passphrase typed twice."""

    def __init__(self) -> None:
        super().__init__()
        self.once, self.twice = _secret(), _secret()
        self.once_field = FormField("口令", self.once, "至少 8 个字；每次打开调度台都要输入")
        self.twice_field = FormField("再输一次", self.twice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.once_field)
        column.addWidget(self.twice_field)

    def checked(self) -> str | None:
        """The passphrase, or None after saying that the two differ."""
        same = self.once.text() == self.twice.text()
        self.twice_field.set_error("" if same else "两次输入的不一样")
        return self.once.text() if same else None


class WelcomeScreen(Screen):
    """First start. Signals: asked carries the passphrase, empty where a key ring keeps the key."""

    asked = Signal(str)

    def __init__(self, situation: Situation) -> None:
        keeps = (
            "这台电脑没有系统钥匙串，密钥由一个口令保护。"
            if situation.new_passphrase
            else "密钥由系统钥匙串保管，打开时不必输入口令。"
        )
        super().__init__(
            "建立调度台",
            f"将在 {situation.folder} 建立加密的数据库，写入合同、人员和站点。{keeps}",
        )
        if situation.why:
            self.body.addWidget(Banner(situation.why, Tone.SOON))
        self.passphrase = NewPassphrase() if situation.new_passphrase else None
        if self.passphrase is not None:
            self.body.addWidget(self.passphrase)
            self.passphrase.twice.returnPressed.connect(self._ask)
        self.go = Button("建立数据库", Kind.PRIMARY, "Enter")
        self.go.setDefault(True)
        self.buttons.addWidget(self.go)
        self.go.clicked.connect(self._ask)

    def first_field(self) -> QWidget:
        return self.passphrase.once if self.passphrase is not None else self.go

    @Slot()
    def _ask(self) -> None:
        typed = self.passphrase.checked() if self.passphrase is not None else ""
        if typed is not None:
            self.forget_trouble()
            self.asked.emit(typed)


class RecoveryKeyScreen(Screen):
    """Shows the recovery code once. Nothing goes on before somebody says it is kept.

    Signals: save_asked, print_asked, copy_asked, kept.
    """

    save_asked = Signal()
    print_asked = Signal()
    copy_asked = Signal()
    kept = Signal()

    def __init__(self, code: str) -> None:
        super().__init__(
            "保管好恢复码",
            "钥匙串丢失、换电脑或忘了口令时，只有这串恢复码能打开数据；它只显示这一次。"
            "打印一份锁进柜子，不要和这台电脑放在一起。",
        )
        self.code = Text(code, Size.FIGURE, Tone.ACCENT, wrap=True, selectable=True)
        self.code.setAccessibleName("恢复码")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        describe(self.code, boxed=True)
        self.body.addWidget(self.code)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.print_button = Button("打印…", Kind.ACCENT)
        self.save_button = Button("存为文件…")
        self.copy_button = Button("复制")
        for button in (self.print_button, self.save_button, self.copy_button):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.note = Text("", Size.QUIET, Tone.QUIET, wrap=True)
        self.body.addWidget(self.note)
        self.confirm = QCheckBox("我已打印或抄下恢复码，并放在别处")
        self.body.addWidget(self.confirm)
        self.go = Button("继续", Kind.PRIMARY)
        self.go.setEnabled(False)
        self.buttons.addWidget(self.go)
        self.confirm.toggled.connect(self.go.setEnabled)
        self.print_button.clicked.connect(self.print_asked)
        self.save_button.clicked.connect(self.save_asked)
        self.copy_button.clicked.connect(self.copy_asked)
        self.go.clicked.connect(self.kept)

    def first_field(self) -> QWidget:
        return self.print_button


class RosterScreen(Screen):
    """The last step of the first start. Signals: chosen when a file is to be picked; done to go on."""

    chosen = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__(
            "导入人员手机号",
            "合同附五的服务人员表（文本、CSV 或 .xlsx）里有个人手机号。号码只存进加密的数据库；"
            "现在跳过，以后可在设置里导入。",
        )
        self.result = Text("", Size.BODY, wrap=True)
        self.body.addWidget(self.result)
        self.pick = Button("选择文件…", Kind.ACCENT)
        self.go = Button("跳过，打开调度台", Kind.PRIMARY)
        self.buttons.addWidget(self.pick)
        self.buttons.addWidget(self.go)
        self.pick.clicked.connect(self.chosen)
        self.go.clicked.connect(self.done)

    def first_field(self) -> QWidget:
        return self.pick

    def show_result(self, words: str) -> None:
        self.forget_trouble()
        self.result.setText(words)
        self.go.set_text("打开调度台")


class PassphraseScreen(Screen):
    """Signals: asked carries what was typed; recovery_asked when it is forgotten."""

    asked = Signal(str)
    recovery_asked = Signal()

    def __init__(self) -> None:
        super().__init__("输入口令", "这份数据由口令保护。")
        self.typed = _secret()
        self.field = FormField("口令", self.typed)
        self.body.addWidget(self.field)
        self.forgotten = Button("忘了口令，用恢复码", Kind.BARE)
        self.go = Button("打开", Kind.PRIMARY, "Enter")
        self.buttons.insertWidget(0, self.forgotten)
        self.buttons.addWidget(self.go)
        self.typed.returnPressed.connect(self._ask)
        self.go.clicked.connect(self._ask)
        self.forgotten.clicked.connect(self.recovery_asked)

    def first_field(self) -> QWidget:
        return self.typed

    def show_trouble(self, error: KnownError) -> None:
        if error.field == "passphrase":
            self.field.set_error(f"{error.message}。{error.remedy}")
            self.typed.selectAll()
            self.typed.setFocus()
        else:
            super().show_trouble(error)

    @Slot()
    def _ask(self) -> None:
        self.field.set_error("")
        self.forget_trouble()
        self.asked.emit(self.typed.text())


class RecoveryScreen(Screen):
    """The key is missing. Signals: asked carries the code and a new passphrase where no key ring is."""

    asked = Signal(str, str)

    def __init__(self, situation: Situation) -> None:
        super().__init__("用恢复码打开", situation.why)
        self.typed = QLineEdit()
        self.typed.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX")
        self.typed.setInputMethodHints(
            Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.field = FormField("恢复码", self.typed, "首次建立时打印的七组字母和数字，大小写和连字号都不要紧")
        self.body.addWidget(self.field)
        self.passphrase = NewPassphrase() if situation.new_passphrase else None
        if self.passphrase is not None:
            self.body.addWidget(self.passphrase)
            self.passphrase.twice.returnPressed.connect(self._ask)
        self.go = Button("打开", Kind.PRIMARY, "Enter")
        self.buttons.addWidget(self.go)
        self.typed.returnPressed.connect(self._ask)
        self.go.clicked.connect(self._ask)

    def first_field(self) -> QWidget:
        return self.typed

    def show_trouble(self, error: KnownError) -> None:
        words = f"{error.message}。{error.remedy}"
        if error.field == "recovery_code":
            self.field.set_error(words)
            self.typed.setFocus()
        elif error.field == "passphrase" and self.passphrase is not None:
            self.passphrase.once_field.set_error(words)
            self.passphrase.once.setFocus()
        else:
            super().show_trouble(error)

    @Slot()
    def _ask(self) -> None:
        passphrase = self.passphrase.checked() if self.passphrase is not None else ""
        self.field.set_error("")
        self.forget_trouble()
        if passphrase is not None:
            self.asked.emit(self.typed.text(), passphrase)


class DeadEndScreen(Screen):
    """Nothing this program can do opens the data. Signals: left when the person closes it."""

    left = Signal()

    def __init__(self, words: str) -> None:
        super().__init__("打不开这份数据", words)
        self.go = Button("退出", Kind.PRIMARY, "Enter")
        self.buttons.addWidget(self.go)
        self.go.clicked.connect(self.left)

    def first_field(self) -> QWidget:
        return self.go
