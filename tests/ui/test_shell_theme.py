"""Colours by role, the one style sheet, icons and the font."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from dispatch_app.operations.changes import Changes
from dispatch_app.operations.setting_list import BY_NAME
from dispatch_app.ui.appearance import Appearance
from dispatch_app.ui.application import theme_for
from dispatch_app.ui.context import UiContext
from dispatch_app.ui.layout_memory import LayoutMemory
from dispatch_app.ui.theme.fonts import TextSize, font, load_family
from dispatch_app.ui.theme.icons import Icons
from dispatch_app.ui.theme.style import contrast, mixed, palette, style_sheet
from dispatch_app.ui.theme.theme import Theme, Themes, load_theme

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
READABLE = 4.5
GROUNDS = ("ground", "surface", "raised", "selected")
PAIRS = [
    *((text, ground) for text in ("text", "quiet", "accent") for ground in GROUNDS),
    # Faint text never stands on a selected row: the drawings' two colours are too close for that.
    *(("faint", ground) for ground in GROUNDS if ground != "selected"),
    *((f"{clock}_text", ground) for clock in ("in_time", "soon", "breached")
      for ground in ("surface", "raised", "selected", f"{clock}_tint")),
    ("text", "in_time_tint"), ("text", "soon_tint"), ("text", "breached_tint"),
    ("on_accent", "accent"), ("on_toast", "toast"),
]  # fmt: skip
MARKS = {"chevron": "c.png", "check": "k.png", "menu_check": "m.png"}


def theme_files() -> list[Path]:
    return sorted((RESOURCES / "themes").glob("*.toml"))


@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
@pytest.mark.parametrize("path", theme_files(), ids=lambda path: path.stem)
def test_every_text_can_be_read_on_what_it_stands_on(path: Path, pair: tuple[str, str]) -> None:
    theme = load_theme(path)
    assert contrast(theme.role(pair[0]), theme.role(pair[1])) >= READABLE


def test_contrast_runs_from_one_to_twenty_one() -> None:
    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(white, white) == pytest.approx(1)
    # The grey that is known to be the lightest readable one on white.
    assert contrast(QColor(0x76, 0x76, 0x76), white) == pytest.approx(4.54, abs=0.01)


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    one, two = QColor(0, 100, 200), QColor(100, 0, 200)
    assert mixed(one, two, 0) == one
    assert mixed(one, two, 1) == two
    assert mixed(one, two, 0.25) == QColor(25, 75, 200)


def test_both_themes_name_the_same_roles_and_are_light_and_dark() -> None:
    light, dark = (load_theme(RESOURCES / "themes" / f"{name}.toml") for name in ("light", "dark"))
    assert (light.dark, dark.dark) == (False, True)
    assert contrast(light.ground, light.surface) < 1.2
    assert light.ground.lightnessF() > 0.9
    assert dark.ground.lightnessF() < 0.1


def test_a_theme_without_a_role_is_refused(tmp_path: Path) -> None:
    lines = (RESOURCES / "themes" / "light.toml").read_text(encoding="utf-8").splitlines()
    broken = tmp_path / "light.toml"
    broken.write_text("\n".join(line for line in lines if not line.startswith("accent")), encoding="utf-8")
    with pytest.raises(KeyError, match="accent"):
        load_theme(broken)


def test_the_style_sheet_has_a_colour_for_every_word_and_none_of_its_own() -> None:
    template = (RESOURCES / "themes" / "style.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3}|rgba?\(", template)
    theme = load_theme(RESOURCES / "themes" / "dark.toml")
    sheet = style_sheet(theme, template, "Noto Sans SC", MARKS)
    assert "$" not in sheet
    assert theme.accent.name() in sheet
    with pytest.raises(KeyError):
        style_sheet(theme, "QLabel { color: $rubbish; }", "Noto Sans SC", MARKS)


def test_the_palette_greys_what_is_disabled(themes: Themes) -> None:
    made = palette(themes.current)
    assert made.color(QPalette.ColorRole.WindowText) == themes.current.text
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == themes.current.faint


def test_choosing_a_theme_dresses_the_application_and_tells_everyone(
    context: UiContext, qapp: QApplication
) -> None:
    themes = context.themes
    heard: list[Theme] = []
    themes.changed.connect(heard.append)
    themes.choose("dark")
    themes.choose("dark")
    assert [theme.name for theme in heard] == ["深色"]
    assert themes.current.dark
    assert themes.chosen == "dark"
    assert heard[0].surface.name() in qapp.styleSheet()
    themes.changed.disconnect(heard.append)


def test_themes_are_known_by_name_and_title(themes: Themes) -> None:
    assert themes.names == ("dark", "light")
    assert themes.title("dark") == "深色"


def test_an_unknown_theme_means_the_light_one(qapp: QApplication) -> None:
    assert Themes(RESOURCES / "themes", "solarised").chosen == "light"


def test_every_icon_takes_the_colour_it_is_asked_for(themes: Themes) -> None:
    icons = Icons(RESOURCES / "icons")
    assert len(icons.names) > 30
    for name in icons.names:
        image = icons.pixmap(name, themes.current.accent, 24, 2.0).toImage()
        assert (image.width(), image.devicePixelRatio()) == (48, 2.0)
        drawn = {
            image.pixelColor(x, y).name()
            for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
        }  # fmt: skip
        assert drawn == {themes.current.accent.name()}, name


def test_icons_are_drawn_on_the_grid_and_leave_their_colour_open() -> None:
    for path in (RESOURCES / "icons").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in text, path.name
        assert 'stroke="currentColor"' in text, path.name
        assert "#" not in text, path.name


def test_a_checked_button_shows_its_icon_in_the_other_colour(themes: Themes) -> None:
    icon = themes.icon("desk", "quiet", "accent")
    on = icon.pixmap(48, QIcon.Mode.Normal, QIcon.State.On).toImage()
    off = icon.pixmap(48, QIcon.Mode.Normal, QIcon.State.Off).toImage()
    assert on != off


def test_icons_are_painted_once(themes: Themes) -> None:
    one = themes.pixmap("desk", "quiet", 24)
    assert themes.pixmap("desk", "quiet", 24).cacheKey() == one.cacheKey()
    assert themes.pixmap("desk", "accent", 24).cacheKey() != one.cacheKey()


def test_an_icon_there_is_none_of_is_a_bug(themes: Themes) -> None:
    with pytest.raises(OSError, match="unicorn"):
        themes.pixmap("unicorn")


def test_figures_stand_in_columns(qapp: QApplication, themes: Themes) -> None:
    for size in TextSize:
        face = font(qapp.font().family(), size)
        widths = {QFontMetricsF(face).horizontalAdvance(figure) for figure in "0123456789"}
        assert len(widths) == 1, size


def test_the_bundled_font_is_the_one_in_use(qapp: QApplication, themes: Themes) -> None:
    assert qapp.font().family() == "Noto Sans SC"
    assert qapp.font().pixelSize() == TextSize.BODY


def test_a_font_file_qt_cannot_read_is_a_bug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken.otf").write_bytes(b"no font")
    monkeypatch.setattr("dispatch_app.ui.theme.fonts.sans_path", lambda: tmp_path / "broken.otf")
    with pytest.raises(RuntimeError, match=r"broken\.otf"):
        load_family()


class Hints:
    """Style hints of a system that is light or dark."""

    def __init__(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme

    def colorScheme(self) -> Qt.ColorScheme:
        return self._scheme


@pytest.mark.parametrize(
    ("choice", "scheme", "expected"),
    [
        ("light", Qt.ColorScheme.Dark, "light"),
        ("dark", Qt.ColorScheme.Light, "dark"),
        ("system", Qt.ColorScheme.Dark, "dark"),
        ("system", Qt.ColorScheme.Light, "light"),
        ("system", Qt.ColorScheme.Unknown, "light"),
    ],
)
def test_the_system_decides_only_when_asked_to(
    monkeypatch: pytest.MonkeyPatch, choice: str, scheme: Qt.ColorScheme, expected: str
) -> None:
    monkeypatch.setattr(
        "dispatch_app.ui.appearance.QGuiApplication.styleHints", staticmethod(lambda: Hints(scheme))
    )
    assert theme_for(choice) == expected


def test_the_look_follows_the_setting_and_is_remembered_for_the_start(
    context: UiContext, straw: Any, settle: Any, tmp_path: Path
) -> None:
    memory = LayoutMemory(tmp_path)
    appearance = Appearance(context.executor, context.themes, memory)
    straw.queries.values |= {"theme": "dark", "scale": "150"}
    settle()
    straw.answer = lambda command: Changes(settings=frozenset({"theme"}))
    context.executor.submit("change", appearance)
    settle()
    assert context.themes.chosen == "dark"
    assert (memory.text("theme"), memory.text("scale")) == ("dark", "150")


def test_other_settings_leave_the_look_alone(
    context: UiContext, straw: Any, settle: Any, tmp_path: Path
) -> None:
    appearance = Appearance(context.executor, context.themes, LayoutMemory(tmp_path))
    settle()
    straw.queries.values["theme"] = "dark"
    straw.answer = lambda command: Changes(settings=frozenset({"printer"}))
    context.executor.submit("change", appearance)
    settle()
    assert context.themes.chosen == "light"


def test_every_choice_of_the_menu_is_one_of_the_setting() -> None:
    from dispatch_app.ui.operator_menu import THEME_CHOICES

    assert BY_NAME["theme"].choices == THEME_CHOICES
