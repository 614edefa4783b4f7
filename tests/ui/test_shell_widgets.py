"""The shared widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from dispatch_app.ui.theme.theme import Themes
from dispatch_app.ui.widgets.buttons import Button, IconButton, Kind, RailButton, Segments
from dispatch_app.ui.widgets.cards import Banner, Card, EmptyState, ScrollPage
from dispatch_app.ui.widgets.forms import FormField
from dispatch_app.ui.widgets.labels import Badge, ElidedLabel, KeyCap, Text
from dispatch_app.ui.widgets.polish import Size, Tone


@pytest.fixture
def place(themes: Themes, qtbot: QtBot) -> QWidget:
    """An empty widget in sight, with a column to put things in."""
    made = QWidget()
    made.resize(600, 400)
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.show()
    return made


def put(place: QWidget, widget: QWidget) -> None:
    layout = place.layout()
    assert layout is not None
    layout.addWidget(widget)
    widget.show()
    widget.ensurePolished()


def test_text_takes_size_and_colour_by_name(place: QWidget, themes: Themes) -> None:
    label = Text("17:49", Size.FIGURE, Tone.BREACHED)
    put(place, label)
    assert label.fontInfo().pixelSize() == 24
    assert label.palette().windowText().color() == themes.current.breached_text
    label.set_tone(Tone.IN_TIME)
    label.set_size(Size.SMALL)
    assert label.fontInfo().pixelSize() == 13
    assert label.palette().windowText().color() == themes.current.in_time_text


def test_text_is_never_read_as_markup(place: QWidget) -> None:
    label = Text("<b>A-0007</b>")
    put(place, label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_selectable_text_leaves_the_focus_where_it_was(place: QWidget, qtbot: QtBot) -> None:
    field, label = QLineEdit(), Text("0871-68686833", selectable=True)
    put(place, field)
    put(place, label)
    place.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert field.hasFocus()


def test_a_line_too_long_ends_in_dots_and_tells_the_rest_on_hover(place: QWidget) -> None:
    label = ElidedLabel("安宁市电子政务信息化基础设施及城域光纤骨干网络技术维护合同")
    label.setParent(place)
    label.show()
    label.resize(120, 24)
    assert label.shown_text().endswith("…")
    assert label.toolTip() == label.text()
    assert label.minimumSizeHint().width() < 40
    label.resize(900, 24)
    assert label.shown_text() == label.text()
    assert label.toolTip() == ""
    assert not label.grab().isNull()


def test_badges_and_key_caps_take_only_the_room_of_their_text(place: QWidget, themes: Themes) -> None:
    badge, cap = Badge("市区外"), KeyCap("F2")
    put(place, badge)
    put(place, cap)
    assert badge.width() <= badge.sizeHint().width()
    assert cap.width() <= cap.sizeHint().width()
    badge.set_tone(Tone.SOON)
    assert badge.palette().windowText().color() == themes.current.soon_text


def test_a_button_says_its_words_to_eye_and_screen_reader(place: QWidget, qtbot: QtBot) -> None:
    button = Button("登记", Kind.PRIMARY, "Ctrl+Enter")
    put(place, button)
    assert (button.words, button.accessibleName()) == ("登记", "登记")
    with_key = button.sizeHint().width()
    button.set_key("")
    assert button.sizeHint().width() < with_key
    button.set_text("登记并派给 张懿明")
    assert button.accessibleName() == "登记并派给 张懿明"
    assert button.sizeHint().width() > 100
    assert button.height() >= 36
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_button_centres_its_words(place: QWidget) -> None:
    button = Button("选择…")
    put(place, button)
    words = button.words_rect()
    left, right = words.x(), button.width() - words.x() - words.width()
    assert abs(left - right) <= 2


def test_a_disabled_button_is_dim_in_every_kind(place: QWidget, themes: Themes) -> None:
    for kind in Kind:
        button = Button("派", kind)
        put(place, button)
        button.setEnabled(False)
        assert button.palette().buttonText().color() == themes.current.faint
        button.setEnabled(True)
        assert button.palette().buttonText().color() != themes.current.faint


def test_a_button_changes_its_kind(place: QWidget, themes: Themes) -> None:
    button = Button("派", Kind.ACCENT, "1")
    put(place, button)
    button.set_kind(Kind.PRIMARY)
    assert button.palette().buttonText().color() == themes.current.on_accent


def test_icon_and_rail_buttons_have_names_and_follow_the_theme(place: QWidget, themes: Themes) -> None:
    icon, rail = IconButton(themes, "phone", "拨打"), RailButton(themes, "desk", "调度台", "Ctrl+1")
    put(place, icon)
    put(place, rail)
    assert (icon.accessibleName(), rail.accessibleName()) == ("拨打", "调度台")
    assert rail.toolTip() == "调度台（Ctrl+1）"
    before = icon.icon().cacheKey()
    themes.choose("dark")
    assert icon.icon().cacheKey() != before
    themes.choose("light")
    icon.set_icon("copy", "复制")
    assert (icon.accessibleName(), icon.toolTip()) == ("复制", "复制")


def test_segments_tell_what_a_person_picked_and_nothing_else(place: QWidget, qtbot: QtBot) -> None:
    segments = Segments([("urban", "市区内"), ("outlying", "市区外")])
    put(place, segments)
    heard: list[str] = []
    segments.chosen.connect(heard.append)
    assert segments.value == ""
    segments.set_value("urban")
    segments.set_value("nowhere")
    assert (segments.value, heard) == ("urban", [])
    qtbot.mouseClick(segments.button("outlying"), Qt.MouseButton.LeftButton)
    assert (segments.value, heard) == ("outlying", ["outlying"])
    # The arrow keys go through the segments as through radio buttons.
    segments.button("outlying").setFocus()
    QTest.keyClick(segments.button("outlying"), Qt.Key.Key_Left)
    assert segments.value == "urban"


def test_a_card_has_a_title_and_something_at_its_end(place: QWidget) -> None:
    card = Card("在办故障 5", "最近的时限在前")
    put(place, card)
    assert (card.title.text(), card.trailing.text()) == ("在办故障 5", "最近的时限在前")
    card.set_title("在办故障 4")
    assert card.title.text() == "在办故障 4"
    assert card.trailing.isHidden()


def test_a_card_without_a_title_gives_its_room_to_the_body(place: QWidget) -> None:
    bare, flush = Card(), Card(flush=True)
    put(place, bare)
    put(place, flush)
    assert bare.body.contentsMargins().top() == 16
    assert flush.body.contentsMargins().top() == 0


def test_a_banner_says_its_cause_and_what_can_be_done(place: QWidget, qtbot: QtBot) -> None:
    banner = Banner("叁年与日期不符", Tone.SOON, "去裁定")
    put(place, banner)
    with qtbot.waitSignal(banner.acted):
        banner.action.click()
    banner.set_text("已裁定")
    assert banner.accessibleName() == "已裁定"
    assert Banner("没有按钮").action.isHidden()


def test_an_empty_state_says_what_to_do_next(place: QWidget, qtbot: QtBot) -> None:
    empty = EmptyState("没有在办故障", "按 F2 接报", "接报")
    put(place, empty)
    with qtbot.waitSignal(empty.acted):
        empty.action.click()
    assert EmptyState("没有").hint.isHidden()


def test_a_page_is_no_wider_than_it_reads_well(place: QWidget) -> None:
    page = ScrollPage(400)
    label = Text("字" * 200, wrap=True)
    page.column.addWidget(label)
    put(place, page)
    place.resize(1200, 400)
    place.layout().activate()  # type: ignore[union-attr]
    assert label.width() <= 400
    assert page.focusPolicy() is Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("editor", [QLineEdit, QPlainTextEdit])
def test_a_field_names_its_editor_and_shows_its_error_in_place(place: QWidget, editor: type[QWidget]) -> None:
    field = FormField("现象", editor(), "一句话")
    put(place, field)
    assert field.editor.accessibleName() == "现象"
    assert (field.note.text(), field.error) == ("一句话", "")
    field.set_error("请填现象")
    assert (field.note.text(), field.error) == ("请填现象", "请填现象")
    assert field.editor.property("wrong") is True
    assert field.editor.accessibleDescription() == "请填现象"
    field.set_error("")
    assert (field.note.text(), field.error) == ("一句话", "")
    assert field.editor.property("wrong") is False


def test_a_field_without_a_hint_takes_no_room_for_one(place: QWidget) -> None:
    field = FormField("现象", QLineEdit())
    put(place, field)
    assert field.note.isHidden()
