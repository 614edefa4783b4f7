"""From the roles of a theme to Qt's palette and the one style sheet."""

from __future__ import annotations

from dataclasses import fields
from string import Template

from PySide6.QtGui import QColor, QPalette

from dispatch_app.ui.theme.fonts import TextSize
from dispatch_app.ui.theme.theme import Theme

QUIET_ROLE = QPalette.ColorRole.Shadow
"""Qt has no word for a text that stands back; nothing of ours is painted with shadows."""


def mixed(base: QColor, other: QColor, share: float) -> QColor:
    """`base` with `share` (0–1) of `other` in it."""
    keep = 1 - share
    return QColor(
        round(base.red() * keep + other.red() * share),
        round(base.green() * keep + other.green() * share),
        round(base.blue() * keep + other.blue() * share),
    )


def contrast(one: QColor, two: QColor) -> float:
    """Contrast of two colours as WCAG 2 defines it, 1 to 21; text needs 4.5."""
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def palette(theme: Theme) -> QPalette:
    """Qt's own colours, for what the style sheet leaves alone and for the delegates' painters."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, theme.ground),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.raised),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.faint),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.on_accent),
        (role.ToolTipBase, theme.toast),
        (role.ToolTipText, theme.on_toast),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.raised),
        (role.Midlight, theme.line),
        (role.Mid, theme.line),
        (role.Dark, theme.faint),
        (QUIET_ROLE, theme.quiet),
        (role.Accent, theme.accent),
    ):
        made.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, theme.faint)
    return made


def style_sheet(theme: Theme, template: str, family: str, marks: dict[str, str]) -> str:
    """The template with every `$role`, `$size_…`, `$family` and the files of the marks put in.

    Raises:
        KeyError: The template names a role no theme has; templates are shipped, so this is a bug of ours.
    """
    words = {
        field.name: getattr(theme, field.name).name()
        for field in fields(theme)
        if field.name not in ("name", "dark")
    }
    words |= {f"size_{size.name.lower()}": f"{int(size)}px" for size in TextSize}
    words |= marks
    words["family"] = family
    words["hover"] = mixed(theme.surface, theme.text, 0.06).name()
    words["pressed"] = mixed(theme.surface, theme.text, 0.12).name()
    words["accent_hover"] = mixed(theme.accent, theme.text, 0.12).name()
    words["accent_pressed"] = mixed(theme.accent, theme.text, 0.24).name()
    return Template(template).substitute(words)
